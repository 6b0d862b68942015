"""回溯搜索：小问题逐一试尽，有解给方案，无解给证明，到了限度说“未找到”。

Depth-first search over required events and the minima of count rules (``demands``), with forward
checking, dynamic variable order (smallest domain by failure weight), restarts of doubled length and two
symmetries broken: events that are alike, and slots that are alike. It places nothing that no constraint
asks for. A node is one placement tried; the result depends on nothing but the problem and ``nodes``.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from planners.autoplan.backtracking_model import BacktrackingModel, CandidateOption
from planners.autoplan.compiled import Compiled
from planners.autoplan.event_table import Assignment
from planners.autoplan.grid import slots_of
from planners.autoplan.numbering import NONE
from planners.autoplan.problem import Placement, Plan, PlanProblem, Status
from planners.autoplan.relax import bare
from planners.autoplan.seating import seat_decisions

FIRST_ROUND = 60
"""Placements tried before the search begins anew with what it has learnt."""


class BacktrackingResult(NamedTuple):
    """``plan`` where feasible (of what is required, nothing more); ``nodes`` placements tried."""

    status: Status
    plan: Plan | None
    nodes: int


def never() -> bool:
    """Nobody asks to stop."""
    return False


def backtrack(
    problem: PlanProblem, nodes: int, stop: Callable[[], bool] = never, compiled: Compiled | None = None
) -> BacktrackingResult:
    """Feasible with a plan, or proved infeasible, or not found within ``nodes`` placements.

    ``compiled``: the same problem, if it is in numbers already.
    """
    seating = seat_decisions(problem, nodes=nodes, prove=True)
    if seating.impossible:
        return BacktrackingResult(Status.INFEASIBLE, None, 0)
    search = _Backtracking(compiled or Compiled(bare(problem)))
    status = search.run(nodes, stop)
    if status is not Status.FEASIBLE:
        return BacktrackingResult(status, None, search.nodes)
    if len(seating.seats) < len(problem.decisions):
        return BacktrackingResult(Status.NOT_FOUND, None, search.nodes)
    return BacktrackingResult(status, Plan(search.placements(), seating.seats), search.nodes)


class _Branch(NamedTuple):
    """The event to be placed next; ``demand`` it is to meet, which it may also not do if ``loose``."""

    variable: int
    demand: int
    loose: bool


class _Step:
    """A branch of the search with the values still to try; ``undo`` takes the last one back."""

    __slots__ = ("branch", "undo", "values")

    def __init__(self, branch: _Branch, values: Iterator[tuple[CandidateOption, int]]) -> None:
        self.branch = branch
        self.values = values
        self.undo: Callable[[], None] | None = None


class _Backtracking:
    """Depth first, the tightest event first; who fails often comes earlier in the next round."""

    def __init__(self, compiled: Compiled) -> None:
        self._model = BacktrackingModel(compiled)
        self._needs = list(self._model.needs)
        self._grid = compiled.grid
        self._class_of: list[int] | None = None
        self._classes: list[int] = []
        count = len(self._model.events)
        self._weights = [1] * count
        self._assignments: list[Assignment | None] = [None] * count
        self._masks = [self._grid.all] * count
        self._sizes = [0] * count
        self._gives: list[frozenset[int]] = [frozenset()] * count
        self._excluded: list[frozenset[int]] = [frozenset()] * count
        self._available = [0] * len(self._needs)
        self._over = False
        self.nodes = 0

    # the search

    def run(self, nodes: int, stop: Callable[[], bool]) -> Status:
        """Search one group of events after another; those of different groups never meet."""
        if not self._refresh(range(len(self._model.events)), []) or not all(self._model.contributors):
            return Status.INFEASIBLE
        self._stop = stop
        whole = Status.FEASIBLE
        for variables, demands in self._model.groups():
            self._variables, self._demands = variables, demands
            status = self._run_group(self.nodes + nodes)
            if status is Status.INFEASIBLE:
                return status
            if status is Status.NOT_FOUND:
                whole = status
        return whole

    def _run_group(self, nodes: int) -> Status:
        """Search in rounds, each twice as long, until one is complete or the group's nodes are used up."""
        length, number = FIRST_ROUND, 0
        while self.nodes < nodes:
            self._limit, self._over = min(nodes, self.nodes + length), False
            # The first round is guided; later ones shuffle values, so that a bad first choice is not paid for
            # again and again. The failure weights learnt so far stay (dom/wdeg).
            self._chance = random.Random(number) if number else None
            # Telling slots apart costs more than a short first round, which solves most problems.
            if number == 1 and self._class_of is None:
                self._classify()
            if self._descend():
                return Status.FEASIBLE
            # The round ended by itself: everything was tried.
            if not self._over:
                return Status.INFEASIBLE
            if self._stop():
                return Status.NOT_FOUND
            length, number = length * 2, number + 1
        return Status.NOT_FOUND

    def _free(self, variable: int, candidate: CandidateOption) -> int:
        bits = candidate.slots & self._masks[variable]
        for resource in candidate.resources:
            bits &= resource.open
        return bits

    def _refresh(self, variables: Iterable[int], trail: list[tuple[int, int, frozenset[int]]]) -> bool:
        """Sizes and demands met anew; False as soon as a required event has no room left."""
        for variable in variables:
            if self._assignments[variable] is not None:
                continue
            bits, gives, mask = 0, set(), self._masks[variable]
            for _, _, slots, resources, counts in self._model.candidates[variable]:
                free = slots & mask
                for resource in resources:
                    free &= resource.open
                bits |= free
                for demand, useful in counts:
                    if free & useful:
                        gives.add(demand)
            trail.append((variable, self._sizes[variable], self._gives[variable]))
            self._sizes[variable] = bits.bit_count()
            self._give(variable, frozenset(gives) - self._excluded[variable])
            if not bits and self._model.events[variable].required:
                # Failure weight: what was wiped out here is branched on earlier from now on.
                self._weights[variable] += 1
                return False
        return True

    def _give(self, variable: int, gives: frozenset[int]) -> None:
        before = self._gives[variable]
        if gives != before:
            for demand in before - gives:
                self._available[demand] -= 1
            for demand in gives - before:
                self._available[demand] += 1
            self._gives[variable] = gives

    def _descend(self) -> bool:
        """True with the whole group placed; False, and all is as before, if there is no way or the round is over."""
        steps: list[_Step] = []
        while True:
            branch = self._next_branch()
            if branch is not None and branch.variable < 0:
                return True
            if branch is not None:
                steps.append(_Step(branch, self._values(branch)))
            if not self._advance(steps):
                return False

    def _advance(self, steps: list[_Step]) -> bool:
        """Take the next value that fits, going back where none is left; False: nothing is left at all."""
        while steps:
            step = steps[-1]
            if step.undo is not None:
                step.undo()
                step.undo = None
            if not self._over and (self.nodes >= self._limit or (self.nodes % 256 == 255 and self._stop())):
                self._over = True
            value = None if self._over else next(step.values, None)
            if value is not None:
                self.nodes += 1
                if self._try(step, *value):
                    return True
            # All placements of the event failed; the second branch of a loose demand does without it.
            elif step.branch.loose and not self._over:
                step.undo = self._exclude(step.branch)
                step.branch = step.branch._replace(loose=False)
                return True
            else:
                steps.pop()
        return False

    def _next_branch(self) -> _Branch | None:
        """What to place next; None: a demand cannot be met; variable −1: nothing is left to do."""
        best, best_size = _Branch(-1, NONE, loose=False), float("inf")
        slackest: tuple[int, int] | None = None
        for demand in self._demands:
            need = self._needs[demand]
            slack = self._available[demand] - need
            if need <= 0:
                continue
            if slack < 0:
                self._blame(demand)
                return None
            # As many can still meet the demand as it needs: each of them must.
            if slack == 0:
                variable, size = self._tightest(demand)
                if size < best_size:
                    best, best_size = _Branch(variable, demand, loose=False), size
            elif slackest is None or slack < slackest[0]:
                slackest = (slack, demand)
        for variable in self._variables:
            if self._model.events[variable].required and self._assignments[variable] is None:
                size = self._sizes[variable] / self._weights[variable]
                if size < best_size:
                    best, best_size = _Branch(variable, NONE, loose=False), size
        # Only demands with slack are left: one event for the tightest of them, and on the way back the
        # same demand without that event. Both branches together are complete.
        if best.variable < 0 and slackest is not None:
            return _Branch(self._tightest(slackest[1])[0], slackest[1], loose=True)
        return best

    def _tightest(self, demand: int) -> tuple[int, float]:
        size, variable = min(
            (self._sizes[number] / self._weights[number], number)
            for number in self._model.contributors[demand]
            if demand in self._gives[number]
        )
        return variable, size

    def _blame(self, demand: int) -> None:
        for variable in self._model.contributors[demand]:
            self._weights[variable] += 1

    def _values(self, branch: _Branch) -> Iterator[tuple[CandidateOption, int]]:
        """Every place to try: those that meet demands first, then the freest."""
        ranked = []
        for number, candidate in enumerate(self._model.candidates[branch.variable]):
            bits = self._free(branch.variable, candidate)
            counted = dict(candidate.counts)
            if branch.demand != NONE:
                bits &= counted.get(branch.demand, 0)
            useful = 0
            for demand, mask in candidate.counts:
                if self._needs[demand] > 0:
                    useful |= mask
            # A placement that also meets another demand leaves more freedom than one that does not.
            for part, rank in ((bits & useful, 0), (bits & ~useful, 1)):
                if part:
                    order = self._chance.random() if self._chance else number
                    ranked.append(
                        (rank, -part.bit_count() if not self._chance else 0, order, candidate, part)
                    )
        ranked.sort(key=lambda entry: entry[:3])
        for _, _, _, candidate, part in ranked:
            slots = list(slots_of(part))
            if self._chance:
                turn = self._chance.randrange(len(slots))
                slots = slots[turn:] + slots[:turn]
            yield from ((candidate, slot) for slot in self._unlike(slots))

    def _classify(self) -> None:
        """From now on slots that are alike are told apart only where something stands there."""
        self._classes = self._model.slot_classes()
        self._class_of = [0] * self._grid.size
        for number, bits in enumerate(self._classes):
            for slot in slots_of(bits):
                self._class_of[slot] = number

    def _unlike(self, slots: list[int]) -> Iterator[int]:
        """The slots without those that are like an earlier one, nothing standing at either."""
        if self._class_of is None:
            yield from slots
            return
        # Two slots of a class change places in any plan as long as both are empty: try the first one only.
        taken = {assignment.slot for assignment in self._assignments if assignment is not None}
        seen: set[int] = set()
        for slot in slots:
            number = self._class_of[slot]
            if slot in taken:
                yield slot
            elif number not in seen:
                seen.add(number)
                yield slot

    def _try(self, step: _Step, candidate: CandidateOption, slot: int) -> bool:
        """Place the step's event there; whether every other one still has room. ``step.undo`` takes it back."""
        variable = step.branch.variable
        dirty: set[int] = set()
        for resource in candidate.resources:
            before = resource.open
            resource.add(slot)
            # Nobody else notices a resource that closed nothing new.
            if resource.open != before:
                dirty |= self._model.users[id(resource)]
        self._assignments[variable] = Assignment(slot, candidate.host, candidate.place)
        gave = self._gives[variable]
        self._give(variable, frozenset())
        met = [demand for demand, mask in candidate.counts if mask >> slot & 1]
        for demand in met:
            self._needs[demand] -= 1
        # Of two events that are alike the lower number stands earlier: their exchange is the same plan.
        masks = self._order_peers(variable, slot, dirty)
        # The trail remembers what ``_refresh`` overwrote, to be put back in reverse order.
        trail: list[tuple[int, int, frozenset[int]]] = []
        fits = self._refresh(dirty, trail)

        def undo() -> None:
            for number, size, gives in reversed(trail):
                self._sizes[number] = size
                self._give(number, gives)
            for number, mask in masks:
                self._masks[number] = mask
            for demand in met:
                self._needs[demand] += 1
            self._assignments[variable] = None
            self._give(variable, gave)
            for resource in candidate.resources:
                resource.remove(slot)

        step.undo = undo
        return fits

    def _order_peers(self, variable: int, slot: int, dirty: set[int]) -> list[tuple[int, int]]:
        """Events that are alike stand in the order of their numbers."""
        peers = self._model.peers[variable]
        if len(peers) == 1:
            return []
        masks = []
        earlier, later = self._up_to(slot)
        for peer in peers:
            if peer != variable and self._assignments[peer] is None:
                masks.append((peer, self._masks[peer]))
                self._masks[peer] &= later if peer > variable else earlier
                dirty.add(peer)
        return masks

    def _up_to(self, slot: int) -> tuple[int, int]:
        """The slots up to this one and from this one on, those alike counting as one."""
        if self._class_of is None:
            return (2 << slot) - 1, self._grid.all & -(1 << slot)
        number = self._class_of[slot]
        earlier = later = self._classes[number]
        for other, bits in enumerate(self._classes):
            if other < number:
                earlier |= bits
            else:
                later |= bits
        return earlier, later

    def _exclude(self, branch: _Branch) -> Callable[[], None]:
        """The event is not counted on for the demand any more; what takes that back."""
        variable, demand = branch.variable, branch.demand
        before, gave = self._excluded[variable], self._gives[variable]
        self._excluded[variable] = before | {demand}
        self._give(variable, gave - {demand})

        def undo() -> None:
            self._excluded[variable] = before
            self._give(variable, gave)

        return undo

    def placements(self) -> tuple[Placement, ...]:
        """Everything placed, in the order of the problem's events."""
        return tuple(
            self._model.compiled.placement(event.number, assignment)
            for event, assignment in zip(self._model.events, self._assignments, strict=True)
            if assignment is not None
        )
