"""在日历里找到一场活动、一项决策或一天：翻到那里，选中它。"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from gui.calendar.values import CalendarMode
from gui.session.landing import stands_on_a_day
from gui.session.year_session import YearSession
from models.domain.attendance import Decision
from models.domain.snapshot import ItemKind
from planners.attendance.stages import meeting_of

if TYPE_CHECKING:
    from gui.calendar.page import CalendarPage


def go_to_key(page: CalendarPage, session: YearSession, key: str) -> None:
    """Show and select the event (a filter that hides it is cleared) or the decision's meeting; or a day in ISO."""
    snapshot = session.snapshot
    event, decision = snapshot.event_by_key.get(key), snapshot.item(ItemKind.DECISION, key)
    if event is not None:
        if not page.current_days().passes(event):
            page.filters.clear()
        if event.day is not None:
            page.show_day(event.day)
        select(page, session, key)
    elif isinstance(decision, Decision) and (meeting := meeting_of(decision, snapshot)):
        if meeting.starts_at is not None:
            page.show_day(meeting.starts_at.date())
            select(page, session, key)
    else:
        try:
            page.show_day(date.fromisoformat(key))
        except ValueError:
            return


def select(page: CalendarPage, session: YearSession, key: str) -> None:
    """Select an event: on the day that is shown, else in 待定区."""
    event = session.snapshot.event_by_key.get(key)
    if event is not None and not stands_on_a_day(event):
        if not page.drawer.is_docked and not page.drawer.is_open:
            page.toggle_drawer()
        _select_waiting(page, key)
    elif page.mode is CalendarMode.AGENDA:
        page.agenda.go_to_key(key)
    else:
        view = page.canvas()
        view.select(page.selected_day, key, quietly=True)
        view.say_selection()
        page.panel.day.select_key(key)


def _select_waiting(page: CalendarPage, key: str) -> None:
    waiting = page.panel.waiting
    for number, row in enumerate(waiting.rows_model.rows):
        if row.key == key:
            waiting.setCurrentIndex(waiting.rows_model.index(number))
            waiting.setFocus(Qt.FocusReason.OtherFocusReason)
