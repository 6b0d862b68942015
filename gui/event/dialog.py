"""活动对话框：新建与修改；计入规则与冲突始终可见，填了一半也不会丢。"""

from __future__ import annotations

from datetime import date, datetime, time
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.event.day_words import ROUGHLY_KNOWN, day_words, likely_day
from gui.event.fields import EventFields, suggested_short
from gui.event.reason_dialogs import StatusReasonDialog
from gui.event.rule_box import RuleBox
from gui.kit.bindings import NAME_WIDTH, Binding
from gui.kit.form import FormDialog, Tile
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

    ASKS_TWICE = True

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
        self.drafts = DraftFile(session.store.path)
        self.fields = EventFields(session.snapshot, self._statuses(), session.today, self)
        self.rules = RuleBox(session)
        self._lay_out()
        self._show(draft or self._before)
        self._shown = self.fields.applied_to(self._before) if draft is None else self._before
        self._follow_changes()
        self._look_again()
        self.fields.title.control.setFocus()

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
        fields.campaign.control.setAccessibleName(fields.campaign.name)
        fields.campaign.control.setMinimumWidth(140)
        self.heading.addWidget(fields.campaign.control)
        self.heading.addWidget(label(self._before.key, "caption"))
        self.heading.addStretch(1)
        basic = (fields.title, fields.short, fields.status, fields.time)
        for binding in (*basic, *fields.own, fields.lead, fields.responsible):
            self.add_field(binding)
        self.add_row(fields.place.name, fields.place_row())
        self._more_button = button(
            "更多：对象、人数、联系人、网址、备注", self._toggle_more, kind="flat", small=True
        )
        self.add_widget(_beside_names(self._more_button))
        self._more = [self.add_field(binding) for binding in fields.further]
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

    def _show(self, event: Event) -> None:
        self.fields.show(event)
        self._show_rows_of(event)
        self._show_more(shown=any(getattr(event, binding.fields[0]) for binding in self.fields.further))

    def _show_rows_of(self, event: Event) -> None:
        self._tile.show_campaign(event.campaign)
        for binding in self.fields.own:
            binding.offer(event)
            if binding.row is not None:
                binding.row.setVisible(binding.belongs(event))

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
        fields = self.fields
        fields.changed.connect(self._on_changed)
        fields.campaign.committed.connect(self._on_campaign)
        fields.title.control.textEdited.connect(self._on_title)
        fields.short.control.textEdited.connect(self._on_short)
        for binding in (fields.title, *self._named()):
            binding.committed.connect(partial(self._say_wrong, binding))
        fields.schools.committed.connect(self._tick_stages)
        fields.host.committed.connect(self._on_host)

    def _on_changed(self) -> None:
        self._soon.start()
        self._keep_soon.start()
        if self._leaving:
            self._leaving = False
            self.back_button.setText("返回")
            self.refuse("")

    def _on_campaign(self) -> None:
        event = self._before._replace(campaign=self.fields.campaign.value())
        self._show_rows_of(event)
        if self._is_new:
            self.fields.time.time.use_hours_of(event)
        self.fit()

    def _on_title(self, title: str) -> None:
        if not self._short_is_own:
            self.fields.short.control.setText(suggested_short(title))

    def _on_short(self, short: str) -> None:
        self._short_is_own = bool(short)

    def _named(self) -> tuple[Binding, ...]:
        """The fields that hold names of units or schools."""
        fields = self.fields
        return (fields.lead, fields.responsible, fields.towns, fields.schools)

    def _say_wrong(self, binding: Binding) -> None:
        binding.say_wrong(self._before)

    def _tick_stages(self) -> None:
        """Where no 学段 is chosen yet: those that the schools teach, the visit serves them all."""
        event = self.entered()
        if not event.stages:
            taught = {
                s
                for school in self._session.snapshot.schools
                if school.key in event.schools
                for s in school.stages
            }
            self.fields.stages.show(event._replace(stages=tuple(s for s in SchoolStage if s in taught)))

    def _on_host(self) -> None:
        """A zone takes the time of the meeting that was chosen for it, and its place where it has none."""
        event, fields = self.entered(), self.fields
        host = self._session.snapshot.event_by_key.get(event.host_event or "")
        if host is None or host.starts_at is None:
            return
        if event.day != host.day:
            fields.time.show(host)
        if not event.place and event.venue is None:
            fields.place.show(host)
            fields.venue.show(host)

    def _look_again(self) -> None:
        """Say what the rules, the calendar and the other events make of what is entered."""
        event = self.entered()
        words, state = self._day_words(event)
        self.fields.time.say(words, state)
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
        if event.day is None:
            return ROUGHLY_KNOWN, "caption"
        return day_words(self._session, event)

    def _say_what_is_advised(self, event: Event) -> None:
        """What the rule asks of this kind of event and is still missing; never an obstacle."""
        advised = {
            self.fields.stages: not event.stages and "未选学段，不计入学段的检查",
            self.fields.park: not event.park and "未选园区",
            self.fields.host: self._host_advice(event),
            self.fields.platforms: len(event.platforms) < 2 and "多平台共同直播：宜选两个以上（第1条）",
        }
        for binding, words in advised.items():
            binding.say(words or "", "warning")
        if self.fields.towns.refusal(event) is None:
            missing = event.campaign is Campaign.COMMUNITY and not event.towns
            self.fields.towns.say(self._unvisited_words() if missing else "", "warning")

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
        event = self.fields.applied_to(self._before)
        return event if event.short else event._replace(short=suggested_short(event.title))

    @property
    def is_changed(self) -> bool:
        """Whether anything was entered that is not stored, and could be."""
        return not self._session.read_only and self.fields.applied_to(self._before) != self._shown

    def accept_form(self) -> None:
        """The event is stored as entered; refused in words where something is missing."""
        event = self.entered()
        self._require_sound(event)
        command = commands.add_event if self._is_new else commands.change_event
        self._session.attempt_and_tell(command, event)

    def _require_sound(self, event: Event) -> None:
        self.fields.require(event)
        if event.status in (EventStatus.CONFIRMED, EventStatus.HELD) and event.starts_at is None:
            raise CommandError(f"没有日期，不能为“{event.status.label}”。", "", "请先定日期，或改为“已排”。")
        if event.status is EventStatus.HELD and event.is_ahead(self._session.today):
            raise CommandError("日期还没有到，不能登记为“已举办”。", "", "请在举办之后登记。")

    def done(self, result: int) -> None:
        """The form is left, and its draft with it."""
        self._keep_soon.stop()
        self.drafts.discard()
        super().done(result)

    def _keep_draft(self) -> None:
        if self.is_changed:
            self.drafts.keep(Draft(self._session.year, self._is_new, self.entered(), datetime.now()))

    # the two ways out that need a reason

    def _on_postpone(self) -> None:
        self._leave_with(EventStatus.POSTPONED)

    def _on_cancel_event(self) -> None:
        self._leave_with(EventStatus.CANCELLED)

    def _leave_with(self, status: EventStatus) -> None:
        """Ask for the reason; afterwards the form is closed, its other changes thrown away."""
        dialog = StatusReasonDialog(self._session, self._before, status, self)
        if dialog.exec():
            self._leaving = True
            self.reject()


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
