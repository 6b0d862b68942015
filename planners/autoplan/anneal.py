"""退火：先宽后严地挪动，慢慢收紧；随时可停，总还得出见过的最好方案。

Simulated annealing over the moves of ``Mover`` with geometric cooling. Effort is counted in sweeps
(one move an event), never in seconds, so that a run can be repeated.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from planners.autoplan.event_table import Assignment
from planners.autoplan.moves import Mover
from planners.autoplan.state import State

WARMEST, COLDEST = 1.0, 0.12
"""Temperatures in points of cost: a plan made by ``construct`` is good already, so it starts mild."""
TRIES = 4
"""Assignments priced at each move."""
SWAPS = 0.15
EJECT_EVERY = 20
"""Sweeps between two attempts to make room for the events left out."""


def anneal(
    mover: Mover,
    events: Sequence[int],
    sweeps: int,
    *,
    enough: int = 0,
    stop: Callable[[], bool],
    tell: Callable[[], None],
) -> None:
    """Move ``events`` about for ``sweeps`` moves each; afterwards the state is the best that was seen.

    A cost of ``enough`` ends it. ``tell`` is called after each sweep, ``stop`` asked every few hundred moves.
    """
    if not events or mover.state.cost <= enough:
        return
    state, draw = mover.state, mover.draw
    best, best_cost = list(state.at), state.cost
    count = len(events)
    for sweep in range(sweeps):
        temperature = WARMEST * (COLDEST / WARMEST) ** (sweep / sweeps)
        if sweep % EJECT_EVERY == 0:
            _make_room(mover, events, temperature, stop)
        for step in range(count):
            # Asking may cost a system call (a pipe, a clock); a few hundred moves last some milliseconds.
            if step % 256 == 0 and stop():
                break
            number = events[int(draw() * count)]
            if draw() < SWAPS:
                mover.swap(number, events[int(draw() * count)], temperature)
            else:
                mover.move(number, temperature, TRIES)
        if state.cost < best_cost:
            best, best_cost = list(state.at), state.cost
        tell()
        if stop() or state.cost <= enough:
            break
    if best_cost < state.cost:
        lay_out(state, best)


def _make_room(mover: Mover, events: Sequence[int], temperature: float, stop: Callable[[], bool]) -> None:
    for number in events:
        if mover.state.at[number] is None:
            mover.eject(number, temperature)
            if stop():
                return


def lay_out(state: State, assignments: Sequence[Assignment | None]) -> None:
    """Afterwards every event stands where ``assignments`` (a plan that was legal) has it."""
    # All out first: an event may stand where another one of the plan belongs.
    different = [number for number, assignment in enumerate(assignments) if state.at[number] != assignment]
    for number in different:
        if state.at[number] is not None:
            state.lift(number)
    for number in different:
        if (assignment := assignments[number]) is not None:
            state.drop(number, state.option(number, assignment), assignment.slot)
