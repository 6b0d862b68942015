"""活动占用哪个场所：登记的场地，或写明的同一地点；“待定”“各街镇”这样的话不占用谁。"""

from __future__ import annotations

import re
import unicodedata

from models.domain.events import Event
from models.domain.snapshot import YearSnapshot

_VAGUE = re.compile(r"待定|未定|待通知|另行|另定|线上|各|全区|分会场|多处")


class Places:
    """Tells which place an event takes. Asked often: each text is looked at once."""

    def __init__(self, snapshot: YearSnapshot) -> None:
        self._known: dict[str, str | None] = {}
        self._by_name: dict[str, str | None] = {_bare(venue.name): venue.key for venue in snapshot.venues}
        areas = [*(unit.name for unit in snapshot.units), *(school.name for school in snapshot.schools)]
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


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
