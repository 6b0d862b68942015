"""Speed of 沿用上年 and of the rehearsal of days off, beside one check of the same year.

    python -m tests.bench.bench_copy

Goal: 400 events copied within 200 ms.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import date
from functools import partial

from models.holidays import estimated_holidays, shipped_holidays
from models.reference import blank_year
from models.rulesets import ruleset_for
from planners.checks import check_year
from planners.copying import copy_year
from planners.rehearsal import rehearse
from tests.bench.bench_check import busy_year

ROUNDS = 9
TODAY = date(2026, 1, 2)


def median(work: Callable[[], object]) -> float:
    """Milliseconds of ``work``."""
    took = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        took.append((time.perf_counter() - start) * 1000)
    return statistics.median(took)


def main() -> None:
    """Print the figures for 100, 400 and 2,000 events."""
    notice = shipped_holidays(2026) or estimated_holidays(2026)
    new, rules, new_rules = blank_year(2027), ruleset_for(2026), ruleset_for(2027)
    for events in (100, 400, 2000):
        old = busy_year(events)
        check = median(partial(check_year, old, TODAY, rules))
        copy = median(partial(copy_year, old, new, new_rules, TODAY))
        moves = median(partial(rehearse, old, notice, rules, TODAY))
        print(f"{events:5} 场：检查 {check:.1f} ms，沿用 {copy:.1f} ms，预演 {moves:.1f} ms")


if __name__ == "__main__":
    main()
