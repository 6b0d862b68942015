"""目标：偏好的代价、与旧方案相比的改动，各按要求计入；单个活动的部分在此，计数的部分在整题模型。"""

from __future__ import annotations

from typing import NamedTuple

from planners.autoplan.compiled import Assignment
from planners.autoplan.exact.domains import EventDomain
from planners.autoplan.grid import slots_of
from planners.autoplan.problem import KeepWeights


class Objective(NamedTuple):
    """What a model minimises: the preferences if ``soft``, ``move`` for each moved event of the baseline,
    ``keep`` for each point of keeping. ``hard``: what a required event left out and each event short of a
    minimum cost (None: not allowed). ``scatter``: a cost without meaning that spreads the events.
    """

    per_day: int
    weights: KeepWeights
    soft: bool = False
    move: int = 0
    keep: int = 0
    hard: int | None = None
    scatter: bool = False

    def cell_cost(self, domain: EventDomain, bits: int) -> float:
        """The least that the event costs in these slots, its counts, host and place apart."""
        if self.scatter:
            return 10 + (domain.event.number * 7919 + bits.bit_length() * 104729) % 101 / 100
        return min(self._slot_cost(domain, slot) for slot in slots_of(bits))

    def _slot_cost(self, domain: EventDomain, slot: int) -> int:
        cost = domain.event.slot_costs[slot] if self.soft else 0
        kept = domain.event.kept
        if kept is None:
            return cost
        if slot // self.per_day != kept.slot // self.per_day:
            cost += self.keep * self.weights.day
        elif slot != kept.slot:
            cost += self.keep * self.weights.half
        return cost + self.move

    def absence(self, domain: EventDomain) -> int | None:
        """What leaving the event out costs; None where it must not be."""
        if domain.event.required:
            if self.hard is None:
                return None
            cost = self.hard
        else:
            cost = domain.event.value if self.soft else 0
        return cost + (self.move + self.keep * self.weights.drop if domain.event.kept is not None else 0)

    def option_costs(
        self, kept: Assignment, domain: EventDomain
    ) -> tuple[dict[int, float], dict[int, float]]:
        """What hosts and places other than those of the old plan cost."""
        hosts = {host: float(self.keep * self.weights.host) for host in domain.hosts if host != kept.host}
        places = {p: float(self.keep * self.weights.place) for p in domain.places if p != kept.place}
        return hosts, places
