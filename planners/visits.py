"""走进园区与社区的细处：公开清单、街镇几年未去（第2条）。"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from models.domain.events import Campaign, Event, EventStatus
from models.domain.papers import EvidenceKind
from models.domain.snapshot import YearSnapshot
from models.domain.units import UnitKind

VISITS_WITH_LIST = frozenset({Campaign.PARK, Campaign.COMMUNITY})
"""Held visits to which a 公开清单 belongs."""
YEARS_LOOKED_AT = 2
"""How many years a 街镇 may be left out before it is named: this one and the last."""


def disclosed_events(snapshot: YearSnapshot) -> frozenset[str]:
    """The events to which a 公开清单 is attached."""
    return frozenset(item.event for item in snapshot.evidence if item.kind is EvidenceKind.DISCLOSURE)


def lacks_list(event: Event, disclosed: frozenset[str]) -> bool:
    """Whether a visit was held and no 公开清单 is attached to it; only a hint."""
    held = event.status is EventStatus.HELD and event.campaign in VISITS_WITH_LIST
    return held and event.key not in disclosed


# 街镇


class TownVisits(NamedTuple):
    """How often a 街镇 was visited in each of the years looked at, and when last (None: never in them)."""

    key: str
    name: str
    counts: tuple[tuple[int, int], ...]
    last_year: int | None

    @property
    def left_out(self) -> bool:
        """Whether none of the years has a visit there."""
        return not any(count for _, count in self.counts)


def town_visits(snapshot: YearSnapshot, earlier: Sequence[YearSnapshot] = ()) -> tuple[TownVisits, ...]:
    """The 街镇 of the year with their 走进社区 visits in it and in ``earlier`` years, oldest year first.

    Visits of earlier years count where they were held, those of this year where they are planned. A 街镇
    is the same over the years by its key, else by its name.
    """
    years = (*sorted(earlier, key=lambda one: one.year), snapshot)
    by_year = {one.year: _counts(one, held_only=one is not snapshot) for one in years}
    found = []
    for unit in snapshot.units:
        if unit.kind is not UnitKind.TOWN:
            continue
        counts = tuple((year, by_year[year].get(unit.name, 0)) for year in by_year)
        visited = [year for year, count in counts if count]
        found.append(TownVisits(unit.key, unit.name, counts, max(visited, default=None)))
    return tuple(found)


def _counts(snapshot: YearSnapshot, *, held_only: bool) -> Mapping[str, int]:
    counts: dict[str, int] = {}
    for event in snapshot.events:
        counted = event.status is EventStatus.HELD if held_only else event.counts_in_forecast
        if event.campaign is Campaign.COMMUNITY and counted:
            for town in event.towns:
                name = snapshot.unit_name(town)
                counts[name] = counts.get(name, 0) + 1
    return counts


def left_out_towns(visits: Iterable[TownVisits]) -> tuple[TownVisits, ...]:
    """The 街镇 that no year looked at has visited."""
    return tuple(town for town in visits if town.left_out)


def coverage_words(visits: Sequence[TownVisits]) -> str:
    """两年未去过的街镇, or that there is none; "" while only this year is known."""
    years = [year for year, _ in visits[0].counts] if visits else []
    if len(years) < 2:
        return ""
    span = _SPANS.get(len(years), f"{len(years)}年")
    missing = left_out_towns(visits)
    if not missing:
        return f"{years[0]}–{years[-1]} 年各街镇都去过。"
    names = "、".join(town.name for town in missing)
    return f"{span}未去过的街镇 {len(missing)} 个：{names}（{years[0]}–{years[-1]} 年，往年按已举办、本年按已排）。"


_SPANS = {2: "两年", 3: "三年", 4: "四年", 5: "五年"}
