"""一张名单：筛选、表格、合计、新增与删去；空着的时候说怎样开始。"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from gui.kit.empty_state import EmptyAction, EmptyState
from gui.kit.plain import button, label
from gui.kit.theme import theme
from gui.years.units.items_model import NAME, ItemsModel, Listed
from gui.years.units.items_table import ItemsFilter, ItemsTable


class ItemsPane(QWidget, Generic[Listed]):
    """A list of a year. ``changed``: something is another one now. ``refused``: why nothing was removed.

    ``why_kept`` says of an item why it cannot be taken away; "" where it can. With ``alone`` the pane has
    a search field above the table and says what to do where it is empty; else both are the page's.
    """

    changed = Signal()
    refused = Signal(str)

    def __init__(self, model: ItemsModel[Listed], *, alone: bool) -> None:
        super().__init__()
        self.model = model
        self.rows = ItemsFilter(model)
        self.table = ItemsTable(self.rows, model.heads[NAME])
        self.why_kept: Callable[[Listed], str] = _nothing
        self.counts = label(role="secondary" if alone else "caption", wrap=not alone)
        word = model.kind.word
        self.remove_button = button("删去", self.remove_selected, small=not alone)
        self.add_button = button(f"新增{word}", self.add_item, small=not alone, icon_name="plus")
        self.search = QLineEdit()
        self.search.setPlaceholderText("筛选（拼音首字母可用）")
        self.search.setAccessibleName(f"筛选{word}")
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(round(260 * theme().scale))
        self.empty = EmptyState()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        self._alone = alone
        self._lay_out()
        self.search.textChanged.connect(self._on_searched)
        self.table.remove_wanted.connect(self.remove_selected)
        self.table.pasted.connect(self.paste)
        for signal in (model.dataChanged, model.rowsInserted, model.rowsRemoved):
            signal.connect(self._on_changed)
        model.modelReset.connect(self.tell)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.bar = QHBoxLayout()
        self.bar.setSpacing(8)
        if self._alone:
            self.bar.addWidget(self.search, 1)
        else:
            self.search.hide()
        self.bar.addWidget(self.counts, 1)
        self.bar.addWidget(self.remove_button)
        self.bar.addWidget(self.add_button)
        if self._alone:
            column.addLayout(self.bar)
        column.addWidget(self._stack, 1)
        if not self._alone:
            column.addLayout(self.bar)

    def add_button_before(self, made: QPushButton) -> None:
        """A button before those that add and remove."""
        self.bar.insertWidget(self.bar.indexOf(self.remove_button), made)

    def forbid_changes(self) -> None:
        """Afterwards the list can only be looked at."""
        self.model.can_change = False
        self.remove_button.setEnabled(False)
        self.add_button.setEnabled(False)
        self.tell()

    # changing

    def add_item(self) -> None:
        """A new item, its name being typed at once."""
        self.search.clear()
        index = self.rows.mapFromSource(self.model.index(self.model.add([self.model.free_name()]), NAME))
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index)
        self.table.setFocus()
        self.table.edit(index)

    def paste(self, text: str) -> None:
        """Add an item for each line of ``text``."""
        if self.model.can_change and self.model.paste(text):
            self.search.clear()
            self.table.scrollToBottom()

    def paste_clipboard(self) -> None:
        """Add an item for each line of the clipboard."""
        self.paste(QGuiApplication.clipboard().text())

    def remove_selected(self) -> None:
        """Take the selected items away; those in use stay, and it is said who uses them."""
        if not self.model.can_change:
            return
        chosen = self.table.selectionModel().selectedRows()
        rows = [self.rows.mapToSource(index).row() for index in chosen]
        why = {row: self.why_kept(self.model.items[row]) for row in rows}
        self.model.remove(row for row in rows if not why[row])
        kept = [words for words in why.values() if words]
        if kept:
            more = f"另有 {len(kept) - 1} 项也在用。" if len(kept) > 1 else ""
            self.refused.emit(f"{kept[0]}{more}")
        elif rows:
            self.refused.emit("")

    # telling

    def count_words(self) -> str:
        """How many there are, in words."""
        return f"共 {len(self.model.items)} 项"

    def empty_lines(self) -> Iterable[str]:
        """What the empty list is for."""
        return ()

    def tell(self) -> None:
        """Say how many there are; where there are none, what to do."""
        self.counts.setText(self.count_words())
        if self._alone:
            shown = self.rows.rowCount()
            if not shown:
                self._show_empty()
            self._stack.setCurrentWidget(self.table if shown else self.empty)

    def _show_empty(self) -> None:
        word = self.model.kind.word
        if self.model.items:
            again = EmptyAction("清除筛选", self.search.clear)
            self.empty.show_words("search", f"没有符合的{word}", ["换几个字，或清除筛选。"], [again])
            return
        actions = [
            EmptyAction(f"新增{word}", self.add_item),
            EmptyAction("粘贴一列名称", self.paste_clipboard),
        ]
        lines = list(self.empty_lines())
        self.empty.show_words("plus", f"还没有{word}", lines, actions if self.model.can_change else [])

    def _on_searched(self, text: str) -> None:
        self.rows.show_matching(text)
        self.tell()

    def _on_changed(self) -> None:
        self.tell()
        self.changed.emit()

    def focus_first(self) -> None:
        """Take the focus to the first row."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.table.currentIndex().isValid() and self.rows.rowCount():
            self.table.setCurrentIndex(self.rows.index(0, NAME))


def _nothing(_item: object) -> str:
    return ""
