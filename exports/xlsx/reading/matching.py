"""认出一行说的是哪一场：先按行标识，再按工作线、名称与单位；认不准的当作新的，并说明。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from exports.xlsx.columns import SheetField, text_in
from exports.xlsx.reading.fields import ReadRow, said_exactly
from exports.xlsx.reading.plain import bare
from exports.xlsx.reading.times import SaidTime
from exports.xlsx.reading.values import CellProblem, FileRow
from models.domain.changes import RowChange
from models.domain.codec import normalised
from models.domain.events import Event, EventStatus
from models.domain.masking import Where, known_as, masks_of
from models.domain.snapshot import ItemKind, YearSnapshot

_TIME_FIELDS = ("starts_at", "ends_at", "precision", "tentative", "raw_time")


class Matcher:
    """Places the rows of one file among the events of the year."""

    def __init__(self, snapshot: YearSnapshot) -> None:
        self._snapshot = snapshot
        self._masks = masks_of(snapshot)
        self._used: dict[str, int] = {}
        self._numbered = snapshot.revision
        self._taken = {event.key for event in snapshot.events} | {
            gone.event.key for gone in snapshot.withdrawn
        }
        self._by_title: dict[tuple[str, str], list[Event]] = defaultdict(list)
        self._by_start: dict[datetime | None, list[Event]] = defaultdict(list)
        for event in snapshot.events:
            self._by_start[event.starts_at].append(event)
            for title in {event.title, self._masks.text(event.title, Where.TITLE)}:
                self._by_title[event.campaign.value, bare(title)].append(event)

    def placed(self, read: ReadRow) -> FileRow:
        """The row with what it would do."""
        problems = list(read.problems)
        before = self._before(read, problems)
        if before is not None and before.key in self._used:
            problems.append(
                CellProblem(
                    read.row, 0, "", read.title, f"与第 {self._used[before.key]} 行说的是同一场", refused=True
                )
            )
            return _refused(read, before, problems)
        if read.refused:
            return _refused(read, before, problems)
        if before is not None:
            self._used[before.key] = read.row
            return self._changed(read, before, problems)
        return self._new(read, problems)

    # which event

    def _before(self, read: ReadRow, problems: list[CellProblem]) -> Event | None:
        event = self._snapshot.event_by_key.get(read.key) if read.key else None
        if event is not None:
            if read.key.startswith("R") and "-" in read.key and self._other(event, read):
                problems.append(
                    CellProblem(
                        read.row,
                        0,
                        "",
                        read.title,
                        f"行标识与“{self._named(event)}”相同而内容不同，按新的一场收下",
                    )
                )
                return None
            return event
        if "campaign" not in read.values or "title" not in read.values:
            return None
        return self._same_title(read, problems)

    def _other(self, event: Event, read: ReadRow) -> bool:
        """Two copies of one blank template filled in differently share their row keys: title and time both differ."""
        values = read.values
        return bare(values.get("title", event.title)) != bare(event.title) and (
            values.get("starts_at", event.starts_at) != event.starts_at or event.starts_at is None
        )

    def _same_title(self, read: ReadRow, problems: list[CellProblem]) -> Event | None:
        values = read.values
        units = {*values.get("lead_units", ()), *values.get("responsible_units", ())}
        found = [
            event
            for event in self._by_title[values["campaign"].value, bare(values["title"])]
            if not units or not event.units or units & set(event.units)
        ]
        towns = set(values.get("towns", ()))
        if towns and (there := [event for event in found if towns & set(event.towns)]):
            found = there
        elif towns:
            found = [event for event in found if not event.towns]
        free = [event for event in found if event.key not in self._used]
        if len(found) <= 1:
            return found[0] if found else None
        starts = values.get("starts_at")
        exact = [event for event in free if event.starts_at == starts]
        same_day = [event for event in free if starts is not None and event.day == starts.date()]
        for narrowed in (exact, same_day):
            if len(narrowed) == 1:
                return narrowed[0]
        if not free:
            return None
        problems.append(
            CellProblem(
                read.row,
                0,
                "",
                read.title,
                f"计划里同名的有 {len(found)} 场，看不出是哪一场，按新的一场列出，请核对",
            )
        )
        return None

    def _named(self, event: Event) -> str:
        """Its title as it may go back to the unit."""
        return self._masks.text(event.title, Where.TITLE)

    def _known(self, before: Event, event: Event) -> Event:
        """What went out masked and came back so keeps its real words."""
        kept = known_as(before, event, self._masks)
        assert isinstance(kept, Event)
        return kept

    # what becomes of it

    def _changed(self, read: ReadRow, before: Event, problems: list[CellProblem]) -> FileRow:
        values = dict(read.values)
        if before.status is EventStatus.CANCELLED:
            problems.append(CellProblem(read.row, 0, "", read.title, "这一场已取消，请先恢复", refused=True))
        _keep_time_words(values, before)
        _keep_unsaid(values, before, read, self._snapshot)
        event = self._known(before, before._replace(**values))
        if before.status is EventStatus.HELD and any(
            getattr(event, name) != getattr(before, name) for name in ("starts_at", "ends_at")
        ):
            problems.append(
                CellProblem(read.row, 0, "", read.title, "这一场已举办，日期不能再改", refused=True)
            )
        if (
            before.status is EventStatus.POSTPONED
            and event.starts_at is not None
            and before.starts_at is None
        ):
            event = event._replace(status=EventStatus.PLANNED, status_reason="")
        if before.status is EventStatus.CONFIRMED and event.starts_at is None:
            problems.append(
                CellProblem(read.row, 0, "", read.title, "这一场已确认，不能改为待定", refused=True)
            )
        return self._finished(read, event, before, problems)

    def _new(self, read: ReadRow, problems: list[CellProblem]) -> FileRow:
        values = {
            name: value for name, value in read.values.items() if value is not None or name in _TIME_FIELDS
        }
        event = Event(self._new_key(read), **values)
        if said_exactly(event, event.raw_time):
            event = event._replace(raw_time="")
        before = len(problems)
        problems += self._look_alikes(event, read)
        ask = len(problems) > before or any(problem.column == 0 for problem in problems)
        return self._finished(read, event, None, problems)._replace(ask=ask)

    def _look_alikes(self, event: Event, read: ReadRow) -> list[CellProblem]:
        """An event of the same campaign and unit at the same time under another name."""
        if event.starts_at is None:
            return []
        alike = next((one for one in self._by_start[event.starts_at] if _alike(one, event, self._used)), None)
        if alike is None:
            return []
        reason = f"同一时间同一单位已有“{self._named(alike)}”，可能是改了名称，请核对"
        return [CellProblem(read.row, 0, "", read.title, reason)]

    def _finished(
        self, read: ReadRow, event: Event, before: Event | None, problems: list[CellProblem]
    ) -> FileRow:
        """The row, checked by the same rules as a package: what those refuse is refused here."""
        found: list[Any] = []
        sound = normalised(ItemKind.EVENT, event, found)
        for problem in found:
            problems.append(CellProblem(read.row, 0, "", read.title, f"{problem.why}", refused=True))
        if sound is None:
            return _refused(read, before, problems)
        split = () if any(problem.refused for problem in problems) else self._split(event, read.several)
        change = RowChange.of(before, event)
        return FileRow(read.sheet, read.row, read.title, change, tuple(problems), split)

    def _split(self, event: Event, several: tuple[SaidTime, ...]) -> tuple[Event, ...]:
        """The event of each single day; the first keeps the key."""
        made = []
        for at, when in enumerate(several):
            key = event.key if at == 0 else self._free_key()
            made.append(
                event._replace(
                    key=key,
                    starts_at=when.starts_at,
                    ends_at=when.ends_at,
                    precision=when.precision,
                    tentative=when.tentative,
                    raw_time="" if not when.tentative else when.raw,
                )
            )
        return tuple(made)

    def _new_key(self, read: ReadRow) -> str:
        """The key our template gave the blank row, else a fresh one."""
        if (
            read.key.startswith("R")
            and len(read.key) <= 40
            and read.key.isascii()
            and read.key not in self._taken
        ):
            self._taken.add(read.key)
            return read.key
        return self._free_key()

    def _free_key(self) -> str:
        while True:
            self._numbered += 1
            key = f"E{self._numbered:04d}"
            if key not in self._taken:
                self._taken.add(key)
                return key


def _alike(known: Event, event: Event, used: Mapping[str, int]) -> bool:
    return (
        known.key not in used
        and known.status is not EventStatus.CANCELLED
        and known.campaign is event.campaign
        and bool(set(known.units) & set(event.units))
        and (not known.towns or not event.towns or bool(set(known.towns) & set(event.towns)))
    )


def _refused(read: ReadRow, before: Event | None, problems: list[CellProblem]) -> FileRow:
    change = RowChange.of(before, before) if before is not None else None
    return FileRow(read.sheet, read.row, read.title, change, tuple(problems))


def _keep_time_words(values: dict[str, Any], before: Event) -> None:
    """The same time in other words is no change; what is said exactly needs no words of its own."""
    if "starts_at" not in values:
        return
    event = before._replace(**{name: values[name] for name in _TIME_FIELDS})
    if said_exactly(event, event.raw_time):
        values["raw_time"] = ""
    same = all(
        values[name] == getattr(before, name) for name in ("starts_at", "ends_at", "precision", "tentative")
    )
    if same and (
        before.starts_at is not None or bare(values["raw_time"]) in ("", bare(before.raw_time), "待定")
    ):
        values["raw_time"] = before.raw_time
    if (
        values["ends_at"] is None
        and values["starts_at"] == before.starts_at
        and before.precision == values["precision"]
    ):
        values["ends_at"] = before.ends_at
        if values["tentative"] == before.tentative:
            values["raw_time"] = before.raw_time


def _keep_unsaid(values: dict[str, Any], before: Event, read: ReadRow, snapshot: YearSnapshot) -> None:
    """Empty cells take nothing away unless our own sheet had words there; a place that only says the venue is none."""
    own = read.key == before.key
    for name, value in list(values.items()):
        if name in _TIME_FIELDS:
            continue
        if value in (None, "", ()) and getattr(before, name) not in (None, "", ()) and not own:
            del values[name]
    if (
        "place" in values
        and not before.place
        and values["place"] == text_in(SheetField.PLACE, before, snapshot)
    ):
        values["place"] = before.place
    if "schools" in values and values["schools"] == before.schools:
        del values["schools"]
