"""Speed of ``check_year``: each figure beside a bare loop that reads the same fields, in one run.

    python -m tests.bench.bench_check

Goals: 10,000 events and all rules within 16 ms on a snapshot just read, growing linearly; 150
events within 1 ms.
"""

from __future__ import annotations

import gc
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta

from models.domain.events import Campaign, Event, EventStatus, SchoolStage
from models.domain.snapshot import YearSnapshot
from models.reference import blank_year
from models.rulesets import ruleset_for
from planners.checks import check_year

TODAY = date(2026, 6, 15)
ROUNDS = 15


def busy_year(events: int, seed: int = 1) -> YearSnapshot:
    """A year of ``events`` events of all campaigns, spread over days, units, venues and 街镇."""
    chance = random.Random(seed)
    blank = blank_year(2026)
    venues = max(16, events // 25)
    towns = [unit.key for unit in blank.units if unit.kind.value == "town"]
    departments = [unit.key for unit in blank.units if unit.kind.value == "department"]
    made = []
    for number in range(events):
        start = datetime(2026, 1, 1, 9) + timedelta(days=chance.randrange(365), hours=chance.randrange(8))
        campaign = chance.choice(tuple(Campaign))
        made.append(
            Event(
                f"E-{number:05}", campaign, f"活动{number}", f"活动{number % 100}", start,
                start + timedelta(hours=2), status=status_on(start, chance),
                lead_units=(chance.choice(departments),), towns=(chance.choice(towns),),
                stages=(chance.choice(tuple(SchoolStage)),), venue=f"v{chance.randrange(venues)}",
                forms=("答疑",), platforms=("甲", "乙"), theme_class="营商环境类",
                host_event="E-00000" if campaign is Campaign.TECH_FORUM else None,
            )
        )  # fmt: skip
    return fresh(blank, made)


def status_on(start: datetime, chance: random.Random) -> EventStatus:
    """What is past is mostly held, what lies ahead planned or confirmed."""
    if start.date() < TODAY:
        return EventStatus.HELD if chance.random() < 0.98 else EventStatus.PLANNED
    return chance.choice((EventStatus.PLANNED, EventStatus.CONFIRMED))


def fresh(like: YearSnapshot, events: list[Event]) -> YearSnapshot:
    """A snapshot without any index built yet, as it comes from the data file."""
    return YearSnapshot(
        like.year_row, units=like.units, venues=like.venues, events=events, neighbours=like.neighbours
    )


def bare_loop(snapshot: YearSnapshot) -> int:
    """Reads of each event what every check needs: campaign, start, status."""
    found = 0
    for event in snapshot.events:
        starts_at = event.starts_at
        if starts_at is not None and event.campaign is Campaign.LECTURE and event.status:
            found += starts_at.month
    return found


def milliseconds(run: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Median time of one run."""
    times = []
    for _ in range(rounds):
        gc.collect()
        began = time.perf_counter()
        run()
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000


def main() -> None:
    """Print a line for each size."""
    rules = ruleset_for(2026)
    for size in (150, 1_000, 5_000, 10_000, 20_000):
        made = busy_year(size)
        events = list(made.events)
        loop = milliseconds(lambda made=made: bare_loop(made))
        cold = milliseconds(lambda made=made, events=events: check_year(fresh(made, events), TODAY, rules))
        found = check_year(made, TODAY, rules)
        sys.stdout.write(
            f"{size:>6} events, {len(found.conflicts)} conflicts: {cold:7.2f} ms, {cold / loop:5.1f} × a bare loop ({loop:.2f} ms)\n"
        )


if __name__ == "__main__":
    main()
