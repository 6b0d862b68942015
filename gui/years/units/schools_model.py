"""学校表：名称与所办学段，学段打勾。"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt

from gui.kit.headed_model import Index
from gui.years.units.items_model import NAME, ItemsModel, Kind
from models.domain.events import SchoolStage
from models.domain.school_stages import BASIC_STAGES
from models.domain.units import School


class SchoolsModel(ItemsModel[School]):
    """The schools and the stages that they teach, the stage guessed by nobody."""

    kind = Kind("学校", "S")

    def __init__(self) -> None:
        self.stages: tuple[SchoolStage, ...] = BASIC_STAGES
        super().__init__(self._heads())

    def _heads(self) -> tuple[str, ...]:
        return ("学校", *(stage.label for stage in self.stages))

    def show_stages(self, stages: Iterable[SchoolStage]) -> None:
        """Afterwards there is a column for each of ``stages``."""
        self.beginResetModel()
        self.stages = tuple(stages)
        self.heads = self._heads()
        self.endResetModel()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Names and ticks."""
        if not index.isValid() or index.column() == NAME:
            return super().data(index, role)
        school, stage = self.items[index.row()], self.stages[index.column() - 1]
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if stage in school.stages else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{school.name}{'有' if stage in school.stages else '没有'}{stage.label}"
        return None

    def text(self, item: School, column: int, *, for_edit: bool) -> str:
        """The name."""
        del column, for_edit
        return item.name

    def is_text(self, column: int) -> bool:
        """The name; stages are ticked."""
        return column == NAME

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The name can be edited, stages are ticked."""
        flags = super().flags(index)
        if index.isValid() and index.column() != NAME and self.can_change:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Rename a school, tick a stage."""
        ticks = index.isValid() and index.column() != NAME and role == Qt.ItemDataRole.CheckStateRole
        if not ticks or not self.can_change:
            return super().setData(index, value, role)
        row, school = index.row(), self.items[index.row()]
        stage = self.stages[index.column() - 1]
        on = Qt.CheckState(value) == Qt.CheckState.Checked
        kept = {*school.stages, stage} if on else {*school.stages} - {stage}
        self.items[row] = school._replace(stages=tuple(s for s in SchoolStage if s in kept))
        self.tell_row(row)
        return True

    def changed(self, item: School, column: int, text: str) -> School | None:
        """Another name."""
        del column
        return item._replace(name=text)

    def made(self, key: str, name: str) -> School:
        """A new school without stages."""
        return School(key, name)
