"""年度节点一页：依据、期限（可改）、完成（记下日期）。"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from gui.kit.boxes import take_out
from gui.kit.theme import theme
from gui.policies.milestone_card import MilestoneCard
from gui.policies.milestone_line import MilestoneLine
from gui.session.year_session import YearSession
from models import commands
from models.domain.errors import UserError
from models.domain.text import quoted
from planners.milestone_rows import MilestoneRow, milestone_rows
from planners.milestone_ticks import Values, due_values, tick_values
from planners.policy_rows import OPEN_STATES


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
        self.lines: dict[str, MilestoneLine] = {}
        self._begun = False

    def refresh(self) -> None:
        """Show the milestones as they are now, once they were asked for; those of one rule stand together."""
        if not self._begun or not self._session.has_year:
            return
        rows = milestone_rows(self._session.snapshot, self._session.check)
        together: dict[str, list[MilestoneRow]] = {}
        for row in rows:
            together.setdefault(row.code.partition("|")[0], []).append(row)
        for code in self.cards.keys() - together.keys():
            take_out(self._column, self.cards.pop(code))
        for number, (code, times) in enumerate(together.items()):
            card = self.cards.get(code)
            if card is not None and _fits(card, times):
                card.show_rows(times)
                continue
            if card is not None:
                take_out(self._column, card)
            self._column.insertWidget(number, self._made(code, times))

    def _made(self, code: str, times: Sequence[MilestoneRow]) -> MilestoneCard:
        card = self.cards[code] = MilestoneCard(times, self._session)
        self.lines |= card.lines
        for line in card.lines.values():
            line.due_entered.connect(self._on_due)
            line.done_entered.connect(self._on_done)
            line.usual_wanted.connect(self._on_usual)
            line.unit_entered.connect(self._on_unit)
            line.all_wanted.connect(self._on_all)
        return card

    def begin(self) -> None:
        """The milestones are looked at from now on."""
        self._begun = True
        self.refresh()

    def select(self, code: str) -> None:
        """Bring the milestone called ``code`` (else the first that is open) into view, the keyboard at its tick."""
        waiting = (line for line in self.lines.values() if line.row.state in OPEN_STATES)
        if (line := self.lines.get(code) or next(waiting, None)) is not None:
            card = self.cards[line.row.code.partition("|")[0]]
            card.unfold(line.row.code)
            line.take_keyboard()
            self.widget().adjustSize()
            self.ensureWidgetVisible(line)
            self.ensureWidgetVisible(card, 0, 0)

    def _on_due(self, code: str) -> None:
        line = self.lines[code]
        day = line.due.value()
        if day != line.row.due:
            self._store_due(code, day, f"{'修改' if day else '取消'}{quoted(line.row.title)}的期限")

    def _on_done(self, code: str) -> None:
        line = self.lines[code]
        day = line.done.value()
        if day != line.row.done and self._may_be(day):
            title = f"{quoted(line.row.title)}标为{'已完成' if day else '未完成'}"
            self._tick(code, day, title)

    def _on_unit(self, code: str, unit: str) -> None:
        line = self.lines[code]
        assert line.reports is not None
        day, known = line.reports.days[unit].value(), next(r for r in line.row.reports if r.unit == unit)
        if day != known.done and self._may_be(day):
            title = f"{quoted(line.row.title)}：{known.name}{'已报' if day else '未报'}"
            self._tick(code, day, title, (unit,))

    def _on_all(self, code: str) -> None:
        row = self.lines[code].row
        waiting = tuple(report.unit for report in row.reports if report.done is None)
        title = f"{quoted(row.title)}：{len(waiting)} 家记为已报"
        self._tick(code, self._session.today, title, waiting)

    def _may_be(self, day: date | None) -> bool:
        """Whether ``day`` is no day to come; else what was shown stands again."""
        if day is None or day <= self._session.today:
            return True
        self.refresh()
        self.said.emit("完成日还没有到，不能先登记。", False)
        return False

    def _tick(self, code: str, day: date | None, title: str, units: Sequence[str] = ()) -> None:
        self._store(tick_values(self._session.snapshot, self._session.ruleset, code, day, units), title)

    def _on_usual(self, code: str) -> None:
        self._store_due(code, None, f"恢复“{self.lines[code].row.title}”的期限")

    def _store_due(self, code: str, day: date | None, title: str) -> None:
        self._store(due_values(self._session.snapshot, self._session.ruleset, code, day), title)

    def _store(self, values: Values, title: str) -> None:
        session = self._session
        self._carry_out(lambda: session.attempt(commands.change_settings, session.year, values, title), title)

    def _carry_out(self, act: Callable[[], object], title: str) -> None:
        try:
            act()
        except UserError as error:
            self.refresh()
            self.said.emit(str(error), False)
            return
        self.said.emit(title, True)


def _fits(card: MilestoneCard, times: Sequence[MilestoneRow]) -> bool:
    """Whether ``card`` has a line for each of ``times``, with units where they report."""
    return [(line.row.code, line.reports is not None) for line in card.lines.values()] == [
        (row.code, bool(row.reports)) for row in times
    ]
