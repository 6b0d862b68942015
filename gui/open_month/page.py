"""开放月：单位 × 8月各日，谁报了、谁没报、够不够数；主题、公布与各月常态化开放。"""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedLayout, QWidget

from gui.kit.empty_state import EmptyAction, EmptyState
from gui.kit.event_menu import EventAction, EventMenus, build_menu
from gui.kit.message_bar import BarArea
from gui.kit.page import CALENDAR, LEDGER, NewEvent
from gui.kit.side_drawer import WIDE
from gui.kit.theme import theme
from gui.kit.year_page import PanelPage
from gui.open_month.bars import OpenMonthFilters, OpenMonthHeader
from gui.open_month.grid_view import OpenMonthGrid
from gui.open_month.rows import UNDATED, LineFilter, day_heads, grid_rows
from gui.open_month.side_panel import OpenMonthPanel
from gui.session import event_actions as actions
from gui.session.messages import Action, Bar
from gui.session.year_session import YearSession
from models.domain.events import Campaign, Event, EventStatus
from models.domain.text import quoted
from models.domain.workdays import workdays_of
from planners import wording
from planners.open_month import AUGUST, OpenMonth, open_month, reminder_text
from planners.results import Verdict
from planners.suggest import Demand, Judge

EXPORTS, PRINT_KIND = "exports", "open-month"


class OpenMonthPage(PanelPage):
    """The open month of the year. What needs a dialog or another page is asked for by signals."""

    def __init__(self, session: YearSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._month: OpenMonth | None = None
        self.menus = OpenMonthMenus(session, self)
        self.header = OpenMonthHeader()
        self.filters = OpenMonthFilters()
        self.bars = BarArea(margins=(16, 6, 16, 6))
        self.grid = OpenMonthGrid()
        self.empty = EmptyState()
        self.panel = OpenMonthPanel()
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.grid)
        self.follow()

    def _lay_out(self) -> None:
        centre = QWidget()
        self._stack = QStackedLayout(centre)
        self._stack.addWidget(self.grid)
        self._stack.addWidget(self.empty)
        below = ((self.bars, 0), (centre, 1))
        width = theme().size("todoPanel")
        self.put_together(self.header, self.filters, below, self.panel, width, self.filters.panel_button)
        self._style()

    def _style(self) -> None:
        self.header.setFixedHeight(self.head_height())
        self.filters.setFixedHeight(round(40 * theme().scale))

    def _connect(self) -> None:
        grid, panel, header = self.grid, self.panel, self.header
        grid.opened.connect(self.event_requested)
        grid.new_requested.connect(self._on_new)
        grid.moved.connect(self._on_moved)
        grid.nudged.connect(self.nudge)
        grid.selected.connect(self._show_place)
        grid.menu_requested.connect(self._on_menu)
        grid.said.connect(self.said)
        panel.opened.connect(self.event_requested)
        panel.month_chosen.connect(self._on_month)
        panel.copy_clicked.connect(self.copy_reminder)
        header.new_clicked.connect(self.make_new)
        header.reminder_clicked.connect(self.copy_reminder)
        header.settings_clicked.connect(self.ask_settings)
        header.print_clicked.connect(self._on_print)
        self.filters.changed.connect(self._show)
        self.filters.panel_clicked.connect(self.toggle_drawer)
        theme().changed.connect(self.fit)

    # what is shown

    @property
    def month(self) -> OpenMonth:
        """The facts that are shown."""
        assert self._month is not None
        return self._month

    def show_year(self) -> None:
        """The units and their days, the numbers, the notice."""
        self._month = open_month(self._session.snapshot, self._session.check)
        self.header.show_month(self._month)
        self.panel.show_month(self._month)
        self.allow()
        self._show()

    def _show(self) -> None:
        month, snapshot, today = self.month, self._session.snapshot, self._session.today
        rows = grid_rows(month, self.filters.chosen, self.filters.text.text())
        named = (day for day, _ in snapshot.holidays.days_off)
        heads = day_heads(month, workdays_of(snapshot), named)
        of_august = today.day if (today.year, today.month) == (month.year, AUGUST) else 0
        self.grid.show_month(rows, heads, f"8月 · {month.forecast} 场", month.year, of_august)
        self._show_nothing(found=bool(rows))
        self._show_notice()
        self._show_bars()
        self._show_place()

    def _show_nothing(self, *, found: bool) -> None:
        if found:
            self._stack.setCurrentWidget(self.grid)
            return
        if not self.month.lines:
            lines = ("年度里还没有街镇和部门，请先在“新建年度”或数据包里加入单位。",)
            self.empty.show_words("search", "没有单位", lines)
        elif self.filters.chosen is LineFilter.MISSING and not self.month.missing:
            self.empty.show_words(
                "check",
                "都已报送",
                ("应报送的单位都报了活动。",),
                (EmptyAction("看全部", self.filters.clear),),
            )
        else:
            lines = ("换一个条件，或清除全部条件。",)
            action = EmptyAction("清除条件", self.filters.clear)
            self.empty.show_words("search", "没有符合条件的单位", lines, (action,))
        self._stack.setCurrentWidget(self.empty)

    def _show_notice(self) -> None:
        month, today = self.month, self._session.today
        if month.notice_done:
            words = f"活动表已于{wording.short_day(month.notice_done)}公布"
        elif month.notice_due:
            left = (month.notice_due - today).days
            late = f"已过 {-left} 天" if left < 0 else "就是今天" if left == 0 else f"还有 {left} 天"
            words = f"活动表定于{wording.short_day(month.notice_due)}公布，{late}"
        else:
            words = "活动表公布日未定"
        self.filters.notice.setText(words)

    def _show_bars(self) -> None:
        month = self.month
        if month.forecast or any(line.reported for line in month.lines):
            self.bars.withdraw("nothing")
        elif "nothing" not in self.bars.texts and not self.bars.texts:
            offered = () if self._session.read_only else (Action("自动排期", self.plan_requested.emit),)
            text = f"{month.year} 年8月还没有开放活动。双击一格新建，或让自动排期先排一版。"
            self.bars.show_bar(Bar("info", text, offered, "nothing", closable=False))

    def _show_place(self) -> None:
        row, column = self.grid.row, self.grid.column
        if row is None or row.line is None:
            self.panel.show_place("没有选中的单位", "", ())
            return
        day = "未定日期" if column == UNDATED else wording.day_label(self._day(column))
        events = self.grid.events
        others = [event for event in (d.event for d in row.line.days) if event not in events]
        note = f"{day}：{len(events)} 场" if events else f"{day}没有活动；8月共 {len(row.line.days)} 场"
        if row.line.exempt:
            note += f"；豁免：{row.line.exempt}"
        self.panel.show_place(row.title, note, events or others)

    def _day(self, column: int) -> date:
        return date(self.month.year, AUGUST, max(1, column))

    def allow(self) -> None:
        """Nothing new in a file that is held."""
        self.header.allow_changes(allowed=not self._session.read_only)

    # where one is

    def go_to(self, target: object) -> None:
        """Show an event by its key, or a day of August."""
        self.catch_up()
        if isinstance(target, date) and target.month == AUGUST:
            row = next((n for n, r in enumerate(grid_rows(self.month)) if r.line), 0)
            self.grid.select(row, target.day)
        elif isinstance(target, str) and not self.grid.select_event(target):
            self.filters.clear()
            self.grid.select_event(target)
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def find(self) -> None:
        """Take the focus to the words that units are looked for by."""
        self.filters.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # what the user does

    def make_new(self) -> None:
        """Ask for a new event in the selected cell."""
        row = self.grid.row
        name = row.line.name if row is not None and row.line is not None and row.line.key else ""
        self._on_new(name, self.grid.column)

    def _on_new(self, unit: str, column: int) -> None:
        if self._session.read_only:
            self.said.emit(self._session.read_only_reason)
            return
        day = self._day(column) if column != UNDATED else None
        self.new_event_requested.emit(NewEvent(Campaign.OPEN_MONTH, day, unit or None))

    def _on_moved(self, key: str, column: int) -> None:
        self.move(key, self._day(column))

    def nudge(self, key: str, days: int) -> None:
        """Move an event by ``days`` within August; rest days are welcome."""
        event = self._session.snapshot.event_by_key.get(key)
        if event is None or event.day is None:
            self.said.emit("这场活动还没有定日期，请回车打开填写，或拖到一天上")
            return
        day = event.day + timedelta(days=days)
        if (day.year, day.month) != (self.month.year, AUGUST):
            self.said.emit("已到8月的边上；要移到别的月份，请在日历中移动")
            return
        self.move(key, day)

    def move(self, key: str, day: date) -> None:
        """Move an event to ``day``; refused in words where nothing may be planned then."""
        session = self._session
        event = session.snapshot.event_by_key.get(key)
        if event is None:
            return
        if session.read_only:
            self.said.emit(session.read_only_reason)
            return
        if event.status in (EventStatus.HELD, EventStatus.CANCELLED):
            session.messages.toast(
                f"{quoted(event.short or event.title)}{event.status.label}，日期不能再改。"
            )
            return
        judged = Judge(session.snapshot, session.check, Demand(Campaign.OPEN_MONTH, event)).verdict(day)
        if judged.verdict is Verdict.IMPOSSIBLE:
            session.messages.toast(f"{wording.short_day(day)}不能排：{'；'.join(judged.reasons)}。没有改动。")
            return
        if actions.move_to(session, key, day) is not None:
            self.grid.select_event(key)
            if judged.verdict is Verdict.AVOID:
                self.said.emit(f"{wording.short_day(day)}：{'；'.join(judged.reasons)}")

    def copy_reminder(self) -> None:
        """The list of those who have not reported is in the clipboard."""
        text = reminder_text(self.month)
        if text:
            QGuiApplication.clipboard().setText(text)
            self._session.messages.toast(f"已复制 {len(self.month.missing)} 个未报送单位的提醒名单。")
        else:
            self._session.messages.toast("应报送的单位都已报送，没有要提醒的。")

    def ask_settings(self) -> None:
        """Open the form of theme and notice."""
        from gui.open_month.theme_and_notice import OpenMonthDialog

        OpenMonthDialog(self._session, self.window()).exec()

    def _on_print(self) -> None:
        self.page_requested.emit(EXPORTS, PRINT_KIND)

    def _on_month(self, month: int) -> None:
        self.page_requested.emit(CALENDAR, date(self.month.year, month, 1))

    # the menu

    def _on_menu(self, at: QPoint) -> None:
        self.menus.show(self.grid.event_key or "", at)

    # the panel and the drawer

    def panel_stop(self) -> QWidget:
        """The list of the selected events, else the months."""
        return self.panel.list if self.panel.list.isVisible() else self.panel.histogram

    def fit(self) -> None:
        """Leave out what does not fit."""
        super().fit()
        self._style()
        wide, roomy = self.width() >= WIDE, self.width() >= 1180 * theme().scale
        self.header.show_width(wide=wide, roomy=roomy, narrow=self.width() < 960 * theme().scale)
        self.filters.show_width(wide=wide, docked=self.drawer.is_docked, roomy=roomy)

    def regions(self) -> list[QWidget]:
        """The stops of F6: header, filters, grid, then the panel where it is seen."""
        panel = [one for one in (self.panel.list, self.panel.histogram) if one.isVisible()]
        return [self.header.print, self.filters.lines, self._stack.currentWidget() or self.grid, *panel]

    def main_view(self) -> QWidget:
        """The grid."""
        return self.grid


class OpenMonthMenus(EventMenus):
    """The menu of a cell of the grid."""

    _page: OpenMonthPage

    def show(self, key: str, at: QPoint) -> None:
        """The menu of an event, or of an empty cell, at a global point."""
        event = self._session.snapshot.event_by_key.get(key)
        new: list[tuple[str, object]] = [] if self._session.read_only else [("新建于此", "new")]
        if event is None:
            if new:
                self.pop_up(build_menu(self._page, [new], self._on_new), at)
            return
        first = [one for group in self.offered(event) for one in group if one[1] is not EventAction.MOVE]
        elsewhere: list[tuple[str, object]] = [("在台账中看", LEDGER)]
        if event.day:
            elsewhere.append(("在日历中看", CALENDAR))
        self.pop_up_for(event, [first, new, elsewhere], at)

    def _on_new(self, _: object) -> None:
        self._page.make_new()

    def look_elsewhere(self, event: Event, action: object) -> None:
        """A new one beside it, or the event on another page."""
        if action == "new":
            self._page.make_new()
        else:
            self._page.page_requested.emit(str(action), event.key)
