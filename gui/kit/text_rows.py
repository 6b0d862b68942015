"""一行几栏字的表：颜色与图标之外总有字；选中一行就是选中它所指的东西。"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import Qt

from gui.kit.headed_model import HeadedModel, Index
from gui.kit.icons import icon
from gui.kit.plain import plain_tip
from gui.kit.theme import theme
from gui.session.redaction import redacted


class TextRow(NamedTuple):
    """The words of all columns; icon and colour of the first; ``target``: what the row is about."""

    texts: tuple[str, ...]
    target: object = None
    sign: str = ""
    color: str = "ink2"


class TextRows(HeadedModel):
    """Rows of words under their heads."""

    rows: Sequence[TextRow]

    def target(self, index: Index) -> object:
        """What the row at ``index`` is about; None where there is no row."""
        return self.rows[index.row()].target if index.isValid() else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, delegates masked; icon and colour of the first column; the words in full as a tooltip."""
        row = self.rows[index.row()]
        words = redacted(row.texts[index.column()])
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.heads[index.column()]} {words}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(words)
        if index.column() > 0:
            return None
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme().color(row.color)
        if role == Qt.ItemDataRole.DecorationRole and row.sign:
            return icon(row.sign, row.color)
        return None
