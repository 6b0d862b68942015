"""结果一行一行：组名、找到的、还有多少；当前行只停在能选的行上。"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from planners.search_index import SearchEntry, SearchGroup, SearchKind

Index = QModelIndex | QPersistentModelIndex


class RowKind(Enum):
    """What a row is."""

    HEAD = "head"
    ENTRY = "entry"
    MORE = "more"


class SearchRow(NamedTuple):
    """One row: the head of a group, an entry with its note, or 在台账中看全部 n 场."""

    kind: RowKind
    words: str
    note: str = ""
    entry: SearchEntry | None = None


def result_rows(groups: Iterable[SearchGroup], note_of: Callable[[SearchEntry], str]) -> list[SearchRow]:
    """Heads and entries of ``groups``; events that are not shown can be seen in the ledger."""
    rows: list[SearchRow] = []
    for group in groups:
        hidden = group.total - len(group.entries)
        count = f"{group.total} 项" if not hidden else f"前 {len(group.entries)} 项，共 {group.total} 项"
        rows.append(SearchRow(RowKind.HEAD, group.kind.label, count))
        rows += entry_rows(group.entries, note_of)
        if hidden and group.kind is SearchKind.EVENT:
            rows.append(SearchRow(RowKind.MORE, "在活动台账中按这些字筛选"))
    return rows


def entry_rows(entries: Iterable[SearchEntry], note_of: Callable[[SearchEntry], str]) -> list[SearchRow]:
    """One row for each entry."""
    return [SearchRow(RowKind.ENTRY, entry.title, note_of(entry), entry) for entry in entries]


class SearchRows(QAbstractListModel):
    """The rows of the list. Heads cannot be selected."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[SearchRow] = []

    def show_rows(self, rows: list[SearchRow]) -> None:
        """Show ``rows`` instead."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    @property
    def rows(self) -> Sequence[SearchRow]:
        """What is shown."""
        return self._rows

    def row(self, index: Index) -> SearchRow:
        """The row at ``index``."""
        return self._rows[index.row()]

    def first(self) -> int:
        """The first row that can be chosen; -1 where there is none."""
        return self.next_from(-1, 1)

    def next_from(self, place: int, step: int) -> int:
        """The next row that can be chosen, round and round; -1 where there is none."""
        count = len(self._rows)
        for distance in range(1, count + 1):
            row = (place + step * distance) % count
            if self._rows[row].kind is not RowKind.HEAD:
                return row
        return -1

    def next_group(self, place: int, step: int) -> int:
        """The first row of the next (1) or previous (-1) group, round and round."""
        heads = [n for n, row in enumerate(self._rows) if row.kind is RowKind.HEAD]
        if not heads:
            return self.first()
        here = max((n for n, head in enumerate(heads) if head <= place), default=0)
        return self.next_from(heads[(here + step) % len(heads)], 1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a row; with its note for screen readers."""
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "，".join(filter(None, (row.words, row.note)))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Heads are only looked at."""
        if self._rows[index.row()].kind is RowKind.HEAD:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
