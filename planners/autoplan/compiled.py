"""问题编成号码与位图，供构造、退火与求界共用；只读，一次编成。"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from planners.autoplan.counter_table import Counter, CounterTable
from planners.autoplan.event_table import CompiledEvent, Spot, compile_events, spot_of
from planners.autoplan.grid import Grid
from planners.autoplan.numbering import NONE, OPEN, Numbering
from planners.autoplan.problem import Placement, Problem, SpreadTerm
from planners.autoplan.room_table import GapRoom, PlaceRoom, QuotaRoom, Room, RoomTable, SharedRoom, UnitRoom

KEEP = 10

__all__ = [
    "NONE",
    "OPEN",
    "Compiled",
    "CompiledEvent",
    "Counter",
    "GapRoom",
    "PlaceRoom",
    "Precedence",
    "QuotaRoom",
    "Room",
    "SharedRoom",
    "Spot",
    "UnitRoom",
    "compile_problem",
]


class Precedence(NamedTuple):
    """What weighs more than all soft terms in the search: a missing required event, a moved one.

    ``keep`` is how much a point of keeping weighs against one of the soft terms.
    """

    hard: int
    move: int
    keep: int


def precedence_of(problem: Problem) -> Precedence:
    """Hard before moves before keeping before quality, however large the problem's own weights are."""
    own = max((*problem.weights, *(term.weight for term in problem.soft), 1))
    values = (
        max((event.value for event in problem.events), default=1) * max(1, problem.weights.unplaced) // 100
    )
    move = max(10_000, 3 * KEEP * max(problem.keep))
    return Precedence(100 * max(10_000, move, own, values), move, KEEP)


class Compiled:
    """A problem in numbers: events, rooms (what is taken up), counters (what is counted), spreads.

    ``rooms_of(family, host, place)`` are the numbers of the rooms an event takes up there,
    ``counters_of(family, host, place, day_type)`` those of the counters it adds to on a day of that
    type (``day_type[day]``). The free slots of an option are the event's slots without what any of
    its rooms closes. ``sources[counter]``: the campaigns or units whose events it counts. Standing events are in the rooms and counters already. ``families_of(counter)``
    are those whose events can add to a hard counter.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.grid = Grid(problem)
        self._numbering = numbering = Numbering(problem, self.grid)
        self.families = numbering.families
        self.units, self.places = numbering.units, numbering.places
        self.engaged = numbering.engaged
        self.events = compile_events(numbering)
        self.number = {event.key: event.number for event in self.events}
        rooms = RoomTable(numbering, self.events)
        self.rooms, self.rooms_of = rooms.rooms, rooms.of
        self.precedence = precedence_of(problem)
        counters = CounterTable(numbering, self.precedence.hard)
        self.counters, self.counters_of = counters.counters, counters.of
        self.sources, self.families_of = counters.sources, counters.families_of
        self.day_type, self.day_types = counters.day_type, counters.day_types
        self.spreads = [term for term in problem.soft if isinstance(term, SpreadTerm)]
        self.spreads_of: dict[str, list[int]] = defaultdict(list)
        for number, term in enumerate(self.spreads):
            self.spreads_of[term.campaign].append(number)
        self.standing_days: dict[str, list[int]] = defaultdict(list)
        for event in numbering.standing:
            if event.first is not None:
                campaign = self.families[event.family].campaign
                self.standing_days[campaign].append(event.first // self.grid.per_day)

    def spot(self, placement: Placement) -> Spot | None:
        """A placement in numbers; None where its slot is outside the horizon or a key is unknown."""
        return spot_of(self._numbering, placement)

    def placement(self, number: int, spot: Spot) -> Placement:
        """The placement of event ``number`` at ``spot``."""
        problem, grid = self.problem, self.grid
        return Placement(
            self.events[number].key,
            grid.day_of(spot.slot),
            grid.half_of(spot.slot),
            None if spot.host == NONE else problem.units[spot.host].key,
            None if spot.place == NONE else problem.places[spot.place].key,
        )


def compile_problem(problem: Problem) -> Compiled:
    """``problem`` in numbers; its references must be sound (reading the bare format sees to that)."""
    return Compiled(problem)
