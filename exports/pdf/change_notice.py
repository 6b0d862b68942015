"""《变更通知》：按要办的单位分组，或选定的单位每家一张。"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import count

from exports.pdf.chart import Band, Chart
from exports.pdf.choice import ChosenEvents
from exports.pdf.desk import PrintDocument, PrintPart
from exports.pdf.event_list import Form, ListSection, event_document
from exports.pdf.notice_facts import (
    HEADS,
    RULE_HEADS,
    TITLE_COLUMN,
    change_cells,
    chosen,
    part_of,
    rule_rows,
    scope_words,
    unit_title,
)
from exports.pdf.times import day_line
from exports.print_options import PrintOptions
from models.domain.snapshot import YearSnapshot
from planners.change_notice import UnitNotice, unit_notices
from planners.release_changes import Change, PlanChanges
from planners.results import YearCheck

_FORM = Form(
    HEADS,
    (9, 13, 40, 38, 38, 34, 25, 28),
    (8, 10, 27, 27, 27, 22, 16, 19),
    "没有变更",
    TITLE_COLUMN,
    frozenset({0, 1}),
    frozenset({5, 6}),
)
UNRELEASED = "{}的安排（尚未另行印发）"
"""What the last release is compared with where no newer one was made."""
_CALL = "请各有关单位按“请办理”一栏办理。"
_MOST_NUMBERS = 12


def change_notice(
    snapshot: YearSnapshot, check: YearCheck, options: PrintOptions, changes: PlanChanges
) -> tuple[PrintDocument, ...]:
    """The changes by the unit that has to act; where units are chosen, a sheet of its own for each.

    In the common notice a change stands once, under the unit that has it now; the others refer to it. A unit
    that has it no longer has a line of its own that says so.
    """
    told = chosen(changes, options)
    if options.release is None:
        told = told._replace(after=UNRELEASED.format(day_line(check.today)))
    # A notice quotes no clauses: it says what to do.
    choice = ChosenEvents(snapshot, options._replace(clauses=False, units=()))
    notices = unit_notices(told, snapshot, snapshot)
    if options.units:
        by_unit = {notice.unit: notice for notice in notices}
        papers = [
            _of_unit(choice, check, told, by_unit.get(unit, UnitNotice(unit, ()))) for unit in options.units
        ]
    else:
        papers = [_common(choice, check, told, notices)]
    return tuple(paper._replace(draft="") for paper in papers)


def _usual_title(choice: ChosenEvents) -> str:
    return f"{choice.snapshot.year_row.district}{choice.snapshot.year}年政务公开活动变更通知"


def _of_unit(
    choice: ChosenEvents, check: YearCheck, changes: PlanChanges, notice: UnitNotice
) -> PrintDocument:
    name = unit_title(choice.snapshot, notice.unit)
    titled = ChosenEvents(
        choice.snapshot,
        choice.options._replace(title=f"{choice.options.title or _usual_title(choice)}（{name}）"),
    )
    lines = [change_cells(choice, change, notice.unit, check.today) for change in notice.changes]
    parts = [part_of(change, notice.unit) for change in notice.changes]
    leads = _leads(changes, [one for one, part in zip(notice.changes, parts, strict=True) if not part], parts)
    return event_document(
        titled,
        check,
        "",
        _FORM,
        [ListSection("", lines, silent=True)] if lines else [],
        leads=(f"{name}：", leads),
    )


def _common(
    choice: ChosenEvents, check: YearCheck, changes: PlanChanges, notices: Sequence[UnitNotice]
) -> PrintDocument:
    parts = [part_of(change, unit) for change in changes.all for unit in change.units]
    document = event_document(
        choice,
        check,
        _usual_title(choice),
        _FORM,
        list(_sections(choice, notices, check.today)),
        leads=("各有关单位：", _leads(changes, changes.all, parts)),
    )
    rows = rule_rows(changes, check) if choice.options.rule_summary else ()
    if not rows:
        return document
    states: PrintPart = Chart(
        RULE_HEADS, (75, 75, 75), (60, 48, 48), (Band("", rows),), heading="规则达成的变化", what="规则变化"
    )
    return document._replace(parts=(*document.parts, states))


def _leads(changes: PlanChanges, told: Sequence[Change], parts: Sequence[str]) -> str:
    """The scope; where there is something to do, that it be done."""
    scope = scope_words(changes, told, parts)
    return f"{scope}{_CALL}" if told or any(parts) else scope


def _sections(choice: ChosenEvents, notices: Sequence[UnitNotice], today: date) -> Iterator[ListSection]:
    """A section a unit; changes that stand under another unit are referred to by their number."""
    own = [
        [one for one in notice.changes if notice.unit == one.lead or part_of(one, notice.unit)]
        for notice in notices
    ]
    at = count(1)
    numbers = {
        (notice.unit, change.item, change.key): next(at)
        for notice, changes in zip(notices, own, strict=True)
        for change in changes
    }
    for notice, changes in zip(notices, own, strict=True):
        lines = [change_cells(choice, change, notice.unit, today) for change in changes]
        others = [one for one in notice.changes if (notice.unit, one.item, one.key) not in numbers]
        elsewhere = sorted(numbers[one.lead, one.item, one.key] for one in others)
        yield ListSection(unit_title(choice.snapshot, notice.unit), lines, _elsewhere(elsewhere))


def _elsewhere(numbers: Sequence[int]) -> str:
    if not numbers:
        return ""
    more = f"等{len(numbers)}项" if len(numbers) > _MOST_NUMBERS else "项"
    return f"还有与其他单位共同办理的变更，见第{'、'.join(map(str, numbers[:_MOST_NUMBERS]))}{more}"
