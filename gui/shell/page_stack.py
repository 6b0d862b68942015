"""各页叠放：看到哪页才做哪页，随数据文件一起收走。"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from gui.kit.page import Page
from gui.session.year_session import YearSession
from gui.shell.pages import PAGES

if TYPE_CHECKING:
    from planners.proposals import Conditions


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
            self.removeWidget(page)
            page.hide()
            page.deleteLater()
        self._pages.clear()
        self._session = None
