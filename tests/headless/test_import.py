"""import：比对、导入，坏数据一概不收。"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from models.domain.field_labels import FIELD_LABELS
from models.domain.snapshot import ITEM_TYPES
from tests.headless.conftest import SMALL_YEAR, Office

FIRST, SECOND = SMALL_YEAR["events"]
NOTHING: dict[str, list[Any]] = {"new": [], "changed": [], "removed": []}


def test_without_apply_nothing_is_made_but_a_list(office: Office) -> None:
    answer = office.run("import", office.package())
    assert answer == (
        0,
        "年度.json（2027年，新年度）\n  年度：新增 1\n  单位：新增 2\n  活动：新增 2\n  列席代表：新增 1\n",
        "以上只是比对，什么都没改；加上 --apply 才导入。\n",
    )
    assert not office.data.exists()


def test_with_apply_the_year_is_there_and_the_same_again_changes_nothing(office: Office) -> None:
    first = office.run("import", office.package(), "--apply")
    assert (first.code, first.err) == (0, "已导入，可以撤销。\n")
    assert [event["key"] for event in office.exported()["events"]] == ["A001", "A002"]
    again = office.run("import", office.package(), "--apply")
    assert again == (
        0,
        "年度.json（2027年，与现有数据相比）\n  没有差别\n",
        "与现有数据完全相同，没有改动。\n",
    )


def test_what_changes_is_named_item_by_item_but_no_delegate(office: Office) -> None:
    office.imported()
    changed = office.package(
        events=[FIRST | {"place": "直播间", "starts_at": "2027-06-17T15:00"}, FIRST | {"key": "A003"}],
        delegates=[SMALL_YEAR["delegates"][0] | {"phone": "1"}],
    )
    answer = office.run("import", changed)
    assert answer.out.splitlines()[1:] == [
        "  活动：新增 1 · 修改 1 · 删除 1",
        "    新增 A003 民法典解读",
        "    修改 A001 民法典解读：开始时间、地点",
        "    删除 A002 普法宣传",
        "  列席代表：修改 1",
        "    修改 p1：电话",
    ]
    assert [event["key"] for event in office.exported()["events"]] == ["A001", "A002"]


def test_json_tells_programs_the_same(office: Office) -> None:
    office.imported()
    changed = office.package(events=[FIRST | {"place": "直播间"}, FIRST | {"key": "A003"}])
    answer = office.run("import", changed, "--apply", "--json")
    told = json.loads(answer.out)
    lists = told.pop("lists")
    assert told == {"year": 2027, "file": "年度.json", "new_year": False, "applied": True}
    assert lists.pop("events") == {
        "new": ["A003"],
        "changed": [{"key": "A001", "fields": ["place"]}],
        "removed": ["A002"],
    }
    assert list(lists.values()) == [NOTHING] * (len(ITEM_TYPES) - 1)


def test_export_import_export_is_the_same_bytes(office: Office, tmp_path: Path) -> None:
    office.imported()
    first = office.folder / "甲.json"
    assert office.run("export", "json", 2027, "-o", first).code == 0
    other = Office(tmp_path / "另一处", office._capfd)
    assert other.run("import", first, "--apply").code == 0
    second = office.folder / "乙.json"
    assert other.run("export", "json", 2027, "-o", second).code == 0
    assert first.read_bytes() == second.read_bytes()


def test_every_field_of_a_package_has_a_chinese_name() -> None:
    fields = {field for item_type in ITEM_TYPES.values() for field in item_type._fields}
    assert fields - set(FIELD_LABELS) == set()


def _huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(200 * 2**20)


def _bytes(data: bytes) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_bytes(data)

    return write


def _package(**changes: Any) -> Callable[[Path], None]:
    return _bytes(json.dumps(SMALL_YEAR | changes, ensure_ascii=False).encode())


BAD: dict[str, tuple[Callable[[Path], None], list[str]]] = {
    "200 MB": (_huge, ["文件太大", "200 MB"]),
    "not JSON": (_bytes(b'{"format": '), ["JSON"]),
    "not an object": (_bytes(b"[1, 2]"), ["坏.json"]),
    "not UTF-8": (_bytes('{"format": "宝山"}'.encode("gb18030")), ["UTF-8"]),
    "NaN": (_bytes(b'{"format": "outreach-year/1", "year": NaN}'), ["坏.json"]),
    "nested too deep": (_bytes(b"[" * 100_000), ["坏.json"]),
    "wrong version": (_package(format="outreach-year/2"), ["outreach-year/2"]),
    "unknown field": (_package(events=[FIRST | {"colour": "red"}]), ["events[0].colour", "不认识的字段"]),
    "unknown list": (_package(parties=[]), ["parties"]),
    "dangling reference": (
        _package(events=[FIRST | {"lead_units": ["wu"]}]),
        ["events[0].lead_units", "“wu”"],
    ),
    "duplicate key": (_package(events=[FIRST, FIRST]), ["events[1]", "A001"]),
    "impossible date": (
        _package(events=[FIRST | {"starts_at": "2027-02-30T09:00"}]),
        ["events[0].starts_at", "2027-02-30T09:00", "没有这个时刻"],
    ),
    "end before start": (
        _package(events=[FIRST | {"ends_at": "2027-06-17T13:00"}]),
        ["events[0].ends_at", "结束时间不晚于开始时间"],
    ),
    "wrong kind of value": (_package(events=[FIRST | {"expected": "很多"}]), ["events[0].expected"]),
    "missing field": (_package(events=[{"key": "A001"}]), ["events[0].title", "缺少必填字段"]),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_refused_with_its_place_and_nothing_changes(office: Office, case: str) -> None:
    office.imported()
    before = office.data.read_bytes()
    write, words = BAD[case]
    path = office.folder / "坏.json"
    write(path)
    answer = office.run("import", path, "--apply")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("错误：")
    assert [word for word in words if word not in answer.err] == []
    assert office.data.read_bytes() == before


def test_bad_input_makes_no_data_file(office: Office) -> None:
    assert office.run("import", office.package(format="outreach-year/9"), "--apply").code == 2
    assert not office.data.exists()


def test_a_missing_file_is_said(office: Office) -> None:
    answer = office.run("import", office.folder / "无.json")
    assert (answer.code, answer.out) == (2, "")
    assert "读不到文件" in answer.err


def test_a_folder_or_a_device_is_not_read(office: Office) -> None:
    for place in (office.folder, os.devnull):
        answer = office.run("import", place, "--apply")
        assert (answer.code, answer.err.splitlines()[0]) == (2, f"错误：这不是一个文件：{place}。")


def test_a_package_of_another_year_than_asked_for_is_refused(office: Office) -> None:
    answer = office.run("import", office.package(), "--year", 2028, "--apply")
    assert (answer.code, answer.err.splitlines()[0]) == (
        2,
        "错误：这是 2027 年的数据包，不是 2028 年的：年度.json。",
    )
    assert not office.data.exists()


@pytest.mark.parametrize("suffix", [".ics", ".ICS"])
def test_a_calendar_needs_a_year_that_is_there(office: Office, suffix: str) -> None:
    path = office.folder / f"报送{suffix}"
    path.write_bytes(b"PK")
    answer = office.run("import", path)
    assert answer.code == 3
    assert answer.err.startswith("错误：")


@pytest.mark.parametrize("name", ["大.ics", "大.xlsx", "大.json"])
def test_a_file_of_gigabytes_is_refused_before_it_is_read(
    office: Office, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    office.imported()
    path = office.folder / name
    with path.open("wb") as file:
        file.truncate(2_600_000_000)
    monkeypatch.setattr(Path, "read_bytes", lambda *_: pytest.fail("read"))
    answer = office.run("import", path)
    assert answer.code == 2
    assert name in answer.err
    assert "太大" in answer.err
