"""公众列席页的行：九个环节各显示什么字，参与情况一句话，代表与意见各一张表。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from models.domain.attendance import (
    Attendance,
    Decision,
    DecisionBody,
    Delegate,
    Invitation,
    Opinion,
    Outcome,
    is_answered,
    told_too_early,
)
from models.domain.masking import Where, masks_of
from models.domain.privacy import delegate_name
from models.domain.snapshot import ItemKind, YearSnapshot
from planners import wording
from planners.attendance.stages import Clocks, DecisionLine, Stage, StageNode, StageState, meeting_day

NONE = "—"
Row = TypeVar("Row")


class Tone(NamedTuple):
    """How a word in a pill looks: ``good``, ``warn``, ``bad``, ``plain``; "" for bare text."""

    text: str
    look: str = ""


class StageCell(NamedTuple):
    """A node of the page: its state, the words below it and what a screen reader says."""

    stage: Stage
    state: StageState
    caption: str
    spoken: str


class DecisionRow(NamedTuple):
    """A decision as the page shows it."""

    key: str
    title: str
    unit: str
    meeting: str
    cells: tuple[StageCell, ...]
    exempt: str
    people: str


class PersonRow(NamedTuple):
    """A delegate of the selected decision; ``name`` is masked unless it may be shown."""

    invitation: str
    delegate: str
    name: str
    group: str
    selected_by: str
    invited: str
    attendance: Tone
    told: Tone


class OpinionRow(NamedTuple):
    """An opinion on the selected decision."""

    key: str
    number: int
    text: str
    speaker: str
    outcome: Tone
    reply: str


def decision_row(line: DecisionLine, snapshot: YearSnapshot) -> DecisionRow:
    """The row of a decision; delegates are masked in its words."""
    decision = line.decision
    row = DecisionRow(
        decision.key,
        decision.title,
        snapshot.unit_name(decision.unit) if decision.unit else "未定承办单位",
        meeting_words(line) if decision.body is DecisionBody.DISTRICT else hearing_words(decision),
        tuple(_cell(line, node, snapshot.year) for node in line.nodes),
        exempt_words(line),
        people_words(line, snapshot.year),
    )
    return masks_of(snapshot).whole(row, Where.RECORD)


def meeting_words(line: DecisionLine) -> str:
    """3月22日 第8次; 9月27日（暂定）; — while there is none."""
    day, meeting = meeting_day(line.meeting), line.meeting
    if meeting is None:
        return NONE
    if day is None:
        return f"{meeting.number or meeting.body}（日期未定）"
    return f"{wording.short_day(day)}{'（暂定）' if meeting.tentative else f' {meeting.number}'.rstrip()}"


def hearing_words(decision: Decision) -> str:
    """网上征集、交流座谈; — while those concerned were not heard."""
    return "、".join(decision.hearing_forms) or NONE


def hearing_facts(decision: Decision) -> str:
    """听取意见：交流座谈（5月1日）."""
    if not decision.hearing_forms:
        return "不听取意见" if decision.exemption else "还没有听取意见"
    day = f"（{wording.short_day(decision.heard_on)}）" if decision.heard_on else "（日期未填）"
    return f"听取意见：{hearing_words(decision)}{day}"


def exempt_words(line: DecisionLine) -> str:
    """特殊情况不邀请：原因（批准人）; "" where delegates are invited (§20) or those concerned are heard (§21)."""
    decision = line.decision
    if not decision.exemption:
        return ""
    by = f"（{decision.exempted_by}）" if decision.exempted_by else ""
    what = "不邀请" if decision.body is DecisionBody.DISTRICT else "不听取意见"
    return f"特殊情况{what}：{decision.exemption}{by}"


def people_words(line: DecisionLine, year: int) -> str:
    """代表 3 · 意见 5 · 采纳 3."""
    decision, invitations, opinions = line.decision, line.invitations, line.opinions
    if decision.closed_on:
        return f"{wording.short_day(decision.closed_on, year)}结案"
    if not invitations:
        return f"名额 {decision.quota}" if decision.quota and not line.is_exempt else ""
    if not opinions:
        return f"代表 {len(invitations)} / 邀请 {line.called}"
    adopted = sum(opinion.outcome is Outcome.ADOPTED for opinion in opinions)
    words = f"代表 {len(invitations)} · 意见 {len(opinions)}"
    return f"{words} · 采纳 {adopted}" if all(map(is_answered, opinions)) else words


def _cell(line: DecisionLine, node: StageNode, year: int) -> StageCell:
    day = wording.short_day(node.day, year) if node.day else ""
    caption = {
        StageState.DONE: day,
        StageState.CURRENT: f"限 {day}" if day else "待办",
        StageState.OVERDUE: f"应 {day}",
        StageState.WAITING: day if node.stage in (Stage.PRESENT, Stage.TOLD) else "",
        StageState.EXEMPT: "",
    }[node.state]
    words = f"{line.label(node.stage)}，{node.state.label}"
    leans = "，按法定节日估算" if node.estimated else ""
    return StageCell(
        node.stage,
        node.state,
        caption,
        f"{words}，{wording.day_label(node.day, year)}{leans}" if node.day else words,
    )


def person_rows(line: DecisionLine, snapshot: YearSnapshot, *, masked: bool) -> tuple[PersonRow, ...]:
    """The delegates of a decision, reserves last; ``masked`` in all their words."""
    people = {delegate.key: delegate for delegate in snapshot.delegates}
    rows = [
        _person(row, people[row.delegate], line, snapshot.year, masked=masked)
        for row in line.invitations
        if row.delegate in people
    ]
    rows.sort(key=lambda row: people[row.delegate].reserve)
    return _masked(tuple(rows), snapshot) if masked else tuple(rows)


def _masked(rows: tuple[Row, ...], snapshot: YearSnapshot) -> tuple[Row, ...]:
    return masks_of(snapshot).whole(rows, Where.RECORD)


def _person(row: Invitation, person: Delegate, line: DecisionLine, year: int, *, masked: bool) -> PersonRow:
    return PersonRow(
        row.key,
        person.key,
        delegate_name(person, masked=masked),
        person.group or NONE,
        (f"{person.selected_by}（候补）" if person.reserve else person.selected_by) or NONE,
        wording.short_day(row.invited_on, year) if row.invited_on else NONE,
        _ATTENDANCE[row.attendance],
        _told(row, line, year),
    )


_ATTENDANCE: Mapping[Attendance | None, Tone] = {
    None: Tone(NONE),
    Attendance.PRESENT: Tone("到会", "good"),
    Attendance.LEAVE: Tone("请假", "warn"),
    Attendance.ABSENT: Tone("缺席", "plain"),
}


def _told(row: Invitation, line: DecisionLine, year: int) -> Tone:
    late = line.node(Stage.TOLD).state is StageState.OVERDUE or (
        line.late > 0 and line.node(Stage.STUDIED).state is StageState.OVERDUE
    )
    if row.told_on:
        day = wording.short_day(row.told_on, year)
        if told_too_early(row, line.opinions):
            return Tone(f"{day} 过早", "bad" if late else "warn")
        return Tone(day, "good")
    if row.attendance is Attendance.ABSENT:
        return Tone(NONE)
    return Tone("未反馈", "bad" if late else "warn") if row.attendance else Tone(NONE)


def opinion_rows(
    line: DecisionLine, snapshot: YearSnapshot, clocks: Clocks, today: date, *, masked: bool
) -> tuple[OpinionRow, ...]:
    """The opinions on a decision, in the order in which they were recorded; ``masked`` in all their words."""
    rows = tuple(
        OpinionRow(
            opinion.key,
            number,
            opinion.text,
            _speaker(opinion, snapshot, masked=masked),
            _outcome(opinion),
            _reply(opinion, snapshot, clocks, today),
        )
        for number, opinion in enumerate(line.opinions, 1)
    )
    return _masked(rows, snapshot) if masked else rows


def _speaker(opinion: Opinion, snapshot: YearSnapshot, *, masked: bool) -> str:
    person = snapshot.item(ItemKind.DELEGATE, opinion.delegate)
    return delegate_name(person, masked=masked) if isinstance(person, Delegate) else opinion.delegate


def _outcome(opinion: Opinion) -> Tone:
    if opinion.outcome is None:
        return Tone("待研究", "warn")
    looks = {Outcome.ADOPTED: "good", Outcome.PARTLY: "warn", Outcome.NOT_ADOPTED: "plain"}
    return Tone(opinion.outcome.label, looks[opinion.outcome])


def _reply(opinion: Opinion, snapshot: YearSnapshot, clocks: Clocks, today: date) -> str:
    if opinion.reply or is_answered(opinion):
        return opinion.reply
    unit = snapshot.unit_name(opinion.unit) if opinion.unit else ""
    due = clocks.opinion_due(opinion)
    if due is None:
        return f"由{unit}研究" if unit else ""
    late = f"，已超 {(today - due).days} 天" if due < today else ""
    return f"已转{unit or '承办单位'}，{wording.short_day(due, snapshot.year)}前答复{late}"


def header_words(lines: Sequence[DecisionLine], year: int) -> str:
    """2027 年度区级目录 8 项 · 应邀 7 · 例外 1."""
    exempt = sum(line.is_exempt for line in lines)
    return f"{year} 年度区级目录 {len(lines)} 项 · 应邀 {len(lines) - exempt} · 例外 {exempt}"


def hearing_header_words(lines: Sequence[DecisionLine], year: int) -> str:
    """2027 年度街镇、园区决策 3 项 · 已听取意见 2."""
    heard = sum(line.node(Stage.OPINIONS).state is StageState.DONE for line in lines)
    return f"{year} 年度街镇、园区决策 {len(lines)} 项 · 已听取意见 {heard}"


def late_words(line: DecisionLine) -> str:
    """反馈超期 20 天; "" where nothing is late."""
    if not line.late:
        return ""
    node = next(node for node in line.nodes if node.state is StageState.OVERDUE)
    name = {Stage.STUDIED: "采纳研究", Stage.TOLD: "反馈"}.get(node.stage, node.stage.label)
    return f"{name}超期 {line.late} 天"
