"""写：一组行变更 → 一个事务，连同变更记录与日历序号。只有 ``commands`` 用它。"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from models import changelog, queries
from models.closing import require_closable
from models.delegate_names import require_personal_names
from models.domain import codec
from models.domain.changes import ChangeSet, RowChange
from models.domain.codec import Problem
from models.domain.errors import CommandError, ConflictError
from models.domain.field_labels import FIELD_LABELS
from models.domain.papers import Evidence
from models.domain.privacy import field_with_id_number
from models.domain.programs import WRONG_TYPE, wrong_name
from models.domain.snapshot import ItemKind
from models.domain.text import clean_text, quoted
from models.domain.year import Year
from models.integrity import require_empty, require_targets, require_unreferred
from models.rulesets import ruleset_for
from models.statements import deletion, insertion, update
from models.statuses import item_name
from models.store import Store
from models.tables import stored_row, stored_values
from models.timely_exemptions import require_timely_exemptions
from models.withdrawal import first_stamps, mark_places_renamed, update_stamp, withdraw

NOT_SAVED = "这一步没有保存。"
_ORDER = {kind: number for number, kind in enumerate(ItemKind)}


def carry_out(
    store: Store, year: int, title: str, changes: Iterable[RowChange], *, put_back: bool = False
) -> ChangeSet:
    """Afterwards all of ``changes`` are stored and logged as one step, or none of them is.

    Texts are normalised first. Changes that change nothing are dropped; with none left nothing is
    logged. Raises ``CommandError`` for items that contradict themselves, refer to nothing or are
    still referred to, or that exempt a period that is over (``put_back``: what the year had at an earlier time
    may come back), ``ConflictError`` when an item is no longer what ``before`` says.
    """
    wanted = [_sound(year, change) for change in changes]
    wanted = [change for change in wanted if _changes_something(change)]
    _require_once(wanted)
    require_personal_names(store, year, wanted)
    if not put_back:
        require_timely_exemptions(wanted, store.clock().astimezone().date())
    if not wanted:
        return ChangeSet(year, title, ())
    step = ChangeSet(year, clean_text(title), tuple(wanted))
    if store.before_step is not None:
        store.before_step(step)
    return _write_step(store, step, changelog.STEP, None)


def carry_back(store: Store, step: ChangeSet, kind: str) -> ChangeSet:
    """Afterwards ``step`` (already inverted for an undo) is stored and logged as ``kind`` of its number.

    What was stored by an earlier program and cannot be reckoned with is taken away, never put back.
    """
    for change in step.changes:
        if change.after is not None and (found := codec.out_of_reach(change.after)):
            raise _unsound(step.year, change, Problem(*found[0]))
    title = f"{'撤销' if kind == 'undo' else '重做'}：{step.title}"
    return _write_step(store, step._replace(title=title), kind, step.number)


def _write_step(store: Store, step: ChangeSet, kind: str, target: int | None) -> ChangeSet:
    written = step._replace(number=0)
    with store.transaction(lambda: changelog.has_entry(store, written.number)):
        _require_year(store, step)
        at = store.clock()
        done = _write(store, step.year, step.changes, at.isoformat())
        if not done:
            return step._replace(changes=())
        if kind == changelog.STEP:  # undo and redo lead to what was stored before
            require_closable(store, step.year, done)
        written = step._replace(changes=done, number=0, at=at, user=store.user)
        written = written._replace(number=changelog.write_entry(store, written, kind, target))
    return written


def _changes_something(change: RowChange) -> bool:
    return change.moved_to >= 0 or not codec.identical(change.before, change.after)


def _sound(year: int, change: RowChange) -> RowChange:
    """``change`` with its item as it will be stored; ``CommandError`` where that cannot be."""
    if change.after is None or codec.identical(change.before, change.after):
        return change
    problems: list[Problem] = []
    after = codec.normalised(change.kind, change.after, problems)
    if after is None:
        raise _unsound(year, change, problems[0])
    if field := field_with_id_number(after):
        raise CommandError(
            f"{change.kind.label}“{item_name(after)}”的“{field}”里有身份证号码，程序一律不收。",
            NOT_SAVED,
            "请删去号码后再保存。",
        )
    if isinstance(after, Evidence) and (name := wrong_name(after)):
        raise CommandError(
            f"佐证材料“{item_name(after)}”的文件{quoted(name)}{WRONG_TYPE}。",
            NOT_SAVED,
            "请移除这一条，改用真正的材料。",
        )
    if after.key != change.key:
        raise CommandError(f"{change.kind.label}的编号不能改（{change.key} → {after.key}）。", NOT_SAVED)
    if change.kind is ItemKind.YEAR and change.key != str(year):
        raise CommandError(f"这是 {change.key} 年度的内容，不能写进 {year} 年度。", NOT_SAVED)
    if isinstance(after, Year):
        ruleset_for(year, after.ruleset, dict(after.settings))  # without its rules a year cannot be opened
    return change._replace(after=after)


def _unsound(year: int, change: RowChange, problem: Problem) -> CommandError:
    where = f"{change.kind.label}“{change.key}”" if change.kind is not ItemKind.YEAR else f"{year} 年度"
    field, *inside = re.split(r"(?=[.\[])", problem.place, maxsplit=1)
    named = problem._replace(place=FIELD_LABELS.get(field, field) + "".join(inside))
    return CommandError(f"{where}有不能保存的内容：{named}。", NOT_SAVED, "请改正后再保存。")


def _require_once(changes: list[RowChange]) -> None:
    seen: set[tuple[ItemKind, str]] = set()
    for change in changes:
        if (change.kind, change.key) in seen:
            raise CommandError(f"{change.kind.label}“{change.key}”在同一步里改了两次。", NOT_SAVED)
        seen.add((change.kind, change.key))


def _require_year(store: Store, step: ChangeSet) -> None:
    creates = any(change.kind is ItemKind.YEAR and change.before is None for change in step.changes)
    if not creates and not queries.has_year(store, step.year):
        raise CommandError(f"数据文件里没有 {step.year} 年度。", NOT_SAVED, "请先新建这个年度。")


class _Sorted(NamedTuple):
    inserted: list[RowChange]
    updated: list[RowChange]
    deleted: list[RowChange]


def _write(store: Store, year: int, changes: tuple[RowChange, ...], at: str) -> tuple[RowChange, ...]:
    """The changes as they were written, with their positions, in the order of writing."""
    by_kind: dict[ItemKind, list[RowChange]] = defaultdict(list)
    for change in changes:
        by_kind[change.kind].append(change)
    kinds = sorted(by_kind, key=lambda kind: _ORDER[kind])
    placed = {kind: _sort_out(_placed(store, year, kind, by_kind[kind])) for kind in kinds}
    written: list[RowChange] = []
    for kind in kinds:
        _insert(store, year, kind, placed[kind].inserted, at)
        _update(store, year, kind, placed[kind].updated, at)
        written += placed[kind].inserted + placed[kind].updated
    deleted: list[RowChange] = []
    for kind in reversed(kinds):
        _delete(store, year, kind, placed[kind].deleted, at)
        deleted += placed[kind].deleted
    require_targets(store, year, written)
    require_unreferred(store, year, deleted)
    mark_places_renamed(store, year, written, at)
    return (*written, *deleted)


def _sort_out(changes: Iterable[RowChange]) -> _Sorted:
    found = _Sorted([], [], [])
    for change in changes:
        if change.after is None:
            found.deleted.append(change)
        elif change.before is None:
            found.inserted.append(change)
        else:
            found.updated.append(change)
    return found


def _placed(store: Store, year: int, kind: ItemKind, changes: list[RowChange]) -> Iterator[RowChange]:
    """Each change with the position of its item; ``ConflictError`` where the item is another by now."""
    present = queries.placed_rows(store, kind, year, [change.key for change in changes])
    end = queries.last_position(store, kind, year)
    for change in changes:
        position, row = present.get(change.key, (change.position, None))
        if row != (None if change.before is None else stored_row(kind, change.before)):
            raise ConflictError(
                f"{kind.label}“{change.key}”已被别处改过。", NOT_SAVED, "请看过新的内容后再做一次。"
            )
        if row is None and position < 0:
            position = end = end + 1
        moved_to = change.moved_to if row is not None and change.moved_to != position else -1
        placed = change._replace(position=position, moved_to=moved_to)
        if _changes_something(placed):
            yield placed


def _insert(store: Store, year: int, kind: ItemKind, changes: list[RowChange], at: str) -> None:
    if not changes:
        return
    statement = insertion(kind)
    stamps = first_stamps(store, year, [c.key for c in changes], at) if kind is ItemKind.EVENT else {}
    store.write(
        statement.text,
        (
            statement.parameters(
                stored_values(kind, change.after)
                | {"year": year, "position": change.position}
                | stamps.get(change.key, {})
            )
            for change in changes
            if change.after is not None
        ),
    )


def _update(store: Store, year: int, kind: ItemKind, changes: list[RowChange], at: str) -> None:
    if not changes:
        return
    statement = update(kind)
    store.write(
        statement.text,
        (
            statement.parameters(
                stored_values(kind, change.after)
                | {"year": year, "position": change.moved_to if change.moved_to >= 0 else change.position}
                | update_stamp(change, at)
            )
            for change in changes
            if change.after is not None
        ),
    )


def _delete(store: Store, year: int, kind: ItemKind, changes: list[RowChange], at: str) -> None:
    if not changes:
        return
    if kind is ItemKind.YEAR:
        require_empty(store, year)
    if kind is ItemKind.EVENT:
        withdraw(store, year, changes, at)
    statement = deletion(kind)
    store.write(statement.text, ((year, change.key) for change in changes))
