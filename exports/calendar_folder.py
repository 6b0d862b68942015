"""日历文件夹：全年、每条工作线、每个单位各一个文件，名称不变，供订阅；内容变了才就地改写。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from exports.calendar_present import (
    calendar_uid_in,
    cancelled_block,
    kept_or_new,
    present_calendars,
    read_others,
)
from exports.files import FIRST_FAILURES, TOGETHER, confirm, put_together, safe_name
from exports.ical import (
    CalendarEntry,
    alarms_of,
    blocks_of,
    calendar_name,
    calendar_uid,
    entries_of,
    head_of_many,
    units_of,
    whole_calendar,
)
from exports.ical_deadlines import data_changed_at, deadline_blocks, deadline_uid, deadlines_of
from exports.ical_event import Alarms, EventWriter, event_uid, standing_of
from exports.ical_left import moved_on
from exports.ical_reading import Component
from models.domain.errors import StoreError, UserError
from models.domain.events import Campaign, Event
from models.domain.masking import Where, masks_of
from models.domain.snapshot import YearSnapshot
from models.domain.workdays import workdays_of
from planners.results import DeadlineItem, YearCheck

MOST_NAMED = 3


class Scope(NamedTuple):
    """Whose calendar it is: the whole year, a campaign's or a unit's."""

    campaign: Campaign | None = None
    unit: str | None = None


class FolderCalendar(NamedTuple):
    """A calendar as it is to stand in the folder."""

    name: str
    uid: str
    data: bytes
    events: int


class FolderReport(NamedTuple):
    """File names by what became of them. ``failed``: name and why; all others are in order."""

    written: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    emptied: tuple[str, ...] = ()
    failed: tuple[tuple[str, str], ...] = ()

    @property
    def words(self) -> str:
        """For people: how many were written, were good already, hold only cancellations, could not be written."""
        parts = [f"写了 {len(self.written)} 个", f"{len(self.unchanged)} 个没有变化"]
        if self.emptied:
            parts.append(f"{len(self.emptied)} 个只剩取消（{_few(self.emptied)}）")
        if self.failed:
            parts.append(f"{len(self.failed)} 个没有写成（{self.failures}）")
        return "，".join(parts)

    @property
    def failures(self) -> str:
        """Which files could not be written and why, each reason once."""
        by_reason: dict[str, list[str]] = defaultdict(list)
        for name, why in self.failed:
            by_reason[why].append(name)
        return "；".join(f"{_few(names)}：{why}" for why, names in by_reason.items())


def _few(names: Sequence[str]) -> str:
    """The first of ``names``, and how many they are."""
    more = f"等 {len(names)} 个" if len(names) > MOST_NAMED else ""
    return "、".join(names[:MOST_NAMED]) + more


class FolderOptions(NamedTuple):
    """What the calendars hold beside the planned events. ``check``: needed for the deadlines of campaigns."""

    drafts: bool = False
    alarms: Alarms | None = None
    deadlines: Sequence[DeadlineItem] = ()
    todos: Sequence[DeadlineItem] = ()
    check: YearCheck | None = None


def write_folder(
    folder: Path,
    snapshot: YearSnapshot,
    options: FolderOptions | None = None,
    step: Callable[[int, int], object] | None = None,
) -> FolderReport:
    """Afterwards ``folder`` holds the year's calendars; what was right already is not touched.

    A file is known by the calendar's UID inside, so that it keeps its name when a unit is renamed. Whatever
    left a calendar since it was last written stays in it, cancelled. One file that cannot be written does not
    hinder the others. ``StoreError`` where the folder is not there or takes no files; ``UserError`` where the
    year has nothing.
    """
    present = present_calendars(folder)
    calendars = folder_calendars(snapshot, present, options or FolderOptions())
    if not calendars:
        raise UserError("没有可以写入日历的活动。", "日历文件夹未改动。", "请先排入活动。")
    folders: list[Path] = []
    try:
        return _written(folder, calendars, present, folders, step)
    finally:  # also what stands when ``step`` stops the rest is to survive a power cut
        confirm(folders, folder)


def _written(
    folder: Path,
    calendars: Sequence[FolderCalendar],
    present: Mapping[str, bytes],
    folders: list[Path],
    step: Callable[[int, int], object] | None,
) -> FolderReport:
    """Write what differs, some files at a time; to ``folders`` is added what is to be flushed."""
    changed = [calendar for calendar in calendars if present.get(calendar.name) != calendar.data]
    failed: dict[str, str] = {}
    for batch in _batches(changed):
        if step is not None:
            step(len(folders) + len(failed), len(changed))
        answers = put_together([(folder / calendar.name, calendar.data) for calendar in batch])
        for calendar, answer in zip(batch, answers, strict=True):
            if isinstance(answer, StoreError):
                failed[calendar.name] = answer.effect.removesuffix("。")
            else:
                folders.append(answer)
        if not folders and len(failed) >= min(len(calendars), FIRST_FAILURES):
            raise next(answer for answer in answers if isinstance(answer, StoreError))
    return FolderReport(
        written=tuple(calendar.name for calendar in changed if calendar.name not in failed),
        unchanged=tuple(calendar.name for calendar in calendars if calendar not in changed),
        emptied=tuple(calendar.name for calendar in calendars if calendar.events == 0),
        failed=tuple(failed.items()),
    )


def _batches(changed: Sequence[FolderCalendar]) -> Iterator[Sequence[FolderCalendar]]:
    """A few at first, so that a folder which takes nothing is known soon; then as many as are flushed at once."""
    yield from filter(None, [changed[:FIRST_FAILURES]])
    for start in range(FIRST_FAILURES, len(changed), TOGETHER):
        yield changed[start : start + TOGETHER]


def folder_calendars(
    snapshot: YearSnapshot, present: Mapping[str, bytes], options: FolderOptions
) -> tuple[FolderCalendar, ...]:
    """The calendars of the year: of all, the campaigns, the units; ``present``: name → what the folder holds.

    The bytes of an event are made once, however many calendars it is in. No delegate's name or phone is in them.
    """
    snapshot, options = _masked(snapshot, options)
    alarms = options.alarms or alarms_of(snapshot.year_row)
    entries = entries_of(snapshot, drafts=options.drafts)
    written = blocks_of(snapshot, entries, alarms, drafts=options.drafts)
    blocks = {entry.event.key: block for entry, block in zip(entries, written, strict=True)}
    by_scope = _entries_by_scope(entries)
    known: dict[str, str] = {}
    for name, data in present.items():
        if uid := calendar_uid_in(data):
            known.setdefault(uid, name)
    taken = set(present)
    made = []
    maker = _Maker(snapshot, options, alarms, blocks, entries)
    for scope in _scopes(snapshot, known):
        uid = calendar_uid(snapshot, campaign=scope.campaign, unit=scope.unit)
        old = known.get(uid)
        entries_here = by_scope.get(scope, [])
        data, events = maker.calendar(scope, entries_here, present[old] if old else None)
        if data:
            name = old or _free_name(
                calendar_name(snapshot, campaign=scope.campaign, unit=scope.unit), scope, taken
            )
            taken.add(name)
            made.append(FolderCalendar(name, uid, data, events))
    return tuple(made)


def _masked(snapshot: YearSnapshot, options: FolderOptions) -> tuple[YearSnapshot, FolderOptions]:
    masks = masks_of(snapshot)
    deadlines, todos = (
        masks.whole(tuple(items), Where.RECORD) for items in (options.deadlines, options.todos)
    )
    return masks.year(snapshot), options._replace(deadlines=deadlines, todos=todos)


def _entries_by_scope(entries: Iterable[CalendarEntry]) -> Mapping[Scope, list[CalendarEntry]]:
    found: dict[Scope, list[CalendarEntry]] = defaultdict(list)
    for entry in entries:
        found[Scope()].append(entry)
        found[Scope(entry.event.campaign)].append(entry)
        for unit in dict.fromkeys(units_of(entry.event)):
            found[Scope(None, unit)].append(entry)
    return found


def _scopes(snapshot: YearSnapshot, known: Iterable[str]) -> Iterator[Scope]:
    """All that the year has, and the units that it no longer has but the folder does."""
    yield Scope()
    yield from (Scope(campaign) for campaign in Campaign)
    yield from (Scope(None, unit.key) for unit in snapshot.units)
    start, end = f"{snapshot.year}-", f"@{snapshot.installation}"
    campaigns = {campaign.value for campaign in Campaign}
    for uid in sorted(known):
        subject = unquote(uid[len(start) : -len(end)])
        ours = uid.startswith(start) and uid.endswith(end) and len(uid) > len(start) + len(end)
        if ours and subject not in campaigns and subject not in snapshot.unit_by_key:
            yield Scope(None, subject)


class _Maker:
    """Puts the calendars of one year together."""

    def __init__(
        self,
        snapshot: YearSnapshot,
        options: FolderOptions,
        alarms: Alarms,
        blocks: Mapping[str, bytes],
        entries: Iterable[CalendarEntry],
    ) -> None:
        """``blocks``: event key → its VEVENT."""
        self._snapshot = snapshot
        self._options = options
        self._blocks = blocks
        self._alarms = alarms
        self._changed = data_changed_at(snapshot)
        self._on = {entry.event.key for entry in entries if self._is_on(entry)}
        self._deadlines = self._made(options.deadlines, todos=False) | self._made(options.todos, todos=True)
        self._writer = EventWriter(snapshot, workdays_of(snapshot), alarms, drafts=options.drafts)

    def _made(self, items: Sequence[DeadlineItem], *, todos: bool) -> dict[str, bytes]:
        uids = (deadline_uid(self._snapshot, item, todo=todos) for item in items)
        return dict(zip(uids, deadline_blocks(self._snapshot, items, self._alarms, todos=todos), strict=True))

    def calendar(
        self, scope: Scope, entries: Sequence[CalendarEntry], before: bytes | None
    ) -> tuple[bytes, int]:
        """The bytes and how many things in it are on; no bytes where there is nothing and never was."""
        snapshot = self._snapshot
        keys = [entry.event.key for entry in entries]
        deadlines = self._deadlines_of(scope)
        if before is None and not keys and not deadlines:
            return b"", 0
        changed = max((entry.stamp.changed_at for entry in entries), default=self._changed)
        several = head_of_many(
            calendar_uid(snapshot, campaign=scope.campaign, unit=scope.unit),
            calendar_name(snapshot, campaign=scope.campaign, unit=scope.unit),
            changed,
        )
        on = sum(key in self._on for key in keys) + len(deadlines)
        blocks = [self._blocks[key] for key in keys]
        data = whole_calendar(several, [*blocks, *deadlines.values()])
        if before is None or before == data:
            return data, on
        old = read_others(before, [*blocks, *deadlines.values()])
        blocks += [kept_or_new(old, uid, block) for uid, block in deadlines.items()]
        uids = {event_uid(snapshot, key) for key in keys}
        blocks += self._left(old, {*uids, *deadlines}, scope)
        return whole_calendar(several, blocks), on

    def _is_on(self, entry: CalendarEntry) -> bool:
        return not entry.withdrawn and standing_of(entry.event, drafts=self._options.drafts).on

    def _deadlines_of(self, scope: Scope) -> dict[str, bytes]:
        options = self._options
        found = {}
        for todos, items in ((False, options.deadlines), (True, options.todos)):
            for item in _concerning(items, scope, options.check):
                uid = deadline_uid(self._snapshot, item, todo=todos)
                found[uid] = self._deadlines[uid]
        return found

    def _left(self, old: Mapping[tuple[str, str], Component], now: set[str], scope: Scope) -> Iterator[bytes]:
        """What the old file has and the new one has not, cancelled: moved to others, deleted, no deadline any more."""
        for (_, uid), component in old.items():
            if uid in now or not uid.endswith(f"@{self._snapshot.installation}"):
                continue
            event = self._event_by_uid.get(uid)
            if event is not None and not component.cancelled:
                yield self._moved_on(event, component, scope)
            else:
                yield cancelled_block(component, self._changed)

    @cached_property
    def _event_by_uid(self) -> Mapping[str, Event]:
        return {event_uid(self._snapshot, event.key): event for event in self._snapshot.events}

    def _moved_on(self, event: Event, component: Component, scope: Scope) -> bytes:
        stamp, of_campaign = self._snapshot.stamps[event.key], scope.campaign is not None
        entry = moved_on(event, stamp, component.sequence, campaign=of_campaign)
        return self._writer.block(entry.event, entry.stamp, withdrawn=True)


def _concerning(
    items: Sequence[DeadlineItem], scope: Scope, check: YearCheck | None
) -> Sequence[DeadlineItem]:
    """The deadlines that belong into the calendar of ``scope``; without a check campaigns get none."""
    if scope == Scope():
        return items
    if check is not None:
        return deadlines_of(items, check, campaign=scope.campaign, unit=scope.unit)
    return [item for item in items if scope.unit is not None and item.unit == scope.unit]


def _free_name(title: str, scope: Scope, taken: set[str]) -> str:
    """A file name that no other calendar has; two units of one name are told apart by their keys."""
    name = safe_name(f"{title}.ics")
    return name if name not in taken else safe_name(f"{title}-{scope.unit or '日历'}.ics")
