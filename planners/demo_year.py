"""演示年度：把写在某一天的例子搬到今天——过去的办完了，两项有风险，一项逾期，还有几项要办。"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from models.domain.events import Event, EventStatus
from models.domain.policies import INTERPRETATIONS, PolicyDocument
from models.domain.rules import RuleSet, Severity
from models.domain.snapshot import ItemKind, YearSnapshot
from models.domain.workdays import workdays_of
from planners.agenda import agenda
from planners.checks import check_year
from planners.copying_days import counterpart
from planners.milestone_rows import milestone_rows
from planners.milestone_ticks import tick_values
from planners.policy_rows import ClockState
from planners.results import Cell, CellState, FindingState, YearCheck
from planners.year_count import year_count

_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)
_FIRST_WEEK = 7
_CONFIRMED_AHEAD = timedelta(days=35)
OVERDUE, AT_RISK, GAPS, HELD = 1, 2, 3, 2
"""How many things are 逾期, 有风险 and 待补, and how many events at least are held."""
_MOST_HELD = 6
_FEW = 2
_PRESSING = (FindingState.OVERDUE, FindingState.AT_RISK)


def demo_year_number(today: date) -> int:
    """The year that the demo shows: this one; in its first week, when nothing can be held yet, the last."""
    return today.year if today > date(today.year, 1, _FIRST_WEEK) else today.year - 1


def demo_year(
    sample: YearSnapshot, blank: YearSnapshot, ruleset: RuleSet, written: date, today: date
) -> YearSnapshot:
    """``sample``, which was true on the day ``written``, as it would be today, in the year of ``blank``.

    Nothing is held in the future and nothing of the past is left open but what is shown as such. The same day gives the
    same year.
    """
    if today == written:
        return sample
    demo = _Demo(_moved(sample, blank, today - written), ruleset, today)
    demo.fill()
    demo.tell_by_the_day()
    demo.settle()
    demo.leave_gaps()
    demo.miss_one()
    demo.put_at_risk()
    return demo.year


def _moved(sample: YearSnapshot, blank: YearSnapshot, by: timedelta) -> YearSnapshot:
    """The sample in the year of ``blank``: events on the same weekday of the month, what has stages by whole weeks."""
    year, row = blank.year, sample.year_row
    workdays = workdays_of(blank)
    weeks = _WEEK * (by // _WEEK)

    def in_year(event: Event) -> Event:
        if event.starts_at is None:
            start = datetime(sample.year, 6, 16, 14)
            event = event._replace(starts_at=start, ends_at=start + timedelta(hours=2), status_reason="")
        assert event.starts_at is not None
        day = workdays.roll_forward(counterpart(event.starts_at.date(), year))
        starts = datetime.combine(day, event.starts_at.time())
        ends = starts + (event.ends_at - event.starts_at) if event.ends_at else None
        return event._replace(starts_at=starts, ends_at=ends)

    meetings = [
        m for m in (_later(m, weeks) for m in sample.meetings) if m.starts_at and m.starts_at.year == year
    ]
    held = {meeting.key for meeting in meetings}
    decisions = [_later(d, weeks) for d in sample.decisions if d.meeting in held]
    known = {decision.key for decision in decisions}
    settings = tuple(one for one in row.settings if not one[0].startswith("done:"))
    first, second, third, fourth = (theme or row.quarter_themes[0] for theme in row.quarter_themes)
    return YearSnapshot(
        blank.year_row._replace(
            district=row.district, settings=settings, quarter_themes=(first, second, third, fourth)
        ),
        units=sample.units,
        venues=sample.venues,
        schools=sample.schools,
        blocked=[
            one._replace(first=_same_date(one.first, year), last=_same_date(one.last, year))
            for one in sample.blocked
        ],
        events=map(in_year, sample.events),
        meetings=meetings,
        decisions=decisions,
        delegates=sample.delegates,
        invitations=[_later(one, weeks) for one in sample.invitations if one.decision in known],
        opinions=[_later(one, weeks) for one in sample.opinions if one.decision in known],
        neighbours=blank.neighbours,
    )


def _later(item: Any, by: timedelta) -> Any:
    """The item with every day in it moved."""
    days = {name: value + by for name, value in item._asdict().items() if isinstance(value, date)}
    return item._replace(**days)


def _same_date(day: date, year: int) -> date:
    return day.replace(year=year, day=28 if (day.month, day.day) == (2, 29) else day.day)


class _State(NamedTuple):
    """A year with its check and what it counts, 事项 among it."""

    check: YearCheck
    overdue: int
    at_risk: int


class _Demo:
    """The year while it is put together."""

    def __init__(self, year: YearSnapshot, ruleset: RuleSet, today: date) -> None:
        self.year = year
        self._ruleset = ruleset
        self._today = today

    def _state(self, today: date | None = None) -> _State:
        check = check_year(self.year, today or self._today, self._ruleset)
        count = year_count(check, agenda(check, self.year))
        return _State(check, count.overdue, count.at_risk)

    def _with(self, **lists: Any) -> None:
        kept = {kind.value: self.year.items(kind) for kind in ItemKind if kind is not ItemKind.YEAR}
        row = lists.pop("row", self.year.year_row)
        self.year = YearSnapshot(row, **{**kept, **lists}, neighbours=self.year.neighbours)

    def _each(self, change: Callable[[Event], Event | None]) -> None:
        self._with(events=[made for event in self.year.events if (made := change(event)) is not None])

    # a whole year

    def fill(self) -> None:
        """No period lacks an event: one like the others of its line stands on a free working day."""
        first = date(self.year.year, 1, 1)
        self._each(lambda event: event._replace(status=EventStatus.PLANNED))
        short = [cell for cell in self._state(first - _DAY).check.cells if _asked(cell) and cell.shortfall]
        for number, cell in enumerate(short, 1):
            model = next((one for one in self.year.events if self._is_like(one, cell)), None)
            if model is not None and (day := self._free_day(cell)) is not None:
                self._with(events=(*self.year.events, _on(model, day)._replace(key=f"Z{number:03d}")))

    def _is_like(self, event: Event, cell: Cell) -> bool:
        fits = not cell.group or cell.group in [stage.label for stage in event.stages]
        return fits and event.campaign in self._ruleset.rule(cell.rule).campaigns

    def _free_day(self, cell: Cell) -> date | None:
        workdays, taken = workdays_of(self.year), {event.day for event in self.year.events}
        campaigns = self._ruleset.rule(cell.rule).campaigns
        closed = {
            day
            for one in self.year.blocked
            if not one.campaigns or set(one.campaigns) & set(campaigns)
            for day in one.days_near(self.year.year)
        }
        days = (cell.last - n * _DAY for n in range(9, (cell.last - cell.first).days))
        return next((d for d in days if workdays.is_workday(d) and d not in taken and d not in closed), None)

    # as it stands today

    def tell_by_the_day(self) -> None:
        """What is over was held, what is near is confirmed; early in the year the first events come first."""
        over = [event for event in self.year.events if event.day is not None and event.day < self._today]
        if len(over) < HELD:
            workdays = workdays_of(self.year)
            soonest = sorted(self.year.events, key=lambda event: (str(event.starts_at), event.key))[:HELD]
            days = {event.key: workdays.add(self._today, -n) for n, event in enumerate(reversed(soonest), 1)}
            self._each(lambda event: _on(event, days[event.key]) if event.key in days else event)
        self._each(self._told)

    def _told(self, event: Event) -> Event:
        assert event.day is not None
        if event.day < self._today:
            return event._replace(status=EventStatus.HELD, tentative=False)
        near = event.day <= self._today + _CONFIRMED_AHEAD
        return event._replace(
            status=EventStatus.CONFIRMED if near else EventStatus.PLANNED, tentative=not near
        )

    def settle(self) -> None:
        """Decisions that press are left out, milestones that are due are ticked."""
        pressing = {f.decision for f in self._state().check.findings if f.decision and f.state in _PRESSING}
        kept = {d.key for d in self.year.decisions} - pressing
        self._with(
            decisions=[one for one in self.year.decisions if one.key in kept],
            invitations=[one for one in self.year.invitations if one.decision in kept],
            opinions=[one for one in self.year.opinions if one.decision in kept],
        )
        self._tick()

    def _tick(self) -> None:
        """The milestones that are past or press were reached yesterday."""
        check = self._state().check
        press = {f.rule for f in check.findings if f.state in _PRESSING and not (f.advises or f.decision)}
        for row in milestone_rows(self.year, check):
            near = row.code.partition("|")[0] in press and row.state is not ClockState.OPEN
            if row.ticks and row.done is None and row.due and (row.due < self._today or near):
                ticked = tick_values(self.year, self._ruleset, row.code, self._today - _DAY)
                known = {**dict(self.year.year_row.settings), **ticked}
                kept = tuple(sorted((name, value) for name, value in known.items() if value is not None))
                self._with(row=self.year.year_row._replace(settings=kept))

    # what is to be done

    def leave_gaps(self) -> None:
        """The last quarter's theme and a few events of later periods are still to be found."""
        row = self.year.year_row
        if self._today < date(self.year.year, 10, 1):
            self._with(row=row._replace(quarter_themes=(*row.quarter_themes[:3], None)))
        later = [
            cell for cell in self._state().check.cells if cell.first > self._today and self._is_small(cell)
        ]
        rules: set[str] = set()
        for cell in sorted(later, key=_last_first):
            if len(rules) < GAPS and cell.rule not in rules and cell.state is CellState.PLANNED:
                rules.add(cell.rule)
                self._each(lambda event, gone=cell.events: None if event.key in gone else event)  # type: ignore[misc]

    def miss_one(self) -> None:
        """One period was missed, as late as may be; where none is over yet, a document was not filed in time."""
        over = [
            cell for cell in self._state().check.cells if cell.last < self._today and self._is_small(cell)
        ]
        for cell in sorted(over, key=_last_first):
            held = sum(event.status is EventStatus.HELD for event in self.year.events)
            if held - len(cell.events) < HELD:
                continue
            if self._tried(lambda event, gone=cell.events: None if event.key in gone else event, OVERDUE, 0):  # type: ignore[misc]
                return
        self._add_policy("区级企业服务专员管理办法（示例）", 8)

    def put_at_risk(self) -> None:
        """One period lacks its event, one its confirmation; where none is near, documents are to be filed soon."""
        titles = iter(("青年人才安居实施细则（示例）", "首发经济扶持办法（示例）"))
        for cell in sorted(self._near(), key=lambda cell: (cell.last, cell.rule)):
            at_risk = self._state().at_risk
            if at_risk >= AT_RISK:
                return
            postponed = at_risk == 0
            self._tried(lambda e, c=cell, p=postponed: _weakened(e, c, postponed=p), OVERDUE, at_risk + 1)  # type: ignore[misc]
        while self._state().at_risk < AT_RISK and (title := next(titles, "")):
            self._add_policy(title, 2)

    def _near(self) -> Iterator[Cell]:
        held = {event.key for event in self.year.events if event.status is EventStatus.HELD}
        for cell in self._state().check.cells:
            running = cell.workdays_left is not None and self._is_small(cell)
            if running and (not held & set(cell.events) or len(held) > _MOST_HELD):
                yield cell

    def _tried(self, change: Callable[[Event], Event | None], overdue: int, at_risk: int) -> bool:
        """Change the events where that gives just these counts."""
        before = self.year
        self._each(change)
        state = self._state()
        if (state.overdue, state.at_risk) == (overdue, at_risk):
            return True
        self.year = before
        return False

    def _is_small(self, cell: Cell) -> bool:
        return _asked(cell) and cell.state.is_met and 0 < len(cell.events) <= _FEW

    def _add_policy(self, title: str, ago: int) -> None:
        """A document published ``ago`` working days ago that is not filed yet, all else done."""
        made = PolicyDocument(
            f"y{len(self.year.policies) + 1}",
            title,
            published_on=workdays_of(self.year).add(self._today, -ago),
            office_name=True,
            forms=INTERPRETATIONS[:3],
            integrated=True,
        )
        self._with(policies=(*self.year.policies, made))


def _asked(cell: Cell) -> bool:
    return cell.severity is Severity.HARD and cell.state.is_asked


def _last_first(cell: Cell) -> tuple[int, bool, str]:
    return -cell.last.toordinal(), not cell.group, cell.rule


def _on(event: Event, day: date) -> Event:
    """The event on ``day``, at its hours."""
    assert event.starts_at is not None
    by = day - event.starts_at.date()
    return event._replace(
        starts_at=event.starts_at + by, ends_at=event.ends_at + by if event.ends_at else None
    )


def _weakened(event: Event, cell: Cell, *, postponed: bool) -> Event:
    if event.key not in cell.events:
        return event
    if postponed:
        return event._replace(
            status=EventStatus.POSTPONED, status_reason="主讲人另有安排", starts_at=None, ends_at=None
        )
    if event.status is EventStatus.CONFIRMED:
        return event._replace(status=EventStatus.PLANNED, tentative=True)
    return event
