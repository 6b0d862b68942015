"""换一天怎么样：同一项建议放到另一天，理由与备选重新写过。"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from models.domain.changes import RowChange
from models.domain.events import Campaign, Event
from models.domain.periods import quarter_of
from models.domain.snapshot import YearSnapshot
from models.domain.workdays import WEEKDAYS, Workdays, workdays_of
from planners import wording
from planners.proposals import Alternative, Entry, Reason, ReasonKind
from planners.proposals_applied import apply_entries
from planners.results import DayVerdict, Verdict, YearCheck
from planners.suggest import Demand, Judge

MOST_ALTERNATIVES = 5
_STAYING = (ReasonKind.RULE, ReasonKind.PLACE, ReasonKind.BALANCE)
_AGAINST = (Verdict.AVOID, Verdict.IMPOSSIBLE)


class _JudgedDay(NamedTuple):
    """What is known when a day is judged: the year with the other entries in it, and the event on that day."""

    around: YearSnapshot
    check: YearCheck
    workdays: Workdays
    event: Event
    day: date
    others: tuple[Event, ...]
    """Counted events besides the one in question."""


def reconsider(
    snapshot: YearSnapshot, check: YearCheck, entry: Entry, day: date, others: Sequence[Entry] = ()
) -> Entry:
    """``entry`` with its event on ``day`` (same time and length), its reasons and alternatives for that day.

    ``others`` are the entries that are to be accepted too. An entry without a dated event stays as it is.
    """
    event = entry.event
    if event is None or event.starts_at is None:
        return entry
    moved = on_day(event, day)
    around = apply_entries(snapshot, others)
    verdict = Judge(around, check, Demand(moved.campaign, moved, _group(entry))).verdict(day)
    counted = tuple(e for e in around.events if e.counts_in_forecast and e.key != moved.key)
    known = _JudgedDay(around, check, workdays_of(around), moved, day, counted)
    return entry._replace(
        changes=(
            entry.changes[0]._replace(after=moved),
            *(_following(change, moved) for change in entry.changes[1:]),
        ),
        reasons=(*(r for r in entry.reasons if r.kind in _STAYING), *_reasons(known, verdict)),
        alternatives=_alternatives(entry, event, day),
    )


def _following(change: RowChange, moved: Event) -> RowChange:
    """A zone among the changes goes to the day of its meeting; any other stays."""
    zone = change.after
    if not isinstance(zone, Event) or zone.host_event != moved.key or zone.starts_at is None:
        return change
    assert moved.day is not None
    return change._replace(after=on_day(zone, moved.day))


def on_day(event: Event, day: date) -> Event:
    """``event`` on ``day``, at its time and as long as before."""
    assert event.starts_at is not None
    starts = datetime.combine(day, event.starts_at.time())
    ends = starts + (event.ends_at - event.starts_at) if event.ends_at else None
    return event._replace(starts_at=starts, ends_at=ends)


def _group(entry: Entry) -> str | None:
    return entry.targets[0].group if entry.targets else None


def _alternatives(entry: Entry, left: Event, day: date) -> tuple[Alternative, ...]:
    """The other days, with the one that was left among them."""
    kept = [alternative for alternative in entry.alternatives if alternative.after.day not in (day, left.day)]
    chosen = next((a for a in entry.alternatives if a.after.day == day), None)
    if left.day == day:
        return tuple(kept)
    cheaper = -chosen.extra_cost if chosen else 0
    return (Alternative(left, cheaper, "原先的日期"), *kept)[:MOST_ALTERNATIVES]


def _reasons(known: _JudgedDay, verdict: DayVerdict) -> Iterator[Reason]:
    if not known.workdays.is_workday(known.day):
        name = known.workdays.name_of(known.day) or f"周{WEEKDAYS[known.day.weekday()]}"
        yield Reason(ReasonKind.REST_DAY, "排在休息日", f"{name}，请先问明能否到场")
    if words := _spacing(known):
        yield Reason(ReasonKind.SPACING, "间隔均衡", words)
    if known.event.lead_units:
        yield Reason(ReasonKind.LOAD, "单位可承担", _load(known))
    yield _conflict(known, verdict)
    if known.workdays.is_estimated(known.day):
        yield Reason(ReasonKind.ESTIMATE, "放假安排未公布", wording.estimate_mark(known.day.year))


def _spacing(known: _JudgedDay) -> str:
    same = sorted(e.day for e in known.others if e.campaign is known.event.campaign and e.day)
    before = [known.day - day for day in same if day <= known.day]
    after = [day - known.day for day in same if day > known.day]
    parts = []
    if before:
        parts.append(f"上一场 {before[-1].days} 天")
    if after:
        parts.append(f"下一场 {after[0].days} 天")
    words = f"距{'、'.join(parts)}" if parts else ""
    habit = Counter(day.weekday() for day in same)
    if habit and habit[known.day.weekday()] == max(habit.values()):
        usual = f"历次多在周{WEEKDAYS[known.day.weekday()]}"
        words = f"{words}；{usual}" if words else usual
    return words


def _load(known: _JudgedDay) -> str:
    lead, quarter = known.event.lead_units[0], quarter_of(known.day)
    own = [e for e in known.others if lead in e.units and e.day and quarter_of(e.day) == quarter]
    name = f"{known.around.unit_name(lead)}{wording.QUARTERS[quarter - 1]}季度"
    return f"{name}连这场共 {len(own) + 1} 场" if own else f"{name}只有这一场"


def _conflict(known: _JudgedDay, verdict: DayVerdict) -> Reason:
    if verdict.verdict in _AGAINST:
        return Reason(ReasonKind.CONFLICT, "有冲突", "；".join(verdict.reasons))
    monday = known.day.isocalendar()[:2]
    week = [e for e in known.others if e.day and e.day.isocalendar()[:2] == monday and _is_own(e)]
    words = f"当周 {len(week) + 1} 场（上限 {known.check.week_limit}）"
    if verdict.verdict is Verdict.FAIR:
        words = "；".join((words, *(r for r in verdict.reasons if "不足" in r or "只有" in r or "当日" in r)))
    return Reason(ReasonKind.CONFLICT, "无冲突", words)


def _is_own(event: Event) -> bool:
    return event.campaign is not Campaign.HOST_MEETING
