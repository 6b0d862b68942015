"""成建议：方案里的每一场写成一项，带改动、补哪格、理由与备选；排不下的交给 ``unassigned_demands``。"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from models.domain.changes import RowChange
from models.domain.events import Campaign, Event, EventStatus
from models.domain.periods import quarter_of
from models.domain.rules import Severity
from planners import wording_plan
from planners.autoplan.problem import Placement, Solution
from planners.autoplan.year.alternatives import Board, what_differs
from planners.autoplan.year.assigning import decision_entries
from planners.autoplan.year.building import YearProblem
from planners.autoplan.year.drafting import Drafting
from planners.autoplan.year.facts import YearFacts
from planners.autoplan.year.fixed_events import SAME_DAY, blocks, open_days_on
from planners.autoplan.year.needs import Need, label_of
from planners.autoplan.year.reasons import Around, reasons_for, reasons_of_day
from planners.autoplan.year.themes import (
    cells_without_theme,
    suggested_themes,
    theme_of,
    themes_key,
    with_themes,
)
from planners.checks import check_year
from planners.proposals import Alternative, Entry, Reason, ReasonKind, Target, Way
from planners.proposals_applied import apply_entries
from planners.results import Cell, YearCheck
from planners.wording import conflict_sentence, short_day, time_label


class WrittenEntries(NamedTuple):
    """The entries of a solution, and the year's events and check with all of them accepted."""

    entries: tuple[Entry, ...]
    after: YearCheck
    board: Board


def write_entries(year: YearProblem, solution: Solution) -> WrittenEntries:
    """Every placement that changes something as an entry, by day; themes first, decisions last."""
    facts = year.facts
    themes = suggested_themes(facts, year.customs[Campaign.PARK])
    drafting = Drafting(facts, year.customs, themes)
    bare = [*_drafted(year, drafting, solution.plan.placements), *_moved(year, drafting, solution)]
    head = list(_theme_entry(facts, themes))
    tail = list(decision_entries(year, solution, drafting))
    year_after = apply_entries(facts.snapshot, [*head, *(entry for entry, _ in bare)])
    after = check_year(year_after, facts.today, facts.ruleset)
    around = Around(facts, year_after.events)
    board = Board(year.problem, solution.plan.placements)
    told = [_told(year, drafting, board, around, after, entry, at) for entry, at in sorted(bare, key=_by_day)]
    return WrittenEntries((*head, *told, *tail), after, board)


def _by_day(pair: tuple[Entry, Placement]) -> tuple[bool, object, str]:
    return (pair[0].way is Way.MOVE, pair[0].event.starts_at if pair[0].event else None, pair[0].key)


def _drafted(
    year: YearProblem, drafting: Drafting, placements: Sequence[Placement]
) -> Iterator[tuple[Entry, Placement]]:
    locked = dict(year.facts.conditions.locked)
    for at in sorted(placements, key=lambda p: (p.day, p.half, p.event)):
        need = year.needs.get(at.event)
        if need is None:
            continue
        event = drafting.event(need, at)
        if (kept := locked.get(need.key)) is not None:
            event = kept._replace(key=event.key)
        yield entry_of(year.facts, need, event, drafting.themes), at


def entry_of(facts: YearFacts, need: Need, event: Event, themes: Mapping[int, str]) -> Entry:
    """The bare entry (no reasons yet) that brings ``event`` about for ``need``."""
    way = Way.NEW
    if need.waiting is not None:
        way = Way.REVIVE if need.waiting.status is EventStatus.POSTPONED else Way.DATE
    human = ""
    if need.cell.lacks_theme and not theme_of(facts, themes, quarter_of(need.cell.first)):
        human = wording_plan.theme_undecided()
    assert event.day is not None
    return Entry(
        need.key,
        way,
        label_of(facts, need),
        _now(need),
        (RowChange.of(need.waiting, event),),
        ticked=not human,
        human=human,
        estimated=facts.workdays.is_estimated(event.day),
    )


def _now(need: Need) -> str:
    target = not need.required and need.cell.forecast >= need.cell.minimum
    return wording_plan.NOTHING if need.label else wording_plan.now_of(need.cell, target=target)


def _moved(year: YearProblem, drafting: Drafting, solution: Solution) -> Iterator[tuple[Entry, Placement]]:
    stood = {at.event: at for at in year.problem.baseline or ()}
    for at in solution.plan.placements:
        event = year.movable.get(at.event)
        if event is None or stood[at.event] == at:
            continue
        assert event.day is not None
        moved = drafting.moved(event, at)
        yield (
            Entry(
                at.event,
                Way.MOVE,
                f"{event.campaign.label} · {short_day(event.day)}",
                time_label(event),
                (RowChange.of(event, moved),),
                estimated=year.facts.workdays.is_estimated(at.day),
            ),
            at,
        )


def _told(
    year: YearProblem,
    drafting: Drafting,
    board: Board,
    around: Around,
    after: YearCheck,
    entry: Entry,
    at: Placement,
) -> Entry:
    """The entry with its targets, reasons and alternatives."""
    event = entry.event
    assert event is not None
    need = year.needs.get(at.event)
    if need is None:
        before = year.movable[at.event]
        custom = year.customs[before.campaign]
        reasons: tuple[Reason, ...] = (
            _why_moved(year.facts, before), *reasons_of_day(around, custom, event)
        )  # fmt: skip
    else:
        reasons = reasons_for(around, year.customs, need, event)
    return entry._replace(
        targets=targets_of(year.facts.check, after, event, need),
        reasons=reasons,
        alternatives=tuple(alternatives(year, drafting, board, at, event)),
    )


def alternatives(
    year: YearProblem, drafting: Drafting, board: Board, at: Placement, event: Event
) -> Iterator[Alternative]:
    """Up to five other ways to place the event, the cheapest first."""
    need = year.needs.get(at.event)
    for other in board.elsewhere(at.event):
        text = what_differs(year.facts, board, at.event, at, other)
        if need is not None:
            drafted = drafting.elsewhere(need, event, other.at)
        else:
            drafted = drafting.moved(event, other.at)
        yield Alternative(drafted, other.extra_cost, text)


def targets_of(before: YearCheck, after: YearCheck, event: Event, need: Need | None) -> tuple[Target, ...]:
    """The cells that were short (or below their 目标) and count ``event`` now; the need's own first."""
    own = [_place(cell) for cell in need.cells] if need else []
    found = [
        cell
        for cell, now in zip(before.cells, after.cells, strict=True)
        if event.key in now.events and event.key not in cell.events and _wants(cell)
    ]
    found.sort(key=lambda cell: own.index(_place(cell)) if _place(cell) in own else len(own))
    return tuple(Target(cell.rule, cell.first, cell.last, cell.group) for cell in found)


def _place(cell: Cell) -> tuple[str, object, str | None]:
    return (cell.rule, cell.first, cell.group)


def _wants(cell: Cell) -> bool:
    return cell.forecast < max(cell.minimum, cell.target or 0)


def _why_moved(facts: YearFacts, event: Event) -> Reason:
    assert event.day is not None
    for period in facts.snapshot.blocked:
        if blocks(period, event, event.day):
            text = f"原定的{short_day(event.day)}停排（{period.reason or '未写原因'}）"
            return Reason(ReasonKind.RULE, "原日停排", text)
    if event.day in facts.conditions.blocked:
        return Reason(ReasonKind.RULE, "原日停排", f"{short_day(event.day)}本次不排")
    for conflict in facts.check.conflicts:
        if event.key in conflict.events and conflict.severity is Severity.HARD:
            return Reason(ReasonKind.RULE, "原时段冲突", conflict_sentence(conflict, facts.snapshot))
    if len(same := open_days_on(facts.context.counted, event.day)) > SAME_DAY:
        text = f"{short_day(event.day)}有 {len(same)} 场开放活动，一天宜不超过 {SAME_DAY} 场"
        return Reason(ReasonKind.RULE, "同日场次过多", text)
    return Reason(ReasonKind.RULE, "让出日子", f"把{short_day(event.day)}让给排不到别处的活动")


def _theme_entry(facts: YearFacts, themes: Mapping[int, str]) -> Iterator[Entry]:
    """The themes suggested for a year that has none, as one entry of its own."""
    if not themes:
        return
    cells = [cell for cell in cells_without_theme(facts) if quarter_of(cell.first) in themes]
    row = facts.snapshot.year_row
    words = wording_plan.theme_suggested(sorted(themes.items()))
    clause = cells[0].clause
    yield Entry(
        themes_key(facts),
        Way.NEW,
        f"{Campaign.PARK.label} · 季度主题",
        "主题未定",
        (RowChange.of(row, with_themes(row, themes)),),
        tuple(Target(cell.rule, cell.first, cell.last, cell.group) for cell in cells),
        (
            Reason(
                ReasonKind.RULE,
                f"补缺：第 {clause} 条每季度突出一个主题",
                f"按第 {clause} 条所列内容建议：{words}；只是建议，可在季度主题里改",
            ),
        ),
    )
