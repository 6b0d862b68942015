from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.package import read_package, write_package
from models import commands
from models.domain.errors import UserError
from models.domain.events import Campaign, Event, EventStatus
from models.domain.snapshot import ITEM_TYPES, ItemKind, YearSnapshot
from models.domain.units import Unit, Venue
from models.domain.year import Year
from models.queries import change_log, redo_title, revision, undo_title, year_snapshot, years
from models.store import Store, open_store
from tests.models.years import LECTURE, small_year

Edit = Callable[[random.Random, Store, YearSnapshot], object]


def package(store: Store) -> bytes:
    return write_package(year_snapshot(store, 2027))


def test_undo_takes_back_the_newest_step_and_redo_does_it_again(store: Store) -> None:
    first = package(store)
    commands.move_event(store, 2027, "E1", datetime(2027, 6, 17, 14))
    second = package(store)
    commands.delete_event(store, 2027, "E2")
    third = package(store)
    assert undo_title(store) == "删除活动“听证员”"
    undone = commands.undo(store)
    assert undone is not None
    assert (undone.title, package(store)) == ("撤销：删除活动“听证员”", second)
    assert (undo_title(store), redo_title(store)) == ("移动“民法典”到6月17日", "删除活动“听证员”")
    commands.undo(store)
    assert package(store) == first
    commands.redo(store)
    commands.redo(store)
    assert package(store) == third
    assert redo_title(store) is None
    assert commands.redo(store) is None


def test_the_log_keeps_every_step_the_undone_ones_too(store: Store) -> None:
    commands.delete_event(store, 2027, "E2")
    commands.undo(store)
    commands.redo(store)
    assert [(entry.number, entry.title) for entry in change_log(store, 2027)] == [
        (4, "重做：删除活动“听证员”"),
        (3, "撤销：删除活动“听证员”"),
        (2, "删除活动“听证员”"),
        (1, "新建2027年度"),
    ]
    assert change_log(store, 2028) == ()
    assert len(change_log(store, limit=2)) == 2


def test_a_new_step_ends_redoing(store: Store) -> None:
    commands.delete_event(store, 2027, "E2")
    commands.undo(store)
    commands.change_event(store, 2027, LECTURE._replace(note="改"))
    assert redo_title(store) is None
    commands.undo(store)
    assert undo_title(store) == "新建2027年度"


def test_undo_and_redo_outlive_a_restart(store: Store, path: Path) -> None:
    first = package(store)
    commands.delete_event(store, 2027, "E2")
    second = package(store)
    store.close()
    with open_store(path) as again:
        commands.undo(again)
        assert package(again) == first
    with open_store(path) as once_more:
        assert redo_title(once_more) == "删除活动“听证员”"
        commands.redo(once_more)
        assert package(once_more) == second


def test_even_the_year_itself_is_undone(store: Store) -> None:
    before = package(store)
    commands.undo(store)
    assert years(store) == ()
    assert undo_title(store) is None
    assert commands.undo(store) is None
    commands.redo(store)
    assert package(store) == before


def test_a_deleted_item_comes_back_where_it_stood(store: Store) -> None:
    commands.remove_item(store, 2027, ItemKind.VENUE, "v2")
    commands.put_item(store, 2027, ItemKind.VENUE, Venue("v3", "会堂"))
    commands.put_item(store, 2027, ItemKind.VENUE, Venue("v4", "剧场"))
    for _ in range(3):
        commands.undo(store)
    assert year_snapshot(store, 2027) == small_year()


def test_two_hundred_steps_can_be_undone_and_no_more(store: Store) -> None:
    for number in range(201):
        commands.change_settings(store, 2027, {"lead": 100 + number})
    undone = 0
    while commands.undo(store):
        undone += 1
    assert undone == 200
    assert year_snapshot(store, 2027).year_row.setting("lead") == 100
    commands.redo(store)
    assert undo_title(store) == "修改设置"


def test_an_undo_that_fails_leaves_the_step_done(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    commands.delete_event(store, 2027, "E2")
    before, number = package(store), revision(store)
    monkeypatch.setattr("models.changelog.write_entry", _broken)
    with pytest.raises(ZeroDivisionError):
        commands.undo(store)
    assert (package(store), revision(store)) == (before, number)
    assert (undo_title(store), redo_title(store)) == ("删除活动“听证员”", None)


def _broken(*_: object) -> int:
    raise ZeroDivisionError


def _key(rng: random.Random, year: YearSnapshot, kind: ItemKind) -> str:
    return rng.choice([item.key for item in year.items(kind)] or ["?"])


def _word(rng: random.Random) -> str:
    return "".join(rng.choice("宝山区政务公开蕰藻浜𠮷ab \n\u0301\u202e") for _ in range(rng.randrange(8)))


def _add_event(rng: random.Random, store: Store, year: YearSnapshot) -> object:
    start = datetime(2027, 1, 1) + timedelta(minutes=30 * rng.randrange(17_000))
    event = Event(
        commands.new_key(year, ItemKind.EVENT),
        rng.choice(list(Campaign)),
        _word(rng),
        starts_at=start,
        ends_at=start + timedelta(hours=1),
        towns=(_key(rng, year, ItemKind.UNIT),),
        venue=_key(rng, year, ItemKind.VENUE),
        host_event=_key(rng, year, ItemKind.EVENT),
    )
    return commands.add_event(store, 2027, event)


def _change_event(rng: random.Random, store: Store, year: YearSnapshot) -> object:
    event = year.event_by_key[_key(rng, year, ItemKind.EVENT)]
    return commands.change_event(
        store, 2027, event._replace(note=_word(rng), lead_units=(_key(rng, year, ItemKind.UNIT),))
    )


def _move_event(rng: random.Random, store: Store, year: YearSnapshot) -> object:
    start = datetime(2027, 1, 1) + timedelta(hours=rng.randrange(8000))
    return commands.move_event(store, 2027, _key(rng, year, ItemKind.EVENT), start)


def _set_status(rng: random.Random, store: Store, year: YearSnapshot) -> object:
    return commands.set_event_status(
        store, 2027, _key(rng, year, ItemKind.EVENT), rng.choice(list(EventStatus)), _word(rng)
    )


def _remove(rng: random.Random, store: Store, year: YearSnapshot) -> object:
    kind = rng.choice(list(ItemKind)[1:])
    return commands.remove_item(store, 2027, kind, _key(rng, year, kind))


def _put(rng: random.Random, store: Store, year: YearSnapshot) -> object:
    kind = rng.choice([ItemKind.UNIT, ItemKind.VENUE])
    return commands.put_item(store, 2027, kind, ITEM_TYPES[kind](f"k{rng.randrange(30)}", _word(rng)))  # type: ignore[call-arg]


def _settings(rng: random.Random, store: Store, _: YearSnapshot) -> object:
    value = rng.choice([None, True, 1, 1.0, 0.5, _word(rng)])
    return commands.change_settings(store, 2027, {rng.choice("abc"): value})


def _theme(rng: random.Random, store: Store, _: YearSnapshot) -> object:
    return commands.set_quarter_theme(store, 2027, rng.randrange(1, 5), _word(rng))


def _import(rng: random.Random, store: Store, year: YearSnapshot) -> object:
    units = rng.sample(year.units, len(year.units))
    events = rng.sample(year.events, len(year.events))
    lists = {kind.value: year.items(kind) for kind in ItemKind if kind is not ItemKind.YEAR}
    return commands.import_year(
        store, YearSnapshot(year.year_row, **lists | {"units": units, "events": events})
    )


def _delete_year_and_make_another(rng: random.Random, store: Store, _: YearSnapshot) -> object:
    commands.delete_year(store, 2027)
    return commands.create_year(store, YearSnapshot(Year(2027), units=(Unit("u", _word(rng)),)))


EDITS: tuple[Edit, ...] = (
    *[_add_event, _change_event, _move_event, _set_status] * 4,
    *[_remove, _put, _settings, _theme] * 2,
    _import,
    _delete_year_and_make_another,
)


STEPS = 200


@settings(max_examples=2, deadline=None)
@given(st.integers(0, 2**32))
def test_two_hundred_random_edits_undone_one_by_one_restore_the_first_export(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    rng = random.Random(seed)
    with open_store(tmp_path_factory.mktemp("undo") / "数据.db") as store:
        commands.create_year(store, small_year())
        commands.mark_exported(store, 2027, ["E1"])
        first = revision(store)
        exports = {first: package(store)}
        while (steps := revision(store) - first) < STEPS:
            edit = rng.choice(EDITS)
            if edit is not _delete_year_and_make_another or steps < STEPS - 1:
                _try(edit, rng, store)
                exports[revision(store)] = package(store)
        last = package(store)
        _undo_down_to(store, exports, first)
        while commands.redo(store):
            pass
        assert package(store) == last


def _try(edit: Edit, rng: random.Random, store: Store) -> None:
    with suppress(UserError, KeyError):
        edit(rng, store, year_snapshot(store, 2027))


def _undo_down_to(store: Store, exports: dict[int, bytes], first: int) -> None:
    """Undo every step since ``first``; whenever a year was seen before, it looks the same again."""
    for number in range(max(exports), first, -1):
        if number in exports:
            assert package(store) == exports[number]
        commands.undo(store)
    assert package(store) == exports[first]
    assert read_package(exports[first], "x") == small_year()
