"""沿用上年的话：每场补哪里、上年在哪天、为什么在这天，哪些须由人定。"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from models.domain.changes import RowChange
from models.domain.events import Campaign, Event
from models.domain.rules import RuleSet, Severity
from models.domain.snapshot import YearSnapshot
from models.domain.workdays import WEEKDAYS, workdays_of
from planners.checks import check_year
from planners.checks.conflicts import belong_together
from planners.copying_days import CopiedDay, counterpart, place_in_month
from planners.copying_names import Copied
from planners.proposals import Cause, Entry, Open, Reason, ReasonKind, Target, Way
from planners.proposals_applied import apply_entries
from planners.proposals_stale import clash_words
from planners.results import Cell
from planners.wording import cell_title, day_label, estimate_mark, short_day

UNDATED = "未定日期"


def year_word(old: int, new: int) -> str:
    """上年 for the year before, else 2025年."""
    return "上年" if old == new - 1 else f"{old}年"


def bare_entry(previous: YearSnapshot, blank: YearSnapshot, copied: Copied) -> Entry:
    """The entry of one event, without reasons yet."""
    old, event = copied.old, copied.event
    human = _for_person(blank, copied)
    day, year = event.day, year_word(previous.year, blank.year)
    return Entry(
        f"copy:{previous.year}:{old.key}",
        Way.NEW,
        _label(event),
        f"{year}{day_label(old.day) if old.day else old.day_words or UNDATED}",
        (RowChange.of(None, event),),
        ticked=not human,
        human=human,
        estimated=day is not None and workdays_of(blank).is_estimated(day),
    )


def _for_person(blank: YearSnapshot, copied: Copied) -> str:
    """Which decision only a person can take before the event is taken over; "" none."""
    event = copied.event
    if any(e.campaign is event.campaign and e.title == event.title for e in blank.events):
        return "今年已有同名活动"
    if event.campaign is Campaign.HOST_MEETING:
        return "会期由会议主办方定"
    if event.campaign is Campaign.TECH_FORUM:
        return "须选定宿主会议"
    return "须另定牵头单位" if copied.carried.host_lost else ""


def _label(event: Event) -> str:
    when = f"{event.day.month}月" if event.day else event.day_words or "待定"
    return f"{event.campaign.label} · {when}"


def lost_entry(old: Event, year: int, spot: CopiedDay) -> Open:
    """Why an event of last year finds no place."""
    assert old.starts_at is not None
    was, wanted = old.day_words, old.day_words
    if old.day is not None:
        was, wanted = day_label(old.day), short_day(counterpart(old.day, year))
    text = f"{year_word(old.starts_at.year, year)}在{was}，今年应在{wanted}（{spot.why[0]}），所在周期内没有可排的日子。"
    cause = Cause.PAST if spot.why[0] == "已过" else Cause.BLOCKED
    return Open(f"{old.campaign.label} · {old.short or old.title}", cause, text)


class Telling:
    """Writes what each entry fills and why its day, against the year with all of them in it."""

    def __init__(
        self,
        previous: YearSnapshot,
        blank: YearSnapshot,
        bare: Sequence[Entry],
        copies: Sequence[Copied],
        today: date,
        ruleset: RuleSet,
    ) -> None:
        self._ruleset = ruleset
        self._old_year = previous.year
        self._old = {copied.event.key: copied.old for copied in copies}
        self._workdays = workdays_of(blank)
        self._before = check_year(blank, today, ruleset)
        self._year = apply_entries(blank, bare)
        self._after = check_year(self._year, today, ruleset)
        self._cells: dict[str, list[Cell]] = {}
        for before, after in zip(self._before.cells, self._after.cells, strict=True):
            if before.forecast < max(before.minimum, before.target or 0):
                for key in after.events:
                    self._cells.setdefault(key, []).append(before)
        self._by_day: dict[date, list[Event]] = {}
        self._weeks: Counter[tuple[int, int]] = Counter()
        for event in self._year.events:
            if event.counts_in_forecast and event.day is not None:
                self._by_day.setdefault(event.day, []).append(event)
                self._weeks[event.day.isocalendar()[:2]] += event.campaign is not Campaign.HOST_MEETING

    def told(self, entry: Entry, copied: Copied) -> Entry:
        """``entry`` with the cells it fills and its reasons."""
        cells = self._cells.get(copied.event.key, [])
        cells.sort(key=lambda cell: cell.severity is not Severity.HARD)
        targets = tuple(Target(cell.rule, cell.first, cell.last, cell.group) for cell in cells)
        hard = next((cell for cell in cells if cell.severity is Severity.HARD), None)
        label = cell_title(hard, self._ruleset) if hard is not None else entry.label
        return entry._replace(label=label, targets=targets, reasons=tuple(self._reasons(copied)))

    def _reasons(self, copied: Copied) -> Iterator[Reason]:
        yield Reason(ReasonKind.HABIT, "沿用上年", self._where_from(copied))
        day = copied.event.day
        if copied.spot.why[0]:
            yield Reason(ReasonKind.COST, *copied.spot.why)
        if day is not None:
            yield from self._of_the_day(copied.event, day)
        yield from copied.carried.reasons
        if day is not None and self._workdays.is_estimated(day):
            yield Reason(ReasonKind.ESTIMATE, "放假安排未公布", estimate_mark(day.year))

    def _where_from(self, copied: Copied) -> str:
        old = copied.old
        year = year_word(self._old_year, self._year.year)
        if old.day is None:
            return f"{year}在{old.day_words}，今年相同" if old.days else f"{year}{UNDATED}，今年仍待定"
        words = f"{year}{place_in_month(old.day)}（{short_day(old.day)}）"
        return f"{words}，今年同周同日" if copied.spot.same else words

    def _of_the_day(self, event: Event, day: date) -> Iterator[Reason]:
        if not self._workdays.is_workday(day):
            name = self._workdays.name_of(day) or f"周{WEEKDAYS[day.weekday()]}"
            yield Reason(
                ReasonKind.REST_DAY,
                "排在休息日",
                f"{name}，{year_word(self._old_year, day.year)}也在休息日办",
            )
        clashes = (
            clash_words(self._year, event, other)
            for other in self._by_day[day]
            if other.key != event.key and not self._belonged_together(event, other)
        )
        if words := next((words for words in clashes if words), ""):
            yield Reason(ReasonKind.CONFLICT, "有冲突", words)
            return
        load, limit = self._weeks[day.isocalendar()[:2]], self._after.week_limit
        yield Reason(ReasonKind.CONFLICT, "无冲突", f"当周 {load} 场（上限 {limit}）")

    def _belonged_together(self, event: Event, other: Event) -> bool:
        """A zone and the meeting that carried it last year are no clash."""
        old, beside = self._old.get(event.key), self._old.get(other.key)
        return old is not None and beside is not None and belong_together(old, beside)
