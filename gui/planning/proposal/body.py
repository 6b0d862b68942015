"""建议对话框里的各部分怎么摆：大时对照表在上，小时收成一行，格外小时再让出几列。"""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.kit.empty_state import EmptyState
from gui.kit.plain import label
from gui.kit.theme import theme
from gui.planning.proposal.choices import Choices
from gui.planning.proposal.comparison import ComparisonBand
from gui.planning.proposal.detail import DetailPane
from gui.planning.proposal.foot import ProposalFoot
from gui.planning.proposal.head import ProposalHead
from gui.planning.proposal.open_box import OpenBox
from gui.planning.proposal.table import ProposalTable
from gui.planning.proposal.words import scope_words

WIDE = QSize(1240, 760)
"""From this size on the matrices are shown from the start."""
NARROW, NARROWEST = 1200, 1000
DETAIL_SHARE, DETAIL_LEAST, DETAIL_MOST = 0.325, 330, 456


class ProposalBody(QWidget):
    """Head, matrices, table, reasons, what stays open, foot; ``adapt`` lays them out for a size."""

    def __init__(self, choices: Choices) -> None:
        super().__init__()
        proposal = choices.proposal
        self._has_entries = bool(choices.rows)
        self._matrices_wanted: bool | None = None
        self.is_compact = False
        """Whether there is too little room for everything at once."""
        self.head = ProposalHead(proposal.title, scope_words(proposal))
        self.band = ComparisonBand()
        self.table = ProposalTable(choices)
        self.detail = DetailPane(choices)
        self.open_box = OpenBox(proposal.open, alone=not self._has_entries)
        self.foot = ProposalFoot()
        self.count = label("", "heading")
        self.empty = EmptyState()
        self._hint = label("空格 勾选 · Enter 换日期 · Delete 拒绝并记住 · Ctrl+A 全选", "caption")
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.band)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addLayout(self._left_side(), 1)
        middle.addWidget(self.detail)
        column.addLayout(middle, 1)
        column.addWidget(self.foot)
        for widget in (self.band, self.table, self.detail, self._hint, *self._above):
            widget.setVisible(self._has_entries)
        self.empty.setVisible(not self._has_entries)
        self.foot.set_choosing(choosing=self._has_entries)

    def _left_side(self) -> QVBoxLayout:
        order = label("按期限先后", "caption")
        self._above = (self.count, order)
        head = QHBoxLayout()
        head.setContentsMargins(24, 10, 18, 8)
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(order)
        below = QVBoxLayout()
        below.setContentsMargins(24, 8, 18, 10)
        below.addWidget(self.open_box)
        self._hint.setContentsMargins(15, 8, 0, 4)
        column = QVBoxLayout()
        column.setSpacing(0)
        if self._has_entries:
            column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(self._hint)
        column.addWidget(self.empty, 1)
        column.addLayout(below)
        column.addStretch(0)
        return column

    def adapt(self, size: QSize) -> None:
        """Lay everything out for a dialog of ``size``."""
        scale = theme().scale
        wide = WIDE * scale
        compact = self.is_compact = size.width() < wide.width() or size.height() < wide.height()
        narrow = size.width() < NARROW * scale
        self.head.set_compact(compact=compact and self._has_entries)
        self.detail.set_compact(compact=compact, narrow=narrow)
        self.table.set_compact(compact=compact)
        self.open_box.set_compact(compact=compact and self._has_entries)
        self.foot.set_compact(compact=compact, narrow=size.width() < NARROWEST * scale)
        share = max(DETAIL_LEAST * scale, min(size.width() * DETAIL_SHARE, DETAIL_MOST * scale))
        self.detail.setFixedWidth(round(share))
        self._show_band()
        self.layout().activate()

    def want_matrices(self, *, shown: bool) -> None:
        """In a small dialog the matrices are shown when they are asked for."""
        self._matrices_wanted = shown
        self._show_band()

    def _show_band(self) -> None:
        shown = bool(self._matrices_wanted) if self.is_compact else True
        self.band.setVisible(shown and self._has_entries)
        self.head.show_matrices_state(shown=shown)
