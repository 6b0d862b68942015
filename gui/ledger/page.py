"""活动台账：全年活动一张表，筛选、就地改、成批改，旁边是活动详情。"""

from __future__ import annotations

from functools import partial
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from gui.kit.empty_state import EmptyAction, EmptyState
from gui.kit.event_panel import EventPanel
from gui.kit.event_words import as_tooltip, event_words, with_release
from gui.kit.page import EXPORTS, NewEvent, Page
from gui.kit.side_drawer import SideDrawer, side_width
from gui.kit.theme import theme
from gui.kit.year_page import stack_below
from gui.ledger.bulk_bar import BulkBar
from gui.ledger.controller import LedgerActions
from gui.ledger.filter_bar import LedgerFilterBar
from gui.ledger.header import LedgerHeader
from gui.ledger.view import LedgerView
from gui.ledger.views import LedgerViews
from gui.services.ledger_contents import LedgerContents
from gui.services.program_settings import SettingsFile
from gui.session.year_session import YearSession
from models.domain.units import UnitKind
from planners.ledger_filter import EVERYTHING, LedgerFilter, conditions, why_none
from planners.ledger_groups import Grouping

if TYPE_CHECKING:
    from gui.kit.page import ExportTarget

LEAST_WIDTH = 480
IDLE_DELAY = 300
FOLLOW_DELAY = 60
"""Milliseconds after which the inspector follows the keyboard: walking through rows need not wait for it."""


class LedgerPage(Page):
    """The ledger of the open year with its inspector."""

    def __init__(self, session: YearSession, inspector: EventPanel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.contents = LedgerContents()
        self._put_away = False
        """Whether the user closed the docked inspector."""
        self.header = LedgerHeader()
        self.filters = LedgerFilterBar(self)
        self.view = LedgerView()
        self.empty = EmptyState()
        self.bulk = BulkBar()
        self.inspector = inspector
        self.actions_ = LedgerActions(session, self)
        self.views = LedgerViews(session, self.filters, self.view)
        self.drawer = SideDrawer(self, self.inspector, self._dock, self.header.height)
        self._soon = QTimer(self, singleShot=True, interval=FOLLOW_DELAY)
        self._soon.timeout.connect(self._follow)
        self._warm: Thread | None = None
        self._idle = QTimer(self, singleShot=True, interval=IDLE_DELAY)
        self._idle.timeout.connect(self._on_idle)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.view)
        self.refresh()

    def _lay_out(self) -> None:
        centre = QWidget()
        self._stack = QStackedLayout(centre)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        self._row = stack_below(self, self.header, ((self.filters, 0), (centre, 1), (self.bulk, 0)))
        self._style()

    def _style(self) -> None:
        self.header.setFixedHeight(self.head_height())
        self.filters.setFixedHeight(round(44 * theme().scale))

    def _connect(self) -> None:
        view, bulk, inspector, acts = self.view, self.bulk, self.inspector, self.actions_
        view.set_describer(self._describe)
        view.current_changed.connect(self._on_current)
        view.chosen_changed.connect(self._show_bulk)
        view.opened.connect(self.open_event)
        view.status_requested.connect(acts.ask_status)
        view.menu_requested.connect(acts.show_menu)
        view.cancel_requested.connect(self._on_delete)
        view.order_changed.connect(self._apply)
        view.day_entered.connect(acts.set_day)
        acts.edit_day = self._edit_day
        acts.open_event = self.open_event
        self.header.new_clicked.connect(self.make_new)
        self.header.export_clicked.connect(self._export)
        self.filters.changed.connect(self._on_filter)
        self.filters.grouping_changed.connect(self._on_grouping)
        self.filters.compact_changed.connect(self._on_compact)
        self.filters.views_requested.connect(self.views.show_menu)
        self.views.filter_chosen.connect(self.show_filter)
        self.filters.left.connect(self._to_table)
        bulk.all_toggled.connect(self._on_all)
        bulk.status_clicked.connect(self._on_bulk_status)
        bulk.day_clicked.connect(self._on_bulk_day)
        bulk.unit_clicked.connect(self._on_bulk_unit)
        bulk.calendar_clicked.connect(self._on_bulk_calendar)
        inspector.copy_requested.connect(acts.copy)
        inspector.postpone_requested.connect(self.postpone_requested)
        inspector.cancel_requested.connect(self.cancel_requested)
        inspector.result_requested.connect(self.result_requested)
        inspector.zone_requested.connect(self.zone_requested)
        inspector.menu_requested.connect(partial(self._on_inspector_menu))
        inspector.stepped.connect(self._on_stepped)
        inspector.closed.connect(self.close_inspector)
        inspector.left.connect(self._on_inspector_left)
        self._session.changed.connect(self.refresh)
        self._session.held.connect(self._on_held)
        theme().changed.connect(self._on_theme_changed)

    # what is shown

    def use_settings(self, settings: SettingsFile) -> None:
        """Grouping, row height and saved views as they were left."""
        self.views.use_settings(settings)
        memory = self.views.memory
        self.filters.show_looks(memory.grouping, compact=memory.compact)
        self.view.set_compact(compact=memory.compact)
        self._apply()

    def refresh(self) -> None:
        """Show the year of the session as it is now; selection, keyboard and scroll stay."""
        if not self._session.has_year:
            return
        snapshot, check = self._session.snapshot, self._session.check
        since = self._session.since_release
        self.contents.show_year(snapshot, check, since.differing if since else frozenset())
        snapshot = self._session.redacted.snapshot
        towns = [(unit.name, unit.key) for unit in snapshot.units if unit.kind is UnitKind.TOWN]
        engaged = {key for event in snapshot.events for key in event.units}
        units = [(unit.name, unit.key) for unit in snapshot.units if unit.key in engaged]
        self.filters.show_year(snapshot, self._session.today, units, towns)
        self.view.editor.fallback = self._session.today
        self._allow()
        self._apply()
        if self.inspector.key:
            self.inspector.show_event(self.inspector.key)

    def _allow(self) -> None:
        allowed = not self._session.read_only
        self.header.allow_changes(allowed=allowed)
        self.bulk.allow_changes(allowed=allowed)
        self.view.ledger.read_only = not allowed
        self.view.viewport().update()

    def _on_held(self) -> None:
        """Nothing can be changed from now on, or all again."""
        self._allow()
        if self.inspector.key and self._session.has_year:
            self.inspector.show_event(self.inspector.key)

    def _apply(self) -> None:
        """Show the rows that pass, in their groups."""
        if not self._session.has_year:
            return
        snapshot, check, _ = self._session.redacted
        rows = self.contents.passing(self.filters.filter)
        groups = self.contents.groups(rows, self.views.memory.grouping, self.view.order)
        self.view.show_groups(groups, snapshot, check.ruleset)
        self.header.show_counts(len(self.contents.rows), len(rows))
        if rows:
            self._stack.setCurrentWidget(self.view)
        else:
            self._show_empty()
        self._show_bulk()

    def _show_empty(self) -> None:
        """No event at all, or none that passes, and why."""
        if not self.contents.rows:
            self._show_no_events()
        else:
            self._show_no_match()
        self._stack.setCurrentWidget(self.empty)

    def _show_no_events(self) -> None:
        year = self._session.year
        lines = ("新建一场，或让程序按规则排出一年的草案。",)
        offers = (EmptyAction("新建活动", self.make_new), EmptyAction("自动排期", self.plan_requested.emit))
        if self._session.read_only:
            lines, offers = (self._session.read_only_reason,), ()
        self.empty.show_words("plus", f"{year} 年度还没有活动", lines, offers)

    def _show_no_match(self) -> None:
        chosen, snapshot = self.filters.filter, self._session.redacted.snapshot
        named = conditions(chosen, snapshot)
        why = why_none(chosen, snapshot, self._session.check, self._count)
        lines = ("条件：" + " · ".join(condition.words for condition in named), *why.lines)
        offers = [
            EmptyAction(f"清除“{condition.words.strip('“”')}”", partial(self.filters.remove, condition.name))
            for condition in why.removable[:2]
        ]
        if len(named) > 1 or not offers:
            offers.append(EmptyAction("清除全部", self.filters.clear))
        self.empty.show_words("search", "没有符合全部条件的活动", lines, offers)

    def _count(self, chosen: LedgerFilter) -> int:
        return len(self.contents.passing(chosen))

    def _show_bulk(self) -> None:
        chosen = len(self.view.chosen_keys())
        self.bulk.setVisible(chosen > 0 and self._stack.currentWidget() is self.view)
        self.bulk.show_count(chosen, len(self.view.ledger.shown_keys()))

    def _describe(self, key: str) -> str:
        event = self._session.snapshot.event_by_key.get(key)
        if event is None:
            return ""
        words = event_words(event, self._session.snapshot, self._session.check)
        return as_tooltip(with_release(words, key, self._session))

    # the filter, the order, the looks

    def _on_filter(self, _: LedgerFilter) -> None:
        self._apply()

    def _on_grouping(self, grouping: Grouping) -> None:
        self.views.remember(self.views.memory._replace(grouping=grouping))
        self._apply()

    def _on_compact(self, compact: bool) -> None:  # noqa: FBT001
        self.views.remember(self.views.memory._replace(compact=compact))
        self.view.set_compact(compact=compact)

    def export_target(self) -> ExportTarget:
        """The ledger as it is looked at now, as an Excel file."""
        from gui.kit.page import ExportTarget

        return ExportTarget("ledger", (("view", self.views.now("")),))

    def _export(self) -> None:
        self.page_requested.emit(EXPORTS, self.export_target())

    def show_filter(self, chosen: LedgerFilter) -> None:
        """Show what passes ``chosen``."""
        self.filters.show_filter(chosen)
        self._apply()

    # the inspector

    def _on_current(self, key: str) -> None:
        if key and self.inspector.isVisible():
            self._soon.start()

    def _follow(self) -> None:
        """The inspector shows the event with the keyboard; at first the next one to come."""
        if not self.view.current_key and (coming := self.contents.next_key(self._session.today)):
            self.view.select(coming, at_top=True)
        key = self.view.current_key
        if key and key != self.inspector.key and self.inspector.isVisible():
            self.inspector.show_event(key)

    def open_event(self, key: str) -> None:
        """Show the event in the inspector, the keyboard in its first field."""
        self.show_inspector(key)
        self.inspector.focus_first()

    def show_inspector(self, key: str) -> None:
        """Show the event in the inspector, docked or in the drawer."""
        self._put_away = False
        self.inspector.show_event(key)
        self._fit()
        self.drawer.open()

    def close_inspector(self) -> None:
        """Put the inspector away; the keyboard goes back to the row."""
        self.inspector.commit_all()
        self._put_away = True
        self.drawer.hide()
        self._fit()
        self._to_table()

    def _on_inspector_left(self) -> None:
        """Esc: back to the table; a drawer closes."""
        self.inspector.commit_all()
        if not self.drawer.is_docked:
            self._put_away = True
            self.drawer.hide()
        self._to_table()

    def _on_inspector_menu(self, key: str, at: QPoint) -> None:
        self.actions_.show_menu(key, at, in_inspector=True)

    def _on_stepped(self, by: int) -> None:
        """Ctrl+↑/↓ in the inspector."""
        self.view.step(by)
        if key := self.view.current_key:
            self.inspector.show_event(key)

    def _dock(self) -> None:
        self._row.addWidget(self.inspector)
        self.inspector.setFixedWidth(side_width(theme().size("inspector")))

    def _fit(self) -> None:
        """Put the inspector where this width wants it, leave out what does not fit."""
        self.drawer.fit()
        docked = self.drawer.is_docked
        self.inspector.setVisible(not (docked and self._put_away))
        self.bulk.show_width(self.width() - (self.inspector.width() if docked else 0))

    def _to_table(self) -> None:
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    # what the user does

    def _edit_day(self, key: str) -> None:
        if self.view.select(key):
            from planners.ledger_rows import LedgerColumn

            self.view.edit(self.view.ledger.index_of(key, LedgerColumn.DATE))

    def _on_delete(self) -> None:
        chosen = self.view.chosen_keys()
        key = self.view.current_key
        self.actions_.cancel(chosen if len(chosen) > 1 else [key] if key else [])

    def _on_all(self, _: bool) -> None:  # noqa: FBT001
        everything = len(self.view.ledger.shown_keys())
        if len(self.view.chosen_keys()) < everything:
            self.view.choose_all()
        else:
            self.view.choose_none()

    def _on_bulk_status(self) -> None:
        at = self.bulk.status.mapToGlobal(QPoint(0, 0))
        self.actions_.ask_statuses(self.view.chosen_keys(), at - QPoint(0, 8))

    def _on_bulk_day(self) -> None:
        self.actions_.ask_days(self.view.chosen_keys())

    def _on_bulk_unit(self) -> None:
        self.actions_.ask_units(self.view.chosen_keys())

    def _on_bulk_calendar(self) -> None:
        self.calendar_requested.emit(tuple(self.view.chosen_keys()))

    def make_new(self) -> None:
        """Ask for a new event of the kind of the one with the keyboard."""
        row = self.view.current_row
        campaign = row.event.campaign if row else self.filters.filter.campaign
        self.new_event_requested.emit(NewEvent(campaign))

    # what the window asks

    def regions(self) -> list[QWidget]:
        """Header, filters, table, bulk bar, inspector."""
        main = self._stack.currentWidget() or self.view
        found: list[QWidget] = [self.header, self.filters, main]
        found += [part for part in (self.bulk, self.inspector) if part.isVisible()]
        return found

    def go_to(self, target: object) -> None:
        """Select the event called ``target`` and open it, a filter that hides it cleared; or filter as told."""
        if isinstance(target, LedgerFilter):
            if self.drawer.is_open:
                self.close_inspector()
            self.show_filter(target)
            return
        if not isinstance(target, str) or target not in self._session.snapshot.event_by_key:
            return
        if self.view.ledger.row_of(target) is None:
            self.show_filter(EVERYTHING)
        self.view.select(target)
        self.show_inspector(target)

    def find(self) -> None:
        """The keyboard goes to the text filter."""
        self.filters.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.text.selectAll()

    def wait(self) -> None:
        """Afterwards nothing goes on in the background."""
        self._soon.stop()
        self._idle.stop()
        self.inspector.wait()
        if self._warm is not None:
            self._warm.join()

    # the page itself

    def minimumSizeHint(self) -> QSize:
        """What does not fit is left out, whatever is shown at the moment."""
        return QSize(LEAST_WIDTH, 300)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Dock or undock the inspector, leave out what does not fit."""
        super().resizeEvent(event)
        self._style()
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard begins on the table, on the next event to come."""
        super().showEvent(event)
        if not self.isAncestorOf(self.window().focusWidget() or self):
            self._to_table()
        self._idle.start()
        if not self.view.current_key and self._session.has_year:
            self._soon.start()

    def _on_idle(self) -> None:
        """What can wait until the page stands: the letters of the titles, then the texts to look in."""
        if not self._session.has_year:
            return
        if self._warm is None:
            self._warm = Thread(target=self.contents.warm_up(), daemon=True)
            self._warm.start()
        if self._warm.is_alive():
            self._idle.start()
        else:
            self.contents.prepare()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+F looks for text; Esc closes the drawer."""
        if event.key() == Qt.Key.Key_F and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.find()
        elif event.key() == Qt.Key.Key_Escape and self.drawer.is_open:
            self.close_inspector()
        else:
            super().keyPressEvent(event)

    def _on_theme_changed(self) -> None:
        self._style()
        self.inspector.restyle()
        self._fit()
        self.filters.restyle()
