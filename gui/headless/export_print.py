"""export quarter、year、wall……：各种印件（PDF），草案或某一份印发稿。"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from exports.prints import PrintKind, ReleaseMark, make_print
from gui.headless.arguments import Request
from gui.headless.checking import check_of
from gui.headless.opening import open_for_reading, open_for_writing
from gui.headless.output import put_out
from gui.headless.plan_sides import changes_between, mark_of, sides_of
from gui.headless.printed_options import printed_options
from gui.headless.terminal import tell
from models.domain.snapshot import YearSnapshot
from models.export_log import log_export
from models.queries import year_snapshot
from models.releases import released_snapshot, releases
from models.store import Store
from planners.release_changes import PlanChanges
from planners.results import YearCheck


class _Printed(NamedTuple):
    """What is printed: a state of the year, for a 变更通知 with what changed; ``mark`` of a release."""

    snapshot: YearSnapshot
    check: YearCheck
    mark: ReleaseMark | None = None
    changes: PlanChanges | None = None


def run(request: Request) -> int:
    """The print stands in the PDF asked for; what could not be printed as it is was said."""
    assert request.year is not None
    kind = PrintKind(str(request.kind))
    with open_for_reading(request) as store:
        told = _notice(store, request) if kind is PrintKind.NOTICE else _plan(store, request)
    options = printed_options(request, kind, told.snapshot, told.check, told.mark)
    printed = make_print(kind, told.snapshot, told.check, options, changes=told.changes)
    for warning in printed.warnings:
        tell(f"注意：{warning}")
    if request.unmask:
        _log(request, kind)
    put_out(request, printed.data, f"{_words(request, kind)}，共 {printed.pages} 页")
    return 0


def _plan(store: Store, request: Request) -> _Printed:
    """The draft, or the release asked for: it says ever after what it said on its day."""
    assert request.year is not None
    if request.release is None:
        snapshot = year_snapshot(store, request.year)
        return _Printed(snapshot, check_of(snapshot))
    snapshot = released_snapshot(store, request.year, request.release)
    release = next(one for one in releases(store, request.year) if one.number == request.release)
    return _Printed(snapshot, check_of(snapshot, release.released_on), mark_of(release))


def _notice(store: Store, request: Request) -> _Printed:
    """What changed from the one state to the other; the notice bears the mark of the later one."""
    before, after = sides_of(store, request)
    mark = mark_of(after.release) if after.release else None
    return _Printed(after.snapshot, after.check, mark, changes_between(before, after))


def _log(request: Request, kind: PrintKind) -> None:
    """That names and phones left the office is written down before they do."""
    assert request.year is not None
    name = "标准输出" if request.output == "-" else Path(str(request.output)).name
    with open_for_writing(request) as store:
        log_export(store, request.year, kind.value, name, unmasked=True)


def _words(request: Request, kind: PrintKind) -> str:
    when = f"第{'一二三四'[request.quarter - 1]}季度" if request.quarter else ""
    when += f"{request.month}月" if request.month else ""
    label = kind.label if kind is not PrintKind.QUARTER else "活动计划"
    release = f"（第{request.release}稿）" if request.release else ""
    return f"{request.year}年{when}{label}{release}"
