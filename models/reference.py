"""参考数据：街镇、委办局、园区、场所与别名，出处见 ``data/baoshan.json``。"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from models.domain.snapshot import YearSnapshot
from models.domain.units import Unit, UnitKind, Venue
from models.domain.year import Year
from models.holidays import holidays_for, neighbour_holidays

FILE = Path(__file__).parent / "data" / "baoshan.json"


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return data


@lru_cache(maxsize=1)
def reference_units() -> tuple[Unit, ...]:
    """Departments (those of the founding document first), then 街镇, then parks, with their aliases."""
    aliases: dict[str, list[str]] = {}
    for alias, name in _data()["aliases"]["items"].items():
        aliases.setdefault(name, []).append(alias)
    former = {alias for names in aliases.values() for alias in names}
    named = [*_data()["departments"]["in_founding_document"], *_data()["departments"]["items"]]
    departments = [name for name in dict.fromkeys(named) if name not in former]
    towns = [town["name"] for town in _data()["towns"]["items"]]
    parks = dict.fromkeys(_short(park["name"]) for park in _data()["industrial_parks"])
    return (
        *(_unit(name, UnitKind.DEPARTMENT, aliases) for name in departments),
        *(_unit(name, UnitKind.TOWN, aliases) for name in towns),
        *(_unit(name, UnitKind.PARK, aliases) for name in parks),
    )


def _unit(name: str, kind: UnitKind, aliases: dict[str, list[str]]) -> Unit:
    return Unit(name, name, kind, tuple(aliases.get(name, ())))


def _short(name: str) -> str:
    """A name without the remark in brackets behind it."""
    return name.split("（", 1)[0] if name.endswith("）") else name


@lru_cache(maxsize=1)
def reference_venues() -> tuple[Venue, ...]:
    """Places in which events are held; the live room belongs to 区政务服务中心."""
    venues = []
    for number, entry in enumerate(_data()["venues"], 1):
        name, _, rest = entry["name"].partition("（")
        owner = "区政务服务中心" if "直播间" in name else None
        venues.append(Venue(f"v{number}", name, rest.rstrip("）"), owner))
    return tuple(venues)


@lru_cache(maxsize=1)
def live_platforms() -> tuple[str, ...]:
    """The live platforms of §1."""
    return tuple(_data()["live_platforms"]["items"])


def blank_year(year: int, ruleset: int = 2024, district: str = "宝山区") -> YearSnapshot:
    """A year with the reference units and venues and what is known of its holidays; no events."""
    return YearSnapshot(
        Year(year, district, ruleset, holidays_for(year)),
        units=reference_units(),
        venues=reference_venues(),
        neighbours=neighbour_holidays(year),
    )
