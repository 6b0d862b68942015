"""删除个人信息只碰这个人：别的文字逐处选，单位、场地、学校、地点一字不动；群体、单位不当姓名；撤销照样一字不差。"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.package import read_package, write_package
from exports.prints import PrintKind, make_print, usual_options
from models import commands
from models.backup_scrubbing import erased_in, scrub_backups
from models.backups import backup
from models.delegates import erase_delegates
from models.domain import codec
from models.domain.attendance import Attendance, Decision, Delegate, Invitation
from models.domain.changes import RowChange
from models.domain.errors import CommandError
from models.domain.events import Campaign, Event
from models.domain.masking import known_as, masks_of, masks_of_people
from models.domain.personal_names import is_no_name, names_nobody
from models.domain.privacy import masked_name
from models.domain.snapshot import ItemKind, YearSnapshot
from models.domain.units import School, Unit, UnitKind, Venue
from models.named_texts import texts_naming
from models.queries import year_snapshot
from models.releases import release_year, released_snapshot
from models.restoring import restore
from models.scrubbing import Person, masks_of_gone, persons_of
from models.scrubbing_texts import FieldPlace, texts_in
from models.store import Store, open_store
from tests.exports.pdf_reading import squeezed
from tests.factories import check
from tests.models.years import small_year

GROUPS = ("居民代表", "区医保局", "居民", "代表", "商户", "学生家长", "企业代表")
WORDS = "居民代表20人、区医保局、商户、学生家长、企业代表"
Place = tuple[FieldPlace, str]
Texts = dict[FieldPlace, list[str]]


def legacy(store: Store, monkeypatch: pytest.MonkeyPatch, *people: Delegate) -> None:
    """Delegates as an older program took them."""
    with monkeypatch.context() as patch:
        patch.setattr("models.writing.require_personal_names", lambda *_: None)
        for person in people:
            commands.put_item(store, 2027, ItemKind.DELEGATE, person)


@pytest.fixture
def groups(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Groups and a unit entered as delegates, and texts that speak of them."""
    legacy(store, monkeypatch, *(Delegate(f"g{n}", name, f"1380000{n:04d}") for n, name in enumerate(GROUPS)))
    event = year_snapshot(store, 2027).events[0]
    commands.change_event(store, 2027, event._replace(audience=WORDS, note=WORDS))
    return store


@pytest.mark.parametrize(
    "name",
    [
        *GROUPS,
        "居民20人",
        "居民、商户",
        "街镇代表",
        "吴淞街道",
        "区市场监管局",
        "负责人",
        "居民们",
        "居民和商户",
        "企业代表等",
    ],
)
def test_what_groups_roles_and_units_are_called_is_no_name(name: str) -> None:
    assert is_no_name(name)
    assert masked_name(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "张三",
        "欧阳娜娜",
        "王小明",
        "李代表",
        "张老师",
        "高峰",
        "陈国镇",
        "李学会",
        "区建国",
        "迪丽热巴·买买提",
    ],
)
def test_what_may_be_a_person_is_a_name(name: str) -> None:
    assert not names_nobody(name)
    assert masked_name(name) == f"{name[0]}*"


@pytest.mark.parametrize("name", ["代表甲", "代表1", "居民代表2", "家长A"])
def test_a_group_counted_off_is_taken_and_names_nobody(store: Store, name: str) -> None:
    commands.put_item(store, 2027, ItemKind.DELEGATE, Delegate("p9", name))
    assert masks_of(year_snapshot(store, 2027)).text(f"{name}20人") == f"{name}20人"


@pytest.mark.parametrize("name", [*GROUPS, "吴淞开源", "开源广场"])
def test_a_group_or_a_unit_is_refused_as_a_name_with_the_field_for_it(store: Store, name: str) -> None:
    commands.put_item(store, 2027, ItemKind.UNIT, Unit("u9", "吴淞开源", UnitKind.PARK))
    commands.put_item(store, 2027, ItemKind.VENUE, Venue("v9", "开源广场"))
    before = year_snapshot(store, 2027)
    with pytest.raises(CommandError, match=f"“{name}”是群体、身份或单位，不是姓名") as caught:
        commands.put_item(store, 2027, ItemKind.DELEGATE, Delegate("p9", name))
    assert "“类别”" in caught.value.remedy
    assert year_snapshot(store, 2027) == before


def test_one_that_is_in_the_file_already_can_still_be_changed_and_read_back(groups: Store) -> None:
    person = next(one for one in year_snapshot(groups, 2027).delegates if one.name == "居民代表")
    commands.put_item(groups, 2027, ItemKind.DELEGATE, person._replace(group="居民"))
    snapshot = year_snapshot(groups, 2027)
    commands.import_year(groups, read_package(write_package(snapshot, masked=True), "年度.json"))
    assert year_snapshot(groups, 2027).delegates == snapshot.delegates
    with pytest.raises(CommandError, match="商户"):
        commands.put_item(groups, 2027, ItemKind.DELEGATE, person._replace(name="商户代表"))


def test_prints_and_packages_say_what_groups_are_called(groups: Store) -> None:
    snapshot = year_snapshot(groups, 2027)
    assert masks_of(snapshot).text(WORDS) == WORDS
    assert WORDS in write_package(snapshot, masked=True).decode()
    kind, checked = PrintKind.LECTURES, check(snapshot)
    options = usual_options(kind, snapshot, checked.today)
    printed = squeezed(make_print(kind, snapshot, checked, options).data)
    assert "居民代表20人" in printed
    assert "*" not in printed


def test_a_name_that_a_unit_has_hides_nothing_in_texts(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    commands.put_item(store, 2027, ItemKind.UNIT, Unit("u9", "吴淞开源", UnitKind.PARK))
    legacy(store, monkeypatch, Delegate("p9", "吴淞开源"))
    assert masks_of(year_snapshot(store, 2027)).text("吴淞开源20人") == "吴淞开源20人"
    assert texts_naming(store, 2027, ["p9"]) == ()


def test_erasing_groups_changes_nothing_but_their_records_in_rows_log_and_backups(groups: Store) -> None:
    backup(groups)
    keys = [f"g{n}" for n in range(len(GROUPS))]
    before, steps = year_snapshot(groups, 2027), contents(groups)
    assert texts_naming(groups, 2027, keys) == ()
    erase_delegates(groups, 2027, keys)
    assert texts_of(year_snapshot(groups, 2027)) == nameless(texts_of(before), set(keys), {})
    scrub_backups(erased_in(groups))
    (path,) = groups.path.parent.glob("备份/*.db")
    with open_store(path, read_only=True) as copy:
        assert texts_of(year_snapshot(copy, 2027)) == nameless(texts_of(before), set(keys), {})
    assert contents(groups) == [nameless(step, set(keys), {}) for step in steps]


def test_a_release_of_before_does_not_differ_for_a_name_that_was_left_in_a_text(store: Store) -> None:
    commands.put_item(store, 2027, ItemKind.DELEGATE, Delegate("p9", "欧阳娜娜"))
    event = year_snapshot(store, 2027).events[0]
    commands.change_event(store, 2027, event._replace(audience="居民、欧阳娜娜", forms=("欧阳娜娜主讲",)))
    release_year(store, 2027, "", date(2027, 6, 15))
    erase_delegates(store, 2027, ["p9"])
    assert year_snapshot(store, 2027).events[0].audience == "居民、欧阳娜娜"
    assert released_snapshot(store, 2027, 1) == year_snapshot(store, 2027)


@given(
    st.lists(
        st.sampled_from(("欧阳娜娜", "王小明", "139-1234-5678", "居民", "20人", "、")), min_size=2, max_size=6
    )
)
def test_a_masked_text_is_known_again_when_nobody_of_that_name_is_left(words: list[str]) -> None:
    event = Event("E1", Campaign.LECTURE, "讲堂", note="说" + "".join(words))
    masked = masks_of_people([("欧阳娜娜", "13912345678"), ("王小明", "")]).item(event)
    assert known_as(event, masked) == event
    assert known_as(event, event._replace(note="另有安排*")).note == "另有安排*"  # type: ignore[union-attr]


# the law

FRAGMENTS = ("欧阳娜娜", "高峰", "李静", "王小明", "13912345678", "139-1234-5678", "居民", "行李静置", "联系", "代表", "、", "说", "20人", "路", "局")  # fmt: skip
phrases = st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=4).map("".join)


def written(names: tuple[str, ...], words: list[str]) -> Iterator[tuple[ItemKind, Any]]:
    """Items of every kind that hold these words."""
    one, two, three, four, five, six = words
    yield ItemKind.UNIT, Unit("u9", one, UnitKind.OTHER, (two,))
    yield ItemKind.VENUE, Venue("v9", three, four)
    yield ItemKind.SCHOOL, School("s9", five)
    yield ItemKind.EVENT, Event("E8", Campaign.LECTURE, six, short=one, place=two, audience=three, note=four,
                                lead_units=("u9",), forms=(six,))  # fmt: skip
    yield ItemKind.DECISION, Decision("d9", two, hearing_note=six)
    for number, name in enumerate(names):
        yield ItemKind.DELEGATE, Delegate(f"p{number}", name, "13912345678", five)
        told = date(2027, 5, 20)
        yield (
            ItemKind.INVITATION,
            Invitation(f"i{number}", "d9", f"p{number}", None, Attendance.PRESENT, told),
        )


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from((("欧阳娜娜",), ("高峰",), ("李静", "王小明"), ("居民代表", "欧阳娜娜"))),
    st.lists(phrases, min_size=6, max_size=6), st.lists(phrases, min_size=6, max_size=6), st.data(),
)  # fmt: skip
def test_erasing_a_person_changes_no_text_but_those_chosen_now_then_and_in_the_backups(
    names: tuple[str, ...], first: list[str], second: list[str], data: st.DataObject
) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr("models.writing.require_personal_names", lambda *_: None)
        with open_store(Path(folder) / "数据.db") as store:
            commands.create_year(store, small_year())
            for words in (first, second):
                now = year_snapshot(store, 2027)
                changes = [
                    RowChange.of(now.item(kind, item.key), item) for kind, item in written(names, words)
                ]
                commands.apply_changes(store, 2027, f"写下{words[0]}", changes)
            saved = backup(store)
            before, keys = contents(store), {f"p{number}" for number in range(len(names))}
            listed = texts_naming(store, 2027, sorted(keys))
            assert not any(one.place[0].kind in ("units", "venues", "schools") for one in listed)
            assert not any(one.place[0].field == "place" for one in listed)
            chosen = data.draw(st.lists(st.sampled_from(listed), unique=True) if listed else st.just([]))
            gone = {(2027, key): Person() for key in keys}
            masks = masks_of_gone(store.connection, gone, persons_of(store.connection, gone))
            after = {one.place: one.after for one in texts_in(store.connection, masks, gone)[0]}
            hidden = {one.place: after[one.place] for one in chosen}
            erase_delegates(store, 2027, sorted(keys), hidden)
            expected = [nameless(step, keys, hidden) for step in before]
            assert contents(store) == expected
            scrub_backups(erased_in(store))
        restored = Path(folder) / "恢复" / "数据.db"
        restore(restored, saved)
        with open_store(restored) as copy:
            assert contents(copy) == expected


def contents(store: Store) -> list[Texts]:
    """All texts of the year as they are now, and after each undo; done again afterwards."""
    found = []
    while True:
        has_year = bool(store.rows("SELECT 1 FROM year"))
        found.append(texts_of(year_snapshot(store, 2027)) if has_year else {})
        if commands.undo(store) is None:
            break
    while commands.redo(store) is not None:
        pass
    return found


def texts_of(snapshot: YearSnapshot) -> Texts:
    """Every text of a year by the field in which it stands."""
    found: Texts = {}
    for kind in ItemKind:
        for item in snapshot.items(kind):
            for field, value in codec.to_plain(item).items():
                found[FieldPlace(2027, kind.value, item.key, field)] = list(_texts(value))
    return found


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


def nameless(texts: Texts, keys: set[str], hidden: Mapping[Place, str]) -> Texts:
    """``texts`` without name and phone of those called ``keys``, and with what stands in ``hidden`` for a text."""
    made = {}
    for spot, values in texts.items():
        own = spot.kind == "delegates" and spot.key in keys and spot.field in ("name", "phone")
        made[spot] = ["" if own else hidden.get((spot, text), text) for text in values]
    return made
