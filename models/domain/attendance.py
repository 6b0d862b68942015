"""公众代表列席与听取意见 (§20, §21): 决策事项、会议、代表、邀请、意见。"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from models.domain.events import Labelled


class DecisionBody(Labelled):
    """Whose catalogue of major decisions an item is in: the district's (§20), else §21."""

    DISTRICT = "district", "区政府"
    TOWN = "town", "街镇"
    PARK = "park", "园区"


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


class Decision(NamedTuple):
    """An item of the year's catalogue of major administrative decisions.

    ``exemption`` is the written reason of a 特殊情况 (nobody is invited), ``exempted_by`` who approved
    it; ``hearing_forms`` the forms in which those concerned were heard (§21), ``heard_on`` when and
    ``hearing_note`` what was said. ``quota`` delegates can sign up until ``closes_on``. ``closed_on``:
    the case is closed, which no open opinion and no untold delegate allows (see ``open_ends``).
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


def open_ends(invitations: Iterable[Invitation], opinions: Iterable[Opinion]) -> tuple[int, int]:
    """How many opinions of one decision lack their outcome (or its reasons), and how many delegates were not told.

    A case may be closed only when both are 0 (§20). See ``is_owed_feedback``.
    """
    undecided = sum(not is_answered(opinion) for opinion in opinions)
    return undecided, sum(map(is_owed_feedback, invitations))


def is_owed_feedback(row: Invitation) -> bool:
    """Whether the delegate still has to be told: not whoever was absent, nor a reserve who was never called."""
    never_called = row.invited_on is None and row.attendance is None
    return row.told_on is None and row.attendance is not Attendance.ABSENT and not never_called


def is_answered(opinion: Opinion) -> bool:
    """Whether the opinion has its outcome, and with 部分采纳 and 未采纳 the reasons for it."""
    return opinion.outcome is Outcome.ADOPTED or (opinion.outcome is not None and bool(opinion.reply.strip()))
