"""活动对话框：新建与修改；计入规则与冲突始终可见，填了一半也不会丢。"""

from __future__ import annotations

from datetime import date, datetime, time

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.event.day_words import day_words, likely_day
from gui.event.fields import SHORT_LENGTH, EventFields, suggested_short
from gui.event.reason_dialogs import StatusReasonDialog
from gui.event.rule_box import RuleBox
from gui.kit.choices import UnitEdit
from gui.kit.form import NAME_WIDTH, Field, FormDialog, Tile
from gui.kit.plain import button, label
from gui.kit.theme import theme
from gui.services.drafts import Draft, DraftFile
from gui.session.rule_effect import rule_effect
from gui.session.town_years import towns_of
from gui.session.year_session import YearSession
from models import commands
from models.domain.errors import CommandError
from models.domain.events import Campaign, Event, EventStatus, SchoolStage
from models.domain.snapshot import ItemKind
from planners.suggest import USUAL_TIMES
from planners.visits import left_out_towns
from planners.wording import short_day
from planners.zones import zone_of

RECHECK_DELAY = 150
DRAFT_DELAY = 1000
_WITH_REASON = (EventStatus.POSTPONED, EventStatus.CANCELLED)


class EventDialog(FormDialog):
    """New event (``event`` None) or changes to one; nothing is stored before it is accepted.

    ``like`` is the event a new one resembles; ``draft`` continues a form that was left half-filled.
    """

    def __init__(
        self,
        session: YearSession,
        event: Event | None = None,
        *,
        campaign: Campaign | None = None,
        day: date | None = None,
        group: str | None = None,
        at: time | None = None,
        like: Event | None = None,
        draft: Event | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("修改活动" if event else "新建活动", "保存", parent, width=760)
        self._session = session
        self._is_new = event is None
        self._before = event or _blank(session, campaign or Campaign.LECTURE, day, group, at, like)
        self._short_is_own = bool((draft or self._before).short)
        self._leaving = False
        self.drafts = DraftFile(session.store.path)
        self.fields = EventFields(session.snapshot, self._statuses(), self)
        self.rules = RuleBox(session)
        self._rows: dict[QWidget, Field] = {}
        self._lay_out()
        self._show(draft or self._before)
        self._shown = self.fields.event_from(self._before) if draft is None else self._before
        self._follow_changes()
        self._look_again()
        self.fields.title.setFocus()

    # what is seen

    def _statuses(self) -> tuple[EventStatus, ...]:
        if self._is_new:
            return (EventStatus.DRAFT, EventStatus.PLANNED, EventStatus.CONFIRMED)
        status = self._before.status
        allowed = {status, *commands.ALLOWED_NEXT[status]} - set(_WITH_REASON) | {status}
        return tuple(known for known in EventStatus if known in allowed)

    def _lay_out(self) -> None:
        fields = self.fields
        self._tile = Tile(self._before.campaign, 28)
        self.heading.addWidget(self._tile)
        fields.campaign.setAccessibleName("工作线")
        fields.campaign.setMinimumWidth(140)
        self.heading.addWidget(fields.campaign)
        self.heading.addWidget(label(self._before.key, "caption"))
        self.heading.addStretch(1)
        self._add("名称", fields.title)
        self._add("简称", fields.short)
        self._add("状态", fields.status)
        self._add("时间", fields.time)
        for name, control in self._campaign_rows():
            self._add(name, control)
        self._add("牵头单位", fields.lead)
        self._add("责任单位", fields.responsible)
        self._add("地点", fields.place_row())
        self._add_further()
        self.below.addWidget(self.rules)
        if not self._is_new and self._before.status in (
            EventStatus.DRAFT,
            EventStatus.PLANNED,
            EventStatus.CONFIRMED,
        ):
            self.add_left_button(button("延期…", self._on_postpone))
            self.add_left_button(button("取消活动…", self._on_cancel_event, kind="danger"))
        if not self._is_new and zone_of(self._session.snapshot, self._before.key) is not None:
            self.add_left_button(button("专区内容…", self._on_zone))
        if self._session.read_only:
            self.accept_button.setEnabled(False)
            self.refuse(self._session.read_only_reason)

    def _on_zone(self) -> None:
        """Open what is written down of the zone; it is a step of its own."""
        from gui.event.zone_dialog import ZoneDialog

        zone = zone_of(self._session.snapshot, self._before.key)
        if zone is not None:
            ZoneDialog(self._session, zone, self).exec()

    def _campaign_rows(self) -> tuple[tuple[str, QWidget], ...]:
        fields = self.fields
        return (
            ("学段", fields.stages),
            ("学校", fields.schools),
            ("街镇", fields.towns),
            ("园区", fields.park),
            ("宿主会议", fields.host),
            ("分类", fields.theme_class),
            ("直播平台", fields.platforms),
            ("形式", fields.forms),
            ("线上", fields.online_only),
            ("报名方式", fields.signup),
            ("已报名", fields.signed_up),
        )

    def _add_further(self) -> None:
        fields = self.fields
        self._more_button = button(
            "更多：对象、人数、联系人、网址、备注", self._toggle_more, kind="flat", small=True
        )
        self.add_widget(_beside_names(self._more_button))
        self._more = [
            self._add("主题", fields.theme),
            self._add("参与对象", fields.audience),
            self._add("预计人数", fields.expected),
            self._add("联系人", fields.contact),
            self._add("网址", fields.url),
            self._add("备注", fields.note),
            self._add("", fields.pinned),
        ]
        fields.pinned.setAccessibleName("锁定")

    def _add(self, name: str, control: QWidget) -> Field:
        field = self._rows[control] = self.add_row(name, control)
        return field

    def _show(self, event: Event) -> None:
        today = self._session.today
        fallback = min(max(today, date(self._session.year, 1, 1)), date(self._session.year, 12, 31))
        self.fields.show_event(event, fallback)
        self._show_rows_of(event.campaign)
        further = (
            event.theme,
            event.audience,
            event.expected,
            event.contact,
            event.url,
            event.note,
            event.pinned,
        )
        self._show_more(shown=any(further))

    def _show_rows_of(self, campaign: Campaign) -> None:
        self._tile.show_campaign(campaign)
        for control, shown in self.fields.shown_for(campaign).items():
            self._rows[control].setVisible(shown)

    def _show_more(self, *, shown: bool) -> None:
        for field in self._more:
            field.setVisible(shown)
        self._more_button.parentWidget().setVisible(not shown)

    def _toggle_more(self) -> None:
        self._show_more(shown=True)
        self.fit()
        self._more[0].control.setFocus()

    # what follows from what is entered

    def _follow_changes(self) -> None:
        self._soon = QTimer(self, singleShot=True, interval=RECHECK_DELAY)
        self._soon.timeout.connect(self._look_again)
        self._keep_soon = QTimer(self, singleShot=True, interval=DRAFT_DELAY)
        self._keep_soon.timeout.connect(self._keep_draft)
        self.fields.changed.connect(self._on_changed)
        self.fields.campaign.activated.connect(self._on_campaign)
        self.fields.title.textEdited.connect(self._on_title)
        self.fields.title.editingFinished.connect(self._say_title)
        self.fields.short.textEdited.connect(self._on_short)
        for edit in self._named():
            edit.editingFinished.connect(self._say_units)
        self.fields.schools.editingFinished.connect(self._tick_stages)
        self.fields.host.activated.connect(self._on_host)

    def _on_changed(self) -> None:
        self._soon.start()
        self._keep_soon.start()
        if self._leaving:
            self._leaving = False
            self.back_button.setText("返回")
            self.refuse("")

    def _on_campaign(self) -> None:
        campaign = self.fields.campaign.value()
        self.fields.offer_choices_of(campaign)
        self._show_rows_of(campaign)
        if self._is_new:
            self.fields.time.use_hours_of(self._before._replace(campaign=campaign))
        self.fit()

    def _on_title(self, title: str) -> None:
        if not self._short_is_own:
            self.fields.short.setText(suggested_short(title))

    def _on_short(self, short: str) -> None:
        self._short_is_own = bool(short)

    def _say_title(self) -> None:
        missing = not self.fields.title.text().strip()
        self._rows[self.fields.title].say("请填写名称" if missing else "")

    def _named(self) -> tuple[UnitEdit, ...]:
        """The fields that hold names of units or schools."""
        fields = self.fields
        return (fields.lead, fields.responsible, fields.towns, fields.schools)

    def _say_units(self) -> None:
        for edit in self._named():
            unknown = edit.unknown()
            self._rows[edit].say(f"没有名为“{unknown[0]}”的{edit.noun}，请从提示中选择" if unknown else "")

    def _tick_stages(self) -> None:
        """Where no 学段 is chosen yet: those that the schools teach, the visit serves them all."""
        if self.fields.stages.values():
            return
        chosen = set(self.fields.schools.known_keys())
        taught = {
            s for school in self._session.snapshot.schools if school.key in chosen for s in school.stages
        }
        self.fields.tick_stages(stage for stage in SchoolStage if stage in taught)

    def _on_host(self) -> None:
        """A zone takes the time of the meeting that was chosen for it, and its place where it has none."""
        host = self._session.snapshot.event_by_key.get(self.fields.host.value() or "")
        if host is None or host.starts_at is None:
            return
        if self.entered().day != host.day:
            self.fields.time.show_when(host, host.starts_at.date())
        if not self.fields.place.text() and self.fields.venue.value() is None:
            self.fields.place.setText(host.place)
            self.fields.venue.choose(host.venue)
        self._on_changed()

    def _look_again(self) -> None:
        """Say what the rules, the calendar and the other events make of what is entered."""
        event = self.entered()
        words, state = self._day_words(event)
        self._rows[self.fields.time].say(words, state)
        self.rules.show_effect(rule_effect(self._session, event))
        self._say_what_is_advised(event)

    def _day_words(self, event: Event) -> tuple[str, str]:
        if event.starts_at is None:
            return "没有定日期的活动不计入检查，放在待定区", "warning"
        if event.ends_at is not None and event.ends_at <= event.starts_at:
            return "结束时间不晚于开始时间", "error"
        day = event.starts_at.date()
        if day.year != self._session.year:
            return f"这一天不在 {self._session.year} 年度里，不计入本年度的检查", "warning"
        if not event.is_timed and event.precision.value != "day":
            return "只知道大致时间：计入规则，不查冲突", "caption"
        return day_words(self._session, event)

    def _say_what_is_advised(self, event: Event) -> None:
        """What the rule asks of this kind of event and is still missing; never an obstacle."""
        advised = {
            self.fields.stages: not event.stages and "未选学段，不计入学段的检查",
            self.fields.park: not event.park and "未选园区",
            self.fields.host: self._host_advice(event),
            self.fields.platforms: len(event.platforms) < 2 and "多平台共同直播：宜选两个以上（第1条）",
        }
        for control, words in advised.items():
            self._rows[control].say(words or "", "warning")
        if not self.fields.towns.unknown():
            missing = event.campaign is Campaign.COMMUNITY and not event.towns
            self._rows[self.fields.towns].say(self._unvisited_words() if missing else "", "warning")

    def _unvisited_words(self) -> str:
        """未填街镇, and which one could go to: those left out for two years."""
        towns = towns_of(self._session)
        known = bool(towns) and len(towns[0].counts) > 1
        names = [town.name for town in left_out_towns(towns)] if known else []
        return f"未填街镇；两年未去过：{'、'.join(names[:4])}" if names else "未填街镇"

    def _host_advice(self, event: Event) -> str:
        if event.campaign is not Campaign.TECH_FORUM or not event.host_event:
            return "须挂靠一场重要会议（第3条）"
        host = self._session.snapshot.event_by_key.get(event.host_event)
        if host is not None and host.day is not None and event.day not in (None, host.day):
            return f"会议在{short_day(host.day)}，专区须同一天；要改日期请移动会议，专区随同"
        return ""

    # what is entered

    def entered(self) -> Event:
        """The event as entered so far; names of units that nobody has are left out."""
        event = self.fields.event_from(self._before)
        return event if event.short else event._replace(short=suggested_short(event.title))

    @property
    def is_changed(self) -> bool:
        """Whether anything was entered that is not stored."""
        return self.fields.event_from(self._before) != self._shown

    def accept_form(self) -> None:
        """The event is stored as entered; refused in words where something is missing."""
        event = self.entered()
        self._require_sound(event)
        command = commands.add_event if self._is_new else commands.change_event
        done = self._session.attempt(command, self._session.year, event)
        self._forget_draft()
        if done is not None and done.changes:
            self._session.tell_done(done)

    def _require_sound(self, event: Event) -> None:
        self._say_title()
        self._say_units()
        if not event.title:
            self.fields.title.setFocus(Qt.FocusReason.OtherFocusReason)
            raise CommandError("还没有填写名称。")
        for edit in self._named():
            if edit.isVisibleTo(self):
                edit.keys()
        if len(event.short) > SHORT_LENGTH:
            raise CommandError(f"简称至多 {SHORT_LENGTH} 个字。")
        if event.starts_at and event.ends_at and event.ends_at <= event.starts_at:
            raise CommandError("结束时间不晚于开始时间。", "", "请改正时间。")
        if event.status in (EventStatus.CONFIRMED, EventStatus.HELD) and event.starts_at is None:
            raise CommandError(f"没有日期，不能为“{event.status.label}”。", "", "请先定日期，或改为“已排”。")
        if event.status is EventStatus.HELD and event.day and event.day > self._session.today:
            raise CommandError("日期还没有到，不能登记为“已举办”。", "", "请在举办之后登记。")

    def reject(self) -> None:
        """Leave; what was entered is thrown away only when asked a second time."""
        if self.is_changed and not self._leaving and not self._session.read_only:
            self._leaving = True
            self.back_button.setText("不保存，离开")
            self.refuse("填写的内容还没有保存。")
            return
        self._forget_draft()
        super().reject()

    # the draft

    def _keep_draft(self) -> None:
        if self.is_changed and not self._session.read_only:
            moment = datetime.now()
            self.drafts.keep(Draft(self._session.year, self._is_new, self.entered(), moment))

    def _forget_draft(self) -> None:
        self._keep_soon.stop()
        self.drafts.discard()

    # the two ways out that need a reason

    def _on_postpone(self) -> None:
        self._leave_with(EventStatus.POSTPONED)

    def _on_cancel_event(self) -> None:
        self._leave_with(EventStatus.CANCELLED)

    def _leave_with(self, status: EventStatus) -> None:
        """Ask for the reason; afterwards the form is closed, its other changes thrown away."""
        dialog = StatusReasonDialog(self._session, self._before, status, self)
        if dialog.exec():
            self._forget_draft()
            super().reject()


def _blank(
    session: YearSession,
    campaign: Campaign,
    day: date | None,
    group: str | None,
    at: time | None,
    like: Event | None,
) -> Event:
    """The new event as the form opens with it, at ``at`` for as long as its campaign usually takes."""
    key = commands.new_key(session.snapshot, ItemKind.EVENT)
    if like is not None:
        return like._replace(
            key=key, status=EventStatus.DRAFT, status_reason="", attended=None, pinned=False, url=""
        )
    day = day or likely_day(session, campaign, group)
    start, end = _hours(campaign, at)
    stage = SchoolStage.from_label(group.split("·")[0]) if group and campaign is Campaign.CAMPUS else None
    unit = _unit_named(session, group) if campaign is Campaign.OPEN_MONTH else None
    town = _unit_named(session, group) if campaign is Campaign.COMMUNITY else None
    return Event(
        key,
        campaign,
        "",
        starts_at=datetime.combine(day, start) if day else None,
        ends_at=datetime.combine(day, end) if day else None,
        stages=(stage,) if stage else (),
        lead_units=(unit,) if unit else (),
        towns=(town,) if town else (),
    )


def _hours(campaign: Campaign, at: time | None) -> tuple[time, time]:
    start, end = USUAL_TIMES[campaign]
    if at is None:
        return start, end
    day = date.min
    later = datetime.combine(day, at) + (datetime.combine(day, end) - datetime.combine(day, start))
    return at, later.time() if later.date() == day else time(23, 59)


def _unit_named(session: YearSession, name: str | None) -> str | None:
    return next((unit.key for unit in session.snapshot.units if unit.name == name), None)


def _beside_names(widget: QWidget) -> QWidget:
    """``widget`` under the controls of the form, not under their names."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(round(NAME_WIDTH * theme().scale), 0, 0, 0)
    row.addWidget(widget)
    row.addStretch(1)
    return holder
