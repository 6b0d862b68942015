"""活动详情的各栏，按先看决定规则的次序排；地点按工作线选学校、场地，或直接写。"""

from __future__ import annotations

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter

from gui.event.fields import (
    WhenBinding,
    offered_classes,
    offered_hosts,
    only,
    stages_binding,
    towns_binding,
)
from gui.event.inspector.unit_chips import UnitChips
from gui.kit.bindings import Binding, Bindings, needed
from gui.kit.choices import Choice, UnitEdit
from gui.kit.controls import combo_edit, line_edit
from gui.session.year_session import YearSession
from models.domain.events import Campaign, Event
from models.domain.snapshot import ItemKind, YearSnapshot
from models.domain.units import UnitKind
from planners.event_advice import schools_of, unvisited

FREE = " · 未走进"


class PlaceBinding(Binding):
    """Where it is held: a school (走进校区) or a venue of the lists by its name, else words of one's own."""

    def __init__(self, session: YearSession) -> None:
        self.box = combo_edit(())
        self.box.setMinimumContentsLength(4)
        super().__init__("地点", self.box, "place", "venue", "schools")
        self._session = session
        self._keys: dict[str, str] = {}
        self._words = ""
        self.box.lineEdit().editingFinished.connect(self.committed)
        self.box.activated.connect(self._drop_mark)

    def _drop_mark(self) -> None:
        self.box.setEditText(self.box.currentText().removesuffix(FREE))

    def show(self, item: Event) -> None:
        """The names that fit the event, those not visited first, and the place it has."""
        event, snapshot = item, self._session.snapshot
        names = self._names(event, snapshot)
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

    def _names(self, event: Event, snapshot: YearSnapshot) -> list[str]:
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

    def applied_to(self, item: Event) -> Event:
        """The school (several are separated by 、) or venue of that name, else the words."""
        event = item
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


class HostBinding(Binding):
    """The meeting that carries a 科创问政 zone; another one takes the zone to its day and time."""

    def __init__(self, session: YearSession) -> None:
        super().__init__(
            "宿主会议",
            Choice([]),
            "host_event",
            offers=lambda _: offered_hosts(session.snapshot),
            belongs=only(Campaign.TECH_FORUM),
        )
        self._session = session

    def applied_to(self, item: Event) -> Event:
        """The meeting chosen, and the time where it is on another day."""
        after = super().applied_to(item)
        host = self._session.snapshot.event_by_key.get(after.host_event or "")
        if after.host_event == item.host_event or host is None or host.day in (None, item.day):
            return after
        return after._replace(starts_at=host.starts_at, ends_at=host.ends_at, precision=host.precision)


class LeadBinding(Binding):
    """The leading units: who leads is not responsible beside them."""

    def applied_to(self, item: Event) -> Event:
        """The event led by those known."""
        keys = self.value()
        others = tuple(key for key in item.responsible_units if key not in keys)
        return item._replace(lead_units=keys, responsible_units=others)


class InspectorFields(Bindings):
    """All fields of the inspector in their order: what decides the rule first."""

    def __init__(self, session: YearSession) -> None:
        super().__init__()
        add, snapshot = self.add, session.snapshot

        def parks(event: Event) -> list[tuple[str, str | None]]:
            """Those not visited this quarter are marked."""
            free = set(unvisited(event, session.snapshot).keys)
            known = [unit for unit in session.snapshot.units if unit.kind is UnitKind.PARK]
            return [("（未选）", None), *((u.name + (FREE if u.key in free else ""), u.key) for u in known)]

        lacking = needed("请填写活动名称", "还没有填写活动名称。")
        self.title = add(Binding("活动名称", line_edit("活动的全称"), "title", checks=(lacking,)))
        self.when = add(WhenBinding("日期", snapshot.year, session.today, narrow=True))
        self.towns = add(towns_binding(snapshot))
        self.park = add(Binding("园区", Choice([]), "park", offers=parks, belongs=only(Campaign.PARK)))
        self.host_meeting = add(HostBinding(session))
        self.place = add(PlaceBinding(session))
        self.stages = add(stages_binding(snapshot, columns=3))
        self.lead = add(LeadBinding("牵头单位", UnitEdit(snapshot.units), "lead_units"))
        self.partners = add(Binding("责任单位", UnitChips(snapshot.units), "responsible_units"))
        self.theme_class = add(
            Binding(
                "分类",
                Choice([]),
                "theme_class",
                offers=offered_classes,
                belongs=only(Campaign.LECTURE, Campaign.HOST_MEETING),
            )
        )
        self.theme = add(Binding("主题", line_edit("如 法律科普"), "theme"))
