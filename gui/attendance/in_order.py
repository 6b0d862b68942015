"""一名代表的邀请、到会、反馈的先后：没有会议不邀请，没开会不登记到会，没到会没研究不反馈；各表单同用。"""

from __future__ import annotations

from datetime import date

from models.domain.attendance import Attendance, DecisionBody, Invitation, is_answered, own_opinions
from models.domain.errors import CommandError
from planners import wording
from planners.attendance.stages import DecisionLine

NOT_SAVED = "没有保存。"


def require_in_order(line: DecisionLine, before: Invitation, after: Invitation, today: date) -> None:
    """``CommandError`` where what is new in ``after`` comes before what it follows from."""
    if after.invited_on is not None and after.invited_on != before.invited_on:
        _require_meeting(line, after.invited_on)
    if after.attendance is not None and after.attendance is not before.attendance:
        _require_came_together(line, after.attendance, today)
    if after.told_on is not None and after.told_on != before.told_on:
        _require_something_to_tell(line, after, after.told_on, today)
    if after != before and after.told_on is not None and after.attendance is Attendance.ABSENT:
        raise CommandError("缺席的代表不登记反馈。", NOT_SAVED, "请改到会情况，或不勾反馈。")


def _is_hearing(line: DecisionLine) -> bool:
    return line.decision.body is not DecisionBody.DISTRICT


def _require_meeting(line: DecisionLine, invited: date) -> None:
    day = line.session_day
    if line.meeting is None and not _is_hearing(line):
        raise CommandError("还没有排定会议，不能登记邀请。", NOT_SAVED, "请先办“会议排定”。")
    if day is not None and invited > day:
        what = "听取意见" if _is_hearing(line) else "会议"
        raise CommandError(
            f"邀请日期晚于{what}（{wording.short_day(day)}）。", NOT_SAVED, "请核对日期；没有邀请的不勾选。"
        )


def _require_came_together(line: DecisionLine, attendance: Attendance, today: date) -> None:
    """Who asks for leave says so before the meeting; who came and who stayed away is known on its day."""
    day = line.session_day
    if day is None:
        raise CommandError(f"{_no_day(line)}，不能登记到会。", NOT_SAVED, _first(line))
    if day > today and attendance is not Attendance.LEAVE:
        raise CommandError(f"{_not_yet(line)}，不能登记到会。", NOT_SAVED, "请在会后登记；会前只登记请假。")


def _require_something_to_tell(line: DecisionLine, row: Invitation, told: date, today: date) -> None:
    day = line.session_day
    if day is None:
        raise CommandError(f"{_no_day(line)}，不能登记反馈。", NOT_SAVED, _first(line))
    if day > today or told < day:
        why = _not_yet(line) if day > today else f"反馈日期早于{'听取意见' if _is_hearing(line) else '会议'}"
        raise CommandError(f"{why}，没有可反馈的。", NOT_SAVED, "请在会后反馈，按实际日期登记。")
    if row.attendance is None:
        raise CommandError("还没有登记到会情况，不能登记反馈。", NOT_SAVED, "请先登记到会、缺席或请假。")
    if row.invited_on is not None and told < row.invited_on:
        raise CommandError("反馈日期早于邀请日期。", NOT_SAVED, "请核对日期。")
    own = own_opinions(row, line.opinions)
    if waiting := sum(not is_answered(opinion) for opinion in own):
        raise CommandError(
            f"这名代表有 {waiting} 条意见还没有写明采纳情况，先反馈的不算（第20条）。",
            NOT_SAVED,
            "请先办“采纳研究”。",
        )
    decided = max((opinion.decided_on for opinion in own if opinion.decided_on), default=None)
    if decided is not None and told < decided:
        raise CommandError(
            f"反馈日期早于意见研究定下的日期（{wording.short_day(decided)}），先反馈的不算（第20条）。",
            NOT_SAVED,
            "请按研究之后的反馈登记。",
        )


def _no_day(line: DecisionLine) -> str:
    return "还没有登记哪一天听取意见" if _is_hearing(line) else "会议还没有定日期"


def _not_yet(line: DecisionLine) -> str:
    return "还没有到听取意见那一天" if _is_hearing(line) else "会议还没有开"


def _first(line: DecisionLine) -> str:
    return "请先办“听取意见”。" if _is_hearing(line) else "请先办“会议排定”。"
