"""季度活动计划要多久：第一次（读字体）与之后，0 到 400 项。目标：60 项 1.5 秒，再印 0.3 秒。

python -m tests.bench.bench_pdf
"""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime, timedelta
from time import perf_counter

from exports.pdf.page import Layout
from exports.pdf.quarter_plan import quarter_plan
from models.domain.events import Campaign, Event
from models.domain.snapshot import YearSnapshot
from models.domain.year import Year
from models.rulesets import ruleset_for
from planners.checks import check_year

COUNTS = (0, 8, 60, 400)
ITEMS = 60


def quarter_of_events(count: int) -> YearSnapshot:
    """A year with ``count`` events in its second quarter, as wordy as real ones."""
    campaigns = [one for one in Campaign if one is not Campaign.HOST_MEETING]
    start = datetime(2027, 4, 1, 14)
    return YearSnapshot(
        Year(2027),
        events=(
            Event(
                f"E{number}",
                campaigns[number % len(campaigns)],
                f"“蕰藻浜滨水空间贯通”政策解读与现场答疑（第{number}场）",
                starts_at=start + timedelta(days=number % 91),
                ends_at=start + timedelta(days=number % 91, hours=2),
                lead_units=("区人力资源社会保障局",),
                responsible_units=("友谊路街道", "吴淞街道"),
                place="区政务服务中心“宝你汇”直播间",
                audience="辖区居民、企业代表",
                note="请提前十分钟入场",
            )
            for number in range(count)
        ),
    )


def seconds(count: int, layout: Layout) -> float:
    """How long one plan of ``count`` items takes, proof included."""
    snapshot = quarter_of_events(count)
    check = check_year(snapshot, date(2027, 6, 15), ruleset_for(2027))
    begun = perf_counter()
    quarter_plan(snapshot, check, 2, layout=layout)
    return perf_counter() - begun


def first_in_a_new_process(layout: Layout) -> float:
    """The same in a process that has read no font yet."""
    code = f"from tests.bench.bench_pdf import *; print(seconds({ITEMS}, Layout(bundled_only={layout.bundled_only})))"
    return float(
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    )


def main() -> None:
    """Print the best of a few runs."""
    for layout, label in ((Layout(bundled_only=True), "仅用内置字体"), (Layout(), "本机字体优先")):
        print(f"{label}：第一次 {ITEMS} 项 {min(first_in_a_new_process(layout) for _ in range(3)):.2f} 秒")
        for count in COUNTS:
            print(f"  再印 {count:>3} 项 {min(seconds(count, layout) for _ in range(5)):.3f} 秒")


if __name__ == "__main__":
    main()
