"""活动详情的各栏，按先看决定规则的次序排。"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QTimer

from gui.event.fields import HOST_KINDS, THEME_CLASSES
from gui.event.inspector.bound import EVERY, Bound, ChoiceField, LineField, UnitsField
from gui.event.inspector.place_fields import HostField, ParkField, PlaceField, StagesField, TownsField
from gui.event.inspector.unit_chips import UnitChips
from gui.kit.choices import UnitEdit
from gui.kit.time_field import TimeField
from models.domain.errors import CommandError
from models.domain.events import Campaign, Event
from models.domain.snapshot import YearSnapshot


class WhenField(Bound):
    """Day and hours."""

    def __init__(self, year: int, today: date) -> None:
        self.time = TimeField(year, narrow=True)
        fields = ("starts_at", "ends_at", "precision", "tentative", "raw_time")
        super().__init__("日期", self.time, fields)
        self._fallback = min(max(today, date(year, 1, 1)), date(year, 12, 31))
        self.time.changed.connect(self.entered)
        for edit in (self.time.day, self.time.starts, self.time.ends, self.time.raw_time):
            edit.editingFinished.connect(self.committed)
        for box in (self.time.precision, self.time.half, self.time.month, self.time.third, self.time.quarter):
            box.activated.connect(self.committed)
        self.time.tentative.clicked.connect(self.committed)
        calendar = self.time.day.calendarWidget()
        calendar.clicked.connect(self._on_day_picked)
        calendar.activated.connect(self._on_day_picked)

    def _on_day_picked(self) -> None:
        """Once the calendar is closed: it gives its day only then."""
        QTimer.singleShot(0, self, self.committed.emit)

    def show(self, event: Event, snapshot: YearSnapshot) -> None:
        """When it is, as far as known."""
        del snapshot
        self.time.show_when(event, self._fallback)

    def applied_to(self, event: Event) -> Event:
        """The time as entered; refused where it ends before it begins."""
        when = self.time.value()
        if when.starts_at and when.ends_at and when.ends_at <= when.starts_at:
            raise CommandError("结束时间不晚于开始时间")
        return event._replace(**when._asdict())


class PartnersField(Bound):
    """The units that are responsible beside the leading ones."""

    def __init__(self, snapshot: YearSnapshot) -> None:
        self.chips = UnitChips(snapshot.units)
        super().__init__("协办单位", self.chips, ("responsible_units",))
        self.chips.changed.connect(self.entered)
        self.chips.changed.connect(self.committed)

    def show(self, event: Event, snapshot: YearSnapshot) -> None:
        """Their names."""
        self.chips.set_keys(event.responsible_units)

    def applied_to(self, event: Event) -> Event:
        """Their keys; refused where a name is not known."""
        if unknown := self.chips.unknown():
            raise CommandError(f"没有名为“{unknown[0]}”的单位，请从提示中选择")
        return event._replace(responsible_units=self.chips.keys())


class ClassField(ChoiceField):
    """The class of a lecture, or the kind of a meeting."""

    def __init__(self) -> None:
        campaigns = frozenset({Campaign.LECTURE, Campaign.HOST_MEETING})
        super().__init__("分类", "theme_class", "（未分类）", campaigns)

    def entries(self, event: Event, snapshot: YearSnapshot) -> list[tuple[str, str]]:
        """The classes of the campaign."""
        names = HOST_KINDS if event.campaign is Campaign.HOST_MEETING else THEME_CLASSES
        return [(name, name) for name in names]


class EventFieldSet:
    """All bound fields of the inspector, by what they are and in their order."""

    def __init__(self, snapshot: YearSnapshot, today: date) -> None:
        self.title = LineField("活动名称", "title", "活动的全称", required=True)
        self.when = WhenField(snapshot.year, today)
        self.park = ParkField()
        self.place = PlaceField()
        self.stages = StagesField()
        self.towns = TownsField(snapshot)
        self.host_meeting = HostField()
        self.lead = UnitsField("主办单位", "lead_units", UnitEdit(snapshot.units), EVERY)
        self.partners = PartnersField(snapshot)
        self.theme_class = ClassField()
        self.theme = LineField("主题", "theme", "如 法律科普")

    def in_order(self) -> tuple[Bound, ...]:
        """What decides the rule first."""
        return (
            self.title,
            self.when,
            self.towns,
            self.park,
            self.host_meeting,
            self.place,
            self.stages,
            self.lead,
            self.partners,
            self.theme_class,
            self.theme,
        )
