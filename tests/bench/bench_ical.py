"""日历导出的速度：第一次、再一次，与用 icalendar 搭建并写出同样内容相比（同一次运行里的比值）。

然后是日历文件夹：一年 3,000 场、60 个单位，一个单位一个文件，与全部写成一个文件相比。

python -m tests.bench.bench_ical [活动数]
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import icalendar  # noqa: TID253  the library that we measure against

from exports import ical
from exports.calendar_folder import FolderOptions, folder_calendars, write_folder
from exports.files import write_atomically
from exports.ical import calendar_bytes
from models.domain.events import Campaign, Event, EventStatus
from models.domain.snapshot import EventStamp, YearSnapshot
from models.domain.units import Unit
from models.domain.year import Year

ROUNDS = 3
FOLDER_ROUNDS = 9
CREATED = datetime(2026, 12, 1, 1, 0, tzinfo=timezone.utc)


def year_of(count: int) -> YearSnapshot:
    """A year with ``count`` events such as a district plans."""
    campaigns = list(Campaign)
    events = [_event(number, campaigns[number % len(campaigns)]) for number in range(count)]
    return YearSnapshot(
        Year(2027),
        units=[Unit(f"u{number}", f"区第{number}委办局") for number in range(60)],
        events=events,
        stamps={event.key: EventStamp(CREATED, CREATED, 1) for event in events},
        installation="3f0c5d1e9a",
    )


def _event(number: int, campaign: Campaign) -> Event:
    start = datetime(2027, 1, 4, 9) + timedelta(hours=7 * number % 8500)
    return Event(
        f"E-{number:05}",
        campaign,
        f"第{number}场：稳岗返还与就业补贴政策解读",
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        status=EventStatus.CONFIRMED if number % 3 else EventStatus.PLANNED,
        lead_units=(f"u{number % 60}",),
        responsible_units=(f"u{(number + 7) % 60}",),
        place="区政务服务中心“宝你汇”直播间",
        theme="民生保障",
        platforms=("“宝山汇”APP",),
        audience="企业与居民",
        expected=80,
        url=f"https://example.gov.cn/live/{number}",
        contact="56560000",
        note="携带凭证；提前入场",
    )


def built_by_icalendar(data: bytes) -> Callable[[], bytes]:
    """A run that builds the components of ``data`` from plain values with icalendar and writes them."""
    calendar = icalendar.Calendar.from_ical(data)
    head = _plain(calendar)
    components = [
        (component, [_plain(alarm) for alarm in component.subcomponents])
        for component in calendar.subcomponents
    ]
    plain = [(type(component), _plain(component), alarms) for component, alarms in components]

    def build() -> bytes:
        built = icalendar.Calendar()
        _fill(built, head)
        for kind, values, alarms in plain:
            component = kind()
            _fill(component, values)
            for alarm in alarms:
                part = icalendar.Alarm() if kind is icalendar.Event else icalendar.TimezoneStandard()
                _fill(part, alarm)
                component.add_component(part)
            built.add_component(component)
        return built.to_ical()

    return build


def _plain(component: icalendar.cal.Component) -> list[tuple[str, object]]:
    return [(name, component.decoded(name)) for name in component]


def _fill(component: icalendar.cal.Component, values: list[tuple[str, object]]) -> None:
    for name, value in values:
        component.add(name, value)


def seconds(run: Callable[[], object], before: Callable[[], object] | None = None) -> float:
    """The best of a few runs; ``before`` is not counted."""
    best = float("inf")
    for _ in range(ROUNDS):
        if before:
            before()
        start = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - start)
    return best


def main(count: int) -> None:
    """Prints seconds and ratios."""
    snapshot = year_of(count)
    data = calendar_bytes(snapshot)
    library = seconds(built_by_icalendar(data))
    first = seconds(lambda: calendar_bytes(snapshot), ical._kept_blocks.cache_clear)
    again = seconds(lambda: calendar_bytes(snapshot))
    print(f"{count} 项活动，{len(data) / 1e6:.1f} MB")
    print(f"icalendar 搭建并写出   {library:7.3f} s   {count / library:9.0f} 项/s")
    print(
        f"第一次导出             {first:7.3f} s   {count / first:9.0f} 项/s   {first / library:.3f} 倍（目标 ≤ 1.1）"
    )
    print(
        f"再一次导出             {again:7.3f} s   {count / again:9.0f} 项/s   快 {library / again:.0f} 倍（目标 ≥ 10）"
    )


def units_year(count: int, units: int) -> YearSnapshot:
    """A year of ``count`` events, each of two of ``units`` units."""
    plain = year_of(count)
    events = [
        event._replace(
            lead_units=(f"u{at % units}",),
            responsible_units=(f"u{(at * 7 + 1) % units}",),
            towns=(),
            park=None,
        )
        for at, event in enumerate(plain.events)
    ]
    named = [Unit(f"u{at}", f"区第{at}局") for at in range(units)]
    return YearSnapshot(plain.year_row, units=named, events=events, stamps=plain.stamps, installation="bench")


def folder(count: int = 3_000, units: int = 60) -> None:
    """Prints how long a folder takes beside one file of all written in the same round; medians of the rounds."""
    snapshot = units_year(count, units)
    taken: dict[str, list[float]] = defaultdict(list)
    for _ in range(FOLDER_ROUNDS):
        with TemporaryDirectory() as name:
            files = _folder_round(Path(name), snapshot, taken)
    one = median(taken["一个文件，写到盘上"])
    in_memory = median(taken["一个文件，字节"])
    print(
        f"\n{count} 场、{units} 个单位：文件夹 {files} 个文件（另有全年与各工作线），{FOLDER_ROUNDS} 轮的中位"
    )
    for label, seconds_taken in taken.items():
        ratios = [
            value / beside for value, beside in zip(seconds_taken, taken["一个文件，写到盘上"], strict=True)
        ]
        if "字节" in label:
            print(f"{label}\t{median(seconds_taken):7.3f} s   {median(seconds_taken) / in_memory:.2f} 倍")
        else:
            print(
                f"{label}\t{median(seconds_taken):7.3f} s   {median(seconds_taken) / one:.2f} 倍"
                f"（各轮 {min(ratios):.2f}–{max(ratios):.2f}，目标 ≤ 1.5）"
            )


def _folder_round(place: Path, snapshot: YearSnapshot, taken: dict[str, list[float]]) -> int:
    """Each run once, where nothing is kept from before it; how many files the folder has."""
    changed = _one_changed(snapshot)
    target = place / "all.txt"
    for label, run, cold in (
        ("一个文件，字节", lambda: calendar_bytes(snapshot), True),
        ("一个文件，写到盘上", lambda: write_atomically(target, calendar_bytes(snapshot)), True),
        ("文件夹，字节", lambda: folder_calendars(snapshot, {}, FolderOptions()), True),
        ("文件夹，写到盘上", lambda: write_folder(place, snapshot), True),
        ("文件夹，没有变化", lambda: write_folder(place, snapshot), False),
        ("文件夹，改了一场", lambda: write_folder(place, changed), False),
    ):
        if cold:
            ical._kept_blocks.cache_clear()
        start = time.perf_counter()
        run()
        taken[label].append(time.perf_counter() - start)
    return len(list(place.glob("*.ics")))


def _one_changed(snapshot: YearSnapshot) -> YearSnapshot:
    first, *rest = snapshot.events
    stamps = {**snapshot.stamps, first.key: snapshot.stamps[first.key]._replace(sequence=2)}
    return YearSnapshot(
        snapshot.year_row,
        units=snapshot.units,
        events=[first._replace(place="改到别处"), *rest],
        stamps=stamps,
        installation=snapshot.installation,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
    folder()
