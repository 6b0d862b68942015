"""建议对话框：采纳前后对照、逐项理由、换日期；人勾选，程序才改，改成一步。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QDialog, QWidget

from exports.files import safe_name, write_atomically
from gui.kit.announce import announce
from gui.kit.asking import ask_where_to_save
from gui.kit.boxes import in_column
from gui.kit.empty_state import EmptyAction
from gui.kit.theme import theme
from gui.planning.proposal.body import ProposalBody
from gui.planning.proposal.choices import Choices
from gui.planning.proposal.matrix_values import ProposalComparison, comparison, summary_line
from gui.planning.proposal.words import diagnosis_text, search_words, summary_words
from gui.session.messages import Action
from gui.session.year_session import YearSession
from models import commands
from models.domain.errors import UserError
from planners.proposals import Entry, Proposal, Target

DARKNESS = 115
"""Of 255: the window stays readable behind it."""
LARGEST, LARGEST_EMPTY = QSize(1400, 936), QSize(860, 560)


class ProposalDialog(QDialog):
    """Shows ``proposal`` for the open year of ``session`` and, once accepted, carries it out as one step.

    ``ProposalDialog(session, proposal, parent, seconds=1.8)``: ``seconds`` how long the search took, where there was one; ``has_conditions``: whether there is a run whose
    conditions can be changed (沿用上年 and 导入 have none).

    Signals: ``conditions_requested()`` 调整条件… was clicked (the dialog stays open; whoever then makes another
    proposal closes it with ``reject()`` first); ``rejected_entry(key)`` an entry was rejected and is to be
    remembered, ``restored_entry(key)`` it was taken back; ``locked(key, event)`` the day of an entry is to be
    kept in the next run, ``event`` as it would be, ``unlocked(key)``: no longer. ``accepted()`` is that of ``QDialog``, after
    the step was stored and its toast shown; ``rejected()`` too: closed, nothing changed.
    """

    conditions_requested = Signal()
    rejected_entry = Signal(str)
    restored_entry = Signal(str)
    locked = Signal(str, object)
    unlocked = Signal(str)

    def __init__(
        self,
        session: YearSession,
        proposal: Proposal,
        parent: QWidget | None = None,
        *,
        seconds: float | None = None,
        has_conditions: bool = True,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("Proposal")
        self.setWindowTitle(proposal.title)
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint, parent is not None)
        self._session = session
        self.proposal = proposal
        self.choices = Choices(session, proposal, self)
        self._scrim: Scrim | None = None
        self._comparison: ProposalComparison | None = None
        self.body = body = ProposalBody(self.choices)
        self.head, self.band, self.table, self.detail = body.head, body.band, body.table, body.detail
        self.open_box, self.foot, self.empty = body.open_box, body.foot, body.empty
        self.head.conditions_button.setVisible(has_conditions)
        in_column(body, inside=self, margins=1)
        if not proposal.entries:
            self._show_empty()
        self._summary = summary_words(proposal, session.check, seconds)
        self._connect()
        self._add_keys()
        self._follow_choices()
        self.table.select(0)

    # what is seen

    def _show_empty(self) -> None:
        total = self._session.check.summary.total
        if self.proposal.open:
            self.empty.show_words("search", "没有能补上的", ["原因与可试的办法写在下面。"])
            return
        conditions = EmptyAction("调整条件…", self.conditions_requested.emit)
        self.empty.show_words(
            "check", "没有要补的", [f"全年 {total} 个检查点，范围内都已满足或已排。"], [conditions]
        )

    def _connect(self) -> None:
        self.choices.changed.connect(self._follow_choices)
        self.choices.row_changed.connect(self._on_row_changed)
        self._session.year_changed.connect(self._on_other_year)
        self._session.held.connect(self._follow_choices)
        self.head.conditions_requested.connect(self.conditions_requested)
        self.head.close_requested.connect(self.reject)
        self.head.matrices_toggled.connect(self._show_matrices)
        self.band.cell_chosen.connect(self._select_target)
        self.table.row_selected.connect(self.detail.show_row)
        self.table.day_requested.connect(self._ask_for_day)
        self.table.reject_requested.connect(self._reject_entry)
        self.detail.day_picked.connect(self._change_day)
        self.detail.reject_requested.connect(self._reject_entry)
        self.detail.lock_toggled.connect(self._lock_day)
        self.detail.step_requested.connect(self._step)
        self.detail.table_wanted.connect(self.table.setFocus)
        self.open_box.diagnosis_requested.connect(self._export_diagnosis)
        self.foot.planned_toggled.connect(self._on_planned)
        self.foot.cancelled.connect(self.reject)
        self.foot.all_accepted.connect(self.accept_all)
        self.foot.ticked_accepted.connect(self.accept_ticked)

    def _add_keys(self) -> None:
        for keys, action in (
            ("Ctrl+Return", self.accept_ticked),
            ("Ctrl+Enter", self.accept_ticked),
            ("Alt+Up", partial(self._step, -1)),
            ("Alt+Down", partial(self._step, 1)),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(action)

    # sizes

    def showEvent(self, event: QShowEvent) -> None:
        """Darken the window behind and fit into it."""
        parent = self.parentWidget()
        if parent is not None and self._scrim is None:
            self._scrim = Scrim(parent.window())
            self._scrim.window_moved.connect(self.fit)
            self._scrim.show()
            self._scrim.raise_()
        self.fit()
        self.table.setFocus()
        super().showEvent(event)

    def done(self, code: int) -> None:
        """Close; the window behind is bright again."""
        if self._scrim is not None:
            self._scrim.hide()
            self._scrim.deleteLater()
            self._scrim = None
        super().done(code)

    def fit(self) -> None:
        """Afterwards the dialog lies in the middle of its window, or fills it where it is small."""
        parent = self.parentWidget()
        screen = QGuiApplication.primaryScreen().availableGeometry()
        room = parent.window().geometry() if parent is not None else screen
        width = (
            room.width() if room.width() < 1200 else min(int(room.width() * 0.955), self._largest().width())
        )
        height = (
            room.height() if room.height() < 640 else min(int(room.height() * 0.94), self._largest().height())
        )
        self.body.adapt(QSize(width, height))
        self.layout().activate()
        self.resize(width, height)
        self.move(room.x() + (room.width() - width) // 2, room.y() + (room.height() - height) // 2)

    def _largest(self) -> QSize:
        largest = LARGEST if self.proposal.entries else LARGEST_EMPTY
        return largest * theme().scale

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the layout for the size."""
        super().resizeEvent(event)
        self.body.adapt(event.size())
        self._show_summary()

    def _show_matrices(self, shown: bool) -> None:  # noqa: FBT001
        self.body.want_matrices(shown=shown)

    # what is chosen

    def _follow_choices(self) -> None:
        if not self._session.has_year or self._session.year != self.proposal.year:
            return
        self._comparison = comparison(self.choices)
        month = self._session.today.month if self._session.today.year == self._session.year else None
        self.band.show_comparison(self._comparison, month)
        rejected = sum(1 for row in self.choices.rows if row.rejected)
        stale = sum(1 for row in self.choices.rows if row.is_stale and not row.rejected)
        words = f"建议 {len(self.choices.rows)} 项"
        words += f" · 已变化 {stale} 项" if stale else ""
        self.body.count.setText(words + (f" · 已拒绝 {rejected} 项" if rejected else ""))
        can = not self._session.read_only
        given = self.proposal.given.words if self.proposal.given else ""
        ticked, acceptable = len(self.choices.ticked), len(self.choices.acceptable)
        self.foot.show_counts(ticked, acceptable, can_change=can, given=given)
        self.foot.refuse(self._session.read_only_reason if not can else "")
        self._show_summary()
        self.detail.look_again()

    def _show_summary(self) -> None:
        """In a small dialog the matrices speak through the summary."""
        tip = search_words(self.proposal)
        if self.body.is_compact and self._comparison is not None and self.choices.rows:
            self.head.show_summary(summary_line(self._comparison), tip or self._summary, instead=True)
        else:
            self.head.show_summary(self._summary, tip)

    def _on_row_changed(self, number: int) -> None:
        if number == self.table.number:
            self.detail.look_again()

    def _on_planned(self, on: bool) -> None:  # noqa: FBT001
        self.choices.set_as_planned(on=on)

    def _on_other_year(self) -> None:
        """Another year is open: what is proposed belongs to none that is shown."""
        if not self._session.has_year or self._session.year != self.proposal.year:
            self.reject()

    def _select_target(self, target: Target) -> None:
        """Select the entry that fills a cell of the matrices; say so where none does."""
        wanted = (target.rule, target.first, target.group)
        for number, row in enumerate(self.choices.rows):
            if any((t.rule, t.first, t.group) == wanted for t in row.entry.targets):
                self.table.select(number)
                return
        announce(self.table, "这一格没有建议")

    def _step(self, step: int) -> None:
        self.table.select(max(0, min(self.table.number + step, len(self.choices.rows) - 1)))

    def _ask_for_day(self) -> None:
        if self.table.number >= 0 and not self.detail.ask_for_day():
            announce(self.table, "这一项没有日期可换")

    def _change_day(self, day: date) -> None:
        number = self.table.number
        was_locked = self.choices.row(number).locked
        self.choices.move_to(number, day)
        self.detail.show_row(number)
        row = self.choices.row(number)
        if was_locked:
            self.unlocked.emit(row.entry.key)
        announce(self.detail, f"改为{self.detail.line.text()}。{'；'.join(self.detail.reasons.texts)}")

    def _reject_entry(self) -> None:
        number = self.table.number
        if number < 0:
            return
        row = self.choices.row(number)
        self.choices.reject(number, on=not row.rejected)
        (self.restored_entry if row.rejected else self.rejected_entry).emit(row.entry.key)
        announce(self.table, f"{row.entry.label} {'已恢复' if row.rejected else '已拒绝，以后不再提出'}")
        if not row.rejected and self.table.hasFocus():
            self._step(1)

    def _lock_day(self, on: bool) -> None:  # noqa: FBT001
        number = self.table.number
        self.choices.lock(number, on=on)
        row = self.choices.row(number)
        if on:
            self.locked.emit(row.entry.key, row.entry.event)
        else:
            self.unlocked.emit(row.entry.key)

    # acceptance

    def accept_ticked(self) -> None:
        """Carry out the ticked entries as one step and close; an error is said and nothing changed."""
        if self.foot.accept_button.isEnabled():
            self._carry_out(self.choices.ticked)

    def accept_all(self) -> None:
        """Carry out every entry that can be, as one step, and close."""
        if self.foot.all_button.isEnabled():
            self._carry_out(self.choices.acceptable)

    def _carry_out(self, entries: Sequence[Entry]) -> None:
        session, given = self._session, self.proposal.given
        words = [given.words] if given else []
        words += [f"采纳 {len(entries)} 项建议"] if entries else []
        title = "，".join(words)
        changes = self.choices.changes(entries)
        self.choices.follow_year(on=False)
        try:
            session.attempt(commands.apply_changes, session.year, title, changes)
        except UserError as error:
            self.choices.follow_year(on=True)
            self.foot.refuse(f"没有采纳：{error}")
            announce(self.foot, self.foot.refusal.text())
            return
        session.messages.toast(f"已{title}（1 步）", Action("撤销", session.undo, "Ctrl+Z"))
        self.accept()

    def _export_diagnosis(self) -> None:
        name = f"{safe_name(f'{self.proposal.year}年度{self.proposal.title}诊断')}.txt"
        path = ask_where_to_save(self, "导出诊断", "", name, "文本文件 (*.txt)")
        if path is None:
            return
        try:
            write_atomically(path, diagnosis_text(self.proposal).encode("utf-8"))
        except UserError as error:
            self.foot.refuse(str(error))
            return
        self._session.messages.toast(f"已导出 {path.name}")


class Scrim(QWidget):
    """Covers ``window`` and follows its size; ``window_moved`` when it moves or changes size."""

    window_moved = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        window.installEventFilter(self)
        self.setGeometry(window.rect())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self.setGeometry(self.parentWidget().rect())
            self.window_moved.emit()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Darken what is below."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(16, 22, 30, DARKNESS))
        painter.end()
