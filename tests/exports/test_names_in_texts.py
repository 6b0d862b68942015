"""姓名、电话写进任何一个格子，默认的导出里都找不到：逐个字段打进去，导出一切，再逐处找。"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import pytest

from exports.ical import calendar_bytes
from exports.ical_import import read_events
from exports.letters import LetterTo, letter_words
from exports.package import read_package, write_package
from exports.prints import PrintKind, make_print, usual_options
from exports.xlsx.reading.submission import read_submission
from exports.xlsx.reading.values import RowFate
from exports.xlsx.template import template_bytes
from models import commands
from models.domain.attendance import Delegate
from models.domain.events import Campaign, Event
from models.domain.masking import Where, masks_of
from models.domain.snapshot import ItemKind, YearSnapshot
from models.queries import year_snapshot
from models.releases import release_year, released_snapshot
from models.store import open_store
from tests.exports.every_export import EXPORTS, TODAY, Facts, Files, facts, words_of
from tests.exports.named_year import MASKED, NAMES, PEOPLE, PHONES, found_in, named, said
from tests.factories import check, year


@pytest.fixture(scope="module")
def made() -> Facts:
    usual = facts()
    return Facts(named(usual.now), named(usual.before))


def all_text(files: Files) -> str:
    """Names of files, what other programs read in them, and the bytes of their parts as far as these are text."""
    found = [words_of(files)]
    for name, data in files.items():
        found.append(name)
        if name.endswith(".ics"):
            data = data.replace(b"\r\n ", b"")  # noqa: PLW2901  unfolded
        parts = {"": data}
        if is_zipfile(BytesIO(data)):
            with ZipFile(BytesIO(data)) as packed:
                parts = {one: packed.read(one) for one in packed.namelist()}
        for part, content in parts.items():
            found += [part, content.decode("utf-8", "ignore"), content.decode("utf-16-be", "ignore")]
    return "\n".join(found)


def test_the_names_can_be_found_where_they_are(made: Facts) -> None:
    assert set(found_in(words_of({"a.json": write_package(made.now)}))) == {*NAMES, *PHONES}


@pytest.mark.parametrize("name", EXPORTS)
def test_no_export_holds_a_name_or_phone_that_was_typed_anywhere(made: Facts, name: str) -> None:
    files = EXPORTS[name](made)
    words = words_of(files)
    assert found_in(all_text(files)) == []
    assert [mask for mask in MASKED if mask not in words] == []


def test_options_that_are_typed_are_masked_too(made: Facts) -> None:
    words = said(Event, "title")
    options = usual_options(PrintKind.QUARTER, made.now, TODAY)._replace(
        quarter=3, title=words, issuer=words, attachment=words
    )
    printed = make_print(PrintKind.QUARTER, made.now, made.check, options)
    assert found_in(words_of({"a.pdf": printed.data})) == []


def test_they_are_there_when_they_are_asked_for(made: Facts) -> None:
    options = usual_options(PrintKind.ATTENDANCE, made.now, TODAY)._replace(
        mask_delegates=False, mask_phones=False
    )
    printed = make_print(PrintKind.ATTENDANCE, made.now, made.check, options)
    assert set(found_in(words_of({"a.pdf": printed.data}))) == {*NAMES, *PHONES}
    only_phones = make_print(
        PrintKind.ATTENDANCE, made.now, made.check, options._replace(mask_delegates=True)
    )
    assert not set(found_in(words_of({"a.pdf": only_phones.data}))) & set(NAMES)


def test_a_letter_to_one_names_no_other(made: Facts) -> None:
    letter = letter_words(made.now, LetterTo("d1", "p1", feedback=True, masked=False))
    assert letter.salutation == "张三丰代表："
    assert set(found_in("\n".join(letter.words))) == {"张三丰"}


def test_what_went_out_masked_comes_back_as_it_was(made: Facts, tmp_path: Path) -> None:
    masked = read_package(write_package(made.now, masked=True), "x")
    with open_store(tmp_path / "a.db") as store:
        commands.create_year(store, made.now)
        before = year_snapshot(store, 2027)
        assert commands.import_year(store, masked).changes == ()
        assert year_snapshot(store, 2027) == before
    with open_store(tmp_path / "b.db") as store:
        commands.create_year(store, masked)
        assert found_in(write_package(year_snapshot(store, 2027)).decode()) == []


def test_a_calendar_and_a_sheet_that_come_back_change_nothing(made: Facts) -> None:
    sheet = read_submission(template_bytes(made.now, "sf"), made.now, "报送.xlsx")
    calendar = read_events(calendar_bytes(made.now, drafts=True), made.now, "日历.ics")
    for reading in (sheet, calendar):
        assert reading.rows
        assert {(row.state, row.fields) for row in reading.rows} == {(RowFate.SAME, ())}


def test_what_was_changed_in_a_masked_package_is_taken_and_the_rest_keeps_its_words(tmp_path: Path) -> None:
    event = Event("E1", Campaign.LECTURE, "讲堂", note="请张三丰到场", contact="张三丰 13912345678")
    before = year(event, delegates=PEOPLE[:1])
    masked = read_package(write_package(before, masked=True), "x")
    assert masked.events[0]._replace(contact="") == event._replace(note="请张*到场", contact="")
    changed = YearSnapshot(
        masked.year_row,
        units=masked.units,
        venues=masked.venues,
        events=[masked.events[0]._replace(title="讲堂二")],
        delegates=masked.delegates,
    )
    with open_store(tmp_path / "a.db") as store:
        commands.create_year(store, before)
        commands.import_year(store, changed)
        assert year_snapshot(store, 2027).events == (event._replace(title="讲堂二"),)


@pytest.mark.parametrize(
    ("text", "words", "record"),
    [
        ("张三丰说", "张*说", "张*说"),
        ("张 三　丰", "张*", "张*"),
        ("早高峰出行、高峰论坛", "早高峰出行、高峰论坛", "早高*出行、高*论坛"),
        ("联系人高峰，139 1234-5678", "联系人高*，139****5678", "联系人高*，139****5678"),
        ("与高峰代表座谈", "与高*代表座谈", "与高*代表座谈"),
        ("+8613912345678", "+86139****5678", "+86139****5678"),
        ("(021)6666 8888转8001", "(021****8888转8001", "(021****8888转8001"),
        ("１３８００００１２３４", "138****1234", "138****1234"),
        ("2027-06-15 第139123456780号 代表甲", "2027-06-15 第139123456780号 代表甲", "2027-06-15 第139123456780号 代表甲"),
        ("张*", "张*", "张*"),
    ],
)  # fmt: skip
def test_how_a_text_is_masked(text: str, words: str, record: str) -> None:
    masks = masks_of(year(delegates=PEOPLE))
    assert (masks.text(text), masks.text(text, Where.RECORD)) == (words, record)
    assert masks.text(masks.text(text)) == masks.text(text)
    assert masks.text("高峰论坛，高峰", Where.TITLE) == "高峰论坛，高峰"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("惠民讲堂（李静带队）", "惠民讲堂（李*带队）"),
        ("李静谈养老", "李*谈养老"),
        ("请李静到场，与 李 静座谈", "请李*到场，与 李*座谈"),
        ("联系李静 137，街道李静老师", "联系李* 137，街道李*老师"),
        ("行李静置区", "行李静置区"),
        ("程明、流程明确", "程*、流程明确"),
    ],
)
def test_a_short_name_is_hidden_where_it_begins_or_ends_a_word(text: str, masked: str) -> None:
    masks = masks_of(year(delegates=[Delegate("p1", "李静"), Delegate("p2", "程明")]))
    assert masks.text(text) == masks.text(text, Where.TITLE) == masked


def test_a_year_without_names_is_itself(made: Facts) -> None:
    nobody = year(
        delegates=[Delegate("p1", "代表甲"), Delegate("p2", ""), Delegate("p3", "张*", "139****5678")]
    )
    assert masks_of(nobody).year(nobody) is nobody
    checked = check(made.now, TODAY)
    assert len(checked.cells) == len(made.check.cells)
    people = masks_of(made.now)
    assert people.year(people.year(made.now)) == people.year(made.now)
    assert people.year(made.now).items(ItemKind.UNIT) != made.now.items(ItemKind.UNIT)


def test_delegates_of_other_years_of_the_file_are_hidden_too(tmp_path: Path) -> None:
    event = Event(
        "E1",
        Campaign.LECTURE,
        "讲堂",
        starts_at=datetime(2027, 6, 16, 9),
        note="去年请过张三丰（13912345678）",
    )
    with open_store(tmp_path / "a.db") as store:
        commands.create_year(store, year(number=2026, delegates=PEOPLE[:1]))
        commands.create_year(store, year(event))
        snapshot = year_snapshot(store, 2027)
        released = release_year(store, 2027, "", TODAY)
        earlier = released_snapshot(store, 2027, released.number)
    for one in (snapshot, earlier):
        assert found_in(write_package(one, masked=True).decode()) == []
        assert found_in(calendar_bytes(one, drafts=True).decode()) == []


def test_who_is_a_delegate_again_is_named_in_the_own_letter(made: Facts) -> None:
    again = YearSnapshot(
        made.now.year_row,
        **{kind.value: made.now.items(kind) for kind in ItemKind if kind is not ItemKind.YEAR},
        persons=[("张三丰", "13912345678"), ("李四光", "")],
    )  # type: ignore[arg-type]
    letter = letter_words(again, LetterTo("d1", "p1", feedback=True, masked=False))
    assert set(found_in("\n".join(letter.words))) == {"张三丰"}
