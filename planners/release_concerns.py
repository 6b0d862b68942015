"""印发之前应先看一看的：刚性规则的缺口、过了时限没办的、硬冲突、没确认或没填全的活动；各指得到地方，都不拦着印发。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from models.domain.events import Event, EventStatus, Labelled
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


def release_concerns(snapshot: YearSnapshot, check: YearCheck) -> tuple[Concern, ...]:
    """Rules short first, then what is due, conflicts, what is incomplete, what is not confirmed; each by its day."""
    return (
        *_rules(check),
        *_dues(snapshot, check),
        *_conflicts(snapshot, check),
        *_incomplete(snapshot),
        *_unconfirmed(snapshot),
    )


def _rules(check: YearCheck) -> Iterator[Concern]:
    short = [cell for cell in check.cells if cell.severity is Severity.HARD and cell.state.is_short]
    for cell in sorted(short, key=lambda cell: (-cell.state.urgency, cell.last)):
        words = f"{cell.state.label} {wording.count_of(cell)}"
        yield Concern(ConcernKind.RULE, wording.cell_title(cell, check.ruleset), words, cell=cell)


def _dues(snapshot: YearSnapshot, check: YearCheck) -> Iterator[Concern]:
    """What the year's head counts besides the rules of numbers: a decision's stage, a paper, a milestone."""
    for entry in agenda(check, snapshot):
        if entry.finding is not None and entry.group is not AgendaGroup.DUE:
            words = f"{entry.group.label}，{entry.deadline}"
            yield Concern(ConcernKind.DUE, entry.title, words, finding=entry.finding)


def _conflicts(snapshot: YearSnapshot, check: YearCheck) -> Iterator[Concern]:
    for conflict in check.conflicts:
        if conflict.severity is Severity.HARD:
            sentence = wording.conflict_sentence(conflict, snapshot)
            yield Concern(ConcernKind.CONFLICT, sentence, "", event=conflict.events[0])


def _incomplete(snapshot: YearSnapshot) -> Iterator[Concern]:
    for event in _by_day(snapshot):
        if event.status in _OVER:
            continue
        lacks = [
            name
            for name, missing in (
                ("日期", event.starts_at is None),
                ("牵头单位", not event.lead_units),
                ("地点", lacks_place(event, snapshot)),
            )
            if missing
        ]
        if lacks:
            yield Concern(ConcernKind.INCOMPLETE, _name(event), f"缺{'、'.join(lacks)}", event=event.key)


def _unconfirmed(snapshot: YearSnapshot) -> Iterator[Concern]:
    for event in _by_day(snapshot):
        if event.status is EventStatus.DRAFT:
            yield Concern(ConcernKind.UNCONFIRMED, _name(event), "草拟，印发后也不发到日历", event=event.key)
        elif event.status is EventStatus.PLANNED or (event.tentative and event.status not in _OVER):
            day = wording.time_label(event) if event.starts_at is not None else "日期待定"
            yield Concern(
                ConcernKind.UNCONFIRMED, _name(event), f"{day}，{event.status.label}", event=event.key
            )


def _by_day(snapshot: YearSnapshot) -> list[Event]:
    return sorted(
        snapshot.events, key=lambda event: (event.starts_at is None, event.starts_at or _NEVER, event.key)
    )


def _name(event: Event) -> str:
    return event.short or event.title or event.campaign.label
