"""活动详情里的话：状态对规则意味着什么，哪些学校、园区、街镇还没走进。"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from models.domain.events import Campaign, Event, EventStatus
from models.domain.periods import Period, quarter_of, quarter_period
from models.domain.rules import RuleSet
from models.domain.snapshot import YearSnapshot
from models.domain.units import School, UnitKind
from planners import wording
from planners.results import Cell, CellState

GOOD, WARNING, PLAIN = "good", "warning", "caption"


class Advice(NamedTuple):
    """A sentence and how it looks (good, warning, caption); no words where there is nothing to say."""

    words: str = ""
    look: str = PLAIN


def status_advice(event: Event, counted: Iterable[Cell], ruleset: RuleSet, today: date) -> Advice:
    """What the status of ``event`` means for the rules; ``counted``: the hard cells in which it counts."""
    status, cells = event.status, tuple(counted)
    if status is EventStatus.CANCELLED:
        return Advice(f"已取消，不计入规则。{_reason(event)}", WARNING)
    if status is EventStatus.POSTPONED:
        return Advice(f"已延期，放在待定区，不计入规则；定了新日期又成“已排”。{_reason(event)}", WARNING)
    if event.awaits_result(today):
        return Advice("日期已过，请登记结果；登记之后才算“已举办”。", WARNING)
    if event.latest_day is None:
        return Advice("没有日期，不计入规则。", WARNING)
    if status is EventStatus.DRAFT:
        return Advice("草拟不计入规则；改为“已排”后算计划，办完登记才算达成。", WARNING)
    if status is EventStatus.PLANNED:
        return _unconfirmed(event.latest_day, cells, ruleset)
    if status is EventStatus.CONFIRMED and cells:
        return Advice(f"{wording.short_day(cells[0].last)}前举办并登记结果，才算达成。")
    return Advice()


def _reason(event: Event) -> str:
    return f"原因：{event.status_reason}" if event.status_reason else ""


def _unconfirmed(day: date, cells: tuple[Cell, ...], ruleset: RuleSet) -> Advice:
    """已排 alone leaves a current period at risk; an event is confirmed before its ``day``."""
    for cell in cells:
        if cell.held + cell.confirmed >= cell.minimum:
            continue
        name = f"{wording.period_name(cell, ruleset)}{cell.group or ''}"
        words = f"{wording.short_day(day)}前须“已确认”，否则{name}有落空风险"
        return Advice(words, WARNING if cell.state is CellState.AT_RISK else PLAIN)
    return Advice()


class Unvisited(NamedTuple):
    """Who was not visited yet: keys and names, and what they are called together (所初中, 个街镇)."""

    keys: tuple[str, ...]
    names: tuple[str, ...]
    words: str


def unvisited(event: Event, snapshot: YearSnapshot) -> Unvisited:
    """Schools of the event's stages (this term), parks (this quarter) or 街镇 (this year) without another event."""
    if event.campaign is Campaign.CAMPUS:
        return _schools(event, snapshot)
    if event.campaign is Campaign.PARK:
        period = quarter_period(snapshot.year, quarter_of(event.days.first)) if event.days else None
        visited = {e.park for e in _others(event, snapshot) if period is None or e.lies_in(period)}
        parks = [u for u in snapshot.units if u.kind is UnitKind.PARK and u.key not in visited]
        words = f"{len(parks)} 个园区{'本季度' if period else '本年'}未走进"
        return Unvisited(tuple(u.key for u in parks), tuple(u.name for u in parks), words)
    if event.campaign is Campaign.COMMUNITY:
        seen = {town for e in _others(event, snapshot) for town in e.towns}
        towns = [u for u in snapshot.units if u.kind is UnitKind.TOWN and u.key not in seen]
        words = f"{len(towns)} 个街镇本年未走进"
        return Unvisited(tuple(u.key for u in towns), tuple(u.name for u in towns), words)
    return Unvisited((), (), "")


def _others(event: Event, snapshot: YearSnapshot) -> list[Event]:
    """The other events of the campaign that count."""
    return [
        other
        for other in snapshot.events
        if other.key != event.key and other.campaign is event.campaign and other.counts_in_forecast
    ]


def _schools(event: Event, snapshot: YearSnapshot) -> Unvisited:
    term = _term(event.latest_day, snapshot.year)
    seen = {key for e in _others(event, snapshot) if term is None or e.lies_in(term) for key in e.schools}
    free = [s for s in schools_of(event, snapshot) if s.key not in seen]
    stage = event.stages[0].label if len(event.stages) == 1 else "学校"
    words = f"{len(free)} 所{stage}{'本学期' if term else '本年'}未走进"
    return Unvisited(tuple(s.key for s in free), tuple(s.name for s in free), words)


def schools_of(event: Event, snapshot: YearSnapshot) -> list[School]:
    """The schools that teach one of the event's stages; all of them where it has none."""
    stages = set(event.stages)
    return [s for s in snapshot.schools if not stages or stages & set(s.stages)]


def _term(day: date | None, year: int) -> Period | None:
    """The school term of ``day`` as far as it lies in ``year``: spring up to August, autumn from September."""
    if day is None:
        return None
    return (
        Period(date(year, 1, 1), date(year, 9, 1))
        if day.month < 9
        else Period(date(year, 9, 1), date(year + 1, 1, 1))
    )


def place_advice(event: Event, snapshot: YearSnapshot, *, lacking: bool) -> Advice:
    """未填, and whom one could visit."""
    if not lacking:
        return Advice()
    free = unvisited(event, snapshot)
    hint = f"名录中有 {free.words}" if free.keys else ""
    return Advice("未填。" + hint if hint else "未填", WARNING)
