"""export quarter、year、wall……：各种印件（PDF），草案或某一份印发稿。"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from exports.pdf.page import Margins, Paper
from exports.prints import PrintKind, PrintOptions, ReleaseMark, make_print, usual_options
from gui.headless.arguments import Request
from gui.headless.checking import check_of
from gui.headless.opening import open_for_reading, open_for_writing
from gui.headless.output import put_out
from gui.headless.terminal import tell
from gui.headless.units import unit_of
from models.domain.errors import CommandError
from models.domain.snapshot import YearSnapshot
from models.export_log import log_export
from models.queries import year_snapshot
from models.releases import Release, released_snapshot, releases
from models.store import Store
from planners.release_changes import PlanChanges, plan_changes


class _Earlier(NamedTuple):
    """A release and the year as it was then."""

    release: Release
    snapshot: YearSnapshot


def run(request: Request) -> int:
    """The print stands in the PDF asked for; what could not be printed as it is was said."""
    assert request.year is not None
    kind = PrintKind(str(request.kind))
    with open_for_reading(request) as store:
        snapshot = year_snapshot(store, request.year)
        earlier = _earlier(store, request, kind)
    changes: PlanChanges | None = None
    mark: ReleaseMark | None = None
    if earlier is not None and kind is PrintKind.NOTICE:
        changes = _changes(earlier, snapshot)
    elif earlier is not None:
        release, snapshot = earlier
        mark = ReleaseMark(release.number, release.name, release.released_on, release.digest)
    check = check_of(snapshot, mark.day if mark else None)  # a release says ever after what it said then
    options = _options(request, kind, snapshot, usual_options(kind, snapshot, check.today))
    printed = make_print(kind, snapshot, check, options._replace(release=mark), changes=changes)
    for warning in printed.warnings:
        tell(f"注意：{warning}")
    if request.unmask:
        _log(request, kind)
    put_out(request, printed.data, f"{_words(request, kind)}，共 {printed.pages} 页")
    return 0


def _options(request: Request, kind: PrintKind, snapshot: YearSnapshot, usual: PrintOptions) -> PrintOptions:
    unit = unit_of(snapshot, request.unit)
    if kind is PrintKind.NOTICE:
        usual = usual._replace(rule_summary=not unit)
    return usual._replace(
        paper=Paper(request.paper) if request.paper else usual.paper,
        margins=Margins(request.margins) if request.margins else usual.margins,
        quarter=request.quarter,
        month=request.month,
        campaigns=(request.campaign,) if request.campaign else (),
        units=(unit,) if unit else (),
        mask_delegates=not request.unmask,
        mask_phones=not request.unmask,
    )


def _earlier(store: Store, request: Request, kind: PrintKind) -> _Earlier | None:
    """The release asked for; for a 变更通知 the last one where none is named."""
    assert request.year is not None
    known = {release.number: release for release in releases(store, request.year)}
    number = request.release
    if number is None and kind is PrintKind.NOTICE:
        if not known:
            raise CommandError(
                f"{request.year} 年度还没有印发稿，没有可通知的变更。",
                "没有写出文件。",
                "请先用 release 印发。",
            )
        number = max(known)
    if number is None:
        return None
    snapshot = released_snapshot(store, request.year, number)
    return _Earlier(known[number], snapshot)


def _changes(earlier: _Earlier, snapshot: YearSnapshot) -> PlanChanges:
    before = earlier.snapshot
    labels = earlier.release.label, "草案"
    return plan_changes(before, snapshot, check_of(before), check_of(snapshot), labels)


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
    release = f"（第{request.release}稿）" if request.release and kind is not PrintKind.NOTICE else ""
    return f"{request.year}年{when}{label}{release}"
