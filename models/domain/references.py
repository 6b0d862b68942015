"""谁引用谁：一年之内各列表之间的引用，一处写明。"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from models.domain.snapshot import Item, ItemKind


class Reference(NamedTuple):
    """``field`` of a list's items holds one key (or, ``many``, several) of ``target``."""

    field: str
    target: ItemKind
    many: bool


REFERENCES: Mapping[ItemKind, tuple[Reference, ...]] = {
    ItemKind.VENUE: (Reference("unit", ItemKind.UNIT, many=False),),
    ItemKind.BLOCKED: (
        Reference("units", ItemKind.UNIT, many=True),
        Reference("venues", ItemKind.VENUE, many=True),
    ),
    ItemKind.EVENT: (
        Reference("lead_units", ItemKind.UNIT, many=True),
        Reference("responsible_units", ItemKind.UNIT, many=True),
        Reference("towns", ItemKind.UNIT, many=True),
        Reference("park", ItemKind.UNIT, many=False),
        Reference("schools", ItemKind.SCHOOL, many=True),
        Reference("venue", ItemKind.VENUE, many=False),
        Reference("host_event", ItemKind.EVENT, many=False),
        Reference("policy", ItemKind.POLICY, many=False),
    ),
    ItemKind.DECISION: (
        Reference("unit", ItemKind.UNIT, many=False),
        Reference("meeting", ItemKind.MEETING, many=False),
    ),
    ItemKind.INVITATION: (
        Reference("decision", ItemKind.DECISION, many=False),
        Reference("delegate", ItemKind.DELEGATE, many=False),
    ),
    ItemKind.OPINION: (
        Reference("decision", ItemKind.DECISION, many=False),
        Reference("delegate", ItemKind.DELEGATE, many=False),
        Reference("unit", ItemKind.UNIT, many=False),
    ),
    ItemKind.POLICY: (Reference("unit", ItemKind.UNIT, many=False),),
    ItemKind.ZONE: (Reference("event", ItemKind.EVENT, many=False),),
    ItemKind.EVIDENCE: (Reference("event", ItemKind.EVENT, many=False),),
}


def references_of(kind: ItemKind, item: Item) -> Iterator[tuple[Reference, str]]:
    """Every key that ``item`` refers to, with the reference it fills."""
    for reference in REFERENCES.get(kind, ()):
        value = getattr(item, reference.field)
        if reference.many:
            yield from ((reference, key) for key in value)
        elif value is not None:
            yield reference, value
