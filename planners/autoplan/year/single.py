"""只管一处：一处缺口挑最好的一天，一项建议换一天；同一套题与理由，只看附近的日子。"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from models.domain.changes import RowChange
from models.domain.events import Campaign, Event
from models.domain.periods import Period
from models.domain.rules import BY_UNIT
from models.domain.snapshot import YearSnapshot
from planners.autoplan.problem import Placement, Plan, Solution, Status
from planners.autoplan.year.alternatives import Board
from planners.autoplan.year.building import YearProblem, build_problem
from planners.autoplan.year.customs import Customs
from planners.autoplan.year.drafting import Drafting
from planners.autoplan.year.facts import PLANNED_CAMPAIGNS, YearFacts
from planners.autoplan.year.fixed_events import MOVE_PREFIX, own_period, place_key
from planners.autoplan.year.gathering import Gathered, gather
from planners.autoplan.year.halves import half_of
from planners.autoplan.year.needs import Need, for_unit, label_of, need_key
from planners.autoplan.year.reasons import Around, reasons_of_day
from planners.autoplan.year.spacing import WANTED_SPREAD
from planners.autoplan.year.unassigned import cause_of, target_of, unassigned_demands
from planners.autoplan.year.writing import alternatives, write_entries
from planners.proposals import (
    MOST_ALTERNATIVES,
    Alternative,
    Cause,
    Conditions,
    Entry,
    Open,
    Reason,
    ReasonKind,
    Way,
)
from planners.proposals_applied import apply_entries, on_day, with_changes
from planners.results import Cell, YearCheck
from planners.wording import cell_title, short_day

_OF_THE_DAY = frozenset(
    {ReasonKind.SPACING, ReasonKind.LOAD, ReasonKind.CONFLICT, ReasonKind.REST_DAY, ReasonKind.ESTIMATE}
)


def propose_for_cell(facts: YearFacts, cell: Cell) -> Entry | Open:
    """The best way to fill one cell with everything else as it is, or why there is none."""
    customs = {campaign: Customs(facts, campaign) for campaign in PLANNED_CAMPAIGNS}
    gathered = gather(facts, customs)
    needs = gathered.needs
    # A cell may be met by the need of another one (a visit counts for its month and its 街镇).
    wanted = [need for need in needs if _serves(need, cell)] or list(_visiting(facts, needs, cell))
    if not wanted:
        return _why_nothing(facts, customs, gathered, cell)
    need = _alone(facts, min(wanted, key=lambda entry: not entry.required), cell)
    year = build_problem(facts, customs, Gathered((need,)), only=True)
    board = Board(year.problem, ())
    best = board.best(need.key)
    if best is None:
        cause, text = cause_of(year, need, board)
        return Open(label_of(facts, need), cause, text, target_of(cell))
    solution = _solution(best[0], best[1])
    entries = write_entries(year, solution).entries
    return next(entry for entry in entries if entry.key == need.key)


def _serves(need: Need, cell: Cell) -> bool:
    return any((c.rule, c.first, c.group) == (cell.rule, cell.first, cell.group) for c in need.cells)


def _alone(facts: YearFacts, need: Need, cell: Cell) -> Need:
    """An open day of the one unit asked about, without the one it would open with."""
    if need.campaign is not Campaign.OPEN_MONTH or facts.rule(cell).group not in BY_UNIT:
        return need
    key = need_key(cell.rule, cell.first, cell.group, 1)
    need = need._replace(key=key, cells=(cell,), partners=())
    return for_unit(facts, need, facts.unit_names[cell.group or ""])


def _visiting(facts: YearFacts, needs: Sequence[Need], cell: Cell) -> Iterator[Need]:
    """The visits that could go to the 街镇 of ``cell``, going there."""
    town = facts.unit_names.get(cell.group or "", "")
    for need in needs:
        if need.waiting is None and town in need.towns and cell.shortfall:
            yield need._replace(towns=(town,))


def _why_nothing(facts: YearFacts, customs: dict[Campaign, Customs], gathered: Gathered, cell: Cell) -> Open:
    year = build_problem(facts, customs, gathered._replace(needs=()), only=True)
    for entry in unassigned_demands(year, _solution(None, 0)):
        if entry.target == target_of(cell):
            return entry
    text = "现在不缺，或不在可排的范围内。"
    return Open(cell_title(cell, facts.ruleset), Cause.UNKNOWN, text, target_of(cell), for_person=True)


def _solution(at: Placement | None, cost: int) -> Solution:
    plan = Plan((at,) if at is not None else ())
    return Solution(Status.FEASIBLE, plan, cost, (), None, 0, 0, (), (), 0, 0)


def reconsider(
    snapshot: YearSnapshot,
    check: YearCheck,
    entry: Entry,
    day: date,
    others: Sequence[Entry] = (),
) -> Entry:
    """``entry`` with its event on ``day`` (same hours), its reasons and alternatives written anew.

    ``others`` are the entries to be accepted too. An entry without a dated event stays as it is. What the
    planner does not place itself (meetings and their zones) keeps the other days it came with.
    """
    event = entry.event
    if event is None or event.starts_at is None:
        return entry
    around_year = apply_entries(snapshot, [other for other in others if other.key != entry.key])
    facts = YearFacts(
        _without(around_year, event.key), check.today, check.ruleset, Conditions(decisions=False)
    )
    customs = {event.campaign: Customs(facts, event.campaign)}
    moved = on_day(event, day)
    around = Around(facts, [*facts.snapshot.events, moved])
    told = tuple(reasons_of_day(around, customs[event.campaign], moved, asked=True))
    if event.campaign in PLANNED_CAMPAIGNS:
        need = _need_of(facts, check, entry, event)
        year = build_problem(
            facts, customs, Gathered((need,)), only=True, around=_near(need.window, day, event.campaign)
        )
        others_of_day = _planned_alternatives(year, Drafting(facts, customs, {}), need, moved)
        outside = day not in need.window
    else:
        others_of_day, outside = _known_alternatives(entry, event, day), False
    if blocked := _blocked(facts, moved, outside=outside):
        told = (blocked, *(reason for reason in told if reason.title != ReasonKind.CONFLICT.label))
    return entry._replace(
        changes=(
            entry.changes[0]._replace(after=moved),
            *(_following(change, moved, day) for change in entry.changes[1:]),
        ),
        reasons=(*(r for r in entry.reasons if r.kind not in _OF_THE_DAY), *told),
        alternatives=others_of_day,
        estimated=facts.workdays.is_estimated(day),
    )


def _planned_alternatives(
    year: YearProblem, drafting: Drafting, need: Need, moved: Event
) -> tuple[Alternative, ...]:
    """The next best days by the planner's own score."""
    assert moved.starts_at is not None
    host = need.hosts[0] if need.hosts else None
    at = Placement(need.key, moved.starts_at.date(), half_of(moved.starts_at), host, place_key(moved))
    found = alternatives(year, drafting, Board(year.problem, [at]), at, moved)
    return tuple(
        one._replace(after=moved._replace(starts_at=one.after.starts_at, ends_at=one.after.ends_at))
        for one in found
    )


def _known_alternatives(entry: Entry, left: Event, day: date) -> tuple[Alternative, ...]:
    """The other days that the entry came with, and the one that was left."""
    kept = [one for one in entry.alternatives if one.after.day not in (day, left.day)]
    if left.day == day:
        return tuple(kept)
    chosen = next((one for one in entry.alternatives if one.after.day == day), None)
    back = Alternative(left, -chosen.extra_cost if chosen else 0, "原先的日期")
    return (back, *kept)[:MOST_ALTERNATIVES]


def _following(change: RowChange, moved: Event, day: date) -> RowChange:
    """A zone among the changes goes to the day of its meeting; anything else stays."""
    zone = change.after
    if not isinstance(zone, Event) or zone.host_event != moved.key or zone.starts_at is None:
        return change
    return change._replace(after=on_day(zone, day))


def _without(snapshot: YearSnapshot, key: str) -> YearSnapshot:
    """The year without the event in question: it is what is being placed."""
    event = snapshot.event_by_key.get(key)
    return with_changes(snapshot, [RowChange.of(event, None)]) if event else snapshot


def _need_of(facts: YearFacts, check: YearCheck, entry: Entry, event: Event) -> Need:
    """The need that an entry of an earlier run meets, with its host and place fixed."""
    places = {(target.rule, target.first, target.group) for target in entry.targets}
    cells = tuple(cell for cell in check.cells if (cell.rule, cell.first, cell.group) in places)
    window = facts.cut(own_period(facts, event))
    if entry.way is not Way.MOVE and cells:
        window = facts.cut(Period(cells[0].first, cells[0].last + timedelta(days=1)))
    key = entry.key.removeprefix(MOVE_PREFIX)
    return Need(
        key,
        event.campaign,
        cells,
        required=True,
        value=0,
        window=window,
        hosts=event.units[:1],
        partners=event.units[1:],
        waiting=event,
        label="" if cells else entry.label,
    )


def _near(window: Period, day: date, campaign: Campaign) -> Period:
    margin = timedelta(days=WANTED_SPREAD[campaign] + 7)
    return Period(min(window.first, day) - margin, max(window.end, day) + margin)


def _blocked(facts: YearFacts, moved: Event, *, outside: bool) -> Reason | None:
    """What keeps the event from a day on which it must not be, conflicts apart."""
    day = moved.day
    assert day is not None
    words = []
    if day < facts.scope.first:
        words.append(f"{short_day(day)}已过")
    if outside:
        words.append("不在这一项的周期内，补不了这处缺口")
    words += [
        f"停排：{block.reason or '未写原因'}"
        for block in facts.snapshot.blocked
        if block.first <= day <= block.last and block.concerns(moved)
    ]
    return Reason(ReasonKind.CONFLICT, "不可排", "；".join(dict.fromkeys(words))) if words else None
