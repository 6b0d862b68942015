"""采纳前 → 采纳后：两张小表并排，数目随勾选而变。"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gui.kit.icons import paint_icon
from gui.kit.plain import label
from gui.kit.theme import theme
from gui.planning.proposal.matrix import Matrix
from gui.planning.proposal.matrix_values import Comparison, after_words


class _Arrow(QWidget):
    """From before to after."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(QSize(44, 24))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the arrow."""
        del event
        painter = QPainter(self)
        paint_icon(painter, "arrow-right", QRectF(10, 0, 24, 24), theme().color("ink2"))
        painter.end()


class ComparisonBand(QFrame):
    """Both matrices. ``cell_chosen`` carries the ``Target`` of a cell that was chosen."""

    cell_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(objectName="ProposalBand")
        self.before, self.after = Matrix("采纳前"), Matrix("采纳后")
        self._count_before = label("", "secondary")
        self._count_after = label("")
        self._note_after = label("", "caption")
        self._hidden = label("", "caption")
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 8, 24, 12)
        row.setSpacing(10)
        row.addLayout(self._half(self.before, self._count_before), 1)
        row.addWidget(_Arrow(), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(self._half(self.after, self._count_after, self._note_after), 1)
        for matrix in (self.before, self.after):
            matrix.cell_chosen.connect(self.cell_chosen)
        theme().changed.connect(self._dress)
        self._dress()

    def _half(self, matrix: Matrix, *counts: QWidget) -> QVBoxLayout:
        title = label(matrix.accessibleName())
        title.setProperty("role", "strong")
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(title)
        head.addStretch(1)
        if matrix is self.after:
            head.addWidget(self._hidden)
        for count in counts:
            head.addWidget(count)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(matrix)
        column.addStretch(1)
        return column

    def _dress(self) -> None:
        self._count_after.setProperty("role", "count")
        self.update()

    def show_comparison(self, found: Comparison, month: int | None) -> None:
        """Show both matrices and their numbers; ``month`` is the current one."""
        self.before.show_lines(found.before, month)
        self.after.show_lines(found.after, month)
        self._count_before.setText(f"满足或已排 {found.met_before} / {found.total}")
        self._count_after.setText(f"{found.met_after} / {found.total}")
        self._note_after.setText(after_words(found))
        self._hidden.setText(f"另 {found.hidden} 行无变化 ·" if found.hidden else "")
        self._hidden.setVisible(bool(found.hidden))

    @property
    def texts(self) -> tuple[str, str]:
        """The numbers before and after, as they are written."""
        return self._count_before.text(), f"{self._count_after.text()} {self._note_after.text()}"
