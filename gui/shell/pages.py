"""有哪些页面：名字、导航上的字与图标、在哪个模块；看到哪页才做哪页，叠放在一起，随数据文件一起收走。"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from gui.kit.boxes import take_out
from gui.kit.page import ATTENDANCE, CALENDAR, EXPORTS, LEDGER, OPEN_MONTH, OVERVIEW, RULES, Page
from gui.session.year_session import YearSession

if TYPE_CHECKING:
    from planners.proposals import Conditions


class PageEntry(NamedTuple):
    """A page of the rail: ``module`` holds the class ``kind``; which asks the planner for days, under
    conditions, where it ``plans``, and has the panel of an event at its side where it ``inspects``.
    """

    name: str
    words: str
    icon: str
    module: str
    kind: str
    plans: bool = False
    inspects: bool = False

    def make(self, session: YearSession, conditions: Callable[[], Conditions], parent: QWidget) -> Page:
        """The page for the year that ``session`` has open, made inside ``parent``: moved there later it would be styled anew."""
        kind = getattr(import_module(self.module), self.kind)
        if self.plans:
            page: Page = kind(session, conditions, parent)
        elif self.inspects:
            from gui.event.inspector.inspector import Inspector

            page = kind(session, Inspector(session), parent)
        else:
            page = kind(session, parent)
        return page


PAGES = (
    PageEntry(OVERVIEW, "年度总览", "table", "gui.overview.page", "OverviewPage", plans=True),
    PageEntry(CALENDAR, "日历", "calendar", "gui.calendar.page", "CalendarPage"),
    PageEntry(LEDGER, "活动台账", "list", "gui.ledger.page", "LedgerPage", inspects=True),
    PageEntry(RULES, "规则检查", "shield", "gui.rules.page", "RulesPage", plans=True),
    PageEntry(ATTENDANCE, "公众列席", "users", "gui.attendance.page", "AttendancePage"),
    PageEntry(OPEN_MONTH, "开放月", "building", "gui.open_month.page", "OpenMonthPage"),
    PageEntry(EXPORTS, "导出打印", "printer", "gui.exporting.page", "ExportsPage"),
)


class PageStack(QStackedWidget):
    """The pages of the open data file, and others that need none.

    ``page_made`` is emitted for each page when it is first shown, before that.
    """

    page_made = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries = {entry.name: entry for entry in PAGES}
        self._pages: dict[str, Page] = {}
        self._session: YearSession | None = None
        self._conditions: Callable[[], Conditions] | None = None

    @property
    def page(self) -> Page | None:
        """The page of the year that is shown; None where another widget is."""
        current = self.currentWidget()
        return current if isinstance(current, Page) else None

    def made(self, name: str) -> Page | None:
        """The page called ``name``, where it was shown already."""
        return self._pages.get(name)

    def follow(self, session: YearSession, conditions: Callable[[], Conditions]) -> None:
        """The pages are those of ``session`` from now on; none is made yet."""
        self._session, self._conditions = session, conditions

    def show_page(self, name: str, target: object = None) -> Page | None:
        """Show the page called ``name`` and go to ``target`` on it; None where no data file is open."""
        if self._session is None or self._conditions is None or name not in self._entries:
            return None
        page = self._pages.get(name)
        if page is None:
            page = self._entries[name].make(self._session, self._conditions, self)
            self._pages[name] = page
            self.addWidget(page)
            self.page_made.emit(page)
        self.setCurrentWidget(page)
        if target is not None:
            page.go_to(target)
        return page

    def show_other(self, widget: QWidget) -> None:
        """Show a widget that is no page of the year."""
        if self.indexOf(widget) < 0:
            self.addWidget(widget)
        self.setCurrentWidget(widget)

    def abandon(self) -> None:
        """Afterwards no page of a year is left and nothing goes on in one."""
        for page in self._pages.values():
            page.wait()
            take_out(self, page)
        self._pages.clear()
        self._session = None
