"""建议对话框里的各部分怎么摆：大时对照表在上，小时收成一行，格外小时再让出几列。"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QSizePolicy, QVBoxLayout, QWidget

from gui.kit.boxes import in_column, in_row
from gui.kit.elided import ElidedLabel
from gui.kit.empty_state import EmptyState
from gui.kit.icons import IconSign, icon
from gui.kit.plain import button, label, restyle, tool_button
from gui.kit.theme import theme
from gui.planning.proposal.choices import Choices
from gui.planning.proposal.detail import DetailPane
from gui.planning.proposal.matrix import ComparedMatrix
from gui.planning.proposal.matrix_values import ProposalComparison, after_words
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
        middle = in_row((self._left_side(), 1), self.detail, spacing=0)
        in_column(self.head, self.band, (middle, 1), self.foot, inside=self, margins=0, spacing=0)
        for widget in (self.band, self.table, self.detail, self._hint, *self._above):
            widget.setVisible(self._has_entries)
        self.empty.setVisible(not self._has_entries)
        self.foot.set_choosing(choosing=self._has_entries)

    def _left_side(self) -> QVBoxLayout:
        order = label("按期限先后", "caption")
        self._above = (self.count, order)
        head = in_row(self.count, None, order, margins=(24, 10, 18, 8))
        below = in_column(self.open_box, margins=(24, 8, 18, 10))
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


class ProposalHead(QFrame):
    """Title, summary and scope at the top; ``matrices_toggled`` says whether they are to be shown."""

    conditions_requested = Signal()
    close_requested = Signal()
    matrices_toggled = Signal(bool)

    def __init__(self, title: str, scope: str) -> None:
        super().__init__(objectName="ProposalHead")
        self.title = label(title, "page")
        self.summary = ElidedLabel("", "secondary")
        self.scope = ElidedLabel(scope, "caption")
        self.matrices_button = button("显示前后对照", self._on_toggle, small=True, icon_name="chevron-down")
        self.matrices_button.setCheckable(True)
        self.conditions_button = button(
            "调整条件…", self.conditions_requested.emit, small=True, icon_name="gear"
        )
        self.close_button = tool_button("close", "关闭", self.close_requested.emit)
        self.close_button.setIcon(icon("close", "primary"))
        self.scope.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.scope.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._row = in_row(
            self.title,
            (self.summary, 1),
            self.scope,
            self.matrices_button,
            self.conditions_button,
            self.close_button,
            inside=self,
            margins=(24, 9, 18, 9),
            spacing=10,
        )

    def show_summary(self, words: str, tip: str, *, instead: bool = False) -> None:
        """Say what the proposal does; ``tip`` holds how it came about. ``instead``: of the matrices."""
        restyle(self.summary, "role", "count" if instead else "secondary")
        self.summary.show_text(words, tip)

    def set_compact(self, *, compact: bool) -> None:
        """Smaller, with a button for the matrices and without the scope."""
        restyle(self.title, "role", "panel" if compact else "page")
        self.scope.setVisible(not compact)
        self.matrices_button.setVisible(compact)
        self._row.setContentsMargins(*((18, 6, 12, 6) if compact else (24, 9, 18, 9)))

    def show_matrices_state(self, *, shown: bool) -> None:
        """Say what the button would do."""
        self.matrices_button.setChecked(shown)
        self.matrices_button.setText("收起前后对照" if shown else "显示前后对照")
        self.matrices_button.setIcon(icon("chevron-up" if shown else "chevron-down"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Drag the dialog by its head."""
        handle = self.window().windowHandle()
        if event.button() is Qt.MouseButton.LeftButton and handle is not None:
            handle.startSystemMove()

    def _on_toggle(self) -> None:
        self.matrices_toggled.emit(self.matrices_button.isChecked())


class ProposalFoot(QFrame):
    """Fixed below everything; its signals ask, the dialog does."""

    planned_toggled = Signal(bool)
    cancelled = Signal()
    all_accepted = Signal()
    ticked_accepted = Signal()

    def __init__(self) -> None:
        super().__init__(objectName="ProposalFoot")
        self._compact, self._choosing = False, True
        self.planned_box = QCheckBox("采纳后标为“已排”，待逐一确认")
        self.planned_box.setChecked(True)
        self.planned_box.setToolTip("不勾选则为“草拟”，不计入满足或已排")
        self.planned_box.toggled.connect(self._on_planned)
        self._note = label("全部改动合为一步，可 Ctrl+Z 撤销", "caption")
        self.cancel_button = button("取消", self.cancelled.emit)
        self.all_button = button("全部采纳", self.all_accepted.emit)
        self.accept_button = button("采纳", self.ticked_accepted.emit, kind="primary", icon_name="check")
        self.accept_button.setToolTip("Ctrl+Enter")
        self.refusal = label("", "error", wrap=True)
        self.refusal.hide()
        row = in_row(
            self.planned_box,
            None,
            self._note,
            self.cancel_button,
            self.all_button,
            self.accept_button,
            spacing=10,
        )
        self._column = in_column(self.refusal, row, inside=self, margins=(24, 10, 24, 10), spacing=6)

    def show_counts(self, ticked: int, acceptable: int, *, can_change: bool, given: str = "") -> None:
        """Say on the buttons how many entries they accept; ``given``: what is done with them, or without any."""
        self.all_button.setText(f"全部采纳（{acceptable}）")
        words = f"采纳勾选的 {ticked} 项"
        if given:
            words = f"更新并{words}" if ticked else f"只{given}"
        self.accept_button.setText(words)
        self.accept_button.setToolTip(f"{given}，Ctrl+Enter" if given else "Ctrl+Enter")
        self.all_button.setEnabled(acceptable > 0 and can_change)
        self.accept_button.setEnabled((ticked > 0 or bool(given)) and can_change)

    def set_compact(self, *, compact: bool, narrow: bool) -> None:
        """Shorter words, for small windows."""
        self.planned_box.setText("采纳后标为“已排”" if compact else "采纳后标为“已排”，待逐一确认")
        self._compact = compact
        self._show_note()
        self._note.setVisible(self._choosing and not narrow)
        self._column.setContentsMargins(*((18, 7, 18, 7) if compact else (24, 10, 24, 10)))

    def _show_note(self) -> None:
        """What the step will be: undone as one, and drafts count nowhere."""
        undone = "可 Ctrl+Z 撤销" if self._compact else "全部改动合为一步，可 Ctrl+Z 撤销"
        planned = self.planned_box.isChecked()
        self._note.setText(undone if planned else "将作为“草拟”，不计入；可 Ctrl+Z 撤销")

    def _on_planned(self, on: bool) -> None:  # noqa: FBT001
        self._show_note()
        self.planned_toggled.emit(on)

    def set_choosing(self, *, choosing: bool) -> None:
        """Without entries there is only 关闭."""
        self._choosing = choosing
        for widget in (self.planned_box, self._note, self.all_button, self.accept_button):
            widget.setVisible(choosing)
        if not choosing:
            self.cancel_button.setText("关闭")

    def refuse(self, words: str) -> None:
        """Say why nothing was accepted; "" takes the words away."""
        self.refusal.setText(words)
        self.refusal.setVisible(bool(words))


class ComparisonBand(QFrame):
    """Both matrices. ``cell_chosen`` carries the ``Target`` of a cell that was chosen."""

    cell_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(objectName="ProposalBand")
        self.before, self.after = ComparedMatrix("采纳前"), ComparedMatrix("采纳后")
        self._count_before = label("", "secondary")
        self._count_after = label("")
        self._note_after = label("", "caption")
        self._hidden = label("", "caption")
        in_row(
            (self._half(self.before, self._count_before), 1),
            (IconSign("arrow-right", "ink2", 24, (44, 24)), 0, Qt.AlignmentFlag.AlignVCenter),
            (self._half(self.after, self._count_after, self._note_after), 1),
            inside=self,
            margins=(24, 8, 24, 12),
            spacing=10,
        )
        for matrix in (self.before, self.after):
            matrix.cell_chosen.connect(self.cell_chosen)
        theme().changed.connect(self._dress)
        self._dress()

    def _half(self, matrix: ComparedMatrix, *counts: QWidget) -> QVBoxLayout:
        title = label(matrix.accessibleName())
        title.setProperty("role", "strong")
        head = in_row(title, None, spacing=6)
        if matrix is self.after:
            head.addWidget(self._hidden)
        for count in counts:
            head.addWidget(count)
        column = in_column(head, matrix, None, spacing=2)
        return column

    def _dress(self) -> None:
        self._count_after.setProperty("role", "count")
        self.update()

    def show_comparison(self, found: ProposalComparison, month: int | None) -> None:
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
