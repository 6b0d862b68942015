"""活动表单与活动详情的各栏：哪条工作线有哪些栏，栏与活动的值怎样互换。"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from gui.kit.bindings import Binding, Bindings, Refusal, needed
from gui.kit.choices import CheckGroup, Choice, Segments, UnitEdit
from gui.kit.controls import line_edit, note_edit, number_edit
from gui.kit.time_field import TimeField, When
from models.domain.events import Campaign, Event, EventStatus, SchoolStage
from models.domain.school_stages import stages_of_year, with_stages
from models.domain.snapshot import YearSnapshot
from models.domain.units import Unit, UnitKind
from models.reference import live_platforms
from planners import wording

THEME_CLASSES = ("营商环境类", "产业发展类", "民生保障类")
HOST_KINDS = ("政策发布会", "招商推介会", "企业座谈会", "政策宣讲会")
FORMS: Mapping[Campaign, tuple[str, ...]] = {
    Campaign.PARK: ("调查问卷", "实地走访", "座谈", "政策咨询", "帮办服务"),
    Campaign.COMMUNITY: ("政策宣讲", "现场咨询", "健康咨询", "发放资料"),
    Campaign.CAMPUS: ("专题宣讲", "家长课堂", "心理疏导", "应急演练"),
    Campaign.OPEN_MONTH: ("答疑", "座谈", "活动体验", "调查问卷", "参观"),
}
"""The forms offered for each campaign; others that an event already has stay."""

SHORT_LENGTH = 4


MOST = 1_000_000
"""People that a field of numbers takes."""


def only(*campaigns: Campaign) -> Callable[[Event], bool]:
    """Whether an event is of one of ``campaigns``: only those have the field."""
    return lambda event: event.campaign in campaigns


def offered_classes(event: Event) -> list[tuple[str, str]]:
    """The classes of a lecture, or the kinds of a meeting."""
    names = HOST_KINDS if event.campaign is Campaign.HOST_MEETING else THEME_CLASSES
    return [("（未分类）", ""), *((name, name) for name in names)]


def offered_hosts(snapshot: YearSnapshot) -> list[tuple[str, str | None]]:
    """The meetings that may carry a 科创问政 zone."""
    meetings = [event for event in snapshot.events if event.campaign is Campaign.HOST_MEETING]
    named = [(f"{event.title}（{wording.time_label(event)}）", event.key) for event in meetings]
    return [("（未填）", None), *named]


def stages_binding(snapshot: YearSnapshot, columns: int = 4) -> Binding:
    """The 学段 of a school visit: those that the year asks for, and those it has."""
    asked = stages_of_year(snapshot.year_row)

    def offered(event: Event) -> Sequence[tuple[str, SchoolStage]]:
        return [(stage.label, stage) for stage in with_stages(asked, event.stages)]

    made = Binding("学段", CheckGroup({}, columns), "stages", offers=offered, belongs=only(Campaign.CAMPUS))
    made.offer(Event("", Campaign.CAMPUS, ""))  # boxes made now keep their place among the fields for Tab
    return made


def towns_binding(snapshot: YearSnapshot) -> Binding:
    """The 街镇 where it is."""
    edit = UnitEdit(snapshot.units, (UnitKind.TOWN,), "如 高境镇")
    return Binding("街镇", edit, "towns", belongs=only(Campaign.COMMUNITY, Campaign.OPEN_MONTH))


class WhenBinding(Binding):
    """Day and hours, or what is known of them; an undated event proposes ``today``, as far as it is in the year."""

    def __init__(self, name: str, year: int, today: date, *, narrow: bool = False) -> None:
        self.time = TimeField(year, narrow=narrow)
        super().__init__(name, self.time, *When._fields)
        self._fallback = min(max(today, date(year, 1, 1)), date(year, 12, 31))

    def show(self, item: Event) -> None:
        """When it is, as far as known."""
        self.time.show_when(item, self._fallback)

    def applied_to(self, item: Event) -> Event:
        """The event at the time as entered."""
        return item._replace(**self.time.value()._asdict())

    def refusal(self, item: Event) -> Refusal | None:
        """Refused where it ends before it begins."""
        when, words = self.time.value(), "结束时间不晚于开始时间"
        if when.starts_at and when.ends_at and when.ends_at <= when.starts_at:
            return Refusal(words, f"{words}。", "", "请改正时间。")
        return None


class EventFields(Bindings):
    """The fields of the event form in their order."""

    def __init__(
        self, snapshot: YearSnapshot, statuses: tuple[EventStatus, ...], today: date, parent: QObject
    ) -> None:
        super().__init__(parent)
        add, units = self.add, snapshot.units
        self.campaign = add(Binding("工作线", Choice([(c.label, c) for c in Campaign]), "campaign"))
        lacking = needed("请填写名称", "还没有填写名称。", "")
        self.title = add(Binding("名称", line_edit("活动的全称"), "title", checks=(lacking,)))
        self.short = add(Binding("简称", line_edit("至多四个字", SHORT_LENGTH), "short"))
        self.status = add(Binding("状态", Segments([(s.label, s) for s in statuses]), "status"))
        self.time = WhenBinding("时间", snapshot.year, today)
        add(self.time)
        self.own = tuple(add(binding) for binding in self._of_campaigns(snapshot))
        self.lead = add(Binding("牵头单位", UnitEdit(units), "lead_units"))
        self.responsible = add(Binding("责任单位", UnitEdit(units), "responsible_units"))
        venues = [(venue.name, venue.key) for venue in snapshot.venues]
        self.venue = add(Binding("场地", Choice([("（不在名录里）", None), *venues]), "venue"))
        self.place = add(Binding("地点", line_edit("另填地点，如 门牌、楼层"), "place"))
        self.further = tuple(add(binding) for binding in self._further())

    def _of_campaigns(self, snapshot: YearSnapshot) -> tuple[Binding, ...]:
        """What only some campaigns have."""
        parks = [(unit.name, unit.key) for unit in snapshot.units if unit.kind is UnitKind.PARK]
        schools = [Unit(school.key, school.name, UnitKind.SCHOOL) for school in snapshot.schools]
        school_edit = UnitEdit(schools, hint="待定可不填；可填几所，用顿号分开", noun="学校")
        campus, park, forum = only(Campaign.CAMPUS), only(Campaign.PARK), only(Campaign.TECH_FORUM)
        lecture, august = only(Campaign.LECTURE), only(Campaign.OPEN_MONTH)
        self.stages = stages_binding(snapshot)
        self.schools = Binding("学校", school_edit, "schools", belongs=campus)
        self.towns = towns_binding(snapshot)
        self.park = Binding("园区", Choice([("（未选）", None), *parks]), "park", belongs=park)
        self.host = Binding("宿主会议", Choice(offered_hosts(snapshot)), "host_event", belongs=forum)
        self.theme_class = Binding(
            "分类",
            Choice([("（未分类）", "")]),
            "theme_class",
            offers=offered_classes,
            belongs=only(Campaign.LECTURE, Campaign.HOST_MEETING),
        )
        platforms = CheckGroup({name: name for name in live_platforms()}, columns=3)
        self.platforms = Binding("直播平台", platforms, "platforms", belongs=lecture)
        forms = Binding(
            "形式",
            CheckGroup({}, columns=5),
            "forms",
            offers=lambda event: [(name, name) for name in FORMS.get(event.campaign, ())],
            belongs=only(*FORMS),
        )
        self.signup = Binding(
            "报名方式", line_edit("如 电话报名 56780000、网上预约"), "signup", belongs=august
        )
        self.signed_up = Binding(
            "已报名",
            number_edit(-1, MOST, "未统计"),
            "signed_up",
            into=lambda count: -1 if count is None else count,
            out_of=lambda count: None if count < 0 else count,
            belongs=august,
        )
        online = Binding("线上", QCheckBox("只在线上举办"), "online_only", belongs=august)
        places = (self.stages, self.schools, self.towns, self.park, self.host)
        return (*places, self.theme_class, self.platforms, forms, online, self.signup, self.signed_up)

    def _further(self) -> tuple[Binding, ...]:
        """What is folded away while it is empty."""
        expected = number_edit(0, MOST, "未定", step=10)
        pinned = QCheckBox("锁定，自动排期不动它")
        pinned.setAccessibleName("锁定")
        return (
            Binding("主题", line_edit(), "theme"),
            Binding("参与对象", line_edit(), "audience"),
            Binding("预计人数", expected, "expected", into=lambda n: n or 0, out_of=lambda n: n or None),
            Binding("联系人", line_edit(), "contact"),
            Binding("网址", line_edit("直播、报名或报道的网址"), "url"),
            Binding("备注", note_edit(72), "note"),
            Binding("", pinned, "pinned"),
        )

    def place_row(self) -> QWidget:
        """Venue and place side by side."""
        self.venue.control.setAccessibleName("场地")
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.venue.control, 1)
        row.addWidget(self.place.control, 1)
        holder.setFocusProxy(self.venue.control)
        return holder

    def applied_to(self, item: Event) -> Event:
        """``item`` with everything as entered; names of units that nobody has are left out.

        Fields that the campaign does not have keep what they held while the campaign stays, else they are emptied.
        """
        event = self.campaign.applied_to(item)
        if event.campaign is not item.campaign:
            empty = Event("", event.campaign, "")
            gone = [field for binding in self.own if not binding.belongs(event) for field in binding.fields]
            event = event._replace(**{field: getattr(empty, field) for field in gone})
        return super().applied_to(event)


def suggested_short(title: str) -> str:
    """A short name of at most four characters: the beginning of the title without marks and empty words.

    >>> suggested_short("宝山区举办“民法典”进社区")
    '民法典进'
    """
    plain = "".join(character for character in title if character.isalnum())
    for head in ("宝山区", "区", "关于", "开展", "举办", "组织"):
        if len(plain) - len(head) >= 2:
            plain = plain.removeprefix(head)
    return plain[:SHORT_LENGTH]
