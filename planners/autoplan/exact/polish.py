"""打磨：一月、一个系列地放开，各求最好的排法，直到再无可省。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import repeat

from planners.autoplan.compiled import Compiled
from planners.autoplan.exact.improve import improve_state
from planners.autoplan.exact.milp import Effort
from planners.autoplan.grid import slots_of
from planners.autoplan.state import State

MOST = 160
"""Events of a neighbourhood."""
NODES = 50

Stop = Callable[[], bool]


def polish(
    state: State,
    parts: Sequence[Sequence[int]],
    *,
    near: Sequence[Sequence[int]] | None = None,
    bound: int = 0,
    effort: Effort | None = None,
    passes: int = 3,
    stop: Stop = lambda: False,
    tell: Callable[[], None] = lambda: None,
) -> None:
    """Make the state cheaper part by part (numbers of events) until it costs ``bound`` or nothing helps.

    Every neighbourhood is solved exactly, so the state never becomes dearer; ``tell`` is called after each.
    ``effort`` is drawn on (without, each neighbourhood has its own). ``near``: by part the events that share anything with it (all).
    """
    for months in range(1, passes + 1):
        before = state.cost
        for part, around in zip(parts, near or repeat(None, len(parts)), strict=True):
            for free in _neighbourhoods(state, part, months):
                if state.cost <= bound or stop() or (effort is not None and effort.left <= 0):
                    return
                improve_state(state, free, near=around, nodes=NODES, effort=effort, stop=stop)
                tell()
        if months > 1 and state.cost == before:
            return


def _neighbourhoods(state: State, part: Sequence[int], months: int) -> Iterator[list[int]]:
    """The part's events by so many months, then by campaign."""
    compiled = state.compiled
    movable = [number for number in part if not state.events[number].pinned]
    for first in dict.fromkeys(compiled.grid.month):
        window = _days(compiled, range(first, first + months))
        yield from _chunks(state, [n for n in movable if _stands_in(state, n, window)])
    campaigns: dict[str, list[int]] = defaultdict(list)
    for number in movable:
        campaigns[compiled.families[state.events[number].family].campaign].append(number)
    for of in campaigns.values():
        yield from _chunks(state, of)


def _days(compiled: Compiled, months: range) -> int:
    return compiled.grid.of_days(n for n, month in enumerate(compiled.grid.month) if month in months)


def _stands_in(state: State, number: int, window: int) -> bool:
    """Whether an event stands in the window, or stands nowhere and could stand there."""
    spot = state.at[number]
    return bool(state.events[number].slots & window if spot is None else window >> spot.slot & 1)


def _chunks(state: State, numbers: list[int]) -> Iterator[list[int]]:
    """The events in the order of their days, not too many at once."""
    numbers.sort(key=lambda number: (_first(state, number), number))
    parts = -(-len(numbers) // MOST)
    for part in range(parts):
        yield numbers[part * len(numbers) // parts : (part + 1) * len(numbers) // parts]


def _first(state: State, number: int) -> int:
    spot = state.at[number]
    return next(slots_of(state.events[number].slots), 0) if spot is None else spot.slot
