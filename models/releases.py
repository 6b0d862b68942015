"""印发稿：把一年的计划连同日历序号整份冻结，编号、命名、带校验值；从此不改，可以读、可以放回草案。

A release lies in the table ``release`` as compressed JSON, and the file itself refuses to change or delete
it. Names and phones of delegates are not in it, in no text: they belong to the present rows alone, so that
erasing them there erases them everywhere. Read back, what is hidden has the words that the year still has.
"""

import zlib
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from models import queries
from models.domain import codec
from models.domain.attendance import Delegate
from models.domain.changes import ChangeSet
from models.domain.codec import Problem
from models.domain.errors import CommandError, StoreError
from models.domain.events import Event, EventStatus
from models.domain.masking import known_as, masks_of, masks_of_people
from models.domain.papers import Evidence
from models.domain.programs import wrong_name
from models.domain.snapshot import Item, ItemKind, WithdrawnEvent, YearSnapshot
from models.domain.text import clean_text
from models.domain.year import Year
from models.holidays import neighbour_holidays
from models.release_contents import DAMAGE, frozen_bytes, opened, scope_of, stamp_from_plain
from models.store import Store

LONGEST_NAME = 60
SHORT_HASH = 8
"""Characters of the content hash that are shown and printed."""
_PUBLISH = "UPDATE event SET exported = 1 WHERE year = ? AND key = ?"
_Lists = dict[ItemKind, tuple[Item, ...]]
_FACTS = "number, name, released_on, at, user, digest"


class Release(NamedTuple):
    """A frozen plan. ``digest`` is the SHA-256 of its contents in hexadecimal; ``at`` is UTC.

    ``quarter``: of which it is; None: of the whole year. ``events`` are those that it tells of, with those of the
    quarters that were released before.
    """

    year: int
    number: int
    name: str
    released_on: date
    at: datetime
    user: str
    digest: str
    events: int
    quarter: int | None = None

    @property
    def label(self) -> str:
        """How it is called: 印发稿3（2027-06-01）."""
        return f"印发稿{self.number}（{self.released_on.isoformat()}）"

    @property
    def short_hash(self) -> str:
        """The beginning of the content hash, as it is printed."""
        return self.digest[:SHORT_HASH]


def release_year(
    store: Store, year: int, name: str, released_on: date, quarter: int | None = None
) -> Release:
    """Freeze the plan of ``year`` as its next release; this is no step and cannot be undone.

    Of one ``quarter`` (1–4) only what lies in it: the rest stays as it was released before, or unreleased. Its dated events that are no drafts count as published from now on, so that colleagues' calendars
    follow their later changes. Raises ``CommandError`` without a year and ``StoreError`` where the disk refuses.
    """
    import hashlib  # not at the start of the window

    from models.domain.release_scope import part_of, with_part

    number = last_number(store, year) + 1
    with store.transaction(lambda: last_number(store, year) == number):
        snapshot = queries.year_snapshot(store, year)
        mine = snapshot.event_by_key if quarter is None else part_of({quarter}, snapshot).events
        published = [event for event in snapshot.events if event.key in mine and _is_published(event)]
        store.write(_PUBLISH, [(year, event.key) for event in published])
        snapshot = queries.year_snapshot(store, year)
        if quarter is not None:
            before = released_snapshot(store, year, number - 1) if number > 1 else None
            snapshot = with_part(snapshot, before, quarter)
        contents = frozen_bytes(snapshot, quarter)
        name = masks_of(snapshot).text(clean_text(name).strip())[:LONGEST_NAME] or f"{year}年第{number}稿"
        digest = hashlib.sha256(contents).hexdigest()
        at = store.clock()
        row = (
            year, number, name, released_on.isoformat(), at.isoformat(), store.user,
            snapshot.revision, digest, zlib.compress(contents),
        )  # fmt: skip
        store.write("INSERT INTO release VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", [row])
    return Release(year, number, name, released_on, at, store.user, digest, len(snapshot.events), quarter)


def _is_published(event: Event) -> bool:
    """Whether a release puts the event into colleagues' calendars."""
    return event.starts_at is not None and event.status is not EventStatus.DRAFT


def releases(store: Store, year: int) -> tuple[Release, ...]:
    """The releases of ``year``, oldest first; those that are damaged are among them with no events."""
    rows = store.rows(f"SELECT {_FACTS}, contents FROM release WHERE year = ? ORDER BY number", (year,))  # noqa: S608
    return tuple(_fact(year, row) for row in rows)


def _fact(year: int, row: tuple[Any, ...]) -> Release:
    number, name, day, at, user, digest, contents = row
    moment = datetime.fromisoformat(at)
    return Release(
        year, number, name, date.fromisoformat(day), moment, user, digest, *_facts_in(contents, digest)
    )


@lru_cache(maxsize=64)
def _facts_in(contents: bytes, digest: str) -> tuple[int, int | None]:
    """How many events it has, and of which quarter it is."""
    try:
        plain = opened(contents, digest)
        return len(plain["lists"][ItemKind.EVENT.value]), scope_of(plain)[0]
    except DAMAGE:
        return 0, None


def last_number(store: Store, year: int) -> int:
    """The number of the newest release of ``year``; 0 before the first."""
    return int(store.rows("SELECT coalesce(max(number), 0) FROM release WHERE year = ?", (year,))[0][0])


def last_release(store: Store, year: int) -> Release | None:
    """The newest release of ``year``; None before the first."""
    found = releases(store, year)
    return found[-1] if found else None


def released_snapshot(store: Store, year: int, number: int) -> YearSnapshot:
    """The year as it was released, with its calendar stamps; delegates under their present names.

    Raises ``CommandError`` where there is no such release and ``StoreError`` where it is damaged: what is
    not whole is never shown.
    """
    rows = store.rows(
        "SELECT digest, contents, revision FROM release WHERE year = ? AND number = ?", (year, number)
    )
    if not rows:
        known = "、".join(
            str(row[0]) for row in store.rows("SELECT number FROM release WHERE year = ?", (year,))
        )
        hint = f"已有：{known}。" if known else "这一年还没有印发稿。"
        raise CommandError(f"{year} 年度没有第 {number} 稿。", "", hint)
    digest, contents, revision = rows[0]
    try:
        plain = opened(contents, digest)
        return _snapshot(store, plain, revision, hides=b"*" in zlib.decompress(contents))
    except DAMAGE as error:
        raise StoreError(
            f"{year} 年度第 {number} 稿的内容与校验值不符，不能使用。",
            "当前的草案不受影响。",
            "请从备份里取出它。",
        ) from error


def lay_back(store: Store, year: int, number: int) -> ChangeSet:
    """Afterwards the draft is what was released as ``number``, as far as that tells of it; one step, to be undone.

    Delegates keep their present names and phones; evidence that is a program does not come back.
    """
    from models.differences import differences, in_order
    from models.domain.release_scope import laid_back
    from models.writing import carry_out  # not at the start of the window

    before = queries.year_snapshot(store, year)
    wanted = laid_back(before, released_snapshot(store, year, number))
    changes = (
        change
        for change in in_order(differences(before, wanted), before, wanted)
        if not (isinstance(change.after, Evidence) and change.before is None and wrong_name(change.after))
    )
    return carry_out(store, year, f"放回第{number}稿", changes, put_back=True)


def _snapshot(store: Store, plain: Mapping[str, Any], revision: int, *, hides: bool) -> YearSnapshot:
    """``hides``: names may be hidden in the texts."""
    lists = {kind: _items(kind, plain["lists"].get(kind.value, [])) for kind in ItemKind}
    (row,) = lists[ItemKind.YEAR]
    if not isinstance(row, Year):
        raise TypeError(type(row))
    if hides:
        lists = _with_real_words(store, row.year, lists)
    (row,) = lists.pop(ItemKind.YEAR)
    assert isinstance(row, Year)
    lists[ItemKind.DELEGATE] = _with_persons(store, row.year, lists[ItemKind.DELEGATE])
    contents: dict[str, Any] = {kind.value: items for kind, items in lists.items()}
    return YearSnapshot(
        row,
        **contents,
        stamps={key: stamp_from_plain(stamp) for key, stamp in plain["stamps"].items()},
        withdrawn=_withdrawn(plain["withdrawn"]),
        revision=revision,
        installation=store.installation,
        neighbours=neighbour_holidays(row.year),
        persons=queries.persons_known(store),
        covers=scope_of(plain)[1],
    )


def _withdrawn(plain: list[Any]) -> tuple[WithdrawnEvent, ...]:
    found = []
    for event, stamp in plain:
        (item,) = _items(ItemKind.EVENT, [event])
        assert isinstance(item, Event)
        found.append(WithdrawnEvent(item, stamp_from_plain(stamp)))
    return tuple(found)


def _items(kind: ItemKind, entries: list[Any]) -> tuple[Item, ...]:
    problems: list[Problem] = []
    items = [codec.from_plain(kind, entry, "", problems) for entry in entries]
    if problems:
        raise ValueError(problems[0].why)
    return tuple(item for item in items if item is not None)


def _with_real_words(store: Store, year: int, lists: _Lists) -> _Lists:
    """Texts that differ from the present ones only by what is hidden in them are the present ones."""
    persons = queries.all_items(store, ItemKind.DELEGATE, year)
    masks = masks_of_people((one.name, one.phone) for one in persons if isinstance(one, Delegate))
    real: _Lists = {}
    for kind, items in lists.items():
        present = {item.key: item for item in queries.all_items(store, kind, year)}
        real[kind] = tuple(known_as(present.get(item.key), item, masks) for item in items)
    return real


def _with_persons(store: Store, year: int, delegates: tuple[Item, ...]) -> tuple[Item, ...]:
    """``delegates`` with the names and phones that the present rows have for them."""
    present = {item.key: item for item in queries.all_items(store, ItemKind.DELEGATE, year)}
    found: list[Item] = []
    for item in delegates:
        now = present.get(item.key)
        if isinstance(item, Delegate) and isinstance(now, Delegate):
            item = item._replace(name=now.name, phone=now.phone)  # noqa: PLW2901
        found.append(item)
    return tuple(found)
