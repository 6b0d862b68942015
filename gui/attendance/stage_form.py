"""环节表单的共同部分：标题、条文里的期限、已办与结案的提示。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from gui.attendance.attendance_form import AttendanceForm
from gui.attendance.in_order import require_in_order
from gui.attendance.masked import HoldToShow
from gui.session.redaction import decision_name, delegate_words
from gui.session.year_session import YearSession
from models.domain.attendance import Delegate, Invitation
from models.domain.changes import RowChange
from models.domain.errors import CommandError
from models.domain.text import quoted
from planners import wording
from planners.attendance.completing import earlier_open
from planners.attendance.stages import DecisionLine, Stage, StageState


class StageForm(AttendanceForm):
    """The form of one stage of a decision."""

    STAGE = Stage.LISTED

    def __init__(
        self, session: YearSession, line: DecisionLine, parent: QWidget | None = None, *, width: int = 640
    ) -> None:
        super().__init__(session, line.label(self.STAGE), parent, width=width)
        self.line, self.decision = line, line.decision
        self.people = {person.key: person for person in session.snapshot.delegates}
        self.add_heading(f"{line.label(self.STAGE)}：{decision_name(line.decision)}")
        self.add_words(self._state_words(), "secondary")
        if line.decision.closed_on is not None:
            self.add_words("已结案；要改动先撤回结案。", "warning")
        elif earlier := [line.label(one) for one in earlier_open(line, self.STAGE)]:
            self.add_words(f"前面还没有办：{'、'.join(earlier)}", "caption")

    def opened(self, *place: str) -> None:
        """As every form; it is about the decision."""
        super().opened(self.decision.key, *place)

    def _state_words(self) -> str:
        node = self.line.node(self.STAGE)
        if node.day is None:
            return node.state.label
        day = wording.day_label(node.day)
        if node.state is StageState.DONE:
            return f"已办：{day}"
        leans = "（按法定节日估算）" if node.estimated else ""
        late = "，已超期" if node.state is StageState.OVERDUE else ""
        return f"期限 {day}{leans}{late}"

    def accept_form(self) -> None:
        """All entries are stored as one step; a stage is not done before those in front of it."""
        node, before = self.line.node(self.STAGE), earlier_open(self.line, self.STAGE)
        begins = node.state in (StageState.WAITING, StageState.CURRENT, StageState.OVERDUE)
        made = self.changes()
        if begins and before and any(map(self.makes_done, made)):
            self._refuse_or_ask(before)
        for one in made:
            if isinstance(one.before, Invitation) and isinstance(one.after, Invitation):
                require_in_order(self.line, one.before, one.after, self.session.today)
        super().accept_form()

    def _refuse_or_ask(self, before: Sequence[Stage]) -> None:
        """The stages ``before`` come first; publication may go ahead of them when asked."""
        labels = [self.line.label(one) for one in before]
        names = "、".join(labels)
        if self.STAGE is not Stage.PUBLISHED:
            raise CommandError(
                f"“{names}”还没有办，不能先办“{self.line.label(self.STAGE)}”。",
                "没有保存。",
                f"请先办“{labels[0]}”。",
            )
        self.ask_twice(f"“{names}”还没有办，信息先公开。", "仍登记公开")

    def makes_done(self, change: RowChange) -> bool:
        """Whether ``change`` is what makes the stage done."""
        del change
        return False

    def step_title(self) -> str:
        """登记 and the stage."""
        return f"登记{quoted(decision_name(self.decision))}{self.line.label(self.STAGE)}"

    def add_hold_to_show(self) -> None:
        """A button that shows names while it is held."""
        self.show_button = HoldToShow()
        self.show_button.shown.connect(self.show_names)
        self.show_button.setEnabled(bool(self.line.invitations or self.people))
        self.add_left_button(self.show_button)

    def show_names(self, shown: bool) -> None:  # noqa: FBT001
        """Show names in full while ``shown``."""

    def name_of(self, delegate: str, *, masked: bool = True) -> str:
        """张* · 学生家长 · 138****1234（候补）."""
        person = self.people.get(delegate)
        if not isinstance(person, Delegate):
            return delegate
        words = delegate_words(person, masked=masked)
        return f"{words}（候补）" if person.reserve else words


def newly(change: RowChange, field: str) -> bool:
    """Whether ``change`` fills ``field``, which was empty."""
    before = getattr(change.before, field, None)
    return before is None and getattr(change.after, field, None) is not None
