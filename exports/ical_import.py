"""读部门交来的日历：每项日程是新增、修改、取消、相同还是不收，为什么；只是提议，什么都没改。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from exports.ical_deadlines import is_deadline_uid
from exports.ical_entries import EntryWriter, ReadEntry, entry_of, is_off, plain, title_of
from exports.ical_reading import Component, read_calendar
from exports.ical_recurrence import Budget, RuleError
from exports.ical_series import Instance, Series, instances, is_future, series_of
from exports.ical_times import EntryError, minute_of
from exports.ical_versions import (
    NOTHING_SAID,
    OFF,
    Known,
    OurUid,
    Received,
    Version,
    changed_at,
    digest,
    foreign_key,
    matched,
    original_words,
    our_uid,
    received_of,
    stamped_at,
    version_of,
)
from exports.ical_zones import Zones
from exports.xlsx.reading.plain import bare
from exports.xlsx.reading.taking import as_confirmed
from exports.xlsx.reading.values import CellProblem, FileKind, FileReading, FileRow
from models.domain.changes import RowChange
from models.domain.codec import normalised
from models.domain.events import Campaign, Event, EventStatus
from models.domain.field_labels import FIELD_LABELS
from models.domain.snapshot import ItemKind, YearSnapshot
from models.domain.text import quoted

CALLED_OFF = "部门日历中已取消"
DROPPED = "部门日历中已删去"
"""The reason of an event that is called off because its repetition is no more in the file."""
_ANSWERS = frozenset({"REPLY", "REFRESH", "DECLINECOUNTER"})
_KINDS = {"VTODO": "待办", "VJOURNAL": "日志", "VFREEBUSY": "忙闲"}


def read_events(
    data: bytes,
    snapshot: YearSnapshot,
    name: str,
    *,
    campaign: Campaign | None = None,
    confirmed: bool = False,
) -> FileReading:
    """What the calendar ``data`` called ``name`` says about the year; nothing is changed.

    ``campaign`` stands for entries that name none; ``confirmed``: entries that are CONFIRMED become 已确认, else 已排.
    ``InputError`` where it is no calendar, or too large.
    """
    file = read_calendar(data, name)
    reader = _SeriesReader(snapshot, Zones(file.definitions), campaign)
    for series in series_of(component for component in file.components if component.kind == "VEVENT"):
        reader.read(series)
    for component in file.components:
        if component.kind != "VEVENT":
            reader.pass_over(component, _KINDS.get(component.kind, component.kind), "不是活动")
    for component in file.others:
        reader.pass_over(component, _KINDS.get(component.kind, component.kind[:20]), "不是活动")
    rows = sorted(reader.rows, key=lambda row: (row.row, str(row.after and row.after.starts_at)))
    remarks = (*file.problems, *reader.remarks())
    reading = FileReading(
        name, snapshot.year, FileKind.CALENDAR, tuple(rows), remarks, tuple(sorted(reader.passed_over))
    )
    return as_confirmed(reading) if confirmed else reading


class _Told(NamedTuple):
    """What a row says beside its event: where it stands, whether a person has to be asked, what is odd."""

    at: int
    place: str
    title: str
    warnings: list[CellProblem]
    ask: bool = False
    settled: bool = False

    def warned(self, head: str, reason: str, value: str = "") -> _Told:
        """The same with a warning more."""
        return self._replace(warnings=[*self.warnings, CellProblem(self.at, 0, head, value, reason)])

    def asking(self, head: str, reason: str) -> _Told:
        """The same, not ticked, with the reason."""
        return self.warned(head, reason)._replace(ask=True)


class _SeriesReader:
    """Reads the series of one file, one after the other."""

    def __init__(self, snapshot: YearSnapshot, zones: Zones, campaign: Campaign | None) -> None:
        self._snapshot = snapshot
        self._zones = zones
        self._writer = EntryWriter(snapshot, campaign)
        self._known = Known(snapshot)
        self._budget = Budget()
        self._used: dict[str, int] = {}
        self._newer: dict[str, str] = {}
        self._keys = set(snapshot.event_by_key)
        self._gone = {gone.event.key for gone in snapshot.withdrawn}
        self._alike: dict[tuple[str, object], Event] = {
            (bare(event.title), event.day): event for event in snapshot.events
        }
        self.rows: list[FileRow] = []
        self.passed_over: list[tuple[str, int, str]] = []
        self._outside: list[str] = []
        self._other_years: dict[int, list[str]] = defaultdict(list)
        self._others: dict[str, int] = defaultdict(int)

    def remarks(self) -> Iterator[str]:
        """What is to be known about the whole file."""
        year = self._snapshot.year
        if self._outside:
            yield f"{len(self._outside)} 项日程不在{year}年度，没有读：{_some(self._outside)}。"
        for other, titles in sorted(self._other_years.items()):
            yield f"{len(titles)} 项是本单位{other}年度的活动，没有读：{_some(titles)}；请打开{other}年度再导入。"
        for what, count in self._others.items():
            yield f"{count} 项{what}，没有读。"

    def pass_over(self, component: Component, what: str, why: str) -> None:
        """Say that ``component`` is not read."""
        self._others[f"{what}{why}"] += 1
        self._skip(component, f"{what}：{why}")

    def _skip(self, component: Component, why: str) -> None:
        title = title_of(component)[:60] or "没有名称"
        self.passed_over.append(("", component.at, f"{title}（{why}）"))

    def read(self, series: Series) -> None:
        """The rows of one series are added."""
        for component in series.replaced:
            self._skip(component, "同一编号另有更新的一项，没有读")
            self._others["已有同一编号的更新的一项"] += 1
        first = series.components[0]
        if is_deadline_uid(series.uid) and our_uid(series.uid):
            self.pass_over(first, "时限", "不是活动")
            return
        if first.method in _ANSWERS:
            self.pass_over(first, "答复", "不是日程")
            return
        warnings: dict[int, list[CellProblem]] = defaultdict(list)
        try:
            found = instances(series, self._snapshot.year, self._zones, self._budget, warnings)
        except (EntryError, RuleError) as error:
            self._refuse(_Told(first.at, "", title_of(first) or "没有名称的日程", []), str(error))
            return
        told = {
            component.at: _Told(component.at, "", title_of(component), warnings[component.at])
            for component in series.components
        }
        if (ours := our_uid(series.uid)) is not None and self._read_ours(ours, series, found, told):
            return
        self._read_foreign(series, found, told)

    # our own events that come back

    def _read_ours(
        self, ours: OurUid, series: Series, found: Sequence[Instance], told: Mapping[int, _Told]
    ) -> bool:
        """Whether the series was ours and is done with."""
        if ours.installation != self._snapshot.installation:
            return self._read_of_another(ours, series, found, told)
        first = series.components[0]
        if ours.year != self._snapshot.year:
            self._read_of_another_year(ours.year, first, told[first.at], moved_here=bool(found))
            return True
        before = self._snapshot.event_by_key.get(ours.key)
        if before is None:
            self._refuse(told[first.at], "这场活动已从计划中删除，请先恢复")
        elif not found:
            words = f"来件把它改到了{self._snapshot.year}年以外，请在计划里登记延期或取消"
            self._refuse(told[first.at], words)
        else:
            self._take(before, found[0], self._compared(before, found[0], told, numbered=True), None)
            known = self._known.of(_series_id(series))
            for instance in found[1:]:
                earlier = known.get(original_words(instance.original))
                self._add(series, instance, earlier, told[instance.component.at], Version())
        return True

    def _read_of_another_year(self, year: int, first: Component, told: _Told, *, moved_here: bool) -> None:
        if moved_here:
            words = f"这是本单位{year}年度的活动，来件改到了{self._snapshot.year}年"
            self._refuse(told, f"{words}，请在{year}年度登记延期或取消，再在本年度新排")
        else:
            self._other_years[year].append(title_of(first))
            self._skip(first, f"本单位{year}年度的活动")

    def _read_of_another(
        self, ours: OurUid, series: Series, found: Sequence[Instance], told: Mapping[int, _Told]
    ) -> bool:
        """Whether it was the event of another data file of the same plan: the one with the same key and title."""
        if ours.year != self._snapshot.year or self._known.of(_series_id(series)) or len(found) != 1:
            return False
        before = self._known.sent_back(ours, title_of(found[0].component))
        if before is None:
            return False
        compared = self._compared(before, found[0], told, numbered=False)
        self._take(
            before, found[0], compared.warned("编号", "来自另一份数据文件，按编号和名称认作这一场"), None
        )
        return True

    def _compared(
        self, before: Event, instance: Instance, told: Mapping[int, _Told], *, numbered: bool
    ) -> _Told:
        """Asking where the plan has changed the event after the file was made; other data files number otherwise."""
        component, stamp = instance.component, self._snapshot.stamps.get(before.key)
        here = told[component.at]
        if stamp is None:
            return here
        if numbered and component.sequence < stamp.sequence:
            versions = f"来件是第 {component.sequence} 版，计划已是第 {stamp.sequence} 版"
            return here.asking("版本", f"{versions}，没有勾选，请核对")
        changed = changed_at(component, "LAST-MODIFIED", self._zones)
        newer = numbered and component.sequence > stamp.sequence
        if changed is not None and not newer and changed < stamped_at(stamp.changed_at):
            return here.asking("版本", "做出来件之后计划里又改过这一场，没有勾选，请核对")
        return here

    # others' events

    def _read_foreign(self, series: Series, found: Sequence[Instance], told: dict[int, _Told]) -> None:
        name, master = _series_id(series), series.master
        known, last = self._known.of(name), self._known.version(name)
        version = version_of(series.components, self._zones)
        older = bool(known) and version.is_older_than(last)
        if older:
            words = f"来件是{version.words}，已收过{last.words}，没有勾选，请核对"
            told = {at: one.asking("版本", words) for at, one in told.items()}
        if master is not None and is_off(master):
            self._call_off(name, known, told[master.at], version)
            return
        if not found and not known:
            first = series.components[0]
            self._outside.append(title_of(first))
            self._skip(first, f"在{self._snapshot.year}年度没有一场")
            return
        first_row = len(self.rows)
        in_order = sorted(original_words(one.original) for one in found)
        pairs = matched(sorted(known), in_order)
        for instance in found:
            before = known.get(pairs.get(original_words(instance.original), "?"))
            self._add(series, instance, before, told[instance.component.at], version)
        if master is None:
            self._follow(series, known, told, version)
        elif not older:
            for words in sorted(known.keys() - set(pairs.values())):
                self._drop(known[words], told[master.at])
        if known and version.is_stated_after(last):
            self._keep_version(first_row)

    def _keep_version(self, first_row: int) -> None:
        """Where a newer version says nothing new, one row keeps its number: what comes late is then known to be old."""
        rows = self.rows[first_row:]
        same = [
            at
            for at, row in enumerate(rows, first_row)
            if row.change and not row.refused and row.change.key in self._newer
        ]
        if same and not any(row.usable and not row.ask for row in rows):
            row = self.rows[same[0]]
            assert row.change is not None
            event = row.after._replace(received=self._newer[row.change.key])
            self.rows[same[0]] = row._replace(change=row.change._replace(after=event))

    def _add(
        self, series: Series, instance: Instance, before: Event | None, told: _Told, version: Version
    ) -> None:
        """The row of one instance of another's series; ``before``: the event that it became earlier."""
        component, original = instance.component, original_words(instance.original)
        if before is None and is_off(component) and series.master is not None:
            self._skip(component, f"{instance.times.start:%Y-%m-%d} 的一场已取消，计划里也没有")
            return
        if not series.uid:
            told = told.warned("编号", "没有编号（UID），改期后再来会当作新的一场，请核对")
        self._take(before, instance, told, Received(_series_id(series), original, version, NOTHING_SAID))

    def _call_off(self, name: str, known: Mapping[str, Event], told: _Told, version: Version) -> None:
        """Every event of a series that is called off as a whole."""
        if not known:
            self._refuse(told, "已取消，计划里没有这场活动")
        for words, event in sorted(known.items()):
            here = told._replace(place=words and f"{event.starts_at:%Y-%m-%d %H:%M}")
            received = Received(name, words, version, NOTHING_SAID)
            self._off(event, here, CALLED_OFF, received)

    def _off(self, event: Event, told: _Told, reason: str, received: Received) -> None:
        if event.status in OFF:
            self._place(told, event, event)
        elif event.status is EventStatus.HELD:
            self._refuse(told, "这一场已举办，不能取消", event)
        else:
            before = received_of(event)
            said = (before.said if before else NOTHING_SAID)._replace(standing="off")
            after = event._replace(
                status=EventStatus.CANCELLED, status_reason=reason, received=str(received._replace(said=said))
            )
            self._place(told, event, after)

    def _follow(
        self, series: Series, known: Mapping[str, Event], told: Mapping[int, _Told], version: Version
    ) -> None:
        """“This and all that follow” of a series that is not in the file: called off is called off."""
        for component in filter(is_future, series.overrides):
            line = component.line("RECURRENCE-ID")
            since = self._zones.moment(line.value, line.parameters) if line else None
            here = told[component.at]
            if since is None or not is_off(component):
                self._skip(component, "此后各场没有读：文件里没有原来的系列")
                continue
            for words, event in sorted(known.items()):
                if words > original_words(minute_of(since)):
                    place = here._replace(place=f"{event.starts_at:%Y-%m-%d %H:%M}")
                    received = Received(_series_id(series), words, version, NOTHING_SAID)
                    self._off(event, place, CALLED_OFF, received)

    def _drop(self, event: Event, told: _Told) -> None:
        """A repetition that was taken earlier and is not in the file: named, and offered to be called off."""
        if event.status in OFF or event.status is EventStatus.HELD:
            return
        received = received_of(event)
        assert received is not None
        here = told._replace(title=event.title, place=f"缺 {event.starts_at:%Y-%m-%d %H:%M}")
        reason = "来件里已没有这一场，没有勾选；勾选则记为已取消"
        self._off(event, here.asking("", reason), DROPPED, received)

    # the rows

    def _take(self, before: Event | None, instance: Instance, told: _Told, received: Received | None) -> None:
        """The row of one instance. ``received``: what an event of another program keeps of it; None for our own."""
        place = f"{instance.original:%Y-%m-%d %H:%M}" if instance.original else ""
        told = told._replace(place=place)
        try:
            entry = entry_of(instance.component, instance.times)
            if before is None:
                assert received is not None
                self._new(entry, told, received._replace(said=entry.said))
            else:
                self._changed(before, entry, told, received and received._replace(said=entry.said))
        except EntryError as error:
            self._refuse(told, str(error), before)

    def _new(self, entry: ReadEntry, told: _Told, received: Received) -> None:
        if entry.off:
            raise EntryError("已取消，计划里没有这场活动")
        key = foreign_key(received.series, received.original, self._keys)
        warnings = list(told.warnings)
        event = self._writer.new(key, entry, warnings)._replace(received=str(received))
        told = told._replace(warnings=warnings, settled=entry.status == "CONFIRMED")
        if entry.component.value("CLASS").strip().upper() in ("PRIVATE", "CONFIDENTIAL"):
            told = told.asking("", "标为私人，没有勾选，请核对")
        if entry.component.method == "COUNTER":
            told = told.asking("", "是改期的提议，没有勾选，请核对")
        if key in self._gone:
            told = told.asking("", "曾经收过，后来从计划中删除，没有勾选")
        alike = self._alike.get((bare(entry.title), event.day))
        if alike is not None and alike not in self._known.of(received.series).values():
            told = told.asking("", f"计划里同一天已有{quoted(alike.title)}，可能是同一场，没有勾选，请核对")
        self._keys.add(key)
        self._place(told, None, event)

    def _changed(self, before: Event, entry: ReadEntry, told: _Told, received: Received | None) -> None:
        last = received_of(before) if received else None
        both: list[CellProblem] = []
        event = self._writer.changed(before, entry, last.said if last else None, both, own=received is None)
        settled = received is not None and not entry.off and entry.status == "CONFIRMED"
        told = told._replace(warnings=[*told.warnings, *both], ask=told.ask or bool(both), settled=settled)
        if received is not None and event != before:
            event = event._replace(received=str(received))
        elif received is not None:
            self._newer[event.key] = str(received)
        self._place(told, before, event)

    def _place(self, told: _Told, before: Event | None, event: Event) -> None:
        """The row, checked by the same rules as a package: what those refuse is refused here."""
        if event.key in self._used:
            self._refuse(told, f"与第 {self._used[event.key]} 行的一项是同一日程", before)
            return
        self._used[event.key] = told.at
        found: list[Any] = []
        if normalised(ItemKind.EVENT, event, found) is None or found:
            self._refuse(
                told,
                "；".join(f"{FIELD_LABELS.get(one.place, one.place)}：{one.why}" for one in found)
                or "内容不合规",
                before,
            )
            return
        row = FileRow(told.place, told.at, told.title, RowChange.of(before, event), settled=told.settled)
        if event != before:
            row = row._replace(problems=tuple(told.warnings), ask=told.ask)
        self.rows.append(row)

    def _refuse(self, told: _Told, reason: str, before: Event | None = None) -> None:
        problem = CellProblem(told.at, 0, "", told.title[:40], reason, refused=True)
        change = RowChange.of(before, before) if before is not None else None
        self.rows.append(FileRow(told.place, told.at, told.title, change, (problem,)))


def _series_id(series: Series) -> str:
    first = series.components[0]
    start = first.value("DTSTART").strip()
    return digest(series.uid or f"{title_of(first)}|{start}", 16)


def _some(titles: Sequence[str]) -> str:
    """The first three of them."""
    shown = list(dict.fromkeys(plain(title)[:30] or "没有名称" for title in titles))
    return "、".join(shown[:3]) + (" 等" if len(shown) > 3 else "")
