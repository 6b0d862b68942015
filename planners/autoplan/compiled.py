"""问题编成号码与位图，供构造、退火与求界共用；只读，一次编成。"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from planners.autoplan.counting_constraints import CountingTable
from planners.autoplan.event_table import Assignment, assignment_of, compile_events
from planners.autoplan.grid import SlotGrid
from planners.autoplan.numbering import NONE, Numbering
from planners.autoplan.problem import Placement, PlanProblem, SpreadTerm
from planners.autoplan.resources import ResourceTable

KEEP = 10


class Precedence(NamedTuple):
    """What weighs more than all soft terms in the search: a missing required event, a moved one.

    ``keep`` is how much a point of keeping weighs against one of the soft terms.
    """

    hard: int
    move: int
    keep: int


def precedence_of(problem: PlanProblem) -> Precedence:
    """Hard before moves before keeping before quality, however large the problem's own weights are."""
    own = max((*problem.weights, *(term.weight for term in problem.soft), 1))
    values = (
        max((event.value for event in problem.events), default=1) * max(1, problem.weights.unplaced) // 100
    )
    move = max(10_000, 3 * KEEP * max(problem.keep))
    return Precedence(100 * max(10_000, move, own, values), move, KEEP)


class Compiled:
    """A problem in numbers: events, resources (what is taken up), counting constraints, spreads.

    ``resources_of(family, host, place)`` are the numbers of the resources an event takes up there,
    ``counting_of(family, host, place, day_type)`` those of the counting constraints it adds to on a day
    of that type (``day_type[day]``). The free slots of an option are the event's slots without what any
    of its resources closes. ``sources[constraint]``: the campaigns or units whose events it counts. Fixed
    events are in the resources and counts already. ``families_of(constraint)`` are those whose events can
    add to a hard one.
    """

    def __init__(self, problem: PlanProblem) -> None:
        self.problem = problem
        self.grid = SlotGrid(problem)
        self.numbering = numbering = Numbering(problem, self.grid)
        self.families = numbering.families
        self.units, self.places = numbering.units, numbering.places
        self.engaged = numbering.engaged
        self.events = compile_events(numbering)
        self.number = {event.key: event.number for event in self.events}
        resources = ResourceTable(numbering, self.events)
        self.resources, self.resources_of = resources.resources, resources.of
        self.precedence = precedence_of(problem)
        counting = CountingTable(numbering, self.precedence.hard)
        self.counting, self.counting_of = counting.counting, counting.of
        self.sources, self.families_of = counting.sources, counting.families_of
        self.day_type, self.day_types = counting.day_type, counting.day_types
        self.spreads = [term for term in problem.soft if isinstance(term, SpreadTerm)]
        self.spreads_of: dict[str, list[int]] = defaultdict(list)
        for number, term in enumerate(self.spreads):
            self.spreads_of[term.campaign].append(number)
        self.fixed_days: dict[str, list[int]] = defaultdict(list)
        for event in numbering.fixed:
            if event.first is not None:
                campaign = self.families[event.family].campaign
                self.fixed_days[campaign].append(event.first // self.grid.per_day)

    def assignment(self, placement: Placement) -> Assignment | None:
        """A placement in numbers; None where its slot is outside the horizon or a key is unknown."""
        return assignment_of(self.numbering, placement)

    def placement(self, number: int, assignment: Assignment) -> Placement:
        """The placement of event ``number`` at ``assignment``."""
        problem, grid = self.problem, self.grid
        return Placement(
            self.events[number].key,
            grid.day_of(assignment.slot),
            grid.half_of(assignment.slot),
            None if assignment.host == NONE else problem.units[assignment.host].key,
            None if assignment.place == NONE else problem.places[assignment.place].key,
        )
