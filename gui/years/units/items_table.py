"""名单的表格：F2 改、Delete 删去、Ctrl+V 粘贴一列，空格打勾；筛选认拼音首字母。"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from gui.kit.headed_model import Index
from gui.kit.theme import theme
from gui.services.pinyin import characters_by_letter
from gui.years.units.items_model import NAME, ItemsModel
from planners.text_match import Needles, haystack, matches, needles


class ItemsFilter(QSortFilterProxyModel):
    """Rows in whose texts stands what was typed; pinyin initials do too."""

    def __init__(self, model: ItemsModel) -> None:  # type: ignore[type-arg]
        super().__init__()
        self._items = model
        self._wanted: Needles = ()
        self.setSourceModel(model)

    def show_matching(self, text: str) -> None:
        """Show the rows that match ``text``; all for an empty one."""
        rows = range(len(self._items.items))
        by_letter = characters_by_letter(map(self._words, rows)) if text.strip() else {}
        self._wanted = needles(text, by_letter)
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        """Whether the row matches."""
        del parent
        return not self._wanted or matches(self._words(row), self._wanted)

    def _words(self, row: int) -> str:
        model, item = self._items, self._items.items[row]
        columns = [column for column in range(len(model.heads)) if model.is_text(column)]
        return haystack([model.text(item, column, for_edit=True) for column in columns])


class ChoiceDelegate(QStyledItemDelegate):
    """Edits a cell with a list of words."""

    def __init__(self, choices: Callable[[], Sequence[str]], parent: QWidget) -> None:
        super().__init__(parent)
        self._choices = choices

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A list of the words."""
        del option, index
        made = QComboBox(parent)
        made.addItems(list(self._choices()))
        return made

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The present word is chosen."""
        assert isinstance(editor, QComboBox)
        editor.setCurrentText(str(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        """The word chosen is the cell's."""
        assert isinstance(editor, QComboBox)
        assert isinstance(model, QSortFilterProxyModel)
        model.setData(index, editor.currentText())  # type: ignore[arg-type]


class ItemsTable(QTableView):
    """``remove_wanted``: Delete was pressed; ``pasted``: the text of the clipboard is to be added."""

    remove_wanted = Signal()
    pasted = Signal(str)

    def __init__(self, rows: ItemsFilter, name: str) -> None:
        super().__init__()
        self.setModel(rows)
        self.setObjectName("Ticks")
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(round(theme().size("row.compact") * theme().scale))
        self.horizontalHeader().setHighlightSections(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete, paste, and Space on ticks; Space on a name with a tick ticks all selected rows alike."""
        editing = self.state() == QAbstractItemView.State.EditingState
        if event.key() == Qt.Key.Key_Delete and not editing:
            self.remove_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(QGuiApplication.clipboard().text())
        elif event.key() == Qt.Key.Key_Space and not editing and self._is_ticked(NAME):
            self._tick_selected()
        else:
            super().keyPressEvent(event)

    def _is_ticked(self, column: int) -> bool:
        current = self.currentIndex().siblingAtColumn(column)
        return bool(current.isValid() and current.flags() & Qt.ItemFlag.ItemIsUserCheckable)

    def _tick_selected(self) -> None:
        current = self.currentIndex().siblingAtColumn(NAME)
        on = current.data(Qt.ItemDataRole.CheckStateRole) != Qt.CheckState.Checked
        state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        for index in self.selectionModel().selectedRows(NAME):
            self.model().setData(index, state, Qt.ItemDataRole.CheckStateRole)
