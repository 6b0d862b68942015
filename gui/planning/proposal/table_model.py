"""建议表的行与列；勾选在第一列。"""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import Qt

from gui.kit.headed_model import ROOT, HeadedModel, Index
from gui.planning.proposal.choices import Choices, Row
from gui.planning.proposal.words import (
    now_words,
    place_words,
    row_sentence,
    suggestion_words,
    who_words,
)
from gui.session.redaction import redacted


class Column(IntEnum):
    """The columns, from left to right."""

    WHERE = 0
    NOW = 1
    SUGGESTION = 2
    WHO = 3
    PLACE = 4
    WAY = 5


HEADS = ("补哪里", "现在", "建议", "单位 · 主题", "地点", "方式")


class ProposalModel(HeadedModel):
    """The rows of ``choices``. Ticking goes through it; everything else only follows."""

    def __init__(self, choices: Choices) -> None:
        super().__init__(HEADS)
        self._choices = choices
        self._texts: dict[int, tuple[str, ...]] = {}
        choices.row_changed.connect(self._on_row_changed)

    def row(self, index: Index) -> Row:
        """The row at ``index``."""
        return self._choices.row(index.row())

    def rowCount(self, parent: Index = ROOT) -> int:
        """One row an entry."""
        return 0 if parent.isValid() else len(self._choices.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text and tick of a cell; the whole row in words for screen readers and tooltips."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.texts(index.row())[index.column()]
        row = self.row(index)
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == Column.WHERE:
            return Qt.CheckState.Checked if row.ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == Column.WHERE:
            return row_sentence(row, self._choices.session.snapshot)
        return None

    def texts(self, number: int) -> tuple[str, ...]:
        """The texts of a row, kept until it changes."""
        if number not in self._texts:
            row, snapshot = self._choices.row(number), self._choices.session.snapshot
            entry = row.entry
            words = (
                entry.label,
                now_words(row),
                suggestion_words(entry, snapshot),
                who_words(entry, snapshot),
                place_words(entry, snapshot),
                entry.way.label,
            )
            self._texts[number] = tuple(map(redacted, words))
        return self._texts[number]

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every row can be selected; the first column has the tick."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.isValid() and index.column() == Column.WHERE and self.row(index).can_be_ticked:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick a row."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        self._choices.tick(index.row(), on=Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def _on_row_changed(self, number: int) -> None:
        self._texts.pop(number, None)
        self.tell_row(number)
