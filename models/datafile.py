"""数据文件本身：凭文件头认出自己的文件，把磁盘的错误说成人话。"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from models import migrations
from models.domain.errors import BusyError, StoreError
from models.domain.own_mark import APPLICATION_ID, SQLITE_HEADER, has_our_mark
from models.patience import patiently

JOURNAL_HEADER = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
SMALLEST_PAGE = 512
_JOURNAL_MODES = (b"\1\1", b"\2\2")
"""Our own, and the one in which another program may have left the file: it is taken back."""
_SHARES, _UTF_8 = b"\0\x40\x20\x20", b"\0\0\0\1"
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class DamagedError(StoreError):
    """What stands at ``path`` is damaged or no data file at all; it was not touched.

    ``backup`` is the newest sound one, where somebody has looked for it.
    """

    def __init__(
        self,
        path: Path,
        what: str = "",
        effect: str = "文件没有改动。",
        remedy: str = "",
        backup: Path | None = None,
    ) -> None:
        super().__init__(what or f"数据文件已损坏或不是数据文件：{path}。", effect, remedy)
        self.path = path
        self.backup = backup


def write_error(path: Path, error: BaseException) -> StoreError:
    """What a failed write means, in words: full disk, read-only, in use, damaged, or another fault."""
    text = str(error).lower()
    number = error.errno if isinstance(error, OSError) else None
    if is_full(error):
        return StoreError("磁盘已满，这一步没有保存。", "此前保存的内容都在。", "请清理磁盘后再做一次。")
    if number in (errno.EROFS, errno.EACCES, errno.EPERM) or "readonly" in text:
        return StoreError(
            f"没有权限写：{path}。", "这一步没有保存，此前的内容都在。", "请检查权限后再做一次。"
        )
    if number == errno.EBUSY or is_busy(error):
        return BusyError("数据文件正被别的程序占用，这一步没有保存。", "此前的内容都在。", "请稍候再做一次。")
    if "malformed" in text or "corrupt" in text or "not a database" in text:
        return StoreError("数据文件已损坏，这一步没有保存。", "", "请关闭程序，从备份恢复。")
    return StoreError(f"磁盘写不进去：{path}。", "这一步没有保存，此前的内容都在。", "请检查磁盘后再做一次。")


def is_busy(error: BaseException) -> bool:
    """Whether the database says that another program holds the file."""
    text = str(error).lower()
    return "locked" in text or "busy" in text


def is_full(error: BaseException) -> bool:
    """Whether there is no room on the disk."""
    return getattr(error, "errno", None) in _FULL or "is full" in str(error).lower()


def open_error(path: Path, error: BaseException) -> StoreError:
    """What a database that cannot be opened or read means, in words."""
    text = str(error).lower()
    if is_busy(error):
        return BusyError(f"数据文件正被别的程序占用：{path}。", "没有读到数据，也没有改动。", "请稍候再试。")
    if "readonly" in text or "unable to open" in text:
        return StoreError(
            f"数据文件上次没有正常关闭，而现在只能读：{path}。",
            "没有打开任何数据，文件没有改动。",
            "请在能写这个文件夹的电脑或账户下打开一次，它会自动复原。",
        )
    if "disk i/o" in text:
        return StoreError(f"磁盘读不出来：{path}。", "文件没有改动。", "请检查磁盘后再试。")
    return DamagedError(path)


def inspect_file(path: Path) -> int:
    """The version of the data file ``path``, read from its header without opening it.

    Raises ``StoreError`` for what is not ours or is newer than this program. While the journal is hot the
    header may be that of a step never finished: ask the database itself.
    """
    require_file(path)
    require_own_journals(path)
    try:
        header = patiently(lambda: _header(path))
        size = path.stat().st_size
    except OSError as error:
        raise StoreError(f"读不到数据文件：{path}。", "没有打开任何数据。", "请检查文件权限。") from error
    if len(header) < 100 or not header.startswith(SQLITE_HEADER) or not _is_whole(header, size):
        raise DamagedError(path)
    version = int.from_bytes(header[60:64], "big")
    require_version(path, version, int.from_bytes(header[68:72], "big"))
    return version


def _is_whole(header: bytes, size: int) -> bool:
    """Whether what never changes in our headers is as it should be, and no page is cut: SQLite looks at neither."""
    page = int.from_bytes(header[16:18], "big")
    return (
        header[18:20] in _JOURNAL_MODES
        and header[20:24] == _SHARES
        and header[56:60] == _UTF_8
        and not header[72:92].strip(b"\0")
        and page >= SMALLEST_PAGE
        and not size % page
    )


def require_version(path: Path, version: int, application: int) -> None:
    """``StoreError`` where a database with these numbers is not ours, or newer than this program."""
    if application != APPLICATION_ID:
        raise DamagedError(path, f"这不是宝公开排期的数据文件：{path}。", remedy="请另选一个文件。")
    if version > migrations.CURRENT_VERSION:
        raise StoreError(
            f"数据文件由更新的版本写成（格式 {version}，本程序到 {migrations.CURRENT_VERSION}）：{path}。",
            "文件没有改动。",
            "请升级程序后再打开。",
        )


def require_file(path: Path) -> None:
    """``DamagedError`` where something stands at ``path`` that is no file: reading a pipe never ends."""
    mode = mode_of(path)
    if mode is None and os.path.lexists(path):
        raise DamagedError(path, f"这是一个链接，它指的文件不在了，或者绕回了自己：{path}。")
    if mode is not None and stat.S_ISDIR(mode):
        remedy = "请指定文件夹里的一个文件。"
        raise DamagedError(path, f"这是一个文件夹，不是数据文件：{path}。", "没有打开任何数据。", remedy)
    if mode is not None and not stat.S_ISREG(mode):
        raise DamagedError(path, f"这是管道或设备，不是数据文件：{path}。", "没有打开任何数据。")


def mode_of(path: Path) -> int | None:
    """What kind of thing stands at ``path`` (``st_mode``); None where nothing does or a link leads nowhere."""
    try:
        return path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        if error.errno == errno.ELOOP:
            return None
        raise StoreError(f"读不到数据文件：{path}。", "没有打开任何数据。", "请检查文件权限。") from error


def require_own_journals(path: Path) -> None:
    """``DamagedError`` where a journal lies beside ``path`` that this program did not write.

    SQLite would write what is in it into the data file, or delete it.
    """
    for journal, own in ((journal_of(path), _may_be_ours), (write_ahead_of(path), _is_empty)):
        if os.path.lexists(journal) and not own(journal):
            raise DamagedError(
                path,
                f"数据文件旁边有一个不是本程序写的日志：{journal}。",
                "两个文件都没有改动。",
                "如果刚用别的数据库工具打开过数据文件，请在那个工具里正常关闭；否则请把这个日志移走，再打开。",
            )


def _is_file(journal: Path) -> bool:
    """Whether it is a file and no link: what a pipe or a link stands for is not ours to read."""
    return stat.S_ISREG(journal.lstat().st_mode)


def _is_empty(journal: Path) -> bool:
    return _is_file(journal) and not journal.lstat().st_size


def _may_be_ours(journal: Path) -> bool:
    """Zeros never reached the disk, and SQLite does not read them."""
    return _is_file(journal) and (_starts_so(journal) or not _first_bytes(journal, 8).strip(b"\0"))


def _starts_so(journal: Path) -> bool:
    return _first_bytes(journal, len(JOURNAL_HEADER)) == JOURNAL_HEADER


def is_hot(path: Path) -> bool:
    """Whether a step that was never finished is still to be taken back in the data file ``path``."""
    journal = journal_of(path)
    return os.path.lexists(journal) and _is_file(journal) and _starts_so(journal)


def is_ours(path: Path) -> bool:
    """Whether the file says itself to be a data file of this program, of whatever version; it is only read."""
    try:
        require_file(path)
        header = patiently(lambda: _header(path))
    except (OSError, StoreError):
        return False
    return has_our_mark(header)


def _header(path: Path) -> bytes:
    return _first_bytes(path, 100)


def _first_bytes(path: Path, count: int) -> bytes:
    if (
        not path.stat().st_size
    ):  # an empty journal stays beside the file, and others may not be allowed to open it
        return b""
    with path.open("rb") as file:
        return file.read(count)


def write_ahead_of(path: Path) -> Path:
    """The journal that other programs may leave beside ``path``; this one never writes such."""
    return path.with_name(path.name + "-wal")


def journal_of(path: Path) -> Path:
    """The rollback journal of the data file ``path``."""
    return path.with_name(path.name + "-journal")


def sync_file(path: Path) -> None:
    """Afterwards the bytes of ``path`` are on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Afterwards the names in ``folder`` are on the disk (Windows does so by itself)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def confirm(path: Path) -> None:
    """Afterwards what is in the data file ``path`` is on the disk; ``StoreError`` where the disk does not confirm it."""
    journal = journal_of(path)
    try:
        for one in (path, *((journal,) if journal.exists() else ())):
            sync_file(one)
        sync_folder(path.parent)
    except OSError as error:
        raise StoreError(
            "这一步写进了数据文件，但磁盘没有确认。",
            "现在断电可能丢掉这一步，此前的内容都在。",
            "请马上备份到另一个磁盘，并检查这个磁盘。",
        ) from error
