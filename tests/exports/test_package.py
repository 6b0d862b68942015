from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from exports.package import LARGEST_FILE, read_package, read_package_file, write_package
from models.domain.errors import InputError
from models.domain.snapshot import ItemKind, YearSnapshot
from tests.models.random_years import random_years
from tests.models.years import small_year

MINIMAL = {"format": "outreach-year/1", "year": 2027}
EVENT = {"key": "a", "campaign": "lecture", "title": "讲堂"}


def refusal(data: bytes | dict[str, Any]) -> InputError:
    if isinstance(data, dict):
        data = json.dumps(data).encode()
    with pytest.raises(InputError) as caught:
        read_package(data, "年度.json")
    return caught.value


def test_a_year_with_everything_comes_back_whole() -> None:
    assert read_package(write_package(small_year()), "x") == small_year()


def test_the_smallest_package_is_a_year_of_defaults() -> None:
    year = read_package(json.dumps(MINIMAL).encode(), "x")
    assert (year.year, year.year_row.district, year.events) == (2027, "宝山区", ())


def test_the_written_form_is_the_one_of_the_format() -> None:
    text = write_package(small_year()).decode()
    assert list(json.loads(text)) == [
        "format", "year", "district", "ruleset", "units", "venues", "schools", "holidays", "blocked",
        "quarter_themes", "events", "meetings", "decisions", "delegates", "invitations", "opinions", "policies",
        "exemptions", "zones", "evidence", "settings",
    ]  # fmt: skip
    assert text.startswith('{\n "format": "outreach-year/1",\n "year": 2027,\n "district": "宝山区",\n')
    assert text.endswith("}\n")
    assert '"stages": [\n    "小学",\n    "初中"\n   ]' in text


@settings(max_examples=60, deadline=None)
@given(random_years())
def test_any_year_written_read_and_written_again_gives_the_same_bytes(year: YearSnapshot) -> None:
    data = write_package(year)
    again = read_package(data, "x")
    assert again == year
    assert write_package(again) == data


def test_the_file_is_read_with_or_without_a_mark_of_its_byte_order(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"\xef\xbb\xbf" + write_package(small_year()))
    assert read_package_file(path) == small_year()


@pytest.mark.parametrize(
    ("change", "place", "why"),
    [
        ({"colour": 1}, "colour", "不认识的字段"),
        ({"events": [EVENT | {"colour": 1}]}, "events[0].colour", "不认识的字段"),
        ({"events": [EVENT | {"venue": "v9"}]}, "events[0].venue", "没有编号为它的场地"),
        ({"events": [EVENT | {"towns": ["gc"]}]}, "events[0].towns", "没有编号为它的单位"),
        ({"events": [EVENT, EVENT]}, "events[1].key", "活动的编号重复"),
        ({"events": [EVENT, EVENT | {"key": "a\u200e"}]}, "events[1].key", "活动的编号重复"),
        ({"events": [EVENT | {"starts_at": "2027-02-29T09:00"}]}, "events[0].starts_at", "没有这个时刻"),
        (
            {"events": [EVENT | {"starts_at": "2027-02-02T09:00", "ends_at": "2027-02-02T08:00"}]},
            "events[0].ends_at",
            "结束时间不晚于开始时间 2027-02-02T09:00",
        ),
        (
            {"exemptions": [{"rule": "r", "first": "2027-03-01", "last": "2027-02-01"}]},
            "exemptions[0].last",
            "最后一天早于第一天",
        ),
        ({"events": {"a": 1}}, "events", "应为列表，至多 100000 项"),
        ({"events": ["a"]}, "events[0]", "应为一个对象 {…}"),
        ({"year": "2027"}, "year", "年份应为 2000–2100 的整数"),
        ({"settings": {"x": 1e999}}, "settings.x", "只能是文字、数字、true/false 或 null"),
    ],
)
def test_a_fault_is_refused_with_place_and_reason(change: dict[str, Any], place: str, why: str) -> None:
    data = json.dumps(MINIMAL | change).replace("Infinity", "1e999").encode()
    error = refusal(data)
    assert error.place == place
    assert f"1. {place}：" in str(error)
    assert f"，{why}\n" in str(error)
    assert str(error).endswith("没有导入任何内容。请改正后再导入。")


def test_the_year_left_out_is_said() -> None:
    assert "year：（空），缺少必填字段" in str(refusal({"format": "outreach-year/1"}))


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "年度.json 不是 JSON（第 1 行第 1 列起读不懂）。"),
        (b'{"a": 1,\n "b" 2}', "年度.json 不是 JSON（第 2 行第 6 列起读不懂）。"),
        ("{“年份”：2027}".encode("gb18030"), "年度.json 不是 UTF-8 文字（第 2 个字节）。"),
        (b'{"a": 1, "a": 2}', "年度.json 的同一对象里，字段“a”出现两次。"),
        (b'{"a": NaN}', "年度.json 里的 NaN 不是数字。"),
        (b"[" * 200_000, "年度.json 的括号嵌套过深，不是年度数据包。"),
        (b'{"a": ' + b"9" * 5000 + b"}", "年度.json 里有位数过多的数字。"),
        (b"[]", "年度.json 不是年度数据包（没有 format: outreach-year/1）。"),
        (b'{"format": "other/1"}', "年度.json 不是年度数据包（没有 format: outreach-year/1）。"),
        (
            b'{"format": "outreach-year/2"}',
            "年度.json 的格式版本是 outreach-year/2，本程序只认得 outreach-year/1。",
        ),
    ],
)
def test_what_is_no_package_is_refused_in_words(data: bytes, what: str) -> None:
    assert refusal(data).what == what


def test_no_more_than_twenty_problems_are_listed() -> None:
    error = refusal(MINIMAL | {"units": [{"key": f"u{n}"} for n in range(25)]})
    assert error.what.startswith("年度.json 有 25 处不能接受：\n  1. units[0].name：（空），缺少必填字段\n")
    assert "  20. units[19].name" in error.what
    assert "21. " not in error.what
    assert "……另有 5 处" in error.what


def test_a_huge_file_is_refused_by_its_size_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "大.json"
    with path.open("wb") as file:
        file.truncate(200 * 2**20)
    with pytest.raises(InputError, match="有 200 MB，年度数据包不超过 50 MB"):
        read_package_file(path)
    with pytest.raises(InputError, match="文件太大"):
        read_package(b" " * (LARGEST_FILE + 1), "大.json")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="读不到文件"):
        read_package_file(tmp_path / "没有.json")
    with pytest.raises(InputError, match="这不是一个文件"):
        read_package_file(tmp_path)


def test_every_list_of_the_format_is_read() -> None:
    year = read_package(write_package(small_year()), "x")
    assert all(year.items(kind) for kind in ItemKind)
