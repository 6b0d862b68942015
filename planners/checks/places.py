"""活动占用哪个场所：登记的场地，或写明的同一地点；“待定”“各街镇”这样的话不占用谁。"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from models.domain.events import Event
from models.domain.snapshot import YearSnapshot
from models.domain.units import School, Unit, Venue

_VAGUE = re.compile(r"待定|未定|待通知|另行|另定|线上|各|全区|分会场|多处")


class Places:
    """Tells which place an event takes. Asked often: each text is looked at once."""

    def __init__(self, venues: Iterable[Venue], units: Iterable[Unit], schools: Iterable[School]) -> None:
        self._known: dict[str, str | None] = {}
        self._by_name: dict[str, str | None] = {_bare(venue.name): venue.key for venue in venues}
        areas = [*(unit.name for unit in units), *(school.name for school in schools)]
        for name in areas:  # a town or a park has room for two events at a time
            self._by_name.setdefault(_bare(name), None)

    def taken_by(self, event: Event) -> str | None:
        """The key of the venue, else the place as it is written; None where no one place is named."""
        if event.venue is not None or not event.place:
            return event.venue
        if event.place not in self._known:
            self._known[event.place] = self._look_up(event.place)
        return self._known[event.place]

    def _look_up(self, place: str) -> str | None:
        bare = _bare(place)
        if not bare or _VAGUE.search(bare):
            return None
        return self._by_name.setdefault(bare, place)


_latest: list[tuple[YearSnapshot, Places]] = []
"""The newest year that was asked about, kept by identity: the same one is asked about thousands of times."""


def places_of(snapshot: YearSnapshot) -> Places:
    """The places of the year, put together once; whatever year another thread asks about meanwhile."""
    kept = _latest[0] if _latest else None
    if kept is None or kept[0] is not snapshot:
        kept = snapshot, Places(snapshot.venues, snapshot.units, snapshot.schools)
        _latest[:] = [kept]
    return kept[1]


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
