"""办结一个环节：以当天登记。前面的环节没办完不能越过，信息公开除外；还缺什么，说清楚。"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from models.domain.attendance import (
    Attendance,
    Decision,
    DecisionBody,
    Invitation,
    closing_words,
    is_answered,
    is_called,
    is_owed_feedback,
)
from models.domain.changes import RowChange
from models.domain.errors import CommandError
from models.domain.text import quoted
from planners.attendance.stages import DecisionLine, Stage, StageState, stages_of

NOTHING = "没有登记。"
_ABOUT_OPINIONS = (Stage.OPINIONS, Stage.STUDIED)


class Completion(NamedTuple):
    """What completing a stage changes; ``warning``: what should be known though nothing forbids it."""

    title: str
    changes: tuple[RowChange, ...]
    warning: str = ""


def complete(line: DecisionLine, stage: Stage, today: date) -> Completion:
    """The changes that make ``stage`` of the decision done on ``today``.

    Raises ``CommandError`` where an earlier stage is open or something is lacking that a day cannot stand
    for: the stage's form is then the way.
    """
    label = line.label(stage)
    if stage not in stages_of(line.decision.body):
        raise CommandError(f"{line.decision.body.label}的事项没有“{label}”。", NOTHING, "请看它自己的环节。")
    node = line.node(stage)
    if node.state is StageState.DONE:
        raise CommandError(f"“{label}”已经办了。", NOTHING, "要改日期请打开这个环节。")
    if node.state is StageState.EXEMPT:
        raise CommandError(f"登记了特殊情况，没有“{label}”。", NOTHING, "要办请先撤回特殊情况。")
    open_before = [line.label(one) for one in earlier_open(line, stage)]
    if open_before and stage is not Stage.PUBLISHED:
        raise CommandError(
            f"“{open_before[0]}”还没有办，不能先办“{label}”。", NOTHING, f"请先办“{open_before[0]}”。"
        )
    name = line.decision.short or line.decision.title
    warning = f"“{'、'.join(open_before)}”还没有办，信息先公开了。" if open_before else ""
    heard = line.decision.body is not DecisionBody.DISTRICT
    step = _HEARING_STEPS.get(stage, _STEPS[stage]) if heard else _STEPS[stage]
    return Completion(f"登记{quoted(name)}{label}", step(line, today), warning)


def earlier_open(line: DecisionLine, stage: Stage) -> tuple[Stage, ...]:
    """The stages before ``stage`` that are not done. Where nobody said anything, nothing waits to be studied;
    a hearing (§21) is always held and always noted.
    """
    is_silent = line.decision.body is DecisionBody.DISTRICT and not line.opinions
    silent = _ABOUT_OPINIONS if is_silent else ()
    stages = [node.stage for node in line.nodes]
    return tuple(
        node.stage
        for node in line.nodes[: stages.index(stage)]
        if node.state not in (StageState.DONE, StageState.EXEMPT) and node.stage not in silent
    )


def _decision(line: DecisionLine, **fields: object) -> tuple[RowChange, ...]:
    before: Decision = line.decision
    return (RowChange.of(before, before._replace(**fields)),)  # type: ignore[arg-type]


def _listed(line: DecisionLine, today: date) -> tuple[RowChange, ...]:
    return _decision(line, listed_on=today)


def _scheduled(line: DecisionLine, _: date) -> tuple[RowChange, ...]:
    meeting = line.meeting
    if meeting is None or meeting.starts_at is None:
        raise CommandError("还没有定下哪次会议、哪一天。", NOTHING, "请打开“会议排定”选一次会议。")
    return (RowChange.of(meeting, meeting._replace(tentative=False)),)


def _selected(line: DecisionLine, today: date) -> tuple[RowChange, ...]:
    if not line.invitations:
        raise CommandError("还没有选出代表。", NOTHING, "请打开“代表遴选”登记代表。")
    return _decision(line, selected_on=today)


def _invited(line: DecisionLine, today: date) -> tuple[RowChange, ...]:
    if not line.invitations:
        raise CommandError("还没有选出代表，没有人可以邀请。", NOTHING, "请先在“代表遴选”登记代表。")
    day = line.session_day
    if day is not None and day < today:
        raise CommandError(
            "会议已经开过，今天不能算邀请日期。",
            NOTHING,
            "请打开“发出邀请”填写会前的日期；没有邀请的改为候补，或从名单里去掉。",
        )
    return _invitations(line, lambda row: row if row.attendance else _invited_by(row, today))


def _invited_by(row: Invitation, today: date) -> Invitation:
    """Invited on ``today`` where no earlier day is known."""
    return row._replace(invited_on=min(row.invited_on or today, today))


def _present(line: DecisionLine, today: date) -> tuple[RowChange, ...]:
    day = line.session_day
    if day is not None and day > today:
        raise CommandError("会议还没有开，不能登记到会。", NOTHING, "请在会后登记；会议改期请改“会议排定”。")
    return _invitations(line, lambda row: row._replace(attendance=row.attendance or Attendance.PRESENT))


def _opinions(_: DecisionLine, __: date) -> tuple[RowChange, ...]:
    raise CommandError(
        "意见要逐条写下来。", NOTHING, "请打开“意见记录”填写；代表没有意见的，直接反馈后结案。"
    )


def _studied(line: DecisionLine, _: date) -> tuple[RowChange, ...]:
    missing = sum(not is_answered(opinion) for opinion in line.opinions)
    if not missing:
        raise CommandError("还没有意见可研究。", NOTHING, "请先记录意见；代表没有意见的，直接反馈后结案。")
    raise CommandError(f"{missing} 条意见还没有写明采纳情况。", NOTHING, "请打开“采纳研究”逐条填写。")


def _told(line: DecisionLine, today: date) -> tuple[RowChange, ...]:
    return _invitations(
        line,
        lambda row: row._replace(told_on=today) if is_owed_feedback(row, line.opinions) else row,
    )


def _published(line: DecisionLine, today: date) -> tuple[RowChange, ...]:
    return _decision(line, published_on=today)


def _invitations(line: DecisionLine, made: Callable[[Invitation], Invitation]) -> tuple[RowChange, ...]:
    """The rows that ``made`` changes; reserves wait."""
    rows = [row for row in line.invitations if row.key not in line.reserves]
    changes = (RowChange.of(row, made(row)) for row in rows)
    return tuple(change for change in changes if change.before != change.after)


def _heard(line: DecisionLine, today: date) -> tuple[RowChange, ...]:
    if not line.decision.hearing_forms:
        raise CommandError(
            "还没有写明用什么形式听取了意见。", NOTHING, "请打开“听取意见”，选网上征集、交流座谈或问卷调查。"
        )
    day = line.decision.heard_on
    return _decision(line, heard_on=min(day or today, today))


def _weighed(line: DecisionLine, today: date) -> tuple[RowChange, ...]:
    if line.opinions:
        return _studied(line, today)
    raise CommandError(
        "还没有写明听取了哪些意见、怎样采纳。", NOTHING, "请打开“采纳研究”填写情况，或逐条记录意见。"
    )


def _answered(line: DecisionLine, today: date) -> tuple[RowChange, ...]:
    if not line.invitations:
        raise CommandError(
            "没有登记参加的人，公开即是反馈。", NOTHING, "请办“公开”；要逐人反馈的先新增代表。"
        )
    if not any(map(is_called, line.invitations)):
        raise CommandError("登记的人都没有邀请，也没有到会。", NOTHING, "请先在代表一栏登记邀请或到会。")
    return _told(line, today)


_STEPS: Mapping[Stage, Callable[[DecisionLine, date], tuple[RowChange, ...]]] = {
    Stage.LISTED: _listed,
    Stage.SCHEDULED: _scheduled,
    Stage.SELECTED: _selected,
    Stage.INVITED: _invited,
    Stage.PRESENT: _present,
    Stage.OPINIONS: _opinions,
    Stage.STUDIED: _studied,
    Stage.TOLD: _told,
    Stage.PUBLISHED: _published,
}


_HEARING_STEPS: Mapping[Stage, Callable[[DecisionLine, date], tuple[RowChange, ...]]] = {
    Stage.OPINIONS: _heard,
    Stage.STUDIED: _weighed,
    Stage.TOLD: _answered,
}


def close_case(line: DecisionLine, today: date) -> Completion:
    """The changes that close the case; ``CommandError`` where ``closing_words`` says what is lacking (§20, §21)."""
    decision = line.decision
    if decision.closed_on is not None:
        raise CommandError("这一件已经结案。", NOTHING, "要改动请先撤回结案。")
    words = closing_words(decision, line.meeting, line.invitations, line.opinions, today)
    if words:
        raise CommandError(
            f"还不能结案：{'，'.join(words)}（第{decision.body.clause}条）。", "没有结案。", "请先办完这些。"
        )
    name = decision.short or decision.title
    what = "会议信息" if decision.body is DecisionBody.DISTRICT else "听取意见的情况"
    warning = "" if decision.published_on else f"{what}还没有公开。"
    return Completion(f"登记{quoted(name)}结案", _decision(line, closed_on=today), warning)
