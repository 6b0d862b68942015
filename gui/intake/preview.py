"""导入预览的共同部分：状态筛选、表、选中一行的说明；勾选、空格、Ctrl+A。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from exports.xlsx.reading.values import SheetRowState
from gui.intake.rows import PreviewModel, PreviewRow
from gui.kit.plain import button, label
from gui.kit.row_table import RowTable
from gui.kit.theme import theme

LARGEST = QSize(1400, 900)
_SHARE = 0.94
DETAILS, DETAILS_SHARE = 118, 0.15
"""Height of the words about the row that is selected, and how much of the window they may have."""


class PreviewTable(RowTable):
    """The rows; Space ticks the current one, Ctrl+A all that are shown."""

    def __init__(self, model: PreviewModel, widths: Sequence[int], stretched: int) -> None:
        super().__init__("导入预览", model, row_height=32)
        self.setObjectName("Ticks")
        self._model = model
        self.lay_columns(widths, stretched)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks; Ctrl+A ticks all that are shown, or none where all are."""
        if event.key() == Qt.Key.Key_Space:
            self._model.toggle(self.currentIndex().row())
            return
        if event.key() == Qt.Key.Key_A and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.toggle_all()
            return
        super().keyPressEvent(event)

    def toggle_all(self) -> None:
        """Tick all rows shown; take the ticks away where all have one."""
        shown = [row for row in self._model.rows if row.tickable]
        self._model.tick_all(ticked=not all(row.place in self._model.ticked for row in shown))


class PreviewDialog(QDialog):
    """A preview of rows read from a file. Esc closes it, Ctrl+Enter takes what is ticked."""

    row_changed = Signal(object)

    def __init__(
        self,
        title: str,
        heads: Sequence[str],
        widths: Sequence[int],
        stretched: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.model = PreviewModel(heads, self)
        self.table = PreviewTable(self.model, (34, 52, 60, *widths), stretched)
        self.heading = label(title, "panel")
        self.summary = label("", "secondary", wrap=True)
        self.remarks = label("", "warning", wrap=True)
        self.details = label("", "", wrap=True)
        self.details.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.refusal = label("", "error", wrap=True)
        self.left_buttons = QHBoxLayout()
        self.beside_details = QVBoxLayout()
        self.cancel_button = button("取消", self.reject)
        self.accept_button = button("采纳勾选", self.on_accept, kind="primary")
        self.accept_button.setToolTip("Ctrl+Enter")
        self._filters: dict[SheetRowState | None, QWidget] = {}
        self._filter_row = QHBoxLayout()
        self._group = QButtonGroup(self)
        self._lay_out()
        self.model.ticks_changed.connect(self._on_ticks)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self.table.installEventFilter(self)
        self._fit()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 14)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addWidget(self.summary)
        column.addWidget(self.remarks)
        self.remarks.hide()
        self._filter_row.setSpacing(6)
        column.addLayout(self._filter_row)
        column.addWidget(self.table, 1)
        area = self._details_area = QScrollArea()
        area.setWidget(self.details)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        self.details.setAutoFillBackground(False)
        area.viewport().setAutoFillBackground(False)
        area.setAccessibleName("选中一行的说明")
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        row = QHBoxLayout()
        row.addWidget(area, 1)
        row.addLayout(self.beside_details)
        column.addLayout(row)
        column.addWidget(self.refusal)
        self.refusal.hide()
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addLayout(self.left_buttons)
        foot.addStretch(1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.accept_button)
        column.addLayout(foot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the words about a row give way to the rows."""
        super().resizeEvent(event)
        height = min(DETAILS * theme().scale, self.height() * DETAILS_SHARE)
        self._details_area.setFixedHeight(round(height))

    def _fit(self) -> None:
        """At most 94 % of the window above or the screen."""
        parent = self.parentWidget()
        room = parent.window().size() if parent else QGuiApplication.primaryScreen().availableSize()
        self.resize(LARGEST.boundedTo(QSize(int(room.width() * _SHARE), int(room.height() * _SHARE))))

    # what is shown

    def show_counts(self, counts: Mapping[SheetRowState, int]) -> None:
        """A button for all rows and one for each state that there is."""
        total = sum(counts.values())
        choices: list[tuple[SheetRowState | None, str]] = [(None, f"全部 {total}")]
        choices += [(state, f"{state.label} {counts[state]}") for state in SheetRowState if counts.get(state)]
        for state, words in choices:
            made = button(words, small=True, kind="segment")
            made.setCheckable(True)
            made.setChecked(state is None)
            made.clicked.connect(partial(self._on_filter, state))
            self._group.addButton(made)
            self._filter_row.addWidget(made)
            self._filters[state] = made
        self._filter_row.addStretch(1)
        self.all_button = button("全选／全不选", self.table.toggle_all, small=True)
        self._filter_row.addWidget(self.all_button)

    def say_remarks(self, remarks: Sequence[str]) -> None:
        """What is to be known about the whole file."""
        self.remarks.setText("\n".join(remarks))
        self.remarks.setVisible(bool(remarks))

    def current_row(self) -> PreviewRow | None:
        """The row that is selected."""
        at = self.table.currentIndex().row()
        return self.model.rows[at] if 0 <= at < len(self.model.rows) else None

    def select_first(self) -> None:
        """Afterwards the first row is selected, the keyboard in the table."""
        if self.model.rows:
            self.table.selectRow(0)
        self.table.setFocus()

    def _on_filter(self, state: SheetRowState | None, _: bool = False) -> None:  # noqa: FBT001, FBT002
        self.model.filter_by(state)
        self.select_first()

    def _on_ticks(self) -> None:
        count = len(self.model.ticked)
        self.accept_button.setText(f"采纳勾选的 {count} 行" if count else "没有勾选")
        self.accept_button.setEnabled(count > 0)

    def _on_current(self, current: QModelIndex, _: QModelIndex) -> None:
        del current
        self.row_changed.emit(self.current_row())

    # keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the table does not close the preview."""
        if watched is self.table and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.model.toggle(self.table.currentIndex().row())
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter takes what is ticked."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier and self.accept_button.isEnabled():
                self.on_accept()
            return
        super().keyPressEvent(event)

    def refuse(self, words: str) -> None:
        """Say why it cannot be carried out; the preview stays."""
        self.refusal.setText(words)
        self.refusal.setVisible(bool(words))

    def on_accept(self) -> None:
        """Carry out what is ticked."""
        raise NotImplementedError
