"""开放月的数与规则检查、年度总览处处相等；没报的单位进提醒名单。"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from gui.overview.board_contents import board_contents
from models.domain.events import Event, EventStatus, Precision
from models.domain.units import UnitKind
from models.domain.year import Exemption
from planners.open_month import OpenMonth, open_month, reminder_text
from planners.results import CellState, YearCheck
from tests.factories import UNITS, cell, check, event, sample, year


def month_of(*events: Event, **more: object) -> tuple[OpenMonth, YearCheck]:
    snapshot = year(*events, **more)  # type: ignore[arg-type]
    checked = check(snapshot)
    return open_month(snapshot, checked), checked


def open_day(day: str | None, *units: str, **fields: object) -> Event:
    return event("open_month", day, lead_units=units, forms=("答疑",), **fields)  # type: ignore[arg-type]


def test_the_sample_month_is_in_its_range_and_three_towns_have_not_reported() -> None:
    snapshot = sample()
    checked = check(snapshot)
    month = open_month(snapshot, checked)
    assert (month.forecast, month.range_words, sum(month.per_day)) == (46, "30–80", 46)
    assert [line.name for line in month.missing if line.kind is UnitKind.TOWN] == [
        "罗店镇",
        "罗泾镇",
        "庙行镇",
    ]
    units = [c for c in checked.cells if c.rule == "open_month.units"]
    assert month.units_open == sum(c.forecast >= c.minimum for c in units)
    assert len(month.asked) == len(units) == 40
    (line,) = (line for line in board_contents(snapshot, checked).lines if line.key == "open_month")
    assert line.day_counts == month.per_day
    assert line.counts == f"{month.forecast} 场 / {month.units_open} 单位"


def test_online_drafts_cancelled_and_postponed_do_not_count_but_a_draft_is_reported() -> None:
    month, _ = month_of(
        open_day("2027-08-03", "区司法局", online_only=True),
        open_day("2027-08-04", "区教育局", status="draft"),
        open_day("2027-08-05", "顾村镇", status="cancelled"),
        open_day(None, "罗店镇", status="postponed"),
    )
    assert [(line.name, line.reported, line.forecast) for line in month.lines] == [
        ("顾村镇", False, 0),
        ("罗店镇", True, 0),
        ("区司法局", True, 0),
        ("区教育局", True, 0),
    ]
    assert (month.forecast, month.units_open, month.online, month.drafts) == (0, 0, 1, 1)
    assert [line.name for line in month.missing] == ["顾村镇"]


def test_an_event_of_a_town_and_a_department_stands_in_both_lines_and_counts_once() -> None:
    month, _ = month_of(open_day("2027-08-03", "区司法局", towns=("顾村镇",), expected=30, signed_up=12))
    assert [line.forecast for line in month.lines] == [1, 0, 1, 0]
    assert (month.forecast, month.expected, month.signed_up, month.without_expected) == (1, 30, 12, 0)


def test_bars_are_cut_to_august_and_what_has_no_day_yet_counts_without_one() -> None:
    start = datetime(2027, 7, 30, 19)
    long = open_day("2027-07-30", "区司法局")._replace(starts_at=start, ends_at=datetime(2027, 8, 8, 19))
    rough = open_day("2027-08-11", "区教育局")._replace(
        starts_at=datetime(2027, 8, 11), ends_at=datetime(2027, 8, 21), precision=Precision.TEN_DAYS
    )
    month, _ = month_of(long, rough)
    days = [(d.first, d.last, d.counts) for line in month.lines for d in line.days]
    assert days == [(1, 8, False)]
    (line,) = (line for line in month.lines if line.undated)
    assert (line.undated, line.forecast, month.forecast, sum(month.per_day)) == ((rough,), 1, 1, 0)
    assert month.months[6:8] == (1, 1)
    assert month.regular == 1


def test_a_park_that_takes_part_is_shown_and_not_asked_and_a_nameless_event_stands_last() -> None:
    month, _ = month_of(open_day("2027-08-03", "南大智慧城"), open_day("2027-08-04"))
    assert [(line.name, line.is_expected) for line in month.lines[-2:]] == [
        ("南大智慧城", False),
        ("（未填单位）", False),
    ]
    assert (month.forecast, month.units_open, len(month.asked)) == (2, 0, 4)


def test_an_exempt_unit_is_not_asked() -> None:
    excuse = Exemption("open_month.units", date(2027, 8, 1), date(2027, 8, 31), "区教育局", "迁址")
    month, _ = month_of(exemptions=(excuse,))
    assert {line.name: line.exempt for line in month.lines if line.exempt} == {"区教育局": "迁址"}
    assert len(month.asked) == 3


def test_the_reminder_names_towns_and_departments_with_the_day_of_publication() -> None:
    settings_ = {"open_month.theme": "走进家门口", "due:open_month.notice": "2027-07-20"}
    month, _ = month_of(open_day("2027-08-03", "区司法局", "顾村镇"), settings=settings_)
    assert reminder_text(month) == (
        "2027年8月政府开放月活动（主题：走进家门口），以下 2 个单位还没有报送：\n"
        "街镇（1）：罗店镇\n部门（1）：区教育局\n活动表定于7月20日公布，请在此之前报送。"
    )
    done, _ = month_of(*(open_day("2027-08-03", unit.key) for unit in UNITS))
    assert reminder_text(done) == ""


def test_events_without_interaction_are_marked() -> None:
    month, _ = month_of(event("open_month", "2027-08-03", lead_units=("区司法局",), forms=("参观",)))
    assert month.without_interaction == 1
    assert not month.lines[2].days[0].interactive


@dataclass(frozen=True)
class _Case:
    day: int
    status: EventStatus
    online: bool
    units: tuple[str, ...]


CASES = st.builds(
    _Case,
    st.integers(-20, 60),
    st.sampled_from(EventStatus),
    st.booleans(),
    st.lists(st.sampled_from([unit.key for unit in UNITS]), max_size=3, unique=True).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(CASES, max_size=12))
def test_every_number_is_the_checks_and_the_boards(cases: list[_Case]) -> None:
    events = [
        open_day(
            (date(2027, 8, 1) + timedelta(days=case.day)).isoformat(),
            *case.units,
            status=case.status,
            online_only=case.online,
        )
        for case in cases
    ]
    snapshot = year(*events)
    checked = check(snapshot)
    month = open_month(snapshot, checked)
    district = cell(checked, "open_month.august", "2027-08-01")
    assert (month.forecast, month.held, month.state) == (district.forecast, district.held, district.state)
    assert sum(month.per_day) == month.months[7] == month.forecast
    for line in month.asked:
        assert line.forecast == cell(checked, "open_month.units", "2027-08-01", line.name).forecast
    assert len(month.missing) == sum(not line.reported for line in month.asked)
    (board,) = (line for line in board_contents(snapshot, checked).lines if line.key == "open_month")
    assert board.counts == f"{month.forecast} 场 / {month.units_open} 单位"
    assert board.day_counts == month.per_day
    assert month.state is not CellState.EXEMPT
