"""印件要多久：季度计划第一次（读字体）与再印，全年 3,000 项每秒几页。目标：60 项再印 0.3 秒，3,000 项每秒 15 页。

python -m tests.bench.bench_pdf
"""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime, timedelta
from time import perf_counter

from exports.prints import PrintKind, PrintOptions, make_print
from models.domain.events import Campaign, Event, EventStatus
from models.domain.snapshot import YearSnapshot
from models.domain.units import Unit, UnitKind
from models.domain.year import Year
from models.rulesets import ruleset_for
from planners.checks import check_year

COUNTS = (0, 8, 60, 400)
ITEMS, LARGE = 60, 3000
TOWNS = tuple(Unit(name, name, UnitKind.TOWN) for name in ("友谊路街道", "吴淞街道", "罗店镇", "顾村镇"))
OF_THE_YEAR = (
    PrintKind.COMMUNITIES,
    PrintKind.LECTURES,
    PrintKind.OPEN_MONTH,
    PrintKind.EVIDENCE,
    PrintKind.WALL,
)


def events_of(count: int, campaigns: list[Campaign], first: datetime, days: int) -> YearSnapshot:
    """A year with ``count`` events, as wordy as real ones, over ``days`` days."""
    return YearSnapshot(
        Year(2027),
        units=TOWNS,
        events=(
            Event(
                f"E{number}",
                campaigns[number % len(campaigns)],
                f"“蕰藻浜滨水空间贯通”政策解读与现场答疑（第{number}场）",
                starts_at=first + timedelta(days=number % days),
                ends_at=first + timedelta(days=number % days, hours=2),
                lead_units=("区人力资源社会保障局",),
                responsible_units=("友谊路街道", "吴淞街道"),
                place="区政务服务中心“宝你汇”直播间",
                status=EventStatus.HELD,
                audience="辖区居民、企业代表",
                note="请提前十分钟入场",
            )
            for number in range(count)
        ),
    )


def quarter_of_events(count: int) -> YearSnapshot:
    """The second quarter of a year, full of events of every campaign."""
    campaigns = [one for one in Campaign if one is not Campaign.HOST_MEETING]
    return events_of(count, campaigns, datetime(2027, 4, 1, 14), 91)


def seconds(count: int, *, builtin_fonts: bool) -> float:
    """How long one plan of ``count`` items takes, proof included."""
    snapshot = quarter_of_events(count)
    check = check_year(snapshot, date(2027, 6, 15), ruleset_for(2027))
    options = PrintOptions(quarter=2, builtin_fonts=builtin_fonts)
    begun = perf_counter()
    make_print(PrintKind.QUARTER, snapshot, check, options)
    return perf_counter() - begun


def first_in_a_new_process(*, builtin_fonts: bool) -> float:
    """The same in a process that has read no font yet."""
    code = f"from tests.bench.bench_pdf import *; print(seconds({ITEMS}, builtin_fonts={builtin_fonts}))"
    return float(
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    )


def pages_a_second(kind: PrintKind) -> tuple[int, float]:
    """Pages of a year of 3,000 items, and how many of them a second, proof included."""
    campaign = {
        PrintKind.COMMUNITIES: Campaign.COMMUNITY,
        PrintKind.OPEN_MONTH: Campaign.OPEN_MONTH,
    }.get(kind, Campaign.LECTURE)
    first, days = (
        (datetime(2027, 8, 1, 14), 31) if kind is PrintKind.OPEN_MONTH else (datetime(2027, 1, 1, 14), 365)
    )
    snapshot = events_of(LARGE, [campaign], first, days)
    check = check_year(snapshot, date(2027, 6, 15), ruleset_for(2027))
    begun = perf_counter()
    printed = make_print(kind, snapshot, check, PrintOptions(builtin_fonts=True))
    return printed.pages, printed.pages / (perf_counter() - begun)


def main() -> None:
    """Print the best of a few runs."""
    for builtin, label in ((True, "仅用内置字体"), (False, "本机字体优先")):
        first = min(first_in_a_new_process(builtin_fonts=builtin) for _ in range(3))
        print(f"{label}：第一次 {ITEMS} 项 {first:.2f} 秒")
        for count in COUNTS:
            best = min(seconds(count, builtin_fonts=builtin) for _ in range(5))
            print(f"  再印 {count:>3} 项 {best:.3f} 秒")
    for kind in OF_THE_YEAR:
        pages, speed = pages_a_second(kind)
        print(f"{kind.label} {LARGE} 项：{pages} 页，每秒 {speed:.0f} 页")


if __name__ == "__main__":
    main()
