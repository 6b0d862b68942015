"""export：文件整个替换，标准输出也行；日历的登记。"""

from __future__ import annotations

from pathlib import Path

import icalendar  # noqa: TID253  the tests need it at once
import pytest

from models.store import open_store
from tests.headless.conftest import SMALL_YEAR, Office

FIRST, SECOND = SMALL_YEAR["events"]


def events_in(text: str) -> dict[str, icalendar.Event]:
    calendar = icalendar.Calendar.from_ical(text)
    return {str(event["UID"]).split("@")[0]: event for event in calendar.walk("VEVENT")}


def calendar(office: Office, *words: object) -> dict[str, icalendar.Event]:
    answer = office.run("export", "ics", 2027, *words, "-o", "-")
    assert answer.code == 0, answer.err
    return events_in(answer.out)


def test_a_package_replaces_the_old_file_and_says_where(office: Office) -> None:
    office.imported()
    target = office.folder / "出.json"
    target.write_text("旧", encoding="utf-8")
    answer = office.run("export", "json", 2027, "-o", target)
    assert answer == (0, "", f"已导出2027 年度数据包，2 项活动：{target}\n")
    assert target.read_text(encoding="utf-8").startswith('{\n "format": "outreach-year/1"')


def test_a_year_that_is_not_there_is_refused(office: Office) -> None:
    office.imported()
    for kind in (("json",), ("ics",), ("quarter", "--quarter", 1)):
        answer = office.run("export", kind[0], 2030, *kind[1:], "-o", office.folder / "x")
        assert (answer.code, answer.out, "2030" in answer.err) == (2, "", True)
    assert not (office.folder / "x").exists()


def test_a_file_that_cannot_be_written_is_said(office: Office) -> None:
    office.imported()
    target = office.folder / "无此文件夹" / "x.json"
    answer = office.run("export", "json", 2027, "-o", target)
    assert (answer.code, answer.out) == (3, "")
    assert answer.err.splitlines() == [
        f"错误：没有写入“{target}”：",
        "  文件夹不存在。原有文件未改动。",
        "  请先建好文件夹，或换一个位置保存。",
    ]


def test_the_data_file_is_never_the_target(office: Office) -> None:
    office.imported()
    before = office.data.read_bytes()
    answer = office.run("export", "json", 2027, "-o", office.data)
    assert (answer.code, answer.out, office.data.read_bytes()) == (2, "", before)
    assert answer.err.startswith("错误：不能导出到程序自己的文件")


def test_a_calendar_twice_is_the_same_bytes(office: Office) -> None:
    office.imported()
    first, second = office.folder / "一.ics", office.folder / "二.ics"
    answer = office.run("export", "ics", 2027, "-o", first)
    assert answer == (0, "", f"已导出日历，2 项活动：{first}\n")
    assert office.run("export", "ics", 2027, "-o", second).code == 0
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        (("--campaign", "community"), ["2027-A002"]),
        (("--unit", "gc"), ["2027-A002"]),
        (("--unit", "顾村镇"), ["2027-A002"]),
        (("--unit", "司法局"), ["2027-A001", "2027-A002"]),
    ],
)
def test_a_calendar_of_a_campaign_or_a_unit(office: Office, words: tuple[str, ...], keys: list[str]) -> None:
    office.imported()
    assert list(calendar(office, *words)) == keys


def test_an_unknown_unit_or_nothing_to_export_makes_no_file(office: Office) -> None:
    office.imported()
    target = office.folder / "x.ics"
    unknown = office.run("export", "ics", 2027, "--unit", "区气象局", "-o", target)
    assert (unknown.code, "没有单位“区气象局”" in unknown.err) == (2, True)
    empty = office.run("export", "ics", 2027, "--campaign", "park", "-o", target)
    assert (empty.code, empty.err.splitlines()[0]) == (2, "错误：没有可以写入日历的活动。")
    assert not target.exists()


def test_a_published_event_counts_its_changes_and_is_cancelled_when_it_goes(office: Office) -> None:
    office.imported()
    before = calendar(office)
    moved = FIRST | {"starts_at": "2027-06-18T14:00", "ends_at": "2027-06-18T16:00"}
    office.imported(events=[moved])
    after = calendar(office)
    assert {key: (event["SEQUENCE"], event["STATUS"]) for key, event in before.items()} == {
        "2027-A001": (0, "CONFIRMED"),
        "2027-A002": (0, "CONFIRMED"),
    }
    assert {key: (event["SEQUENCE"], event["STATUS"]) for key, event in after.items()} == {
        "2027-A001": (1, "CONFIRMED"),
        "2027-A002": (1, "CANCELLED"),
    }
    assert after["2027-A002"]["SUMMARY"] == "【已取消】普法宣传"


def test_an_event_never_published_goes_without_a_trace(office: Office) -> None:
    office.imported()
    calendar(office, "--campaign", "lecture")
    office.imported(events=[FIRST])
    assert list(calendar(office)) == ["2027-A001"]


def test_drafts_are_exported_on_request(office: Office) -> None:
    office.imported(events=[FIRST | {"status": "draft"}, SECOND])
    assert list(calendar(office)) == ["2027-A002"]
    assert calendar(office, "--drafts")["2027-A001"]["SUMMARY"] == "【草案】民法典解读"


def test_beside_an_open_window_the_calendar_is_written_and_the_missing_mark_said(office: Office) -> None:
    office.imported()
    target = office.folder / "x.ics"
    with open_store(office.data):
        answer = office.run("export", "ics", 2027, "-o", target)
    assert (answer.code, answer.out, len(events_in(target.read_text(encoding="utf-8")))) == (0, "", 2)
    assert "其中 2 项没有登记为“已发布”，请之后再导出一次。" in answer.err


def test_a_quarter_is_printed(office: Office, tmp_path: Path) -> None:
    office.imported()
    target = office.folder / "二季度.pdf"
    answer = office.run("export", "quarter", 2027, "--quarter", 2, "-o", target)
    assert (answer.code, answer.out) == (0, "")
    assert answer.err.splitlines()[-1].startswith("已导出2027年第二季度活动计划，共 ")
    assert target.read_bytes().startswith(b"%PDF-")
