"""个人信息：怎样遮、怎样删净、身份证号码怎样挡在门外。"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.package import read_package, write_package
from models import commands
from models.delegates import erase_delegates
from models.domain.attendance import Attendance, Decision, Delegate, Invitation
from models.domain.errors import CommandError
from models.domain.events import Campaign, Event
from models.domain.masking import known_as, masked_item
from models.domain.privacy import (
    delegate_name,
    has_id_number,
    masked_name,
    masked_phone,
)
from models.domain.snapshot import ItemKind
from models.queries import change_log, one_item, undo_title, year_snapshot
from models.store import Store

PERSON = Delegate("p9", "欧阳娜娜某", "13912345678", "学生家长")
CASE = Decision("d9", "学校布局调整")
TOLD = Invitation("i9", "d9", "p9", date(2027, 4, 20), Attendance.PRESENT, date(2027, 5, 20))
LONG_ID, SHORT_ID = "11010519491231002X", "310113490101123"


@pytest.fixture
def people(store: Store) -> Store:
    """The small year with a delegate whose name and phone were changed a few times."""
    commands.put_item(store, 2027, ItemKind.DECISION, CASE)
    commands.put_item(store, 2027, ItemKind.DELEGATE, PERSON._replace(phone=""))
    commands.put_item(store, 2027, ItemKind.DELEGATE, PERSON)
    commands.put_item(store, 2027, ItemKind.INVITATION, TOLD)
    return store


def test_names_and_phones_are_masked() -> None:
    assert [masked_name(name) for name in ("张三", "张三丰", "欧阳娜娜", "代表甲", "李", "")] == [
        "张*", "张*", "欧*", "代表甲", "李", "",
    ]  # fmt: skip
    assert masked_phone("13812341234") == "138****1234"
    assert masked_phone("138 1234 1234") == "138 **** 1234"
    assert masked_phone("021-56781234") == "021-****1234"
    assert masked_phone("56781234") == "56****34"
    assert masked_phone("12345") == "*****"
    assert delegate_name(Delegate("p", "")) == "已删除"
    assert delegate_name(PERSON, masked=False) == "欧阳娜娜某"


@given(st.text(min_size=3, max_size=8, alphabet="张王李赵欧阳娜明华强"))
def test_a_masked_name_does_not_hold_the_name(name: str) -> None:
    assert name[1:] not in masked_name(name)


@pytest.mark.parametrize(
    "text",
    [
        LONG_ID,
        f"身份证{LONG_ID.lower()}。",
        "110105 19491231 002X",
        "１１０１０５１９４９１２３１００２Ｘ",
        SHORT_ID,
    ],
)
def test_an_id_number_is_known_however_it_is_written(text: str) -> None:
    assert has_id_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "13912345678、13812341234", "021-56781234转8001", "110105194912310021", "110105194913310020",
        "宝府办〔2024〕14号 2027-06-15 09:00—11:00", "https://example.org/2027061511010519491231002X9",
        "0" * 18, "1" * 18, "310113491301123",
    ],
)  # fmt: skip
def test_what_merely_looks_like_one_is_none(text: str) -> None:
    assert not has_id_number(text)


@pytest.mark.parametrize(
    ("kind", "item", "said"),
    [
        (ItemKind.DELEGATE, PERSON._replace(phone=LONG_ID), "列席代表“欧*”的“电话”"),
        (ItemKind.EVENT, Event("E7", Campaign.PARK, "走访", note=f"联系人{LONG_ID}"), "活动“走访”的“备注”"),
        (ItemKind.EVENT, Event("E7", Campaign.PARK, "走访", forms=(SHORT_ID,)), "活动“走访”的“形式”"),
    ],
)
def test_a_pasted_id_number_is_refused_by_name(store: Store, kind: ItemKind, item: object, said: str) -> None:
    before = year_snapshot(store, 2027)
    with pytest.raises(CommandError, match=re.escape(said)):
        commands.put_item(store, 2027, kind, item)  # type: ignore[arg-type]
    assert year_snapshot(store, 2027) == before


def test_a_package_with_an_id_number_is_refused_as_a_whole(people: Store) -> None:
    package = write_package(year_snapshot(people, 2027)).decode().replace("13912345678", LONG_ID)
    before = year_snapshot(people, 2027)
    with pytest.raises(CommandError, match="身份证号码"):
        commands.import_year(people, read_package(package.encode(), "年度.json"))
    assert year_snapshot(people, 2027) == before


def test_titles_of_steps_name_delegates_masked(people: Store) -> None:
    assert undo_title(people) is not None
    assert not any("欧阳娜娜" in entry.title for entry in change_log(people))
    assert any("欧*" in entry.title for entry in change_log(people))


def test_erasing_leaves_nothing_of_the_person_in_the_file(people: Store, path: Path) -> None:
    for marker in (PERSON.name, PERSON.phone):
        assert marker.encode() in path.read_bytes()
    erase_delegates(people, 2027, ["p9"])
    assert one_item(people, ItemKind.DELEGATE, 2027, "p9") == PERSON._replace(name="", phone="")
    people.close()
    for file in path.parent.iterdir():
        if file.is_file():
            assert PERSON.name.encode() not in file.read_bytes()
            assert PERSON.phone.encode() not in file.read_bytes()


def test_undo_goes_on_as_before_without_bringing_the_person_back(people: Store) -> None:
    steps = len(people.rows("SELECT 1 FROM change_log WHERE state = 'done'"))
    erase_delegates(people, 2027, ["p9"])
    for _ in range(steps):
        assert commands.undo(people) is not None
        found = one_item(people, ItemKind.DELEGATE, 2027, "p9")
        assert found is None or (found.name, found.phone) == ("", "")  # type: ignore[union-attr]
    assert one_item(people, ItemKind.DELEGATE, 2027, "p9") is None
    while commands.redo(people) is not None:
        pass
    assert one_item(people, ItemKind.DELEGATE, 2027, "p9") == PERSON._replace(name="", phone="")


def test_nobody_is_erased_who_still_waits_for_the_feedback(people: Store) -> None:
    commands.put_item(people, 2027, ItemKind.INVITATION, TOLD._replace(told_on=None))
    with pytest.raises(CommandError, match="1 名代表还没有反馈"):
        erase_delegates(people, 2027, ["p9"])
    commands.put_item(
        people, 2027, ItemKind.INVITATION, TOLD._replace(told_on=None, attendance=Attendance.ABSENT)
    )
    erase_delegates(people, 2027, ["p9"])
    assert erase_delegates(people, 2027, ["p9"]).changes == ()
    with pytest.raises(CommandError, match="没有列席代表“p0”"):
        erase_delegates(people, 2027, ["p0"])


@given(
    name=st.text(max_size=12),
    phone=st.text("0123456789 -+()", max_size=20),
    contact=st.text("0123456789 -王，a+", max_size=40),
)
def test_masking_twice_is_masking_once_and_what_is_known_comes_back(
    name: str, phone: str, contact: str
) -> None:
    person = Delegate("p1", name.strip(), phone.strip(), "居民")
    event = Event("E1", Campaign.LECTURE, "讲堂", contact=contact)
    for item in (person, event):
        masked = masked_item(item)
        assert masked_item(masked) == masked
        assert known_as(item, masked) == item
