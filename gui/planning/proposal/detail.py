"""选中一项的来由：是哪天、为什么是这天、还能是哪天。"""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from gui.kit.announce import announce
from gui.kit.boxes import in_column, in_row, line_across
from gui.kit.form import Tile
from gui.kit.icons import icon
from gui.kit.message_bar import BarArea
from gui.kit.plain import button, label, tool_button
from gui.kit.scrolling import ScrolledColumn
from gui.kit.tiles import ATTENDANCE
from gui.planning.proposal.choices import Choices, ProposalRow
from gui.planning.proposal.month import CandidateMonth
from gui.planning.proposal.month_values import days_open, month_days
from gui.planning.proposal.reasons import ReasonList
from gui.planning.proposal.words import NOTHING, place_words, suggestion_words
from gui.session.messages import Bar
from gui.session.redaction import redacted
from models.domain.events import Event
from planners import wording

MONTH_DELAY = 30
"""Milliseconds: while ticks follow one another the month waits, the numbers do not."""


class DetailPane(QFrame):
    """Shows one row of ``choices``. Its signals ask; the dialog does."""

    day_picked = Signal(date)
    reject_requested = Signal()
    lock_toggled = Signal(bool)
    step_requested = Signal(int)
    table_wanted = Signal()

    def __init__(self, choices: Choices) -> None:
        super().__init__(objectName="ProposalDetail")
        self._choices = choices
        self._number = -1
        self._compact = False
        self._month: date | None = None
        self._month_timer = QTimer(self, singleShot=True, interval=MONTH_DELAY)
        self._month_timer.timeout.connect(self._show_month)
        self._make_parts()
        self._lay_out()
        self.month.day_picked.connect(self.day_picked)
        self.month.month_left.connect(self._step_month)
        self.month.left.connect(self.table_wanted)

    def _make_parts(self) -> None:
        self._tile = Tile(ATTENDANCE)  # type: ignore[arg-type]
        self.heading = label("", "heading", wrap=True)
        self._count = label("", "caption")
        self.line = label("", "strong", wrap=True)
        self.bars = BarArea(margins=(0, 0, 0, 0))
        self._why = label("为什么是这天", "secondary")
        self.reasons = ReasonList()
        self._month_name = label("", "secondary")
        self._month_note = label("点其他日期可改，理由随之更新", "caption")
        self._earlier = tool_button("chevron-left", "上个月", partial(self._step_month, -1))
        self._later = tool_button("chevron-right", "下个月", partial(self._step_month, 1))
        self.month = CandidateMonth()
        self.reject_button = button("拒绝此项", self.reject_requested.emit, small=True)
        self.lock_button = button("锁定此日", small=True, icon_name="lock")
        self.lock_button.setCheckable(True)
        self.lock_button.clicked.connect(self.lock_toggled)
        self.previous_button = button(
            "上一项", partial(self.step_requested.emit, -1), small=True, icon_name="chevron-up"
        )
        self.next_button = button(
            "下一项", partial(self.step_requested.emit, 1), small=True, icon_name="chevron-down"
        )
        self.previous_button.setToolTip("上一项 Alt+↑")
        self.next_button.setToolTip("下一项 Alt+↓")
        self.reject_button.setToolTip("Delete")

    def _lay_out(self) -> None:
        self.area = ScrolledColumn(self)
        head = in_row(
            (self._tile, 0, Qt.AlignmentFlag.AlignTop),
            (self.heading, 1),
            (self._count, 0, Qt.AlignmentFlag.AlignTop),
            spacing=8,
        )
        self._rule_above = line_across()
        self._rule = line_across()
        months = in_row(self._month_name, self._earlier, self._later, None, self._month_note, spacing=2)
        self._body = in_column(
            head,
            self.line,
            self.bars,
            self._rule_above,
            self._why,
            self.reasons,
            self._rule,
            months,
            self.month,
            None,
            inside=self.area.body,
            margins=(18, 12, 18, 2),
            spacing=8,
        )
        in_column((self.area, 1), self._buttons(), inside=self, margins=0, spacing=0)

    def _buttons(self) -> QHBoxLayout:
        row = self._button_row = in_row(
            self.reject_button,
            self.lock_button,
            None,
            self.previous_button,
            self.next_button,
            margins=(18, 8, 18, 12),
            spacing=8,
        )
        return row

    def set_compact(self, *, compact: bool, narrow: bool) -> None:
        """Closer together, for small windows; ``narrow``: 上一项 and 下一项 are icons."""
        for step, words in ((self.previous_button, "上一项"), (self.next_button, "下一项")):
            step.setText("" if narrow else words)
            step.setAccessibleName(words)
        self._button_row.setContentsMargins(*((14, 6, 14, 8) if compact else (18, 8, 18, 12)))
        self._body.setSpacing(5 if compact else 8)
        self._body.setContentsMargins(*((14, 8, 14, 4) if compact else (18, 12, 18, 2)))
        self.reasons.set_compact(compact=compact)
        self._compact = compact
        self._month_note.setVisible(not compact and self._rule.isVisibleTo(self))

    # what is shown

    def show_row(self, number: int) -> None:
        """Show the row ``number``; the month is that of its day."""
        self._number = number
        entry = self._choices.row(number).entry
        self._month = entry.event.day if entry.event else None
        self._show_words()
        self._show_month()
        self._month_timer.stop()
        if entry.event is not None and entry.event.day is not None:
            self.month.put(entry.event.day)

    def look_again(self) -> None:
        """Show the same row as it is now; the month a moment later: it takes longest to judge."""
        if 0 <= self._number < len(self._choices.rows):
            self._show_words()
            self._month_timer.start()

    def _show_words(self) -> None:
        row, total = self._choices.row(self._number), len(self._choices.rows)
        entry = row.entry
        self._tile.show_campaign(entry.campaign or ATTENDANCE)  # type: ignore[arg-type]
        self.heading.setText(entry.label)
        self._count.setText(f"第 {self._number + 1} 项")
        self.line.setText(self._line_words(row))
        self.reasons.show_reasons(entry.reasons)
        for widget in (self._why, self.reasons, self._rule_above):
            widget.setVisible(bool(entry.reasons))
        self._show_bars(row)
        self.reject_button.setText("恢复此项" if row.rejected else "拒绝此项")
        self.lock_button.setChecked(row.locked)
        self.lock_button.setText("已锁此日" if row.locked else "锁定此日")
        self.lock_button.setIcon(icon("lock", "primary" if row.locked else "ink"))
        self.lock_button.setVisible(entry.event is not None and entry.event.day is not None)
        self.previous_button.setEnabled(self._number > 0)
        self.next_button.setEnabled(self._number < total - 1)
        self.setAccessibleName(redacted(entry.label))
        self.setAccessibleDescription(redacted(f"{self.line.text()}；{'；'.join(self.reasons.texts)}"))

    def _line_words(self, row: ProposalRow) -> str:
        entry, snapshot = row.entry, self._choices.session.snapshot
        event = entry.event
        when = suggestion_words(entry, snapshot)
        if event is not None and event.starts_at is not None and event.is_timed:
            when = wording.moment_label(event.starts_at)
        parts = [when, place_words(entry, snapshot)]
        if event is not None:
            parts += [snapshot.unit_name(key) for key in event.lead_units[:2]]
        return " · ".join(part for part in parts if part and part != NOTHING)

    def _show_bars(self, row: ProposalRow) -> None:
        self.bars.clear()
        if row.entry.human and not row.is_stale:
            self.bars.show_bar(
                Bar("info", f"{row.entry.human.rstrip('。')}；默认不勾选。", (), "human", False)
            )
        if row.is_stale:
            words = "".join(objection.text for objection in row.objections)
            self.bars.show_bar(Bar("warning", f"已变化：{words}", (), "stale", False))

    # the month

    def _dated_event(self) -> Event | None:
        event = self._choices.row(self._number).entry.event
        return event if event is not None and event.day is not None else None

    def _show_month(self) -> None:
        event = self._dated_event()
        has = event is not None and self._month is not None
        for widget in (self.month, self._month_name, self._rule):
            widget.setVisible(has)
        self._month_note.setVisible(has and not self._compact)
        if not has or self._month is None:
            for widget in (self._earlier, self._later):
                widget.hide()
            return
        self.month.show_days(month_days(self._choices, self._number, self._month))
        self._month_name.setText(f"{self._month.month}月候选")
        earlier, later = (self._neighbour(step) is not None for step in (-1, 1))
        self._earlier.setVisible(earlier or later)
        self._later.setVisible(earlier or later)
        self._earlier.setEnabled(earlier)
        self._later.setEnabled(later)

    def _neighbour(self, step: int) -> date | None:
        """The first day of the month before or after, where an open day lies in it."""
        assert self._month is not None
        span = days_open(self._choices, self._choices.row(self._number).entry)
        months = self._month.year * 12 + self._month.month - 1 + step
        first = date(months // 12, months % 12 + 1, 1)
        inside = (
            (span.first.year, span.first.month)
            <= (first.year, first.month)
            <= (span.last.year, span.last.month)
        )
        return first if inside and span.first < span.end else None

    def _step_month(self, step: int) -> None:
        if self._month is not None and (month := self._neighbour(step)) is not None:
            self._month = month
            self._show_month()
            announce(self.month, f"{month.month}月")

    def ask_for_day(self) -> bool:
        """Put the keyboard into the candidate month; False where the row has no day to choose."""
        event = self._dated_event()
        if event is None or event.day is None:
            return False
        self._month = event.day
        self._show_month()
        self.month.put(event.day)
        self.month.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.area.ensureWidgetVisible(self.month)
        return True
