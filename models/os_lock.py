"""操作系统的文件锁：进程怎样结束，系统都会放开。

Twenty lines of the standard library instead of a package: the one that was here brings asyncio with it and
took a fifth of the time in which the window opens.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from models.plain_files import plain_folder

_BEHIND = 0x7FFF0000
"""Where Windows, which locks bytes and not files, locks a data file: no database reaches so far."""


class OsLock:
    """An exclusive lock on a plain file; two locks of one file exclude each other, also in one process.

    ``path`` is a file of the lock's own, made where it is not there; or, ``made`` False, a data file that is.
    """

    def __init__(self, path: Path, *, made: bool = True) -> None:
        self._path = path
        self._made = made
        self._descriptor: int | None = None

    @property
    def held(self) -> bool:
        """Whether this lock is held."""
        return self._descriptor is not None

    def acquire(self) -> bool:
        """Whether the lock is now held (False: somebody else holds it); ``OSError`` where there can be none."""
        if self._descriptor is not None:
            return True
        with plain_folder(self._path.parent) as folder:
            flags = os.O_RDWR | os.O_CREAT if self._made else os.O_RDONLY
            descriptor = folder.descriptor_of(self._path.name, flags, 0o644)
        try:
            _lock(descriptor, 0 if self._made else _BEHIND)
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

    def _lock(descriptor: int, place: int) -> None:
        os.lseek(descriptor, place, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int, _place: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
