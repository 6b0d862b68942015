"""年度总览的内容：从快照和检查结果算出每一行每一格。"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from gui.overview.board_cells import board_cells
from gui.overview.board_heads import month_heads, quarter_heads
from gui.services.board_lines import LineSpec, line_specs, open_range, rule_words
from gui.services.board_values import (
    BoardContents,
    BoardFilter,
    BoardLine,
    LineKind,
    Pause,
    TownState,
    TownTick,
)
from gui.services.event_chips import by_month, conflicting_events, decision_chips, event_chip
from models.domain.events import Campaign, Event, EventStatus
from models.domain.periods import month_period
from models.domain.rules import Rule
from models.domain.snapshot import YearSnapshot
from models.domain.units import UnitKind
from planners.masked import shown_on_screen
from planners.open_month import kinds_asked, units_of
from planners.results import Cell, CellState, YearCheck


def board_contents(
    snapshot: YearSnapshot,
    check: YearCheck,
    chosen: BoardFilter = BoardFilter(),  # noqa: B008
) -> BoardContents:
    """Everything the board shows of ``snapshot``, delegates masked; events and lines that ``chosen`` hides are left out."""
    snapshot, check, _ = shown_on_screen(snapshot, check)
    marked = conflicting_events(check)
    events = _events_by_campaign(snapshot, check.year, chosen)
    lines = [_line(spec, snapshot, check, events, marked, chosen) for spec in line_specs(check)]
    return BoardContents(
        year=check.year,
        today=check.today,
        lines=tuple(line for line in lines if _shown(line, chosen)),
        quarters=quarter_heads(check),
        months=month_heads(snapshot, check),
        loads=tuple((load.monday, load.counts) for load in check.loads),
        week_limit=check.week_limit,
    )


def has_problem(line: BoardLine) -> bool:
    """Whether a line has an unmet cell, a conflicting event or a late decision."""
    if any(state.is_short for state in line.states):
        return True
    return any(chip.conflict or chip.late or chip.unrecorded for chips in line.chips for chip in chips)


def _shown(line: BoardLine, chosen: BoardFilter) -> bool:
    if chosen.state is not None and chosen.state not in line.states:
        return _late_line(line, chosen.state)
    if chosen.hides_events and not any(line.chips):
        return False
    return not chosen.unmet_only or has_problem(line)


def _late_line(line: BoardLine, state: CellState) -> bool:
    """逾期 also means a decision that is late; 有风险 an event without a host."""
    return state is CellState.OVERDUE and any(chip.late for chips in line.chips for chip in chips)


def _events_by_campaign(
    snapshot: YearSnapshot, year: int, chosen: BoardFilter
) -> dict[Campaign, list[Event]]:
    found: dict[Campaign, list[Event]] = {campaign: [] for campaign in Campaign}
    for event in snapshot.events:
        if event.latest_day is not None and event.latest_day.year == year and passes(event, chosen):
            found[event.campaign].append(event)
    for events in found.values():
        events.sort(key=_by_start)
    return found


def _by_start(event: Event) -> tuple[object, str]:
    return event.starts_at, event.key


def passes(event: Event, chosen: BoardFilter) -> bool:
    """Whether the unit, 街镇 and status filters let ``event`` through."""
    return (
        (chosen.unit is None or chosen.unit in event.units)
        and (chosen.town is None or chosen.town in event.towns or chosen.town in event.units)
        and (chosen.status is None or event.status is chosen.status)
    )


def _line(
    spec: LineSpec,
    snapshot: YearSnapshot,
    check: YearCheck,
    events: dict[Campaign, list[Event]],
    marked: frozenset[str],
    chosen: BoardFilter,
) -> BoardLine:
    cells = spec.cells_of(check.cells)
    long, short = rule_words(spec, cells)
    if spec.campaign is None:
        chips = decision_chips(snapshot, check, chosen)
        long = short = _catalogue_words(snapshot)
        own: list[Event] = []
    else:
        own = [event for campaign in spec.rule.campaigns for event in events[campaign] if spec.holds(event)]
        chips = [event_chip(event, check.today, marked) for event in own]
    months = by_month(chips)
    return BoardLine(
        key=spec.key,
        group=spec.group,
        kind=spec.kind,
        campaign=spec.campaign,
        title=spec.title,
        words=long,
        short_words=short,
        counts=_counts(spec, own, cells, snapshot, check),
        cells=board_cells(spec, cells, months, check.today),
        chips=months,
        ticks=_town_ticks(snapshot) if spec.campaign is Campaign.COMMUNITY and spec.leads else (),
        pauses=_pauses(spec, snapshot),
        remark="平时开放不计频次，按“常态化”登记" if spec.kind is LineKind.OPEN_MONTH else "",
        stage=spec.stage,
        theme_class=spec.theme_class,
        day_counts=_day_counts(own, check.year) if spec.kind is LineKind.OPEN_MONTH else (),
        target=_target(spec.rule, cells) if spec.kind is LineKind.OPEN_MONTH else "",
    )


def _catalogue_words(snapshot: YearSnapshot) -> str:
    exempt = sum(1 for decision in snapshot.decisions if decision.exemption)
    return f"目录 {len(snapshot.decisions)} 项" + (f" · 例外 {exempt}" if exempt else "")


def _counts(
    spec: LineSpec, events: list[Event], cells: list[Cell], snapshot: YearSnapshot, check: YearCheck
) -> str:
    if spec.kind is LineKind.OPEN_MONTH:
        august = [e for e in events if e.lies_in(month_period(snapshot.year, 8)) and _opens(e)]
        units = {unit for event in august for unit in units_of(event) if _is_asked(snapshot, check, unit)}
        return f"{len(august)} 场 / {len(units)} 单位"
    if not cells or spec.kind is LineKind.EVENTS:
        return ""
    held = sum(cell.held for cell in cells)
    planned = sum(cell.forecast - cell.held for cell in cells)
    missing = sum(1 for cell in cells if cell.state.is_short and (cell.shortfall or cell.lacks_theme))
    lacking = "" if not missing else f" · 缺{missing}" + ("季" if spec.kind is LineKind.THEMED else "")
    return f"办{held} · 排{planned}{lacking}"


def _opens(event: Event) -> bool:
    """Whether the check counts an open day: only online does not (§22 线下)."""
    return event.counts_in_forecast and not event.online_only


def _is_asked(snapshot: YearSnapshot, check: YearCheck, key: str) -> bool:
    unit = snapshot.unit_by_key.get(key)
    return unit is not None and unit.kind in kinds_asked(check)


def _town_ticks(snapshot: YearSnapshot) -> tuple[TownTick, ...]:
    held, planned = set(), set()
    for event in snapshot.events:
        if event.campaign is Campaign.COMMUNITY and event.counts_in_forecast:
            (held if event.status is EventStatus.HELD else planned).update(event.towns)
    towns = (unit for unit in snapshot.units if unit.kind is UnitKind.TOWN)
    return tuple(TownTick(town.name, _town_state(town.key, held, planned)) for town in towns)


def _town_state(town: str, held: set[str], planned: set[str]) -> TownState:
    if town in held:
        return TownState.HELD
    return TownState.PLANNED if town in planned else TownState.NONE


def _pauses(spec: LineSpec, snapshot: YearSnapshot) -> tuple[Pause, ...]:
    """Whole months of this year in which the line's campaign is not to be planned."""
    if spec.campaign is None:
        return ()
    found = []
    for blocked in snapshot.blocked:
        if spec.campaign not in blocked.campaigns or blocked.units or blocked.venues:
            continue
        months = [m for m in range(1, 13) if _covers(blocked.first, blocked.last, snapshot.year, m)]
        if months:
            found.append(Pause(months[0], months[-1], blocked.reason))
    return tuple(found)


def _covers(first: date, last: date, year: int, month: int) -> bool:
    period = month_period(year, month)
    return first <= period.first and period.last <= last


def _day_counts(events: list[Event], year: int) -> tuple[int, ...]:
    """Events of each of the 31 days of August."""
    found = Counter(event.day for event in events if _opens(event))
    return tuple(found[date(year, 8, 1) + timedelta(days=n)] for n in range(31))


def _target(rule: Rule, cells: list[Cell]) -> str:
    return open_range(rule, cells[0].minimum, cells[0].target) if cells else ""
