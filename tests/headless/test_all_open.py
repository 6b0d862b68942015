"""check --all-open：哪一年没办完的都列出来，写明年度；在那一年办了就不再列。"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import Any

import pytest

from tests.headless.conftest import Office
from tests.three_years import three_years

FEBRUARY = ("--today", "2027-02-01")


@pytest.fixture
def three(office: Office) -> Office:
    """An office whose data file holds a closed year, one that is not quite done, and the year that runs."""
    three_years(office.data).close()
    return office


def opened(office: Office, *words: object) -> list[dict[str, Any]]:
    answer = office.run("check", *words, "--all-open", *FEBRUARY, "--json")
    assert answer.err == ""
    return list(json.loads(answer.out)["open"])


def test_what_is_open_in_any_year_is_listed_with_its_year(three: Office) -> None:
    found = opened(three)
    of_2026 = [
        (e["group"], e["title"], e["line"], e["until"], e["action"]) for e in found if e["year"] == 2026
    ]
    assert of_2026 == [
        ("overdue", "2026年 · 公开讲堂", "11月 0/1", "2026-11-30", "explain"),
        ("overdue", "2026年 · 解读材料备案 · 稳岗补贴办法", "材料未备案", "2026-12-17", "open"),
        ("at_risk", "2026年 · 待登记 · 公积金", "活动日期已过，结果未登记", "2026-12-16", "record"),
        ("due", "2026年 · 考核结果公布", "未办 · 2027年3月31日前", "2027-03-31", "open"),
    ]
    assert {e["year"] for e in found} == {2026, 2027}
    assert [e["group"] for e in found] == sorted(
        (e["group"] for e in found), key=["overdue", "at_risk", "due", "gap"].index
    )


def test_it_stands_after_the_report_of_a_year_and_counts_for_the_exit_code(three: Office) -> None:
    report = three.run("check", 2025, "--today", "2027-02-01")
    whole = three.run("check", 2025, "--all-open", "--today", "2027-02-01")
    head = "各年度还没有办完的事（截至2027-02-01）：2025、2026、2027 年度，共"
    assert whole.out.startswith(report.out.rstrip() + "\n\n" + head)
    assert "  2026年 · 考核结果公布：未办；2027年3月31日前，剩 41 个工作日（第31条，去处理）\n" in whole.out
    assert whole.code == 1


def test_what_is_done_in_its_year_is_open_no_more(three: Office) -> None:
    package = json.loads(three.run("export", "json", 2026, "-o", "-").out)
    package["policies"][0]["filed_on"] = "2027-01-30"
    path = three.folder / "2026.json"
    path.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
    assert three.run("import", path, "--apply").code == 0
    assert not any("备案" in entry["title"] for entry in opened(three))


def test_a_year_that_cannot_be_read_whole_is_said_and_the_others_are_listed(three: Office) -> None:
    with closing(sqlite3.connect(three.data)) as connection, connection:
        connection.execute("UPDATE policy SET published_on = 'nie' WHERE year = 2026")
    answer = three.run("check", "--all-open", *FEBRUARY)
    assert "2026 年度有 1 处读不懂，其中没有办完的事没有列出。" in answer.err
    assert "2026年 · 公开讲堂：11月 0/1" in answer.out
    assert "2027年 · 公开讲堂" in answer.out


def test_without_a_year_only_what_is_open_is_reported(three: Office) -> None:
    assert three.run("check", "--all-open", *FEBRUARY).out.startswith(
        "各年度还没有办完的事（截至2027-02-01）"
    )
    assert three.run("check").code == 2


def read(data: str | bytes) -> Any:
    from icalendar import Calendar

    return Calendar.from_ical(data)


def shown(office: Office, year: int, *words: object) -> dict[str, str]:
    """UID → summary of the deadlines in the calendar of ``year``."""
    answer = office.run("export", "ics", year, *words, "-o", "-")
    assert answer.code == 0, answer.err
    entries = ((str(one.get("UID", "")), str(one.get("SUMMARY", ""))) for one in read(answer.out).walk())
    return {uid: summary for uid, summary in entries if summary.startswith("【时限】")}


def test_the_calendar_of_deadlines_has_what_is_open_in_other_years_under_its_own_uid(three: Office) -> None:
    own, beside = shown(three, 2026, "--deadlines"), shown(three, 2027, "--deadlines")
    (uid,) = (uid for uid, words in own.items() if words == "【时限】考核结果公布")
    assert uid.startswith("2026-deadline-")
    assert beside[uid] == "【时限】2026年 · 考核结果公布"
    assert "【时限】2026年 · 解读材料备案：稳岗补贴办法" in beside.values()
    folder = three.folder / "日历"
    folder.mkdir()
    assert three.run("export", "ics-folder", 2027, "--todos", "-o", folder).code == 0
    written = [read(path.read_bytes()) for path in folder.iterdir()]
    todos = {str(todo["UID"]) for calendar in written for todo in calendar.walk("VTODO")}
    assert uid.replace("-deadline-", "-todo-") in todos


def test_a_release_says_nothing_of_other_years(three: Office) -> None:
    assert three.run("release", 2027, "--today", "2027-02-01").code == 0
    assert not any("2026年" in words for words in shown(three, 2027, "--deadlines", "--release", 1).values())
    assert any("2026年" in words for words in shown(three, 2027, "--deadlines").values())
