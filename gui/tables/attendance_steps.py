"""公众列席的九个环节：每项决策走到哪一步。"""

from __future__ import annotations

from models.domain.attendance import Attendance, Decision, Meeting
from models.domain.snapshot import ItemKind, YearSnapshot

STEPS = (
    "列入目录",
    "会议排定",
    "代表遴选",
    "发出邀请",
    "到会列席",
    "意见记录",
    "采纳研究",
    "反馈代表",
    "信息公开",
)


def meeting_of(decision: Decision, snapshot: YearSnapshot) -> Meeting | None:
    """The meeting that deals with ``decision``, or None while there is none."""
    meeting = snapshot.item(ItemKind.MEETING, decision.meeting) if decision.meeting else None
    return meeting if isinstance(meeting, Meeting) else None


def attendance_steps(decision: Decision, snapshot: YearSnapshot) -> tuple[bool, ...]:
    """Which of the nine ``STEPS`` of ``decision`` are done, in their order (§20)."""
    meeting = meeting_of(decision, snapshot)
    invitations = [row for row in snapshot.invitations if row.decision == decision.key]
    opinions = [row for row in snapshot.opinions if row.decision == decision.key]
    present = [row for row in invitations if row.attendance is Attendance.PRESENT]
    return (
        decision.listed_on is not None,
        meeting is not None and meeting.starts_at is not None and not meeting.tentative,
        decision.selected_on is not None,
        any(row.invited_on for row in invitations),
        bool(present),
        bool(opinions),
        bool(opinions) and all(row.outcome for row in opinions),
        bool(present) and all(row.told_on for row in present),
        decision.published_on is not None,
    )
