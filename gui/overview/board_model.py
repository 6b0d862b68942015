"""年度总览的表格形式：同样的行与格，给读屏软件和 Excel。"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from gui.services.board_values import BoardCell, BoardContents, BoardLine, LineKind, conflict_words

Index = QModelIndex | QPersistentModelIndex


class BoardRole(IntEnum):
    """What a cell of the model gives beside its text."""

    STATE = Qt.ItemDataRole.UserRole + 1
    COUNTS = Qt.ItemDataRole.UserRole + 2
    CHIPS = Qt.ItemDataRole.UserRole + 3
    SPAN = Qt.ItemDataRole.UserRole + 4
    LINE = Qt.ItemDataRole.UserRole + 5


class BoardModel(QAbstractTableModel):
    """Rows are rule lines, the first column the rule in words, then the months January to December.

    A cell that covers a quarter gives its text in its first month; ``BoardRole.SPAN`` tells how many
    months it covers.
    """

    def __init__(self) -> None:
        super().__init__()
        self._contents: BoardContents | None = None

    def set_contents(self, contents: BoardContents) -> None:
        """Show ``contents``."""
        self.beginResetModel()
        self._contents = contents
        self.endResetModel()

    def lines(self) -> tuple[BoardLine, ...]:
        """The lines shown, by row."""
        return self._contents.lines if self._contents else ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One row a line."""
        return 0 if parent.isValid() else len(self.lines())

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The rule and twelve months."""
        return 0 if parent.isValid() else 13

    def headerData(
        self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """规则 and the months; the titles of the lines."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if way == Qt.Orientation.Vertical:
            return self.lines()[section].title
        return "规则" if section == 0 else f"{section}月"

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, state, counts, chips or span of a cell."""
        if not index.isValid():
            return None
        line = self.lines()[index.row()]
        if role == BoardRole.LINE:
            return line
        if index.column() == 0 and role != Qt.ItemDataRole.TextAlignmentRole:
            return rule_text(line) if role == Qt.ItemDataRole.DisplayRole else None
        return _cell_data(line, index.column(), role)

    def as_tsv(self, indexes: Iterable[QModelIndex] | None = None) -> str:
        """The chosen rows and columns (all where None) with their heads, as Excel takes them."""
        chosen = list(indexes) if indexes is not None else []
        rows = sorted({index.row() for index in chosen}) if chosen else range(self.rowCount())
        columns = sorted({index.column() for index in chosen}) if chosen else range(13)
        head = ["规则线", *(str(self.headerData(c, Qt.Orientation.Horizontal)) for c in columns)]
        table = [head]
        for row in rows:
            texts = (self.data(self.index(row, column)) for column in columns)
            table.append([self.lines()[row].title, *(_one_line(str(text or "")) for text in texts)])
        return "\n".join("\t".join(cells) for cells in table) + "\n"


def rule_text(line: BoardLine) -> str:
    """The rule of a line and its counts."""
    return "；".join(part for part in (line.words, line.counts) if part)


def cell_text(line: BoardLine, cell: BoardCell) -> str:
    """State, count, note and events of a cell, one a line."""
    if line.kind is LineKind.OPEN_MONTH and cell.state is not None:
        words = [f"{cell.state.label} {sum(line.day_counts)} 场", f"宜 {line.target} 场"]
        return "\n".join([*words, *conflict_words(line, cell)])
    parts = []
    if cell.state is not None:
        words = " ".join(part for part in (cell.state.label, cell.count, cell.note) if part)
        parts.append(words)
    if cell.theme:
        parts.append(f"主题：{cell.theme}")
    for month in range(cell.first, cell.last + 1):
        for chip in line.chips_at(month):
            mark = "，有冲突" if chip.conflict else ""
            parts.append(f"{chip.when} {chip.short}（{chip.status.label}{mark}）")
    return "\n".join(parts)


def _cell_data(line: BoardLine, month: int, role: int) -> object:
    if role == Qt.ItemDataRole.TextAlignmentRole:
        return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
    cell = line.cell_at(month)
    if role == BoardRole.SPAN:
        return cell.last - cell.first + 1 if cell.first == month else 1
    if role == BoardRole.STATE:
        return cell.state
    if role == BoardRole.COUNTS:
        return tuple((one.held, one.forecast, one.minimum) for one in cell.cells)
    if role == BoardRole.CHIPS:
        return line.chips_at(month)
    if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
        return cell_text(line, cell) if cell.first == month else ""
    return None


def _one_line(text: str) -> str:
    """A cell of a TSV: tabs and line feeds would break it, a leading = would be a formula."""
    text = text.replace("\t", " ").replace("\n", "；")
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text
