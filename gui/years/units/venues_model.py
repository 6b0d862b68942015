"""场地表：名称、地址、容纳人数、所属单位。"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum

from gui.years.units.items_model import ItemsModel, Kind
from models.domain.units import Unit, Venue

HEADS = ("场地", "地址", "容纳人数", "所属单位")
LONGEST_ADDRESS, MOST_PEOPLE = 120, 100_000
NOBODY = "—"
"""What stands for a venue that belongs to no unit of the year."""


class VenueColumn(IntEnum):
    """The columns."""

    NAME = 0
    ADDRESS = 1
    CAPACITY = 2
    UNIT = 3


class VenuesModel(ItemsModel[Venue]):
    """The venues of a year; ``units`` gives the units to which they may belong, as they are now."""

    kind = Kind("场地", "V")

    def __init__(self, units: Callable[[], Sequence[Unit]]) -> None:
        super().__init__(HEADS)
        self._units = units

    def unit_names(self) -> tuple[str, ...]:
        """The units to which a venue may belong, 无 first."""
        return (NOBODY, *(unit.name for unit in self._units()))

    def text(self, item: Venue, column: int, *, for_edit: bool) -> str:
        """Name, address, capacity and owner in words."""
        if column == VenueColumn.NAME:
            return item.name
        if column == VenueColumn.ADDRESS:
            return item.address
        if column == VenueColumn.UNIT:
            return next((unit.name for unit in self._units() if unit.key == item.unit), NOBODY)
        if item.capacity is None:
            return "" if for_edit else NOBODY
        return str(item.capacity) if for_edit else f"{item.capacity} 人"

    def changed(self, item: Venue, column: int, text: str) -> Venue | None:
        """``item`` with the text in its column; None where it means nothing there."""
        if column == VenueColumn.NAME:
            return item._replace(name=text)
        if column == VenueColumn.ADDRESS:
            return item._replace(address=text[:LONGEST_ADDRESS])
        if column == VenueColumn.UNIT:
            return self._owned(item, text)
        digits = text.removesuffix("人").strip()
        if digits in ("", "0", NOBODY):
            return item._replace(capacity=None)
        is_number = digits.isascii() and digits.isdigit() and len(digits) < 9
        return item._replace(capacity=min(int(digits), MOST_PEOPLE)) if is_number else None

    def _owned(self, item: Venue, text: str) -> Venue | None:
        if text in ("", NOBODY):
            return item._replace(unit=None)
        named = (unit.key for unit in self._units() if text in (unit.name, *unit.aliases))
        owner = next(named, None)
        return item._replace(unit=owner) if owner else None

    def made(self, key: str, name: str) -> Venue:
        """A new venue that belongs to nobody."""
        return Venue(key, name)
