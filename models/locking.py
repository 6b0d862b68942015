"""同一数据文件一次只许一处写：系统文件锁，另有一张说明谁在用的便条。"""

from __future__ import annotations

import errno
import getpass
import json
import os
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from models.datafile import write_error
from models.domain.errors import StoreError
from models.os_lock import OsLock
from models.plain_files import read_plain, remove_plain, write_anew

_FILES_CAN_BE_LOCKED = sys.platform in ("linux", "win32")
"""Elsewhere the lock on a file and those of the database in it would exclude each other."""


_LARGEST_NOTE = 4096
_NO_LOCKS = frozenset({errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL})


class CannotLockError(StoreError):
    """Nobody can know whether somebody else writes the data file: it must not be written."""


class WriterLock:
    """The right to write one data file; the system frees it when the process ends, however it ends.

    Its name is locked, by a lock file that stays behind, empty: removing it would let two processes lock two
    files of one name. And so is the file itself, which may have other names (hard links).
    """

    def __init__(self, data_file: Path) -> None:
        self._data_file = data_file
        self._lock = OsLock(lock_file(data_file))
        self._file = OsLock(data_file, made=False)
        self._note = Path(f"{data_file}.holder")

    def acquire(self, now: datetime) -> bool:
        """Whether this process now holds the lock (False: somebody else does).

        Raises ``CannotLockError`` where locks do not work.
        """
        try:
            if not self._lock.acquire():
                return False
            _require_exclusion(lock_file(self._data_file))
            if not self.acquire_file():
                self._lock.release()
                return False
        except OSError as error:
            self._let_go()
            raise self._refusal(error) from error
        except CannotLockError:
            self._let_go()
            raise
        if self._note_is_ours():
            with suppress(OSError):
                write_anew(self._note, _note(now).encode(), durable=False)
        return True

    def acquire_file(self) -> bool:
        """Whether nobody writes the data file under another name; to be asked again once a new one is there."""
        return not (_FILES_CAN_BE_LOCKED and self._data_file.is_file()) or self._file.acquire()

    def release_file(self) -> None:
        """Afterwards another file may take the place of the data file, whose name stays locked."""
        self._file.release()

    def holder(self) -> str:
        """Who holds the lock, in words: 「张三（办公室-02，3月5日 14:05 起）」; 「另一个窗口」 where unknown."""
        try:
            note = json.loads(read_plain(self._note, _LARGEST_NOTE))
            since = datetime.fromisoformat(note["since"]).astimezone()
            return f"{note['user']}（{note['host']}，{since:%m月%d日 %H:%M} 起）"
        except (OSError, ValueError, KeyError, TypeError):
            return "另一个窗口"

    def release(self) -> None:
        """Afterwards this process does not hold the lock."""
        if self._lock.held:
            if self._note_is_ours():
                remove_plain(self._note)
            self._let_go()

    def _let_go(self) -> None:
        self._file.release()
        self._lock.release()

    def _note_is_ours(self) -> bool:
        """Whether the name of the note is free, a link (it is replaced, not followed) or a note of this program."""
        try:
            return b'"pid"' in read_plain(self._note, _LARGEST_NOTE)
        except FileNotFoundError:
            return True
        except OSError:
            return self._note.is_symlink()

    def _refusal(self, error: OSError) -> StoreError:
        if error.errno in _NO_LOCKS:
            return _no_locks()
        if error.errno == errno.ELOOP:
            return CannotLockError(
                f"锁文件是链接或不是普通文件：{lock_file(self._data_file)}。", "", "请移走它，再重新打开。"
            )
        return write_error(self._data_file, error)


def _require_exclusion(path: Path) -> None:
    """Afterwards it is known that a lock held keeps others out; on some shares everybody gets it."""
    second = OsLock(path)
    if second.acquire():
        second.release()
        raise _no_locks()


def _no_locks() -> CannotLockError:
    return CannotLockError(
        "这个位置的文件锁不起作用，几处同时写会丢改动。", "", "请把数据文件移到本机磁盘再打开。"
    )


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
