"""一份像样的建议：演示年度在 2027-06-15 缺什么就补什么，七项，与图样相同。"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from gui.planning.proposal.proposal_dialog import ProposalDialog
from gui.session.year_session import YearSession
from models.domain.changes import RowChange
from models.domain.events import Campaign, Event, EventStatus, SchoolStage
from models.domain.snapshot import YearSnapshot
from planners.proposals import (
    Alternative,
    Cause,
    Entry,
    Open,
    Proposal,
    Reason,
    ReasonKind,
    Repair,
    Target,
    Way,
)
from planners.proposals_applied import on_day

QUARTERS = {3: (date(2027, 7, 1), date(2027, 9, 30)), 4: (date(2027, 10, 1), date(2027, 12, 31))}
JUNE = (date(2027, 6, 1), date(2027, 6, 30))
NOVEMBER = (date(2027, 11, 1), date(2027, 11, 30))


def new_event(key: str, campaign: Campaign, at: str, short: str, unit: str, **fields: object) -> Event:
    starts = datetime.fromisoformat(at)
    ends = starts + timedelta(hours=2)
    return Event(key, campaign, f"{short}专场", short, starts, ends, lead_units=(unit,), **fields)  # type: ignore[arg-type]


def added(
    key: str, label: str, event: Event, target: Target, reasons: tuple[Reason, ...], **more: object
) -> Entry:
    change = RowChange.of(None, event)
    return Entry(key, Way.NEW, label, "—", (change,), (target,), reasons, **more)  # type: ignore[arg-type]


def usual_reasons(clause: str, rule: str, gap: str, load: str, conflict: str) -> tuple[Reason, ...]:
    return (
        Reason(ReasonKind.RULE, f"补缺：第 {clause} 条{rule}", gap),
        Reason(ReasonKind.SPACING, "间隔均衡", "距上一场 35 天、下一场 21 天；历次多在周三下午"),
        Reason(ReasonKind.LOAD, "单位可承担", load),
        Reason(ReasonKind.CONFLICT, "无冲突", conflict),
    )


def entries(snapshot: YearSnapshot) -> tuple[Entry, ...]:
    """Seven entries: revive, five new ones (one unticked for want of a theme), one move."""
    return (_june(snapshot), _junior(), _senior(), _park(), _community(), _lecture(), _open_month(snapshot))


def _june(snapshot: YearSnapshot) -> Entry:
    before = snapshot.event_by_key["A007"]
    starts = datetime(2027, 6, 23, 14)
    after = before._replace(
        starts_at=starts, ends_at=starts + timedelta(hours=2), status=EventStatus.PLANNED, status_reason="", tentative=True
    )  # fmt: skip
    return Entry(
        "lecture.monthly|2027-06|1", Way.REVIVE, "公开讲堂 · 6月", "—",
        (RowChange.of(before, after),), (Target("lecture.monthly", *JUNE),),
        usual_reasons("1", "每月至少 1 场", "6月 0/1，剩 12 个工作日", "区商务委二季度仅 1 场", "当周 3 场（上限 8）；避开 6/22、6/24 停排"),
        (Alternative(on_day(after, date(2027, 6, 25)), 2, "晚两天"), Alternative(on_day(after, date(2027, 6, 30)), 5, "最后一个周三")),
    )  # fmt: skip


def _junior() -> Entry:
    event = new_event(
        "E9001", Campaign.CAMPUS, "2027-09-14T15:30", "心理疏导", "区教育局", stages=(SchoolStage.JUNIOR,),
        schools=("宝山实验学校",), audience="学生及家长",
    )  # fmt: skip
    reasons = usual_reasons(
        "2", "每学段每季至少 1 次", "初中三季度 0/1", "区教育局三季度 2 场", "当周 2 场（上限 8）"
    )
    other = Alternative(on_day(event, date(2027, 9, 21)), 1, "离生涯规划近三天")
    target = Target("campus.stages", *QUARTERS[3], "初中")
    return added(
        "campus.stages|2027-Q3|初中", "校区 · 初中 · 三季度", event, target, reasons, alternatives=(other,)
    )


def _senior() -> Entry:
    event = new_event(
        "E9002", Campaign.CAMPUS, "2027-10-19T15:30", "应急处置", "区应急局", stages=(SchoolStage.SENIOR,),
        schools=("上海市行知中学",), audience="学生及家长",
    )  # fmt: skip
    reasons = usual_reasons(
        "2", "每学段每季至少 1 次", "高中四季度 0/1", "区应急局四季度仅 1 场", "当周 2 场（上限 8）"
    )
    target = Target("campus.stages", *QUARTERS[4], "高中")
    return added("campus.stages|2027-Q4|高中", "校区 · 高中 · 四季度", event, target, reasons)


def _park() -> Entry:
    event = new_event(
        "E9003", Campaign.PARK, "2027-11-04T09:30", "年终政策盘点", "区发展改革委", park="南大智慧城"
    )
    reasons = usual_reasons(
        "2", "每季一个主题", "四季度 0/1，主题未定", "区发展改革委四季度仅 1 场", "当周 1 场（上限 8）"
    )
    entry = added(
        "park.quarterly|2027-Q4", "园区 · 四季度", event, Target("park.quarterly", *QUARTERS[4]), reasons
    )
    return entry._replace(now="主题未定", human="主题未定", ticked=False)


def _community() -> Entry:
    event = new_event(
        "E9004", Campaign.COMMUNITY, "2027-11-18T09:00", "医保参保", "区医保局", towns=("罗泾镇",), place="罗泾镇",
        responsible_units=("罗泾镇",),
    )  # fmt: skip
    reasons = (
        Reason(ReasonKind.RULE, "补缺：第 2 条每月至少 1 次", "11月 0/1；罗泾镇是全年唯一未覆盖的街镇"),
        Reason(ReasonKind.SPACING, "间隔均衡", "距上一场 34 天、下一场 15 天；历次多在周四上午"),
        Reason(ReasonKind.LOAD, "单位可承担", "区医保局四季度仅 1 场，排在最少的前三"),
        Reason(ReasonKind.CONFLICT, "无冲突", "当周 2 场（上限 8）；避开 11/10 校区、11/16 问政"),
    )
    others = tuple(
        Alternative(on_day(event, date(2027, 11, day)), cost, "同为周四") for day, cost in ((11, 1), (25, 3))
    )
    target = Target("community.monthly", *NOVEMBER)
    return added("community.monthly|2027-11", "走进社区 · 11月", event, target, reasons, alternatives=others)


def _lecture() -> Entry:
    event = new_event("E9005", Campaign.LECTURE, "2027-11-24T14:00", "消费维权", "区市场监管局", venue="v1")
    reasons = usual_reasons(
        "1", "每月至少 1 场", "11月 0/1", "区市场监管局四季度仅 1 场", "当周 1 场（上限 8）"
    )
    return added(
        "lecture.monthly|2027-11", "公开讲堂 · 11月", event, Target("lecture.monthly", *NOVEMBER), reasons
    )


def _open_month(snapshot: YearSnapshot) -> Entry:
    before = snapshot.event_by_key["A079"]
    change = RowChange.of(before, on_day(before, date(2027, 8, 16)))
    reasons = (
        Reason(ReasonKind.LOAD, "错开高峰", "8月11日 7 场、当周 11 场超过上限；移后当周 10 场"),
        Reason(ReasonKind.CONFLICT, "无冲突", "8月16日尚无活动"),
    )
    return Entry("open_month.crowd|A079", Way.MOVE, "开放月 · 8月11日", "7 场同日", (change,), (), reasons)


def proposal(snapshot: YearSnapshot, **changed: object) -> Proposal:
    """The proposal of the picture, as of ``snapshot``."""
    made = Proposal(
        "自动排期建议", 2027, snapshot.revision, date(2027, 6, 15), date(2027, 6, 15), date(2027, 12, 31), entries(snapshot),
        open=(
            Open("校区 · 高中 · 一季度", Cause.PAST, "期限 3月31日 已过，任何排法都不能补。请登记说明。"),
            Open("校区 · 初中 · 二季度", Cause.CONFIRM, "已排未确认，须人工确认", for_person=True),
            Open("园区 · 四季度", Cause.THEME, "主题未定，故默认不勾选", for_person=True),
        ),
        cost=11, bound=11, proved=True, moved=1, effort=180_000,
    )  # fmt: skip
    return made._replace(**changed)  # type: ignore[arg-type]


def many(snapshot: YearSnapshot, number: int) -> Proposal:
    """A proposal of ``number`` new community visits, one a day round and round."""
    events = (
        new_event(f"E{n:05d}", Campaign.COMMUNITY, f"2027-{7 + n % 6:02d}-{1 + n % 28:02d}T{9 + n % 8:02d}:00", f"宣讲{n}", "区司法局")
        for n in range(number)
    )  # fmt: skip
    made = tuple(
        Entry(
            f"many|{n}",
            Way.NEW,
            f"走进社区 · {event.starts_at:%m}月 · {n}",
            "—",
            (RowChange.of(None, event),),
        )
        for n, event in enumerate(events)
    )
    return proposal(snapshot, entries=made)


def trouble() -> Open:
    """A demand that nothing can meet, with two repairs that were tried."""
    return Open(
        "走进社区 · 11月", Cause.NO_DAY, "11月 22 个工作日全部停排或占满",
        blocking=("blocked:b4", "rule:community.monthly"),
        repairs=(Repair("取消 11月15日—19日的停排", ("blocked:b4",)), Repair("把每周上限提高到 9 场", ("weekcap:all",))),
    )  # fmt: skip


def dialog(session: YearSession, change: Callable[[Proposal], Proposal] | None = None) -> ProposalDialog:
    """The dialog over the proposal of the picture."""
    made = proposal(session.snapshot)
    return ProposalDialog(session, change(made) if change else made, seconds=1.8)
