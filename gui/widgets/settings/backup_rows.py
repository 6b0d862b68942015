"""备份列表的行：什么时候、为什么、多大、核对过没有。"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from gui.theme import theme
from models.backups import BackupInfo
from models.domain.text import size_words
from models.domain.workdays import WEEKDAYS

Index = QModelIndex | QPersistentModelIndex
Verdicts = Mapping[Path, tuple[str, ...]]
"""Backup → what is wrong with it; empty for a sound one. One that is not there was not looked at."""


class BackupColumn(IntEnum):
    """The columns, from left to right."""

    MADE = 0
    REASON = 1
    SIZE = 2
    STATE = 3


_HEADS = {
    BackupColumn.MADE: "时间",
    BackupColumn.REASON: "缘由",
    BackupColumn.SIZE: "大小",
    BackupColumn.STATE: "核对",
}
_ROLE = Qt.ItemDataRole


class BackupRows(QAbstractTableModel):
    """Backups, newest first."""

    def __init__(self) -> None:
        super().__init__()
        self._infos: tuple[BackupInfo, ...] = ()
        self._verdicts: dict[Path, tuple[str, ...]] = {}

    @property
    def infos(self) -> tuple[BackupInfo, ...]:
        """What is listed."""
        return self._infos

    def show_infos(self, infos: tuple[BackupInfo, ...]) -> None:
        """List ``infos``; what is known of those that were listed before stays."""
        self.beginResetModel()
        self._infos = infos
        self.endResetModel()

    def show_verdicts(self, verdicts: Verdicts) -> None:
        """Say which backups are sound."""
        self._verdicts.update(verdicts)
        if self._infos:
            last = self.index(len(self._infos) - 1, BackupColumn.STATE)
            self.dataChanged.emit(self.index(0, BackupColumn.STATE), last)

    def problems_of(self, path: Path) -> tuple[str, ...]:
        """What is known to be wrong with a backup."""
        return self._verdicts.get(path, ())

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One row a backup."""
        return 0 if parent.isValid() else len(self._infos)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Four columns."""
        return 0 if parent.isValid() else len(BackupColumn)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> object:
        """The names of the columns."""
        shown = orientation is Qt.Orientation.Horizontal and role == _ROLE.DisplayRole
        return _HEADS[BackupColumn(section)] if shown else None

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> object:
        """Words, the path as tooltip, colour of the verdict."""
        info, column = self._infos[index.row()], BackupColumn(index.column())
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
        if column is BackupColumn.SIZE:
            return size_words(info.size)
        verdict = self._verdicts.get(info.path)
        return "未核对" if verdict is None else "有问题" if verdict else "完好"
