"""选定之后：去那一页、打开表单、执行命令。"""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Protocol

from gui.kit.page import CALENDAR, LEDGER, RULES
from gui.search.source import SearchSource, SearchWindow
from gui.session.year_session import YearSession
from models.domain.snapshot import ItemKind
from models.domain.units import School, UnitKind, Venue
from planners.ledger_filter import LedgerFilter
from planners.search_index import SearchEntry, SearchKind


class EventView(Enum):
    """How an event is looked at: in the ledger, in its form, in the calendar."""

    LEDGER = "ledger"
    FORM = "form"
    CALENDAR = "calendar"


class SearchForms(Protocol):
    """The forms that open what was chosen."""

    def edit_event(self, key: str) -> None:
        """Open an event's form."""

    def tell_decision(self, key: str) -> None:
        """Lead to a decision."""

    def show_policy(self, key: str = "") -> None:
        """Open a policy document."""


class SearchTarget(SearchWindow, Protocol):
    """Where what was chosen is shown; ``forms`` is None where no year is open."""

    forms: SearchForms | None

    def show_page(self, name: str, target: object = None) -> None:
        """Show a page and go to ``target`` on it."""


class Chooser:
    """Does what was chosen in the search."""

    def __init__(self, window: SearchTarget, source: SearchSource) -> None:
        self._window = window
        self._source = source

    def choose(self, entry: SearchEntry, way: EventView = EventView.LEDGER) -> None:
        """Go to ``entry``: in its year, on the page that shows it."""
        if entry.kind is SearchKind.COMMAND:
            command = self._source.commands.get(entry.key)
            if command is not None:
                command.action.trigger()
            return
        session, forms = self._window.session, self._window.forms
        if session is None or forms is None or not self._open_year_of(entry, session):
            return
        if entry.kind is SearchKind.EVENT:
            self._show_event(entry.key, way, forms)
        elif entry.kind is SearchKind.DECISION:
            forms.tell_decision(entry.key)
        elif entry.kind is SearchKind.POLICY:
            forms.show_policy(entry.key)
        elif entry.kind is SearchKind.RULE:
            self._window.show_page(RULES, entry.key)
        elif entry.kind is SearchKind.DATE:
            self._window.show_page(CALENDAR, date.fromisoformat(entry.key))
        else:
            self._window.show_page(LEDGER, self._filter_of(entry, session))

    def filter_ledger(self, text: str) -> None:
        """Show in the ledger all that ``text`` is found in."""
        self._window.show_page(LEDGER, LedgerFilter(text=text))

    @staticmethod
    def _open_year_of(entry: SearchEntry, session: YearSession) -> bool:
        """Open the year that the entry belongs to; False, and said, where the data file has none such."""
        if entry.year == session.year:
            return True
        if entry.year not in session.years():
            session.messages.toast(f"数据文件里没有 {entry.year} 年度")
            return False
        session.open_year(entry.year)
        return session.year == entry.year

    def _show_event(self, key: str, way: EventView, forms: SearchForms) -> None:
        if way is EventView.FORM:
            forms.edit_event(key)
        else:
            self._window.show_page(CALENDAR if way is EventView.CALENDAR else LEDGER, key)

    @staticmethod
    def _filter_of(entry: SearchEntry, session: YearSession) -> LedgerFilter:
        """What the ledger shows of a unit, a venue or a school."""
        snapshot = session.snapshot
        if entry.kind is SearchKind.UNIT:
            unit = snapshot.unit_by_key.get(entry.key)
            if unit is not None and unit.kind is UnitKind.TOWN:
                return LedgerFilter(town=entry.key)
            return LedgerFilter(unit=entry.key)
        found = snapshot.item(ItemKind.VENUE, entry.key) or snapshot.item(ItemKind.SCHOOL, entry.key)
        return LedgerFilter(text=found.name if isinstance(found, Venue | School) else entry.title)
