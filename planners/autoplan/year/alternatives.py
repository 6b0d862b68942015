"""别的排法：同一场放在别的日子、别的时段或别的单位，各要多付多少，差在哪里。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from models.domain.events import Campaign
from planners.autoplan.compiled import Compiled
from planners.autoplan.event_table import Assignment
from planners.autoplan.grid import slots_of
from planners.autoplan.problem import Placement, PlanProblem
from planners.autoplan.state import Option, State
from planners.autoplan.year.facts import YearFacts
from planners.autoplan.year.spacing import WANTED_SPREAD

MOST = 5


class AlternativePlacement(NamedTuple):
    """Another placement of an event and what it costs more."""

    at: Placement
    extra_cost: int


class Board:
    """A plan on the board: single events are lifted, priced elsewhere and put back."""

    def __init__(
        self, problem: PlanProblem, placements: Iterable[Placement], compiled: Compiled | None = None
    ) -> None:
        self.compiled = compiled or Compiled(problem)
        self.state = State(self.compiled)
        for placement in placements:
            assignment = self.compiled.assignment(placement)
            number = self.compiled.number[placement.event]
            if assignment is not None and self._fits(number, assignment):
                self.state.drop(number, self.state.option(number, assignment), assignment.slot)

    def _fits(self, number: int, assignment: Assignment) -> bool:
        event = self.compiled.events[number]
        if assignment.host not in event.hosts or assignment.place not in event.places:
            return False
        return bool(self.state.free(number, self.state.option(number, assignment)) >> assignment.slot & 1)

    def elsewhere(self, key: str, *, most: int = MOST) -> tuple[AlternativePlacement, ...]:
        """The cheapest other days with the same host and place, then another host on the same day."""
        number = self.compiled.number[key]
        assignment = self.state.at[number]
        if assignment is None:
            return self._from_nowhere(number, most)
        option = self.state.option(number, assignment)
        price = self.state.lift(number)
        found = self._other_days(number, option, assignment)[: most - 1]
        found += self._other_hosts(number, option, assignment)[: most - len(found)]
        self.state.drop(number, option, assignment.slot, price)
        return tuple(
            AlternativePlacement(self.compiled.placement(number, other), cost - price)
            for cost, other in found
        )

    def _from_nowhere(self, number: int, most: int) -> tuple[AlternativePlacement, ...]:
        """The best days of an event that is not placed, priced against the best of them."""
        found = [
            assignment for o in self.state.options[number] for assignment in self._other_days(number, o, None)
        ]
        found.sort()
        best = found[0][0] if found else 0
        return tuple(
            AlternativePlacement(self.compiled.placement(number, assignment), cost - best)
            for cost, assignment in found[:most]
        )

    def _other_days(
        self, number: int, option: Option, assignment: Assignment | None
    ) -> list[tuple[int, Assignment]]:
        best: dict[int, tuple[int, Assignment]] = {}
        own = assignment.slot // self.state.per_day if assignment is not None else None
        for slot in slots_of(self.state.free(number, option)):
            day = slot // self.state.per_day
            if day == own:
                continue
            priced = (self.state.price(number, option, slot), Assignment(slot, option.host, option.place))
            if day not in best or priced < best[day]:
                best[day] = priced
        return sorted(best.values())

    def _other_hosts(
        self, number: int, option: Option, assignment: Assignment
    ) -> list[tuple[int, Assignment]]:
        found = [
            (
                self.state.price(number, other, assignment.slot),
                Assignment(assignment.slot, other.host, other.place),
            )
            for other in self.state.options[number]
            if other is not option and self.state.free(number, other) >> assignment.slot & 1
        ]
        return sorted(found)[:1]

    def best(self, key: str) -> tuple[Placement, int] | None:
        """The cheapest place for an event that is not placed, and its price; None where there is none."""
        number = self.compiled.number[key]
        priced = (
            (self.state.price(number, option, slot), slot, order, option)
            for order, option in enumerate(self.state.options[number])
            for slot in slots_of(self.state.free(number, option))
        )
        found = min(priced, key=lambda entry: entry[:3], default=None)
        if found is None:
            return None
        cost, slot, _, option = found
        return self.compiled.placement(number, Assignment(slot, option.host, option.place)), cost

    def free_days(self, key: str) -> set[date]:
        """The days on which an event that is not placed finds room with any of its options."""
        number = self.compiled.number[key]
        bits = 0
        for option in self.state.options[number]:
            bits |= self.state.free(number, option)
        return {self.compiled.grid.day_of(slot) for slot in slots_of(bits)}


def what_differs(
    facts: YearFacts, board: Board, key: str, chosen: Placement, other: AlternativePlacement
) -> str:
    """Why another placement costs more, in a few words; 同样合适 where it does not."""
    if other.at.host != chosen.host or other.at.place != chosen.place:
        return _who(facts, chosen, other)
    words = list(_of_the_day(board, key, chosen, other.at))
    if words:
        return "，".join(words)
    if other.extra_cost > 0:
        return "间隔或负担稍差"
    return "同样合适" if other.extra_cost == 0 else "更合适"


def _who(facts: YearFacts, chosen: Placement, other: AlternativePlacement) -> str:
    parts = []
    if other.at.host and other.at.host != chosen.host:
        parts.append(f"改由{facts.snapshot.unit_name(other.at.host)}牵头")
    if other.at.place != chosen.place:
        parts.append("换一个去处")
    return "，".join(parts)


def _of_the_day(board: Board, key: str, chosen: Placement, other: Placement) -> Iterator[str]:
    event = next(event for event in board.compiled.problem.events if event.key == key)
    if other.day.weekday() in event.avoid_weekdays and chosen.day.weekday() not in event.avoid_weekdays:
        yield "不在惯常的星期"
    if event.preferred_half not in (None, other.half) and chosen.half == event.preferred_half:
        yield "不在惯常的时段"
    if _outside(board, event.preferred_calendar, other.day) and not _outside(
        board, event.preferred_calendar, chosen.day
    ):
        yield _off_calendar(board, event.preferred_calendar or "", other.day)
    campaign = event.campaign.split(":")[0]
    nearest, now = (_nearest(board, key, campaign, at.day) for at in (other, chosen))
    wanted = WANTED_SPREAD.get(Campaign(campaign), 0)
    if nearest is not None and nearest < wanted and (now is None or nearest < now):
        yield f"距同类活动只有 {nearest} 天"


def _outside(board: Board, calendar: str | None, day: date) -> bool:
    calendars = board.compiled.problem.calendars
    return calendar is not None and not any(day in period for period in calendars[calendar])


def _off_calendar(board: Board, calendar: str, day: date) -> str:
    periods = board.compiled.problem.calendars[calendar]
    if periods and day < periods[0].first:
        return "准备时间较短"
    return "离期限较近" if periods and day >= periods[-1].end else "学校放假"


def _nearest(board: Board, key: str, campaign: str, day: date) -> int | None:
    compiled, grid = board.compiled, board.compiled.grid
    days = [grid.days[number] for number in compiled.fixed_days.get(campaign, ())]
    days += [
        grid.day_of(assignment.slot)
        for event, assignment in zip(compiled.problem.events, board.state.at, strict=True)
        if assignment is not None and event.key != key and event.campaign.split(":")[0] == campaign
    ]
    return min((abs((other - day).days) for other in days), default=None)
