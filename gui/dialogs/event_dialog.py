"""活动对话框：新建与修改，字段随工作线而变，计入规则与冲突随时可见。"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QDate, Qt, QTime, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTimeEdit,
    QWidget,
)

from gui.dialogs.choice_fields import CheckGroup, Choice, UnitEdit
from gui.dialogs.event_effects import conflicts_of, counted_in
from gui.dialogs.form_dialog import FormDialog, show_remark
from gui.operations.session import YearSession
from gui.plain import label
from models import commands
from models.domain.errors import CommandError
from models.domain.events import Campaign, Event, EventStatus, Precision, SchoolStage
from models.domain.snapshot import ItemKind
from models.domain.units import UnitKind
from models.reference import live_platforms
from planners import wording
from planners.suggest import USUAL_TIMES

THEME_CLASSES = ("", "营商环境类", "产业发展类", "民生保障类")
HOST_KINDS = ("政策发布会", "招商推介会", "企业座谈会", "政策宣讲会")
FORMS = {
    Campaign.PARK: ("调查问卷", "实地走访", "座谈", "政策咨询", "帮办服务"),
    Campaign.COMMUNITY: ("政策宣讲", "现场咨询", "健康咨询", "发放资料"),
    Campaign.CAMPUS: ("专题宣讲", "家长课堂", "心理疏导", "应急演练"),
    Campaign.OPEN_MONTH: ("答疑", "座谈", "活动体验", "问卷调查", "参观"),
}
SHORT_LENGTH = 4
RECHECK_DELAY = 150


class EventDialog(FormDialog):
    """New event (``event`` None) or changes to one; nothing is stored before it is accepted."""

    def __init__(
        self,
        session: YearSession,
        event: Event | None = None,
        *,
        campaign: Campaign | None = None,
        day: date | None = None,
        group: str | None = None,
        like: Event | None = None,
        parent: QWidget | None = None,
    ) -> None:
        title = "新建活动" if event is None else f"修改活动：{event.short or event.title}"
        super().__init__(title, "保存", parent, width=640)
        self._session = session
        self._event = event or self._blank(campaign or Campaign.LECTURE, day, group, like)
        self._is_new = event is None
        self._short_is_own = bool(event and event.short)
        self._later = QTimer(self, singleShot=True, interval=RECHECK_DELAY)
        self._later.timeout.connect(self._show_effects)
        self._add_fields()
        self._show(self._event)
        self._follow_changes()
        self._show_effects()
        self.title_edit.setFocus()
        self.setEnabled(not session.read_only)

    def _blank(self, campaign: Campaign, day: date | None, group: str | None, like: Event | None) -> Event:
        key = commands.new_key(self._session.snapshot, ItemKind.EVENT)
        if like is not None:
            return like._replace(
                key=key, status=EventStatus.DRAFT, status_reason="", attended=None, pinned=False, url=""
            )
        start, end = USUAL_TIMES[campaign]
        stages = (
            (SchoolStage.from_label(group.split("·")[0]),) if group and campaign is Campaign.CAMPUS else ()
        )
        return Event(
            key,
            campaign,
            "",
            starts_at=datetime.combine(day, start) if day else None,
            ends_at=datetime.combine(day, end) if day else None,
            stages=stages,
        )

    # the fields

    def _add_fields(self) -> None:
        snapshot = self._session.snapshot
        self.campaign = Choice([(c.label, c) for c in Campaign])
        self.add_row("工作线", self.campaign)
        self.title_edit = QLineEdit()
        self._title_remark = self.add_row("名称", self.title_edit)
        self.short = QLineEdit(maxLength=SHORT_LENGTH)
        self.short.setPlaceholderText("至多四个字，总览里显示")
        self.add_row("简称", self.short)
        self.status = Choice([(s.label, s) for s in self._allowed_statuses()])
        self.add_row("状态", self.status)
        self._add_time_fields()
        units = snapshot.units
        self.lead = UnitEdit(units)
        self._lead_remark = self.add_row("牵头单位", self.lead)
        self.responsible = UnitEdit(units)
        self._responsible_remark = self.add_row("责任单位", self.responsible)
        self.towns = UnitEdit(units, (UnitKind.TOWN,))
        self._towns_remark = self.add_row("街镇", self.towns)
        self.park = Choice([("（未选）", None), *((u.name, u.key) for u in units if u.kind is UnitKind.PARK)])
        self.add_row("园区", self.park)
        self._add_content_fields()
        self._add_place_fields()

    def _add_content_fields(self) -> None:
        snapshot = self._session.snapshot
        self.stages = CheckGroup({stage.value: stage.label for stage in SchoolStage})
        self.add_row("学段", self.stages)
        self.school = Choice([("（待定）", None), *((s.name, s.key) for s in snapshot.schools)])
        self.add_row("学校", self.school)
        hosts = [e for e in snapshot.events if e.campaign is Campaign.HOST_MEETING]
        self.host = Choice(
            [("（未填，须挂靠）", None), *((f"{e.title} {wording.time_label(e)}", e.key) for e in hosts)]
        )
        self.add_row("宿主会议", self.host)
        self.theme_class = Choice([(name or "（未分类）", name) for name in (*THEME_CLASSES, *HOST_KINDS)])
        self.add_row("分类", self.theme_class)
        self.platforms = CheckGroup({name: name for name in live_platforms()}, columns=1)
        self.add_row("直播平台", self.platforms)
        self.forms = CheckGroup({})
        self.add_row("形式", self.forms)

    def _add_place_fields(self) -> None:
        self.venue = Choice([("（未选）", None), *((v.name, v.key) for v in self._session.snapshot.venues)])
        self.add_row("场地", self.venue)
        self.place = QLineEdit()
        self.place.setPlaceholderText("场地以外的地点")
        self.add_row("地点", self.place)
        self.audience = QLineEdit()
        self.add_row("参与对象", self.audience)
        self.expected = QSpinBox(minimum=0, maximum=100_000)
        self.expected.setSpecialValueText("未定")
        self.add_row("预计人数", self.expected)
        self.online_only = QCheckBox("只在线上举办")
        self.form.addRow("", self.online_only)
        self.url = QLineEdit()
        self.url.setPlaceholderText("直播或报名地址")
        self.add_row("网址", self.url)
        self.note = QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.note.setMaximumHeight(72)
        self.add_row("备注", self.note)
        self.effects = label(role="secondary", wrap=True)
        self.form.addRow("计入规则", self.effects)
        self.clashes = label(role="error", wrap=True)
        self.form.addRow("", self.clashes)

    def _allowed_statuses(self) -> list[EventStatus]:
        if self._is_new:
            return [EventStatus.PLANNED, EventStatus.DRAFT, EventStatus.CONFIRMED]
        with_reason = (EventStatus.POSTPONED, EventStatus.CANCELLED)
        following = [s for s in commands.ALLOWED_NEXT[self._event.status] if s not in with_reason]
        return [self._event.status, *following]

    def _add_time_fields(self) -> None:
        self.dated = QCheckBox("已定日期")
        self.day = QDateEdit(calendarPopup=True, displayFormat="yyyy-MM-dd ddd")
        self.starts = QTimeEdit(displayFormat="HH:mm")
        self.ends = QTimeEdit(displayFormat="HH:mm")
        self.precision = Choice([(p.label, p) for p in Precision])
        self.tentative = QCheckBox("暂定")
        row = QHBoxLayout()
        for widget in (self.dated, self.day, self.starts, label("至"), self.ends):
            row.addWidget(widget)
        row.addStretch(1)
        holder = QWidget()
        holder.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        self._time_remark = self.add_row("时间", holder)
        self.day.setAccessibleName("日期")
        self.starts.setAccessibleName("开始时间")
        self.ends.setAccessibleName("结束时间")
        exact = QHBoxLayout()
        exact.setContentsMargins(0, 0, 0, 0)
        exact.addWidget(self.precision)
        exact.addWidget(self.tentative)
        exact.addStretch(1)
        box = QWidget()
        box.setLayout(exact)
        self.add_row("时间精度", box)
        self.raw_time = QLineEdit()
        self.raw_time.setPlaceholderText("原文写法，如 9月中旬")
        self.add_row("原始写法", self.raw_time)

    def _show(self, event: Event) -> None:
        self.campaign.choose(event.campaign)
        self.title_edit.setText(event.title)
        self.short.setText(event.short)
        self.status.choose(event.status)
        self._show_time(event)
        self.lead.set_keys(event.lead_units)
        self.responsible.set_keys(event.responsible_units)
        self.towns.set_keys(event.towns)
        self.park.choose(event.park)
        self.stages.set_values(stage.value for stage in event.stages)
        self.school.choose(event.schools[0] if event.schools else None)
        self.host.choose(event.host_event)
        self.theme_class.choose(event.theme_class)
        self.platforms.set_values(event.platforms)
        self.venue.choose(event.venue)
        self.place.setText(event.place)
        self.audience.setText(event.audience)
        self.expected.setValue(event.expected or 0)
        self.online_only.setChecked(event.online_only)
        self.url.setText(event.url)
        self.note.setPlainText(event.note)
        self.forms.set_values((*FORMS.get(event.campaign, ()), *event.forms))
        self.forms.set_values(event.forms)
        self._show_fields_of(event.campaign)

    def _show_time(self, event: Event) -> None:
        start, end = USUAL_TIMES[event.campaign]
        day = event.day or max(self._session.today, date(self._session.year, 1, 1))
        begins = event.starts_at.time() if event.starts_at else start
        finish = (event.ends_at or event.starts_at + timedelta(hours=2)).time() if event.starts_at else end
        self.dated.setChecked(event.starts_at is not None)
        self.day.setDate(QDate(day.year, day.month, day.day))
        self.starts.setTime(QTime(begins.hour, begins.minute))
        self.ends.setTime(QTime(finish.hour, finish.minute))
        self.precision.choose(event.precision)
        self.tentative.setChecked(event.tentative)
        self.raw_time.setText(event.raw_time)

    def _follow_changes(self) -> None:
        self.campaign.currentIndexChanged.connect(self._on_campaign)
        self.title_edit.textEdited.connect(self._on_title)
        self.short.textEdited.connect(self._on_short)
        for box in (
            self.status,
            self.park,
            self.school,
            self.host,
            self.venue,
            self.precision,
            self.theme_class,
        ):
            box.currentIndexChanged.connect(self._later.start)
        for edit in (self.lead, self.responsible, self.towns, self.audience):
            edit.textChanged.connect(self._later.start)
        self.dated.toggled.connect(self._on_dated)
        self.day.dateChanged.connect(self._later.start)
        self.starts.timeChanged.connect(self._later.start)
        self.ends.timeChanged.connect(self._later.start)
        self.stages.changed.connect(self._later.start)
        self.online_only.toggled.connect(self._later.start)
        self._on_dated(self.dated.isChecked())

    # what follows from what is entered

    def _on_campaign(self) -> None:
        self._show_fields_of(self.campaign.value())
        self._later.start()

    def _show_fields_of(self, campaign: Campaign) -> None:
        rows = {
            self.towns: campaign in (Campaign.COMMUNITY, Campaign.OPEN_MONTH),
            self.park: campaign is Campaign.PARK,
            self.stages: campaign is Campaign.CAMPUS,
            self.school: campaign is Campaign.CAMPUS,
            self.host: campaign is Campaign.TECH_FORUM,
            self.theme_class: campaign in (Campaign.LECTURE, Campaign.HOST_MEETING),
            self.platforms: campaign is Campaign.LECTURE,
            self.forms: campaign in FORMS,
            self.online_only: campaign is Campaign.OPEN_MONTH,
        }
        for field, shown in rows.items():
            self._set_row_visible(field, shown)
        chosen = self.forms.values()
        if self.forms.isVisibleTo(self):
            self.forms.set_values((*FORMS.get(campaign, ()), *chosen))
            self.forms.set_values(chosen)

    def _set_row_visible(self, field: QWidget, shown: bool) -> None:  # noqa: FBT001
        for row in range(self.form.rowCount()):
            item = self.form.itemAt(row, self.form.ItemRole.FieldRole)
            inside = item is not None and (
                item.widget() is field or (item.layout() is not None and item.layout().indexOf(field) >= 0)
            )
            if inside:
                self.form.setRowVisible(row, shown)

    def _on_title(self, text: str) -> None:
        show_remark(self._title_remark, self.title_edit, "")
        if not self._short_is_own:
            self.short.setText(suggested_short(text))

    def _on_short(self, text: str) -> None:
        self._short_is_own = bool(text)

    def _on_dated(self, dated: bool) -> None:  # noqa: FBT001
        for widget in (self.day, self.starts, self.ends):
            widget.setEnabled(dated)
        self._later.start()

    def _show_effects(self) -> None:
        try:
            event = self.entered()
        except CommandError:
            return
        self.effects.setText(counted_in(self._session, event) or "不计入刚性规则")
        sentences = conflicts_of(self._session, event)
        self.clashes.setText("\n".join(sentences[:3]))
        self.clashes.setVisible(bool(sentences))
        self._show_day_remark(event)

    def _show_day_remark(self, event: Event) -> None:
        if event.day is None:
            show_remark(self._time_remark, self.day, "未定日期的活动不计入检查", "warning")
            return
        workdays = wording_of_day(self._session, event.day)
        show_remark(self._time_remark, self.day, workdays[0], workdays[1])

    # what is entered

    def entered(self) -> Event:
        """The event as entered; ``CommandError`` where a field cannot be taken."""
        campaign = self.campaign.value()
        starts_at, ends_at = self._entered_times()
        before = self._event
        stages = tuple(SchoolStage(value) for value in _in_order(self.stages, before.stages))
        return self._event._replace(
            campaign=campaign,
            title=self.title_edit.text().strip(),
            short=self.short.text().strip() or suggested_short(self.title_edit.text()),
            starts_at=starts_at,
            ends_at=ends_at,
            precision=self.precision.value(),
            tentative=self.tentative.isChecked(),
            raw_time=self.raw_time.text().strip(),
            status=self.status.value(),
            lead_units=self.lead.keys(),
            responsible_units=self.responsible.keys(),
            towns=self.towns.keys() if campaign in (Campaign.COMMUNITY, Campaign.OPEN_MONTH) else (),
            park=self.park.value() if campaign is Campaign.PARK else None,
            stages=stages if campaign is Campaign.CAMPUS else (),
            schools=self._entered_schools() if campaign is Campaign.CAMPUS else (),
            host_event=self.host.value() if campaign is Campaign.TECH_FORUM else None,
            theme_class=self.theme_class.value(),
            platforms=_in_order(self.platforms, before.platforms) if campaign is Campaign.LECTURE else (),
            forms=_in_order(self.forms, before.forms) if campaign in FORMS else (),
            venue=self.venue.value(),
            place=self.place.text().strip(),
            audience=self.audience.text().strip(),
            expected=self.expected.value() or None,
            online_only=self.online_only.isChecked() and campaign is Campaign.OPEN_MONTH,
            url=self.url.text().strip(),
            note=self.note.toPlainText().strip(),
        )

    def _entered_schools(self) -> tuple[str, ...]:
        chosen = self.school.value()
        rest = self._event.schools[1:]
        return (chosen, *(key for key in rest if key != chosen)) if chosen else ()

    def _entered_times(self) -> tuple[datetime | None, datetime | None]:
        if not self.dated.isChecked():
            return None, None
        day = self.day.date().toPython()
        precision = self.precision.value()
        if precision not in (Precision.TIME, Precision.HALF_DAY):
            return self._coarse_times(day)
        starts_at = datetime.combine(day, _clock(self.starts))
        ends_at = datetime.combine(day, _clock(self.ends))
        before = self._event
        if (
            before.starts_at == starts_at
            and before.ends_at is None
            and self._ends_as_assumed(starts_at, ends_at)
        ):
            return starts_at, None
        if (
            ends_at <= starts_at
            and before.ends_at
            and before.starts_at
            and before.ends_at.date() > before.starts_at.date()
        ):
            ends_at = starts_at + (before.ends_at - before.starts_at)
        return starts_at, ends_at

    @staticmethod
    def _ends_as_assumed(starts_at: datetime, ends_at: datetime) -> bool:
        return ends_at == starts_at + timedelta(hours=2)

    def _coarse_times(self, day: date) -> tuple[datetime, datetime]:
        before = self._event
        if (
            before.day == day
            and before.precision is self.precision.value()
            and before.starts_at
            and before.ends_at
        ):
            return before.starts_at, before.ends_at
        start = datetime.combine(day, time())
        return start, start + timedelta(days=1)

    def accept_form(self) -> None:
        """The event is stored as entered; refused in words where something is missing."""
        if not self.title_edit.text().strip():
            show_remark(self._title_remark, self.title_edit, "请填写名称")
            self.title_edit.setFocus(Qt.FocusReason.OtherFocusReason)
            raise CommandError("名称不能为空。")
        event = self.entered()
        if event.starts_at and event.ends_at and event.ends_at <= event.starts_at:
            raise CommandError("结束时间不晚于开始时间。", "", "请改正时间。")
        if event.status in (EventStatus.CONFIRMED, EventStatus.HELD) and event.starts_at is None:
            raise CommandError(f"没有日期，不能为“{event.status.label}”。", "", "请先定日期，或改为“已排”。")
        command = commands.add_event if self._is_new else commands.change_event
        done = self._session.attempt(command, self._session.year, event)
        if done is not None and done.changes:
            self._session.tell_done(done)


def suggested_short(title: str) -> str:
    """A short name of at most four characters: the first words of the title without marks."""
    plain = "".join(ch for ch in title if ch.isalnum())
    for head in ("宝山区", "开展", "关于", "举办"):
        plain = plain.removeprefix(head)
    return plain[:SHORT_LENGTH]


def wording_of_day(session: YearSession, day: date) -> tuple[str, str]:
    """What kind of day it is, in words, and the look of the remark."""
    from models.domain.workdays import workdays_of

    workdays = workdays_of(session.snapshot)
    monday = day - timedelta(days=day.weekday())
    load = next((load.total for load in session.check.loads if load.monday == monday), 0)
    if workdays.is_workday(day):
        return f"工作日 · 当周 {load} 场", "good"
    return f"{workdays.name_of(day) or '周末'}，休息日（只作提示）", "warning"


def _in_order(group: CheckGroup, before: tuple[str, ...]) -> tuple[str, ...]:
    """The values ticked; in their old order where none was added or taken away."""
    values = group.values()
    return before if set(values) == set(before) else values


def _clock(edit: QTimeEdit) -> time:
    moment = edit.time()
    return time(moment.hour(), moment.minute())
