"""往年：各街镇、园区、学校去过几次，各单位牵头过几场；按名称记，编号年年不同也认得。"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from models.domain.events import Campaign, Event
from models.domain.snapshot import ItemKind, YearSnapshot

YEARS_BACK = 2
"""How many years before count for fairness."""


class TimesNamed(NamedTuple):
    """How often, of a campaign, somewhere or somebody named ``name``."""

    campaign: Campaign
    name: str
    times: int


class History(NamedTuple):
    """What ``years`` held: ``visits`` to 街镇, parks and schools, ``leads`` of units."""

    years: tuple[int, ...] = ()
    visits: tuple[TimesNamed, ...] = ()
    leads: tuple[TimesNamed, ...] = ()

    def visited(self, campaign: Campaign) -> dict[str, int]:
        """Visits of a campaign by name."""
        return {known.name: known.times for known in self.visits if known.campaign is campaign}

    def led(self, campaign: Campaign) -> dict[str, int]:
        """Events of a campaign by the name of the unit that led them."""
        return {known.name: known.times for known in self.leads if known.campaign is campaign}


def history_of(years: Iterable[YearSnapshot]) -> History:
    """What the years (those before the one to be planned) held; cancelled and postponed events apart."""
    numbers, visits, leads = [], Counter[tuple[Campaign, str]](), Counter[tuple[Campaign, str]]()
    for snapshot in years:
        numbers.append(snapshot.year)
        for event in snapshot.events:
            if event.counts_in_forecast:
                visits.update((event.campaign, name) for name in _places(snapshot, event))
                leads.update((event.campaign, snapshot.unit_name(unit)) for unit in event.lead_units[:1])
    return History(tuple(sorted(numbers)), _listed(visits), _listed(leads))


def _places(snapshot: YearSnapshot, event: Event) -> Iterator[str]:
    for unit in (*event.towns, *((event.park,) if event.park else ())):
        yield snapshot.unit_name(unit)
    for key in event.schools:
        school = snapshot.item(ItemKind.SCHOOL, key)
        yield getattr(school, "name", key)


def _listed(counts: Counter[tuple[Campaign, str]]) -> tuple[TimesNamed, ...]:
    return tuple(TimesNamed(campaign, name, times) for (campaign, name), times in sorted(counts.items()))
