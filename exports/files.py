"""文件：先写临时文件，落盘，再改名；文件名只由一个函数给出。"""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
import time
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO, TypeVar

from models.domain.errors import StoreError
from models.domain.own_mark import is_marked, stands_beside

NAME_BYTES = 199
"""Longest file name in UTF-8 bytes: below 200, so that a server's own suffix still fits."""

FIRST_FAILURES = 3
"""When so many files of a folder cannot be written, and none could, it is the folder: the rest is not tried."""

TOGETHER = 16
"""So many files are flushed at once."""

RETRY_PAUSES = (0.05, 0.1, 0.2, 0.3, 0.3)
"""Seconds between attempts while a virus scanner or sync client holds the file: not quite 1 s."""

_HELD_FOR_A_MOMENT = frozenset({errno.EACCES, errno.EBUSY, errno.EPERM})
_NO_FOLDER_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.ENOSYS})
_NO_RIGHTS = frozenset({errno.EPERM, errno.ENOTSUP, errno.ENOSYS})
"""What sticks and shares without access rights answer where they are to be set."""
_DAY = 86_400
_TEMPORARY = re.compile(r"\.[0-9a-f]{12}\.part")
_FORBIDDEN = re.compile(r'[\\/:*?"<>|]')
_RESERVED = re.compile(r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³])[ .]*(\.|$)", re.IGNORECASE)
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}$")
_REASONS = {
    errno.ENOSPC: ("磁盘已满。", "请清出空间后再试。"),
    errno.EDQUOT: ("磁盘配额已用完。", "请清出空间后再试。"),
    errno.EROFS: ("该磁盘是只读的。", "请换一个位置保存。"),
    errno.ENOENT: ("文件夹不存在。", "请先建好文件夹，或换一个位置保存。"),
    errno.ENOTDIR: ("路径中有一段不是文件夹。", "请检查路径。"),
    errno.ENAMETOOLONG: ("文件名太长。", "请换一个短些的名称。"),
    errno.EISDIR: ("目标是一个文件夹。", "请写明文件名。"),
}
_HELD_REASON = ("没有写入权限，或文件正被其他程序占用。", "请关闭占用它的程序，或换一个位置保存。")

Answer = TypeVar("Answer")


def write_atomically(path: str | Path, data: bytes, *, pause: Callable[[float], None] = time.sleep) -> None:
    """``path`` holds exactly ``data`` afterwards, safe on disk; or ``StoreError`` and the old file untouched.

    As ``put_in_place``, then the folder is flushed. A disk that does not confirm this last step is said in
    other words: the file is the new one then.
    """
    confirm([put_in_place(path, data, pause=pause)], Path(path))


def put_in_place(path: str | Path, data: bytes, *, pause: Callable[[float], None] = time.sleep) -> Path:
    """``path`` holds exactly ``data`` afterwards; or ``StoreError`` and the old file untouched.

    Written to a temporary name in the same folder, flushed, renamed over the target: after a power cut it is
    the old file or the new one, and the new one for certain once the folder returned here is flushed
    (``confirm``: once for many files). A file held for a moment by another program is tried again for up to
    one second. Access rights of a replaced file are kept; a link is followed to its file.
    """
    (answer,) = put_together([(Path(path), data)], pause=pause)
    if isinstance(answer, StoreError):
        raise answer
    return answer


def put_together(
    files: Sequence[tuple[Path, bytes]], *, pause: Callable[[float], None] = time.sleep
) -> tuple[Path | StoreError, ...]:
    """Each as ``put_in_place``, all flushed at once; for each its folder, or why it is as it was.

    The disk confirms many files in little more time than one. Until then it has the old and the new ones.
    """
    news = [_NewFile(path, pause) for path, _ in files]
    try:
        for new, (_, data) in zip(news, files, strict=True):
            new.attempt(partial(new.write, data))
        _at_once([partial(new.attempt, new.flush) for new in news])
        for new in news:
            new.attempt(new.take_place)
    finally:
        for new in news:
            new.discard()
    return tuple(new.failure or new.target.parent for new in news)


def _at_once(steps: Sequence[Callable[[], None]]) -> None:
    """All of ``steps`` are done, beside each other where there are several."""
    if len(steps) == 1:
        steps[0]()
        return
    from concurrent.futures import ThreadPoolExecutor  # not at the start of the window

    with ThreadPoolExecutor(TOGETHER) as pool:
        for done in [pool.submit(step) for step in steps]:
            done.result()


class _NewFile:
    """A file under a temporary name beside its target; the first failure ends its way and is kept."""

    def __init__(self, path: Path, pause: Callable[[float], None]) -> None:
        self.target = Path(os.path.realpath(path))
        self.failure: StoreError | None = None
        self._path = path
        self._temporary = self.target.with_name(f".{os.urandom(6).hex()}.part")
        self._pause = pause
        self._file: BinaryIO | None = None

    def attempt(self, step: Callable[[], None]) -> None:
        """Do ``step`` unless one before it failed."""
        try:
            if self.failure is None:
                step()
        except StoreError as error:
            self.failure = error
        except OSError as error:
            self.failure = explained(self._path, error)
            self.failure.__cause__ = error

    def write(self, data: bytes) -> None:
        """The temporary file has ``data``; what an earlier try left is removed first."""
        refuse_special(self.target)
        patiently(partial(self._write, data), self._pause)

    def _write(self, data: bytes) -> None:
        self._close()
        self._temporary.unlink(missing_ok=True)
        self._file = self._temporary.open("xb")
        self._file.write(data)
        self._file.flush()

    def flush(self) -> None:
        """What was written is on the disk."""
        assert self._file is not None
        patiently(partial(os.fsync, self._file.fileno()), self._pause)
        self._close()

    def take_place(self) -> None:
        """The target is the new file."""
        _keep_mode(self.target, self._temporary)
        patiently(partial(self._temporary.replace, self.target), self._pause)

    def discard(self) -> None:
        """No temporary file is left behind where the system lets us remove it."""
        with suppress(OSError):
            self._close()
        with suppress(OSError):
            patiently(partial(self._temporary.unlink, missing_ok=True), self._pause)

    def _close(self) -> None:
        if self._file is not None:
            self._file.close()


def confirm(folders: Iterable[Path], path: Path) -> None:
    """Afterwards the names in ``folders`` are on the disk; ``StoreError`` about ``path`` where it does not say so."""
    try:
        for folder in dict.fromkeys(folders):
            sync_folder(folder)
    except OSError as error:
        raise _unconfirmed(path, error) from error


def remove_leftovers(folder: Path) -> None:
    """Temporary files and packs that a killed export left in ``folder`` a day ago or longer are gone.

    Those of the last day may be under way. What cannot be removed is let be.
    """
    yesterday = time.time() - _DAY
    with suppress(OSError):
        for path in folder.iterdir():
            if _TEMPORARY.fullmatch(path.name) and path.lstat().st_mtime < yesterday:
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    path.unlink()


def safe_name(text: str) -> str:
    """``text`` as a file name for Windows, Linux and shares alike: never empty, fewer than 200 bytes.

    NFC; ``\\ / : * ? " < > |`` become ``_``; control and bidi characters go; a Windows device name gets a
    ``_`` in front; what is too long is cut before its suffix, never inside a character.
    """
    plain = "".join(
        " " if char.isspace() else char
        for char in unicodedata.normalize("NFC", text)
        if char.isspace() or unicodedata.category(char) not in _UNSEEN
    )
    plain = _FORBIDDEN.sub("_", plain).strip(" .")
    if _RESERVED.match(plain):
        plain = "_" + plain
    return _shortened(plain) or "未命名"


def _shortened(name: str) -> str:
    """``name`` cut to ``NAME_BYTES``, keeping a short suffix."""
    if len(name.encode()) <= NAME_BYTES:
        return name
    suffix = found.group() if (found := _SUFFIX.search(name)) else ""
    room = NAME_BYTES - len(suffix)
    stem = name[: len(name) - len(suffix)].encode()[:room].decode(errors="ignore")
    return stem.rstrip(" .") + suffix


def refuse_own(target: Path) -> None:
    """The data of the program are never replaced, and nothing takes the name of what stands beside them."""
    if is_marked(target) or stands_beside(target) is not None:
        raise StoreError(f"没有写入“{target}”：", "它是程序自己的数据文件。", "请另选一个文件名。")


def refuse_special(target: Path) -> None:
    """Devices, pipes and folders are never replaced by a file, nor what is the program's own."""
    refuse_own(target)
    if target.is_dir():
        raise explained(target, OSError(errno.EISDIR, ""))
    if target.exists() and not target.is_file():
        raise StoreError(f"没有写入“{target}”：", "它不是普通文件。", "请写明一个文件名。")


def patiently(
    step: Callable[[], Answer],
    pause: Callable[[float], None] = time.sleep,
    pauses: tuple[float, ...] = RETRY_PAUSES,
) -> Answer:
    """``step`` done, tried again after each of ``pauses`` while another program holds the file."""
    try:
        return step()
    except OSError as error:
        if not pauses or error.errno not in _HELD_FOR_A_MOMENT:
            raise
    pause(pauses[0])
    return patiently(step, pause, pauses[1:])


def _keep_mode(target: Path, temporary: Path) -> None:
    """The new file gets the access rights of the one it replaces, where its file system has such rights."""
    if not target.exists():
        return
    wanted = stat.S_IMODE(target.stat().st_mode)
    if stat.S_IMODE(temporary.stat().st_mode) == wanted:
        return
    try:
        temporary.chmod(wanted)
    except OSError as error:
        if error.errno not in _NO_RIGHTS:
            raise


def sync_folder(folder: Path) -> None:
    """The new name survives a power cut; folders where this cannot be done (and Windows) are let be."""
    if os.name != "posix":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:  # one may write into it, not list it
        return
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(handle)


def explained(path: Path, error: OSError) -> StoreError:
    """``error`` of writing ``path`` in words: what was not written, why, and what to do."""
    held = error.errno in _HELD_FOR_A_MOMENT
    why, remedy = (
        _HELD_REASON
        if held
        else _REASONS.get(error.errno or 0, (f"系统报告：{error.strerror or error}。", "请换一个位置保存。"))
    )
    return StoreError(f"没有写入“{path}”：", why + "原有文件未改动。", remedy)


def _unconfirmed(path: Path, error: OSError) -> StoreError:
    return StoreError(
        f"“{path}”已写好，但磁盘没有确认：",
        f"系统报告：{error.strerror or error}。断电时可能丢失。",
        "请打开看一看，再导出一次或换一个位置保存。",
    )
