"""外来的文件：先看大小再读；内容在另一个进程里认，时间和内存都有限，交回的只是值。"""

from __future__ import annotations

import signal
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from models.domain.errors import InputError, UserError
from models.domain.text import quoted

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

MOST_MEMORY = 2**29
"""Bytes of memory that the process which reads may ask for."""
LONGEST = 60.0
"""Seconds after which reading a file is given up."""
_LISTEN_FOR = 0.05
_JOB_LIMITS = 9
_LIMIT_TIME, _LIMIT_PROCESSES, _LIMIT_MEMORY = 0x2, 0x8, 0x100
"""JobObjectExtendedLimitInformation and its flags (winnt.h)."""

T = TypeVar("T")


class _Refusal(NamedTuple):
    """Why there is nothing to hand back: an ``InputError`` as values."""

    what: str
    effect: str
    remedy: str
    place: str = ""


class _Request(NamedTuple):
    """What is to be called, and what to say where it does not come to its end."""

    reader: Callable[..., Any]
    arguments: tuple[Any, ...]
    name: str
    nothing: str


def whole_file(path: Path, most: int, nothing: str) -> bytes:
    """What the file holds, never more than ``most`` bytes: the size is looked at before anything is read.

    ``InputError`` where it is no regular file, cannot be read, or is larger; ``nothing``: what then was not done.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise InputError(f"“{path.name}”不是一个文件。", nothing, "请选一个文件。")
        data = b""
        if found.st_size <= most:
            with path.open("rb") as file:  # a file may grow, and some say that they are empty
                data = file.read(most + 1)
    except (OSError, ValueError) as error:
        remedy = "请检查文件是否还在、能否打开。"
        raise InputError(f"“{path.name}”读不出来，读不到文件的内容。", nothing, remedy) from error
    if max(found.st_size, len(data)) > most:
        raise InputError(f"“{path.name}”太大，超过 {most // 1_000_000} MB。", nothing, "请确认选对了文件。")
    return data


def read_apart(
    reader: Callable[..., T],
    arguments: tuple[Any, ...],
    name: str,
    nothing: str,
    step: Callable[[], object] = lambda: None,
) -> T:
    """What ``reader(*arguments)`` gives, called in a fresh process limited in time and memory.

    ``InputError`` where it refuses the file ``name``, or does not come to its end; ``nothing`` says what then was
    not done. Whatever ``step`` raises, called twenty times a second, ends the process.
    """
    from multiprocessing import get_context

    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,), name="读文件", daemon=True)
    process.start()
    theirs.close()
    try:
        ours.send(_Request(reader, arguments, name, nothing))
        told = _heard(ours, name, nothing, step)
    except (EOFError, OSError) as error:
        raise InputError(
            f"{quoted(name)}没有读完：读它的进程意外结束了。", nothing, "文件可能已损坏，请另存后再试。"
        ) from error
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()
    if isinstance(told, _Refusal):
        raise InputError(*told)
    answer: T = told
    return answer


def _heard(line: Connection, name: str, nothing: str, step: Callable[[], object]) -> Any:
    ends = monotonic() + LONGEST
    while monotonic() < ends:
        step()
        if line.poll(_LISTEN_FOR):
            return line.recv()
    remedy = "请删去用不着的内容，或分成几个文件。"
    raise InputError(f"{quoted(name)}读了 {LONGEST:.0f} 秒还没有读完。", nothing, remedy)


# in the other process


def _serve(line: Connection) -> None:
    """Answer the one request that comes through ``line`` with a value or a refusal."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit()
    with suppress(EOFError, OSError):
        line.send(_answer(line.recv()))


def _answer(request: _Request) -> Any:
    try:
        return request.reader(*request.arguments)
    except UserError as error:
        return _Refusal(error.what, error.effect, error.remedy, getattr(error, "place", ""))
    except (MemoryError, RecursionError):
        what = f"{quoted(request.name)}太大或太复杂，内存不够。"
        return _Refusal(what, request.nothing, "请分成几个文件。")


def _limit() -> None:
    """From now on this process cannot take more than ``MOST_MEMORY``, nor compute longer than ``LONGEST``."""
    with suppress(ImportError, OSError, ValueError):  # no such limits: sizes were looked at before
        if sys.platform == "win32":
            _limit_on_windows()
        else:
            import resource

            resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
            resource.setrlimit(resource.RLIMIT_CPU, (int(LONGEST), int(LONGEST) + 1))


def _limit_on_windows() -> None:
    """The same by a job of one process, which ends with it."""
    import ctypes

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]
    kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = ctypes.c_void_p
    job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
    limits = job_limits()
    if not (
        kernel.SetInformationJobObject(job, _JOB_LIMITS, limits, len(limits))
        and kernel.AssignProcessToJobObject(job, ctypes.c_void_p(kernel.GetCurrentProcess()))
    ):
        raise OSError(ctypes.get_last_error())  # type: ignore[attr-defined,unused-ignore]


def job_limits() -> bytes:
    """A JOBOBJECT_EXTENDED_LIMIT_INFORMATION: so much time and memory, and no other process."""
    import struct

    flags = _LIMIT_TIME | _LIMIT_PROCESSES | _LIMIT_MEMORY
    time = int(LONGEST * 10_000_000)
    return struct.pack(
        "@qqINNINII6Q4N", time, 0, flags, 0, 0, 1, 0, 0, 0, *(0,) * 6, MOST_MEMORY, 0, 0, 0
    )  # fmt: skip
