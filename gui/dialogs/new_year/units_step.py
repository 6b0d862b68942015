"""第四步 单位与街镇：勾选参加的，改名、加别名、设每周上限，也可新增。"""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, QSortFilterProxyModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from gui.dialogs.new_year.answers import Answers
from gui.dialogs.new_year.step_page import StepPage
from gui.dialogs.new_year.units_model import Column, UnitsModel
from gui.pinyin import characters_by_letter
from gui.plain import button, label
from gui.theme import theme
from models.domain.units import Unit, UnitKind
from planners.text_match import Needles, haystack, matches, needles

Index = QModelIndex | QPersistentModelIndex


class _Filter(QSortFilterProxyModel):
    """Rows whose name, alias or kind holds what was typed; pinyin initials do too."""

    def __init__(self, model: UnitsModel) -> None:
        super().__init__()
        self._units = model
        self._wanted: Needles = ()
        self.setSourceModel(model)

    def show_matching(self, text: str) -> None:
        by_letter = characters_by_letter(map(_words, self._units.units)) if text.strip() else {}
        self._wanted = needles(text, by_letter)
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        del parent
        return not self._wanted or matches(_words(self._units.units[row]), self._wanted)


def _words(unit: Unit) -> str:
    return haystack((unit.name, unit.kind.label, *unit.aliases))


class _KindDelegate(QStyledItemDelegate):
    """A list of the kinds."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        del option, index
        made = QComboBox(parent)
        made.addItems([kind.label for kind in UnitKind])
        return made

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, QComboBox)
        editor.setCurrentText(str(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        assert isinstance(editor, QComboBox)
        assert isinstance(model, QSortFilterProxyModel)
        model.setData(index, editor.currentText())  # type: ignore[arg-type]


class UnitsTable(QTableView):
    """Space ticks the selected units; F2, Enter or a double click edits a cell."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks all selected rows like the current one will be."""
        if event.key() == Qt.Key.Key_Space and self.state() != QAbstractItemView.State.EditingState:
            current = self.currentIndex().siblingAtColumn(Column.NAME)
            on = current.data(Qt.ItemDataRole.CheckStateRole) != Qt.CheckState.Checked
            for index in self.selectionModel().selectedRows(Column.NAME):
                state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
                self.model().setData(index, state, Qt.ItemDataRole.CheckStateRole)
            return
        super().keyPressEvent(event)


class UnitsStep(StepPage):
    """The units of the year."""

    def __init__(self) -> None:
        super().__init__(
            "核对单位与街镇",
            "勾选今年参加的；单位改了名直接改，旧名会留作别名，报送表里写旧名也认得。每周上限只用于排期，不填即不限。",
        )
        self._is_showing = True
        self._before: dict[str, str] = {}
        self._new: set[str] = set()
        self.model = UnitsModel()
        self._rows = _Filter(self.model)
        self.search = QLineEdit()
        self.search.setPlaceholderText("筛选（拼音首字母可用）")
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(260)
        self.counts = label(role="secondary")
        self.add_button = button("新增单位", self.add_unit, icon_name="plus")
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.search, 1)
        row.addWidget(self.counts, 1)
        row.addStretch(1)
        row.addWidget(button("全选", self._tick_all))
        row.addWidget(button("全不选", self._tick_none))
        row.addWidget(self.add_button)
        self.table = self._table()
        self.column.addSpacing(4)
        self.column.addLayout(row)
        self.column.addWidget(self.table, 1)
        self.search.textChanged.connect(self._rows.show_matching)
        self.model.dataChanged.connect(self._on_changed)
        self.model.rowsInserted.connect(self._on_changed)

    def _table(self) -> UnitsTable:
        table = UnitsTable()
        table.setModel(self._rows)
        table.setObjectName("Ticks")
        table.setAccessibleName("单位")
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(round(theme().size("row.compact") * theme().scale))
        heads = table.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        heads.setSectionResizeMode(Column.ALIASES, QHeaderView.ResizeMode.Stretch)
        heads.resizeSection(Column.KIND, round(110 * theme().scale))
        heads.resizeSection(Column.CAP, round(110 * theme().scale))
        table.setItemDelegateForColumn(Column.KIND, _KindDelegate(table))
        table.setMinimumHeight(round(220 * theme().scale))
        return table

    def adapt(self, size: QSize) -> None:
        """The table takes what room there is."""
        self.table.setMinimumHeight(max(round(220 * theme().scale), size.height() - 190))

    def show_answers(self, answers: Answers) -> None:
        """Show the units."""
        self._is_showing = True
        if tuple(self.model.units) != answers.units or self.model.left_out != answers.left_out:
            self.model.show_units(answers.units, answers.left_out)
        self._before = {unit.key: unit.name for unit in answers.units}
        self._tell()
        self._is_showing = False

    def take(self, answers: Answers) -> Answers:
        """The units as they stand; a renamed one keeps its former name as an alias."""
        units = tuple(self._with_former_name(unit) for unit in self.model.units)
        self._is_showing = True
        for row, unit in enumerate(units):
            self.model.units[row] = unit
        self._before = {unit.key: unit.name for unit in units}
        self._tell()
        self._is_showing = False
        return answers._replace(units=units, left_out=frozenset(self.model.left_out))

    def _with_former_name(self, unit: Unit) -> Unit:
        former = self._before.get(unit.key, unit.name)
        if former == unit.name or former in unit.aliases or unit.key in self._new:
            return unit
        return unit._replace(aliases=(*(a for a in unit.aliases if a != unit.name), former))

    def first_field(self) -> QWidget | None:
        """The table."""
        return self.table

    def add_unit(self) -> None:
        """A new unit, its name being typed at once."""
        self.search.clear()
        taken = {unit.name for unit in self.model.units}
        name = next(n for k in range(1, 10**6) if (n := "新单位" + (str(k) if k > 1 else "")) not in taken)
        row = self.model.add_unit(name)
        self._new.add(self.model.units[row].key)
        index = self._rows.mapFromSource(self.model.index(row, Column.NAME))
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index)
        self.table.setFocus()
        self.table.edit(index)

    def _tick_all(self) -> None:
        self._tick(on=True)

    def _tick_none(self) -> None:
        self._tick(on=False)

    def _tick(self, *, on: bool) -> None:
        """All that are shown."""
        rows = [self._rows.mapToSource(self._rows.index(n, 0)).row() for n in range(self._rows.rowCount())]
        self.model.tick(rows, on=on)

    def _on_changed(self) -> None:
        if not self._is_showing:
            self.changed.emit()

    def _tell(self) -> None:
        chosen = [unit for unit in self.model.units if unit.key not in self.model.left_out]
        kinds = Counter(unit.kind for unit in chosen)
        parts = [
            f"{kinds[kind]} {kind.label}" for kind in (UnitKind.TOWN, UnitKind.DEPARTMENT, UnitKind.PARK)
        ]
        rest = len(chosen) - sum(kinds[k] for k in (UnitKind.TOWN, UnitKind.DEPARTMENT, UnitKind.PARK))
        parts += [f"{rest} 其他"] if rest else []
        self.counts.setText(f"参加 {len(chosen)} / {len(self.model.units)}：{' · '.join(parts)}")
