"""台账的行：一场活动计入哪些周期、缺什么、和谁冲突，以及各列的字。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import IntEnum
from typing import NamedTuple

from models.domain.events import Campaign, Event, EventStatus, Precision
from models.domain.rules import RuleSet, Severity
from models.domain.snapshot import YearSnapshot
from planners import wording
from planners.evidence import missing_by_event
from planners.results import Cell, Conflict, Finding, YearCheck
from planners.text_match import haystack
from planners.visits import disclosed_events, lacks_list
from planners.zones import lacks_contents

COMPLETE = "齐"
EVIDENCE = "佐证"
"""What a held event lacks whose 佐证材料 are not complete."""
DISCLOSURE = "公开清单"
"""What a held visit to a park or a community lacks to which no 公开清单 is attached."""
_LINES = {
    Campaign.LECTURE: "讲堂",
    Campaign.PARK: "园区",
    Campaign.COMMUNITY: "社区",
    Campaign.CAMPUS: "校区",
    Campaign.OPEN_MONTH: "开放月",
}
_LACKS = {
    "zone_without_host": "宿主会议",
    "host_without_zone": "专区",
    "few_platforms": "平台",
    "no_listening_form": "问卷",
    "no_interaction": "互动",
    "not_joint": "联合单位",
}
"""Situation of a finding → what the event lacks; findings about its day are told in the tooltip only."""


class LedgerColumn(IntEnum):
    """The columns, from left to right."""

    TILE = 0
    STATUS = 1
    DATE = 2
    TIME = 3
    TITLE = 4
    HOST = 5
    PLACE = 6
    COUNTED = 7
    MISSING = 8


HEADS: Mapping[LedgerColumn, str] = {
    LedgerColumn.TILE: "",
    LedgerColumn.STATUS: "状态",
    LedgerColumn.DATE: "日期",
    LedgerColumn.TIME: "时间",
    LedgerColumn.TITLE: "活动名称",
    LedgerColumn.HOST: "牵头单位",
    LedgerColumn.PLACE: "地点 / 受众",
    LedgerColumn.COUNTED: "计入规则",
    LedgerColumn.MISSING: "缺项",
}


class LedgerRow(NamedTuple):
    """An event with the hard cells in which it counts, what it lacks, and its hard conflicts."""

    event: Event
    counted: tuple[Cell, ...] = ()
    missing: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    waiting: bool = False
    """Its day has passed without a result (待登记)."""
    differs: bool = False
    """It is another than it was released as (与印发稿不同)."""

    @property
    def key(self) -> str:
        """The key of the event."""
        return self.event.key


def ledger_rows(
    snapshot: YearSnapshot, check: YearCheck, differing: frozenset[str] = frozenset()
) -> tuple[LedgerRow, ...]:
    """One row for each event, in the stored order; ``differing`` ones are another than released."""
    hard = [cell for cell in check.cells if cell.severity is Severity.HARD]
    cells = _by_event((cell, cell.events) for cell in hard)
    conflicts = _by_event((c, c.events) for c in check.conflicts if c.severity is Severity.HARD)
    findings = _by_event((f, f.events) for f in check.findings if f.situation in _LACKS)
    unproven, disclosed = missing_by_event(snapshot), disclosed_events(snapshot)
    return tuple(
        LedgerRow(
            event,
            tuple(cells.get(event.key, ())),
            missing_of(
                event,
                snapshot,
                check,
                findings.get(event.key, ()),
                unproven=event.key in unproven,
                unlisted=lacks_list(event, disclosed),
            ),
            tuple(conflicts.get(event.key, ())),
            event.awaits_result(check.today),
            event.key in differing,
        )
        for event in snapshot.events
    )


def _by_event(pairs: Iterable[tuple[object, tuple[str, ...]]]) -> dict[str, list]:  # type: ignore[type-arg]
    found: dict[str, list[object]] = defaultdict(list)
    for value, keys in pairs:
        for key in keys:
            found[key].append(value)
    return found


def missing_of(
    event: Event,
    snapshot: YearSnapshot,
    check: YearCheck,
    findings: Iterable[Finding] = (),
    *,
    unproven: bool = False,
    unlisted: bool = False,
) -> tuple[str, ...]:
    """What keeps the event from being complete, the most pressing first; nothing for a cancelled one.

    ``unproven``: its 佐证材料 are not complete; ``unlisted``: a 公开清单 belongs to it and is not attached.
    """
    if event.status is EventStatus.CANCELLED:
        return ()
    lacks = []
    if event.days is None:
        lacks.append("新日期" if event.status is EventStatus.POSTPONED else "日期")
    if event.awaits_result(check.today):
        lacks.append("结果")
    if not event.lead_units:
        lacks.append("牵头单位")
    if event.campaign is Campaign.CAMPUS and not event.stages:
        lacks.append("学段")
    if lacks_place(event, snapshot):
        lacks.append("街镇" if event.campaign is Campaign.COMMUNITY else "地点")
    lacks += dict.fromkeys(_LACKS[finding.situation] for finding in findings)
    if lacks_contents(snapshot, event):
        lacks.append("专区内容")
    lacks += [EVIDENCE] * unproven + [DISCLOSURE] * unlisted
    return tuple(lacks)


def lacks_place(event: Event, snapshot: YearSnapshot) -> bool:
    """Whether nobody knows yet where to go: the school, park or 街镇 that the campaign asks for, else any place."""
    if event.online_only:
        return False
    place = event.place if "待定" not in event.place else ""
    if event.campaign is Campaign.COMMUNITY:
        return not event.towns
    if event.campaign is Campaign.PARK:
        return event.park is None and not place
    if event.campaign is Campaign.CAMPUS:
        return not event.schools and not place
    return not place and (bool(event.place) or not snapshot.place_of(event))


def searched_text(event: Event, snapshot: YearSnapshot) -> str:
    """What the text filter looks in: title, short name, units, place, theme and note."""
    units = (snapshot.unit_name(key) for key in (*event.units, *event.towns))
    place = snapshot.place_of(event)
    return haystack((event.title, event.short, *units, place, event.theme, event.theme_class, event.note))


# the words of the columns


def day_text(event: Event) -> str:
    """5月12日 周三; 6月中旬, 6月, 第二季度 where no more is known; 待定."""
    return wording.day_label(event.day) if event.day else event.day_words or "待定"


def clock_text(event: Event) -> str:
    """15:30; 上午 or 下午; 全天; "" where no day is known."""
    if event.starts_at is None:
        return ""
    if event.precision is Precision.TIME:
        return f"{event.starts_at:%H:%M}"
    if event.precision is Precision.HALF_DAY:
        return "上午" if event.starts_at.hour < 12 else "下午"
    return "全天" if event.precision is Precision.DAY else ""


def status_text(row: LedgerRow) -> str:
    """The status; 待登记 for one whose day has passed."""
    return "待登记" if row.waiting else row.event.status_label


def host_text(event: Event, snapshot: YearSnapshot) -> str:
    """The lead units."""
    return "、".join(snapshot.unit_name(key) for key in event.lead_units)


def place_text(event: Event, snapshot: YearSnapshot) -> str:
    """Where it is held, with the 学段 of a school visit; else for whom."""
    place = snapshot.place_of(event) or event.audience or ("线上" if event.online_only else "")
    if event.campaign is Campaign.CAMPUS:
        stages = "、".join(stage.label for stage in event.stages)
        return " · ".join(filter(None, (place or "（学校待定）", stages)))
    return place or "（待定）"


def counted_text(row: LedgerRow, ruleset: RuleSet) -> str:
    """校区初中 · 二季度; why it does not count where it does not."""
    event = row.event
    if row.counted:
        line = _LINES.get(event.campaign, event.campaign.label)
        names = (f"{line}{cell.group or ''} · {wording.period_name(cell, ruleset)}" for cell in row.counted)
        return "；".join(dict.fromkeys(names))
    if event.campaign not in _LINES:
        return "不计频次"
    if event.status is EventStatus.CANCELLED:
        return "—（已取消）"
    if event.days is None or event.status is EventStatus.POSTPONED:
        return "—（未排定）"
    return "—（草拟）" if event.status is EventStatus.DRAFT else "—（不计入）"


def missing_text(row: LedgerRow) -> str:
    """What is lacking, conflicts first; 齐 where nothing is."""
    words = [*(["冲突"] if row.conflicts else []), *row.missing]
    if row.event.status is EventStatus.CANCELLED and not words:
        return ""
    return "、".join(words) or COMPLETE


def row_texts(row: LedgerRow, snapshot: YearSnapshot, ruleset: RuleSet) -> tuple[str, ...]:
    """The words of all columns."""
    event = row.event
    return (
        event.campaign.label,
        status_text(row),
        day_text(event),
        clock_text(event),
        event.title,
        host_text(event, snapshot),
        place_text(event, snapshot),
        counted_text(row, ruleset),
        missing_text(row),
    )
