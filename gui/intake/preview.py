"""导入预览的共同部分：状态筛选、表、选中一行的说明；勾选、空格、Ctrl+A。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from exports.xlsx.reading.taking import changes_of, step_title, usual_ticks
from exports.xlsx.reading.values import FileReading, FileRow, RowFate
from gui.intake.rows import PreviewModel
from gui.intake.words import change_lines, field_words
from gui.kit.plain import button, label
from gui.kit.row_table import RowTable
from gui.kit.theme import theme
from gui.session.messages import error_words
from gui.session.year_session import YearSession
from models import commands
from models.domain.changes import RowChange
from models.domain.errors import UserError
from models.domain.snapshot import YearSnapshot

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
        shown = [row for row in self._model.rows if self._model.can_be_ticked(row)]
        self._model.tick_all(ticked=not all(row.place in self._model.ticked for row in shown))


class PreviewDialog(QDialog):
    """A preview of what the rows of a file propose. Esc closes it, Ctrl+Enter takes what is ticked as one step.

    A subclass says what stands in the columns (``columns``, ``fate``), and what is done where that is no step
    of row changes. ``NEW_WORDS``, ``SAME_WORDS``: said of a row without anything else to say. ``whole``: all of it
    is taken or nothing.
    """

    NEW_WORDS, SAME_WORDS = "将新增这一项。", "与计划相同，没有改动。"

    def __init__(
        self,
        session: YearSession | None,
        snapshot: YearSnapshot,
        reading: FileReading,
        title: str,
        heads: Sequence[str],
        widths: Sequence[int],
        parent: QWidget | None = None,
        *,
        whole: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._session = session
        self._snapshot = snapshot
        self.reading = reading
        self._whole = whole
        self.model = PreviewModel(heads, lambda row: (*self.columns(row), self.fate(row)), self, whole=whole)
        self.table = PreviewTable(self.model, (34, 52, 60, *widths), 2 + len(heads))
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
        self._filters: dict[RowFate | None, QAbstractButton] = {}
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

    def show_counts(self, counts: Mapping[RowFate, int]) -> None:
        """A button for all rows and one for each state that there is."""
        total = sum(counts.values())
        choices: list[tuple[RowFate | None, str]] = [(None, f"全部 {total}")]
        choices += [(state, f"{state.label} {counts[state]}") for state in RowFate if counts.get(state)]
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
        self.all_button.setHidden(self._whole)
        self._filter_row.addWidget(self.all_button)

    def say_remarks(self, remarks: Sequence[str]) -> None:
        """What is to be known about the whole file."""
        self.remarks.setText("\n".join(remarks))
        self.remarks.setVisible(bool(remarks))

    def say_passed_over(self) -> None:
        """The counts of the rows, and how many lines are none."""
        over = len(self.reading.passed_over)
        self.summary.setText(f"{self.reading.summary}{f' · 略过合计、注等 {over} 行' if over else ''}")

    def begin(self) -> None:
        """The rows, the filters and the usual ticks; afterwards the first row is selected."""
        self.show_counts({state: len(self.reading.in_state(state)) for state in RowFate})
        self.model.show_ticked(self.reading.rows, usual_ticks(self.reading))
        self.select_first()

    def current_row(self) -> FileRow | None:
        """The row that is selected."""
        at = self.table.currentIndex().row()
        return self.model.rows[at] if 0 <= at < len(self.model.rows) else None

    # what a row says

    def columns(self, row: FileRow) -> tuple[str, ...]:
        """The words of all columns but the last."""
        raise NotImplementedError

    def fate(self, row: FileRow, also: str = "") -> str:
        """The last column: why it is refused, or what changes, ``also``, and what looks odd."""
        if row.refused:
            return "；".join(problem.reason for problem in row.refused)
        changed = f"改{field_words(row.fields)}" if row.fields else ""
        if row.fields == ("received",):
            changed = "内容没有变，只记下来件的新版本"
        return "；".join(filter(None, (changed, also, *(problem.reason for problem in row.warnings))))

    def lines(self, row: FileRow) -> list[str]:
        """What is said below the table of the row that is selected."""
        lines = [f"{'不收' if problem.refused else '注意'}　{problem}" for problem in row.problems]
        if row.change is not None:
            lines += change_lines(row.change, row.fields, self._snapshot)
        return lines

    def _on_current(self, current: QModelIndex, _: QModelIndex) -> None:
        del current
        self.show_details()

    def show_details(self) -> None:
        """Say below the table what is to be said of the row that is selected."""
        row = self.current_row()
        lines = self.lines(row) if row is not None else [""]
        state = row.state if row is not None else None
        self.details.setText(
            "\n".join(lines or [self.NEW_WORDS if state is RowFate.NEW else self.SAME_WORDS])
        )

    def select_first(self) -> None:
        """Afterwards the first row is selected, the keyboard in the table."""
        if self.model.rows:
            self.table.selectRow(0)
        self.table.setFocus()

    def _on_filter(self, state: RowFate | None, _: bool = False) -> None:  # noqa: FBT001, FBT002
        self.model.filter_by(state)
        self.select_first()

    def _on_ticks(self) -> None:
        count = len(self.model.ticked)
        if self._whole:
            self.accept_button.setText(f"导入 {count} 项")
            return
        self.accept_button.setText(f"采纳勾选的 {count} 行" if count else "没有勾选")
        self.accept_button.setEnabled(count > 0)

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

    def changes(self) -> tuple[RowChange, ...]:
        """The changes of what is ticked."""
        return changes_of(self.reading, self.model.ticked)

    def on_accept(self) -> None:
        """What is ticked is in the plan afterwards, one step; where that is refused, it is said."""
        session, changes = self._session, self.changes()
        assert session is not None
        title = step_title(self.reading, changes)
        try:
            done = session.attempt(commands.apply_changes, session.year, title, changes)
        except UserError as error:
            self.refuse(error_words(error))
            return
        if done is not None:
            session.tell_done(done)
        self.accept()
