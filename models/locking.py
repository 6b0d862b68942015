"""同一数据文件一次只许一处写：系统文件锁，另有一张说明谁在用的便条。"""

from __future__ import annotations

import getpass
import json
import os
import socket
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import filelock


class WriterLock:
    """The right to write one data file; the system frees it when the process ends, however it ends."""

    def __init__(self, data_file: Path) -> None:
        self._lock = filelock.FileLock(str(data_file) + ".lock", thread_local=False)
        self._note = Path(str(data_file) + ".holder")

    def acquire(self, now: datetime) -> bool:
        """Whether this process now holds the lock (False: somebody else does)."""
        try:
            self._lock.acquire(timeout=0)
        except filelock.Timeout:
            return False
        note = {
            "user": current_user(),
            "host": socket.gethostname(),
            "pid": os.getpid(),
            "since": now.isoformat(),
        }
        with suppress(OSError):
            self._note.write_text(json.dumps(note, ensure_ascii=False), encoding="utf-8")
        return True

    def holder(self) -> str:
        """Who holds the lock, in words: 「张三在 办公室-02，14:05 起」; 「另一个窗口」 where unknown."""
        try:
            note = json.loads(self._note.read_text(encoding="utf-8"))
            since = datetime.fromisoformat(note["since"]).astimezone()
            return f"{note['user']} 在 {note['host']}，{since:%H:%M} 起"
        except (OSError, ValueError, KeyError, TypeError):
            return "另一个窗口"

    def release(self) -> None:
        """Afterwards this process does not hold the lock."""
        if self._lock.is_locked:
            with suppress(OSError):
                self._note.unlink()
            self._lock.release()


def current_user() -> str:
    """The name under which changes are logged."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "未知用户"
