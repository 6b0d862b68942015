"""哪一稿：当前草案，或某一印发稿；印发稿读一次就记住。"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from exports.prints import ReleaseMark
from gui.services.calendar_orders import CalendarPlan
from gui.session.redaction import redacted
from gui.session.year_session import YearSession
from models.domain.attendance import Delegate
from models.domain.snapshot import YearSnapshot
from models.releases import Release, released_snapshot, releases
from models.rulesets import ruleset_for
from planners.checks import check_year
from planners.results import YearCheck


class PlanVersions:
    """The draft and the releases of the open year. Read on the main thread, checked in the background."""

    def __init__(self, session: YearSession) -> None:
        self._session = session
        self._kept: dict[tuple[int, int], tuple[tuple[Delegate, ...], YearSnapshot]] = {}

    def marks(self) -> tuple[ReleaseMark, ...]:
        """The releases, oldest first."""
        return tuple(_mark(one) for one in releases(self._session.store, self._session.year))

    def draft(self) -> CheckedYear:
        """The year as it is now."""
        return partial(_known, self._session.snapshot, self._session.check)

    def released(self, number: int) -> CheckedYear:
        """The year as it was released under ``number``, checked as of today: to compare it. Raises ``UserError``."""
        return partial(_checked, self._snapshot(number), self._session.today)

    def printed(self, number: int) -> CheckedYear:
        """The same checked as of the day it was released: its prints say ever after what they said then."""
        day = next((mark.day for mark in self.marks() if mark.number == number), self._session.today)
        return partial(_checked, self._snapshot(number), day)

    def _snapshot(self, number: int) -> YearSnapshot:
        session = self._session
        key, people = (session.year, number), session.snapshot.delegates
        if (
            key not in self._kept or self._kept[key][0] != people
        ):  # a release has the names of the present rows
            self._kept[key] = people, released_snapshot(session.store, *key)
        return self._kept[key][1]

    def label(self, number: int | None) -> str:
        """印发稿3（2027-06-01）; 草案."""
        mark = next((mark for mark in self.marks() if mark.number == number), None)
        return f"印发稿{mark.number}（{mark.day.isoformat()}）" if mark else "草案"


def _mark(release: Release) -> ReleaseMark:
    return ReleaseMark(release.number, redacted(release.name), release.released_on, release.digest)


def _known(snapshot: YearSnapshot, check: YearCheck) -> tuple[YearSnapshot, YearCheck]:
    return snapshot, check


def _checked(snapshot: YearSnapshot, today: date) -> tuple[YearSnapshot, YearCheck]:
    row = snapshot.year_row
    ruleset = ruleset_for(row.year, row.ruleset, dict(row.settings))
    return snapshot, check_year(snapshot, today, ruleset)


CheckedYear = Callable[[], tuple[YearSnapshot, YearCheck]]
"""Gives the facts and what the rules say about them; called in the background."""


MakePlan = Callable[[], CalendarPlan]


def plan_maker(session: YearSession, release: int | None) -> MakePlan:
    """Makes the plan in the background; a release is read here and checked as of its own day, for the draft what is
    open in other years. Raises ``UserError``.
    """
    if release is None:
        return partial(CalendarPlan, session.snapshot, session.check, others=session.read_beside())
    snapshot = released_snapshot(session.store, session.year, release)
    day = next(one.released_on for one in releases(session.store, session.year) if one.number == release)
    return partial(released_plan, snapshot, day, release)


def released_plan(snapshot: YearSnapshot, day: Any, release: int) -> CalendarPlan:
    """A release with what the rules said on its day."""
    row = snapshot.year_row
    ruleset = ruleset_for(row.year, row.ruleset, dict(row.settings))
    return CalendarPlan(snapshot, check_year(snapshot, day, ruleset), release)
