"""两稿之间：列席的会议与事项、季度主题，哪些新增、改期、调整、取消。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple, TypeVar

from models.domain.attendance import Decision, Meeting
from models.domain.events import Campaign, EventStatus
from models.domain.periods import quarter_of
from models.domain.snapshot import ItemKind, YearSnapshot
from planners.change_kinds import ChangeKind, units_of

T = TypeVar("T", Meeting, Decision)
MEETING_FIELDS = ("body", "number", "starts_at", "tentative", "place")
DECISION_FIELDS = ("title", "body", "unit", "meeting", "exemption")
"""What prints tell people ahead of a meeting; what is recorded as the case goes its way is no change."""


class Sitting(NamedTuple):
    """A meeting with the titles of its decisions; or one decision with its meeting (None: not at a meeting yet)."""

    meeting: Meeting | None
    decision: Decision | None = None
    agenda: tuple[str, ...] = ()

    @property
    def starts_at(self) -> datetime | None:
        """When the meeting begins; None while that is not known."""
        return self.meeting.starts_at if self.meeting is not None else None


class SittingChange(NamedTuple):
    """A meeting or a decision before and after (None: not there), the fields that differ, the units that have to act.

    The units of a meeting are those of its decisions; a decision has the unit of the later side first.
    """

    kind: ChangeKind
    before: Sitting | None
    after: Sitting | None
    fields: tuple[str, ...]
    units: tuple[str, ...]

    @property
    def sitting(self) -> Sitting:
        """It as it is now, else as it was."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def item(self) -> ItemKind:
        """Whether a meeting or a decision has changed."""
        return ItemKind.MEETING if self.sitting.decision is None else ItemKind.DECISION

    @property
    def key(self) -> str:
        """The permanent key of the decision, else of the meeting."""
        found = self.sitting.decision or self.sitting.meeting
        assert found is not None
        return found.key

    @property
    def former(self) -> tuple[str, ...]:
        """The unit that no longer answers for the decision."""
        if self.after is None or self.after.decision is None:
            return ()
        return tuple(unit for unit in self.units if unit != self.after.decision.unit)

    def heirs_of(self, unit: str) -> tuple[str, ...]:
        """The unit that answers for the decision now instead of ``unit``."""
        return self.heirs if unit in self.former else ()

    @property
    def heirs(self) -> tuple[str, ...]:
        """The unit that takes the decision over."""
        unit = self.after.decision.unit if self.after is not None and self.after.decision else None
        return (unit,) if unit and self.former else ()

    @property
    def lead(self) -> str | None:
        """Under whom it stands in a notice."""
        return next((unit for unit in self.units if unit not in self.former), None)


class ThemeChange(NamedTuple):
    """The theme of a quarter before and after; ``units`` of the quarter's 走进园区 events."""

    kind: ChangeKind
    quarter: int
    before: str
    after: str
    units: tuple[str, ...]

    @property
    def item(self) -> ItemKind:
        """Themes are part of the year's own row."""
        return ItemKind.YEAR

    @property
    def key(self) -> str:
        """The number of the quarter."""
        return str(self.quarter)

    @property
    def former(self) -> tuple[str, ...]:
        """Nobody hands a theme over."""
        return ()

    @property
    def heirs(self) -> tuple[str, ...]:
        """Nobody takes one over."""
        return ()

    def heirs_of(self, unit: str) -> tuple[str, ...]:
        """Nobody takes one over from ``unit``."""
        del unit
        return ()

    @property
    def lead(self) -> str | None:
        """Under whom it stands in a notice."""
        return next(iter(self.units), None)


def sitting_changes(before: YearSnapshot, after: YearSnapshot) -> tuple[SittingChange, ...]:
    """Every meeting and decision that is told otherwise on the two sides, by day; a meeting before its decisions."""
    found = [*_meeting_changes(before, after), *_decision_changes(before, after)]
    return tuple(sorted(found, key=lambda change: (_day(change), change.item is ItemKind.DECISION)))


def _day(change: SittingChange) -> date:
    sides = (change.after, change.before)
    return next((side.starts_at.date() for side in sides if side is not None and side.starts_at), date.max)


def _meeting_changes(before: YearSnapshot, after: YearSnapshot) -> Iterator[SittingChange]:
    for key, was, now in _differing(before.meetings, after.meetings, MEETING_FIELDS):
        agendas = [[one for one in side.decisions if one.meeting == key] for side in (before, after)]
        old, new = (
            None if meeting is None else Sitting(meeting, None, tuple(one.title for one in agenda))
            for meeting, agenda in zip((was, now), agendas, strict=True)
        )
        fields = _fields(was, now, MEETING_FIELDS)
        units = tuple(dict.fromkeys(one.unit for one in agendas[1] or agendas[0] if one.unit))
        yield SittingChange(_kind(old, new), old, new, fields, units)


def _decision_changes(before: YearSnapshot, after: YearSnapshot) -> Iterator[SittingChange]:
    for _, was, now in _differing(before.decisions, after.decisions, DECISION_FIELDS):
        old = None if was is None else Sitting(_meeting(before, was), was)
        new = None if now is None else Sitting(_meeting(after, now), now)
        fields = _fields(was, now, DECISION_FIELDS)
        units = tuple(dict.fromkeys(one.unit for one in (now, was) if one is not None and one.unit))
        moved = "meeting" in fields
        yield SittingChange(_kind(old, new, moved=moved), old, new, fields, units)


def _meeting(snapshot: YearSnapshot, decision: Decision) -> Meeting | None:
    found = snapshot.item(ItemKind.MEETING, decision.meeting) if decision.meeting else None
    return found if isinstance(found, Meeting) else None


def _differing(
    before: Iterable[T], after: Iterable[T], names: tuple[str, ...]
) -> Iterator[tuple[str, T | None, T | None]]:
    """Key and both sides of what differs in ``names``."""
    old: dict[str, T] = {one.key: one for one in before}
    new: dict[str, T] = {one.key: one for one in after}
    for key in dict.fromkeys((*new, *old)):
        was, now = old.get(key), new.get(key)
        if was is None or now is None or _fields(was, now, names):
            yield key, was, now


def _fields(was: T | None, now: T | None, names: tuple[str, ...]) -> tuple[str, ...]:
    if was is None or now is None:
        return ()
    return tuple(name for name in names if getattr(was, name) != getattr(now, name))


def _kind(before: Sitting | None, after: Sitting | None, *, moved: bool = True) -> ChangeKind:
    """``moved``: whether its own time may be another one; that of a decision is not, where its meeting moved."""
    if before is None:
        return ChangeKind.NEW
    if after is None:
        return ChangeKind.CANCELLED
    if not moved or before.starts_at == after.starts_at:
        return ChangeKind.CHANGED
    return ChangeKind.POSTPONED if after.starts_at is None else ChangeKind.MOVED


def theme_changes(before: YearSnapshot, after: YearSnapshot) -> tuple[ThemeChange, ...]:
    """The quarters whose theme is another one."""
    sides = zip(before.year_row.quarter_themes, after.year_row.quarter_themes, strict=True)
    return tuple(
        ThemeChange(
            _theme_kind(was or "", now or ""), quarter, was or "", now or "", _park_units(after, quarter)
        )
        for quarter, (was, now) in enumerate(sides, start=1)
        if (was or "") != (now or "")
    )


def _theme_kind(was: str, now: str) -> ChangeKind:
    if not was:
        return ChangeKind.NEW
    return ChangeKind.CHANGED if now else ChangeKind.CANCELLED


def _park_units(snapshot: YearSnapshot, quarter: int) -> tuple[str, ...]:
    """The units of the quarter's 走进园区 events, by day."""
    events = [
        event
        for event in snapshot.events
        if event.campaign is Campaign.PARK
        and event.days is not None
        and quarter_of(event.days.first) == quarter
        and event.status is not EventStatus.CANCELLED
    ]
    return units_of(*sorted(events, key=lambda event: (event.days, event.key)))
