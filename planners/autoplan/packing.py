"""数得清的排布：若干场放进若干半天，每处、每组各有限额，放不放得下；放不下是哪几场相争。

Bipartite matching by augmenting paths, with capacities on cells and on groups of cells (weeks, days).
Where an item finds no path, the items visited form a Hall violator: one too many for their cells.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from planners.autoplan.grid import slots_of

UNLIMITED = 1 << 30


class Packing:
    """Items, each to stand in one of its cells; at most ``cell_limit`` in a cell, ``group_limit`` in a group.

    ``group_of`` the group of each cell; ``taken`` how much of a cell is gone, ``group_taken`` of a group.
    """

    def __init__(
        self,
        cells: Sequence[int],
        cell_limit: int,
        group_of: Sequence[int] | None = None,
        group_limit: int = UNLIMITED,
        taken: Mapping[int, int] | None = None,
        group_taken: Mapping[int, int] | None = None,
    ) -> None:
        self._cells = cells
        self._cell_limit = cell_limit
        self._group_of = group_of
        self._group_limit = group_limit
        self._load: dict[int, int] = defaultdict(int, taken or {})
        self._group_load: dict[int, int] = defaultdict(int, group_taken or {})
        self._at: dict[int, int] = {}
        self._in_cell: dict[int, set[int]] = defaultdict(set)
        self._in_group: dict[int, set[int]] = defaultdict(set)
        self._seen: set[int] = set()
        self._seen_groups: set[int] = set()
        self._asked: set[int] = set()

    def fill(self) -> list[list[int]]:
        """Place as many as there is room for; for each one left over, the items that compete for its cells.

        Of the items of such a list one too many is there: together they do not fit.
        """
        overfull = []
        for item in sorted(range(len(self._cells)), key=lambda number: self._cells[number].bit_count()):
            self._seen.clear()
            self._seen_groups.clear()
            self._asked.clear()
            if not self._place(item):
                overfull.append(sorted(self._asked))
        return overfull

    def _group(self, cell: int) -> int:
        return self._group_of[cell] if self._group_of is not None else 0

    def _place(self, item: int) -> bool:
        self._asked.add(item)
        for cell in slots_of(self._cells[item]):
            if cell in self._seen:
                continue
            self._seen.add(cell)
            if self._load[cell] >= self._cell_limit:
                if self._push_out(self._in_cell[cell], cell, item):
                    return True
                continue
            group = self._group(cell)
            if self._group_load[group] < self._group_limit:
                self._put(item, cell)
                return True
            # The cell is free but its group is full: somebody of the group has to leave it.
            if group not in self._seen_groups:
                self._seen_groups.add(group)
                if self._push_out(self._in_group[group], cell, item):
                    return True
        return False

    def _push_out(self, holders: set[int], cell: int, item: int) -> bool:
        """Let one of ``holders`` find another cell, and put ``item`` into ``cell`` instead."""
        for other in sorted(holders):
            if other in self._asked:
                continue
            old = self._at[other]
            if self._place(other):
                self._take(other, old)
                self._put(item, cell)
                return True
        return False

    def _put(self, item: int, cell: int) -> None:
        group = self._group(cell)
        self._at[item] = cell
        self._load[cell] += 1
        self._group_load[group] += 1
        self._in_cell[cell].add(item)
        self._in_group[group].add(item)

    def _take(self, item: int, cell: int) -> None:
        group = self._group(cell)
        self._load[cell] -= 1
        self._group_load[group] -= 1
        self._in_cell[cell].discard(item)
        # ``_place`` has put the item elsewhere by now; in the same group it is counted already.
        if self._group(self._at[item]) != group:
            self._in_group[group].discard(item)


def most_apart(days: Sequence[int], distance: int) -> int:
    """How many of the ascending ``days`` can be taken, each ``distance`` or more after the one before."""
    count, free_from = 0, -UNLIMITED
    for day in days:
        if day >= free_from:
            count, free_from = count + 1, day + distance
    return count
