"""把整数规划的解落到实处：先照它排，撞了的另找最便宜的位置。"""

from __future__ import annotations

from collections.abc import Mapping

from planners.autoplan.compiled import Assignment, Compiled
from planners.autoplan.grid import slots_of
from planners.autoplan.score import score
from planners.autoplan.state import State

Cell = tuple[int, int, int]
"""Slots (one of them is meant), host and place."""


def round_to_state(compiled: Compiled, wanted: Mapping[int, Cell]) -> State:
    """A state with the events of ``wanted`` where they are wanted, as far as the resources go.

    Those in the way of others stand at the cheapest free assignment instead, or nowhere.
    """
    state = State(compiled)
    pending = [
        number
        for number, (bits, host, place) in sorted(wanted.items(), key=lambda item: _looseness(state, item[0]))
        if not _put(state, number, bits, host, place)
    ]
    for number in pending:
        put_cheapest(state, number)
    return state


def lay(compiled: Compiled, at: Mapping[int, Assignment]) -> State:
    """A state with the events at these assignments; where there is no room for one, it is left out."""
    state = State(compiled)
    for number, assignment in at.items():
        _put(state, number, 1 << assignment.slot, assignment.host, assignment.place)
    return state


def complete(state: State) -> bool:
    """Whether the state is a legal plan: nothing required is missing, no minimum short, few enough moved."""
    problem = state.compiled.problem
    if any(event.required and state.at[event.number] is None for event in state.events):
        return False
    if problem.max_moves is not None and score(problem, state.plan()).moved > problem.max_moves:
        return False
    return not state.shortages()


def assignments(state: State) -> dict[int, Assignment]:
    """The assignments of the events that stand."""
    return {number: assignment for number, assignment in enumerate(state.at) if assignment is not None}


def _looseness(state: State, number: int) -> tuple[bool, int, int]:
    event = state.events[number]
    return not event.pinned, event.slots.bit_count() * len(state.options[number]), number


def _put(state: State, number: int, bits: int, host: int, place: int) -> bool:
    option = state.option(number, Assignment(0, host, place))
    free = state.free(number, option) & bits
    if not free:
        return False
    slot = min(slots_of(free), key=lambda slot: state.price(number, option, slot))
    state.drop(number, option, slot)
    return True


def put_cheapest(state: State, number: int) -> bool:
    """Place event ``number`` at the cheapest free assignment, if there is one and it is worth it."""
    assignments = (
        (state.price(number, option, slot), order, slot, option)
        for order, option in enumerate(state.options[number])
        for slot in slots_of(state.free(number, option))
    )
    best = min(assignments, key=lambda assignment: assignment[:3], default=None)
    if best is None or best[0] > state.absence(number):
        return False
    state.drop(number, best[3], best[2])
    return True
