"""单位、学校与场地的名单：一次改动要写哪些行，改了名的在哪里跟着改，删去之前谁在用。"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from models.domain import codec
from models.domain.changes import RowChange
from models.domain.references import references_of
from models.domain.setting_names import EXPLANATION
from models.domain.snapshot import Item, ItemKind, YearSnapshot
from models.domain.units import School, Unit, Venue
from models.statuses import item_name

MOST_NAMED = 3
Listed = Unit | Venue | School


class PlaceLists(NamedTuple):
    """The units, venues and schools of a year, in their order."""

    units: tuple[Unit, ...] = ()
    venues: tuple[Venue, ...] = ()
    schools: tuple[School, ...] = ()

    @property
    def by_kind(self) -> Mapping[ItemKind, Sequence[Listed]]:
        """The three lists."""
        return {
            ItemKind.UNIT: self.units,
            ItemKind.VENUE: self.venues,
            ItemKind.SCHOOL: self.schools,
        }


def lists_of(snapshot: YearSnapshot) -> PlaceLists:
    """The lists of a year."""
    return PlaceLists(tuple(snapshot.units), tuple(snapshot.venues), tuple(snapshot.schools))


def with_former_name(unit: Unit, former: str) -> Unit:
    """``unit``, its ``former`` name kept as an alias where it has another one now."""
    if former == unit.name or former in unit.aliases:
        return unit
    return unit._replace(aliases=(*(alias for alias in unit.aliases if alias != unit.name), former))


def list_changes(snapshot: YearSnapshot, lists: PlaceLists) -> tuple[RowChange, ...]:
    """What is to be written so that the year has ``lists``.

    A renamed unit keeps its former name as an alias; what is registered under its name (豁免, 说明) goes along.
    """
    changes: list[RowChange] = []
    for kind, items in lists.by_kind.items():
        changes += _of_list(snapshot, kind, items)
    renamed = {
        change.before.name: change.after.name
        for change in changes
        if isinstance(change.before, Unit)
        and isinstance(change.after, Unit)
        and change.before.name != change.after.name
    }
    return (*changes, *_registered(snapshot, renamed)) if renamed else tuple(changes)


def _of_list(snapshot: YearSnapshot, kind: ItemKind, items: Sequence[Listed]) -> Iterator[RowChange]:
    kept = {item.key for item in items}
    for item in items:
        before = snapshot.item(kind, item.key)
        is_known = isinstance(item, Unit) and isinstance(before, Unit)
        after = with_former_name(item, before.name) if is_known else item  # type: ignore[arg-type,union-attr]
        if not codec.identical(before, after):
            yield RowChange.of(before, after)
    for before in snapshot.items(kind):
        if before.key not in kept:
            yield RowChange.of(before, None)


def with_lists(snapshot: YearSnapshot, lists: PlaceLists) -> YearSnapshot:
    """The year as it would be with ``lists``, every unit under the name that it has now.

    So what is counted by unit can be compared with what is counted today.
    """
    named = {unit.key: unit.name for unit in snapshot.units}
    units = [unit._replace(name=named.get(unit.key, unit.name)) for unit in lists.units]
    own = {ItemKind.UNIT: units, ItemKind.VENUE: lists.venues, ItemKind.SCHOOL: lists.schools}
    kinds = (kind for kind in ItemKind if kind is not ItemKind.YEAR)
    rows = {kind.value: own.get(kind, snapshot.items(kind)) for kind in kinds}
    return YearSnapshot(snapshot.year_row, **rows, neighbours=snapshot.neighbours)  # type: ignore[arg-type]


def _registered(snapshot: YearSnapshot, renamed: Mapping[str, str]) -> Iterator[RowChange]:
    for exemption in snapshot.exemptions:
        if exemption.group is not None and exemption.group in renamed:
            moved = exemption._replace(group=renamed[exemption.group])
            yield RowChange.of(exemption, None)
            yield RowChange.of(None, moved)
    row = snapshot.year_row
    moved_settings = [(_renamed_setting(name, renamed), value) for name, value in row.settings]
    settings = tuple(sorted(moved_settings, key=lambda setting: setting[0]))
    if settings != row.settings:
        yield RowChange.of(row, row._replace(settings=settings))


def _renamed_setting(name: str, renamed: Mapping[str, str]) -> str:
    period, bar, group = name.rpartition("|")
    if not name.startswith(EXPLANATION) or group not in renamed:
        return name
    return f"{period}{bar}{renamed[group]}"


def list_title(changes: Iterable[RowChange]) -> str:
    """The name of the step: 修改单位、学校与场地：“区医保局”改名“区医疗保障局”、新增学校 2 所."""
    words = [*_renamings(changes := tuple(changes)), *_counts(changes)]
    more = f"等 {len(words)} 处" if len(words) > MOST_NAMED else ""
    return f"修改单位、学校与场地：{'、'.join(words[:MOST_NAMED])}{more}"


_COUNTED = {ItemKind.UNIT: "个", ItemKind.VENUE: "处", ItemKind.SCHOOL: "所"}


def _renamings(changes: Iterable[RowChange]) -> Iterator[str]:
    for change in changes:
        if change.kind in _COUNTED and change.before and change.after:
            old, new = item_name(change.before), item_name(change.after)
            if old != new:
                yield f"“{old}”改名“{new}”"


def _counts(changes: Iterable[RowChange]) -> Iterator[str]:
    found: Counter[tuple[str, ItemKind]] = Counter()
    for change in changes:
        if change.kind not in _COUNTED:
            continue
        if change.before is None:
            found["新增", change.kind] += 1
        elif change.after is None:
            found["删去", change.kind] += 1
        elif item_name(change.before) == item_name(change.after):
            found["改", change.kind] += 1
    for (verb, kind), count in found.items():
        yield f"{verb}{kind.label} {count} {_COUNTED[kind]}"


def users_of(snapshot: YearSnapshot, kind: ItemKind, key: str, venues: Iterable[Venue]) -> str:
    """Who refers to an item, in words: 活动 3 项（…、…）；场地 1 项（…）; "" for nobody.

    ``venues`` are those of the list as it is being changed.
    """
    parts = []
    for users in ItemKind:
        items: Iterable[Item] = venues if users is ItemKind.VENUE else snapshot.items(users)
        names = [item_name(item) for item in items if _names(users, item, kind, key)]
        if names:
            more = "等" if len(names) > MOST_NAMED else ""
            parts.append(f"{users.label} {len(names)} 项（{'、'.join(names[:MOST_NAMED])}{more}）")
    return "；".join(parts)


def _names(users: ItemKind, item: Item, kind: ItemKind, key: str) -> bool:
    return any(named == key and reference.target is kind for reference, named in references_of(users, item))


def units_problem(units: Sequence[Unit]) -> str:
    """Why the list of units cannot be taken; "" where it can."""
    if not units:
        return "至少要有一个单位参加。"
    if any(not unit.name.strip() for unit in units):
        return "有单位没有名称。"
    names = Counter(name for unit in units for name in {unit.name, *unit.aliases})
    twice = [name for name, count in names.items() if count > 1]
    return f"“{twice[0]}”有两个单位在用，请改名或去掉一个。" if twice else ""


def names_problem(items: Sequence[School | Venue], word: str) -> str:
    """Why a list of schools or venues (``word``) cannot be taken; "" where it can."""
    if any(not item.name.strip() for item in items):
        return f"有{word}没有名称。"
    names = Counter(item.name for item in items)
    twice = [name for name, count in names.items() if count > 1]
    return f"{word}“{twice[0]}”列了两次。" if twice else ""
