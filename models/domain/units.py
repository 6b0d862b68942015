"""单位、场地、学校。"""

from typing import NamedTuple

from models.domain.events import Labelled, SchoolStage


class UnitKind(Labelled):
    """What a unit is: the checks ask for departments and 街镇, the pages group by it."""

    DEPARTMENT = "department", "委办局"
    TOWN = "town", "街镇"
    PARK = "park", "园区"
    SCHOOL = "school", "学校"
    OTHER = "other", "其他"


class Unit(NamedTuple):
    """A unit of the year; ``week_cap`` bounds its events per ISO week (None: no bound)."""

    key: str
    name: str
    kind: UnitKind = UnitKind.DEPARTMENT
    aliases: tuple[str, ...] = ()
    week_cap: int | None = None


class Venue(NamedTuple):
    """A place that holds ``capacity`` people, owned by ``unit`` where known."""

    key: str
    name: str
    address: str = ""
    unit: str | None = None
    capacity: int | None = None


class School(NamedTuple):
    """A school and the stages it teaches."""

    key: str
    name: str
    stages: tuple[SchoolStage, ...] = ()
