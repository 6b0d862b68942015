"""选哪些活动，单位、地点、对象、状态怎么写：各种活动表共用。"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from exports.pdf.table import Listing
from exports.print_options import PrintOptions
from models.domain.events import Event, EventStatus
from models.domain.snapshot import YearSnapshot

_STATUS_NOTES: Mapping[EventStatus, str] = {
    EventStatus.DRAFT: "草拟",
    EventStatus.PLANNED: "待确认",
    EventStatus.HELD: "已举办",
    EventStatus.POSTPONED: "已延期",
}
_SURE = (EventStatus.CONFIRMED, EventStatus.HELD)


class ChosenEvents:
    """The events a print is about, and the words for what they have in common."""

    def __init__(self, snapshot: YearSnapshot, options: PrintOptions) -> None:
        self.snapshot = snapshot
        self.options = options
        self._units = frozenset(options.units)

    def takes(self, event: Event) -> bool:
        """Whether the choice of campaigns, units and statuses takes the event in; never a cancelled one."""
        options = self.options
        if event.status is EventStatus.CANCELLED:
            return False
        if options.confirmed_only and event.status not in _SURE:
            return False
        if options.campaigns and event.campaign not in options.campaigns:
            return False
        return not self._units or not self._units.isdisjoint(
            (*event.lead_units, *event.responsible_units, *event.towns, event.park or "")
        )

    def takes_unit(self, unit: str | None) -> bool:
        """Whether the choice of units takes in what ``unit`` is responsible for."""
        return not self._units or unit in self._units

    def names(self, keys: Iterable[str]) -> Listing:
        """The units' names."""
        return Listing(tuple(self.snapshot.unit_name(key) for key in keys))

    def place(self, event: Event) -> str:
        """Where the event takes place; the platforms of one that is only online."""
        return (
            self.snapshot.place_of(event)
            or "、".join(event.platforms)
            or ("线上" if event.online_only else "待定")
        )

    def audience(self, event: Event) -> str:
        """For whom, and about how many."""
        expected = "" if event.expected is None else f"约{event.expected}人"
        return "\n".join(part for part in (event.audience, expected) if part)

    def status(self, event: Event) -> str:
        """What has to be said about the status, with its reason: 已延期：台风."""
        if event.status is EventStatus.PLANNED and not self.options.mark_unconfirmed:
            return ""
        status = _STATUS_NOTES.get(event.status, "")
        return f"{status}：{event.status_reason}" if status and event.status_reason else status

    def notes(self, event: Event, *others: str) -> str:
        """The column 备注: status, ``others`` and note; a note that only repeats the reason is not said again."""
        said = self.status(event)
        note = "" if said and _bare(event.note) == _bare(event.status_reason) else event.note
        return "；".join(part for part in (said, *others, note) if part)


def _bare(text: str) -> str:
    return text.strip().rstrip("。；，")
