"""以表格显示：年度总览的同一份内容，放在普通表格里。"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from gui.overview.board_model import BoardModel, BoardRole


class BoardTable(QTableView):
    """The board as a table: arrows walk, Enter opens the card, Ctrl+C copies for Excel."""

    cell_activated = Signal(str, int)

    def __init__(self, model: BoardModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setAccessibleName("年度总览（表格）")
        self.setWordWrap(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setDefaultSectionSize(128)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.activated.connect(self._on_activated)
        self.doubleClicked.connect(self._on_activated)
        model.modelReset.connect(self.update_spans)
        self.update_spans()

    def update_spans(self) -> None:
        """Join the months of cells that cover more than one."""
        self.clearSpans()
        model = self.model()
        for row in range(model.rowCount()):
            for column in range(1, 13):
                span = model.data(model.index(row, column), BoardRole.SPAN)
                if isinstance(span, int) and span > 1:
                    self.setSpan(row, column, 1, span)
        self.setColumnWidth(0, 190)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies what is selected, Enter opens the card."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_activated(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the selected cells (all where only one is) on the clipboard as TSV."""
        model = self.model()
        assert isinstance(model, BoardModel)
        chosen = self.selectionModel().selectedIndexes()
        QGuiApplication.clipboard().setText(model.as_tsv(chosen if len(chosen) > 1 else None))

    def _on_activated(self, index: QModelIndex) -> None:
        model = self.model()
        assert isinstance(model, BoardModel)
        if index.isValid() and index.column() > 0:
            self.cell_activated.emit(model.lines()[index.row()].key, index.column())
