"""公众代表列席与听取意见 (§20, §21): 决策事项、会议、代表、邀请、意见。"""

from __future__ import annotations

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


class Decision(NamedTuple):
    """An item of the year's catalogue of major administrative decisions.

    ``exemption`` is the written reason of a 特殊情况 (nobody is invited); ``hearing_forms`` the
    forms in which those concerned were heard (§21).
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


class Delegate(NamedTuple):
    """A public delegate. Name and phone are personal data: masked unless asked for."""

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
    """What a delegate said on a decision and what became of it."""

    key: str
    decision: str
    delegate: str
    text: str
    outcome: Outcome | None = None
    reply: str = ""
    decided_on: date | None = None
