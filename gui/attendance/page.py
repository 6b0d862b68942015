"""公众列席：每项决策走到九个环节的哪一步；代表、意见与采纳在下半页。"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedLayout, QVBoxLayout, QWidget

from gui.attendance import rows as words
from gui.attendance.controller import AttendanceDesk
from gui.attendance.panes import AttendanceHeader, ClauseLine, DetailPanes
from gui.attendance.stage_table import StageColumn, StageTable
from gui.kit.empty_state import EmptyAction, EmptyState
from gui.kit.page import EXPORTS
from gui.kit.theme import theme
from gui.kit.year_page import YearPage
from gui.session.redaction import redacted_record, reveal
from gui.session.year_session import YearSession
from models.domain.attendance import DecisionBody
from models.domain.snapshot import ItemKind
from planners.attendance.balance import groups_invited
from planners.attendance.stages import (
    DecisionLine,
    Stage,
    clocks_of,
    clocks_words,
    decision_lines,
)

DISTRICT, HEARINGS = (DecisionBody.DISTRICT,), (DecisionBody.TOWN, DecisionBody.PARK)
PRINT_KIND = "attendance"
LOW = 430
"""Below this height of the page the rows need the room of the clause."""
TABLE_SHARE = 1.5
"""The stages are so many times as high as the panes below, until somebody moves the line between them."""


class AttendancePage(YearPage):
    """The decisions of the year. What needs another page is asked for by signals."""

    def __init__(self, session: YearSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._unmasked, self._split_by_user = False, False
        self.lines: tuple[DecisionLine, ...] = ()
        self.desk = AttendanceDesk(session, self)
        self.header = AttendanceHeader()
        self.clause = ClauseLine()
        self.halves = QSplitter(Qt.Orientation.Vertical, self)
        upper = QWidget(self.halves)
        self.table = StageTable(upper)
        self.empty = EmptyState(upper)
        self.panes = DetailPanes(self.halves)
        self._lay_out(upper)
        self._connect()
        self.setFocusProxy(self.table)
        self.follow()

    def _lay_out(self, upper: QWidget) -> None:
        self._stack = QStackedLayout(upper)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        self.halves.setChildrenCollapsible(False)
        self.halves.splitterMoved.connect(self._on_split)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.clause)
        column.addWidget(self.halves, 1)
        self._style()

    def _style(self) -> None:
        tall = self.height() >= 700
        self.header.setFixedHeight(self.head_height())
        self.clause.setFixedHeight(round(40 * theme().scale))
        self.clause.setVisible(self.height() >= LOW * theme().scale)
        self.panes.setMinimumHeight(round((190 if tall else 150) * theme().scale))

    def _connect(self) -> None:
        table, panes, header, desk = self.table, self.panes, self.header, self.desk
        table.chosen.connect(self._show_chosen)
        table.opened.connect(self._on_opened)
        table.completed.connect(self._on_completed)
        panes.person_opened.connect(self._on_person)
        panes.opinion_opened.connect(self._on_opinion)
        panes.person_removed.connect(partial(desk.remove, ItemKind.INVITATION))
        panes.opinion_removed.connect(partial(desk.remove, ItemKind.OPINION))
        panes.letters_clicked.connect(self._on_letters)
        panes.close_clicked.connect(self._on_close)
        panes.edit_clicked.connect(self._on_edit)
        panes.erase_clicked.connect(self._on_erase)
        panes.shown.connect(self.show_persons)
        header.new_clicked.connect(self.make_new)
        header.import_clicked.connect(self.catalogue_requested)
        header.print_clicked.connect(self._on_print)
        header.late_clicked.connect(self.refresh)
        header.body_changed.connect(self._on_body)
        theme().changed.connect(self._style)

    # what is shown

    @property
    def line(self) -> DecisionLine | None:
        """The selected decision."""
        return next((line for line in self.lines if line.decision.key == self.table.key), None)

    @property
    def shows_hearings(self) -> bool:
        """Whether the decisions of 街镇 and 园区 are shown (§21)."""
        return self.header.bodies.value()

    def _on_body(self, _: bool) -> None:  # noqa: FBT001
        self.refresh()

    def show_year(self) -> None:
        """The decisions, those overdue alone where that is asked for, and the chosen one below."""
        session = self._session
        bodies = HEARINGS if self.shows_hearings else DISTRICT
        settled = {} if self.shows_hearings else self.desk.settled()
        every = decision_lines(session.snapshot, session.ruleset, session.today, bodies, settled)
        overdue = session.check.overdue_decisions
        late = [line for line in every if line.decision.key in overdue]
        self.lines = tuple(late) if self.header.late.isChecked() else every
        self.header.show_numbers(self._numbers(every), len(late))
        self._show_clause()
        with QSignalBlocker(self.table):  # what is chosen is shown once, below
            self.table.show_rows(
                [words.decision_row(line, session.snapshot) for line in self.lines], bodies[0]
            )
        self._show_nothing(is_filtered=bool(every))
        self._show_chosen()

    def _numbers(self, lines: tuple[DecisionLine, ...]) -> str:
        if not self.shows_hearings:
            return words.header_words(lines, self._session.year)
        return words.hearing_header_words(lines, self._session.year)

    def _show_clause(self) -> None:
        ruleset = self._session.ruleset
        rule = ruleset.checked_by("not_heard" if self.shows_hearings else "not_invited")
        told = "" if self.shows_hearings else clocks_words(ruleset)
        self.clause.show_words(f"第{rule.clause}条　“{rule.quote}。”" if rule else "", told)

    def _show_nothing(self, *, is_filtered: bool) -> None:
        self._stack.setCurrentWidget(self.table if self.lines else self.empty)
        self.panes.setVisible(bool(self.lines))
        if self.lines:
            return
        if is_filtered:
            action = EmptyAction("看全部", self._show_all)
            self.empty.show_words("check", "没有超期的事项", ("各项都在期限之内。",), (action,))
            return
        offered = (
            ()
            if self._session.read_only
            else (
                EmptyAction("新增决策事项", self.make_new),
                EmptyAction("导入决策目录…", self.catalogue_requested.emit),
            )
        )
        title = "还没有街镇、园区的决策事项" if self.shows_hearings else "还没有决策事项"
        lines = ("把年度重大行政决策事项目录录进来，或从 Excel 导入。",)
        self.empty.show_words("plus", title, lines, offered)

    def _show_all(self) -> None:
        self.header.late.setChecked(False)

    def _show_chosen(self, _: str = "") -> None:
        line, session = self.line, self._session
        if line is None:
            return
        decision, clocks = line.decision, clocks_of(session.snapshot, session.ruleset)
        masked = not self._unmasked
        name = redacted_record(decision.short or decision.title)
        self.panes.show_decision(name, words.late_words(line), redacted_record(self._facts(line)))
        invited = groups_invited(session.snapshot, line.invitations)
        groups = redacted_record("，".join(f"{group} {count}" for group, count in invited))
        self.panes.show_people(words.person_rows(line, session.snapshot, masked=masked), groups)
        rows = words.opinion_rows(line, session.snapshot, clocks, session.today, masked=masked)
        self.panes.show_opinions(rows, redacted_record(self._remark(line)))
        self.allow()

    def _facts(self, line: DecisionLine) -> str:
        unit = line.decision.unit
        parts = [f"承办：{self._session.snapshot.unit_name(unit) if unit else '未定'}"]
        if self.shows_hearings:
            parts.append(words.hearing_facts(line.decision))
        elif line.meeting is not None:
            parts.append(f"{words.meeting_words(line)}{line.meeting.body.removeprefix('区政府')}")
        elif not line.is_exempt:
            parts.append("还没有排定会议")
        groups = groups_invited(self._session.snapshot, line.invitations)
        if groups:
            parts.append("、".join(f"{group} {count}" for group, count in groups))
        return " · ".join(parts)

    def _remark(self, line: DecisionLine) -> str:
        if line.decision.closed_on:
            return "已结案；要改动先撤回结案。"
        if line.is_exempt:
            return words.exempt_words(line)
        if not line.opinions and self.shows_hearings:
            return "意见可以逐条记录，也可以在“采纳研究”写明情况；未采纳、部分采纳须写明说明。"
        if not line.opinions:
            return "代表的意见逐条记录；未采纳、部分采纳须写明说明。"
        return "每条意见写明采纳情况、每名代表都反馈之后才能结案。"

    def allow(self) -> None:
        """A closed decision can only be opened again; nothing can be changed in a file that is held."""
        line, allowed = self.line, not self._session.read_only
        self.header.allow_changes(allowed=allowed)
        if line is not None:
            closed = line.decision.closed_on is not None
            self.panes.allow_changes(allowed=allowed, closed=closed, has_people=bool(line.invitations))

    def show_persons(self, shown: bool) -> None:  # noqa: FBT001
        """Show names while the user asks for it; hidden again when the page is left."""
        reveal(shown)
        if shown is not self._unmasked:
            self._unmasked = shown
            self._show_chosen()

    # where one is

    def go_to(self, target: object) -> None:
        """Show a decision by its key, or by that of its meeting."""
        self.catch_up()
        if not isinstance(target, str):
            return
        decision = next((d for d in self._session.snapshot.decisions if target in (d.key, d.meeting)), None)
        if decision is None:
            return
        self.header.late.setChecked(False)
        if (decision.body is DecisionBody.DISTRICT) is self.shows_hearings:
            self.header.bodies.choose(decision.body is not DecisionBody.DISTRICT)
            self.refresh()
        line = next((line for line in self.lines if line.decision.key == decision.key), None)
        column = StageColumn.TITLE
        if line is not None and line.current is not None:
            column = StageColumn.FIRST_STAGE + line.nodes.index(line.current)  # type: ignore[assignment]
        self.table.select(decision.key, int(column))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # what the user does

    def make_new(self) -> None:
        """Open the form of a new decision and go to it."""
        if self._session.read_only:
            self.said.emit(self._session.read_only_reason)
            return
        if key := self.desk.open_decision():
            self.go_to(key)

    def _on_opened(self, key: str, stage: object) -> None:
        # A form over a mouse event would swallow the release of the button.
        QTimer.singleShot(0, self, partial(self._open, key, stage))

    def _open(self, key: str, stage: object) -> None:
        if isinstance(stage, Stage) and stage is not Stage.LISTED:
            self.desk.open_stage(key, stage)
        else:
            self.desk.open_decision(key)

    def _on_completed(self, key: str, stage: object) -> None:
        if isinstance(stage, Stage):
            self.desk.complete(key, stage)

    def _on_person(self, invitation: str) -> None:
        if self.table.key:
            self.desk.open_person(self.table.key, invitation)

    def _on_opinion(self, opinion: str) -> None:
        if self.table.key:
            self.desk.open_opinion(self.table.key, opinion)

    def _on_letters(self) -> None:
        line = self.line
        if line is not None:
            self.letters_requested.emit(line.decision.key, bool(line.opinions))

    def _on_close(self) -> None:
        if self.table.key:
            self.desk.toggle_closed(self.table.key)

    def _on_edit(self) -> None:
        if self.table.key:
            self.desk.open_decision(self.table.key)

    def _on_erase(self) -> None:
        if self.table.key:
            self.desk.erase(self.table.key)

    def _on_print(self) -> None:
        self.page_requested.emit(EXPORTS, PRINT_KIND)

    # the frame

    def regions(self) -> list[QWidget]:
        """The stops of F6: header, table, delegates, opinions."""
        if not self.lines:
            return [self.header.new_button, self.empty]
        seen = [one for one in (self.panes.people, self.panes.opinions) if one.isVisible()]
        return [self.header.new_button, self.table, *seen]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what does not fit."""
        super().resizeEvent(event)
        self.header.show_width(self.width())
        self._style()
        if not self._split_by_user:
            self.halves.setSizes([round(1000 * TABLE_SHARE), 1000])

    def _on_split(self, *_: int) -> None:
        self._split_by_user = True

    def main_view(self) -> QWidget:
        """The stages."""
        return self.table

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody's name stays on a page that is not looked at."""
        super().hideEvent(event)
        self.show_persons(shown=False)
