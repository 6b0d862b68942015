"""默认的导出里找不到任何代表的姓名与电话：印件、表格、函件、日历、数据包、佐证包；遮住的写法在列出代表的地方。"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import pytest

from exports.package import read_package, write_package
from models import commands
from models.domain.attendance import Delegate
from models.domain.events import Campaign, Event
from models.domain.privacy import ERASED
from models.domain.snapshot import ItemKind, YearSnapshot
from models.queries import year_snapshot
from models.store import open_store
from tests.exports.every_export import EXPORTS, PERSON, PHONE, Facts, Files, facts, words_of
from tests.factories import year

MASKED = f"{PERSON[0]}*"
NAMING = {"print attendance", "letters pdf", "letters docx", "package json"}
"""Exports in which delegates are listed."""


@pytest.fixture(scope="module")
def made() -> Facts:
    return facts(("办事指南解读", "惠企政策宣讲"))


def inside(files: Files) -> bytes:
    """All bytes that other programs could search: names, files, and what is packed in them."""
    whole = bytearray()
    for name, data in files.items():
        whole += name.encode() + data
        if is_zipfile(BytesIO(data)):
            with ZipFile(BytesIO(data)) as packed:
                whole += b"".join(one.encode() + packed.read(one) for one in packed.namelist())
    return bytes(whole)


@pytest.mark.parametrize("name", EXPORTS)
def test_no_export_names_a_delegate_unless_asked(made: Facts, name: str) -> None:
    files = EXPORTS[name](made)
    words, raw = words_of(files), inside(files)
    for secret in (PERSON, PHONE, PERSON[:2], PHONE[3:7] + PHONE[7:]):
        assert secret not in words
        assert secret.encode() not in raw
    assert (MASKED in words) is (name in NAMING)


# 读回


def test_a_masked_package_never_brings_an_erased_name_back(tmp_path: Path) -> None:
    before = year(delegates=(Delegate("p1", PERSON, PHONE, "居民"),))
    masked = read_package(write_package(before, masked=True), "x")
    assert masked.delegates == (Delegate("p1", MASKED, "139****5678", "居民"),)
    with open_store(tmp_path / "a.db") as store:
        commands.create_year(store, before)
        commands.put_item(store, 2027, ItemKind.DELEGATE, Delegate("p1", "", "", "居民"))
        assert commands.import_year(store, masked).changes == ()
        assert year_snapshot(store, 2027).delegates == (Delegate("p1", "", "", "居民"),)
    assert ERASED == "已删除"


def test_a_real_name_in_a_package_is_taken(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.db") as store:
        commands.create_year(store, year(delegates=(Delegate("p1", PERSON, PHONE),)))
        commands.import_year(store, year(delegates=(Delegate("p1", "王小明", ""),)))
        assert year_snapshot(store, 2027).delegates == (Delegate("p1", "王小明", ""),)


def test_numbers_of_contacts_are_hidden_and_kept(tmp_path: Path) -> None:
    event = Event("E1", Campaign.LECTURE, "讲堂", contact=f"王老师 {PHONE}")
    before: YearSnapshot = year(event)
    masked = read_package(write_package(before, masked=True), "x")
    assert masked.events[0].contact == "王老师 139****5678"
    with open_store(tmp_path / "a.db") as store:
        commands.create_year(store, before)
        commands.import_year(store, masked)
        assert year_snapshot(store, 2027).events[0].contact == f"王老师 {PHONE}"


def test_a_package_of_a_package_is_the_same(made: Facts) -> None:
    once = write_package(made.now, masked=True)
    assert write_package(read_package(once, "x"), masked=True) == once
