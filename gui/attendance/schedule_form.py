"""会议排定：选一次会议或新排一次；改期之前先看哪些期限跟着走。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from gui.attendance.moves import MovesLabel
from gui.attendance.people_fields import MeetingEdit
from gui.attendance.stage_form import StageForm
from gui.attendance.words import meeting_name
from gui.kit.choices import Choice
from gui.session.redaction import decision_name
from gui.session.year_session import YearSession
from models import commands
from models.domain.attendance import Meeting
from models.domain.changes import RowChange
from models.domain.snapshot import ItemKind
from models.domain.text import quoted
from planners.attendance.stages import DecisionLine, Stage, meeting_day

NEW, NONE = "+", ""


class ScheduleForm(StageForm):
    """The meeting that deals with the decision. Another day of it moves the deadlines of all its decisions."""

    STAGE = Stage.SCHEDULED

    def __init__(self, session: YearSession, line: DecisionLine, parent: QWidget | None = None) -> None:
        super().__init__(session, line, parent, width=640)
        meetings = [(meeting_name(one), one.key) for one in session.snapshot.meetings]
        self.which: Choice[str] = Choice([("还没有排定", NONE), ("新排一次会议", NEW), *meetings])
        self.which.choose(line.meeting.key if line.meeting else NEW)
        self.add_row("会议", self.which)
        self.meeting = MeetingEdit(session.today)
        self._meeting_row = self.add_row("安排", self.meeting)
        self.meeting.body_binding.row = self._meeting_row
        self.moves = MovesLabel(session)
        self.add_widget(self.moves)
        self.which.currentIndexChanged.connect(self._on_which)
        self.meeting.changed.connect(self._look_again)
        self._on_which()
        self.opened()
        self.which.setFocus()

    def _chosen(self) -> Meeting | None:
        """The meeting chosen as it is stored; None for a new one or none."""
        found = self.session.snapshot.item(ItemKind.MEETING, self.which.value() or "?")
        return found if isinstance(found, Meeting) else None

    def _on_which(self) -> None:
        self._meeting_row.setVisible(self.which.value() != NONE)
        self.meeting.show_meeting(self._chosen())
        self._look_again()

    def _look_again(self) -> None:
        """Which deadlines move, before and after."""
        self.moves.look_at(self.decision, self.entered(), self._others())
        if self.isVisible():
            self.fit()

    def _others(self) -> list[str]:
        key = self.which.value()
        return [
            decision_name(one)
            for one in self.session.snapshot.decisions
            if key not in (NONE, NEW) and one.meeting == key and one.key != self.decision.key
        ]

    def entered(self) -> Meeting | None:
        """The meeting as the form has it; None where none is chosen."""
        if self.which.value() == NONE:
            return None
        chosen = self._chosen()
        key = chosen.key if chosen else commands.new_key(self.session.snapshot, ItemKind.MEETING)
        return self.meeting.value(key)

    def makes_done(self, change: RowChange) -> bool:
        """A meeting with its day, no longer tentative."""
        return (
            isinstance(change.after, Meeting)
            and change.after.starts_at is not None
            and not change.after.tentative
        )

    def changes(self) -> Sequence[RowChange]:
        """The meeting and the decision; asked a second time where deadlines move."""
        after, chosen = self.entered(), self._chosen()
        if after is not None:
            self.meeting.body_binding.require(after)
        self.moves.require_confirmed(self)
        decision = self.decision._replace(meeting=after.key if after else None)
        found = [RowChange.of(self.decision, decision)]
        return [RowChange.of(chosen, after), *found] if after else found

    def step_title(self) -> str:
        """移动会议 where it is moved."""
        before, after = self.line.meeting, self.entered()
        same = before is not None and after is not None and before.key == after.key
        if same and meeting_day(before) != meeting_day(after):
            return f"修改{quoted(decision_name(self.decision))}的会期"
        return super().step_title()
