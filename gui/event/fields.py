"""活动表单的各栏：哪条工作线有哪些栏，栏与活动的值怎样互换。"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QSpinBox, QWidget

from gui.kit.choices import CheckGroup, Choice, Segments, UnitEdit, in_old_order
from gui.kit.time_field import TimeField
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


class EventFields(QObject):
    """The controls of the event form. ``changed`` is emitted with every change of any of them."""

    changed = Signal()

    def __init__(self, snapshot: YearSnapshot, statuses: tuple[EventStatus, ...], parent: QObject) -> None:
        super().__init__(parent)
        units = snapshot.units
        self.campaign = Choice([(c.label, c) for c in Campaign])
        self.title = QLineEdit()
        self.title.setPlaceholderText("活动的全称")
        self.short = QLineEdit(maxLength=SHORT_LENGTH)
        self.short.setPlaceholderText("至多四个字")
        self.status = Segments([(s.label, s) for s in statuses])
        self.time = TimeField(snapshot.year)
        self.lead = UnitEdit(units)
        self.responsible = UnitEdit(units)
        self.towns = UnitEdit(units, (UnitKind.TOWN,), "如 高境镇")
        parks = [(unit.name, unit.key) for unit in units if unit.kind is UnitKind.PARK]
        self.park: Choice[str | None] = Choice([("（未选）", None), *parks])
        self._asked = stages_of_year(snapshot.year_row)
        self.stages = CheckGroup({stage.value: stage.label for stage in self._asked})
        schools = [Unit(school.key, school.name, UnitKind.SCHOOL) for school in snapshot.schools]
        self.schools = UnitEdit(schools, hint="待定可不填；可填几所，用顿号分开", noun="学校")
        self.host: Choice[str | None] = Choice([("（未填）", None), *_hosts(snapshot)])
        self.theme_class: Choice[str] = Choice([("（未分类）", "")])
        self.theme = QLineEdit()
        self.platforms = CheckGroup({name: name for name in live_platforms()}, columns=3)
        self.forms = CheckGroup({}, columns=5)
        self.online_only = QCheckBox("只在线上举办")
        venues = [(venue.name, venue.key) for venue in snapshot.venues]
        self.venue: Choice[str | None] = Choice([("（不在名录里）", None), *venues])
        self.place = QLineEdit()
        self.audience = QLineEdit()
        self.expected = QSpinBox(minimum=0, maximum=1_000_000, singleStep=10)
        self.expected.setSpecialValueText("未定")
        self.expected.lineEdit().setTextMargins(5, 0, 0, 0)
        self.signup = QLineEdit()
        self.signup.setPlaceholderText("如 电话报名 56780000、网上预约")
        self.signed_up = QSpinBox(minimum=-1, maximum=1_000_000)
        self.signed_up.setSpecialValueText("未统计")
        self.signed_up.lineEdit().setTextMargins(5, 0, 0, 0)
        self.contact = QLineEdit()
        self.url = QLineEdit()
        self.url.setPlaceholderText("直播、报名或报道的网址")
        self.note = QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(72)
        self.pinned = QCheckBox("锁定，自动排期不动它")
        self._campaign_shown: Campaign | None = None
        self._connect()

    def _connect(self) -> None:
        for edit in self._line_edits():
            edit.textChanged.connect(self._on_changed)
        for box in (self.campaign, self.park, self.host, self.theme_class, self.venue):
            box.currentIndexChanged.connect(self._on_changed)
        for group in (self.stages, self.platforms, self.forms, self.status, self.time):
            group.changed.connect(self._on_changed)
        for tick in (self.online_only, self.pinned):
            tick.toggled.connect(self._on_changed)
        for number in (self.expected, self.signed_up):
            number.valueChanged.connect(self._on_changed)
        self.note.textChanged.connect(self._on_changed)

    def _line_edits(self) -> tuple[QLineEdit, ...]:
        named = (self.title, self.short, self.lead, self.responsible, self.towns, self.schools)
        return (*named, self.theme, self.place, self.audience, self.contact, self.url, self.signup)

    def _on_changed(self) -> None:
        self.changed.emit()

    def place_row(self) -> QWidget:
        """Venue and place side by side."""
        self.venue.setAccessibleName("场地")
        self.place.setPlaceholderText("另填地点，如 门牌、楼层")
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.venue, 1)
        row.addWidget(self.place, 1)
        holder.setFocusProxy(self.venue)
        return holder

    def shown_for(self, campaign: Campaign) -> Mapping[QWidget, bool]:
        """Which of the controls that depend on the campaign belong to ``campaign``."""
        return {
            self.towns: campaign in (Campaign.COMMUNITY, Campaign.OPEN_MONTH),
            self.park: campaign is Campaign.PARK,
            self.stages: campaign is Campaign.CAMPUS,
            self.schools: campaign is Campaign.CAMPUS,
            self.host: campaign is Campaign.TECH_FORUM,
            self.theme_class: campaign in (Campaign.LECTURE, Campaign.HOST_MEETING),
            self.platforms: campaign is Campaign.LECTURE,
            self.forms: campaign in FORMS,
            self.online_only: campaign is Campaign.OPEN_MONTH,
            self.signup: campaign is Campaign.OPEN_MONTH,
            self.signed_up: campaign is Campaign.OPEN_MONTH,
        }

    def offer_choices_of(self, campaign: Campaign) -> None:
        """Offer the classes and forms of ``campaign``; what was chosen stays."""
        self._campaign_shown = campaign
        chosen = self.theme_class.value()
        classes = HOST_KINDS if campaign is Campaign.HOST_MEETING else THEME_CLASSES
        self.theme_class.set_entries([("（未分类）", ""), *((name, name) for name in classes)])
        if chosen:
            self.theme_class.choose(chosen)
        self.forms.offer({name: name for name in FORMS.get(campaign, ())})

    def show_event(self, event: Event, fallback: date) -> None:
        """Show ``event``; an undated one proposes ``fallback`` as its day."""
        self.campaign.choose(event.campaign)
        self.offer_choices_of(event.campaign)
        self.title.setText(event.title)
        self.short.setText(event.short)
        self.status.choose(event.status)
        self.time.show_when(event, fallback)
        for edit, keys in ((self.lead, event.lead_units), (self.responsible, event.responsible_units)):
            edit.set_keys(keys)
        self.towns.set_keys(event.towns)
        self.tick_stages(event.stages)
        self.park.choose(event.park)
        self.schools.set_keys(event.schools)
        self.host.choose(event.host_event)
        self.venue.choose(event.venue)
        self.theme_class.choose(event.theme_class)
        self.platforms.set_values(event.platforms)
        self.forms.set_values(event.forms)
        self.online_only.setChecked(event.online_only)
        self.pinned.setChecked(event.pinned)
        self.expected.setValue(event.expected or 0)
        for edit, words in (
            (self.theme, event.theme),
            (self.place, event.place),
            (self.audience, event.audience),
        ):
            edit.setText(words)
        self.signup.setText(event.signup)
        self.signed_up.setValue(-1 if event.signed_up is None else event.signed_up)
        self.contact.setText(event.contact)
        self.url.setText(event.url)
        self.note.setPlainText(event.note)

    def event_from(self, before: Event) -> Event:
        """``before`` with everything as entered; names of units that nobody has are left out.

        Fields that the campaign does not have keep what they held while the campaign stays.
        """
        campaign = self.campaign.value()
        when = self.time.value()
        event = before._replace(
            campaign=campaign,
            title=self.title.text().strip(),
            short=self.short.text().strip(),
            status=self.status.value(),
            starts_at=when.starts_at,
            ends_at=when.ends_at,
            precision=when.precision,
            tentative=when.tentative,
            raw_time=when.raw_time,
            lead_units=self.lead.known_keys(),
            responsible_units=self.responsible.known_keys(),
            venue=self.venue.value(),
            place=self.place.text().strip(),
            theme=self.theme.text().strip(),
            audience=self.audience.text().strip(),
            expected=self.expected.value() or None,
            contact=self.contact.text().strip(),
            url=self.url.text().strip(),
            note=self.note.toPlainText().strip(),
            pinned=self.pinned.isChecked(),
        )
        return event._replace(**self._campaign_values(campaign, before))

    def _campaign_values(self, campaign: Campaign, before: Event) -> dict[str, object]:
        """The fields of ``campaign``; those of others are emptied when the campaign was changed."""
        values: dict[QWidget, tuple[str, object]] = {
            self.towns: ("towns", self.towns.known_keys()),
            self.park: ("park", self.park.value()),
            self.stages: ("stages", self._stages(before)),
            self.schools: ("schools", self.schools.known_keys()),
            self.host: ("host_event", self.host.value()),
            self.theme_class: ("theme_class", self.theme_class.value()),
            self.platforms: ("platforms", in_old_order(self.platforms, before.platforms)),
            self.forms: ("forms", in_old_order(self.forms, before.forms)),
            self.online_only: ("online_only", self.online_only.isChecked()),
            self.signup: ("signup", self.signup.text().strip()),
            self.signed_up: ("signed_up", self.signed_up.value() if self.signed_up.value() >= 0 else None),
        }
        shown = self.shown_for(campaign)
        kept = {name: value for control, (name, value) in values.items() if shown[control]}
        if campaign is before.campaign:
            return kept
        empty = Event("", campaign, "")
        return {name: kept.get(name, getattr(empty, name)) for name, _ in values.values()}

    def tick_stages(self, stages: Iterable[SchoolStage]) -> None:
        """Tick exactly ``stages``; beside those that the year asks for they are offered too."""
        ticked = tuple(stages)
        self.stages.offer({s.value: s.label for s in with_stages(self._asked, ticked)})
        self.stages.set_values(s.value for s in ticked)

    def _stages(self, before: Event) -> tuple[SchoolStage, ...]:
        ticked = in_old_order(self.stages, tuple(stage.value for stage in before.stages))
        return tuple(SchoolStage(value) for value in ticked)


def _hosts(snapshot: YearSnapshot) -> list[tuple[str, str]]:
    meetings = [event for event in snapshot.events if event.campaign is Campaign.HOST_MEETING]
    return [(f"{event.title}（{wording.time_label(event)}）", event.key) for event in meetings]


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
