"""年度总览上改动数据的几件事：每件一条命令、一步撤销。"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, Protocol

from models import commands
from models.domain.changes import ChangeSet
from models.domain.events import Campaign, Event, EventStatus, Precision
from models.domain.snapshot import YearSnapshot
from models.domain.text import quoted
from planners.proposals import Entry, Way
from planners.proposals_applied import entries_changes
from planners.results import DayVerdict, Verdict, YearCheck
from planners.suggest import Demand, Judge
from planners.wording import short_day

if TYPE_CHECKING:
    from gui.session.year_session import YearSession


class Session(Protocol):
    """What the page needs of the year session."""

    snapshot: YearSnapshot
    check: YearCheck

    def perform(self, command: object, *args: object, toast: bool = False) -> ChangeSet | None:
        """Run a command, show errors as messages, None where it was refused."""


class DayQuestion(NamedTuple):
    """A day that is asked for: for an event that moves or is copied, or for a new one of ``campaign`` and ``group``."""

    campaign: Campaign
    event: str | None = None
    group: str | None = None
    copies: bool = False

    def demand(self, snapshot: YearSnapshot) -> Demand:
        """The demand that the planner judges days for."""
        moving = snapshot.event_by_key.get(self.event) if self.event else None
        if moving is not None and self.copies:
            from gui.session.landing import copied  # the start of the window need not wait for it

            moving = copied(moving, snapshot)
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


def is_plain(entry: Entry) -> bool:
    """Whether 排入 carries ``entry`` out at once: one new event that leaves nothing for a person to decide."""
    return entry.way is Way.NEW and entry.ticked and entry.event is not None


def accept_entry(session: Session, entry: Entry) -> ChangeSet | None:
    """排入: carry out what is proposed for one cell; one step."""
    snapshot, event = session.snapshot, entry.event
    assert event is not None
    assert event.day is not None
    what = event.campaign.label + " " if entry.way is Way.NEW else f"{quoted(event.short or event.title)}到"
    changes = entries_changes(snapshot, (entry,))
    title = f"排入{what}{short_day(event.day)}"
    return session.perform(commands.apply_changes, snapshot.year, title, changes, toast=True)


def entry_on(session: Session, entry: Entry, day: date) -> Entry:
    """``entry`` on another day."""
    from planners.autoplan.year.single import reconsider  # the window need not wait for it

    return reconsider(session.snapshot, session.check, entry, day)


def move_to(session: Session, key: str, day: date) -> ChangeSet | None:
    """Move the event to ``day``: at its time of day, or where it has none at the usual one, then 已排."""
    snapshot = session.snapshot
    event = snapshot.event_by_key[key]
    if event.starts_at is not None:
        start = datetime.combine(day, event.starts_at.time())
        return session.perform(commands.move_event, snapshot.year, key, start, toast=True)
    starts, ends = Judge(snapshot, session.check, Demand(event.campaign, event)).times
    scheduled = event._replace(
        starts_at=datetime.combine(day, starts),
        ends_at=datetime.combine(day, ends),
        precision=Precision.TIME,
        status=EventStatus.PLANNED,
        status_reason="",
        tentative=True,
    )
    title = f"排入{quoted(event.short or event.title)}到{short_day(day)}"
    return session.perform(commands.change_event, snapshot.year, scheduled, title, toast=True)


def copy_to(session: YearSession, key: str, day: date) -> ChangeSet | None:
    """Another event like that of ``key`` on ``day``: 已排 and tentative; the first stays as it is."""
    from gui.session.landing import Landing, LandingJudge

    event = session.snapshot.event_by_key[key]
    after = LandingJudge(session, event).after(Landing(day, copies=True))
    title = f"复制{quoted(event.short or event.title)}到{short_day(day)}"
    return session.perform(commands.add_event, session.snapshot.year, after, title, toast=True)


def confirm(session: Session, key: str) -> ChangeSet | None:
    """Afterwards the event is 已确认."""
    return session.perform(
        commands.set_event_status, session.snapshot.year, key, EventStatus.CONFIRMED, toast=True
    )


def toggle_pin(session: Session, event: Event) -> ChangeSet | None:
    """锁定 or 解除锁定: the auto-planner does not touch a pinned event."""
    name = event.short or event.title
    title = f"解除锁定{quoted(name)}" if event.pinned else f"锁定{quoted(name)}"
    changed = event._replace(pinned=not event.pinned)
    return session.perform(commands.change_event, session.snapshot.year, changed, title, toast=True)


STATUS_REASONS = {
    EventStatus.POSTPONED: ("主讲人公务冲突", "场地另有安排", "天气原因", "参加对象调整", "按上级要求调整"),
    EventStatus.CANCELLED: ("工作安排调整", "并入其他活动", "按上级要求取消"),
}
