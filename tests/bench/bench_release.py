"""Speed of the differences between two releases, beside the two checks that they lean on.

    python -m tests.bench.bench_release

Goal: the difference of two releases of 3,000 events within 100 ms.
"""

from __future__ import annotations

import random
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

from models.commands import create_year
from models.domain.events import Event, EventStatus
from models.releases import lay_back, release_year, released_snapshot
from models.rulesets import ruleset_for
from models.store import open_store
from planners.change_notice import unit_notices
from planners.checks import check_year
from planners.release_changes import plan_changes
from tests.bench.bench_check import TODAY, busy_year, fresh, milliseconds


def edited(events: list[Event], share: float, seed: int = 2) -> list[Event]:
    """``events`` with a share of them moved, renamed, cancelled or left out."""
    chance = random.Random(seed)
    found = []
    for event in events:
        lot = chance.random()
        if lot > share or event.starts_at is None:
            found.append(event)
        elif lot < share * 0.5:
            found.append(event._replace(starts_at=event.starts_at + timedelta(days=7), ends_at=None))
        elif lot < share * 0.7:
            found.append(event._replace(place="改在别处"))
        elif lot < share * 0.9:
            found.append(event._replace(status=EventStatus.CANCELLED))
    return found


def main() -> None:
    """Print the times for several sizes and shares."""
    rules = ruleset_for(2026)
    for size, share in ((150, 0.1), (3_000, 0.05), (3_000, 1.0), (10_000, 0.2)):
        before = busy_year(size)
        after = fresh(before, edited(list(before.events), share))
        checks = [check_year(side, TODAY, rules) for side in (before, after)]
        labels = ("印发稿1（2026-06-01）", "草案")

        def differ(
            before: object = before, after: object = after, checks: object = checks, labels: object = labels
        ) -> object:
            return plan_changes(fresh(before, before.events), fresh(after, after.events), *checks, labels)  # type: ignore[attr-defined,misc,arg-type]

        def check(after: object = after) -> object:
            return check_year(fresh(after, after.events), TODAY, rules)  # type: ignore[attr-defined,arg-type]

        found = plan_changes(before, after, *checks, labels)
        notices = milliseconds(
            lambda found=found, before=before, after=after: unit_notices(found, before, after)
        )
        sys.stdout.write(
            f"{size:>6} events, {len(found.events):>5} changes, {len(found.rules):>3} rules: "
            f"{milliseconds(differ):7.2f} ms; a check {milliseconds(check):7.2f} ms; by unit {notices:6.2f} ms\n"
        )
    bench_store(3_000)


def bench_store(size: int) -> None:
    """Print how long a release takes to freeze, to read and to lay back."""
    made = busy_year(size)
    year = fresh(made, [event._replace(venue=None, host_event=None) for event in made.events])
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(Path(folder) / "数据.db") as store,
    ):
        create_year(store, year)
        freeze = milliseconds(lambda: release_year(store, 2026, "", date(2026, 6, 1)), 3)
        read = milliseconds(lambda: released_snapshot(store, 2026, 1), 5)
        (bytes_kept,) = store.rows("SELECT length(contents) FROM release")[0]
        back = milliseconds(lambda: lay_back(store, 2026, 1), 3)
    sys.stdout.write(
        f"{size:>6} events: freeze {freeze:.0f} ms, read {read:.0f} ms, compare and lay back {back:.0f} ms, "
        f"{bytes_kept / 1024:.0f} KB\n"
    )


if __name__ == "__main__":
    main()
