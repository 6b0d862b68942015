"""日历测试的小工具：在画布上按下、拖动、放开，数一数变了哪些活动。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from gui.calendar.day_view import DayView
from gui.calendar.page import CalendarPage
from gui.session.year_session import YearSession
from models.domain.events import Event

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def send_move(widget: QWidget, at: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """The pointer moves over ``widget`` with the left button down."""
    place = QPointF(at)
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        place,
        QPointF(widget.mapToGlobal(at)),
        Qt.MouseButton.NoButton,
        LEFT,
        modifiers,
    )
    QApplication.sendEvent(widget, event)


def chip_middle(view: DayView, day: date, key: str) -> QPoint:
    """Where a chip is, in the viewport."""
    return view.to_viewport(view.chip_rect(day, key)).center().toPoint()


def day_middle(view: DayView, day: date) -> QPoint:
    """The middle of a day, in the viewport."""
    return view.to_viewport(view.day_rect(day)).center().toPoint()


def press_and_drag(view: DayView, key: str, day: date, target: date) -> None:
    """Press on a chip and move to ``target`` without letting go."""
    viewport = view.viewport()
    start, end = chip_middle(view, day, key), day_middle(view, target)
    QTest.mousePress(viewport, LEFT, NONE, start)
    send_move(viewport, start + QPoint(20, 4))
    send_move(viewport, end)


def drag(view: DayView, key: str, day: date, target: date) -> None:
    """Drag a chip from ``day`` to ``target``."""
    press_and_drag(view, key, day, target)
    QTest.mouseRelease(view.viewport(), LEFT, NONE, day_middle(view, target))


def key(page: CalendarPage, code: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Press a key on the view that is shown."""
    QTest.keyClick(page.focusProxy(), code, modifiers)


def events_now(session: YearSession) -> Mapping[str, Event]:
    """The events of the year."""
    return dict(session.snapshot.event_by_key)


def changed_keys(before: Mapping[str, Event], session: YearSession) -> set[str]:
    """The keys of the events that are not as they were."""
    now = session.snapshot.event_by_key
    return {key for key in {*before, *now} if before.get(key) != now.get(key)}
