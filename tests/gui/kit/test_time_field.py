"""时间一栏：知道到哪一步就填到哪一步，没有碰过的原样出来。"""

from __future__ import annotations

from datetime import date, datetime

import pytest
from PySide6.QtCore import QDate, QPoint, QTime
from pytestqt.qtbot import QtBot

from gui.kit.theme import theme
from gui.kit.time_field import TimeField, When, when_of
from models.domain.events import Campaign, Event, Precision

TODAY = date(2027, 6, 15)


def shown(qtbot: QtBot, event: Event) -> TimeField:
    field = TimeField(2027)
    qtbot.addWidget(field)
    field.show_when(event, TODAY)
    return field


def event_at(
    starts: datetime | None, ends: datetime | None = None, precision: Precision = Precision.TIME
) -> Event:
    return Event("E1", Campaign.LECTURE, "名称", starts_at=starts, ends_at=ends, precision=precision)


@pytest.mark.parametrize(
    "event",
    [
        event_at(datetime(2027, 6, 18, 9), datetime(2027, 6, 18, 11)),
        event_at(datetime(2027, 6, 18, 9)),
        event_at(datetime(2027, 6, 18, 9), datetime(2027, 6, 20, 17)),
        event_at(datetime(2027, 6, 18, 8, 30), datetime(2027, 6, 18, 12), Precision.HALF_DAY),
        event_at(datetime(2027, 6, 18), datetime(2027, 6, 21), Precision.DAY),
        event_at(datetime(2027, 6, 11), datetime(2027, 6, 21), Precision.TEN_DAYS),
        event_at(datetime(2027, 6, 1), datetime(2027, 7, 1), Precision.MONTH),
        event_at(datetime(2027, 4, 1), datetime(2027, 7, 1), Precision.QUARTER),
        event_at(None)._replace(raw_time="视会期而定"),
        event_at(None, precision=Precision.UNSET),
    ],
)
def test_what_is_not_touched_comes_out_as_it_went_in(qtbot: QtBot, themed: None, event: Event) -> None:
    assert shown(qtbot, event).value() == when_of(event)


@pytest.mark.parametrize(
    ("precision", "starts", "ends"),
    [
        (Precision.HALF_DAY, datetime(2027, 6, 15, 13, 30), datetime(2027, 6, 15, 17)),
        (Precision.DAY, datetime(2027, 6, 15), datetime(2027, 6, 16)),
        (Precision.TEN_DAYS, datetime(2027, 6, 11), datetime(2027, 6, 21)),
        (Precision.MONTH, datetime(2027, 6, 1), datetime(2027, 7, 1)),
        (Precision.QUARTER, datetime(2027, 4, 1), datetime(2027, 7, 1)),
        (Precision.UNSET, None, None),
    ],
)
def test_a_coarser_time_spans_its_whole_period(
    qtbot: QtBot, themed: None, precision: Precision, starts: datetime | None, ends: datetime | None
) -> None:
    field = shown(qtbot, event_at(datetime(2027, 6, 15, 14), datetime(2027, 6, 15, 16)))
    field.precision.choose(precision)
    assert field.value() == When(starts, ends, precision, tentative=False, raw_time="")


def test_the_last_third_of_a_month_ends_with_the_month(qtbot: QtBot, themed: None) -> None:
    field = shown(qtbot, event_at(datetime(2027, 2, 25, 14)))
    field.precision.choose(Precision.TEN_DAYS)
    assert field.value()[:2] == (datetime(2027, 2, 21), datetime(2027, 3, 1))


def test_another_day_keeps_the_hours_and_the_length_over_several_days(qtbot: QtBot, themed: None) -> None:
    field = shown(qtbot, event_at(datetime(2027, 6, 18, 9), datetime(2027, 6, 20, 17)))
    field.day.setDate(QDate(2027, 7, 1))
    assert field.value()[:2] == (datetime(2027, 7, 1, 9), datetime(2027, 7, 3, 17))


def test_a_start_behind_the_end_moves_the_end(qtbot: QtBot, themed: None) -> None:
    field = shown(qtbot, event_at(datetime(2027, 6, 18, 9), datetime(2027, 6, 18, 11)))
    field.starts.setTime(QTime(15, 0))
    assert field.value()[:2] == (datetime(2027, 6, 18, 15), datetime(2027, 6, 18, 17))


@pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the offscreen platform says so
def test_a_narrow_field_breaks_its_line_where_there_is_no_room(qtbot: QtBot, themed: None) -> None:
    theme().choose(scale=1.3)
    field = TimeField(2027, narrow=True)
    qtbot.addWidget(field)
    field.show_when(event_at(datetime(2027, 6, 18, 9), datetime(2027, 6, 18, 11)), TODAY)
    field.resize(520, field.heightForWidth(520))
    field.show()
    assert field.starts.mapTo(field, QPoint()).y() == field.day.mapTo(field, QPoint()).y()
    field.resize(370, field.heightForWidth(370))
    assert field.minimumSizeHint().width() <= 370
    assert field.starts.mapTo(field, QPoint()).y() > field.day.geometry().bottom()
    assert field.ends.mapTo(field, QPoint(field.ends.width(), 0)).x() <= 370
