"""印发之前应先看一看的：刚性规则的缺口、过了时限没办的、硬冲突、没确认或没填全的活动；各指得到地方，都不拦着印发。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from models.domain.events import Event, EventStatus, Labelled
from models.domain.periods import Period, quarter_period, year_period
from models.domain.release_scope import part_of
from models.domain.rules import Severity
from models.domain.snapshot import YearSnapshot
from planners import wording
from planners.agenda import agenda
from planners.ledger_rows import lacks_place
from planners.results import AgendaGroup, Cell, Finding, YearCheck

_NEVER = datetime(9999, 12, 31)
_OVER = (EventStatus.HELD, EventStatus.CANCELLED)


class ConcernKind(Labelled):
    """What is to be seen before a plan is released."""

    RULE = "rule", "规则未满足"
    DUE = "due", "时限未办"
    CONFLICT = "conflict", "冲突"
    INCOMPLETE = "incomplete", "没填全"
    UNCONFIRMED = "unconfirmed", "待确认"


class Concern(NamedTuple):
    """One thing to be seen, in a sentence; ``event``, ``cell`` or ``finding`` says where to go."""

    kind: ConcernKind
    title: str
    words: str
    event: str | None = None
    cell: Cell | None = None
    finding: Finding | None = None

    @property
    def sentence(self) -> str:
        """Title and words in one line."""
        return (
            f"{self.kind.label}：{self.title}，{self.words}"
            if self.words
            else f"{self.kind.label}：{self.title}"
        )


def release_concerns(
    snapshot: YearSnapshot, check: YearCheck, quarter: int | None = None
) -> tuple[Concern, ...]:
    """Rules short first, then what is due, conflicts, what is incomplete, what is not confirmed; each by its day.

    ``quarter``: only what lies in it, and what is due by its end. Events are named with campaign, stage and time.
    """
    period = year_period(snapshot.year) if quarter is None else quarter_period(snapshot.year, quarter)
    events = _by_day(snapshot)
    if quarter is not None:
        mine = part_of({quarter}, snapshot).events
        events = [event for event in events if event.key in mine]
    return (
        *_rules(check, period, whole=quarter is None),
        *_dues(snapshot, check, None if quarter is None else period),
        *_conflicts(snapshot, check, None if quarter is None else period),
        *_incomplete(events, snapshot),
        *_unconfirmed(events),
    )


def _rules(check: YearCheck, period: Period, *, whole: bool) -> Iterator[Concern]:
    short = [cell for cell in check.cells if cell.severity is Severity.HARD and cell.state.is_short]
    if not whole:
        short = [cell for cell in short if cell.first in period and cell.last in period]
    for cell in sorted(short, key=lambda cell: (-cell.state.urgency, cell.last)):
        words = f"{cell.state.label} {wording.count_of(cell)}"
        yield Concern(ConcernKind.RULE, wording.cell_title(cell, check.ruleset), words, cell=cell)


def _dues(snapshot: YearSnapshot, check: YearCheck, period: Period | None) -> Iterator[Concern]:
    """What the year's head counts besides the rules of numbers: a decision's stage, a paper, a milestone."""
    for entry in agenda(check, snapshot):
        if entry.finding is None or entry.group is AgendaGroup.DUE:
            continue
        if period is not None and entry.finding.due is not None and entry.finding.due > period.last:
            continue
        words = f"{entry.group.label}，{entry.deadline}"
        yield Concern(ConcernKind.DUE, entry.title, words, finding=entry.finding)


def _conflicts(snapshot: YearSnapshot, check: YearCheck, period: Period | None) -> Iterator[Concern]:
    for conflict in check.conflicts:
        if conflict.severity is Severity.HARD and (period is None or conflict.day in period):
            sentence = wording.conflict_sentence(conflict, snapshot)
            events = (snapshot.event_by_key[key] for key in conflict.events if key in snapshot.event_by_key)
            words = "；".join(f"{_name(event)}：{_facts(event)}" for event in events)
            yield Concern(ConcernKind.CONFLICT, sentence, words, event=conflict.events[0])


def _incomplete(events: Iterable[Event], snapshot: YearSnapshot) -> Iterator[Concern]:
    for event in events:
        if event.status in _OVER:
            continue
        lacks = [
            name
            for name, missing in (
                ("日期", event.days is None),
                ("牵头单位", not event.lead_units),
                ("地点", lacks_place(event, snapshot)),
            )
            if missing
        ]
        if lacks:
            words = f"缺{'、'.join(lacks)}；{_facts(event)}"
            yield Concern(ConcernKind.INCOMPLETE, _name(event), words, event=event.key)


def _unconfirmed(events: Iterable[Event]) -> Iterator[Concern]:
    for event in events:
        draft = event.status is EventStatus.DRAFT
        tentative = event.tentative and event.status not in _OVER
        if draft or tentative or event.status is EventStatus.PLANNED:
            words = f"{_facts(event)}{'，印发后也不发到日历' if draft else ''}"
            yield Concern(ConcernKind.UNCONFIRMED, _name(event), words, event=event.key)


def _facts(event: Event) -> str:
    """6月17日 周四 14:00–16:00，走进校区（高中），已排: when, which campaign and stage, and how it stands."""
    when = wording.time_label(event) if event.days else "日期待定"
    stages = f"（{'、'.join(stage.label for stage in event.stages)}）" if event.stages else ""
    return f"{when}，{event.campaign.label}{stages}，{event.status_label}"


def _by_day(snapshot: YearSnapshot) -> list[Event]:
    return sorted(
        snapshot.events, key=lambda event: (event.starts_at is None, event.starts_at or _NEVER, event.key)
    )


def _name(event: Event) -> str:
    return event.short or event.title or event.campaign.label
