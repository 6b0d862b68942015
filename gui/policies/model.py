"""政策文件的表：一行一份，四项时限各一列，颜色之外另有图标与字。"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt

from gui.kit.headed_model import HeadedModel, Index
from gui.kit.icons import icon
from gui.kit.plain import plain_tip
from gui.kit.theme import theme
from planners.policy_rows import Clock, ClockState, PolicyRow
from planners.wording import estimate_mark, short_day

HEADS = ("政策文件", "文号", "发布", "备案", "联动", "解读方式", "集成推送")
CLOCKS = range(3, 7)
LOOKS: dict[ClockState, tuple[str, str]] = {
    ClockState.OVERDUE: ("triangle-warn", "danger"),
    ClockState.SOON: ("clock", "warning"),
    ClockState.OPEN: ("clock", "ink2"),
    ClockState.LATE: ("check", "warning"),
    ClockState.DONE: ("check", "success"),
    ClockState.NONE: ("", "ink3"),
}
"""Icon and colour of a state; the words are always there too."""


class PolicyModel(HeadedModel):
    """The documents of the year."""

    rows: Sequence[PolicyRow]

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(HEADS, parent)

    def row_of(self, key: str) -> int:
        """The row of the document called ``key``; -1 where there is none."""
        return next((n for n, row in enumerate(self.rows) if row.policy.key == key), -1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, colour and icon of a cell."""
        row, column = self.rows[index.row()], index.column()
        words = texts_of(row)[column]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return f"{HEADS[column]} {words}"
            return words.replace("，", "\n", 1) if column in CLOCKS else words
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(_tip(row, column, words))
        if column not in CLOCKS:
            return None
        name, color = LOOKS[row.clocks[column - 3].state]
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme().color(color)
        if role == Qt.ItemDataRole.DecorationRole and name:
            return icon(name, color)
        return None


def texts_of(row: PolicyRow) -> tuple[str, ...]:
    """The words of all columns."""
    policy = row.policy
    published = short_day(policy.published_on) if policy.published_on else "未发布"
    return (policy.title, policy.number or "—", published, *(clock.words for clock in row.clocks))


def _tip(row: PolicyRow, column: int, words: str) -> str:
    if column not in CLOCKS:
        return words
    clock: Clock = row.clocks[column - 3]
    mark = f"（{estimate_mark(clock.due.year)}）" if clock.estimated and clock.due else ""
    return f"{HEADS[column]}：{clock.state.label}，{words}{mark}"
