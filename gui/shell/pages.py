"""有哪些页面：名字、导航上的字与图标、在哪个模块；用到时才载入。"""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QWidget

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

    def make(self, session: YearSession, conditions: "Callable[[], Conditions]", parent: QWidget) -> Page:
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
