"""export xlsx、template、docx：台账、报送表模板、季度活动计划（Word）。"""

from __future__ import annotations

from gui.headless.arguments import Request
from gui.headless.checking import check_of
from gui.headless.opening import open_for_reading
from gui.headless.output import put_out
from gui.headless.terminal import tell
from gui.headless.units import unit_of
from models.domain.errors import CommandError
from models.domain.snapshot import YearSnapshot
from models.queries import year_snapshot
from models.releases import Release, released_snapshot, releases
from models.store import Store
from planners.release_changes import plan_changes


def run(request: Request) -> int:
    """The Office file asked for stands where it was asked for; what could not be written as it is was said."""
    assert request.year is not None
    with open_for_reading(request) as store:
        snapshot = year_snapshot(store, request.year)
        earlier = _released(store, request) if request.kind == "docx" else None
    if request.kind == "docx":
        data, what, warnings = _word(request, snapshot, earlier)
    else:
        data, what, warnings = _MAKERS[str(request.kind)](request, snapshot)
    for warning in warnings:
        tell(f"注意：{warning}")
    put_out(request, data, what)
    return 0


Made = tuple[bytes, str, tuple[str, ...]]


def _ledger(request: Request, snapshot: YearSnapshot) -> Made:
    """Every event, or those of one campaign or unit, by month."""
    from exports.xlsx.ledger import ledger_bytes
    from planners.ledger_filter import EVERYTHING, conditions, filtered
    from planners.ledger_groups import Grouping, Order, grouped
    from planners.ledger_rows import ledger_rows

    check = check_of(snapshot, request.today)
    chosen = EVERYTHING._replace(campaign=request.campaign, unit=unit_of(snapshot, request.unit))
    rows = filtered(ledger_rows(snapshot, check), chosen, {}, ())
    groups = grouped(rows, Grouping.MONTH, Order(), snapshot, check.ruleset)
    words = "，".join(condition.words for condition in conditions(chosen, snapshot))
    data = ledger_bytes(snapshot, check.ruleset, groups, conditions=words)
    return data, f"{snapshot.year}年活动台账，{len(rows)} 场", ()


def _template(request: Request, snapshot: YearSnapshot) -> Made:
    from exports.xlsx.template import prefilled, template_bytes

    unit = unit_of(snapshot, request.unit)
    count = len(prefilled(snapshot, unit))
    name = f"{snapshot.unit_name(unit)}，已列出 {count} 场" if unit else "空白"
    return template_bytes(snapshot, unit), f"{snapshot.year}年报送表模板（{name}）", ()


Earlier = tuple[Release, YearSnapshot]


def _released(store: Store, request: Request) -> Earlier | None:
    """The release asked for; for a 变更通知 the last one where none is named."""
    assert request.year is not None
    known = {release.number: release for release in releases(store, request.year)}
    number = request.release
    if number is None:
        if not request.notice:
            return None
        if not known:
            raise CommandError(
                f"{request.year} 年度还没有印发稿，没有可通知的变更。",
                "没有写出文件。",
                "请先用 release 印发。",
            )
        number = max(known)
    return known.get(number) or _refuse(number), released_snapshot(store, request.year, number)


def _refuse(number: int) -> Release:
    raise CommandError(f"没有第 {number} 稿。", "没有写出文件。", "请核对 --release。")


def _word(request: Request, snapshot: YearSnapshot, earlier: Earlier | None) -> Made:
    """The quarter's plan, as it is or as it was released; or the 变更通知 since a release."""
    from exports.docx.notice import notice_docx
    from exports.docx.quarter_plan import quarter_docx
    from exports.prints import PrintKind, ReleaseMark, usual_options

    if request.notice:
        assert earlier is not None
        release, before = earlier
        checks = check_of(before, request.today), check_of(snapshot, request.today)
        changes = plan_changes(before, snapshot, *checks, (release.label, "草案"))
        options = usual_options(PrintKind.NOTICE, snapshot, checks[1].today)
        made = notice_docx(snapshot, checks[1], changes, options)
        return made.data, f"{snapshot.year}年变更通知（Word），共 {made.items} 项", made.warnings
    assert request.quarter is not None
    mark = None
    if earlier is not None:
        release, snapshot = earlier
        mark = ReleaseMark(release.number, release.name, release.released_on, release.digest)
    check = check_of(snapshot, request.today or (mark.day if mark else None))
    options = usual_options(PrintKind.QUARTER, snapshot, check.today)._replace(release=mark)
    made = quarter_docx(snapshot, check, request.quarter, options)
    what = f"{snapshot.year}年第{'一二三四'[request.quarter - 1]}季度活动计划（Word），共 {made.items} 项"
    return made.data, what, made.warnings


_MAKERS = {"xlsx": _ledger, "template": _template}
