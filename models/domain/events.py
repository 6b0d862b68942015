"""活动：工作线、状态、时间精度与活动本身的值。"""

from datetime import date, datetime, timedelta
from enum import Enum
from typing import NamedTuple

from models.domain.periods import Period, month_period, quarter_of, quarter_period, third_period


class Labelled(str, Enum):
    """An enum whose members carry the stored value (never changes) and the Chinese label."""

    label: str

    def __new__(cls, value: str, label: str = "") -> "Labelled":
        """The member stored as ``value`` and shown as ``label``."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    def __str__(self) -> str:
        return str(self.value)

    __hash__ = str.__hash__  # Enum's own is a Python call, felt in every dictionary of a large year


class Campaign(Labelled):
    """工作线 (§1, §2, §3, §22); ``HOST_MEETING`` is the meeting that carries a 科创问政 zone."""

    LECTURE = "lecture", "公开讲堂"
    PARK = "park", "走进园区"
    COMMUNITY = "community", "走进社区"
    CAMPUS = "campus", "走进校区"
    TECH_FORUM = "tech_forum", "科创问政"
    OPEN_MONTH = "open_month", "政府开放月"
    HOST_MEETING = "host_meeting", "重要会议活动"


class EventStatus(Labelled):
    """草拟 → 已排 → 已确认 → 已举办, with the side exits 已延期 and 已取消."""

    DRAFT = "draft", "草拟"
    PLANNED = "planned", "已排"
    CONFIRMED = "confirmed", "已确认"
    HELD = "held", "已举办"
    POSTPONED = "postponed", "已延期"
    CANCELLED = "cancelled", "已取消"


FORECAST_STATUSES = frozenset({EventStatus.PLANNED, EventStatus.CONFIRMED, EventStatus.HELD})
"""What counts as 计划达标; 草拟, 已延期 and 已取消 never do."""


class Precision(Labelled):
    """How exactly the time of an event is known; the words of the source stay in ``raw_time``."""

    TIME = "time", "时刻"
    HALF_DAY = "half_day", "半天"
    DAY = "day", "日"
    TEN_DAYS = "ten_days", "旬"
    MONTH = "month", "月"
    QUARTER = "quarter", "季"
    UNSET = "unset", "待定"


DAILY = frozenset({Precision.TIME, Precision.HALF_DAY, Precision.DAY})
"""Precisions with which an event stands on a day; with a coarser one it may be any day of its 旬, month or quarter."""
_QUARTERS = "一二三四"
_THIRDS = {1: "上旬", 11: "中旬", 21: "下旬"}


class SchoolStage(Labelled):
    """学段 (§2 “走进校区”); which of them count in a year is a setting."""

    PRIMARY = "primary", "小学"
    JUNIOR = "junior", "初中"
    SENIOR = "senior", "高中"
    THROUGH = "through", "一贯制"
    VOCATIONAL = "vocational", "中职"

    @classmethod
    def from_label(cls, label: str) -> "SchoolStage":
        """The stage called ``label`` (小学 初中 高中 一贯制 中职); ``KeyError`` for any other word."""
        return _STAGES_BY_LABEL[label]


_STAGES_BY_LABEL = {stage.label: stage for stage in SchoolStage}

ASSUMED_LENGTH = timedelta(hours=2)
"""How long an event without an end is taken to last where a length is needed."""


class Event(NamedTuple):
    """One activity of the year.

    ``signup`` says how people sign up (报名方式), ``signed_up`` how many have. ``received``: which version of
    a department's calendar entry was taken last (``exports.ical_versions``); nobody reads or types it.

    Times are local (Asia/Shanghai) and naive; ranges are half-open. With a precision of a day or
    coarser both times are midnights and ``ends_at`` is the first midnight after the span. All
    references (units, towns, park, schools, venue, host event, policy) are keys of the same year.

    A named tuple, not a dataclass: a year of 10,000 events is built in a tenth of the time.
    """

    key: str
    campaign: Campaign
    title: str
    short: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    precision: Precision = Precision.TIME
    tentative: bool = False
    raw_time: str = ""
    status: EventStatus = EventStatus.PLANNED
    status_reason: str = ""
    lead_units: tuple[str, ...] = ()
    responsible_units: tuple[str, ...] = ()
    towns: tuple[str, ...] = ()
    park: str | None = None
    schools: tuple[str, ...] = ()
    stages: tuple[SchoolStage, ...] = ()
    venue: str | None = None
    place: str = ""
    theme: str = ""
    theme_class: str = ""
    platforms: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    online_only: bool = False
    audience: str = ""
    expected: int | None = None
    attended: int | None = None
    host_event: str | None = None
    policy: str | None = None
    contact: str = ""
    url: str = ""
    note: str = ""
    pinned: bool = False
    signup: str = ""
    signed_up: int | None = None
    received: str = ""

    @property
    def day(self) -> date | None:
        """The day on which the event starts; None while no day is known, a 旬, month or quarter at most."""
        return self.starts_at.date() if self.starts_at and self.precision in DAILY else None

    @property
    def days(self) -> Period | None:
        """The days on one of which the event starts: its own, or all of its 旬, month or quarter; None while undated."""
        if self.starts_at is None or self.precision is Precision.UNSET:
            return None
        first = self.starts_at.date()
        if self.precision in DAILY:
            return Period(first, first + timedelta(days=1))
        if self.precision is Precision.QUARTER:
            said = quarter_period(first.year, quarter_of(first))
        elif self.precision is Precision.MONTH:
            said = month_period(first.year, first.month)
        else:
            said = third_period(first)
        last = (self.ends_at - timedelta(microseconds=1)).date() if self.ends_at else said.last
        return said if last in said else Period(said.first, max(said.last, last) + timedelta(days=1))

    @property
    def latest_day(self) -> date | None:
        """Its day, else the last one of its 旬, month or quarter: after that one it is past."""
        if self.precision in DAILY:
            return self.day
        return days.last if (days := self.days) else None

    def lies_in(self, period: Period) -> bool:
        """Whether the event counts in ``period``: all the days on which it may start belong to it."""
        days = self.days
        return days is not None and period.first <= days.first and days.end <= period.end

    def is_ahead(self, today: date) -> bool:
        """Whether it cannot have been held by ``today``: its first possible day is still to come, or none is known."""
        return self.days is None or self.days.first > today

    @property
    def day_words(self) -> str:
        """8月13日, and no closer than it is known: 8月中旬, 8月, 7–8月, 第三季度; "" while undated."""
        days = self.days
        if days is None:
            return ""
        first, last = days.first, days.last
        if self.precision in DAILY:
            return f"{first.month}月{first.day}日"
        if self.precision is Precision.QUARTER:
            return f"第{_QUARTERS[quarter_of(first) - 1]}季度"
        if first.month != last.month:
            return f"{first.month}–{last.month}月"
        return f"{first.month}月" + (_THIRDS[first.day] if self.precision is Precision.TEN_DAYS else "")

    @property
    def span(self) -> tuple[datetime, datetime] | None:
        """Start and (half-open) end; an unknown end is start + ``ASSUMED_LENGTH``."""
        if self.starts_at is None:
            return None
        return self.starts_at, self.ends_at or self.starts_at + ASSUMED_LENGTH

    @property
    def is_timed(self) -> bool:
        """Whether clock times are known, so that two events of one day can be told apart."""
        return self.starts_at is not None and self.precision in (Precision.TIME, Precision.HALF_DAY)

    @property
    def status_label(self) -> str:
        """The words of the status; 待定 for what is to be planned and has neither a day nor a month."""
        undated = self.status is EventStatus.PLANNED and self.days is None
        return "待定" if undated else self.status.label

    @property
    def counts_in_forecast(self) -> bool:
        """已排, 已确认 or 已举办, with a day or at least a 旬, month or quarter."""
        dated = self.starts_at is not None and self.precision is not Precision.UNSET
        return dated and self.status in FORECAST_STATUSES

    @property
    def units(self) -> tuple[str, ...]:
        """Lead units, then responsible units, each once."""
        return tuple(dict.fromkeys(self.lead_units + self.responsible_units))

    def awaits_result(self, today: date) -> bool:
        """待登记: the last day on which it may start has passed and neither a result nor an exit was recorded."""
        if self.status is not EventStatus.PLANNED and self.status is not EventStatus.CONFIRMED:
            return False
        latest = self.latest_day
        return latest is not None and latest < today
