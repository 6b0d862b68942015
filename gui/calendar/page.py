"""日历：月、周、日程三种看法，右侧是当日、待定区和本月规则；拖着或用键盘移动活动。"""

from __future__ import annotations

from datetime import date, time, timedelta

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from gui.calendar.bars import CalendarFilterBar, CalendarHeader
from gui.calendar.canvas import Hit, HitKind
from gui.calendar.controller import CalendarController
from gui.calendar.day_rows import day_rows
from gui.calendar.day_view import DayView
from gui.calendar.days import CalendarDays
from gui.calendar.drag_controller import DragController
from gui.calendar.lists import AgendaView
from gui.calendar.month_rules import rule_rows
from gui.calendar.month_view import MonthView
from gui.calendar.notices import CalendarNotices
from gui.calendar.page_words import (
    agenda_subtitle,
    hit_words,
    month_subtitle,
    month_title,
    week_subtitle,
)
from gui.calendar.side_panel import SidePanel
from gui.calendar.values import CalendarMode, same_day_of_month
from gui.calendar.waiting import waiting_rows
from gui.calendar.week_view import WeekView
from gui.kit.deadline_places import open_deadline
from gui.kit.empty_state import EmptyState
from gui.kit.event_words import as_tooltip, with_release
from gui.kit.message_bar import BarArea
from gui.kit.page import RULES, NewEvent
from gui.kit.side_drawer import WIDE
from gui.kit.theme import theme
from gui.kit.year_page import PanelPage
from gui.services.program_settings import SettingsFile
from gui.session.landing import next_workday, stands_on_a_day
from gui.session.visiting import visit
from gui.session.year_session import YearSession
from models.domain.attendance import Decision
from models.domain.events import Campaign
from models.domain.snapshot import ItemKind
from models.domain.units import UnitKind
from planners.attendance.stages import meeting_of
from planners.open_years import deadlines_beside
from planners.results import DeadlineItem


class CalendarPage(PanelPage):
    """The year by days. What needs a dialog or another page is asked for by signals."""

    def __init__(self, session: YearSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._day = session.today
        self._mode = CalendarMode.MONTH
        self._days: CalendarDays | None = None
        self._settings: SettingsFile | None = None
        self.header = CalendarHeader()
        self.filters = CalendarFilterBar()
        self.bars = BarArea(margins=(16, 6, 16, 6))
        self.month = MonthView()
        self.week = WeekView()
        self.agenda = AgendaView()
        self.empty = EmptyState()
        self.panel = SidePanel()
        self._lay_out()
        self.controller = CalendarController(session, self.current_days, self.main_view, self)
        self.drag = DragController(session, self, self.canvas, self.panel.waiting)
        self.notices = CalendarNotices(session, self.bars, self.filters, self)
        self._connect()
        self.setFocusProxy(self.month)
        self.follow()

    def _lay_out(self) -> None:
        centre = QWidget()
        self._stack = QStackedLayout(centre)
        for view in (self.month, self.week, self.agenda, self.empty):
            self._stack.addWidget(view)
        below = ((self.bars, 0), (centre, 1))
        width = theme().size("todoPanel") + 12
        self.put_together(self.header, self.filters, below, self.panel, width, self.filters.panel_button)
        self._style()

    def _style(self) -> None:
        self.header.setFixedHeight(self.head_height())
        self.filters.setFixedHeight(round(40 * theme().scale))

    def _connect(self) -> None:
        for view in (self.month, self.week):
            self._connect_canvas(view)
        self.month.week_requested.connect(self._on_week_requested)
        self._connect_agenda()
        self._connect_panel()
        self._connect_helpers()
        self.header.stepped.connect(self.step)
        self.header.today_clicked.connect(self.go_to_today)
        self.header.mode_chosen.connect(self.show_mode)
        self.header.new_clicked.connect(self.make_new)
        self.header.plan_clicked.connect(self.plan_requested)
        self.filters.changed.connect(self._on_filters_changed)
        self._session.beside_changed.connect(self._on_beside_changed)
        self.filters.panel_clicked.connect(self.toggle_drawer)
        theme().changed.connect(self._on_theme_changed)

    def _connect_canvas(self, view: DayView) -> None:
        view.set_describer(self._describe)
        view.day_selected.connect(self._on_day_selected)
        view.event_requested.connect(self.event_requested)
        view.decision_requested.connect(self.decision_requested)
        view.deadline_requested.connect(self._open_deadline)
        view.new_event_requested.connect(self.ask_new)
        view.more_requested.connect(self._on_more)
        view.context_requested.connect(self._on_context)
        view.stepped.connect(self.step)
        view.today_requested.connect(self.go_to_today)
        view.picked_up.connect(self.take_from_view)
        view.dragged_to.connect(self.drag.point_to)
        view.dropped.connect(self.drag.let_go)
        view.dragged_by.connect(self.drag.step)
        view.put_down.connect(self.drag.put_down)
        view.drag_cancelled.connect(self.put_back)
        view.left_while_dragging.connect(self.drag.leave)
        view.nudged.connect(self.nudge)
        view.said.connect(self.said)

    def _connect_agenda(self) -> None:
        agenda = self.agenda
        agenda.opened.connect(self.controller.open_row)
        agenda.menu_requested.connect(self.controller.show_row_menu)
        agenda.day_selected.connect(self._on_day_selected)
        agenda.stepped.connect(self.step)
        agenda.nudged.connect(self.nudge)
        agenda.picked_up.connect(self.take_listed)
        agenda.new_event_requested.connect(self.ask_new)
        agenda.today_requested.connect(self.go_to_today)

    def _connect_panel(self) -> None:
        panel = self.panel
        panel.day.opened.connect(self.controller.open_row)
        panel.day.menu_requested.connect(self.controller.show_row_menu)
        panel.waiting.opened.connect(self.controller.open_row)
        panel.waiting.menu_requested.connect(self.controller.show_row_menu)
        panel.waiting.picked_up.connect(self.take_waiting)
        panel.waiting.pointed.connect(self.drag.point_to)
        panel.waiting.let_go.connect(self.drag.let_go)
        panel.rule_requested.connect(self._on_rule_requested)

    def _connect_helpers(self) -> None:
        self.controller.deadline_requested.connect(self._open_deadline)
        self.notices.new_wanted.connect(self.make_new)
        self.notices.plan_wanted.connect(self.plan_requested)
        self.notices.month_wanted.connect(self.show_month)
        self.controller.new_on_day.connect(self.ask_new)
        self.controller.landed.connect(self._on_landed)
        self.drag.postpone_requested.connect(self.postpone_to_requested)
        self.drag.landed.connect(self._on_landed)
        self.drag.page_wanted.connect(self.turn_page)
        self.drag.day_wanted.connect(self.bring_up)
        self.drag.said.connect(self.said)

    # what is shown

    def current_days(self) -> CalendarDays:
        """What is shown of the year."""
        assert self._days is not None
        return self._days

    def canvas(self) -> DayView:
        """The view of days: the week, or the month, which also stands for the list."""
        return self.week if self._mode is CalendarMode.WEEK else self.month

    def main_view(self) -> QWidget:
        """The view that is on."""
        return self.agenda if self._mode is CalendarMode.AGENDA else self.canvas()

    @property
    def selected_day(self) -> date:
        """The day that is selected."""
        return self._day

    @property
    def mode(self) -> CalendarMode:
        """Which view is on."""
        return self._mode

    def _on_changed(self) -> None:
        self.drag.cancel(keep_focus=True)
        super()._on_changed()

    def _deadlines_beside(self) -> tuple[DeadlineItem, ...]:
        return deadlines_beside(self._session.snapshot, self._session.beside)

    def _on_beside_changed(self) -> None:
        """What is due in other years is shown at once, or once nothing is carried or the page is seen again."""
        if not self._session.has_year or self.current_days().beside == self._deadlines_beside():
            return
        if self.isVisible() and self.drag.state is None:
            self._build_days()
            self._show()
        else:
            self._stale = True

    def show_year(self) -> None:
        """The days of the year, the view that is on, and what stands beside it."""
        snapshot = self._session.redacted.snapshot
        leading = {key for event in snapshot.events for key in event.units}
        self.filters.show_units(
            [(u.name, u.key) for u in snapshot.units if u.key in leading or u.kind is UnitKind.TOWN]
        )
        self._day = self._inside(self._day)
        self._build_days()
        self.allow()
        self._show()

    def _build_days(self) -> None:
        session = self._session
        self._days = CalendarDays(
            session.snapshot, session.check, self.filters.chosen, self._deadlines_beside()
        )

    def _inside(self, day: date) -> date:
        """``day``, or the nearest one of the open year; in another year today or the same month."""
        year = self._session.year
        if day.year == year:
            return day
        if self._session.today.year == year:
            return self._session.today
        return date(year, 1, 1) if day.year < year else date(year, 12, 31)

    def _show(self) -> None:
        """Show the selected day in the present view, beside it what belongs to the day and the month."""
        days, today = self.current_days(), self._session.today
        if self._mode is CalendarMode.MONTH:
            self.month.show_month(days, self._day, today)
        elif self._mode is CalendarMode.WEEK:
            self.week.show_week(days, self._day, today)
        else:
            self.agenda.show_days(days, today)
            if self.agenda.current_row is None:
                self.agenda.go_to_day(self._day)
        self._show_titles()
        self._show_bars()
        self._show_panel()

    def _show_titles(self) -> None:
        days = self.current_days()
        subtitle = month_subtitle(days, self._day)
        if self._mode is CalendarMode.WEEK:
            subtitle = week_subtitle(days, self._day)
        elif self._mode is CalendarMode.AGENDA:
            subtitle = agenda_subtitle(self.agenda.rows_model.rows)
        self.header.show_titles(month_title(self._day), subtitle)

    def _show_panel(self) -> None:
        days = self.current_days()
        details = days.details(self._day)
        self.panel.show_day(details.day, day_rows(days, details))
        rows = waiting_rows(days)
        self.panel.show_waiting(rows, movable=not self._session.read_only)
        self.panel.show_rules(f"{self._day.month}月规则", rule_rows(self._session.check, self._day))
        self.filters.show_waiting(len(rows), docked=self.drawer.is_docked)

    def _show_bars(self) -> None:
        """The bars above the calendar, and the empty state in the place of an empty list."""
        shown = () if self._mode is CalendarMode.AGENDA else self.canvas().shown_days()
        self.notices.show(self.current_days(), self._day, shown, weekly=self._mode is CalendarMode.WEEK)
        nothing = self._mode is CalendarMode.AGENDA and not self.agenda.rows_model.rowCount()
        if nothing:
            self.notices.fill_empty(self.empty)
        self._stack.setCurrentWidget(self.empty if nothing else self.main_view())

    def allow(self) -> None:
        """Nothing new in a file that is held."""
        self.header.allow_changes(allowed=not self._session.read_only)

    def _describe(self, hit: Hit) -> str:
        words = hit_words(hit, self.current_days())
        return as_tooltip(with_release(words, hit.key, self._session))

    # where one is

    def use_settings(self, settings: SettingsFile) -> None:
        """The week shows the hours that were chosen."""
        self._settings = settings
        self._show_hours()

    def _show_hours(self) -> None:
        if self._settings is not None:
            self.week.show_hours(self._settings.values.work_hours)

    def go_to(self, target: object) -> None:
        """Show a day (date or ISO text) or an event (or decision) by its key."""
        self.catch_up()
        if isinstance(target, date):
            self.show_day(target)
        elif isinstance(target, str):
            self._go_to_key(target)

    def show_day(self, day: date) -> None:
        """Select ``day`` and show where it lies; another year is opened where the data file has it."""
        if day.year != self._session.year:
            if day.year in self._session.years():
                self._day = day
                self._session.open_year(day.year)
                self._day = day
                self.refresh()
                return
            self.said.emit(f"数据文件里没有 {day.year} 年度")
            day = (
                date(self._session.year, 1, 1)
                if day.year < self._session.year
                else date(self._session.year, 12, 31)
            )
        self._day = day
        self._show()
        if self._mode is CalendarMode.AGENDA:
            self.agenda.go_to_day(day)
        else:
            view = self.canvas()
            view.select(day, view.stop if view.selected_day == day else None, quietly=True)

    def _go_to_key(self, key: str) -> None:
        """Show and select the event (a filter that hides it is cleared) or the decision's meeting; or a day in ISO."""
        snapshot = self._session.snapshot
        event, decision = snapshot.event_by_key.get(key), snapshot.item(ItemKind.DECISION, key)
        if event is not None:
            if not self.current_days().passes(event):
                self.filters.clear()
            if event.day is not None:
                self.show_day(event.day)
            self._select_key(key)
        elif isinstance(decision, Decision) and (meeting := meeting_of(decision, snapshot)):
            if meeting.starts_at is not None:
                self.show_day(meeting.starts_at.date())
                self._select_key(key)
        else:
            try:
                self.show_day(date.fromisoformat(key))
            except ValueError:
                return

    def _select_key(self, key: str) -> None:
        """Select an event: on the day that is shown, else in 待定区."""
        event = self._session.snapshot.event_by_key.get(key)
        if event is not None and not stands_on_a_day(event):
            if not self.drawer.is_docked and not self.drawer.is_open:
                self.toggle_drawer()
            self._select_waiting(key)
        elif self.mode is CalendarMode.AGENDA:
            self.agenda.go_to_key(key)
        else:
            view = self.canvas()
            view.select(self.selected_day, key, quietly=True)
            view.say_selection()
            self.panel.day.select_key(key)

    def _select_waiting(self, key: str) -> None:
        waiting = self.panel.waiting
        for number, row in enumerate(waiting.rows_model.rows):
            if row.key == key:
                waiting.setCurrentIndex(waiting.rows_model.index(number))
                waiting.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to_today(self) -> None:
        """Select today; in another year that one is opened where the data file has it."""
        self.show_day(self._session.today)
        self.said.emit(f"今天 {self._session.today.month}月{self._session.today.day}日")

    def step(self, step: int) -> None:
        """The month (or week) before or after, on the same day."""
        if self._mode is CalendarMode.WEEK:
            self.show_day(self._day + timedelta(days=7 * step))
        else:
            self.show_day(same_day_of_month(self._day, step))
        if self._mode is not CalendarMode.AGENDA:
            self.canvas().say_selection()

    def show_mode(self, mode: CalendarMode) -> None:
        """Show the month, the week or the list, at the selected day."""
        if mode is self._mode:
            return
        self.drag.cancel(keep_focus=True)
        self._mode = mode
        self.header.show_mode(mode)
        self.setFocusProxy(self.main_view())
        self.show_day(self._day)
        self.main_view().setFocus(Qt.FocusReason.OtherFocusReason)

    def show_month(self) -> None:
        """Show the month."""
        self.show_mode(CalendarMode.MONTH)

    def _on_week_requested(self, monday: date) -> None:
        day = self._day if monday <= self._day < monday + timedelta(days=7) else self._inside(monday)
        self._day = day
        self.show_mode(CalendarMode.WEEK)

    def _on_day_selected(self, day: date) -> None:
        """A view has another day selected: follow with titles and panel; another month is brought up."""
        if day.year != self._session.year:
            self.show_day(day)
            return
        other_month = (day.year, day.month) != (self._day.year, self._day.month)
        self._day = day
        if self._mode is CalendarMode.MONTH and other_month:
            self.month.show_month(self.current_days(), day, self._session.today)
        if self._mode is not CalendarMode.MONTH or other_month:
            self._show_titles()
            self._show_bars()
        self._show_panel()

    # what the user does

    def _on_filters_changed(self) -> None:
        self._build_days()
        self._show()
        if self._mode is CalendarMode.AGENDA:
            self.agenda.go_to_day(self._day)

    def make_new(self) -> None:
        """Ask for a new event on the selected day."""
        self.ask_new(self._day)

    def ask_new(self, day: date | None, at: time | None = None) -> None:
        """Ask for a new event on ``day``, of the campaign that is looked at."""
        if self._session.read_only:
            self.said.emit(self._session.read_only_reason)
            return
        day = day or self._day
        shown = [campaign for campaign in Campaign if str(campaign) not in self.filters.chosen.hidden]
        own = [campaign for campaign in shown if campaign is not Campaign.HOST_MEETING]
        usual = Campaign.OPEN_MONTH if day.month == 8 else Campaign.LECTURE
        campaign = usual if usual in own or not own else own[0]
        self.new_event_requested.emit(NewEvent(campaign, day, at=at))

    def _on_more(self, day: date, place: QRect) -> None:
        corner = self.canvas().viewport().mapTo(self, place.topLeft())
        self.controller.list_day(day, QRect(corner, place.size()))

    def _on_context(self, hit: Hit, at: QPoint) -> None:
        if hit.kind in (HitKind.EVENT, HitKind.DECISION):
            self.controller.show_event_menu(hit.key, at)
        elif hit.kind is not HitKind.WEEK:
            self.controller.show_day_menu(hit.day, at)

    def _open_deadline(self, name: str) -> None:
        session = self._session
        item = self.current_days().deadline_called(name)
        year, key = (item.year, item.key) if item is not None else (None, name)
        if visit(session, year):
            open_deadline(self, key, session.snapshot, session.ruleset)

    def _on_rule_requested(self, code: str) -> None:
        self.page_requested.emit(RULES, code)

    # dragging

    def _place_of(self, key: str, day: date) -> QRect:
        view = self.canvas()
        rect = view.to_viewport(view.chip_rect(day, key)).toRect()
        return QRect(view.viewport().mapTo(self, rect.topLeft()), rect.size())

    def take_from_view(self, key: str, by_pointer: bool) -> None:  # noqa: FBT001
        """Take up the event that is shown on the selected day."""
        view = self.canvas()
        source = self._place_of(key, view.selected_day)
        self.drag.pick_up(key, by_pointer=by_pointer, home=view, source=source)

    def take_waiting(self, key: str, by_pointer: bool) -> None:  # noqa: FBT001
        """Take up an event of 待定区; a drawer steps aside."""
        waiting = self.panel.waiting
        if self.mode is CalendarMode.AGENDA:
            self.show_month()
        rect = waiting.row_rect(key)
        source = QRect(waiting.viewport().mapTo(self, rect.topLeft()), rect.size())
        view = self.canvas()
        if by_pointer and self.drawer.is_open:
            self.drawer.move(self.width() - 4, self.drawer.y())
        day = max(self.selected_day, self._session.today)
        taken = self.drag.pick_up(key, by_pointer=by_pointer, home=view, source=source, day=day)
        if taken and not by_pointer:
            self.drawer.hide()
            view.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_listed(self, key: str, by_pointer: bool) -> None:  # noqa: FBT001
        """Take up an event of 日程: over the month, where it lies."""
        self.show_month()
        self.go_to(key)
        self.take_from_view(key, by_pointer)

    def put_back(self) -> None:
        """What is dragged goes back where it was."""
        self.drag.cancel()

    def turn_page(self, step: int) -> None:
        """While an event is dragged: the neighbouring month or week, within the year."""
        day = same_day_of_month(self.selected_day, step)
        if self.mode is CalendarMode.WEEK:
            day = self.selected_day + timedelta(days=7 * step)
        self.bring_up(day)

    def nudge(self, key: str, days: int, over_rest: bool) -> None:  # noqa: FBT001
        """Move an event by ``days`` (Alt+arrows); by one day, days off are skipped."""
        event = self._session.snapshot.event_by_key.get(key)
        if event is None or event.day is None or not stands_on_a_day(event):
            self.said.emit("这场活动还没有定日期，请按 Ctrl+M 拿起")
            return
        if self.mode is CalendarMode.AGENDA:
            self.show_month()
        day = event.day + timedelta(days=days)
        if over_rest:
            day = next_workday(event.day, days, self.current_days().workdays.is_workday)
        if event.day not in self.canvas().shown_days():
            self.bring_up(event.day)
        home, source = self.canvas(), self._place_of(key, event.day)
        if self.drag.pick_up(key, by_pointer=False, home=home, source=source, day=day):
            self.drag.put_down(Qt.KeyboardModifier.NoModifier)

    def bring_up(self, day: date) -> None:
        """Show where ``day`` lies without losing what is dragged."""
        if day.year != self._session.year:
            return
        self._day = day
        if self._mode is CalendarMode.WEEK:
            self.week.show_week(self.current_days(), day, self._session.today)
        else:
            self.month.show_month(self.current_days(), day, self._session.today)
        self._show_titles()
        self._show_panel()

    def _on_landed(self, key: str, day: date) -> None:
        """The event that was moved or made is the selected one, on its day."""
        if self.drawer.is_open:
            self.drawer.hide()
        self.show_day(day)
        self._select_key(key)

    # the panel and the drawer

    def panel_stop(self) -> QWidget:
        """The list of the day."""
        return self.panel.day

    def fit(self) -> None:
        """Leave out what does not fit."""
        self._style()
        super().fit()
        self.filters.show_waiting(self.panel.waiting.rows_model.rowCount(), docked=self.drawer.is_docked)
        self.header.show_width(wide=self.width() >= WIDE, roomy=self.width() >= 920 * theme().scale)

    def regions(self) -> list[QWidget]:
        """The stops of F6: header, filters, main view, the day, 待定区."""
        main = self._stack.currentWidget() or self.main_view()
        panel = [one for one in (self.panel.day, self.panel.waiting) if one.isVisible()]
        return [self.header.today, self.filters.toggles[0], main, *panel]

    def wait(self) -> None:
        """Put back what is dragged."""
        self.drag.cancel(keep_focus=True)

    def showEvent(self, event: QShowEvent) -> None:
        """The hours as they were chosen meanwhile."""
        self._show_hours()
        super().showEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the drawer, Ctrl+T goes to today."""
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if control and event.key() == Qt.Key.Key_T:
            self.go_to_today()
        else:
            super().keyPressEvent(event)

    def _on_theme_changed(self) -> None:
        self.fit()
