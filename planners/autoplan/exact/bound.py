"""只求下界：逐区解线性放宽，一区一区地来，大题也不占内存。"""

from __future__ import annotations

from collections.abc import Callable

from planners.autoplan.compiled import Compiled
from planners.autoplan.exact.relaxation import Parts


def linear_bound(compiled: Compiled, *, stop: Callable[[], bool] | None = None) -> int | None:
    """What every legal plan costs at least, in the search's cost; None: there is proved to be none, or stopped."""
    parts = Parts(compiled)
    value = 0
    for number in range(len(parts.events)):
        if stop is not None and stop():
            return None
        found = parts.linear(number, stop=stop)
        parts.forget(number)
        if found.infeasible:
            return None
        value += found.bound
    return value
