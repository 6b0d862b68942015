"""地点：按工作线选学校、场地，或直接写；学段、街镇、园区、宿主会议。"""

from __future__ import annotations

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QComboBox, QCompleter

from gui.event.inspector.bound import Bound, ChoiceField, UnitsField
from gui.kit.choices import CheckGroup, UnitEdit, in_old_order
from models.domain.events import Campaign, Event, SchoolStage
from models.domain.school_stages import BASIC_STAGES, stages_of_year, with_stages
from models.domain.snapshot import ItemKind, YearSnapshot
from models.domain.units import UnitKind
from planners import wording
from planners.event_advice import schools_of, unvisited

CAMPUS = frozenset({Campaign.CAMPUS})
FREE = " · 未走进"


class PlaceField(Bound):
    """Where it is held: a school (走进校区) or a venue of the lists by its name, else words of one's own."""

    def __init__(self) -> None:
        self.box = QComboBox()
        self.box.setEditable(True)
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(4)
        super().__init__("地点", self.box, ("place", "venue", "schools"))
        self._keys: dict[str, str] = {}
        self._words = ""
        line = self.box.lineEdit()
        line.textEdited.connect(self.entered)
        line.editingFinished.connect(self.committed)
        self.box.activated.connect(self._on_chosen)

    def _on_chosen(self) -> None:
        self.box.setEditText(self.box.currentText().removesuffix(FREE))
        self.entered.emit()
        self.committed.emit()

    def show(self, event: Event, snapshot: YearSnapshot) -> None:
        """The names that fit the event, those not visited first, and the place it has."""
        names = self._offered(event, snapshot)
        self.box.clear()
        self.box.addItems(names)
        plain = [name.removesuffix(FREE) for name in names]
        completer = QCompleter(QStringListModel(plain, self.box), self.box)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.box.setCompleter(completer)
        self._words = self._now(event, snapshot)
        self.box.setEditText(self._words)
        self.box.lineEdit().setCursorPosition(0)
        hint = {Campaign.CAMPUS: "选择或输入学校", Campaign.PARK: "园区里的地点，可不填"}
        hints = hint | {Campaign.COMMUNITY: "街镇里的地点，可不填"}
        self.box.lineEdit().setPlaceholderText(hints.get(event.campaign, "选择场地或输入地点"))

    def _offered(self, event: Event, snapshot: YearSnapshot) -> list[str]:
        if event.campaign is Campaign.CAMPUS:
            free = set(unvisited(event, snapshot).keys)
            schools = sorted(schools_of(event, snapshot), key=lambda school: school.key not in free)
            self._keys = {school.name: school.key for school in snapshot.schools}
            return [school.name + (FREE if school.key in free else "") for school in schools]
        self._keys = {venue.name: venue.key for venue in snapshot.venues}
        return list(self._keys)

    def _now(self, event: Event, snapshot: YearSnapshot) -> str:
        """The place in words; "" for a mere 待定."""
        if "待定" in event.place:
            return ""
        if event.place:
            return event.place
        if event.campaign is Campaign.CAMPUS:
            schools = (snapshot.item(ItemKind.SCHOOL, key) or key for key in event.schools)
            return "、".join(str(getattr(school, "name", school)) for school in schools)
        item = snapshot.item(ItemKind.VENUE, event.venue) if event.venue else None
        return str(getattr(item, "name", event.venue or ""))

    def applied_to(self, event: Event) -> Event:
        """The school (several are separated by 、) or venue of that name, else the words."""
        words = self.box.currentText().strip().removesuffix(FREE)
        if words == self._words:
            return event
        if event.campaign is Campaign.CAMPUS:
            named = [name.strip() for name in words.replace("，", "、").split("、") if name.strip()]
            known = named and all(name in self._keys for name in named)
            schools = tuple(dict.fromkeys(self._keys[name] for name in named)) if known else ()
            return event._replace(schools=schools, place="" if known else words)
        key = self._keys.get(words)
        return event._replace(venue=key, place="" if key else words)


class StagesField(Bound):
    """The 学段 of a school visit."""

    def __init__(self) -> None:
        self._offered = BASIC_STAGES
        self.group = CheckGroup({stage.value: stage.label for stage in BASIC_STAGES}, columns=3)
        super().__init__("学段", self.group, ("stages",), CAMPUS)
        self.group.changed.connect(self.entered)
        self.group.changed.connect(self.committed)

    def show(self, event: Event, snapshot: YearSnapshot) -> None:
        """Its stages, among those that the year asks for."""
        offered = with_stages(stages_of_year(snapshot.year_row), event.stages)
        if offered != self._offered:
            self._offered = offered
            self.group.offer({stage.value: stage.label for stage in offered})
        self.group.set_values(stage.value for stage in event.stages)

    def applied_to(self, event: Event) -> Event:
        """The stages ticked."""
        ticked = in_old_order(self.group, tuple(stage.value for stage in event.stages))
        return event._replace(stages=tuple(SchoolStage(value) for value in ticked))


class ParkField(ChoiceField):
    """The park, those not visited this quarter marked."""

    def __init__(self) -> None:
        super().__init__("园区", "park", "（未选）", frozenset({Campaign.PARK}))

    def entries(self, event: Event, snapshot: YearSnapshot) -> list[tuple[str, str]]:
        """All parks."""
        free = set(unvisited(event, snapshot).keys)
        parks = [unit for unit in snapshot.units if unit.kind is UnitKind.PARK]
        return [(unit.name + (FREE if unit.key in free else ""), unit.key) for unit in parks]


class HostField(ChoiceField):
    """The meeting that carries a 科创问政 zone."""

    def __init__(self) -> None:
        super().__init__("宿主会议", "host_event", "（未填）", frozenset({Campaign.TECH_FORUM}))
        self._meetings: dict[str, Event] = {}

    def applied_to(self, event: Event) -> Event:
        """The meeting chosen; another meeting on another day takes the zone to its day and time."""
        after = super().applied_to(event)
        host = self._meetings.get(after.host_event or "")
        if after.host_event == event.host_event or host is None or host.day in (None, event.day):
            return after
        return after._replace(starts_at=host.starts_at, ends_at=host.ends_at, precision=host.precision)

    def entries(self, event: Event, snapshot: YearSnapshot) -> list[tuple[str, str]]:
        """All meetings."""
        meetings = [e for e in snapshot.events if e.campaign is Campaign.HOST_MEETING]
        self._meetings = {meeting.key: meeting for meeting in meetings}
        return [(f"{meeting.title}（{wording.time_label(meeting)}）", meeting.key) for meeting in meetings]


class TownsField(UnitsField):
    """The 街镇."""

    def __init__(self, snapshot: YearSnapshot) -> None:
        edit = UnitEdit(snapshot.units, (UnitKind.TOWN,), "如 高境镇")
        super().__init__("街镇", "towns", edit, frozenset({Campaign.COMMUNITY, Campaign.OPEN_MONTH}))
