"""年度节点一页：依据、期限（可改）、完成（记下日期）。"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gui.kit.icons import IconSign
from gui.kit.optional_day import OptionalDay
from gui.kit.plain import button, label
from gui.kit.theme import theme
from gui.policies.model import LOOKS
from gui.session.year_session import YearSession
from models import commands
from models.domain.errors import UserError
from models.domain.rules import clause_words
from models.domain.year import Setting
from planners.milestone_rows import MilestoneRow, milestone_rows
from planners.policy_rows import OPEN_STATES, ClockState
from planners.wording import day_label


class MilestoneCard(QFrame):
    """One milestone: what the document asks, its day, whether it is done."""

    due_entered = Signal(str)
    done_entered = Signal(str)
    usual_wanted = Signal(str)

    def __init__(self, row: MilestoneRow, session: YearSession, *, editable: bool) -> None:
        super().__init__()
        self.setObjectName("Card")
        self.row = row
        self.setAccessibleName(row.title)
        grid = QGridLayout(self)
        grid.setContentsMargins(14, 10, 14, 10)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        icon, color = LOOKS[row.state]
        grid.addWidget(IconSign(icon or "dashed-circle", color, room=(18, 20)), 0, 0)
        grid.addWidget(label(row.title, "strong"), 0, 1)
        state = label(state_words(row), {"danger": "error", "success": "good"}.get(color, "secondary"))
        grid.addWidget(state, 0, 2, Qt.AlignmentFlag.AlignRight)
        quote = clause_words(row.clause) + (f"　“{row.quote}”" if row.quote else "")
        grid.addWidget(label(" · ".join(filter(None, (quote, row.note))), "secondary", wrap=True), 1, 1, 1, 2)
        known = row.code in {rule.code for rule in session.ruleset.rules}
        fixed = row.usual is not None
        self.due = OptionalDay("期限", row.due, row.due or date(session.year, 7, 1))
        self.due.day.setAccessibleName(f"{row.title}的期限")
        self.done = OptionalDay("已完成", row.done, row.done or session.today)
        self.done.day.setAccessibleName(f"{row.title}完成的日期")
        self.usual = button(
            "恢复规则的日期", partial(self.usual_wanted.emit, row.code), kind="flat", small=True
        )
        line = QGridLayout()
        line.setHorizontalSpacing(18)
        due = QHBoxLayout()
        due.setSpacing(8)
        if fixed:
            due.addWidget(label("期限"))
        due.addWidget(self.due)
        line.addLayout(due, 0, 0)
        line.addWidget(self.done, 0, 1)
        line.addWidget(self.usual, 0, 2)
        line.setColumnStretch(3, 1)
        grid.addLayout(line, 2, 1, 1, 2)
        grid.setColumnStretch(1, 1)
        self.due.tick.setVisible(not fixed)
        self.usual.setVisible(known and not fixed and row.due is not None and editable)
        self.done.setVisible(bool(row.done_name))
        for day in (self.due, self.done):
            day.setEnabled(editable)
        self.due.tick.toggled.connect(self._on_due)
        self.due.day.editingFinished.connect(self._on_due)
        self.done.tick.toggled.connect(self._on_done)
        self.done.day.editingFinished.connect(self._on_done)

    def _on_due(self, _: bool = False) -> None:  # noqa: FBT001, FBT002
        self.due_entered.emit(self.row.code)

    def _on_done(self, _: bool = False) -> None:  # noqa: FBT001, FBT002
        self.done_entered.emit(self.row.code)


def state_words(row: MilestoneRow) -> str:
    """逾期 5 天, 6月30日前，剩 12 个工作日, 1月15日完成, 未定期限."""
    if row.done is not None:
        return f"{day_label(row.done)} 完成"
    if row.state is ClockState.DONE:
        return "已定"
    if row.due is None:
        return "未定期限"
    if row.state is ClockState.OVERDUE:
        return f"{day_label(row.due)}到期，逾期"
    year = f"{row.due.year}年" if row.due.year else ""
    return f"{year}{row.due.month}月{row.due.day}日前，剩 {row.left} 个工作日"


class MilestonesPane(QScrollArea):
    """The milestones. ``said`` carries what was done or why it was not (and whether it was)."""

    said = Signal(str, bool)

    def __init__(self, session: YearSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(4, 0, 8, 0)
        self._column.setSpacing(round(8 * theme().scale))
        self._column.addStretch(1)
        self.setWidget(content)
        content.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self.cards: dict[str, MilestoneCard] = {}
        self._begun = False

    def refresh(self) -> None:
        """Show the milestones as they are now, once they were asked for; a card that says the same stays."""
        if not self._begun or not self._session.has_year:
            return
        editable = not self._session.read_only
        for number, row in enumerate(milestone_rows(self._session.snapshot, self._session.check)):
            known = self.cards.get(row.code)
            if known is not None and known.row == row:
                continue
            focus = known is not None and known.isAncestorOf(self.focusWidget() or self)
            if known is not None:
                self._column.removeWidget(known)
                known.blockSignals(True)
                known.hide()
                known.deleteLater()
            card = self.cards[row.code] = MilestoneCard(row, self._session, editable=editable)
            card.due_entered.connect(self._on_due)
            card.done_entered.connect(self._on_done)
            card.usual_wanted.connect(self._on_usual)
            self._column.insertWidget(number, card)
            if focus:
                card.done.tick.setFocus()

    def begin(self) -> None:
        """The milestones are looked at from now on."""
        self._begun = True
        self.refresh()

    def select(self, code: str) -> None:
        """Bring the milestone called ``code`` (else the first that is open) into view, the keyboard at its tick."""
        waiting = (card for card in self.cards.values() if card.row.state in OPEN_STATES)
        if (card := self.cards.get(code) or next(waiting, None)) is not None:
            self.widget().adjustSize()
            self.ensureWidgetVisible(card)
            card.done.tick.setFocus()

    def _on_due(self, code: str) -> None:
        card = self.cards[code]
        day = card.due.value()
        if day != card.row.due:
            self._store(card.row.due_name, day, f"{'修改' if day else '取消'}“{card.row.title}”的期限")

    def _on_done(self, code: str) -> None:
        card = self.cards[code]
        day = card.done.value()
        if day is not None and day > self._session.today:
            card.done.set_value(card.row.done)
            self.said.emit("完成日还没有到，不能先登记。", False)
        elif day != card.row.done:
            title = f"“{card.row.title}”标为{'已完成' if day else '未完成'}"
            self._store(card.row.done_name, day, title)

    def _on_usual(self, code: str) -> None:
        row = self.cards[code].row
        self._store(row.due_name, None, f"恢复“{row.title}”的期限")

    def _store(self, name: str, day: date | None, title: str) -> None:
        session = self._session
        values: dict[str, Setting] = {name: day.isoformat() if day else None}
        self._carry_out(lambda: session.attempt(commands.change_settings, session.year, values, title), title)

    def _carry_out(self, act: Callable[[], object], title: str) -> None:
        try:
            act()
        except UserError as error:
            self.refresh()
            self.said.emit(str(error), False)
            return
        self.said.emit(title, True)
