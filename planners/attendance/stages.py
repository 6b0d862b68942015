"""九个环节：每项决策走到哪一步，哪天办的，期限是哪天。

The days follow the meeting: 遴选 and 邀请 lie calendar days before it, 采纳研究 and 反馈 working days after
it, so that all of them move when it moves.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import NamedTuple

from models.domain.attendance import (
    Decision,
    DecisionBody,
    Invitation,
    Meeting,
    Opinion,
    is_answered,
    is_called,
    is_owed_feedback,
    reserve_keys,
)
from models.domain.events import Labelled
from models.domain.rules import RuleSet
from models.domain.snapshot import ItemKind, YearSnapshot
from models.domain.workdays import Workdays, workdays_of
from planners.checks.context import number

NOTHING_KNOWN: Mapping[str, date] = MappingProxyType({})


class Stage(Labelled):
    """The nine stages of a decision (§20), in order."""

    LISTED = "listed", "列入目录"
    SCHEDULED = "scheduled", "会议排定"
    SELECTED = "selected", "代表遴选"
    INVITED = "invited", "发出邀请"
    PRESENT = "present", "到会列席"
    OPINIONS = "opinions", "意见记录"
    STUDIED = "studied", "采纳研究"
    TOLD = "told", "反馈代表"
    PUBLISHED = "published", "信息公开"


STAGES = tuple(Stage)
HEARING_STAGES = (Stage.LISTED, Stage.OPINIONS, Stage.STUDIED, Stage.TOLD, Stage.PUBLISHED)
"""The stages of a decision of a 街镇 or 园区, which hears those concerned and has no meeting (§21)."""
_HEARING_LABELS = {Stage.OPINIONS: "听取意见", Stage.TOLD: "反馈", Stage.PUBLISHED: "公开"}
SKIPPED_WHEN_EXEMPT = frozenset(STAGES) - {Stage.LISTED, Stage.SCHEDULED, Stage.PUBLISHED}
"""What a 特殊情况 leaves out: nobody is chosen, invited or told."""


class StageState(Labelled):
    """How a stage of a decision stands."""

    DONE = "done", "已办"
    CURRENT = "current", "在办"
    OVERDUE = "overdue", "超期"
    WAITING = "waiting", "未到"
    EXEMPT = "exempt", "不邀请"


class StageNode(NamedTuple):
    """A stage of one decision. ``day``: when it was done, else its deadline; None where neither is known."""

    stage: Stage
    state: StageState
    day: date | None
    estimated: bool = False


def stages_of(body: DecisionBody) -> tuple[Stage, ...]:
    """The stages that a decision of ``body`` goes through."""
    return STAGES if body is DecisionBody.DISTRICT else HEARING_STAGES


def stage_label(stage: Stage, body: DecisionBody) -> str:
    """What ``stage`` is called for a decision of ``body``."""
    return stage.label if body is DecisionBody.DISTRICT else _HEARING_LABELS.get(stage, stage.label)


class DecisionLine(NamedTuple):
    """A decision with its meeting, its stages, and who takes part.

    ``late``: days by which the earliest overdue stage is past its deadline; 0 where none is.
    """

    decision: Decision
    meeting: Meeting | None
    nodes: tuple[StageNode, ...]
    invitations: tuple[Invitation, ...]
    opinions: tuple[Opinion, ...]
    late: int = 0
    reserves: frozenset[str] = frozenset()
    """Keys of the invitations of those who come only where somebody declines, and were not called yet."""
    called: int = 0
    """How many have been invited by now; an invitation dated next week is a plan."""

    @property
    def current(self) -> StageNode | None:
        """The stage that is to be done next; None where all are."""
        return next((n for n in self.nodes if n.state in (StageState.CURRENT, StageState.OVERDUE)), None)

    @property
    def is_exempt(self) -> bool:
        """Whether a 特殊情况 was registered."""
        return bool(self.decision.exemption)

    @property
    def session_day(self) -> date | None:
        """The day of the meeting, of a hearing that of the hearing; None while it has none."""
        return session_day(self.decision, self.meeting)

    def node(self, stage: Stage) -> StageNode:
        """The node of ``stage``; ``KeyError`` where a decision of this body does not have it."""
        for node in self.nodes:
            if node.stage is stage:
                return node
        raise KeyError(stage)

    def label(self, stage: Stage) -> str:
        """What ``stage`` is called here."""
        return stage_label(stage, self.decision.body)


class Clocks(NamedTuple):
    """The days before and after a meeting that the rules in force on its day ask for."""

    ruleset: RuleSet
    workdays: Workdays

    def due(self, meeting: Meeting | None) -> Mapping[Stage, date]:
        """The deadlines that hang on the meeting's day; none while it has no day."""
        day = meeting_day(meeting)
        if day is None or meeting is None:
            return {}
        held = self.ruleset.on(day)
        invited, feedback = held.checked_by("not_invited"), held.checked_by("no_feedback")
        assert invited is not None
        assert feedback is not None
        told = self.workdays.add(day, number(feedback, "workdays"))
        fixed = (
            {Stage.SCHEDULED: day - timedelta(days=number(invited, "schedule_days"))}
            if meeting.tentative
            else {}
        )
        return {
            **fixed,
            Stage.SELECTED: day - timedelta(days=number(invited, "select_days")),
            Stage.INVITED: day - timedelta(days=number(invited, "invite_days")),
            Stage.PRESENT: day,
            Stage.OPINIONS: self.workdays.add(day, number(feedback, "record_workdays")),
            Stage.STUDIED: told,
            Stage.TOLD: told,
        }

    def opinion_due(self, opinion: Opinion) -> date | None:
        """By when the unit that was asked has to answer; None while nobody was."""
        if opinion.referred_on is None:
            return None
        feedback = self.ruleset.on(opinion.referred_on).checked_by("no_feedback")
        assert feedback is not None
        return self.workdays.add(opinion.referred_on, number(feedback, "answer_workdays"))


def clocks_words(ruleset: RuleSet) -> str:
    """期限规则：遴选 会前 14 天 · 邀请 会前 6 天 · 反馈 会后 20 个工作日（自定）."""
    invited, feedback = ruleset.checked_by("not_invited"), ruleset.checked_by("no_feedback")
    assert invited is not None
    assert feedback is not None
    said = (
        (f"遴选 会前 {number(invited, 'select_days')} 天", invited.own_mark("select_days")),
        (f"邀请 会前 {number(invited, 'invite_days')} 天", invited.own_mark("invite_days")),
        (f"反馈 会后 {number(feedback, 'workdays')} 个工作日", feedback.own_mark("workdays")),
    )
    marks = {mark for _, mark in said}
    if len(marks) == 1:
        return f"期限规则：{' · '.join(words for words, _ in said)}{marks.pop()}"
    return f"期限规则：{' · '.join(words + mark for words, mark in said)}"


def clocks_of(snapshot: YearSnapshot, ruleset: RuleSet) -> Clocks:
    """The clocks of the year under its own readings."""
    return Clocks(ruleset, workdays_of(snapshot))


def meeting_of(decision: Decision, snapshot: YearSnapshot) -> Meeting | None:
    """The meeting that deals with ``decision``, or None while there is none."""
    meeting = snapshot.item(ItemKind.MEETING, decision.meeting) if decision.meeting else None
    return meeting if isinstance(meeting, Meeting) else None


def meeting_day(meeting: Meeting | None) -> date | None:
    """The day of the meeting, tentative ones too."""
    return meeting.day if meeting is not None else None


def session_day(decision: Decision, meeting: Meeting | None) -> date | None:
    """When delegates come together: the day of the meeting (§20), or that of the hearing (§21)."""
    return meeting_day(meeting) if decision.body is DecisionBody.DISTRICT else decision.heard_on


def decision_lines(
    snapshot: YearSnapshot,
    ruleset: RuleSet,
    today: date,
    bodies: Iterable[DecisionBody] = (DecisionBody.DISTRICT,),
    settled: Mapping[str, date] = NOTHING_KNOWN,
) -> tuple[DecisionLine, ...]:
    """The decisions of ``bodies`` in stored order, each with its stages as of ``today``.

    ``settled``: when meetings were settled, by key, as far as it is known.
    """
    wanted, clocks = frozenset(bodies), clocks_of(snapshot, ruleset)
    reserves = reserve_keys(snapshot.delegates)
    invitations, opinions = defaultdict(list), defaultdict(list)
    for invitation in snapshot.invitations:
        invitations[invitation.decision].append(invitation)
    for opinion in snapshot.opinions:
        opinions[opinion.decision].append(opinion)
    return tuple(
        _line(
            decision,
            meeting_of(decision, snapshot),
            tuple(invitations[decision.key]),
            tuple(opinions[decision.key]),
            clocks,
            today,
            reserves,
            settled,
        )
        for decision in snapshot.decisions
        if decision.body in wanted
    )


def decision_line(
    snapshot: YearSnapshot,
    ruleset: RuleSet,
    today: date,
    key: str,
    settled: Mapping[str, date] = NOTHING_KNOWN,
) -> DecisionLine:
    """The line of the decision ``key``; ``KeyError`` where the year has none. ``settled`` as in ``decision_lines``."""
    for line in decision_lines(snapshot, ruleset, today, DecisionBody, settled):
        if line.decision.key == key:
            return line
    raise KeyError(key)


def _line(
    decision: Decision,
    meeting: Meeting | None,
    invitations: tuple[Invitation, ...],
    opinions: tuple[Opinion, ...],
    clocks: Clocks,
    today: date,
    reserves: Collection[str],
    settled: Mapping[str, date],
) -> DecisionLine:
    heard = decision.body is not DecisionBody.DISTRICT
    days = hearing_days if heard else done_days
    done = days(decision, meeting, invitations, opinions, today, reserves)
    if Stage.SCHEDULED in done:
        done[Stage.SCHEDULED] = settled.get(decision.meeting or "")
    due = {} if heard else clocks.due(meeting)
    nodes: list[StageNode] = []
    open_before = False
    for stage in stages_of(decision.body):
        if decision.exemption and _is_left_out(stage, meeting):
            nodes.append(StageNode(stage, StageState.EXEMPT, None))
        elif stage in done:
            nodes.append(StageNode(stage, StageState.DONE, done[stage]))
        else:
            nodes.append(_open_node(stage, due.get(stage), clocks, today, is_first=not open_before))
            open_before = True
    late = max(
        ((today - node.day).days for node in nodes if node.state is StageState.OVERDUE and node.day),
        default=0,
    )
    waiting = frozenset(row.key for row in invitations if _waits(row, reserves))
    called = sum(is_called(row) and not (row.invited_on and row.invited_on > today) for row in invitations)
    return DecisionLine(decision, meeting, tuple(nodes), invitations, opinions, late, waiting, called)


def _waits(row: Invitation, reserves: Collection[str]) -> bool:
    """Whether the delegate is a reserve whom nobody has called."""
    return row.delegate in reserves and not is_called(row)


def _is_left_out(stage: Stage, meeting: Meeting | None) -> bool:
    """Whether a 特殊情况 has nothing to do at ``stage``; without a meeting none is waited for either."""
    return stage in SKIPPED_WHEN_EXEMPT or (stage is Stage.SCHEDULED and meeting is None)


def _open_node(stage: Stage, due: date | None, clocks: Clocks, today: date, *, is_first: bool) -> StageNode:
    state = StageState.WAITING
    if is_first:
        state = StageState.OVERDUE if due is not None and due < today else StageState.CURRENT
    leans = due is not None and stage in (Stage.STUDIED, Stage.TOLD) and clocks.workdays.is_estimated(due)
    return StageNode(stage, state, due, leans)


def done_days(
    decision: Decision,
    meeting: Meeting | None,
    invitations: Iterable[Invitation],
    opinions: Iterable[Opinion],
    today: date = date.max,
    reserves: Collection[str] = (),
) -> dict[Stage, date | None]:
    """The stages that are done by ``today``, each with its day as far as it is known.

    A day that is yet to come is a plan: an invitation dated next week has not been sent. Inviting and coming
    are done when they are for everybody, ``reserves`` (keys of delegates) apart whom nobody called. Nothing
    that follows from the meeting is done before its day.
    """
    opinions = tuple(opinions)
    rows = [row for row in invitations if not _waits(row, reserves)]
    day = meeting_day(meeting)
    found: dict[Stage, date | None] = {}
    if decision.listed_on is not None:
        found[Stage.LISTED] = decision.listed_on
    if meeting is not None and day is not None and not meeting.tentative:
        found[Stage.SCHEDULED] = None
    if decision.selected_on is not None:
        found[Stage.SELECTED] = decision.selected_on
    if rows and all(map(is_called, rows)):
        asked = [row.invited_on for row in rows if row.invited_on]
        found[Stage.INVITED] = max(asked) if asked else None
    if day is not None and day <= today:
        if rows and all(row.attendance for row in rows):
            found[Stage.PRESENT] = day
        found |= _answered(rows, opinions, day)
    if decision.published_on is not None:
        found[Stage.PUBLISHED] = decision.published_on
    return {stage: done_on for stage, done_on in found.items() if done_on is None or done_on <= today}


def _answered(
    rows: Collection[Invitation], opinions: tuple[Opinion, ...], day: date
) -> dict[Stage, date | None]:
    """What was said, studied and told after a meeting or hearing on ``day``.

    Where nobody said anything and everybody who came was told there is nothing left to record or to study.
    """
    found: dict[Stage, date | None] = {}
    if opinions:
        found[Stage.OPINIONS] = day
        if all(map(is_answered, opinions)):
            decided = [row.decided_on for row in opinions if row.decided_on]
            found[Stage.STUDIED] = max(decided) if decided else None
    if any(map(is_called, rows)) and not any(is_owed_feedback(row, opinions) for row in rows):
        told = [row.told_on for row in rows if row.told_on]
        found[Stage.TOLD] = max(told) if told else day
        if not opinions:
            found |= {Stage.OPINIONS: day, Stage.STUDIED: found[Stage.TOLD]}
    return found


def hearing_days(
    decision: Decision,
    _: Meeting | None,
    invitations: Iterable[Invitation],
    opinions: Iterable[Opinion],
    today: date = date.max,
    reserves: Collection[str] = (),
) -> dict[Stage, date | None]:
    """As ``done_days``, of a decision of a 街镇 or 园区 (§21).

    Heard is done with the form and the day of it. Where no opinion is recorded singly the note on the hearing
    says what became of them, and where no person is, the publication tells everybody.
    """
    opinions = tuple(opinions)
    rows = [row for row in invitations if not _waits(row, reserves)]
    day, noted = decision.heard_on, bool(decision.hearing_note.strip())
    found: dict[Stage, date | None] = {}
    if decision.listed_on is not None:
        found[Stage.LISTED] = decision.listed_on
    if decision.hearing_forms and day is not None and day <= today:
        found |= _answered(rows, opinions, day)
        found[Stage.OPINIONS] = day
        if not opinions and noted:
            found.setdefault(Stage.STUDIED, None)
        if not rows and decision.published_on is not None:
            found[Stage.TOLD] = decision.published_on
    if decision.published_on is not None:
        found[Stage.PUBLISHED] = decision.published_on
    return {stage: done_on for stage, done_on in found.items() if done_on is None or done_on <= today}


def steps_done(decision: Decision, snapshot: YearSnapshot, today: date = date.max) -> tuple[bool, ...]:
    """Which of the nine stages of ``decision`` are done by ``today``, in their order."""
    found = done_days(
        decision,
        meeting_of(decision, snapshot),
        (row for row in snapshot.invitations if row.decision == decision.key),
        (row for row in snapshot.opinions if row.decision == decision.key),
        today,
        reserve_keys(snapshot.delegates),
    )
    return tuple(stage in found for stage in STAGES)


class MovedDeadline(NamedTuple):
    """A deadline that follows a meeting: before and after the move."""

    decision: Decision
    stage: Stage
    before: date | None
    after: date | None


def moved_deadlines(
    snapshot: YearSnapshot, ruleset: RuleSet, before: Meeting, after: Meeting
) -> tuple[MovedDeadline, ...]:
    """The deadlines of open stages that another day of the meeting shifts, by decision and stage."""
    clocks = clocks_of(snapshot, ruleset)
    old, new = clocks.due(before), clocks.due(after)
    found = []
    for decision in snapshot.decisions:
        if decision.meeting != before.key or decision.exemption or decision.body is not DecisionBody.DISTRICT:
            continue
        done = steps_done(decision, snapshot)
        found += [
            MovedDeadline(decision, stage, old.get(stage), new.get(stage))
            for stage, is_done in zip(STAGES, done, strict=True)
            if not is_done and old.get(stage) != new.get(stage)
        ]
    return tuple(found)


def rescheduled(
    snapshot: YearSnapshot, ruleset: RuleSet, decision: Decision, after: Meeting | None
) -> tuple[MovedDeadline, ...]:
    """The deadlines that have another day where ``after`` deals with ``decision`` (None: no meeting does).

    Those of the decision, and where ``after`` is a stored meeting with another day also those of the others
    at it.
    """
    before = meeting_of(decision, snapshot)
    stored = snapshot.item(ItemKind.MEETING, after.key) if after is not None else None
    found: tuple[MovedDeadline, ...] = ()
    if isinstance(stored, Meeting) and after is not None:
        found = moved_deadlines(snapshot, ruleset, stored, after)
    if before is not None and (after is None or before.key != after.key):
        moved = moved_deadlines(snapshot, ruleset, before, after or Meeting(before.key, before.body))
        found += tuple(one for one in moved if one.decision.key == decision.key)
    return found
