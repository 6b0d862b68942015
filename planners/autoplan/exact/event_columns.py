"""一场活动的列：在哪个时段、由谁主办、在何处各选一次，需要时再连起来。

The columns of an event are disaggregated by segment of time, so that most counts are plain sums; only a
count that depends on host or place within part of a segment needs a linking column.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from planners.autoplan.event_table import Assignment
from planners.autoplan.exact.domains import ConditionKind, EventDomain, OptionCondition, holds
from planners.autoplan.exact.milp import INFINITY, Milp


class Count(NamedTuple):
    """A number of events: the sum of some columns and a constant."""

    columns: list[int]
    constant: int


class EventColumns:
    """The columns of one event: one per cell (a set of slots), per host and per place, by segment.

    A choice of cell and host that ``engaged`` must know as one is linked by a further column, which is
    at least 1 where both hold; it is made when first asked for.
    """

    def __init__(
        self, milp: Milp, domain: EventDomain, cells: Iterable[tuple[int, float]], absence: float | None
    ) -> None:
        self.domain = domain
        self._milp = milp
        self.cells = [(bits, milp.column(cost)) for bits, cost in cells]
        self._first = [bits & -bits for bits, _ in self.cells]
        self.present = self._presence(absence)
        self._hosts = self._options(domain.hosts)
        self._places = self._options(domain.places)
        self._linked: dict[tuple[OptionCondition, int], Count] = {}
        self._close()

    def _presence(self, absence: float | None) -> list[Count]:
        """By segment: whether the event is there; it may be left out for ``absence``."""
        milp, segments = self._milp, self.domain.segments
        if not segments and absence is None:
            milp.row(1, 1, [])
        milp.offset += absence or 0
        found = []
        for segment in segments:
            inside = self.time(segment)
            if len(segments) == 1 and absence is None:
                milp.row(1, 1, inside)
                found.append(Count([], 1))
                continue
            column = milp.column(-(absence or 0))
            milp.row(0, 0, [*inside, column], [1.0] * len(inside) + [-1.0])
            found.append(Count([column], 0))
        if len(segments) > 1:
            milp.row(1 if absence is None else 0, 1, [count.columns[0] for count in found])
        return found

    def _options(self, options: tuple[int, ...]) -> list[dict[int, int]]:
        """By segment: the column of each host (place); none where there is only one."""
        if len(options) < 2:
            return [{} for _ in self.domain.segments]
        found = []
        for count in self.present:
            columns = {option: self._milp.column() for option in options}
            self.equal(list(columns.values()), count)
            found.append(columns)
        return found

    def equal(self, columns: list[int], count: Count) -> None:
        """The sum of ``columns`` is ``count``."""
        minus = [-1.0] * len(count.columns)
        self._milp.row(
            count.constant, count.constant, [*columns, *count.columns], [1.0] * len(columns) + minus
        )

    def at_most(self, columns: list[int], count: Count) -> None:
        """The sum of ``columns`` is at most ``count``."""
        minus = [-1.0] * len(count.columns)
        self._milp.row(-INFINITY, count.constant, [*columns, *count.columns], [1.0] * len(columns) + minus)

    def _close(self) -> None:
        """A host (place) is not chosen with a cell that is closed for it."""
        domain = self.domain
        for options, chosen, host in (
            (domain.hosts, self._hosts, True),
            (domain.places, self._places, False),
        ):
            if len(options) < 2:
                continue
            for option in options:
                open_slots = 0
                for (h, p), bits in domain.open.items():
                    if (h if host else p) == option:
                        open_slots |= bits
                for number, segment in enumerate(domain.segments):
                    # Cell and option are chosen apart: forbid the pairs that cannot go together.
                    closed = [c for bits, c in self.cells if bits & segment and not bits & open_slots]
                    if closed:
                        self.at_most([*closed, chosen[number][option]], self.present[number])

    def time(self, bits: int) -> list[int]:
        """The columns of the cells in ``bits``."""
        if not bits:
            return []
        # Cells are disjoint and ascending by their first slot: only a neighbour can reach in.
        first = max(0, bisect_left(self._first, bits & -bits) - 1)
        end = bisect_right(self._first, 1 << bits.bit_length() - 1)
        return [column for cell, column in self.cells[first:end] if cell & bits]

    def count(self, condition: OptionCondition, bits: int) -> Count:
        """1 if the event takes place in ``bits`` under ``condition`` (at least 1 on parts of segments)."""
        columns: list[int] = []
        constant = 0
        for number, segment in enumerate(self.domain.segments):
            part = bits & segment
            if not part:
                continue
            found = self._in_segment(condition, number, part)
            columns += found.columns
            constant += found.constant
        return Count(columns, constant)

    def _in_segment(self, condition: OptionCondition, number: int, part: int) -> Count:
        segment = self.domain.segments[number]
        if condition.kind is ConditionKind.ALWAYS:
            return self.present[number] if part == segment else Count(self.time(part), 0)
        if (
            part == segment
            and condition.kind is not ConditionKind.EITHER
            and condition.kind is not ConditionKind.BOTH
        ):
            return Count(self._chosen(condition, number)[0], 0)
        key = (condition, part)
        if key not in self._linked:
            self._linked[key] = Count([self._link(condition, number, part)], 0)
        return self._linked[key]

    def _chosen(self, condition: OptionCondition, number: int) -> list[list[int]]:
        """The columns of the hosts, of the places that meet the condition."""
        found = []
        if condition.hosts:
            found.append([self._hosts[number][host] for host in sorted(condition.hosts)])
        if condition.places:
            found.append([self._places[number][place] for place in sorted(condition.places)])
        return found

    def _link(self, condition: OptionCondition, number: int, part: int) -> int:
        """A column at least 1 where the cell is in ``part`` and the condition holds."""
        milp, segment = self._milp, self.domain.segments[number]
        column = milp.column(integer=False)
        inside, outside = self.time(part), self.time(segment & ~part)
        chosen = self._chosen(condition, number)
        together = [[c for of in chosen for c in of]] if condition.kind is ConditionKind.BOTH else chosen
        present = self.present[number]
        spare = 1 if condition.kind is ConditionKind.BOTH else 0
        for columns in together:
            # Two ways to say the same; the one with fewer columns keeps the matrix sparse.
            if len(outside) <= len(inside) + len(present.columns):
                names = [(column, 1.0), *((c, -1.0) for c in columns), *((c, 1.0) for c in outside)]
                names += [(c, 1.0) for c in present.columns] * spare
                low = -present.constant * spare
            else:
                names = [(column, 1.0), *((c, -1.0) for c in columns), *((c, -1.0) for c in inside)]
                names += [(c, 1.0) for c in present.columns] * (spare + 1)
                low = -present.constant * (spare + 1)
                names = _merged(names)
            milp.row(low, INFINITY, [c for c, _ in names], [value for _, value in names])
        if condition.kind is ConditionKind.BOTH and part == segment:
            for columns in chosen:
                self.at_most([column], Count(columns, 0))
        return column

    def read(self, values: Sequence[float], least: float = 0.5) -> tuple[int, int, int] | None:
        """The cell, host and place chosen (most of all); None if nothing is chosen by ``least`` at all."""
        bits, column = max(self.cells, key=lambda cell: values[cell[1]], default=(0, -1))
        if column < 0 or values[column] < least:
            return None
        number = next(n for n, segment in enumerate(self.domain.segments) if bits & segment)
        host = self._read(self.domain.hosts, self._hosts[number], values)
        return bits, host, self._read(self.domain.places, self._places[number], values)

    @staticmethod
    def _read(options: tuple[int, ...], columns: dict[int, int], values: Sequence[float]) -> int:
        if len(options) == 1:
            return options[0]
        return max(options, key=lambda option: values[columns[option]])

    def write(self, assignment: Assignment | None) -> dict[int, float]:
        """The values of all columns for an event at ``assignment`` (None: left out)."""
        values: dict[int, float] = {}
        for number, segment in enumerate(self.domain.segments):
            here = assignment is not None and bool(segment >> assignment.slot & 1)
            for column in self.present[number].columns:
                values[column] = float(here)
            for options, at in ((self._hosts[number], 1), (self._places[number], 2)):
                for option, column in options.items():
                    values[column] = float(here and assignment is not None and assignment[at] == option)
        for bits, column in self.cells:
            values[column] = float(assignment is not None and bool(bits >> assignment.slot & 1))
        for (condition, part), count in self._linked.items():
            meant = (
                assignment is not None and bool(part >> assignment.slot & 1) and holds(condition, assignment)
            )
            values[count.columns[0]] = float(meant)
        return values


def _merged(names: list[tuple[int, float]]) -> list[tuple[int, float]]:
    values: dict[int, float] = {}
    for column, value in names:
        values[column] = values.get(column, 0.0) + value
    return list(values.items())
