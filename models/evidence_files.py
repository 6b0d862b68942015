"""佐证材料的文件：按内容的校验值存在数据文件旁的“材料”里，只增不改，同样的内容只存一份。

Backups: a backup made into the data folder's own 备份 needs no second copy of these files, which no
step of the program changes or removes (an undo finds them); ``models.evidence_cleaning`` moves aside only
what no backup needs either. A backup written anywhere else takes the
files along into a 材料 beside it, and restoring from there brings them back; what cannot be found is
said by name (``EvidenceFolder.problems``).
"""

import mmap
import os
import re
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import BinaryIO, NamedTuple

import platformdirs

from models.datafile import sync_file, sync_folder, write_error
from models.domain.errors import CommandError, StoreError
from models.domain.events import Labelled
from models.domain.papers import Evidence
from models.domain.programs import WRONG_TYPE, has_allowed_ending, program_in, true_name, wrong_name
from models.domain.text import quoted
from models.locations import APP_NAME, real_file
from models.patience import patiently
from models.plain_files import PRIVATE, PlainFolder, mark, new_file, plain_folder, remove_plain

FOLDER = "材料"
VIEWING = "查看"
LARGEST = 200 * 1024 * 1024
BLOCK = 1 << 20
_START = 12
"""So many digits of its digest name the folder of a copy for viewing."""
_COPIES = re.compile(rf"[0-9a-f]{{{_START}}}")
_KEPT_BY_PROGRAMS = ("~$", ".", "Thumbs.db", "desktop.ini")
"""How names begin that office programs and file managers give to files of their own."""
_PART = re.compile(r"\.([0-9a-f]{12}|[a-z0-9_]{8})\.part")
_DIGEST = re.compile(r"[0-9a-f]{64}\Z")
NOT_KEPT = "没有加入佐证材料。"
KEPT_TYPES = "可以加入文档、表格、图片、录音录像和压缩包。"
NO_PROGRAM = "佐证材料不收会运行的东西；文档里有宏的，请另存为不带宏的文档或 PDF。"
Tell = Callable[[int, int], None]
"""Told how many bytes of how many are copied; stops the copy by raising."""


class StoredFile(NamedTuple):
    """A file that is kept now: the name it had, the SHA-256 of its content, its size in bytes.

    ``fresh``: its content was not kept before, so nothing refers to it yet.
    """

    name: str
    digest: str
    size: int
    fresh: bool = True


class FileState(Labelled):
    """Whether a kept file can be used."""

    PRESENT = "present", "在"
    MISSING = "missing", "文件不在"
    DAMAGED = "damaged", "文件已损坏"


def is_digest(text: str) -> bool:
    """Whether ``text`` is a SHA-256 in hexadecimal: only such a one ever becomes a file name."""
    return bool(_DIGEST.match(text))


class EvidenceFolder:
    """The evidence files of one data file."""

    def __init__(self, data_file: Path) -> None:
        self.folder = real_file(data_file).parent / FOLDER

    def path_of(self, digest: str) -> Path:
        """Where the content called ``digest`` lies; ``StoreError`` for what is no digest."""
        if not is_digest(digest):
            raise StoreError(
                "这份佐证材料的校验值不对。", "没有读写任何文件。", "请移除这一条后重新加入文件。"
            )
        return self.folder / digest[:2] / digest

    def add(self, source: Path, tell: Tell | None = None) -> StoredFile:
        """Afterwards the content of ``source`` is kept, safe on the disk; the file itself stays where it is.

        Content that is kept already is not kept twice. Raises ``CommandError`` for a file that is not taken
        (a folder, a program, an empty or a too large one) and ``StoreError`` where the disk refuses; a copy
        that ``tell`` stops leaves nothing behind.
        """
        size = _acceptable(source)
        temporary = self._part()
        try:
            patiently(lambda: self.folder.mkdir(parents=True, exist_ok=True))
            digest, copied = _copy(source, temporary, size, tell)
            if words := _program_at(temporary, source.name):
                raise CommandError(f"{quoted(source.name)}{words}。", NOT_KEPT, NO_PROGRAM)
            target = self.path_of(digest)
            fresh = not target.exists()
            if self.state(digest) is not FileState.PRESENT:
                target.parent.mkdir(exist_ok=True)
                sync_file(temporary)
                _place(temporary, target)
            return StoredFile(source.name, digest, copied, fresh)
        except OSError as error:
            raise _copy_error(source, self.folder, error) from error
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)

    def kept(self) -> Iterator[Path]:
        """Every file that is kept, by digest; what else lies in the folder is not ours."""
        for path in sorted(self.folder.glob("??/*")):
            plain = path.is_file() and not path.is_symlink() and not path.parent.is_symlink()
            if plain and is_digest(path.name) and path.parent.name == path.name[:2]:
                yield path

    def forget(self, stored: StoredFile) -> None:
        """Afterwards a file added a moment ago, to which nothing refers, is gone; any other one stays."""
        if stored.fresh:
            remove_plain(self.path_of(stored.digest))

    def has(self, digest: str, size: int) -> bool:
        """Whether a file of that name and size is there: quick, its content is not read."""
        try:
            return self.path_of(digest).stat().st_size == size
        except (OSError, StoreError):
            return False

    def state(self, digest: str) -> FileState:
        """Whether the content is there and still what it was; reads the whole file."""
        try:
            with self.path_of(digest).open("rb") as file:
                found = _digest_of(file)
        except StoreError:
            return FileState.DAMAGED
        except FileNotFoundError:
            return FileState.MISSING
        except OSError:
            return FileState.DAMAGED
        return FileState.PRESENT if found == digest else FileState.DAMAGED

    def read(self, digest: str) -> bytes:
        """The content called ``digest``; ``StoreError`` where it is missing or not what it was."""
        import hashlib  # not at the start of the window

        path = self.path_of(digest)
        try:
            data = patiently(path.read_bytes)
        except FileNotFoundError as error:
            raise StoreError("材料文件不在了。", f"应在 {path}。", "请从备份找回，或重新加入。") from error
        except OSError as error:
            raise StoreError("材料文件读不出来。", f"在 {path}。", "请检查磁盘与权限。") from error
        if hashlib.sha256(data).hexdigest() != digest:
            raise StoreError("材料文件已损坏，内容与登记时不同。", f"在 {path}。", "请重新加入原来的文件。")
        return data

    def copy_for_viewing(self, evidence: Evidence, name: str) -> Path:
        """A copy under ``name`` that another program may open: whatever it does, the kept file stays as it is.

        The copies of earlier days go when the program ends and when it starts (``forget_viewed``). A copy that
        somebody changed is not touched: the new one gets another name. ``StoreError`` with the file's own name
        where it is a program, or its name that of one.
        """
        if not (has_allowed_ending(evidence.file_name) and has_allowed_ending(name)):
            raise _not_opened(evidence, WRONG_TYPE if evidence.file_name else "没有登记文件名")
        data = self.read(evidence.digest)
        if words := program_in(data, name):
            raise _not_opened(evidence, f"的内容{words}")
        try:
            return _copy_under(self.folder.parent, (FOLDER, VIEWING, evidence.digest[:_START]), name, data)
        except (PermissionError, NotADirectoryError):
            pass  # data that can only be read, or lie behind a link, are looked at all the same
        except OSError as error:
            raise write_error(self.folder, error) from error
        cache = viewing_cache()
        try:
            return _copy_under(cache.parent, (cache.name, evidence.digest[:_START]), name, data)
        except OSError as error:
            raise write_error(cache, error) from error

    def forget_viewed(self) -> tuple[Path, ...]:
        """Afterwards no copy made for viewing is left, but those that another program holds open.

        Returns what else lies there: somebody changed or added it, and it stays. A copy is known by its
        content, whose SHA-256 begins with the name of the folder it was put into. No link is followed.
        """
        others: list[Path] = []
        cache = viewing_cache()
        for base, *names in ((self.folder.parent, FOLDER, VIEWING), (cache.parent, cache.name)):
            with suppress(OSError):
                with plain_folder(Path(base), *map(str, names)) as folder:
                    others += _forget_copies(folder)
                folder.path.rmdir()
        return tuple(others)

    def remove_leftovers(self, now: datetime) -> tuple[Path, ...]:
        """Afterwards nothing is left of copies that a program killed before yesterday did not finish.

        Younger ones may be those of another data file in the same folder, open at this moment. Returns what
        somebody changed or added among the copies for viewing.
        """
        with suppress(OSError), plain_folder(self.folder.parent, FOLDER) as folder:
            folder.remove_old(_PART, now.timestamp() - 86_400)
        return self.forget_viewed()

    def problems(self, evidence: Iterable[Evidence], *, thoroughly: bool = True) -> tuple[str, ...]:
        """One sentence for each piece of evidence whose file is missing or damaged.

        ``thoroughly`` reads every file; else only presence and size are looked at.
        """
        found = []
        for item in evidence:
            if not item.digest:
                continue
            state = self.state(item.digest) if thoroughly else self._quick_state(item)
            if state is not FileState.PRESENT:
                name = item.title or item.file_name or item.key
                found.append(
                    f"佐证材料{quoted(name)}（{item.kind.label}）{state.label}：{item.digest[:12]}。"
                )
        return tuple(found)

    def programs(self, evidence: Iterable[Evidence], *, thoroughly: bool = True) -> tuple[str, ...]:
        """One sentence for each piece of evidence that is never opened: its name or content is that of a program.

        The content is looked at only ``thoroughly``.
        """
        found = []
        for item in evidence:
            why = WRONG_TYPE if wrong_name(item) else ""
            if not why and thoroughly and is_digest(item.digest):
                why = _program_at(self.path_of(item.digest), item.file_name)
            if why:
                title = item.title or item.file_name or item.key
                found.append(
                    f"佐证材料{quoted(title)}（{item.kind.label}）不会打开：文件“{item.file_name}”{why}。"
                )
        return tuple(found)

    def _quick_state(self, item: Evidence) -> FileState:
        if not is_digest(item.digest) or not self.path_of(item.digest).exists():
            return FileState.MISSING
        return FileState.PRESENT if self.has(item.digest, item.size) else FileState.DAMAGED

    def take_along(self, digests: Iterable[str], other: Path) -> tuple[str, ...]:
        """Afterwards the 材料 beside the file ``other`` has these contents too; the digests that could not be copied."""
        target, left = EvidenceFolder(other), []
        if target.folder == self.folder:
            return ()
        for digest in dict.fromkeys(digests):
            try:
                if target.state(digest) is FileState.PRESENT:
                    continue
                if self.state(digest) is not FileState.PRESENT:
                    left.append(digest)
                    continue
                target._take(self.path_of(digest), digest)
            except (OSError, StoreError):
                left.append(digest)
        return tuple(left)

    def _take(self, source: Path, digest: str) -> None:
        target = self.path_of(digest)
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = self._part()
        try:
            with source.open("rb") as incoming, new_file(temporary) as outgoing:
                shutil.copyfileobj(incoming, outgoing)
            sync_file(temporary)
            _place(temporary, target)
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)

    def _part(self) -> Path:
        """A name for a copy that is not finished yet."""
        return self.folder / f".{mark()}.part"


def viewing_cache() -> Path:
    """Where copies for viewing go while the data folder cannot be written."""
    return Path(platformdirs.user_cache_dir(APP_NAME, appauthor=False)) / VIEWING


def _copy_under(base: Path, names: tuple[str, ...], name: str, data: bytes) -> Path:
    with plain_folder(base, *names, made=True) as folder:
        for number in count(1):
            free = name if number == 1 else f"{Path(name).stem}（{number}）{Path(name).suffix}"
            if _has_copy(folder, free, data):
                return folder.path / free
    raise AssertionError


def _has_copy(folder: PlainFolder, name: str, data: bytes) -> bool:
    """Whether ``name`` holds ``data`` now; what was called so before stays as it is."""
    try:
        file = folder.new(name, stat.S_IRUSR)
    except FileExistsError:
        with suppress(OSError), folder.open(name) as there:
            return there.read(len(data) + 1) == data
        return False
    try:
        with file:
            file.write(data)
    except OSError:
        folder.remove(name)
        raise
    return True


def _forget_copies(viewing: PlainFolder) -> Iterator[Path]:
    """Take the copies away; what is none is named."""
    for name in viewing.names():
        path = viewing.path / name
        try:
            with viewing.within(name) as folder:
                yield from _forget_copies_in(folder)
        except OSError:  # no folder, or a link to one
            yield from _not_ours(path)
        if _COPIES.fullmatch(name):
            with suppress(OSError):
                path.rmdir()


def _forget_copies_in(folder: PlainFolder) -> Iterator[Path]:
    for name in folder.names():
        try:
            with folder.open(name) as file:
                ours = bool(_COPIES.fullmatch(folder.path.name)) and _digest_of(file).startswith(
                    folder.path.name
                )
        except OSError:
            ours = False
        if ours:
            with suppress(OSError):
                folder.remove(name)
        else:
            yield from _not_ours(folder.path / name)


def _not_ours(path: Path) -> Iterator[Path]:
    """``path``, unless a program keeps it there for itself while somebody looks at a copy."""
    if not path.name.startswith(_KEPT_BY_PROGRAMS):
        yield path


def _digest_of(file: BinaryIO) -> str:
    import hashlib  # not at the start of the window

    found = hashlib.sha256()
    while block := file.read(BLOCK):
        found.update(block)
    return found.hexdigest()


def _acceptable(source: Path) -> int:
    """The size of ``source``; ``CommandError`` where such a file is not kept."""
    try:
        facts = source.stat()
    except OSError as error:
        raise CommandError(
            f"读不到文件{quoted(source.name)}。", NOT_KEPT, "请检查它还在不在、能不能打开。"
        ) from error
    if stat.S_ISDIR(facts.st_mode):
        raise CommandError(
            f"{quoted(source.name)}是一个文件夹。", NOT_KEPT, "请选其中的文件，或先打包成 zip。"
        )
    if not stat.S_ISREG(facts.st_mode):
        raise CommandError(f"{quoted(source.name)}不是普通文件。", NOT_KEPT)
    if not has_allowed_ending(source.name):
        raise CommandError(f"{quoted(source.name)}{WRONG_TYPE}。", NOT_KEPT, KEPT_TYPES)
    if facts.st_size == 0:
        raise CommandError(f"{quoted(source.name)}是空文件。", NOT_KEPT)
    if facts.st_size > LARGEST:
        most = LARGEST // (1024 * 1024)
        raise CommandError(
            f"{quoted(source.name)}超过 {most} MB。", NOT_KEPT, "请压缩后再加入，或只登记链接。"
        )
    return facts.st_size


def _copy(source: Path, temporary: Path, size: int, tell: Tell | None) -> tuple[str, int]:
    """Copy ``source``, at most ``LARGEST`` bytes of it; digest and size of what was copied."""
    import hashlib  # not at the start of the window

    digest, done = hashlib.sha256(), 0
    with patiently(lambda: source.open("rb")) as incoming, new_file(temporary) as outgoing:
        while block := incoming.read(BLOCK):
            done += len(block)
            if done > LARGEST:
                raise CommandError(
                    f"{quoted(source.name)}还在变大，超过了上限。", NOT_KEPT, "请等它写完再加入。"
                )
            digest.update(block)
            outgoing.write(block)
            if tell is not None:
                tell(min(done, size), size)
    return digest.hexdigest(), done


def _program_at(path: Path, name: str) -> str:
    """Why the content of ``path`` is no evidence, said after its ``name``; "" where it is or cannot be read."""
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return f"的内容{words}" if (words := program_in(content, name)) else ""
    except (OSError, ValueError):  # an empty file cannot be mapped
        return ""


def _not_opened(evidence: Evidence, why: str) -> StoreError:
    return StoreError(
        f"“{evidence.file_name or evidence.key}”{why}，没有打开。",
        f"登记的名称是{quoted(evidence.title)}。" if true_name(evidence) else "",
        "程序不打开会运行的东西；请移除这一条，重新加入原来的材料。",
    )


def _place(temporary: Path, target: Path) -> None:
    """Afterwards the content has its name, read-only; a damaged file of that name gives way to the sound one."""
    if os.name == "nt" and not target.is_symlink():
        with suppress(OSError):
            target.chmod(PRIVATE)  # Windows replaces no file that can only be read
    patiently(lambda: temporary.replace(target))
    with suppress(OSError):
        target.chmod(stat.S_IRUSR)
    sync_folder(target.parent)


def _copy_error(source: Path, folder: Path, error: OSError) -> StoreError:
    said = write_error(folder, error)
    return StoreError(f"没有加入{quoted(source.name)}：{said.what}", "原文件没有动。", said.remedy)
