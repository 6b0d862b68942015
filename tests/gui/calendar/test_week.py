"""周视图：同时的活动并排，冲突的从不收起，时间格够宽够长。"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSizeF
from pytestqt.qtbot import QtBot

from gui.calendar.canvas import HitKind
from gui.calendar.days import CalendarDays
from gui.calendar.week_layout import Slot, Span, lay_out_week, side_by_side
from gui.calendar.week_view import WeekView
from models.domain.events import Precision
from tests.factories import check, event, year

DAY = date(2027, 8, 18)
TODAY = date(2027, 6, 15)


def span(key: str, start: float, end: float, *, conflict: bool = False) -> Span:
    return Span(key, round(60 * start), round(60 * end), conflict)


def test_events_at_the_same_time_stand_side_by_side() -> None:
    arranged = side_by_side([span("a", 9, 11), span("b", 10, 12), span("c", 11, 13), span("d", 14, 15)], 9)
    assert arranged.slots == {"a": Slot(0, 2), "b": Slot(1, 2), "c": Slot(0, 2), "d": Slot(0, 1)}
    assert arranged.hidden == ()


def test_what_touches_does_not_overlap() -> None:
    arranged = side_by_side([span("a", 9, 10), span("b", 10, 11)], 9)
    assert set(arranged.slots.values()) == {Slot(0, 1)}


def test_more_than_fit_are_counted_but_conflicts_are_never_left_out() -> None:
    calm = [span(f"o{n}", 9, 11) for n in range(20)]
    clash = [span("x0", 9.5, 11, conflict=True), span("x1", 10, 12, conflict=True)]
    arranged = side_by_side([*calm, *clash], 3)
    assert {"x0", "x1"} <= set(arranged.slots)
    assert len(arranged.slots) == 3
    assert arranged.hidden == ((540, 19),)


def test_slots_of_one_group_never_overlap() -> None:
    spans = [span(str(n), 8 + n % 5 * 0.75, 9.5 + n % 7) for n in range(24)]
    by_key = {one.key: one for one in spans}
    arranged = side_by_side(spans, 40)
    places = list(arranged.slots.items())
    for key, slot in places:
        for other, other_slot in places:
            if key < other and slot.column == other_slot.column:
                assert not by_key[key].overlaps(by_key[other])


def week_view(qtbot: QtBot, *events, height: int = 700) -> WeekView:  # type: ignore[no-untyped-def]
    snapshot = year(*events)
    view = WeekView()
    qtbot.addWidget(view)
    view.resize(1400, height)
    view.show()
    view.show_week(CalendarDays(snapshot, check(snapshot)), DAY, TODAY)
    return view


def test_blocks_that_overlap_in_time_do_not_overlap_on_screen(qtbot: QtBot, themed: None) -> None:
    view = week_view(
        qtbot, *(event("open_month", DAY, at=f"{9 + n:02d}:00", key=f"k{n}", hours=2.5) for n in range(4))
    )
    rects = [hit.rect for hit in view.layer().hits if hit.kind is HitKind.EVENT]
    assert len(rects) == 4
    assert not any(one.intersects(other) for n, one in enumerate(rects) for other in rects[n + 1 :])


def test_the_grid_reaches_as_early_and_late_as_the_events(themed: None) -> None:
    early, late = event("lecture", DAY, at="07:30", key="e"), event("lecture", DAY, at="18:30", key="l")
    plain, wide = year(event("lecture", DAY)), year(early, late)
    hours = [
        (layout.first_hour, layout.last_hour)
        for snapshot in (plain, wide)
        for layout in [
            lay_out_week(QSizeF(1400, 700), CalendarDays(snapshot, check(snapshot)).week(date(2027, 8, 16)))
        ]
    ]
    assert hours == [(8, 18), (7, 21)]


def test_the_hours_are_those_that_were_chosen(qtbot: QtBot, themed: None) -> None:
    view = week_view(qtbot, event("open_month", DAY, at="09:00", key="a"))
    view.show_hours((9, 17))
    assert (view.week_layout().first_hour, view.week_layout().last_hour) == (9, 17)
    view.show_hours((10, 16))
    assert (view.week_layout().first_hour, view.week_layout().last_hour) == (9, 16)


def test_events_without_a_clock_time_stand_in_the_row_above(qtbot: QtBot, themed: None) -> None:
    view = week_view(
        qtbot,
        event("open_month", DAY, at="00:00", key="day", hours=24, precision=Precision.DAY),
        event("open_month", DAY, at="09:00", key="timed"),
    )
    places = {hit.key: hit.rect for hit in view.layer().hits if hit.kind is HitKind.EVENT}
    assert places["day"].bottom() <= view.head_height() < places["timed"].top()


def test_the_week_follows_the_selected_day(qtbot: QtBot, themed: None) -> None:
    view = week_view(qtbot, event("open_month", DAY, key="a"))
    view.select(date(2027, 8, 24))
    assert view.shown_days()[0] == date(2027, 8, 23)
    assert view.chip_of("a") is None
