"""台账的视图：现在的条件、分组与排序存成一个名字，以后一点就回来。"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu

from gui.kit.plain import escaped
from gui.ledger.filter_bar import LedgerFilterBar
from gui.ledger.view import LedgerView
from gui.services.ledger_memory import LedgerMemory, SavedView, from_plain, to_plain
from gui.services.program_settings import SettingsFile
from gui.session.redaction import redacted_record
from gui.session.year_session import YearSession
from models.domain.text import quoted
from planners.ledger_filter import conditions


class LedgerViews(QObject):
    """What is remembered of how the ledger is looked at, and the menu of saved views.

    ``filter_chosen`` carries the filter of the view that was chosen.
    """

    filter_chosen = Signal(object)

    def __init__(self, session: YearSession, filters: LedgerFilterBar, view: LedgerView) -> None:
        super().__init__(view)
        self._session, self._filters, self._view = session, filters, view
        self._settings: SettingsFile | None = None
        self.memory = LedgerMemory()
        self.menu: QMenu | None = None

    def use_settings(self, settings: SettingsFile) -> None:
        """Take what was remembered from ``settings``, and remember it there from now on."""
        self._settings = settings
        self.memory = from_plain(settings.values.ledger)

    def remember(self, memory: LedgerMemory) -> None:
        """Afterwards this is remembered, also at the next start."""
        self.memory = memory
        if self._settings is not None:
            self._settings.change(ledger=to_plain(memory))

    def show_menu(self, at: QPoint) -> None:
        """The menu of saved views at a global point."""
        if self.menu is not None:
            self.menu.deleteLater()
        menu = self.menu = QMenu(self._filters)
        now = self.now("")
        for view in self.memory.views:
            entry = menu.addAction(escaped(view.name))
            entry.setCheckable(True)
            entry.setChecked(view._replace(name="") == now)
            entry.triggered.connect(partial(self._on_chosen, view))
        if self.memory.views:
            menu.addSeparator()
        menu.addAction("存为视图…").triggered.connect(self.ask_and_save)
        if self.memory.views:
            drop = menu.addMenu("删除视图")
            for view in self.memory.views:
                drop.addAction(escaped(view.name)).triggered.connect(partial(self._on_drop, view.name))
        menu.popup(at)

    def now(self, name: str) -> SavedView:
        """How the ledger is looked at now, called ``name``."""
        return SavedView(name, self._filters.filter, self.memory.grouping, self._view.order)

    def ask_and_save(self) -> None:
        """Keep the filter, grouping and order as they are now under a name that is asked for."""
        from gui.ledger.view_dialog import ViewNameDialog

        words = " · ".join(c.words for c in conditions(self._filters.filter, self._session.snapshot))
        known = [view.name for view in self.memory.views]
        dialog = ViewNameDialog(f"条件：{words or '全部活动'}", known, self._view)
        if dialog.exec():
            self.save(dialog.name)

    def save(self, name: str) -> None:
        """Keep the filter, grouping and order as they are now under ``name``; never one that names a delegate."""
        view = self.now(name)
        if any(redacted_record(words) != words for words in (name, view.filter.text)):
            self._session.messages.toast("没有保存视图：设置里不记代表的姓名和电话，请改用别的条件。")
            return
        self.remember(self.memory.with_view(view))
        self._session.messages.toast(f"已保存视图{quoted(name)}")

    def show(self, view: SavedView) -> None:
        """Look at the ledger as ``view`` does."""
        self.remember(self.memory._replace(grouping=view.grouping))
        self._view.sort_by(view.order)
        self._filters.show_looks(view.grouping, compact=self.memory.compact)
        self.filter_chosen.emit(view.filter)

    def drop(self, name: str) -> None:
        """Afterwards the view called ``name`` is gone."""
        self.remember(self.memory.without_view(name))
        self._session.messages.toast(f"已删除视图{quoted(name)}")

    def _on_chosen(self, view: SavedView, _: bool = False) -> None:  # noqa: FBT001, FBT002
        self.show(view)

    def _on_drop(self, name: str, _: bool = False) -> None:  # noqa: FBT001, FBT002
        self.drop(name)
