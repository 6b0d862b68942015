"""年度总览上改动数据的几件事：每件一条命令、一步撤销。"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple, Protocol

from models import commands
from models.domain.changes import ChangeSet
from models.domain.events import Campaign, Event, EventStatus
from models.domain.snapshot import ItemKind, YearSnapshot
from planners.results import DayVerdict, Suggestion, Verdict, YearCheck
from planners.suggest import Demand, Judge, draft_event
from planners.wording import short_day


class Session(Protocol):
    """What the page needs of the year session."""

    snapshot: YearSnapshot
    check: YearCheck

    def perform(self, command: object, *args: object, toast: bool = False) -> ChangeSet | None:
        """Run a command, show errors as messages, None where it was refused."""


class DayQuestion(NamedTuple):
    """A day that is asked for: for an event that moves, or for a new one of ``campaign`` and ``group``."""

    campaign: Campaign
    event: str | None = None
    group: str | None = None

    def demand(self, snapshot: YearSnapshot) -> Demand:
        """The demand that the planner judges days for."""
        moving = snapshot.event_by_key.get(self.event) if self.event else None
        return Demand(self.campaign, moving, self.group)


class JudgedMonth(NamedTuple):
    """The days of a month for a question, and the best of them (None where none is possible)."""

    days: tuple[DayVerdict, ...]
    best: date | None


def judged_month(session: Session, question: DayQuestion, year: int, month: int) -> JudgedMonth:
    """Every day of the month with its verdict."""
    judge = Judge(session.snapshot, session.check, question.demand(session.snapshot))
    first = date(year, month, 1)
    end = date(year + month // 12, month % 12 + 1, 1)
    days = tuple(judge.verdict(first + timedelta(days=n)) for n in range((end - first).days))
    best = judge.best(first, end)
    possible = best is not None and best.verdict is not Verdict.IMPOSSIBLE
    return JudgedMonth(days, best.day if best and possible else None)


def accept_suggestion(session: Session, suggestion: Suggestion) -> ChangeSet | None:
    """排入: add the suggested event, or schedule the postponed one; one step."""
    snapshot = session.snapshot
    key = suggestion.event or commands.new_key(snapshot, ItemKind.EVENT)
    event = draft_event(snapshot, suggestion, key, f"{suggestion.campaign.label}（内容待定）")
    if suggestion.event is None:
        event = event._replace(short="待定")
    day = short_day(suggestion.starts_at.date())
    name = event.short or event.title
    if suggestion.event is not None:
        return session.perform(
            commands.change_event, snapshot.year, event, f"排入“{name}”到{day}", toast=True
        )
    words = f"排入{suggestion.campaign.label} {day}"
    return session.perform(commands.add_event, snapshot.year, event, words, toast=True)


def put_on_day(session: Session, question: DayQuestion, day: date) -> ChangeSet | None:
    """Move the event of ``question`` to ``day`` (same time of day), or add a new one there."""
    snapshot = session.snapshot
    event = snapshot.event_by_key.get(question.event) if question.event else None
    if event is not None and event.starts_at is not None:
        start = datetime.combine(day, event.starts_at.time())
        return session.perform(commands.move_event, snapshot.year, event.key, start, toast=True)
    starts, ends = _usual_times(session, question)
    suggestion = Suggestion(
        question.campaign,
        datetime.combine(day, starts),
        datetime.combine(day, ends),
        (),
        question.group,
        question.event,
    )
    return accept_suggestion(session, suggestion)


def _usual_times(session: Session, question: DayQuestion) -> tuple[time, time]:
    return Judge(session.snapshot, session.check, question.demand(session.snapshot)).times


def confirm(session: Session, key: str) -> ChangeSet | None:
    """Afterwards the event is 已确认."""
    return session.perform(
        commands.set_event_status, session.snapshot.year, key, EventStatus.CONFIRMED, toast=True
    )


def toggle_pin(session: Session, event: Event) -> ChangeSet | None:
    """锁定 or 解除锁定: the auto-planner does not touch a pinned event."""
    name = event.short or event.title
    title = f"解除锁定“{name}”" if event.pinned else f"锁定“{name}”"
    changed = event._replace(pinned=not event.pinned)
    return session.perform(commands.change_event, session.snapshot.year, changed, title, toast=True)
