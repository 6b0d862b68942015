"""沿用上年：上年办过、排过的活动，放到今年同一周的同一天，逐场写明为什么在这天。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import count

from models.domain.events import FORECAST_STATUSES, Event, EventStatus, Precision
from models.domain.masking import masks_of
from models.domain.rules import RuleSet
from models.domain.snapshot import YearSnapshot
from planners.copying_days import CopiedDay, NewDays
from planners.copying_names import CarriedEvent, Copied, NewNames
from planners.copying_words import Telling, bare_entry, lost_entry
from planners.proposals import Open, Proposal
from planners.proposals_stale import clash_words
from planners.school_terms import BreakDays, school_breaks

_COARSE = (Precision.TEN_DAYS, Precision.MONTH, Precision.QUARTER)


def copy_year(previous: YearSnapshot, blank: YearSnapshot, ruleset: RuleSet, today: date) -> Proposal:
    """What ``previous`` held or planned, proposed for the year of ``blank``; nothing is done yet.

    Every event keeps its weekday, its week of the month, its hours and its place. One that would fall on
    a day off, a closed day or before ``today`` goes to the nearest day that will do in the period of its
    rule; one that was on a rest day stays on one. What belonged to last year only (host event, policy,
    result, link, notes) stays there; names and phones of its delegates that stand in texts come masked, for they
    are not known in the new year. The same facts give the same proposal.
    """
    previous = masks_of(previous).year(previous)
    copies, lost = _placed(previous, blank, ruleset, today)
    bare = [bare_entry(previous, blank, copied) for copied in copies]
    telling = Telling(previous, blank, bare, copies, today, ruleset)
    return Proposal(
        f"沿用 {previous.year} 年安排",
        blank.year,
        blank.revision,
        today,
        max(date(blank.year, 1, 1), today),
        date(blank.year, 12, 31),
        tuple(telling.told(entry, copied) for entry, copied in zip(bare, copies, strict=True)),
        open=tuple(lost),
    )


def copied_events(previous: YearSnapshot) -> list[Event]:
    """The events of last year that are proposed again: held, confirmed or planned, by start."""
    chosen = [event for event in previous.events if event.status in FORECAST_STATUSES]
    return sorted(chosen, key=_by_start)


def _by_start(event: Event) -> tuple[bool, str, str]:
    """Dated events first, by start."""
    return event.starts_at is None, str(event.starts_at), event.key


def _placed(
    previous: YearSnapshot, blank: YearSnapshot, ruleset: RuleSet, today: date
) -> tuple[list[Copied], list[Open]]:
    """Every event with its place, by day: first those that stay find theirs, then those that must go elsewhere."""
    names = NewNames(previous, blank)
    breaks = BreakDays(school_breaks(blank.year, dict(blank.year_row.settings), ruleset))
    days = NewDays(previous, blank, ruleset, breaks, today)
    standing = _Standing(blank)
    placed: list[Copied] = []
    moving: list[tuple[Event, CarriedEvent]] = []
    for old, key in zip(copied_events(previous), _free_keys(blank), strict=False):
        carried = names.carried(_bare(old, key))
        spot = _first_spot(days, blank.year, old)
        if spot is None:
            moving.append((old, carried))
        else:
            placed.append(standing.take(Copied(old, carried, spot, _at(old, carried, spot))))
    lost = []
    for old, carried in moving:
        spot = standing.spot(days, old, carried)
        if spot.day is None:
            lost.append(lost_entry(old, blank.year, spot))
        else:
            placed.append(standing.take(Copied(old, carried, spot, _at(old, carried, spot))))
    placed.sort(key=lambda copied: _by_start(copied.event))
    return placed, lost


def _first_spot(days: NewDays, year: int, old: Event) -> CopiedDay | None:
    """Where an event can stay; None where it must look for a place."""
    if old.starts_at is None:
        return CopiedDay(None, same=True)
    if old.precision in _COARSE:
        spot = CopiedDay(_in_year(old.starts_at, year - old.starts_at.year).date(), same=True)
        return spot if not days.is_over(_last_day(old, year)) else None
    spot = days.spot(old, old.starts_at.date())
    return spot if spot.same else None


class _Standing:
    """What stands in the new year already, by day, so that what moves does not run into it."""

    def __init__(self, blank: YearSnapshot) -> None:
        self._blank = blank
        self._by_day: dict[date, list[Event]] = {}
        for event in blank.events:
            if event.counts_in_forecast:
                self._add(event)

    def _add(self, event: Event) -> None:
        if event.day is not None:
            self._by_day.setdefault(event.day, []).append(event)

    def take(self, copied: Copied) -> Copied:
        """``copied``, which stands on its day from now on."""
        self._add(copied.event)
        return copied

    def spot(self, days: NewDays, old: Event, carried: CarriedEvent) -> CopiedDay:
        """Where an event that cannot stay goes."""
        assert old.starts_at is not None
        if old.precision in _COARSE:
            return CopiedDay(None, same=False, why=("已过", ""))

        def clash(day: date) -> str:
            event = _at(old, carried, CopiedDay(day, same=False))
            found = (clash_words(self._blank, event, other) for other in self._by_day.get(day, ()))
            return next((words for words in found if words), "")

        return days.spot(carried.event, old.starts_at.date(), clash)


def _bare(old: Event, key: str) -> Event:
    """``old`` without what belonged to its year only, as a new 已排 event whose day is not confirmed."""
    return old._replace(
        key=key,
        tentative=True,
        raw_time="",
        status=EventStatus.PLANNED,
        status_reason="",
        attended=None,
        host_event=None,
        policy=None,
        url="",
        note="",
        pinned=False,
    )


def _at(old: Event, carried: CarriedEvent, spot: CopiedDay) -> Event:
    """The event in its place, at the hours it had and as long as it was."""
    if old.starts_at is None or spot.day is None:
        return carried.event
    if old.precision in _COARSE:
        years = spot.day.year - old.starts_at.year
        ends = _in_year(old.ends_at, years) if old.ends_at else None
        return carried.event._replace(starts_at=_in_year(old.starts_at, years), ends_at=ends)
    starts = datetime.combine(spot.day, old.starts_at.time())
    ends = starts + (old.ends_at - old.starts_at) if old.ends_at else None
    return carried.event._replace(starts_at=starts, ends_at=ends)


def _in_year(moment: datetime, years: int) -> datetime:
    """The same day of another year; 29 February becomes the 28th."""
    day = 28 if (moment.month, moment.day) == (2, 29) else moment.day
    return moment.replace(year=moment.year + years, day=day)


def _last_day(old: Event, year: int) -> date:
    assert old.starts_at is not None
    return _in_year(old.ends_at or old.starts_at, year - old.starts_at.year).date()


def _free_keys(blank: YearSnapshot) -> Iterator[str]:
    taken = {event.key for event in blank.events} | {entry.event.key for entry in blank.withdrawn}
    return (key for number in count(1) if (key := f"E{number:04d}") not in taken)
