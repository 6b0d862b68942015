"""数据文件本身：凭文件头认出自己的文件，把磁盘的错误说成人话。"""

from __future__ import annotations

import errno
import os
from pathlib import Path

from models import migrations
from models.domain.errors import BusyError, StoreError
from models.domain.own_mark import SQLITE_HEADER, has_our_mark
from models.patience import patiently

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class DamagedError(StoreError):
    """The file is damaged or no data file at all; it was not touched."""

    def __init__(self, path: Path, remedy: str = "") -> None:
        super().__init__(f"数据文件已损坏或不是数据文件：{path}。", "文件没有改动。", remedy)
        self.path = path


def write_error(path: Path, error: BaseException) -> StoreError:
    """What a failed write means, in words: full disk, read-only, in use, damaged, or another fault."""
    text = str(error).lower()
    number = error.errno if isinstance(error, OSError) else None
    if number in _FULL or "is full" in text:
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

    Raises ``StoreError`` for a file that is not ours or is newer than this program.
    """
    try:
        header = patiently(lambda: _header(path))
    except OSError as error:
        raise StoreError(f"读不到数据文件：{path}。", "没有打开任何数据。", "请检查文件权限。") from error
    if len(header) < 100 or not header.startswith(SQLITE_HEADER):
        raise DamagedError(path)
    version = int.from_bytes(header[60:64], "big")
    if not has_our_mark(header):
        raise StoreError(f"这不是宝公开排期的数据文件：{path}。", "文件没有改动。", "请另选一个文件。")
    if version > migrations.CURRENT_VERSION:
        raise StoreError(
            f"数据文件由更新的版本写成（格式 {version}，本程序到 {migrations.CURRENT_VERSION}）：{path}。",
            "文件没有改动。",
            "请升级程序后再打开。",
        )
    return version


def is_ours(path: Path) -> bool:
    """Whether the file says itself to be a data file of this program, of whatever version; it is only read."""
    try:
        header = patiently(lambda: _header(path))
    except OSError:
        return False
    return has_our_mark(header)


def _header(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(100)


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
