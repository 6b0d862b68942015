"""单位表：参加与否、名称、类别、别名、每周上限，都在表里改。"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import IntEnum

from PySide6.QtCore import Qt

from gui.kit.headed_model import Index
from gui.years.units.items_model import ItemsModel, Kind
from models.domain.units import Unit, UnitKind

_SEPARATORS = re.compile(r"[、，,;；\s]+")
_KINDS = {kind.label: kind for kind in UnitKind}
KIND_LABELS = tuple(_KINDS)


class UnitColumn(IntEnum):
    """The columns."""

    NAME = 0
    KIND = 1
    ALIASES = 2
    CAP = 3


HEADS = ("单位", "类别", "别名", "每周上限")


class UnitsModel(ItemsModel[Unit]):
    """The units of a year. With ``ticked`` those with a tick take part. Keys never change, names may."""

    kind = Kind("单位", "U")

    def __init__(self, *, ticked: bool = False) -> None:
        super().__init__(HEADS)
        self.ticked = ticked
        self.left_out: set[str] = set()

    def show_units(self, units: Iterable[Unit], left_out: Iterable[str]) -> None:
        """Show ``units``, those in ``left_out`` without a tick."""
        self.left_out = set(left_out)
        self.show_items(units)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Texts, ticks and what a screen reader says."""
        if not index.isValid() or index.column() != UnitColumn.NAME:
            return super().data(index, role)
        unit = self.items[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole and self.ticked:
            return Qt.CheckState.Unchecked if unit.key in self.left_out else Qt.CheckState.Checked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            part = ("，不参加" if unit.key in self.left_out else "，参加") if self.ticked else ""
            return f"{unit.name}，{unit.kind.label}{part}"
        return super().data(index, role)

    def text(self, item: Unit, column: int, *, for_edit: bool) -> str:
        """Name, kind, aliases and cap in words."""
        if column == UnitColumn.NAME:
            return item.name
        if column == UnitColumn.KIND:
            return item.kind.label
        if column == UnitColumn.ALIASES:
            return "、".join(item.aliases)
        if item.week_cap is None:
            return "" if for_edit else "不限"
        return str(item.week_cap) if for_edit else f"{item.week_cap} 场"

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The first column has the tick."""
        flags = super().flags(index)
        if index.isValid() and index.column() == UnitColumn.NAME and self.ticked:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick, rename, change kind, aliases or cap; what cannot be is refused."""
        if index.isValid() and role == Qt.ItemDataRole.CheckStateRole and self.ticked:
            on = Qt.CheckState(value) == Qt.CheckState.Checked
            (self.left_out.discard if on else self.left_out.add)(self.items[index.row()].key)
            self.tell_row(index.row())
            return True
        return super().setData(index, value, role)

    def changed(self, item: Unit, column: int, text: str) -> Unit | None:
        """``item`` with the text in its column; None where it means nothing there."""
        if column == UnitColumn.NAME:
            return item._replace(name=text)
        if column == UnitColumn.KIND:
            return item._replace(kind=_KINDS[text]) if text in _KINDS else None
        if column == UnitColumn.ALIASES:
            names = dict.fromkeys(name for name in _SEPARATORS.split(text) if name and name != item.name)
            return item._replace(aliases=tuple(names))
        digits = text.removesuffix("场").strip()
        if digits in ("", "不限", "0"):
            return item._replace(week_cap=None)
        is_cap = digits.isascii() and digits.isdigit() and int(digits) < 1000
        return item._replace(week_cap=int(digits)) if is_cap else None

    def made(self, key: str, name: str) -> Unit:
        """A new department."""
        return Unit(key, name)

    def tick(self, rows: Iterable[int], *, on: bool) -> None:
        """Afterwards the units of ``rows`` take part, or do not."""
        for row in rows:
            (self.left_out.discard if on else self.left_out.add)(self.items[row].key)
        if self.items:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.items) - 1, len(HEADS) - 1))
