"""日历上从哪里拿起一场活动：月、周、日程、待定区；拿着时翻页，Alt+方向键一步移走。"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Qt

from gui.calendar.day_keys import same_day_of_month
from gui.calendar.values import CalendarMode
from gui.session.landing import next_workday, stands_on_a_day
from gui.session.year_session import YearSession

if TYPE_CHECKING:
    from datetime import date

    from gui.calendar.page import CalendarPage


class CalendarHands(QObject):
    """Takes events of ``page`` up for its ``carrying``; what is said about it is said by the page."""

    def __init__(self, session: YearSession, page: CalendarPage) -> None:
        super().__init__(page)
        self._session = session
        self._page = page

    def _place_of(self, key: str, day: date) -> QRect:
        page = self._page
        view = page.canvas()
        rect = view.to_viewport(view.chip_rect(day, key)).toRect()
        return QRect(view.viewport().mapTo(page, rect.topLeft()), rect.size())

    def take_from_view(self, key: str, by_pointer: bool) -> None:  # noqa: FBT001
        """Take up the event that is shown on the selected day."""
        view = self._page.canvas()
        source = self._place_of(key, view.selected_day)
        self._page.carrying.pick_up(key, by_pointer=by_pointer, home=view, source=source)

    def take_waiting(self, key: str, by_pointer: bool) -> None:  # noqa: FBT001
        """Take up an event of 待定区; a drawer steps aside."""
        page, waiting = self._page, self._page.panel.waiting
        if page.mode is CalendarMode.AGENDA:
            page.show_month()
        rect = waiting.row_rect(key)
        source = QRect(waiting.viewport().mapTo(page, rect.topLeft()), rect.size())
        view = page.canvas()
        if by_pointer and page.drawer.is_open:
            page.drawer.move(page.width() - 4, page.drawer.y())
        day = max(page.selected_day, self._session.today)
        taken = page.carrying.pick_up(key, by_pointer=by_pointer, home=view, source=source, day=day)
        if taken and not by_pointer:
            page.drawer.hide()
            view.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_listed(self, key: str, by_pointer: bool) -> None:  # noqa: FBT001
        """Take up an event of 日程: over the month, where it lies."""
        self._page.show_month()
        self._page.go_to(key)
        self.take_from_view(key, by_pointer)

    def put_back(self) -> None:
        """What is in the hand goes back where it was."""
        self._page.carrying.cancel()

    def turn_page(self, step: int) -> None:
        """While an event is carried: the neighbouring month or week, within the year."""
        page = self._page
        day = same_day_of_month(page.selected_day, step)
        if page.mode is CalendarMode.WEEK:
            day = page.selected_day + timedelta(days=7 * step)
        page.bring_up(day)

    def nudge(self, key: str, days: int, over_rest: bool) -> None:  # noqa: FBT001
        """Move an event by ``days`` (Alt+arrows); by one day, days off are skipped."""
        page = self._page
        event = self._session.snapshot.event_by_key.get(key)
        if event is None or event.day is None or not stands_on_a_day(event):
            page.said.emit("这场活动还没有定日期，请按 Ctrl+M 拿起")
            return
        if page.mode is CalendarMode.AGENDA:
            page.show_month()
        day = event.day + timedelta(days=days)
        if over_rest:
            day = next_workday(event.day, days, page.current_days().workdays.is_workday)
        if event.day not in page.canvas().shown_days():
            page.bring_up(event.day)
        home, source = page.canvas(), self._place_of(key, event.day)
        if page.carrying.pick_up(key, by_pointer=False, home=home, source=source, day=day):
            page.carrying.put_down(Qt.KeyboardModifier.NoModifier)
