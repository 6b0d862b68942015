"""随会议移动的期限：列出来，存之前再问一次；“会议排定”与“决策事项”同用。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt

from gui.attendance.attendance_form import AttendanceForm
from gui.kit.plain import PlainLabel
from gui.session.redaction import decision_name
from gui.session.year_session import YearSession
from models.domain.attendance import Decision, Meeting
from planners import wording
from planners.attendance.stages import MovedDeadline, rescheduled

SHOWN_MOVES, LONGEST_NAME = 12, 18


class MovesLabel(PlainLabel):
    """The deadlines that another meeting, or another day of it, gives another day."""

    def __init__(self, session: YearSession) -> None:
        super().__init__()
        self._session = session
        self.moved: Sequence[MovedDeadline] = ()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAccessibleName("随会议移动的期限")
        self.setVisible(False)

    def look_at(self, decision: Decision, after: Meeting | None, others: Sequence[str] = ()) -> None:
        """Show what moves where ``after`` deals with ``decision``; ``others``: decisions at that meeting too."""
        session = self._session
        self.moved = rescheduled(session.snapshot, session.ruleset, decision, after)
        lines = [f"这次会议另有 {len(others)} 项决策：{'、'.join(others)}"] if others else []
        if self.moved:
            lines.append("会改变的期限：")
            lines += [_move_words(one) for one in self.moved[:SHOWN_MOVES]]
            more = len(self.moved) - SHOWN_MOVES
            lines += [f"另有 {more} 个"] if more > 0 else []
        self.setText("\n".join(lines))
        self.setVisible(bool(lines))

    def require_confirmed(self, form: AttendanceForm) -> None:
        """``CommandError`` the first time where deadlines move."""
        if self.moved:
            form.ask_twice(f"改期会移动 {len(self.moved)} 个期限（见上）。", "确认改期")


def _move_words(moved: MovedDeadline) -> str:
    days = [wording.short_day(day) if day else "无" for day in (moved.before, moved.after)]
    name = decision_name(moved.decision)
    name = f"{name[:LONGEST_NAME]}…" if len(name) > LONGEST_NAME else name
    return f"　{name}　{moved.stage.label}　{days[0]} → {days[1]}"
