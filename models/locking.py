"""同一数据文件一次只许一处写：系统文件锁，另有一张说明谁在用的便条。"""

from __future__ import annotations

import getpass
import json
import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from models.datafile import write_error
from models.os_lock import OsLock


class WriterLock:
    """The right to write one data file; the system frees it when the process ends, however it ends.

    The lock file stays behind, empty: removing it would let two processes lock two files of one name.
    """

    def __init__(self, data_file: Path) -> None:
        self._data_file = data_file
        self._lock = OsLock(lock_file(data_file))
        self._note = Path(f"{data_file}.holder")

    def acquire(self, now: datetime) -> bool:
        """Whether this process now holds the lock (False: somebody else does)."""
        try:
            if not self._lock.acquire():
                return False
        except OSError as error:
            raise write_error(self._data_file, error) from error
        with suppress(OSError):
            self._note.write_text(_note(now), encoding="utf-8")
        return True

    def holder(self) -> str:
        """Who holds the lock, in words: 「张三（办公室-02，3月5日 14:05 起）」; 「另一个窗口」 where unknown."""
        try:
            note = json.loads(self._note.read_text(encoding="utf-8"))
            since = datetime.fromisoformat(note["since"]).astimezone()
            return f"{note['user']}（{note['host']}，{since:%m月%d日 %H:%M} 起）"
        except (OSError, ValueError, KeyError, TypeError):
            return "另一个窗口"

    def release(self) -> None:
        """Afterwards this process does not hold the lock."""
        if self._lock.held:
            with suppress(OSError):
                self._note.unlink()
            self._lock.release()


def lock_file(data_file: Path) -> Path:
    """The file whose lock is the right to write ``data_file``."""
    return Path(f"{data_file}.lock")


def was_opened_before(data_file: Path) -> bool:
    """Whether ``data_file`` was ever opened for writing here: its lock file stays behind."""
    return lock_file(data_file).exists()


def _note(now: datetime) -> str:
    who = {"user": current_user(), "host": _host(), "pid": os.getpid(), "since": now.isoformat()}
    return json.dumps(who, ensure_ascii=False)


def _host() -> str:
    """The name of this computer."""
    return os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")


def current_user() -> str:
    """The name under which changes are logged."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "未知用户"
