"""公众代表列席与听取意见 (§20, §21): 决策事项、会议、代表、邀请、意见。"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from models.domain.events import Labelled


class DecisionBody(Labelled):
    """Whose catalogue of major decisions an item is in: the district's (§20), else §21."""

    DISTRICT = "district", "区政府"
    TOWN = "town", "街镇"
    PARK = "park", "园区"

    @property
    def clause(self) -> str:
        """The clause about its decisions."""
        return "20" if self is DecisionBody.DISTRICT else "21"


class Attendance(Labelled):
    """到会情况."""

    PRESENT = "present", "到会"
    ABSENT = "absent", "缺席"
    LEAVE = "leave", "请假"


class Outcome(Labelled):
    """采纳情况."""

    ADOPTED = "adopted", "采纳"
    PARTLY = "partly", "部分采纳"
    NOT_ADOPTED = "not_adopted", "未采纳"


class Meeting(NamedTuple):
    """A meeting of ``body`` (区政府常务会议)."""

    key: str
    body: str
    number: str = ""
    starts_at: datetime | None = None
    tentative: bool = False
    place: str = ""

    @property
    def day(self) -> date | None:
        """The day of the meeting, tentative ones too; None while it has none."""
        return self.starts_at.date() if self.starts_at is not None else None


class Decision(NamedTuple):
    """An item of the year's catalogue of major administrative decisions.

    ``exemption`` is the written reason of a 特殊情况 (nobody is invited), ``exempted_by`` who approved
    it; ``hearing_forms`` the forms in which those concerned were heard (§21), ``heard_on`` when and
    ``hearing_note`` what was said. ``quota`` delegates can sign up until ``closes_on``. ``closed_on``:
    the case is closed, which takes all of ``closing_words`` to be done.
    """

    key: str
    title: str
    body: DecisionBody = DecisionBody.DISTRICT
    unit: str | None = None
    listed_on: date | None = None
    meeting: str | None = None
    exemption: str = ""
    hearing_forms: tuple[str, ...] = ()
    noticed_on: date | None = None
    selected_on: date | None = None
    published_on: date | None = None
    short: str = ""
    quota: int | None = None
    closes_on: date | None = None
    exempted_by: str = ""
    heard_on: date | None = None
    hearing_note: str = ""
    closed_on: date | None = None


class Delegate(NamedTuple):
    """A public delegate. Name and phone are personal data: masked unless asked for.

    Both are empty once they were erased after the feedback.
    """

    key: str
    name: str
    phone: str = ""
    group: str = ""
    selected_by: str = ""
    reserve: bool = False


class Invitation(NamedTuple):
    """A delegate invited to a decision, whether they came, and when they were told the outcome."""

    key: str
    decision: str
    delegate: str
    invited_on: date | None = None
    attendance: Attendance | None = None
    told_on: date | None = None


class Opinion(NamedTuple):
    """What a delegate said on a decision and what became of it.

    ``unit`` has to answer it and was asked to on ``referred_on``, where its clock starts.
    """

    key: str
    decision: str
    delegate: str
    text: str
    outcome: Outcome | None = None
    reply: str = ""
    decided_on: date | None = None
    unit: str | None = None
    referred_on: date | None = None


def is_answered(opinion: Opinion) -> bool:
    """Whether the opinion has its outcome, and with 部分采纳 and 未采纳 the reasons for it."""
    return opinion.outcome is Outcome.ADOPTED or (opinion.outcome is not None and bool(opinion.reply.strip()))


def is_called(row: Invitation) -> bool:
    """Whether somebody asked the delegate to come; who is only on the list of candidates was not."""
    return row.invited_on is not None or row.attendance is not None


def reserve_keys(delegates: Iterable[Delegate]) -> frozenset[str]:
    """The delegates who come only where somebody declines."""
    return frozenset(person.key for person in delegates if person.reserve)


def own_opinions(row: Invitation, opinions: Iterable[Opinion]) -> tuple[Opinion, ...]:
    """What the delegate said on this decision."""
    return tuple(one for one in opinions if (one.decision, one.delegate) == (row.decision, row.delegate))


def told_too_early(row: Invitation, opinions: Iterable[Opinion]) -> bool:
    """Whether the delegate was told before the outcome of all that they said was there: that is no feedback (§20).

    Answers whose day nobody wrote down are taken to have been there.
    """
    return row.told_on is not None and any(
        not is_answered(one) or (one.decided_on is not None and row.told_on < one.decided_on)
        for one in own_opinions(row, opinions)
    )


def is_owed_feedback(row: Invitation, opinions: Iterable[Opinion]) -> bool:
    """Whether the delegate still has to be told: not whoever was absent, nor who was never called and said nothing.

    Among ``opinions`` are those of the delegate on this decision; see ``told_too_early``.
    """
    heard = is_called(row) or bool(own_opinions(row, opinions))
    if row.attendance is Attendance.ABSENT or not heard:
        return False
    return row.told_on is None or told_too_early(row, opinions)


def open_ends(invitations: Iterable[Invitation], opinions: Iterable[Opinion]) -> tuple[int, int]:
    """How many opinions of one decision lack their outcome (or its reasons), and how many delegates were not told.

    A case may be closed only when both are 0 (§20). See ``is_owed_feedback``.
    """
    opinions = tuple(opinions)
    undecided = sum(not is_answered(opinion) for opinion in opinions)
    return undecided, sum(is_owed_feedback(row, opinions) for row in invitations)


def open_words(undecided: int, untold: int) -> tuple[str, ...]:
    """What ``open_ends`` found, in words; none where both are 0."""
    return (
        *((f"{undecided} 条意见未写明采纳情况",) if undecided else ()),
        *((f"{untold} 名代表未反馈",) if untold else ()),
    )


def unheard_words(
    decision: Decision, meeting: Meeting | None, invitations: Iterable[Invitation], day: date
) -> str:
    """What those concerned were not yet given by ``day``, in words; "" where the case may be closed on that day.

    §20 asks for a meeting that took place and somebody invited to it, or a 特殊情况; §21 for a hearing that
    took place, or a reason. No case is closed before its meeting.
    """
    if decision.body is not DecisionBody.DISTRICT:
        return "" if decision.exemption else _unheard_by_hearing(decision, day)
    held_on = meeting.day if meeting is not None else None
    if held_on is not None and held_on > day:
        return "会议还没有开"
    if decision.exemption:
        return ""
    if meeting is None or held_on is None:
        return "还没有上会"
    if meeting.tentative:
        return "会议还是暂定"
    return "" if any(map(is_called, invitations)) else "没有邀请代表，也没有写明特殊情况"


def _unheard_by_hearing(decision: Decision, day: date) -> str:
    if not decision.hearing_forms:
        return "没有登记听取意见的形式，也没有写明特殊情况"
    if decision.heard_on is None:
        return "没有登记哪一天听取了意见"
    return "听取意见还没有进行" if decision.heard_on > day else ""


def closing_words(
    decision: Decision,
    meeting: Meeting | None,
    invitations: Iterable[Invitation],
    opinions: Iterable[Opinion],
    day: date,
) -> tuple[str, ...]:
    """What keeps the case from being closed on ``day``, in words; none where it may be closed (§20, §21)."""
    invitations = tuple(invitations)
    unheard = unheard_words(decision, meeting, invitations, day)
    return (*((unheard,) if unheard else ()), *open_words(*open_ends(invitations, opinions)))
