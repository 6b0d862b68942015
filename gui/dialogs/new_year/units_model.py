"""单位表：参加与否、名称、类别、别名、每周上限，都在表里改。"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import IntEnum
from itertools import count

from PySide6.QtCore import QModelIndex, Qt

from gui.tables.headed_model import ROOT, HeadedModel, Index
from models.domain.units import Unit, UnitKind

_SEPARATORS = re.compile(r"[、，,;；\s]+")
_KINDS = {kind.label: kind for kind in UnitKind}


LONGEST_NAME = 60


class Column(IntEnum):
    """The columns."""

    NAME = 0
    KIND = 1
    ALIASES = 2
    CAP = 3


HEADS = ("单位", "类别", "别名", "每周上限")


class UnitsModel(HeadedModel):
    """The units that are offered; ticked ones take part. Keys never change, names may."""

    def __init__(self) -> None:
        super().__init__(HEADS)
        self.units: list[Unit] = []
        self.left_out: set[str] = set()

    def show_units(self, units: Iterable[Unit], left_out: Iterable[str]) -> None:
        """Show ``units``, those in ``left_out`` without a tick."""
        self.beginResetModel()
        self.units, self.left_out = list(units), set(left_out)
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        """One row a unit."""
        return 0 if parent.isValid() else len(self.units)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Texts, ticks and what a screen reader says."""
        if not index.isValid():
            return None
        unit = self.units[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == Column.NAME:
            return Qt.CheckState.Unchecked if unit.key in self.left_out else Qt.CheckState.Checked
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(unit, index.column(), for_edit=role == Qt.ItemDataRole.EditRole)
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == Column.NAME:
            part = "不参加" if unit.key in self.left_out else "参加"
            return f"{unit.name}，{unit.kind.label}，{part}"
        return None

    @staticmethod
    def _text(unit: Unit, column: int, *, for_edit: bool) -> str:
        if column == Column.NAME:
            return unit.name
        if column == Column.KIND:
            return unit.kind.label
        if column == Column.ALIASES:
            return "、".join(unit.aliases)
        if unit.week_cap is None:
            return "" if for_edit else "不限"
        return str(unit.week_cap) if for_edit else f"{unit.week_cap} 场"

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell can be edited; the first column has the tick."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable
        if index.isValid() and index.column() == Column.NAME:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick, rename, change kind, aliases or cap; what cannot be is refused."""
        if not index.isValid():
            return False
        row, unit = index.row(), self.units[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole:
            on = Qt.CheckState(value) == Qt.CheckState.Checked
            (self.left_out.discard if on else self.left_out.add)(unit.key)
        elif role == Qt.ItemDataRole.EditRole:
            changed = _changed(unit, index.column(), str(value).strip())
            if changed is None or changed == unit:
                return False
            self.units[row] = changed
        else:
            return False
        self.tell_row(row)
        return True

    def add_unit(self, name: str) -> int:
        """A new department called ``name``, ticked, at the end; its row."""
        taken = {unit.key for unit in self.units}
        key = next(key for number in count(1) if (key := f"U{number:04d}") not in taken)
        row = len(self.units)
        self.beginInsertRows(QModelIndex(), row, row)
        self.units.append(Unit(key, name))
        self.endInsertRows()
        return row

    def tick(self, rows: Iterable[int], *, on: bool) -> None:
        """Afterwards the units of ``rows`` take part, or do not."""
        for row in rows:
            (self.left_out.discard if on else self.left_out.add)(self.units[row].key)
        if self.units:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.units) - 1, len(HEADS) - 1))


def _changed(unit: Unit, column: int, text: str) -> Unit | None:
    """``unit`` with the text in its column; None where it means nothing there."""
    if column == Column.NAME:
        return unit._replace(name=text[:LONGEST_NAME]) if text else None
    if column == Column.KIND:
        return unit._replace(kind=_KINDS[text]) if text in _KINDS else None
    if column == Column.ALIASES:
        names = dict.fromkeys(name for name in _SEPARATORS.split(text) if name and name != unit.name)
        return unit._replace(aliases=tuple(names))
    digits = text.removesuffix("场").strip()
    if digits in ("", "不限", "0"):
        return unit._replace(week_cap=None)
    return (
        unit._replace(week_cap=int(digits))
        if digits.isascii() and digits.isdigit() and int(digits) < 1000
        else None
    )
