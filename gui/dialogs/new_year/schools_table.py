"""学校表：名称与所办学段，勾三个学段，可逐所新增、删去，也可整列粘贴名称。"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from itertools import count

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from gui.tables.headed_model import ROOT, HeadedModel, Index
from gui.theme import theme
from models.domain.events import SchoolStage
from models.domain.units import School

STAGES = tuple(SchoolStage)
LONGEST_NAME, MOST_PASTED = 60, 500


class Column(IntEnum):
    """The name, then a column a stage."""

    NAME = 0


class SchoolsModel(HeadedModel):
    """The schools and the stages that they teach."""

    def __init__(self) -> None:
        super().__init__(("学校", *(stage.label for stage in STAGES)))
        self.schools: list[School] = []

    def show_schools(self, schools: Iterable[School]) -> None:
        """Show ``schools``."""
        self.beginResetModel()
        self.schools = list(schools)
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        """One row a school."""
        return 0 if parent.isValid() else len(self.schools)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Names and ticks."""
        if not index.isValid():
            return None
        school = self.schools[index.row()]
        if index.column() == Column.NAME:
            shown = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole)
            return school.name if shown else None
        stage = STAGES[index.column() - 1]
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if stage in school.stages else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{school.name}{'有' if stage in school.stages else '没有'}{stage.label}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The name can be edited, stages are ticked."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.isValid():
            name = index.column() == Column.NAME
            flags |= Qt.ItemFlag.ItemIsEditable if name else Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Rename a school, tick a stage."""
        if not index.isValid():
            return False
        row, school = index.row(), self.schools[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole and index.column() != Column.NAME:
            stage = STAGES[index.column() - 1]
            on = Qt.CheckState(value) == Qt.CheckState.Checked
            kept = tuple(
                s for s in STAGES if (s in school.stages or (s is stage and on)) and (s is not stage or on)
            )
            self.schools[row] = school._replace(stages=kept)
        elif role == Qt.ItemDataRole.EditRole and str(value).strip():
            self.schools[row] = school._replace(name=str(value).strip()[:LONGEST_NAME])
        else:
            return False
        self.tell_row(row)
        return True

    def add(self, names: Iterable[str]) -> int:
        """New schools called ``names`` at the end, their stage guessed by nobody; the first one's row."""
        row = len(self.schools)
        taken = {school.key for school in self.schools}
        keys = (key for number in count(1) if (key := f"S{number:04d}") not in taken)
        added = [School(key, name[:LONGEST_NAME]) for key, name in zip(keys, names, strict=False)]
        if added:
            self.beginInsertRows(QModelIndex(), row, row + len(added) - 1)
            self.schools += added
            self.endInsertRows()
        return row

    def remove(self, rows: Iterable[int]) -> None:
        """Take the schools of ``rows`` away."""
        for row in sorted(set(rows), reverse=True):
            self.beginRemoveRows(QModelIndex(), row, row)
            del self.schools[row]
            self.endRemoveRows()


class SchoolsTable(QTableView):
    """Space ticks a stage, F2 edits a name, Delete takes schools away, Ctrl+V adds a column of names."""

    def __init__(self, model: SchoolsModel) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setObjectName("Ticks")
        self.setAccessibleName("学校")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(round(theme().size("row.compact") * theme().scale))
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        for number in range(len(STAGES)):
            heads.resizeSection(1 + number, round(84 * theme().scale))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete and paste."""
        if event.key() == Qt.Key.Key_Delete:
            self.remove_selected()
        elif event.matches(QKeySequence.StandardKey.Paste):
            lines = (line.split("\t")[0].strip() for line in QGuiApplication.clipboard().text().splitlines())
            self._model.add([line for line in lines if line][:MOST_PASTED])
        else:
            super().keyPressEvent(event)

    def remove_selected(self) -> None:
        """Take the selected schools away."""
        self._model.remove(index.row() for index in self.selectionModel().selectedRows())
