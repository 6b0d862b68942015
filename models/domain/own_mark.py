"""程序自己的数据文件凭文件头认出；它旁边的日志、锁、便条、校验码按名字认出。"""

from __future__ import annotations

from pathlib import Path

APPLICATION_ID = 0x42474B51
SQLITE_HEADER = b"SQLite format 3\x00"
BESIDE = ("-journal", "-wal", "-shm", ".lock", ".holder", ".sha256")
"""What the names of the files end with that stand beside a data file or a backup."""


def has_our_mark(header: bytes) -> bool:
    """Whether the first 100 bytes of a file are those of a data file of this program, of whatever version."""
    return header.startswith(SQLITE_HEADER) and int.from_bytes(header[68:72], "big") == APPLICATION_ID


def stands_beside(target: Path) -> Path | None:
    """The data file beside which a file of the name ``target`` would stand; None for any other name."""
    for ending in BESIDE:
        stem = target.name[: -len(ending)]
        if stem and target.name.lower().endswith(ending) and is_marked(target.with_name(stem)):
            return target.with_name(stem)
    return None


def is_marked(path: Path) -> bool:
    """Whether ``path`` is a data file or a backup of this program; what cannot be read is not."""
    try:
        if not path.is_file():  # a pipe would be waited for
            return False
        with path.open("rb") as file:
            return has_our_mark(file.read(100))
    except OSError:
        return False
