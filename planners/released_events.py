"""已印发的活动：哪些改动会与印发稿不同，哪些活动已经不同。"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from models.domain.changes import RowChange
from models.domain.events import Event, EventStatus
from models.domain.snapshot import ItemKind

DIFFERS = "与印发稿不同"
LOCKED = (
    "title", "starts_at", "ends_at", "precision", "venue", "place", "online_only", "park", "towns", "schools",
    "lead_units", "responsible_units",
)  # fmt: skip
"""What people were told of an event. Its status is looked at too, see ``differs``."""
_COURSE = (EventStatus.PLANNED, EventStatus.CONFIRMED, EventStatus.HELD)
"""A plan that goes its way: confirming an event or recording its result is no departure from what was released."""


def differs(released: Event, now: Event | None) -> bool:
    """Whether an event is another than people were told: deleted, moved, elsewhere, renamed, of other units, off."""
    if now is None:
        return True
    if any(getattr(released, name) != getattr(now, name) for name in LOCKED):
        return True
    return _standing(released) != _standing(now)


def _standing(event: Event) -> EventStatus:
    return EventStatus.PLANNED if event.status in _COURSE else event.status


def is_locked(released: Event | None) -> bool:
    """Whether an event of a release was told to people: drafts in it were not."""
    return released is not None and released.status is not EventStatus.DRAFT


def differing_events(released: Mapping[str, Event], now: Mapping[str, Event]) -> frozenset[str]:
    """The keys of the released events that are another by now, or gone."""
    return frozenset(
        key for key, event in released.items() if is_locked(event) and differs(event, now.get(key))
    )


def departures(released: Mapping[str, Event], changes: Iterable[RowChange]) -> tuple[str, ...]:
    """The keys of the released events that ``changes`` would make another than released.

    A change that leaves the released facts alone, or goes back to them, is none.
    """
    found = []
    for change in changes:
        if change.kind is not ItemKind.EVENT:
            continue
        before, after, was = change.before, change.after, released.get(change.key)
        if was is None or not is_locked(was):
            continue
        now = after if isinstance(after, Event) else None
        if differs(was, now) and (not isinstance(before, Event) or differs(before, now)):
            found.append(change.key)
    return tuple(found)
