"""画出来的格子给读屏软件看的样子：一张表，一行一行，一格一格，各有名字。

Qt knows a painted widget only as one surface. ``QAccessible`` is given a factory that answers for every
``Cells`` with a table of rows and cells, made when a screen reader asks and never before.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget

from gui.session.redaction import redacted

if TYPE_CHECKING:
    from typing import Protocol

    from PySide6.QtCore import QRectF
    from PySide6.QtWidgets import QWidget

    class CellTable(Protocol):
        """What is told of a grid."""

        place: Any

        def rows(self) -> Sequence[Sequence[Any]]: ...
        def row_words(self, row: int) -> str: ...
        def place_rect(self, place: Any) -> QRectF: ...
        def words_of(self, place: Any) -> str: ...
        def surface(self) -> QWidget: ...


class _Part(QAccessibleInterface):
    """A row, or with ``column`` a cell, of the table of ``grid``."""

    def __init__(self, table: _Table, row: int, column: int) -> None:
        super().__init__()
        self._grid, self._table, self._row, self._column = table.grid, table, row, column

    def _cells(self) -> Sequence[Any]:
        if not shiboken6.isValid(self._grid):
            return ()
        rows = self._grid.rows()
        row = rows[self._row] if self._row < len(rows) else ()
        return row if self._column < 0 else row[self._column : self._column + 1]

    def isValid(self) -> bool:
        return bool(self._cells())

    def object(self) -> QObject | None:  # type: ignore[override]
        return None

    def parent(self) -> QAccessibleInterface:
        return self._table if self._column < 0 else self._table.part(self._row)

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.Row if self._column < 0 else QAccessible.Role.Cell

    def state(self) -> QAccessible.State:
        found = QAccessible.State()
        cells = self._cells()
        if self._column >= 0 and cells:
            found.focusable = found.selectable = 1  # type: ignore[assignment]
            found.focused = found.selected = int(cells[0] == self._grid.place)  # type: ignore[assignment]
        return found

    def text(self, kind: QAccessible.Text) -> str:
        cells = self._cells()
        if kind is not QAccessible.Text.Name or not cells:
            return ""
        words = self._grid.row_words(self._row) if self._column < 0 else self._grid.words_of(cells[0])
        return redacted(words or self._grid.words_of(cells[0]))

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """What is painted is not written by a screen reader."""

    def rect(self) -> QRect:
        whole = QRect()
        for place in self._cells():
            whole = whole.united(self._grid.place_rect(place).toAlignedRect())
        return whole.translated(self._grid.surface().mapToGlobal(QPoint(0, 0))) if self.isValid() else whole

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        inside = 0 <= index < self.childCount()
        return self._table.part(self._row, index) if inside else None

    def childCount(self) -> int:
        return len(self._cells()) if self._column < 0 else 0

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        cells = (self._table.part(self._row, n) for n in range(self.childCount()))
        return next((one for one in cells if one.rect().contains(x, y)), None)

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return next((n for n in range(self.childCount()) if self.child(n) is child), -1)

    def interface_cast(self, kind: QAccessible.InterfaceType) -> int:
        return 0


class _Table(QAccessibleWidget):
    """The grid itself; its children are its rows."""

    def __init__(self, grid: Any) -> None:
        super().__init__(grid, QAccessible.Role.Table)
        self.grid: CellTable = grid
        self._parts: dict[tuple[int, int], _Part] = {}

    def part(self, row: int, column: int = -1) -> _Part:
        """A row, or a cell of it; always the same one for the same place."""
        if (row, column) not in self._parts:
            self._parts[row, column] = _Part(self, row, column)
        return self._parts[row, column]

    def childCount(self) -> int:
        return len(self.grid.rows()) if shiboken6.isValid(self.grid) else 0

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        return self.part(index) if 0 <= index < self.childCount() else None

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        children = (self.part(n) for n in range(self.childCount()))
        return next((one for one in children if one.rect().contains(x, y)), None)

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return next((n for n in range(self.childCount()) if self.part(n) is child), -1)

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        for number, row in enumerate(self.grid.rows()):
            if self.grid.place in row:
                return self.part(number, list(row).index(self.grid.place))
        return None


# Qt keeps the addresses of the interfaces it was given: none may die before the program does.
_kept: list[_Table] = []


@cache
def offer_cells(kind: type) -> None:
    """From now on screen readers find rows and cells in every grid of ``kind`` (where this PySide6 can)."""

    def interface_of(name: str, widget: QObject) -> QAccessibleInterface | None:
        del name
        if not isinstance(widget, kind):
            return None  # Qt answers itself
        _kept.append(_Table(widget))
        return _kept[-1]

    if hasattr(QAccessible, "installFactory"):
        QAccessible.installFactory(interface_of)
