"""动作：给一场活动找位置、换位置，或先请走占位的再放进去；每个动作都让硬约束成立。

Local search: every move takes a legal state to a legal state. The choice of a slot is biased (see
``_pick``), the acceptance is that of simulated annealing (heat bath for single moves, Metropolis for
swaps and ejection chains). The order of the random draws is part of the result: same seed, same plan.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import exp
from random import Random

from planners.autoplan.availability import Availability
from planners.autoplan.event_table import Assignment
from planners.autoplan.state import Option, State

Found = tuple[int, Option, int]
"""A price, and the option and slot that have it."""


class Mover:
    """Moves events of a state about; ``draw()`` is the next random number of the seed, from 0 to 1.

    ``operations`` counts the assignments priced so far.
    """

    def __init__(self, state: State, rng: Random) -> None:
        self.state = state
        self.operations = 0
        self.draw = rng.random
        self._users: dict[int, list[int]] | None = None
        self._windows = [_window(event.slots) for event in state.events]

    def _pick(self, number: int, bits: int) -> int:
        """One of the slots set in ``bits``, taken at random (the one after a gap more often)."""
        # The k-th set bit of a long integer costs a walk over it; the first one at or after a random
        # position costs a shift. That a slot after a gap comes more often does no harm: it is the lonelier.
        first, length = self._windows[number]
        start = first + int(self.draw() * length)
        ahead = bits >> start
        if ahead:
            return start + (ahead & -ahead).bit_length() - 1
        return (bits & -bits).bit_length() - 1

    def sample(self, number: int, tries: int) -> list[Found]:
        """Up to ``tries`` assignments at which event ``number`` (not placed) finds room, with their prices."""
        state, options = self.state, self.state.options[number]
        found = []
        choices = len(options)
        for _ in range(tries):
            option = options[int(self.draw() * choices)] if choices > 1 else options[0]
            bits = state.free(number, option)
            if bits:
                slot = self._pick(number, bits)
                found.append((state.price(number, option, slot), option, slot))
        self.operations += tries
        kept = state.events[number].kept
        # The old place is always among the choices: a sample would hardly ever hit it again.
        if kept is not None and (home := self._home(number, kept)) is not None:
            found.append(home)
        return found

    def _home(self, number: int, kept: Assignment) -> Found | None:
        """The assignment that the old plan gives event ``number`` (not placed), where it is free."""
        for option in self.state.options[number]:
            if option.host == kept.host and option.place == kept.place:
                if self.state.free(number, option) >> kept.slot & 1:
                    return self.state.price(number, option, kept.slot), option, kept.slot
                return None
        return None

    def best(self, number: int, *, most_options: int = 24, slots: int = 6) -> Found | None:
        """The cheapest of a thorough sample of assignments for event ``number`` (not placed); None without room."""
        state, options = self.state, self.state.options[number]
        if len(options) > most_options:
            start = int(self.draw() * len(options))
            step = max(1, len(options) // most_options)
            options = tuple(options[(start + n * step) % len(options)] for n in range(most_options))
        kept = state.events[number].kept
        found = None if kept is None else self._home(number, kept)
        for option in options:
            bits = state.free(number, option)
            for _ in range(slots):
                if not bits:
                    break
                slot = self._pick(number, bits)
                bits &= ~(1 << slot)
                self.operations += 1
                price = state.price(number, option, slot)
                if found is None or price < found[0]:
                    found = price, option, slot
        return found

    def move(self, number: int, temperature: float, tries: int) -> None:
        """Event ``number`` moves to a sampled assignment, or stays, or is left out, as the temperature has it."""
        state = self.state
        assignment = state.at[number]
        absence = state.absence(number)
        if assignment is not None:
            old = state.option(number, assignment)
            here: Found = state.lift(number), old, assignment.slot
            choices = [here, *self.sample(number, tries)]
        else:
            choices = self.sample(number, tries)
            if not choices:
                return
        chosen = self._choose(choices, absence, temperature)
        if chosen is not None:
            state.drop(number, chosen[1], chosen[2], chosen[0])

    def _choose(self, choices: list[Found], absence: int, temperature: float) -> Found | None:
        """One of the choices or None (left out), with the probabilities of the temperature."""
        # Heat bath: the present place is one of the choices, so a move needs no test of acceptance. Prices
        # count from the least one, lest exp() overflow; beyond 40 temperatures the chance is below 1e-17.
        least = min(choice[0] for choice in choices)
        least = min(least, absence)
        weights = [
            exp((least - choice[0]) / temperature) if choice[0] - least < 40 * temperature else 0.0
            for choice in choices
        ]
        out = exp((least - absence) / temperature) if absence - least < 40 * temperature else 0.0
        draw = self.draw() * (sum(weights) + out)
        for choice, weight in zip(choices, weights, strict=True):
            draw -= weight
            if draw < 0:
                return choice
        return None if out else choices[weights.index(max(weights))]

    def swap(self, one: int, two: int, temperature: float) -> None:
        """The two events exchange their slots where that fits and the temperature lets them."""
        state = self.state
        assignment, other = state.at[one], state.at[two]
        if assignment is None or other is None or assignment.slot == other.slot:
            return
        if (
            not state.events[one].slots >> other.slot & 1
            or not state.events[two].slots >> assignment.slot & 1
        ):
            return
        # Both out before either goes in: each may be what keeps the other from its place.
        before = state.cost
        option, option_other = state.option(one, assignment), state.option(two, other)
        state.lift(one)
        state.lift(two)
        self.operations += 2
        if state.free(one, option) >> other.slot & 1:
            state.drop(one, option, other.slot)
            if state.free(two, option_other) >> assignment.slot & 1:
                state.drop(two, option_other, assignment.slot)
                worse = state.cost - before
                # exp() of less than -700 underflows.
                if worse <= 0 or self.draw() < exp(-min(700.0, worse / temperature)):
                    return
                state.lift(two)
            state.lift(one)
        state.drop(one, option, assignment.slot)
        state.drop(two, option_other, other.slot)

    def eject(self, number: int, temperature: float) -> bool:
        """Event ``number`` (not placed) takes a random assignment; those in its way find others.

        Whether it stands afterwards: where the whole became dearer than the temperature bears,
        everything is as it was.
        """
        state = self.state
        before = state.cost
        slots = state.events[number].slots
        if not slots or not state.options[number]:
            return False
        option = state.options[number][int(self.draw() * len(state.options[number]))]
        slot = self._pick(number, slots)
        journal: list[tuple[int, Assignment]] = []
        if not self._clear(number, option, slot, journal):
            self._restore((), journal)
            return False
        state.drop(number, option, slot)
        placed = [number]
        for ejected, _ in journal:
            if (found := self.best(ejected, most_options=12, slots=3)) is not None and (
                found[0] < state.absence(ejected)
            ):
                state.drop(ejected, found[1], found[2], found[0])
                placed.append(ejected)
        worse = state.cost - before
        if worse <= 0 or self.draw() < exp(-min(700.0, worse / temperature)):
            return True
        self._restore(placed, journal)
        return False

    def _clear(self, number: int, option: Option, slot: int, journal: list[tuple[int, Assignment]]) -> bool:
        """Take out what keeps event ``number`` from the assignment; False where that cannot be helped."""
        state = self.state
        for resource in option.resources:
            if resource.open >> slot & 1:
                continue
            for user in self._near_users(resource, slot):
                if user == number or state.events[user].pinned:
                    continue
                assignment = state.at[user]
                assert assignment is not None
                state.lift(user)
                journal.append((user, assignment))
                if resource.open >> slot & 1:
                    break
                # A longer chain is hardly ever undone at a gain.
                if len(journal) > 6:
                    return False
            if not resource.open >> slot & 1:
                return False
        return bool(state.free(number, option) >> slot & 1)

    def _restore(self, placed: Iterable[int], journal: list[tuple[int, Assignment]]) -> None:
        for number in placed:
            self.state.lift(number)
        # Last out, first in: each finds its resources as they were when it was taken out.
        for number, assignment in reversed(journal):
            self.state.drop(number, self.state.option(number, assignment), assignment.slot)

    def _near_users(self, resource: Availability, slot: int) -> list[int]:
        """The placed events that take up ``resource``, nearest to ``slot`` first."""
        # Only an ejection asks; the many problems without one never pay for the table.
        if self._users is None:
            self._users = self._find_users()
        state, near = self.state, []
        for number in self._users.get(id(resource), ()):
            assignment = state.at[number]
            if assignment is not None and resource in state.option(number, assignment).resources:
                near.append((abs(assignment.slot - slot), number))
        return [number for _, number in sorted(near)]

    def _find_users(self) -> dict[int, list[int]]:
        users: dict[int, list[int]] = {}
        for number, options in enumerate(self.state.options):
            for resource in {id(resource) for option in options for resource in option.resources}:
                users.setdefault(resource, []).append(number)
        return users


def _window(slots: int) -> tuple[int, int]:
    """First slot and length of the stretch that holds all of ``slots``."""
    if not slots:
        return 0, 0
    first = (slots & -slots).bit_length() - 1
    return first, slots.bit_length() - first
