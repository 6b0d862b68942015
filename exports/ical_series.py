"""同一编号的各项合成一个系列：规则、另列的日期、除外的日期、改过的某一场和此后各场 (RFC 5545 3.8.4、3.8.5)。"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import MINYEAR, datetime, timedelta
from typing import NamedTuple

from exports.ical_reading import Component
from exports.ical_recurrence import MOST_A_YEAR, Budget, RuleError, repeated
from exports.ical_times import EntryError, Times, listed, midnight, minute_of, start_of, times_of
from exports.ical_zones import Moment, Zones, parameter, shanghai
from exports.xlsx.reading.values import CellProblem

_DAY = timedelta(days=1)
_FURTHEST = timedelta(days=400)
"""How far “this and all that follow” may be moved."""


class Series(NamedTuple):
    """The components of one UID: what repeats, single repetitions that are otherwise, what a newer one replaces."""

    uid: str
    master: Component | None
    overrides: tuple[Component, ...]
    replaced: tuple[Component, ...] = ()

    @property
    def components(self) -> tuple[Component, ...]:
        """Those that count."""
        return (*((self.master,) if self.master else ()), *self.overrides)


class Instance(NamedTuple):
    """One time at which an entry is. ``original``: when it was to be as one of a series (RECURRENCE-ID), in Shanghai."""

    component: Component
    times: Times
    original: datetime | None = None


class _Future(NamedTuple):
    since: datetime
    component: Component
    times: Times


def series_of(components: Iterable[Component]) -> Iterator[Series]:
    """The events of a file by UID, in the order of their first; one without a UID stands alone."""
    groups: dict[str, list[Component]] = defaultdict(list)
    for number, component in enumerate(components):
        groups[component.uid or f"\n{number}"].append(component)
    for uid, group in groups.items():
        yield _series(uid if not uid.startswith("\n") else "", group)


def _series(uid: str, group: Sequence[Component]) -> Series:
    masters = [component for component in group if component.single]
    master = max(masters, key=_rank) if masters else None
    newest: dict[str, Component] = {}
    for component in sorted((one for one in group if not one.single), key=_rank):
        newest[component.value("RECURRENCE-ID").strip()] = component
    kept = sorted(newest.values(), key=_rank)
    replaced = [component for component in group if component is not master and component not in kept]
    return Series(uid, master, tuple(kept), tuple(replaced))


def _rank(component: Component) -> tuple[int, str, int]:
    return *component.rank, component.at


def is_future(component: Component) -> bool:
    """Whether it speaks of all repetitions that follow as well."""
    line = component.line("RECURRENCE-ID")
    return line is not None and parameter(line.parameters, "RANGE").upper() == "THISANDFUTURE"


def instances(
    series: Series, year: int, zones: Zones, budget: Budget, warnings: dict[int, list[CellProblem]]
) -> list[Instance]:
    """When the series is in ``year``, in order; what is odd goes to ``warnings`` by the line of its component.

    ``EntryError`` or ``RuleError`` where the series as a whole cannot be read.
    """
    return _Expansion(series, year, zones, budget, warnings).found()


class _Expansion:
    def __init__(
        self, series: Series, year: int, zones: Zones, budget: Budget, warnings: dict[int, list[CellProblem]]
    ) -> None:
        self._series = series
        self._year = year
        self._zones = zones
        self._budget = budget
        self._warnings = warnings
        self._lengths: dict[datetime, timedelta] = {}

    def found(self) -> list[Instance]:
        """The instances in the year."""
        master = self._series.master
        times = times_of(master, self._zones, self._warnings[master.at]) if master else None
        overrides = self._overrides(times)
        if master is None or times is None:
            return self._kept(Instance(one.component, one.times, one.since) for one in overrides.values())
        if not any(line.name in ("RRULE", "RDATE") for line in master.lines):
            return self._kept([Instance(master, times), *self._alone(overrides, {})])
        futures = sorted(
            (one for one in overrides.values() if is_future(one.component)), key=lambda one: one.since
        )
        originals = self._originals(master, times, futures)
        overridden = self._matched(overrides, originals)
        regular = (
            self._regular(master, times, original, futures)
            for original in originals
            if original not in overridden
        )
        return self._kept([*regular, *self._alone(overrides, overridden)])

    def _kept(self, found: Iterable[Instance]) -> list[Instance]:
        kept = sorted(
            (one for one in found if one.times.start.year == self._year),
            key=lambda one: (one.times.start, one.original or one.times.start),
        )
        if len(kept) > MOST_A_YEAR:
            raise RuleError(f"一年里重复超过 {MOST_A_YEAR} 次，请逐场写出")
        for _ in kept:
            self._budget.row()
        return kept

    def _overrides(self, times: Times | None) -> dict[datetime, _Future]:
        """What is said of single repetitions, by the time at which they were to be."""
        found: dict[datetime, _Future] = {}
        for component in self._series.overrides:
            line = component.line("RECURRENCE-ID")
            assert line is not None
            original = self._zones.moment(line.value, line.parameters)
            if original is None:
                raise EntryError(
                    f"第 {component.at} 行的 RECURRENCE-ID“{line.value.strip()[:40]}”读不懂，请改正"
                )
            since = minute_of(original)
            if component.line("DTSTART") is None and times is not None:
                said = times.at(since)
            else:
                said = times_of(component, self._zones, self._warnings[component.at])
            found[since] = _Future(since, self._titled(component), said)
        return found

    def _titled(self, component: Component) -> Component:
        """A cancelled repetition may come without a title."""
        master = self._series.master
        title = master.line("SUMMARY") if master else None
        if title is None or component.line("SUMMARY") is not None:
            return component
        return component._replace(lines=(*component.lines, title))

    def _alone(
        self, overrides: Mapping[datetime, _Future], matched: Mapping[datetime, datetime]
    ) -> Iterator[Instance]:
        by_override = {override: original for original, override in matched.items()}
        for since, one in overrides.items():
            yield Instance(one.component, one.times, by_override.get(since, since))

    def _matched(
        self, overrides: Mapping[datetime, _Future], originals: Sequence[datetime]
    ) -> dict[datetime, datetime]:
        """Repetition → the override that speaks of it: at its time, else the only one of its day."""
        at = set(originals)
        found = {since: since for since in overrides if since in at}
        days: dict[object, list[datetime]] = defaultdict(list)
        for original in originals:
            days[original.date()].append(original)
        for since in overrides:
            if since not in at and len(here := days[since.date()]) == 1:
                found.setdefault(here[0], since)
        return found

    def _regular(
        self, master: Component, times: Times, original: datetime, futures: Sequence[_Future]
    ) -> Instance:
        """A repetition as the series, or the last “this and all that follow” before it, says."""
        change = next((one for one in reversed(futures) if one.since < original), None)
        component, said, start = master, times, original
        if change is not None:
            component, said = change.component, change.times
            start += said.start - change.since
        moved, length = said.at(start), self._lengths.get(original)
        return Instance(component, moved if length is None else moved._replace(end=start + length), original)

    # the times of the series

    def _originals(self, master: Component, times: Times, futures: Sequence[_Future]) -> list[datetime]:
        """The times of the series around the year, the excepted ones left out, in Shanghai."""
        start = start_of(master, self._zones)
        furthest = max((abs(one.times.start - one.since) for one in futures), default=timedelta())
        margin = min(furthest, _FURTHEST) + _DAY
        since, before = datetime(self._year, 1, 1) - margin, datetime(self._year + 1, 1, 1) + margin
        rules = [line.value for line in master.lines if line.name == "RRULE"]
        found = (
            {times.start}
            if since <= times.start < before and not self._is_over(rules, start, master)
            else set()
        )
        for line in master.lines:
            if line.name == "EXRULE":
                raise RuleError("用 EXRULE 除外的重复不收，请逐场写出")
            if line.name == "RRULE":
                found.update(self._by_rule(line.value, start, master, (since, before)))
        for moment, length in listed([line for line in master.lines if line.name == "RDATE"], self._zones):
            at = minute_of(moment.in_shanghai())
            if moment.whole_day and not start.whole_day:
                at = datetime.combine(at.date(), times.start.time())
            if since <= at < before:
                found.add(at)
                if length is not None:
                    self._lengths[at] = length
        return sorted(found - self._excepted(master, times, found))

    def _is_over(self, rules: Sequence[str], start: Moment, master: Component) -> bool:
        """Whether every rule ends before the entry begins: what is left of a series that was deleted."""
        ends = [re.search(r"(?i)(?:^|;)\s*UNTIL=([^;]+)", rule) for rule in rules]
        lasts = [self._last(end[1], start, master) for end in ends if end]
        return len(lasts) == len(rules) > 0 and all(
            last is not None and last < midnight(start.local) for last in lasts
        )

    def _by_rule(
        self, text: str, start: Moment, master: Component, window: tuple[datetime, datetime]
    ) -> Iterator[datetime]:
        first, info = midnight(start.local), start.zone.info
        whole = start.whole_day
        around = (window[0] - _DAY, window[1] + _DAY)
        for local in repeated(
            text, first, around, lambda until: self._last(until, start, master), self._budget
        ):
            at = local if whole else minute_of(shanghai(local, info))
            if window[0] <= at < window[1]:
                yield at

    def _last(self, until: str, start: Moment, master: Component) -> datetime | None:
        """The last moment of UNTIL in the zone of the series: a day counts to its end."""
        line = master.line("DTSTART")
        assert line is not None
        zone = parameter(line.parameters, "TZID")
        moment = self._zones.read(until, f'TZID="{zone}"' if zone else "")
        if moment is None:
            return None
        try:
            if not isinstance(moment.local, datetime) or start.whole_day:
                return midnight(midnight(moment.in_shanghai()).date()) + _DAY - timedelta(seconds=1)
            if moment.zone.info is start.zone.info:
                return moment.local
            return (
                moment.local.replace(tzinfo=moment.zone.info).astimezone(start.zone.info).replace(tzinfo=None)
            )
        except OverflowError:  # the ends of the calendar stand for no end, or for one before everything
            return datetime(9999 if moment.local.year > MINYEAR else MINYEAR, 1, 1)

    def _excepted(self, master: Component, times: Times, found: set[datetime]) -> set[datetime]:
        """The times that EXDATE leaves out; one at another hour than the series means the day, and that is told."""
        out: set[datetime] = set()
        for line in (line for line in master.lines if line.name == "EXDATE"):
            for moment, _ in listed([line], self._zones):
                at = minute_of(moment.in_shanghai())
                if not moment.whole_day and (at in found or at.time() == times.start.time()):
                    out.add(at)
                    continue
                of_day = {one for one in found if one.date() == at.date()}
                if of_day and not moment.whole_day:
                    self._warnings[master.at].append(
                        CellProblem(
                            line.at, 0, "除外日期", f"{at:%Y-%m-%d %H:%M}", "钟点与日程不符，按当天除外"
                        )
                    )
                out |= of_day
        return out
