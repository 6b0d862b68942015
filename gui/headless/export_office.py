"""export xlsx、template、docx：台账、报送表模板、季度活动计划（Word）。"""

from __future__ import annotations

from gui.headless.arguments import Request
from gui.headless.checking import check_of
from gui.headless.opening import open_for_reading
from gui.headless.output import put_out
from gui.headless.plan_sides import changes_between, mark_of, sides_of
from gui.headless.terminal import tell
from gui.headless.units import unit_of
from models.domain.snapshot import YearSnapshot
from models.queries import year_snapshot
from models.releases import Release, released_snapshot, releases
from models.store import Store


def run(request: Request) -> int:
    """The Office file asked for stands where it was asked for; what could not be written as it is was said."""
    assert request.year is not None
    with open_for_reading(request) as store:
        if request.kind == "docx":
            data, what, warnings = _word(store, request)
        else:
            data, what, warnings = _MAKERS[str(request.kind)](request, year_snapshot(store, request.year))
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


def _word(store: Store, request: Request) -> Made:
    """The quarter's plan, as it is or as it was released; or the 变更通知 between two states."""
    from exports.prints import PrintKind
    from gui.headless.printed_options import printed_options

    if request.notice:
        from exports.docx.notice import notice_docx

        before, after = sides_of(store, request)
        mark = mark_of(after.release) if after.release else None
        options = printed_options(request, PrintKind.NOTICE, after.snapshot, after.check, mark)
        made = notice_docx(after.snapshot, after.check, changes_between(before, after), options)
        return made.data, f"{after.snapshot.year}年变更通知（Word），共 {made.items} 项", made.warnings
    from exports.docx.quarter_plan import quarter_docx

    assert request.quarter is not None
    snapshot, release = _plan(store, request)
    check = check_of(snapshot, request.today or (release.released_on if release else None))
    mark = mark_of(release) if release else None
    options = printed_options(request, PrintKind.QUARTER, snapshot, check, mark)
    made = quarter_docx(snapshot, check, request.quarter, options)
    what = f"{snapshot.year}年第{'一二三四'[request.quarter - 1]}季度活动计划（Word），共 {made.items} 项"
    return made.data, what, made.warnings


def _plan(store: Store, request: Request) -> tuple[YearSnapshot, Release | None]:
    """The draft, or the release asked for."""
    assert request.year is not None
    if request.release is None:
        return year_snapshot(store, request.year), None
    snapshot = released_snapshot(store, request.year, request.release)
    known = releases(store, request.year)
    return snapshot, next(one for one in known if one.number == request.release)


_MAKERS = {"xlsx": _ledger, "template": _template}
