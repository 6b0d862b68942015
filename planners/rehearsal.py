"""放假安排的预演：新安排下哪些活动落在放假日或调休上班日，逐场建议改到哪天；不采纳就什么都不动。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from models.domain.changes import RowChange
from models.domain.events import Campaign, Event, EventStatus
from models.domain.rules import RuleSet
from models.domain.snapshot import YearSnapshot
from models.domain.workdays import Workdays, workdays_of
from models.domain.year import Holidays
from planners.copying_days import blocked_days, rule_period
from planners.proposals import Alternative, Cause, Entry, Given, Open, Proposal, Reason, ReasonKind, Way
from planners.proposals_applied import apply_entries, given_entry, on_day
from planners.proposals_stale import clash_words
from planners.wording import day_label, moment_label, short_day

MOST_ALTERNATIVES = 4
_OPEN_STATUSES = (EventStatus.DRAFT, EventStatus.PLANNED, EventStatus.CONFIRMED)


class _Hit(NamedTuple):
    """An event that the new arrangement touches: why, and whether it should go to a rest day."""

    event: Event
    title: str
    text: str
    to_rest: bool
    human: str


def rehearse(snapshot: YearSnapshot, holidays: Holidays, ruleset: RuleSet, today: date) -> Proposal:
    """What becomes of the year's events under ``holidays``; the arrangement itself is given with it.

    A planned event that falls on a new day off is proposed on the nearest working day of its rule's period
    (one that was on a rest day on the nearest rest day); one on a new make-up day is left to a person.
    Confirmed and locked events come unticked. The same facts give the same proposal.
    """
    row = snapshot.year_row
    change = RowChange.of(row, row._replace(holidays=holidays))
    given = Given(f"更新{snapshot.year}年放假安排", (change,))
    after = apply_entries(snapshot, [given_entry(given)])
    rehearsal = _Rehearsal(snapshot, after, ruleset, today)
    entries, left = rehearsal.result()
    year = snapshot.year
    return Proposal(
        "导入放假安排",
        year,
        snapshot.revision,
        today,
        max(today, date(year, 1, 1)),
        date(year, 12, 31),
        tuple(entries),
        open=(*left, *_other_years(holidays, year)),
        moved=len(entries),
        given=given,
    )


def _planned_with(before: YearSnapshot) -> Workdays:
    """The working days by the year's own row, even where a notice known beside it holds by now."""
    return Workdays.from_holidays({**before.neighbours, before.year: before.year_row.holidays})


class _Rehearsal:
    """Looks at every event under both arrangements."""

    def __init__(self, before: YearSnapshot, after: YearSnapshot, ruleset: RuleSet, today: date) -> None:
        self._after = after
        self._ruleset = ruleset
        self._today = today
        self._old: Workdays = _planned_with(before)
        self._new: Workdays = workdays_of(after)
        self._blocked = blocked_days(after)
        self._by_day: dict[date, list[Event]] = {}
        for event in after.events:
            if event.day is not None and event.counts_in_forecast:
                self._by_day.setdefault(event.day, []).append(event)

    def result(self) -> tuple[list[Entry], list[Open]]:
        """The entries by day, and the events that find no other day."""
        entries, left = [], []
        for event in sorted(self._after.events, key=lambda e: (str(e.starts_at), e.key)):
            if (hit := self._hit(event)) is None:
                continue
            days = self._days(hit)
            if not days:
                text = f"{hit.text}，所在周期内没有别的日子可排，仍在原日。"
                left.append(Open(f"{event.campaign.label} · {_name(event)}", Cause.NO_DAY, text))
                continue
            entries.append(self._entry(hit, days))
        return entries, left

    def _hit(self, event: Event) -> _Hit | None:
        day = event.day
        if day is None or day < self._today or event.status not in _OPEN_STATUSES:
            return None
        if self._follows_host(event):
            return None
        worked, works = self._old.is_workday(day), self._new.is_workday(day)
        name, old_name = self._new.name_of(day), self._old.name_of(day)
        where = day_label(day)
        if not works and (worked or (name and not old_name)):
            said = f"{name}放假" if name else "不再调休上班"
            return _Hit(event, f"落在{name or '休息日'}", f"{where}{said}", not worked, _for_person(event))
        if works and not worked and self._new.is_makeup(day):
            human = "调休上班，是否仍在这天由人定"
            return _Hit(event, "落在调休上班日", f"{where}改为上班", to_rest=True, human=human)
        return None

    def _follows_host(self, event: Event) -> bool:
        """A zone goes with its meeting where both are on one day."""
        host = self._after.event_by_key.get(event.host_event) if event.host_event else None
        return host is not None and host.day == event.day and host.status in _OPEN_STATUSES

    def _days(self, hit: _Hit) -> list[date]:
        """The days of the rule's period that will do, the nearest first, of two the later one."""
        event, day = hit.event, hit.event.day
        assert day is not None
        period = rule_period(self._ruleset, event.campaign, day)
        days = [d for d in period.days() if d != day and d >= self._today and self._is_free(event, d)]
        wanted = [d for d in days if self._new.is_workday(d) is not hit.to_rest and self._suits(hit, d)]
        days = wanted or [d for d in days if self._new.is_workday(d)]
        days.sort(key=lambda d: (abs((d - day).days), d < day))
        return sorted(days, key=lambda d: bool(self._clash(event, d)))

    def _suits(self, hit: _Hit, day: date) -> bool:
        return not hit.to_rest or not self._new.name_of(day)

    def _is_free(self, event: Event, day: date) -> bool:
        return not any(period.concerns(event) for period in self._blocked.get(day, ()))

    def _clash(self, event: Event, day: date) -> str:
        moved = on_day(event, day)
        others = (other for other in self._by_day.get(day, ()) if other.key != event.key)
        found = (clash_words(self._after, moved, other) for other in others)
        return next((words for words in found if words), "")

    def _entry(self, hit: _Hit, days: list[date]) -> Entry:
        event, day = hit.event, days[0]
        assert event.day is not None
        moved = on_day(event, day)
        if moved.counts_in_forecast:
            self._by_day.setdefault(day, []).append(moved)
            self._by_day[event.day] = [e for e in self._by_day.get(event.day, ()) if e.key != event.key]
        shift = day - event.day
        return Entry(
            f"holiday:{event.key}:{event.day.isoformat()}",
            Way.MOVE,
            f"{event.campaign.label} · {short_day(event.day)}",
            moment_label(event.starts_at) if event.is_timed and event.starts_at else day_label(event.day),
            (RowChange.of(event, moved), *self._zones(event, shift)),
            reasons=tuple(self._reasons(hit, day)),
            alternatives=tuple(
                Alternative(
                    on_day(event, other), abs((other - event.day).days) - abs(shift.days), self._what(other)
                )
                for other in days[1 : 1 + MOST_ALTERNATIVES]
            ),
            ticked=not hit.human,
            human=hit.human,
            estimated=self._new.is_estimated(day),
        )

    def _zones(self, host: Event, shift: timedelta) -> Iterator[RowChange]:
        """The zones of a meeting that go with it."""
        for event in self._after.events:
            if event.host_event == host.key and event.day == host.day and event.status in _OPEN_STATUSES:
                assert event.starts_at is not None
                yield RowChange.of(event, on_day(event, event.starts_at.date() + shift))

    def _reasons(self, hit: _Hit, day: date) -> Iterator[Reason]:
        assert hit.event.day is not None
        yield Reason(ReasonKind.REST_DAY, hit.title, hit.text)
        distance = (day - hit.event.day).days
        way = f"{'后移' if distance > 0 else '前移'} {abs(distance)} 天"
        yield Reason(ReasonKind.SPACING, f"改到{day_label(day)}", f"本周期内最近的{self._what(day)}，{way}")
        clash = self._clash(hit.event, day)
        yield Reason(
            ReasonKind.CONFLICT, "有冲突" if clash else "无冲突", clash or "同场地、同单位当日没有别的活动"
        )

    def _what(self, day: date) -> str:
        if self._new.is_makeup(day):
            return "调休上班日"
        return "工作日" if self._new.is_workday(day) else "休息日"


def _for_person(event: Event) -> str:
    if event.pinned:
        return "已锁定，请先问明能否改期"
    if event.status is EventStatus.CONFIRMED:
        return "已确认，请先与牵头单位商定"
    return "会期由会议主办方定" if event.campaign is Campaign.HOST_MEETING else ""


def _other_years(holidays: Holidays, year: int) -> Iterator[Open]:
    """A notice may set days of the December before: that year must learn of them itself."""
    days = [day for day, _ in holidays.days_off] + list(holidays.makeup_workdays)
    for other in sorted({day.year for day in days} - {year}):
        listed = "、".join(short_day(day) for day in sorted(days) if day.year == other)
        text = f"通知还涉及 {other} 年的{listed}，请打开 {other} 年度再导入一次。"
        yield Open(f"{other} 年度", Cause.UNKNOWN, text, for_person=True)


def _name(event: Event) -> str:
    return event.short or event.title
