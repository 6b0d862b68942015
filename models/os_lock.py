"""操作系统的文件锁：进程怎样结束，系统都会放开。

Twenty lines of the standard library instead of a package: the one that was here brings asyncio with it and
took a fifth of the time in which the window opens.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


class OsLock:
    """An exclusive lock on a file of its own; two locks of one file exclude each other, also in one process."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    @property
    def held(self) -> bool:
        """Whether this lock is held."""
        return self._descriptor is not None

    def acquire(self) -> bool:
        """Whether the lock is now held (False: somebody else holds it); ``OSError`` where there can be none."""
        if self._descriptor is not None:
            return True
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _lock(descriptor)
        except (BlockingIOError, PermissionError):
            os.close(descriptor)
            return False
        except OSError:
            os.close(descriptor)
            raise
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Afterwards the lock is free; its file stays."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
