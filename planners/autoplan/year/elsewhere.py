"""别的排法：同一场放在别的日子、别的时段或别的单位，各要多付多少，差在哪里。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from models.domain.events import Campaign
from planners.autoplan.compiled import Compiled, Spot, compile_problem
from planners.autoplan.grid import slots_of
from planners.autoplan.problem import Placement, Problem
from planners.autoplan.state import Option, State
from planners.autoplan.year.facts import Facts
from planners.autoplan.year.spacing import WANTED_SPREAD

MOST = 5


class Elsewhere(NamedTuple):
    """Another placement of an event and what it costs more."""

    at: Placement
    extra_cost: int


class Board:
    """A plan on the board: single events are lifted, priced elsewhere and put back."""

    def __init__(
        self, problem: Problem, placements: Iterable[Placement], compiled: Compiled | None = None
    ) -> None:
        self.compiled = compiled or compile_problem(problem)
        self.state = State(self.compiled)
        for placement in placements:
            spot = self.compiled.spot(placement)
            number = self.compiled.number[placement.event]
            if spot is not None and self._fits(number, spot):
                self.state.drop(number, self.state.option(number, spot), spot.slot)

    def _fits(self, number: int, spot: Spot) -> bool:
        event = self.compiled.events[number]
        if spot.host not in event.hosts or spot.place not in event.places:
            return False
        return bool(self.state.free(number, self.state.option(number, spot)) >> spot.slot & 1)

    def elsewhere(self, key: str, *, most: int = MOST) -> tuple[Elsewhere, ...]:
        """The cheapest other days with the same host and place, then another host on the same day."""
        number = self.compiled.number[key]
        spot = self.state.at[number]
        if spot is None:
            return self._from_nowhere(number, most)
        option = self.state.option(number, spot)
        price = self.state.lift(number)
        found = self._other_days(number, option, spot)[: most - 1]
        found += self._other_hosts(number, option, spot)[: most - len(found)]
        self.state.drop(number, option, spot.slot, price)
        return tuple(Elsewhere(self.compiled.placement(number, other), cost - price) for cost, other in found)

    def _from_nowhere(self, number: int, most: int) -> tuple[Elsewhere, ...]:
        """The best days of an event that is not placed, priced against the best of them."""
        found = [spot for o in self.state.options[number] for spot in self._other_days(number, o, None)]
        found.sort()
        best = found[0][0] if found else 0
        return tuple(
            Elsewhere(self.compiled.placement(number, spot), cost - best) for cost, spot in found[:most]
        )

    def _other_days(self, number: int, option: Option, spot: Spot | None) -> list[tuple[int, Spot]]:
        best: dict[int, tuple[int, Spot]] = {}
        own = spot.slot // self.state.per_day if spot is not None else None
        for slot in slots_of(self.state.free(number, option)):
            day = slot // self.state.per_day
            if day == own:
                continue
            priced = (self.state.price(number, option, slot), Spot(slot, option.host, option.place))
            if day not in best or priced < best[day]:
                best[day] = priced
        return sorted(best.values())

    def _other_hosts(self, number: int, option: Option, spot: Spot) -> list[tuple[int, Spot]]:
        found = [
            (self.state.price(number, other, spot.slot), Spot(spot.slot, other.host, other.place))
            for other in self.state.options[number]
            if other is not option and self.state.free(number, other) >> spot.slot & 1
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
        return self.compiled.placement(number, Spot(slot, option.host, option.place)), cost

    def free_days(self, key: str) -> set[date]:
        """The days on which an event that is not placed finds room with any of its options."""
        number = self.compiled.number[key]
        bits = 0
        for option in self.state.options[number]:
            bits |= self.state.free(number, option)
        return {self.compiled.grid.day_of(slot) for slot in slots_of(bits)}


def what_differs(facts: Facts, board: Board, key: str, chosen: Placement, other: Elsewhere) -> str:
    """Why another placement costs more, in a few words; 同样合适 where it does not."""
    if other.at.host != chosen.host or other.at.place != chosen.place:
        return _who(facts, chosen, other)
    words = list(_of_the_day(board, key, chosen, other.at))
    if words:
        return "，".join(words)
    if other.extra_cost > 0:
        return "间隔或负担稍差"
    return "同样合适" if other.extra_cost == 0 else "更合适"


def _who(facts: Facts, chosen: Placement, other: Elsewhere) -> str:
    parts = []
    if other.at.host and other.at.host != chosen.host:
        parts.append(f"改由{facts.snapshot.unit_name(other.at.host)}承办")
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
    days = [grid.days[number] for number in compiled.standing_days.get(campaign, ())]
    days += [
        grid.day_of(spot.slot)
        for event, spot in zip(compiled.problem.events, board.state.at, strict=True)
        if spot is not None and event.key != key and event.campaign.split(":")[0] == campaign
    ]
    return min((abs((other - day).days) for other in days), default=None)
