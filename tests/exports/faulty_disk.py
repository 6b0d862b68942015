"""坏磁盘：一个文件夹里的第几次磁盘调用出错，出什么错，错几次。"""

from __future__ import annotations

import errno
import io
import os
import pathlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Lock
from typing import Any
from unittest.mock import patch

EVERY_ERROR = (errno.ENOSPC, errno.EIO, errno.EACCES)
_CALLS = ("fsync", "replace", "rename", "unlink", "rmdir", "mkdir", "chmod", "open")
FOR_GOOD = 10**9


class FaultyDisk:
    """Fails the calls from number ``first`` (from 1) on, ``times`` of them, with ``code``; ``calls`` names all made.

    Only calls that concern ``folder`` count: creating, writing, flushing and closing a file, and ``os`` itself.
    ``only``: the names of the calls that count.
    """

    def __init__(
        self, folder: Path, first: int = 0, code: int = errno.EIO, times: int = 1, only: tuple[str, ...] = ()
    ) -> None:
        self._folder = str(folder)
        self._failing = range(first, first + times) if first else range(0)
        self._code = code
        self._only = only
        self.calls: list[str] = []
        self._lock = Lock()

    @property
    def failed(self) -> tuple[str, ...]:
        """The names of the calls that failed."""
        return tuple(name for number, name in enumerate(self.calls, 1) if number in self._failing)

    def touch(self, name: str) -> None:
        """A call is about to be made."""
        if self._only and name not in self._only:
            return
        with self._lock:
            self.calls.append(name)
            fails = len(self.calls) in self._failing
        if fails:
            raise OSError(self._code, os.strerror(self._code))

    def concerns(self, where: object) -> bool:
        """Whether a path, or an open file, lies in the folder."""
        if isinstance(where, int):
            try:
                where = Path(f"/proc/self/fd/{where}").readlink()
            except OSError:
                return False
        return os.fspath(where).startswith(self._folder) if isinstance(where, (str, Path)) else False


class _File:
    """An open file of which every write, flush and close counts."""

    def __init__(self, file: Any, disk: FaultyDisk) -> None:
        self._file = file
        self._disk = disk

    def write(self, data: bytes) -> int:
        self._disk.touch("write")
        return int(self._file.write(data))

    def flush(self) -> None:
        self._disk.touch("flush")
        self._file.flush()

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> _File:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._disk.touch("close")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


@contextmanager
def faulty(disk: FaultyDisk) -> Iterator[FaultyDisk]:
    """While this lasts the disk is as bad as ``disk`` says."""
    plain_open = io.open

    def opens(file: Any, mode: str = "r", *more: Any, **named: Any) -> Any:
        if not disk.concerns(file) or not set(mode) & set("wxa+"):
            return plain_open(file, mode, *more, **named)
        disk.touch("create")
        return _File(plain_open(file, mode, *more, **named), disk)

    with _all_patched({name: _counted(disk, name) for name in _CALLS}, opens):
        yield disk


def _counted(disk: FaultyDisk, name: str) -> Callable[..., Any]:
    plain = getattr(os, name)

    def call(where: Any, *more: Any, **named: Any) -> Any:
        if disk.concerns(where):
            disk.touch(name)
        return plain(where, *more, **named)

    return call


@contextmanager
def _all_patched(calls: dict[str, Callable[..., Any]], opens: Callable[..., Any]) -> Iterator[None]:
    with ExitStack() as stack:
        stack.enter_context(patch.multiple(os, **calls))
        stack.enter_context(patch.object(io, "open", opens))
        # On Python 3.10 a Path makes the calls that it found when pathlib was imported.
        if (accessor := getattr(pathlib, "_NormalAccessor", None)) is not None:
            known = {name: staticmethod(call) for name, call in (calls | {"open": opens}).items()}
            stack.enter_context(
                patch.multiple(
                    accessor, **{name: call for name, call in known.items() if hasattr(accessor, name)}
                )
            )
        yield
