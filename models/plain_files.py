"""数据文件旁的普通文件：新建、换上、读、删，都不经过链接；新的只有本人能读写。"""

from __future__ import annotations

import errno
import os
import re
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from models.patience import patiently

PRIVATE = stat.S_IRUSR | stat.S_IWUSR
_NEVER_FOLLOWED = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_FOLDER = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_DIRECTORY", 0)
_HELD = {os.open, os.stat, os.unlink} <= os.supports_dir_fd and os.listdir in os.supports_fd
_STANDS_FOR_ANOTHER = 0x20000000
"""Bit in a reparse tag of Windows: the entry is a symbolic link or a junction."""


class PlainFolder:
    """A folder that is no link, held while we work in it; its entries are never followed either.

    Where the system lets us (not on Windows) it is held open, so that nobody can put a link in its place.
    """

    def __init__(self, path: Path, descriptor: int | None) -> None:
        self.path = path
        self._descriptor = descriptor

    def names(self) -> list[str]:
        """What is in the folder, by name."""
        where = self.path if self._descriptor is None else self._descriptor
        return sorted(os.listdir(where))  # noqa: PTH208  a folder held open has no path

    @contextmanager
    def within(self, name: str) -> Iterator[PlainFolder]:
        """The folder ``name`` in this one; ``OSError`` where it is a link or no folder."""
        path = self.path / name
        if self._descriptor is None:
            _require_folder(path)
            yield PlainFolder(path, None)
            return
        descriptor = os.open(name, _FOLDER, dir_fd=self._descriptor)
        try:
            yield PlainFolder(path, descriptor)
        finally:
            os.close(descriptor)

    def facts(self, name: str) -> os.stat_result:
        """Kind, size and time of the entry ``name`` itself."""
        return os.stat(self._at(name), dir_fd=self._descriptor, follow_symlinks=False)

    def has_file(self, name: str) -> bool:
        """Whether ``name`` is a plain file: no link, folder, pipe or device."""
        with suppress(OSError):
            facts = self.facts(name)
            return stat.S_ISREG(facts.st_mode) and not _is_link(facts)
        return False

    def open(self, name: str) -> BinaryIO:
        """The plain file ``name``, to be read; ``OSError`` where it is anything else."""
        return os.fdopen(self.descriptor_of(name, os.O_RDONLY), "rb")

    def new(self, name: str, mode: int = PRIVATE) -> BinaryIO:
        """A file that was not there before, to be filled; ``FileExistsError`` where there is anything."""
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | _NEVER_FOLLOWED
        return os.fdopen(os.open(self._at(name), flags, mode, dir_fd=self._descriptor), "wb")

    def descriptor_of(self, name: str, flags: int, mode: int = PRIVATE) -> int:
        """A descriptor of the plain file ``name``; ``OSError`` where it is anything else."""
        if self._descriptor is None and os.path.lexists(self._at(name)):
            self._require_file(name)
        found = os.open(self._at(name), flags | _NEVER_FOLLOWED, mode, dir_fd=self._descriptor)
        if not stat.S_ISREG(os.fstat(found).st_mode):
            os.close(found)
            raise OSError(errno.ELOOP, "not a plain file", name)
        return found

    def remove(self, name: str) -> None:
        """Afterwards the plain file ``name`` is gone; ``OSError`` where it is anything else, which stays."""
        self._require_file(name)
        if os.name == "nt":
            (self.path / name).chmod(PRIVATE)  # Windows removes no file that can only be read
        os.unlink(self._at(name), dir_fd=self._descriptor)

    def remove_old(self, named: re.Pattern[str], before: float) -> None:
        """Afterwards no plain file is left that is called so and was last written ``before``, in POSIX seconds."""
        for name in filter(named.fullmatch, self.names()):
            with suppress(OSError):
                if self.facts(name).st_mtime < before:
                    self.remove(name)

    def _require_file(self, name: str) -> None:
        if not self.has_file(name):
            raise OSError(errno.ELOOP, "not a plain file", name)

    def _at(self, name: str) -> str:
        return str(self.path / name) if self._descriptor is None else name


@contextmanager
def plain_folder(base: Path, *names: str, made: bool = False) -> Iterator[PlainFolder]:
    """The folder ``names`` below ``base``; ``OSError`` where one of ``names`` is missing or a link.

    ``base`` is where the user chose to keep the data: that one may be reached through a link. ``made``: what
    is missing is made.
    """
    path = Path(os.path.realpath(base))
    if made:
        path.mkdir(parents=True, exist_ok=True)
    with ExitStack() as held:
        descriptor = os.open(path, _FOLDER) if _HELD else None
        if descriptor is not None:
            held.callback(os.close, descriptor)
        folder = PlainFolder(path, descriptor)
        for name in names:
            if made:
                (folder.path / name).mkdir(exist_ok=True)
            folder = held.enter_context(folder.within(name))
        yield folder


def new_file(path: Path) -> BinaryIO:
    """``path`` as a file that was not there before, private to the user."""
    with plain_folder(path.parent) as folder:
        return folder.new(path.name)


def write_anew(
    path: Path, data: bytes, *, durable: bool = True, pause: Callable[[float], None] = time.sleep
) -> None:
    """Afterwards ``path`` is a new private file with ``data``: what stood there is replaced, never written into.

    Whole or as it was. ``durable``: also after a power cut. ``pause`` waits while another program holds the file.
    """
    temporary = path.with_name(f".{path.name}.{mark()}.tmp")
    try:
        with new_file(temporary) as file:
            file.write(data)
            file.flush()
            if durable:
                os.fsync(file.fileno())
        patiently(lambda: temporary.replace(path), pause)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def read_plain(path: Path, most: int) -> bytes:
    """What the plain file ``path`` holds; ``OSError`` where it is none or holds more than ``most`` bytes."""
    with plain_folder(path.parent) as folder, folder.open(path.name) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise OSError(errno.EFBIG, "too large", str(path))
    return data


def remove_plain(path: Path) -> None:
    """Afterwards the plain file ``path`` is gone, where the system lets us; anything else stays."""
    with suppress(OSError), plain_folder(path.parent) as folder:
        folder.remove(path.name)


def make_private(path: Path) -> None:
    """Afterwards nobody else can read the user's own plain file ``path``, where the system has such rights."""
    if os.name == "nt":
        return
    with suppress(OSError), plain_folder(path.parent) as folder:
        facts = folder.facts(path.name)
        if stat.S_IMODE(facts.st_mode) & ~PRIVATE and facts.st_uid == os.geteuid():
            descriptor = folder.descriptor_of(path.name, os.O_RDONLY)
            try:
                os.fchmod(descriptor, PRIVATE)
            finally:
                os.close(descriptor)


def mark() -> str:
    """Twelve characters that make the name of a temporary file one which nobody can foresee."""
    return os.urandom(6).hex()


def _require_folder(path: Path) -> None:
    facts = path.lstat()
    if not stat.S_ISDIR(facts.st_mode) or _is_link(facts):
        raise NotADirectoryError(errno.ENOTDIR, "not a folder", str(path))


def _is_link(facts: os.stat_result) -> bool:
    return stat.S_ISLNK(facts.st_mode) or bool(getattr(facts, "st_reparse_tag", 0) & _STANDS_FOR_ANOTHER)
