"""候选月：一个月里每天能不能排、被谁占着、是选定还是备选。"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum
from typing import NamedTuple

from gui.planning.proposal.choices import Choices
from models.domain.events import Campaign, Event
from models.domain.periods import Period, month_period
from models.domain.text import quoted
from models.domain.workdays import Workdays, workdays_of
from planners import wording
from planners.proposals import Entry
from planners.proposals_applied import apply_entries
from planners.results import DayVerdict, Verdict
from planners.suggest import Demand, Judge

SHORT_NAMES = {
    Campaign.LECTURE: "讲堂",
    Campaign.PARK: "园区",
    Campaign.COMMUNITY: "社区",
    Campaign.CAMPUS: "校区",
    Campaign.TECH_FORUM: "问政",
    Campaign.OPEN_MONTH: "开放",
    Campaign.HOST_MEETING: "会议",
}


class DayLook(Enum):
    """How a day of the candidate month is drawn. ``CLOSED`` cannot be picked; ``AVOIDED`` can, with a reason."""

    CHOSEN = "chosen"
    ALTERNATIVE = "alternative"
    FREE = "free"
    AVOIDED = "avoided"
    CLOSED = "closed"


class MonthDay(NamedTuple):
    """A day: its look, the word in it (选定, 备选, what occupies it) and the whole in words."""

    day: date
    look: DayLook
    word: str
    words: str


def days_open(choices: Choices, entry: Entry) -> Period:
    """The days among which an entry may be put: its period, inside the scope, from today on."""
    proposal, today = choices.proposal, choices.session.today
    first, last = max(proposal.first, today), proposal.last
    if entry.targets:
        first = max(first, min(target.first for target in entry.targets))
        last = min(last, max(target.last for target in entry.targets))
    return Period(first, date.fromordinal(last.toordinal() + 1))


def month_days(choices: Choices, number: int, month: date) -> tuple[MonthDay, ...]:
    """Every day of the month of ``month`` for the event of row ``number``, the other ticked rows in place."""
    entry = choices.row(number).entry
    event = entry.event
    assert event is not None, "the entry has no event"
    assert event.day is not None, "the event has no day"
    session = choices.session
    around = apply_entries(session.snapshot, choices.others(number))
    group = entry.targets[0].group if entry.targets else None
    judge = Judge(around, session.check, Demand(event.campaign, event, group))
    shown = _Shown(
        entry,
        event,
        days_open(choices, entry),
        _by_day(around.events, event.key),
        _by_day(_unticked(choices, number), event.key),
        workdays_of(around),
    )
    period = month_period(month.year, month.month)
    return tuple(_month_day(shown, day, judge.verdict(day)) for day in period.days())


class _Shown(NamedTuple):
    entry: Entry
    event: Event
    open: Period
    taken: dict[date, list[Event]]
    proposed: dict[date, list[Event]]
    workdays: Workdays


def _by_day(events: Iterable[Event], own: str) -> dict[date, list[Event]]:
    found: dict[date, list[Event]] = {}
    for event in events:
        if event.key != own and event.counts_in_forecast and event.day is not None:
            found.setdefault(event.day, []).append(event)
    return found


def _unticked(choices: Choices, number: int) -> list[Event]:
    """The events of open rows that are not ticked: they take no room yet, but are good to see."""
    rows = (row for n, row in enumerate(choices.rows) if n != number and not row.ticked and not row.rejected)
    return [row.entry.event for row in rows if row.entry.event is not None]


def _month_day(shown: _Shown, day: date, verdict: DayVerdict) -> MonthDay:
    label = wording.day_label(day)
    if day == shown.event.day:
        return MonthDay(day, DayLook.CHOSEN, "选定", f"{label} 选定")
    taken = shown.taken.get(day, [])
    reasons = "；".join(verdict.reasons)
    if day not in shown.open:
        return MonthDay(day, DayLook.CLOSED, _occupied(taken), f"{label} 不在可排范围内")
    if verdict.verdict is Verdict.IMPOSSIBLE:
        return MonthDay(day, DayLook.CLOSED, _occupied(taken) or "停排", f"{label} 不可：{reasons}")
    alternative = next((a for a in shown.entry.alternatives if a.after.day == day), None)
    if alternative is not None and verdict.verdict is not Verdict.AVOID:
        extra = f"，多 {alternative.extra_cost} 分" if alternative.extra_cost > 0 else ""
        return MonthDay(
            day, DayLook.ALTERNATIVE, "备选", f"{label} 备选：{alternative.text or reasons}{extra}"
        )
    occupied = _occupied(taken or shown.proposed.get(day, []))
    names = _names(taken)
    if verdict.verdict is Verdict.AVOID:
        word = occupied or shown.workdays.name_of(day)[:3]
        return MonthDay(day, DayLook.AVOIDED, word, f"{label} 避：{reasons}{names}")
    return MonthDay(day, DayLook.FREE, occupied, f"{label} {verdict.verdict.label}：{reasons}{names}")


def _occupied(events: list[Event]) -> str:
    """讲堂, or 3 场 where it is more than one."""
    events = [event for event in events if event.campaign is not Campaign.HOST_MEETING] or events
    if not events:
        return ""
    return SHORT_NAMES[events[0].campaign] if len(events) == 1 else f"{len(events)} 场"


def _names(events: list[Event]) -> str:
    if not events:
        return ""
    return "。当日已有" + "、".join(quoted(event.short or event.title) for event in events[:4])
