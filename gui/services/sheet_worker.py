"""读表的子进程：外来的文件在这里打开，时间和内存都有限；交回的只是值。"""

from __future__ import annotations

import signal
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from models.domain.errors import InputError, UserError
from models.domain.events import Campaign
from models.domain.snapshot import YearSnapshot

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from exports.xlsx.reading.values import SheetReading

MOST_MEMORY = 2 * 2**30
"""Bytes of address space of the process that opens a file from outside."""
CATALOGUE, EITHER, RETURNED = "catalogue", "either", "returned"
"""What is asked for: a reading of the file as one or the other, or its 退回件."""


class SheetRequest(NamedTuple):
    """A file from outside: its bytes and name, the year it is read for, what it is taken for."""

    data: bytes
    name: str
    snapshot: YearSnapshot
    kind: str = EITHER
    campaign: Campaign | None = None
    reading: SheetReading | None = None
    """What was read before, for a 退回件."""


class SheetRefusal(NamedTuple):
    """Why the file cannot be read."""

    what: str
    effect: str = ""
    remedy: str = ""


def serve_sheet(connection: Connection) -> None:
    """Answer the one request that comes through ``connection`` with a reading or a refusal."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory()
    with suppress(EOFError, OSError):
        connection.send(answer(connection.recv()))


def _limit_memory() -> None:
    """The process cannot take more than ``MOST_MEMORY``; where the system has no such limit the sizes looked at before do."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def answer(request: SheetRequest) -> Any:
    """The reading of the file, or why there is none."""
    try:
        return read_request(request)
    except UserError as error:
        return SheetRefusal(error.what, error.effect, error.remedy)
    except (MemoryError, RecursionError):
        return SheetRefusal(f"“{request.name}”太大，内存不够。", "没有导入。", "请分成几个文件。")


def read_request(request: SheetRequest) -> Any:
    """What the file says: a ``SheetReading`` or a ``CatalogueReading``; or its 退回件 as bytes."""
    from exports.xlsx.reading.catalogue import is_catalogue, read_catalogue
    from exports.xlsx.reading.submission import read_submission

    data, name, snapshot = request.data, request.name, request.snapshot
    if name.lower().endswith(".ics"):
        from exports.ical_import import read_events

        return read_events(data, snapshot, name, campaign=request.campaign)
    if request.kind == RETURNED:
        from exports.xlsx.reading.returned import returned_bytes

        assert request.reading is not None
        return returned_bytes(data, request.reading)
    if request.kind == CATALOGUE or (request.kind == EITHER and is_catalogue(data, name)):
        return read_catalogue(data, snapshot, name)
    return read_submission(data, snapshot, name, campaign=request.campaign)


def refused(refusal: SheetRefusal) -> InputError:
    """The refusal as the error it was."""
    return InputError(refusal.what, refusal.effect, refusal.remedy)
