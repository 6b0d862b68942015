"""一场活动落到某天会怎样：评判、落下后的样子、对规则与冲突的影响，都先算好给人看。"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from gui.session.rule_effect import RuleEffect, rule_effect
from gui.session.year_session import YearSession
from models import commands
from models.domain.changes import ChangeSet
from models.domain.events import Campaign, Event, EventStatus, Precision
from models.domain.snapshot import ItemKind, YearSnapshot
from models.domain.text import quoted
from planners import wording
from planners.consequences import worse_words
from planners.results import Cell, DayVerdict, Verdict
from planners.suggest import Demand, Judge
from planners.zones import zones_at

MOST_LINES = 5
_WORKED = ("工作日",)


class Landing(NamedTuple):
    """Where an event would land: ``copies`` leaves it where it is and lands a new one."""

    day: date
    at: time | None = None
    copies: bool = False


class LandingJudge:
    """Judges the days for one event that is in the hand, against the year as it was picked up."""

    def __init__(self, session: YearSession, event: Event) -> None:
        self._session = session
        self.event = event
        self._judges: dict[tuple[time | None, bool], Judge] = {}
        self._verdicts: dict[Landing, DayVerdict] = {}
        self._lines: dict[Landing, tuple[EffectLine, ...]] = {}

    def _judge(self, at: time | None, *, copies: bool = False) -> Judge:
        if (known := self._judges.get((at, copies))) is None:
            session, event = self._session, self.event
            probe = event if stands_on_a_day(event) else event._replace(starts_at=None, ends_at=None)
            if at is not None and probe.starts_at is not None:
                probe = commands.moved(probe, datetime.combine(probe.starts_at.date(), at))
            if copies:  # the event itself stays where it is
                probe = probe._replace(key="")
            demand = Demand(event.campaign, probe)
            known = self._judges[at, copies] = Judge(session.snapshot, session.check, demand)
        return known

    def verdict(self, day: date, at: time | None = None, *, copies: bool = False) -> DayVerdict:
        """How well ``day`` suits the event or a copy of it, at another clock time where ``at`` is given."""
        key = Landing(day, at, copies)
        if (known := self._verdicts.get(key)) is None:
            if day.year != self._session.year:
                known = DayVerdict(day, Verdict.IMPOSSIBLE, (f"不在 {self._session.year} 年度内",))
            else:
                known = self._judge(at, copies=copies).verdict(day)
            self._verdicts[key] = known
        return known

    def verdicts(self, days: Iterable[date], *, copies: bool = False) -> dict[date, Verdict]:
        """The verdict of each of ``days``."""
        return {day: self.verdict(day, copies=copies).verdict for day in days}

    def judged(self, landing: Landing) -> DayVerdict:
        """How well a landing suits."""
        return self.verdict(landing.day, landing.at, copies=landing.copies)

    def after(self, landing: Landing) -> Event:
        """The event as it would be there."""
        event, day = self.event, landing.day
        if stands_on_a_day(event):
            assert event.starts_at is not None
            clock = event.starts_at.time() if landing.at is None else landing.at
            placed = commands.moved(event, datetime.combine(day, clock))
        else:
            placed = self._placed(event, day)
        if landing.copies:
            placed = copied(placed, self._session.snapshot)
        return placed

    def _placed(self, event: Event, day: date) -> Event:
        """A waiting event on ``day``: 已排 at the time its campaign usually takes."""
        starts, ends = self._judge(None).times
        kept = event.status is EventStatus.CONFIRMED
        return event._replace(
            starts_at=datetime.combine(day, starts),
            ends_at=datetime.combine(day, ends),
            precision=Precision.TIME,
            status=event.status if kept else EventStatus.PLANNED,
            status_reason="",
            tentative=True,
        )

    def lines(self, landing: Landing) -> tuple[EffectLine, ...]:
        """What the landing does: reasons against the day, conflicts, rules; the most serious first."""
        if (known := self._lines.get(landing)) is None:
            known = self._lines[landing] = self._find_lines(landing)
        return known

    def knows(self, landing: Landing) -> bool:
        """Whether ``lines`` has been worked out already."""
        return landing in self._lines

    def reason_lines(self, landing: Landing) -> tuple[EffectLine, ...]:
        """What speaks against the day, without working out the rules."""
        judged = self.judged(landing)
        if judged.verdict is Verdict.IMPOSSIBLE:
            return tuple(EffectLine("square-x", "danger", reason) for reason in judged.reasons)
        if judged.verdict is Verdict.AVOID:
            return tuple(EffectLine("triangle-warn", "warning", reason) for reason in judged.reasons)
        against = judged.reasons[: _first_merit(judged.reasons)]
        return tuple(EffectLine("triangle-warn", "warning", reason) for reason in against)

    def _find_lines(self, landing: Landing) -> tuple[EffectLine, ...]:
        reasons = self.reason_lines(landing)
        if self.judged(landing).verdict is Verdict.IMPOSSIBLE:
            return reasons
        session, after = self._session, self.after(landing)
        effect = rule_effect(session, after)
        lines = [EffectLine("triangle-warn", "danger", words) for words in effect.conflicts]
        lines += [
            EffectLine("triangle-warn", "warning", worse_words(session.ruleset, cell))
            for cell in effect.worsened
        ]
        lines += [line for line in reasons if not _is_said(line.words, effect)]
        if zones := [zone for zone in zones_at(session.snapshot, self.event.key) if zone.day is not None]:
            lines.append(EffectLine("info", "ink2", f"现场的“科创问政”专区 {len(zones)} 个随同"))
        lines += [_counted_line(session, cell) for cell in effect.counted if cell not in effect.worsened]
        if not effect.counted and not effect.worsened:
            lines.append(EffectLine("info", "ink2", "不影响刚性规则"))
        if not effect.conflicts:
            lines += self._units_free(after)
        if len(lines) > MOST_LINES:
            more = len(lines) - MOST_LINES + 1
            lines = [*lines[: MOST_LINES - 1], EffectLine("info", "ink2", f"还有 {more} 条")]
        return tuple(lines)

    def _units_free(self, after: Event) -> list[EffectLine]:
        snapshot = self._session.snapshot
        if not after.units:
            return []
        unit = after.units[0]
        others = [
            event
            for event in snapshot.events
            if event.key not in (after.key, self.event.key)
            and event.day == after.day
            and unit in event.units
            and event.counts_in_forecast
        ]
        name = snapshot.unit_name(unit)
        if others:
            return [EffectLine("info", "ink2", f"{name}当天另有 {len(others)} 场")]
        return [EffectLine("check", "success", f"{name}当天无其他活动")]


def _first_merit(reasons: tuple[str, ...]) -> int:
    """Where the reasons for a day begin: those against it stand before “工作日”."""
    return next((n for n, reason in enumerate(reasons) if reason in _WORKED), len(reasons))


def _is_said(words: str, effect: RuleEffect) -> bool:
    """Whether a reason against the day is among the sentences of ``effect`` already."""
    told = (("同时段", effect.conflicts), ("超过上限", effect.conflicts), ("将变为", effect.worsened))
    return any(sign in words and found for sign, found in told)


def _counted_line(session: YearSession, cell: Cell) -> EffectLine:
    """走进社区 · 9月 仍为 1/1, or 由 0/1 变为 1/1."""
    title = wording.cell_title(cell, session.ruleset)
    before = next(
        (
            old
            for old in session.check.cells
            if (old.rule, old.group, old.first) == (cell.rule, cell.group, cell.first)
        ),
        None,
    )
    now = wording.count_of(cell)
    was = wording.count_of(before) if before is not None else now
    words = f"{title} 仍为 {now}" if was == now else f"{title} 由 {was} 变为 {now}"
    return EffectLine("check", "success", words)


def copied(event: Event, snapshot: YearSnapshot) -> Event:
    """A new event like ``event``: 已排 and tentative, without result and without what only the first has."""
    return event._replace(
        key=commands.new_key(snapshot, ItemKind.EVENT),
        status=EventStatus.PLANNED,
        status_reason="",
        tentative=True,
        attended=None,
        url="",
        pinned=False,
        host_event=None,
        raw_time="",
    )


def land(session: YearSession, event: Event, after: Event) -> ChangeSet | None:
    """Carry out a landing, one step: a copy where ``after`` has a key of its own, else the event moves."""
    name = event.short or event.title
    assert after.starts_at is not None
    where = wording.short_day(after.starts_at.date())
    if after.key != event.key:
        return session.perform(
            commands.add_event, session.year, after, f"复制{quoted(name)}到{where}", toast=True
        )
    if (host := _host_to_move(session, event, after)) is not None:
        assert host.starts_at is not None
        start = datetime.combine(after.starts_at.date(), host.starts_at.time())
        return session.perform(commands.move_event, session.year, host.key, start, toast=True)
    verb = "移动" if stands_on_a_day(event) else "排入"
    return session.perform(
        commands.change_event, session.year, after, f"{verb}{quoted(name)}到{where}", toast=True
    )


def _host_to_move(session: YearSession, event: Event, after: Event) -> Event | None:
    """The meeting that has to move with a zone, which was asked for before; None where nothing has to."""
    if event.campaign is not Campaign.TECH_FORUM or event.host_event is None or event.day == after.day:
        return None
    host = session.snapshot.event_by_key.get(event.host_event)
    return host if host is not None and host.day not in (None, after.day) else None


def landing_title(event: Event, after: Event, *, copies: bool, postpones: bool) -> str:
    """移到 9月14日 周二 09:00; 复制到 …; 排入 …; 延期……."""
    if postpones:
        return f"延期{quoted(event.short or event.title)}"
    assert after.starts_at is not None
    when = wording.day_label(after.starts_at.date())
    if after.precision is Precision.TIME:
        when += f" {after.starts_at:%H:%M}"
    verb = "复制到" if copies else "移到" if stands_on_a_day(event) else "排入"
    return f"{verb} {when}"


def can_be_carried(event: Event) -> bool:
    """已举办 and 已取消 events stay where they are."""
    return event.status not in (EventStatus.HELD, EventStatus.CANCELLED)


def can_be_postponed(event: Event) -> bool:
    """Whether 延期 is an allowed next status."""
    return event.status in (EventStatus.PLANNED, EventStatus.CONFIRMED, EventStatus.DRAFT)


def next_workday(day: date, step: int, is_workday: object) -> date:
    """The next working day after ``day`` in the direction of ``step``."""
    assert callable(is_workday)
    day += timedelta(days=step)
    while not is_workday(day):
        day += timedelta(days=step)
    return day


class EffectLine(NamedTuple):
    """A line on what a landing does: icon, colour name, words."""

    icon: str
    color: str
    words: str


def stands_on_a_day(event: Event) -> bool:
    """Whether the calendar shows ``event`` on a day (it is not postponed and its day is known)."""
    return event.day is not None and event.status is not EventStatus.POSTPONED
