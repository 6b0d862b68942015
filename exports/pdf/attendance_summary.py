"""《列席情况汇总》：决策事项、会议、代表、意见采纳与反馈（第20、21条）。代表的姓名默认遮住。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from exports.pdf.chart import Band, Chart
from exports.pdf.choice import ChosenEvents
from exports.pdf.desk import PrintDocument, PrintPart
from exports.pdf.event_list import quarter_name
from exports.pdf.items import ItemGroup, cut_warnings, item, lettered, plain_row
from exports.pdf.privacy import contact_words
from exports.pdf.quarter_facts import basis_of, title_of
from exports.pdf.table import Cell, Listing, PrintRow
from exports.pdf.times import meeting_time
from exports.print_options import PrintOptions
from models.domain.attendance import (
    Attendance,
    Decision,
    DecisionBody,
    Delegate,
    Invitation,
    Meeting,
    Opinion,
    Outcome,
    is_called,
    is_owed_feedback,
)
from models.domain.periods import quarter_of
from models.domain.privacy import masked_name
from models.domain.snapshot import YearSnapshot
from planners.attendance.stages import meeting_of
from planners.results import YearCheck
from planners.wording import short_day

_HEADS = ("序号", "决策事项", "承办单位", "会议", "列席代表", "到会", "意见采纳", "反馈", "信息公开")
_WIDE = (9, 46, 24, 36, 38, 16, 22, 16, 18)
_NARROW = (8, 28, 15, 29, 22, 12, 15, 11, 16)
_CENTRED = frozenset({0, 3, 5, 6, 7, 8})
_OPINION_HEADS = ("决策事项", "代表", "意见建议", "采纳情况", "说明")
_OPINION_WIDE, _OPINION_NARROW = (46, 26, 75, 22, 56), (34, 20, 50, 16, 36)
_EMPTY = "没有列入目录的决策事项"
_TITLES: Mapping[DecisionBody, str] = {
    DecisionBody.DISTRICT: "区政府常务会议（第20条）",
    DecisionBody.TOWN: "街镇决策事项（第21条）",
    DecisionBody.PARK: "园区决策事项（第21条）",
}


class _DecisionCase(NamedTuple):
    """A decision with its meeting, the delegates on its list (not all of them invited) and what they said."""

    decision: Decision
    meeting: Meeting | None
    listed: tuple[tuple[Invitation, Delegate], ...]
    opinions: tuple[Opinion, ...]

    @property
    def called(self) -> tuple[Invitation, ...]:
        """Those on the list who were invited; whoever came was."""
        return tuple(row for row, _ in self.listed if is_called(row))


def attendance_summary(
    snapshot: YearSnapshot, check: YearCheck, options: PrintOptions
) -> tuple[PrintDocument, ...]:
    """Every decision of the catalogue (of the quarter's meetings, where one is chosen), district first.

    Names and phones are masked as ``options`` say; erased delegates stay counted by their group.
    """
    choice = ChosenEvents(snapshot, options)
    cases = [case for case in _cases(snapshot) if _is_listed(choice, case)]
    groups = _groups(choice, cases)
    parts: list[PrintPart] = [
        Chart(
            _HEADS,
            _WIDE,
            _NARROW,
            tuple(Band(group.title, tuple(one.row for one in group.items)) for group in groups),
            1,
            _CENTRED,
            empty=_EMPTY,
        )
    ]
    if rows := tuple(_opinion_rows(choice, cases)):
        parts.append(
            Chart(
                _OPINION_HEADS,
                _OPINION_WIDE,
                _OPINION_NARROW,
                (Band("", rows),),
                centred=frozenset({3}),
                heading="意见建议及采纳情况",
                what="意见建议",
            )
        )
    when = quarter_name(options.quarter) if options.quarter else ""
    usual = f"{snapshot.year_row.district}{snapshot.year}年{when}公众代表列席情况汇总"
    document = PrintDocument(
        title=title_of(options, usual),
        parts=tuple(parts),
        items=sum(len(group.items) for group in groups),
        leads=(basis_of(check.ruleset),) if options.clauses else (),
        remarks=(_summary(cases),) if cases else (),
        cut=cut_warnings(groups),
    )
    return (document,)


def _cases(snapshot: YearSnapshot) -> Iterator[_DecisionCase]:
    """Every decision, by the day of its meeting, those without one last."""
    listed: dict[str, list[tuple[Invitation, Delegate]]] = defaultdict(list)
    said: dict[str, list[Opinion]] = defaultdict(list)
    delegates = {delegate.key: delegate for delegate in snapshot.delegates}
    for invitation in snapshot.invitations:
        delegate = delegates.get(invitation.delegate) or Delegate(invitation.delegate, "")
        listed[invitation.decision].append((invitation, delegate))
    for opinion in snapshot.opinions:
        said[opinion.decision].append(opinion)
    cases = [
        _DecisionCase(
            decision,
            meeting_of(decision, snapshot),
            tuple(listed[decision.key]),
            tuple(said[decision.key]),
        )
        for decision in snapshot.decisions
    ]
    yield from sorted(cases, key=lambda case: _day(case) or date.max)


def _day(case: _DecisionCase) -> date | None:
    """The day of the meeting, else of the hearing."""
    if case.meeting and case.meeting.starts_at:
        return case.meeting.starts_at.date()
    return case.decision.heard_on


def _is_listed(choice: ChosenEvents, case: _DecisionCase) -> bool:
    day, quarter = _day(case), choice.options.quarter
    in_time = quarter is None or (
        day is not None and day.year == choice.snapshot.year and quarter_of(day) == quarter
    )
    return in_time and choice.takes_unit(case.decision.unit)


def _groups(choice: ChosenEvents, cases: Sequence[_DecisionCase]) -> list[ItemGroup]:
    bodies = [body for body in DecisionBody if any(case.decision.body is body for case in cases)]
    titles = lettered([_titled(body, clauses=choice.options.clauses) for body in bodies])
    groups, number = [], 0
    for title, body in zip(titles, bodies, strict=True):
        items = []
        for case in cases:
            if case.decision.body is body:
                number += 1
                items.append(item(number, _HEADS, _cells(choice, case), 1))
        groups.append(ItemGroup(title, tuple(items)))
    return groups


def _titled(body: DecisionBody, *, clauses: bool) -> str:
    return _TITLES[body] if clauses else _TITLES[body].partition("（")[0]


def _cells(choice: ChosenEvents, case: _DecisionCase) -> list[Cell]:
    decision = case.decision
    published = (
        "—" if decision.published_on is None else short_day(decision.published_on, choice.snapshot.year)
    )
    return [
        decision.title,
        choice.names((decision.unit,) if decision.unit else ()),
        _sitting(case),
        _delegates(choice, case),
        _came(case),
        _outcomes(case),
        _told(case),
        published,
    ]


def _sitting(case: _DecisionCase) -> str:
    """The meeting and its day; for 街镇 and 园区 without one, how those concerned were heard."""
    decision = case.decision
    if case.meeting:
        return f"{case.meeting.body}{case.meeting.number}\n{meeting_time(case.meeting)}"
    if decision.hearing_forms or decision.heard_on:
        day = f"\n{short_day(decision.heard_on)}" if decision.heard_on else ""
        return f"{'、'.join(decision.hearing_forms) or '听取意见'}{day}"
    return "待定"


def _delegates(choice: ChosenEvents, case: _DecisionCase) -> Cell:
    decision = case.decision
    if decision.exemption:
        by = f"（{decision.exempted_by}批准）" if decision.exempted_by else ""
        return f"特殊情况不邀请：{decision.exemption}{by}"
    if not case.listed:
        return "—" if decision.body is not DecisionBody.DISTRICT else "尚未邀请"
    people = sorted(case.listed, key=lambda one: not is_called(one[0]))
    some = bool(case.called)
    return Listing(
        tuple(
            _person(choice, delegate, "未邀请" if some and not is_called(row) else "")
            for row, delegate in people
        )
    )


def _person(choice: ChosenEvents, delegate: Delegate, state: str = "") -> str:
    """张*（居民，138****1234）; a delegate whose data were erased by the group only."""
    options = choice.options
    name = masked_name(delegate.name) if options.mask_delegates else delegate.name
    phone = "" if options.mask_delegates or not delegate.phone else delegate.phone
    shown = contact_words(phone, masked=options.mask_phones)
    parts = [part for part in (delegate.group, shown, "候补" if delegate.reserve else "", state) if part]
    if not name:
        return f"{delegate.group}代表{f'（{state}）' if state else ''}"
    return f"{name}（{'，'.join(parts)}）" if parts else name


def _came(case: _DecisionCase) -> str:
    """How many came of those who were invited, 应到 while nobody knows; who only stands on the list is not counted."""
    called = case.called
    if case.decision.exemption or not case.listed:
        return "—"
    if not called:
        return "尚未邀请"
    came = sum(row.attendance is Attendance.PRESENT for row in called)
    known = any(row.attendance is not None for row in called)
    return f"{came}/{len(called)}" if known else f"应到{len(called)}"


def _outcomes(case: _DecisionCase) -> str:
    if not case.opinions:
        return "—"
    counts = [(outcome.label, sum(one.outcome is outcome for one in case.opinions)) for outcome in Outcome]
    counts.append(("待定", sum(one.outcome is None for one in case.opinions)))
    return "\n".join(f"{label}{count}条" for label, count in counts if count)


def _told(case: _DecisionCase) -> str:
    owed = [row for row, _ in case.listed if is_owed_feedback(row, case.opinions)]
    asked = [row for row, _ in case.listed if row.told_on is not None or row in owed]
    if case.decision.exemption or not asked:
        return "—"
    return f"{len(asked) - len(owed)}/{len(asked)}"


def _opinion_rows(choice: ChosenEvents, cases: Iterable[_DecisionCase]) -> Iterator[PrintRow]:
    delegates = {delegate.key: delegate for delegate in choice.snapshot.delegates}
    for case in cases:
        for number, opinion in enumerate(case.opinions, start=1):
            delegate = delegates.get(opinion.delegate) or Delegate(opinion.delegate, "")
            outcome = opinion.outcome.label if opinion.outcome else "待定"
            subject = case.decision.short or case.decision.title
            cells = (subject, _person(choice, delegate), opinion.text, outcome, opinion.reply)
            yield plain_row(cells, f"{subject[:20]}·意见{number}")


def _summary(cases: Sequence[_DecisionCase]) -> str:
    exempt = sum(bool(case.decision.exemption) for case in cases)
    listed = sum(len(case.listed) for case in cases)
    called = [row for case in cases for row in case.called]
    came = sum(row.attendance is Attendance.PRESENT for row in called)
    waiting = f"（名单上另有{listed - len(called)}人次未邀请）" if listed > len(called) else ""
    opinions = [opinion for case in cases for opinion in case.opinions]
    decided = sum(opinion.outcome is not None for opinion in opinions)
    special = f"，特殊情况不邀请{exempt}项" if exempt else ""
    return (
        f"注：决策事项{len(cases)}项{special}；邀请代表{len(called)}人次{waiting}，到会{came}人次；"
        f"意见建议{len(opinions)}条，已有采纳结论{decided}条。"
    )
