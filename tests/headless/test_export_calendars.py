"""export ics 的印发稿、时限、待办；ics-folder。"""

from __future__ import annotations

import pytest

from exports.ical_reading import read_calendar
from tests.headless.conftest import SMALL_YEAR, Office

FIRST, SECOND = SMALL_YEAR["events"]
POLICY = {"key": "y1", "title": "物业办法", "published_on": "2027-03-01", "office_name": True}
ALL = "宝山区2027年政务公开活动.ics"


def exported(office: Office, *words: object) -> bytes:
    target = office.folder / "x.ics"
    answer = office.run("export", "ics", 2027, *words, "-o", target)
    assert answer.code == 0, answer.err
    return target.read_bytes()


def test_a_release_is_exported_as_it_was(office: Office) -> None:
    office.imported()
    assert office.run("release", 2027).code == 0
    before = exported(office, "--release", 1)
    office.imported(events=[FIRST | {"starts_at": "2027-06-18T14:00", "ends_at": "2027-06-18T16:00"}, SECOND])
    assert exported(office, "--release", 1) == before
    old, new = (read_calendar(data).components[0] for data in (before, exported(office)))
    assert [(str(one.moment("DTSTART")), one.sequence) for one in (old, new)] == [
        ("2027-06-17 14:00:00", 0), ("2027-06-18 14:00:00", 1),
    ]  # fmt: skip


def test_a_release_that_is_not_there_is_refused(office: Office) -> None:
    office.imported()
    answer = office.run("export", "ics", 2027, "--release", 3, "-o", office.folder / "x.ics")
    assert (answer.code, "没有第 3 稿" in answer.err, (office.folder / "x.ics").exists()) == (2, True, False)


def test_deadlines_and_todos_come_on_request(office: Office) -> None:
    office.imported(policies=[POLICY])
    counts = []
    for words in ((), ("--deadlines",), ("--todos",), ("--deadlines", "--todos")):
        kinds = [component.kind for component in read_calendar(exported(office, *words)).components]
        counts.append((kinds.count("VEVENT") - 2, kinds.count("VTODO")))
    count = counts[1][0]
    assert count > 1
    assert counts == [(0, 0), (count, 0), (0, count), (count, count)]


def test_a_folder_is_brought_up_to_date(office: Office) -> None:
    office.imported()
    folder = office.folder / "日历"
    folder.mkdir()
    answer = office.run("export", "ics-folder", 2027, "-o", folder)
    assert answer == (0, "", f"日历文件夹 {folder}：写了 5 个，0 个没有变化\n")
    again = office.run("export", "ics-folder", 2027, "-o", folder)
    assert again.err == f"日历文件夹 {folder}：写了 0 个，5 个没有变化\n"
    office.imported(events=[FIRST])
    office.run("export", "ics-folder", 2027, "-o", folder)
    states = {
        found.uid.split("@")[0]: found.cancelled
        for found in read_calendar((folder / ALL).read_bytes()).components
    }
    assert states == {"2027-A001": False, "2027-A002": True}


def test_no_folder_is_a_failure(office: Office) -> None:
    office.imported()
    answer = office.run("export", "ics-folder", 2027, "-o", office.folder / "无")
    assert (answer.code, answer.err.splitlines()[0]) == (3, f"错误：没有文件夹“{office.folder / '无'}”。")


@pytest.mark.parametrize(
    "words",
    [("json", "--todos"), ("json", "--deadlines"), ("json", "--drafts"), ("ics-folder", "--unit", "sf")],
)
def test_options_belong_to_their_kind(office: Office, words: tuple[str, ...]) -> None:
    answer = office.run("export", words[0], 2027, *words[1:], "-o", office.folder / "x")
    assert (answer.code, words[1] in answer.err, (office.folder / "x").exists()) == (2, True, False)


def test_a_colleague_s_calendar_is_told(office: Office) -> None:
    office.imported()
    office.run("release", 2027, "--today", "2027-03-01")
    theirs = office.folder / "同事.ics"
    theirs.write_bytes(exported(office, "--release", 1))
    office.imported(events=[FIRST | {"title": "改名"}, SECOND])
    answer = office.run("changes", 2027, "--against", theirs)
    assert (answer.code, answer.out.splitlines()[0]) == (
        0, "这份日历与印发稿1（2027-03-01）一致。与草案相比：不同 1。",
    )  # fmt: skip
