"""把整数规划的解落到实处：先照它排，撞了的另找最便宜的位置。"""

from __future__ import annotations

from collections.abc import Mapping

from planners.autoplan.compiled import Compiled
from planners.autoplan.event_table import Assignment
from planners.autoplan.grid import slots_of
from planners.autoplan.state import State

Cell = tuple[int, int, int]
"""Slots (one of them is meant), host and place."""


def round_to_state(compiled: Compiled, wanted: Mapping[int, Cell]) -> State:
    """A state with the events of ``wanted`` where they are wanted, as far as the resources go.

    Those in the way of others stand at the cheapest free assignment instead, or nowhere.
    """
    state = State(compiled)

    def looseness(number: int) -> tuple[bool, int, int]:
        event = state.events[number]
        return not event.pinned, event.slots.bit_count() * len(state.options[number]), number

    # The least free first: they cannot go elsewhere where two collide.
    pending = [number for number in sorted(wanted, key=looseness) if not _put(state, number, *wanted[number])]
    for number in pending:
        put_cheapest(state, number)
    return state


def complete(state: State) -> bool:
    """Whether the state is a legal plan: nothing required is missing, no minimum short."""
    missing = any(event.required and state.at[event.number] is None for event in state.events)
    return not missing and not state.short()


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
