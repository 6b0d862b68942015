"""建议表：一项一行，空格勾选，回车换日期，Delete 拒绝。"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QSizePolicy, QTableView, QToolTip

from gui.kit.announce import announce
from gui.kit.marks import metrics
from gui.kit.plain import plain_tip
from gui.kit.theme import theme
from gui.planning.proposal.choices import Choices
from gui.planning.proposal.table_delegate import (
    ProposalColumn,
    ProposalDelegate,
    ProposalModel,
    cell_width,
    check_rect,
)
from gui.planning.proposal.words import row_sentence

LEAST = {
    ProposalColumn.WHERE: 150,
    ProposalColumn.NOW: 76,
    ProposalColumn.SUGGESTION: 110,
    ProposalColumn.WHO: 90,
    ProposalColumn.PLACE: 60,
    ProposalColumn.WAY: 52,
}
MOST = {
    ProposalColumn.WHERE: 250, ProposalColumn.NOW: 130, ProposalColumn.SUGGESTION: 230, ProposalColumn.WHO: 300, ProposalColumn.PLACE: 200, ProposalColumn.WAY: 96,
}  # fmt: skip
SHARES = dict(zip(ProposalColumn, (2, 2, 3, 5, 3, 3), strict=True))
"""How room to spare is shared out."""
NARROW_WHO = 150
MEASURED_ROWS = 60
"""Columns are measured on so many rows: more would cost more than they tell."""


class ProposalTable(QTableView):
    """``row_selected`` names the row that is shown; the other signals what a key or button asks of it."""

    row_selected = Signal(int)
    day_requested = Signal()
    reject_requested = Signal()

    def __init__(self, choices: Choices) -> None:
        super().__init__()
        self._choices = choices
        self._model = ProposalModel(choices)
        self.setModel(self._model)
        self.setObjectName("ProposalTable")
        self._delegate = ProposalDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("建议")
        self.setAccessibleDescription("上下键选行，空格勾选，回车换日期，Delete 拒绝并记住")
        self._set_up()
        self._widths: dict[ProposalColumn, int] = {}
        theme().changed.connect(self._measure)
        self._measure()

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setHighlightSections(False)
        head.setStretchLastSection(True)
        head.setSectionsClickable(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._model.dataChanged.connect(self._on_data_changed)

    # measures

    def set_compact(self, *, compact: bool) -> None:
        """Lower rows, for small windows."""
        self._delegate.compact = compact
        self._measure()

    def _measure(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._delegate.row_height())
        self.horizontalHeader().setFixedHeight(round(metrics(theme().font(13)).height() + 17))
        rows = range(min(self._model.rowCount(), MEASURED_ROWS))
        for column in ProposalColumn:
            widths = [cell_width(self._model.index(row, column)) for row in rows]
            scale = theme().scale
            wanted = max(widths, default=0.0)
            self._widths[column] = round(max(LEAST[column] * scale, min(wanted, MOST[column] * scale)))
        self._share_out()
        self._fit_height()

    def _share_out(self) -> None:
        """Give the columns their width; where room is short 地点 goes first, then 方式, then the rest shrinks."""
        room = self.viewport().width()
        hidden: list[ProposalColumn] = []
        for column in (ProposalColumn.PLACE, ProposalColumn.WAY):
            if self._least_room(hidden) > room:
                hidden.append(column)
        for column in ProposalColumn:
            self.setColumnHidden(column, column in hidden)
        wanted = {column: width for column, width in self._widths.items() if column not in hidden}
        spare = room - sum(wanted.values())
        if spare < 0:
            wanted[ProposalColumn.WHO] = max(LEAST[ProposalColumn.WHO], wanted[ProposalColumn.WHO] + spare)
        else:
            shares = {column: share for column, share in SHARES.items() if column in wanted}
            for column, share in shares.items():
                wanted[column] += spare * share // sum(shares.values())
        for column, width in wanted.items():
            self.setColumnWidth(column, width)

    def _least_room(self, hidden: list[ProposalColumn]) -> int:
        """What the columns need with 单位 · 主题 at its narrowest."""
        who = min(self._widths[ProposalColumn.WHO], round(NARROW_WHO * theme().scale))
        rest = (
            w
            for column, w in self._widths.items()
            if column not in hidden and column is not ProposalColumn.WHO
        )
        return who + sum(rest)

    def _fit_height(self) -> None:
        rows = self._model.rowCount() * self._delegate.row_height()
        self.setMaximumHeight(rows + self.horizontalHeader().height())

    def sizeHint(self) -> QSize:
        """As high as all rows."""
        return QSize(560, self.maximumHeight())

    def minimumSizeHint(self) -> QSize:
        """Three rows."""
        rows = min(3, self._model.rowCount())
        return QSize(360, self.horizontalHeader().height() + rows * self._delegate.row_height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out anew."""
        super().resizeEvent(event)
        self._share_out()

    # rows

    @property
    def number(self) -> int:
        """The selected row, -1 where there is none."""
        return self.currentIndex().row()

    def select(self, number: int) -> None:
        """Select a row and scroll it into view."""
        if 0 <= number < self._model.rowCount():
            self.setCurrentIndex(self._model.index(number, ProposalColumn.WHERE))

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Tell which row is selected now."""
        super().currentChanged(current, previous)
        if current.isValid() and current.row() != previous.row():
            announce(self, row_sentence(self._choices.row(current.row()), self._choices.session.snapshot))
            self.row_selected.emit(current.row())

    def toggle(self, number: int) -> None:
        """Tick or untick a row, and say so; say why where it cannot be."""
        row = self._choices.row(number)
        self._choices.tick(number, on=not row.ticked)
        now = self._choices.row(number)
        if not row.can_be_ticked:
            words = "".join(o.text for o in row.objections) or "已拒绝，先恢复此项"
            announce(self, words)
            return
        announce(self, f"{row.entry.label} {'已勾选' if now.ticked else '未勾选'}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks, Enter asks for another day, Delete rejects, Ctrl+A ticks all."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self._choices.tick_all()
            announce(self, f"已勾选 {len(self._choices.ticked)} 项")
        elif self.number < 0 or not plain:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Space:
            self.toggle(self.number)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.day_requested.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.reject_requested.emit()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.select(0 if event.key() == Qt.Key.Key_Home else self._model.rowCount() - 1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the box ticks; anywhere else it selects."""
        index = self.indexAt(event.position().toPoint())
        super().mousePressEvent(event)
        if index.isValid() and index.column() == ProposalColumn.WHERE:
            box = check_rect(QRectF(self.visualRect(index))).adjusted(-10, -8, 6, 8)
            if box.contains(event.position()):
                self.toggle(index.row())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click asks for another day; on the box it is the second of two ticks."""
        index = self.indexAt(event.position().toPoint())
        if not index.isValid():
            return
        box = check_rect(QRectF(self.visualRect(self._model.index(index.row(), 0)))).adjusted(-10, -8, 6, 8)
        if box.contains(event.position()):
            self.toggle(index.row())
        else:
            self.day_requested.emit()

    def viewportEvent(self, event: QEvent) -> bool:
        """The tooltip of a row says it whole, cut texts included."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            words = ""
            if index.isValid():
                words = row_sentence(self._choices.row(index.row()), self._choices.session.snapshot)
            QToolTip.showText(event.globalPos(), plain_tip(words), self)
            return True
        return super().viewportEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The bar of the selected row gets its colour."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The bar of the selected row becomes grey."""
        super().focusOutEvent(event)
        self.viewport().update()

    def _on_data_changed(self) -> None:
        self.viewport().update()
