"""台账的模型：组为父、活动为子；不分组时只有活动一层。"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt

from models.domain.rules import RuleSet
from models.domain.snapshot import YearSnapshot
from planners.ledger_groups import Group
from planners.ledger_rows import HEADS, LedgerColumn, LedgerRow, row_texts
from planners.released_events import DIFFERS

Index = QModelIndex | QPersistentModelIndex
_NO_GROUP = 0
# Qt asks for these thousands of times; putting flags together costs more than all the rest.
_NO_FLAGS, _HEADING = Qt.ItemFlag.NoItemFlags, Qt.ItemFlag.ItemIsEnabled
_ROW = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_EDITABLE = _ROW | Qt.ItemFlag.ItemIsEditable


class Spot(NamedTuple):
    """Where a row stands: number of its group, and its place there."""

    group: int
    row: int


class LedgerModel(QAbstractItemModel):
    """The events of the ledger. ``internalId`` is 0 for a group, else 1 + the number of the row's group."""

    def __init__(self) -> None:
        super().__init__()
        self._groups: tuple[Group, ...] = ()
        self._flat = False
        self._spots: dict[str, Spot] = {}
        self._texts: dict[str, tuple[str, ...]] = {}
        self._snapshot: YearSnapshot | None = None
        self._ruleset: RuleSet | None = None
        self.read_only = False

    # contents

    def set_groups(self, groups: Sequence[Group], snapshot: YearSnapshot, ruleset: RuleSet) -> None:
        """Show ``groups``; one without a title shows its rows at the top."""
        self.beginResetModel()
        self._groups = tuple(groups)
        self._flat = len(self._groups) == 1 and not self._groups[0].title
        self._spots = {
            row.event.key: Spot(number, place)
            for number, group in enumerate(self._groups)
            for place, row in enumerate(group.rows)
        }
        if snapshot is not self._snapshot:
            self._texts = {}
        self._snapshot, self._ruleset = snapshot, ruleset
        self.endResetModel()

    def replace_rows(self, groups: Sequence[Group], snapshot: YearSnapshot, ruleset: RuleSet) -> bool:
        """Show ``groups`` where they hold the same events in the same places; else False and nothing is done."""
        if _shape(groups) != _shape(self._groups):
            return False
        self._groups = tuple(groups)
        if snapshot is not self._snapshot:
            self._texts = {}
        self._snapshot, self._ruleset = snapshot, ruleset
        return True

    @property
    def groups(self) -> tuple[Group, ...]:
        """What is shown."""
        return self._groups

    @property
    def is_flat(self) -> bool:
        """Whether the rows stand without groups."""
        return self._flat

    def shown_keys(self) -> list[str]:
        """The keys of all rows, from top to bottom."""
        return [row.event.key for group in self._groups for row in group.rows]

    def row(self, index: Index) -> LedgerRow | None:
        """The row at ``index``; None for a group."""
        if not index.isValid() or index.internalId() == _NO_GROUP:
            return None
        return self._groups[index.internalId() - 1].rows[index.row()]

    def group(self, index: Index) -> Group:
        """The group at ``index``, or that of the row there."""
        number = index.row() if index.internalId() == _NO_GROUP else index.internalId() - 1
        return self._groups[number]

    def row_of(self, key: str) -> LedgerRow | None:
        """The row of the event called ``key``, if it is shown."""
        spot = self._spots.get(key)
        return self._groups[spot.group].rows[spot.row] if spot else None

    def index_of(self, key: str, column: int = LedgerColumn.TITLE) -> QModelIndex:
        """Where the event is shown; an invalid index where it is not."""
        spot = self._spots.get(key)
        if spot is None:
            return QModelIndex()
        return self.createIndex(spot.row, column, spot.group + 1)

    def texts(self, row: LedgerRow) -> tuple[str, ...]:
        """The words of a row, kept until the year is another."""
        found = self._texts.get(row.event.key)
        if found is None:
            assert self._snapshot is not None
            assert self._ruleset is not None
            found = self._texts[row.event.key] = row_texts(row, self._snapshot, self._ruleset)
        return found

    # what Qt asks

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        """The index of a group or a row."""
        if parent.isValid():
            return self.createIndex(row, column, parent.row() + 1)
        return self.createIndex(row, column, 1 if self._flat else _NO_GROUP)

    def parent(self, index: Index | None = None) -> QModelIndex:  # type: ignore[override]
        """The group of a row."""
        number = index.internalId() if index.isValid() else _NO_GROUP
        if self._flat or number == _NO_GROUP:
            return QModelIndex()
        return self.createIndex(number - 1, 0, _NO_GROUP)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Groups at the top (rows where there are none), rows below a group."""
        if not parent.isValid():
            if self._flat:
                return len(self._groups[0].rows)
            return len(self._groups)
        if parent.internalId() != _NO_GROUP or parent.column() > 0:
            return 0
        return len(self._groups[parent.row()].rows)

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008
        """Groups have, rows have not."""
        return not parent.isValid() or (parent.internalId() == _NO_GROUP and parent.column() == 0)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Tile to 缺项."""
        del parent
        return len(HEADS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows can be selected, status and date be edited; groups are only headings."""
        if not index.isValid():
            return _NO_FLAGS
        if index.internalId() == _NO_GROUP:
            return _HEADING
        return _EDITABLE if index.column() == LedgerColumn.DATE and not self.read_only else _ROW

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a cell; the whole row in words for screen readers."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            row = self.row(index)
            if row is None:
                return self.group(index).title if index.column() == 0 else None
            return self.texts(row)[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index)
        return None

    def _spoken(self, index: Index) -> str:
        row = self.row(index)
        if row is None:
            group = self.group(index)
            return f"{group.title} {len(group.rows)} 场"
        texts = self.texts(row)
        if index.column() != LedgerColumn.TITLE:
            return f"{HEADS[LedgerColumn(index.column())]} {texts[index.column()]}".strip()
        order = (
            LedgerColumn.TITLE,
            LedgerColumn.TILE,
            LedgerColumn.STATUS,
            LedgerColumn.DATE,
            LedgerColumn.TIME,
        )
        lacks = texts[LedgerColumn.MISSING]
        words = [*(texts[column] for column in order), texts[LedgerColumn.HOST], texts[LedgerColumn.PLACE]]
        words += [DIFFERS] * row.differs
        return "，".join(filter(None, [*words, f"缺项 {lacks}" if row.missing or row.conflicts else ""]))

    def headerData(
        self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The heads of the columns, left-aligned."""
        if way != Qt.Orientation.Horizontal:
            return None
        column = LedgerColumn(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return HEADS[column]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"按{HEADS[column] or '工作线'}排序"
        return None


def _shape(groups: Sequence[Group]) -> list[tuple[str, list[str]]]:
    return [(group.title, [row.event.key for row in group.rows]) for group in groups]
