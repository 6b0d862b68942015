"""日历的内容：哪些在格里、哪些在待定区，休班，周负荷，停排，规则与当日各行。"""

from __future__ import annotations

from datetime import date, datetime

from gui.calendar.day_rows import DayRowKind, day_rows
from gui.calendar.days import CalendarDays
from gui.calendar.list_models import AgendaModel, agenda_rows
from gui.calendar.month_rules import rule_rows
from gui.calendar.values import CalendarFilter
from gui.calendar.waiting import waiting_rows
from models.domain.events import Campaign, Precision
from models.domain.year import BlockedPeriod, Holidays
from planners.results import CellState
from tests.factories import check, event, sample, year
from tests.gui.overview.board_samples import sample_check


def days_of(*events, chosen: CalendarFilter = CalendarFilter(), **fields) -> CalendarDays:  # type: ignore[no-untyped-def]  # noqa: B008
    snapshot = year(*events, **fields)
    return CalendarDays(snapshot, check(snapshot), chosen)


def test_coarse_and_postponed_events_wait_and_stand_on_no_day() -> None:
    days = days_of(
        event(day="2027-09-01", key="month", precision=Precision.MONTH),
        event(day="2027-10-01", key="quarter", precision=Precision.QUARTER),
        event(day=None, key="unset", precision=Precision.UNSET),
        event(day="2027-09-10", key="postponed", status="postponed"),
        event(day="2027-09-10", key="dated"),
        event(day=None, key="cancelled", status="cancelled"),
    )
    assert [row.key for row in waiting_rows(days)] == ["postponed", "month", "quarter", "unset"]
    assert days.busy_days() == (date(2027, 9, 10),)
    assert "须在 10–12月" in next(row.line for row in waiting_rows(days) if row.key == "quarter")


def test_an_event_of_three_days_stands_on_each() -> None:
    long = event(day="2027-09-10", key="l")._replace(
        starts_at=datetime(2027, 9, 10), ends_at=datetime(2027, 9, 13), precision=Precision.DAY
    )
    days = days_of(long)
    assert days.busy_days() == (date(2027, 9, 10), date(2027, 9, 11), date(2027, 9, 12))
    assert [days.day(day).chips[0].later for day in days.busy_days()] == [False, True, True]


def test_holidays_and_makeup_days_are_marked() -> None:
    holidays = Holidays(True, "通知", ((date(2027, 9, 15), "中秋"),), (date(2027, 9, 26),))
    days = days_of(holidays=holidays)
    festival, makeup = days.day(date(2027, 9, 15)), days.day(date(2027, 9, 26))
    assert (festival.mark, festival.mark_words, festival.workday) == ("休", "中秋", False)
    assert (makeup.mark, makeup.mark_words, makeup.workday) == ("班", "调休上班", True)
    assert not festival.estimated
    assert days_of(holidays=holidays._replace(announced=False)).day(date(2027, 9, 15)).estimated


def test_weeks_begin_on_monday_and_know_their_limit() -> None:
    days = days_of(*(event("open_month", f"2027-08-{2 + n % 5:02d}", key=f"o{n}") for n in range(9)))
    weeks = days.month(date(2027, 8, 1))
    assert weeks[0].monday == date(2027, 7, 26)
    assert [week.number for week in weeks] == [30, 31, 32, 33, 34, 35]
    assert (weeks[1].total, weeks[1].limit, weeks[1].is_over) == (9, 8, True)


def test_filters_hide_campaigns_units_and_what_is_calm() -> None:
    events = (
        event("lecture", "2027-09-10", key="l", lead_units=("区司法局",), venue="v1"),
        event("campus", "2027-09-10", key="c", lead_units=("区教育局",), venue="v1"),
        event("campus", "2027-09-11", key="calm", lead_units=("区教育局",)),
    )

    def shown(**chosen: object) -> set[str]:
        days = days_of(*events, chosen=CalendarFilter(**chosen))  # type: ignore[arg-type]
        return {chip.key for day in days.busy_days() for chip in days.day(day).chips}

    assert shown(hidden=frozenset({"campus"})) == {"l"}
    assert shown(unit="区教育局") == {"c", "calm"}
    assert shown(conflicts_only=True) == {"l", "c"}


def test_a_decision_stands_on_the_day_of_its_meeting() -> None:
    days = CalendarDays(sample(), sample_check())
    chips = [chip for chip in days.day(date(2027, 9, 27)).chips if chip.decision]
    assert [chip.kind for chip in chips] == ["attend"]
    hidden = CalendarDays(sample(), sample_check(), CalendarFilter(frozenset({"attend"})))
    assert not hidden.day(date(2027, 9, 27)).chips


def test_a_day_is_paused_only_where_nothing_that_is_shown_may_be_planned() -> None:
    summer = BlockedPeriod("b", date(2027, 7, 1), date(2027, 8, 31), "暑假", campaigns=(Campaign.CAMPUS,))
    meeting = BlockedPeriod("c", date(2027, 8, 18), date(2027, 8, 18), "重要会议")
    others = frozenset(str(campaign) for campaign in Campaign if campaign is not Campaign.CAMPUS)
    everything = days_of(blocked=(summer, meeting))
    assert (everything.day(date(2027, 8, 17)).paused, everything.day(date(2027, 8, 18)).paused) == (
        "",
        "重要会议",
    )
    campus = days_of(blocked=(summer, meeting), chosen=CalendarFilter(others))
    assert campus.day(date(2027, 8, 17)).paused == "暑假"


def test_the_day_begins_with_its_conflict() -> None:
    days = days_of(
        event("lecture", "2027-09-10", at="09:00", key="a", short="甲"),
        event("lecture", "2027-09-10", at="14:00", key="b", short="乙", venue="v1"),
        event("campus", "2027-09-10", at="14:00", key="c", short="丙", venue="v1", hours=1.5),
        blocked=(BlockedPeriod("b", date(2027, 9, 10), date(2027, 9, 12), "检修", venues=("v2",)),),
    )
    rows = day_rows(days, days.details(date(2027, 9, 10)))
    assert [row.kind for row in rows] == [DayRowKind.CONFLICT, DayRowKind.PAUSE, *[DayRowKind.EVENT] * 3]
    assert rows[0].title == "场地冲突 14:00–15:30"
    assert rows[0].lines == ("“乙”与“丙”同用", "“宝你汇”直播间")
    assert rows[1].lines == ("区图书馆 · 9月10日至9月12日",)
    assert [row.key for row in rows[2:]] == ["a", "b", "c"]


def test_the_rules_of_a_month_say_how_each_stands() -> None:
    rows = {row.rule: row for row in rule_rows(sample_check(), date(2027, 8, 18))}
    assert (rows["lecture.monthly"].words, rows["lecture.monthly"].state) == ("1/1 已排", CellState.PLANNED)
    assert rows["community.monthly"].words.startswith("豁免（")
    assert rows["open_month.august"].words == "46 场，在 30–80 内"
    assert rows["campus.stages"].words == "2/3，缺初中"
    assert "community.coverage" not in rows


def test_a_rule_of_which_nothing_is_arranged_says_so_in_few_words() -> None:
    empty = year()
    rows = {row.rule: row for row in rule_rows(check(empty), date(2027, 10, 8))}
    assert rows["campus.stages"].words == "0/3 都未安排"


def test_the_agenda_lists_every_day_and_what_waits() -> None:
    rows = agenda_rows(CalendarDays(sample(), sample_check()))
    model = AgendaModel()
    model.set_rows(rows)
    heads = [row for row in rows if row.is_head]
    assert sum(row.count + row.due for row in heads) == len(rows) - len(heads)
    assert rows[-1].key == "A007"
    assert model.rows[model.first_row_from(date(2027, 8, 29))].day == date(2027, 8, 30)
    assert model.row_of("A029") > 0
    assert model.first_row_from(date(2028, 1, 1)) == -1
