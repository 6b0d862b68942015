"""备份列表的行：什么时候、为什么、到第几号改动、多大、核对过没有。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum
from pathlib import Path

from PySide6.QtCore import Qt

from gui.kit.headed_model import HeadedModel, Index
from gui.kit.theme import theme
from models.backups import BackupInfo
from models.domain.text import size_words
from models.domain.workdays import WEEKDAYS
from models.thinning import revision_words

Verdicts = Mapping[Path, tuple[str, ...]]
"""Backup → what is wrong with it; empty for a sound one. One that is not there was not looked at."""


class BackupColumn(IntEnum):
    """The columns, from left to right."""

    MADE = 0
    REASON = 1
    REVISION = 2
    SIZE = 3
    STATE = 4


HEADS = ("时间", "缘由", "改动号", "大小", "核对")
_ROLE = Qt.ItemDataRole


class BackupRows(HeadedModel):
    """Backups, that with the newest change first. What is known of those that were listed before stays when others are shown."""

    rows: Sequence[BackupInfo]

    def __init__(self) -> None:
        super().__init__(HEADS)
        self._verdicts: dict[Path, tuple[str, ...]] = {}

    def show_verdicts(self, verdicts: Verdicts) -> None:
        """Say which backups are sound."""
        self._verdicts.update(verdicts)
        if self.rows:
            last = self.index(len(self.rows) - 1, BackupColumn.STATE)
            self.dataChanged.emit(self.index(0, BackupColumn.STATE), last)

    def problems_of(self, path: Path) -> tuple[str, ...]:
        """What is known to be wrong with a backup."""
        return self._verdicts.get(path, ())

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> object:
        """Words, the path as tooltip, colour of the verdict."""
        info, column = self.rows[index.row()], BackupColumn(index.column())
        if role == _ROLE.DisplayRole:
            return self._words(info, column)
        if role == _ROLE.ToolTipRole:
            return "\n".join((info.path.name, *self.problems_of(info.path)))
        if role == _ROLE.ForegroundRole and column is BackupColumn.STATE and info.path in self._verdicts:
            return theme().color("danger" if self._verdicts[info.path] else "success")
        return None

    def _words(self, info: BackupInfo, column: BackupColumn) -> str:
        if column is BackupColumn.MADE:
            made = info.made_at
            return f"{made.year}年{made.month}月{made.day}日 周{WEEKDAYS[made.weekday()]} {made:%H:%M}"
        if column is BackupColumn.REASON:
            return info.reason
        if column is BackupColumn.REVISION:
            return revision_words(info, newest=info is self.rows[0])
        if column is BackupColumn.SIZE:
            return size_words(info.size)
        verdict = self._verdicts.get(info.path)
        return "未核对" if verdict is None else "有问题" if verdict else "完好"
