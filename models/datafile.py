"""数据文件本身：凭文件头认出自己的文件，把磁盘的错误说成人话。"""

from __future__ import annotations

from pathlib import Path

from models import migrations
from models.domain.errors import StoreError

APPLICATION_ID = 0x42474B51
SQLITE_HEADER = b"SQLite format 3\x00"


class DamagedError(StoreError):
    """The file is damaged or no data file at all; it was not touched."""

    def __init__(self, path: Path, remedy: str = "") -> None:
        super().__init__(f"数据文件已损坏或不是数据文件：{path}。", "文件没有改动。", remedy)
        self.path = path


def write_error(path: Path, error: Exception) -> StoreError:
    """What a failed write means, in words."""
    text = str(error).lower()
    if "full" in text:
        return StoreError("磁盘已满，这一步没有保存。", "此前保存的内容都在。", "请清理磁盘后再做一次。")
    if "readonly" in text or "read-only" in text:
        return StoreError(
            f"数据文件变成了只读：{path}。", "这一步没有保存，此前的内容都在。", "请检查文件权限后再做一次。"
        )
    if "locked" in text or "busy" in text:
        return StoreError(
            "数据文件正被别的程序占用，这一步没有保存。", "此前的内容都在。", "请稍候再做一次。"
        )
    if "malformed" in text or "corrupt" in text:
        return StoreError("数据文件已损坏，这一步没有保存。", "", "请关闭程序，从备份恢复。")
    return StoreError(
        f"数据文件写不进去：{path}。", "这一步没有保存，此前的内容都在。", "请检查磁盘后再做一次。"
    )


def inspect_file(path: Path) -> int:
    """The version of the data file ``path``, read from its header without opening it.

    Raises ``StoreError`` for a file that is not ours or is newer than this program.
    """
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        raise StoreError(f"读不到数据文件：{path}。", "没有打开任何数据。", "请检查文件权限。") from error
    if len(header) < 100 or not header.startswith(SQLITE_HEADER):
        raise DamagedError(path)
    version = int.from_bytes(header[60:64], "big")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise StoreError(f"这不是宝公开排期的数据文件：{path}。", "文件没有改动。", "请另选一个文件。")
    if version > migrations.CURRENT_VERSION:
        raise StoreError(
            f"数据文件由更新的版本写成（格式 {version}，本程序到 {migrations.CURRENT_VERSION}）：{path}。",
            "文件没有改动。",
            "请升级程序后再打开。",
        )
    return version
