"""改：唯一能改数据的地方。每个命令一个事务、一条变更记录、一步撤销，返回 ``ChangeSet``。

Every command raises ``CommandError`` (nothing changed) when the facts do not allow it,
``ConflictError`` when the item changed meanwhile and ``StoreError`` when the disk refuses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta

from models import backups, changelog, queries
from models.differences import differences, in_order
from models.domain.attendance import Opinion, Outcome
from models.domain.changes import ChangeSet, RowChange
from models.domain.errors import CommandError
from models.domain.events import Event, EventStatus, Precision
from models.domain.setting_names import explanation_name
from models.domain.snapshot import Item, ItemKind, YearSnapshot
from models.domain.text import quoted
from models.domain.year import Exemption, Holidays, Setting, Year
from models.hosting import with_zones
from models.statuses import ALLOWED_NEXT, item_name, require_date, require_in_year, require_transition
from models.store import Store
from models.timely_exemptions import require_timely
from models.writing import carry_back, carry_out

__all__ = [
    "ALLOWED_NEXT", "add_event", "apply_changes", "change_event", "change_events", "change_settings", "create_year",
    "delete_event", "delete_year", "differences", "exempt", "explain", "import_year", "mark_exported", "move_event",
    "moved", "new_key", "put_item", "redo", "remove_item", "set_event_status", "set_holidays", "set_quarter_theme",
    "undated", "undo", "withdraw_exemption",
]  # fmt: skip

LARGE_IMPORT = 200
"""Row changes from which an import makes a backup first."""


def create_year(store: Store, contents: YearSnapshot, title: str = "") -> ChangeSet:
    """A new year with all of ``contents``; refused when the year is there."""
    if queries.has_year(store, contents.year):
        raise CommandError(f"{contents.year} 年度已经有了。", "没有改动。", "请打开它，或换一个年份。")
    return carry_out(store, contents.year, title or f"新建{contents.year}年度", differences(None, contents))


def import_year(store: Store, contents: YearSnapshot, title: str = "") -> ChangeSet:
    """Afterwards the year is equal to ``contents``; one step. A large one makes a backup first.

    Names and phones that are masked in ``contents`` stay as the year knows them.
    """
    before = queries.year_snapshot(store, contents.year) if queries.has_year(store, contents.year) else None
    changes = differences(before, contents)
    title = title or f"导入{contents.year}年度数据包（{len(changes)}项）"
    if before is None:
        return carry_out(store, contents.year, title, changes)
    if len(changes) >= LARGE_IMPORT and not store.read_only:
        backups.backup(store, reason=backups.BEFORE_IMPORT)
    return carry_out(store, contents.year, title, in_order(changes, before, contents))


def delete_year(store: Store, year: int) -> ChangeSet:
    """Afterwards the year is gone; one step that can be undone."""
    snapshot = queries.year_snapshot(store, year)
    changes = [RowChange.of(item, None) for kind in ItemKind for item in snapshot.items(kind)]
    return carry_out(store, year, f"删除{year}年度", changes)


def apply_changes(store: Store, year: int, title: str, changes: Iterable[RowChange]) -> ChangeSet:
    """Afterwards all of ``changes`` are stored as one step called ``title``."""
    changes = tuple(changes)
    for change in changes:
        _require_opinion_reply(change.after)
    return _carry_out_with_zones(store, year, title, changes)


def put_item(store: Store, year: int, kind: ItemKind, item: Item, title: str = "") -> ChangeSet:
    """Afterwards the list of ``kind`` holds ``item``, in the place of the one with its key."""
    _require_opinion_reply(item)
    current = queries.one_item(store, kind, year, item.key)
    verb = "修改" if current else "新增"
    title = title or f"{verb}{kind.label}{quoted(item_name(item))}"
    return _carry_out_with_zones(store, year, title, [RowChange.of(current, item)])


def _carry_out_with_zones(store: Store, year: int, title: str, changes: Iterable[RowChange]) -> ChangeSet:
    """One step; the zones of the meetings among the changes go along (see ``models.hosting``)."""
    changes = tuple(changes)
    together = with_zones(store, year, changes)
    along = "（专区随同）" if len(together) > len(changes) else ""
    return carry_out(store, year, f"{title}{along}", together)


def remove_item(store: Store, year: int, kind: ItemKind, key: str, title: str = "") -> ChangeSet:
    """Afterwards the item is gone; refused while another item refers to it."""
    item = _require(store, kind, year, key)
    return carry_out(
        store, year, title or f"删除{kind.label}{quoted(item_name(item))}", [RowChange.of(item, None)]
    )


def _require(store: Store, kind: ItemKind, year: int, key: str) -> Item:
    found = queries.one_item(store, kind, year, key)
    if found is None:
        raise CommandError(
            f"{year} 年度没有{kind.label}“{key}”。", "没有改动。", "它可能已被删除，请刷新后再看。"
        )
    return found


def _require_event(store: Store, year: int, key: str) -> Event:
    event = _require(store, ItemKind.EVENT, year, key)
    assert isinstance(event, Event)
    return event


def _require_year(store: Store, year: int) -> Year:
    row = queries.one_item(store, ItemKind.YEAR, year, str(year))
    if not isinstance(row, Year):
        raise CommandError(f"数据文件里没有 {year} 年度。", "没有改动。", "请先新建这个年度。")
    return row


def _require_opinion_reply(item: Item | None) -> None:
    if (
        isinstance(item, Opinion)
        and item.outcome in (Outcome.PARTLY, Outcome.NOT_ADOPTED)
        and not item.reply.strip()
    ):
        raise CommandError(f"“{item.outcome.label}”须写明说明（第20条）。", "没有保存。", "请填写答复说明。")


def add_event(store: Store, year: int, event: Event, title: str = "") -> ChangeSet:
    """A new event; its key must be free (see ``new_key``)."""
    _require_year(store, year)
    require_date(event)
    require_in_year(year, None, event)
    change = RowChange.of(None, event)
    return _carry_out_with_zones(store, year, title or f"新建{quoted(item_name(event))}", [change])


def change_event(store: Store, year: int, event: Event, title: str = "") -> ChangeSet:
    """Afterwards the event of that key is ``event``."""
    return change_events(store, year, [event], title or f"修改{quoted(item_name(event))}")


def change_events(store: Store, year: int, events: Iterable[Event], title: str) -> ChangeSet:
    """Afterwards each event of the same key is the one given; one step.

    A change of status must be an allowed one, with a reason for 延期 and 取消 and a day for 已确认
    and 已举办. The 科创问政 zones of a meeting go along, unless the step says itself what becomes of them.
    """
    pairs = [(_require_event(store, year, event.key), event) for event in events]
    return _change_each(store, year, pairs, title)


def _change_each(store: Store, year: int, pairs: Iterable[tuple[Event, Event]], title: str) -> ChangeSet:
    """One step from what each event was read as to what it is to be."""
    changes = []
    for before, after in pairs:
        require_transition(before, after)
        require_in_year(year, before, after)
        changes.append(RowChange.of(before, after))
    return _carry_out_with_zones(store, year, title, changes)


def delete_event(store: Store, year: int, key: str) -> ChangeSet:
    """Afterwards the event is gone from the plan (a published one is cancelled in the calendars).

    Its papers (专区内容、佐证材料) go with it; the files of the evidence stay for an undo.
    """
    event = _require_event(store, year, key)
    papers = [
        RowChange.of(item, None)
        for kind in (ItemKind.ZONE, ItemKind.EVIDENCE)
        for item in queries.all_items(store, kind, year)
        if item.event == key  # type: ignore[union-attr]
    ]
    return carry_out(
        store,
        year,
        f"删除活动{quoted(item_name(event))}",
        [*papers, RowChange.of(event, None)],
    )


def move_event(store: Store, year: int, key: str, starts_at: datetime) -> ChangeSet:
    """Afterwards the event starts at ``starts_at``, as long as before; a postponed one is 已排 again."""
    event = _require_event(store, year, key)
    if event.status is EventStatus.HELD:
        raise CommandError(
            f"{quoted(item_name(event))}已举办，日期不能再改。",
            "没有改动。",
            "若登记有误，请先退回“已确认”。",
        )
    if event.status is EventStatus.CANCELLED:
        raise CommandError(f"{quoted(item_name(event))}已取消。", "没有改动。", "请先恢复为“已排”。")
    title = f"移动{quoted(item_name(event))}到{starts_at.month}月{starts_at.day}日"
    return _change_each(store, year, [(event, moved(event, starts_at))], title)


def moved(event: Event, starts_at: datetime) -> Event:
    """``event`` at its new time, as long as before; a postponed one becomes 已排.

    One that was known to a 旬, month or quarter is known to the day from then on.
    """
    if event.starts_at is not None and event.day is None:
        starts_at = datetime.combine(starts_at.date(), time())
        event = event._replace(precision=Precision.DAY, ends_at=event.starts_at + timedelta(days=1))
    ends_at = starts_at + (event.ends_at - event.starts_at) if event.ends_at and event.starts_at else None
    if event.status is EventStatus.POSTPONED:
        event = event._replace(status=EventStatus.PLANNED)
    return event._replace(starts_at=starts_at, ends_at=ends_at)


def set_event_status(
    store: Store, year: int, key: str, status: EventStatus, reason: str = "", *, keep_date: bool = False
) -> ChangeSet:
    """Afterwards the event has ``status``; 延期 and 取消 need a reason.

    A postponed event loses its date (kept in the reason) unless ``keep_date``; 已举办 needs a day.
    """
    event = _require_event(store, year, key)
    after = event._replace(status=status, status_reason=reason.strip())
    if status is EventStatus.POSTPONED and not keep_date:
        after = undated(after)
    return _change_each(store, year, [(event, after)], f"{quoted(item_name(event))}改为{status.label}")


def undated(event: Event) -> Event:
    """``event`` without its day, which stays in its own words."""
    if event.starts_at is None:
        return event
    return event._replace(starts_at=None, ends_at=None, raw_time=event.raw_time or f"原定 {event.day_words}")


def set_quarter_theme(store: Store, year: int, quarter: int, theme: str | None) -> ChangeSet:
    """Afterwards the quarter (1–4) has ``theme`` (§2 每季度突出一个主题); empty means none."""
    if quarter not in (1, 2, 3, 4):
        raise CommandError(f"没有第 {quarter} 季度。", "没有改动。")
    row = _require_year(store, year)
    themes = list(row.quarter_themes)
    themes[quarter - 1] = (theme or "").strip() or None
    after = row._replace(quarter_themes=(themes[0], themes[1], themes[2], themes[3]))
    return carry_out(
        store,
        year,
        f"设定第{'一二三四'[quarter - 1]}季度主题",
        [RowChange.of(row, after)],
    )


def set_holidays(store: Store, year: int, holidays: Holidays) -> ChangeSet:
    """Afterwards the year has these days off and make-up workdays."""
    row = _require_year(store, year)
    change = RowChange.of(row, row._replace(holidays=holidays))
    return carry_out(store, year, f"更新{year}年放假安排", [change])


def change_settings(store: Store, year: int, values: Mapping[str, Setting], title: str = "") -> ChangeSet:
    """Afterwards each named setting has its value; None takes a setting away."""
    row = _require_year(store, year)
    return carry_out(store, year, title or "修改设置", [RowChange.of(row, row.with_settings(values))])


def exempt(store: Store, year: int, exemption: Exemption, today: date) -> ChangeSet:
    """Register a 豁免 with its reason; refused for a period that is over (there only 登记说明)."""
    if not exemption.reason.strip():
        raise CommandError("登记豁免须写明理由。", "没有登记。", "请填写理由。")
    require_timely(exemption, today)
    return put_item(store, year, ItemKind.EXEMPTION, exemption, f"登记豁免：{exemption.reason}")


def withdraw_exemption(store: Store, year: int, key: str) -> ChangeSet:
    """Afterwards the exemption of that key is gone."""
    return remove_item(store, year, ItemKind.EXEMPTION, key, "撤回豁免")


def explain(
    store: Store, year: int, rule: str, first: date, last: date, group: str | None, text: str
) -> ChangeSet:
    """登记说明 of a missed period: the words are kept, the state stays; empty text takes it away."""
    name = explanation_name(Exemption(rule, first, last, group).key)
    return change_settings(store, year, {name: text.strip() or None}, "登记说明")


def undo(store: Store) -> ChangeSet | None:
    """Take back the newest step; None when there is none. What was done, as a change set."""
    step = changelog.undoable(store)
    return _replay(store, step, step.inverted(), "undo") if step else None


def redo(store: Store) -> ChangeSet | None:
    """Do the step undone last again; None when there is none."""
    step = changelog.redoable(store)
    return _replay(store, step, step, "redo") if step else None


def _replay(store: Store, step: ChangeSet, changes: ChangeSet, kind: str) -> ChangeSet:
    done = changes._replace(number=0)
    with store.transaction(lambda: changelog.has_entry(store, done.number)):
        changelog.set_state(store, step.number, "undone" if kind == "undo" else "done")
        done = carry_back(store, changes, kind)
    return done


def mark_exported(store: Store, year: int, keys: Iterable[str]) -> None:
    """Afterwards the events are known to be in colleagues' calendars; no step, no log entry.

    Where all of them are known already nothing is written.
    """
    keys = list(keys)
    published = queries.published_stamps(store, year, keys)
    fresh = [key for key in keys if key not in published]
    if fresh:
        with store.transaction():
            store.write(
                "UPDATE event SET exported = 1 WHERE year = ? AND key = ?", [(year, key) for key in fresh]
            )


def new_key(snapshot: YearSnapshot, kind: ItemKind) -> str:
    """A key of ``kind`` that the year does not have, not even among withdrawn events."""
    prefix = _PREFIXES[kind]
    taken = {item.key for item in snapshot.items(kind)} | {entry.event.key for entry in snapshot.withdrawn}
    number = snapshot.revision + 1
    while (key := f"{prefix}{number:04d}") in taken:
        number += 1
    return key


_PREFIXES: Mapping[ItemKind, str] = {
    ItemKind.UNIT: "U",
    ItemKind.VENUE: "V",
    ItemKind.SCHOOL: "S",
    ItemKind.BLOCKED: "B",
    ItemKind.POLICY: "Y",
    ItemKind.EVENT: "E",
    ItemKind.MEETING: "M",
    ItemKind.DECISION: "D",
    ItemKind.DELEGATE: "P",
    ItemKind.INVITATION: "I",
    ItemKind.OPINION: "O",
    ItemKind.ZONE: "Z",
    ItemKind.EVIDENCE: "F",
}
