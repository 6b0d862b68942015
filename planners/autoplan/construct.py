"""构造：最难排的先排，每一场取眼下最便宜的位置；排不进的请走别人再排。

A greedy construction, most constrained first, then repair by ejection chains. Nothing here weighs
terms: prices are those of ``State``, in which a missing required event outweighs everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from planners.autoplan.moves import Mover
from planners.autoplan.state import State

MINIMUM_TRIES = 24
"""Assignments priced for an event that could reach a minimum."""


def construct(mover: Mover, stop: Callable[[], bool]) -> None:
    """Afterwards every event that found room stands somewhere: pinned, then required, then optional ones."""
    state = mover.state
    for number in _order(state):
        if stop():
            return
        if state.at[number] is not None:
            continue
        found = mover.best(number)
        # An optional event goes in only where that is no dearer than leaving it out; a required one always.
        if found is not None and (state.events[number].required or found[0] <= state.absence(number)):
            state.drop(number, found[1], found[2], found[0])


def keep_baseline(state: State) -> list[int]:
    """Put the events of the old plan where they stood; the numbers of those that no longer fit.

    The pinned first, then in the order of the problem.
    """
    broken = []
    for number in sorted(
        (event.number for event in state.events if event.kept is not None),
        key=lambda number: not state.events[number].pinned,
    ):
        assignment = state.events[number].kept
        assert assignment is not None
        options = [
            o for o in state.options[number] if (o.host, o.place) == (assignment.host, assignment.place)
        ]
        if options and state.free(number, options[0]) >> assignment.slot & 1:
            state.drop(number, options[0], assignment.slot)
        else:
            broken.append(number)
    return broken


def repair(mover: Mover, temperature: float, rounds: int, stop: Callable[[], bool]) -> None:
    """Try for ``rounds`` rounds to place the required events left out and to reach the minima."""
    state = mover.state
    for _ in range(rounds):
        missing = [e.number for e in state.events if e.required and state.at[e.number] is None]
        short = state.short()
        if stop() or not (missing or short):
            return
        for number in missing:
            if state.at[number] is None:
                mover.eject(number, temperature)
        if short:
            _reach_minima(mover, short, temperature)


def _reach_minima(mover: Mover, short: Iterable[int], temperature: float) -> None:
    """Move the events that could count for the short rules: one that helps is worth any soft cost."""
    state = mover.state
    kin = frozenset[int]().union(*(state.compiled.families_of(number) for number in short))
    for event in state.events:
        if event.family in kin and not event.pinned:
            # In the way of a minimum may be an event that counts for nothing: first push it out, then move.
            if state.at[event.number] is None:
                mover.eject(event.number, temperature)
            mover.move(event.number, temperature, MINIMUM_TRIES)


def _order(state: State) -> list[int]:
    def looseness(number: int) -> tuple[bool, bool, int, int]:
        event = state.events[number]
        return (
            not event.pinned,
            not event.required,
            event.slots.bit_count() * len(state.options[number]),
            number,
        )

    return sorted(range(len(state.events)), key=looseness)
