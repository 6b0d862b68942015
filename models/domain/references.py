"""谁引用谁：一年之内各列表之间的引用，一处写明。"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from models.domain.snapshot import Item, ItemKind


class Reference(NamedTuple):
    """``field`` of a list's items holds one key (or, ``many``, several) of ``target``."""

    field: str
    target: ItemKind
    many: bool


REFERENCES: Mapping[ItemKind, tuple[Reference, ...]] = {
    ItemKind.VENUE: (Reference("unit", ItemKind.UNIT, False),),
    ItemKind.BLOCKED: (
        Reference("units", ItemKind.UNIT, True),
        Reference("venues", ItemKind.VENUE, True),
    ),
    ItemKind.EVENT: (
        Reference("lead_units", ItemKind.UNIT, True),
        Reference("responsible_units", ItemKind.UNIT, True),
        Reference("towns", ItemKind.UNIT, True),
        Reference("park", ItemKind.UNIT, False),
        Reference("schools", ItemKind.SCHOOL, True),
        Reference("venue", ItemKind.VENUE, False),
        Reference("host_event", ItemKind.EVENT, False),
        Reference("policy", ItemKind.POLICY, False),
    ),
    ItemKind.DECISION: (
        Reference("unit", ItemKind.UNIT, False),
        Reference("meeting", ItemKind.MEETING, False),
    ),
    ItemKind.INVITATION: (
        Reference("decision", ItemKind.DECISION, False),
        Reference("delegate", ItemKind.DELEGATE, False),
    ),
    ItemKind.OPINION: (
        Reference("decision", ItemKind.DECISION, False),
        Reference("delegate", ItemKind.DELEGATE, False),
    ),
}


def references_of(kind: ItemKind, item: Item) -> Iterator[tuple[Reference, str]]:
    """Every key that ``item`` refers to, with the reference it fills."""
    for reference in REFERENCES.get(kind, ()):
        value = getattr(item, reference.field)
        if reference.many:
            yield from ((reference, key) for key in value)
        elif value is not None:
            yield reference, value
