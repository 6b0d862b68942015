"""import FILE.ics：逐项说新增、修改、相同、不收；旧的不盖新的；“已确认”要人说了才算。"""

from __future__ import annotations

from pathlib import Path

from tests.exports.calendars_from_outside import DINGTALK, GOOGLE, as_bytes
from tests.headless.conftest import Office


def calendar(office: Office, text: str) -> Path:
    path = office.folder / "部门.ics"
    path.write_bytes(as_bytes(text))
    return path


def test_every_entry_is_listed_with_its_fate_and_nothing_is_lost(office: Office) -> None:
    office.imported()
    answer = office.run("import", calendar(office, DINGTALK))
    assert (answer.code, answer.out.splitlines()) == (
        0,
        [
            "部门.ics（2027年部门日历）",
            "  新增 2",
            "  注意：1 项待办不是活动，没有读。",
            "  新增 第 6 行 走进园区：大场镇政策宣讲",
            "    注意 第 6 行（单位）：没有认出单位，留空，请采纳后补上",
            "  新增 第 15 行 走进社区",
            "    注意 第 15 行（单位）：没有认出单位，留空，请采纳后补上",
            "  略过 第 20 行 写材料（待办：不是活动）",
        ],
    )


def test_confirmed_is_taken_when_asked_for_and_an_older_file_changes_nothing(office: Office) -> None:
    office.imported()
    office.run("import", calendar(office, GOOGLE), "--confirmed", "--apply")
    found = {event["title"]: event for event in office.exported()["events"]}
    assert (found["科创问政"]["status"], found["政府开放月"]["status"]) == ("confirmed", "planned")
    assert found["科创问政"]["received"].count("/") == 7
    older = GOOGLE.replace("LAST-MODIFIED:20270402", "LAST-MODIFIED:20270302").replace("T060000Z", "T070000Z")
    answer = office.run("import", calendar(office, older), "--apply")
    assert "修改 第 8 行 科创问政：开始时间（请在窗口里核对，没有勾选）" in answer.out
    assert "来件是第 0 版（2027年3月2日 08:00 修改），已收过第 0 版（2027年4月2日 08:00 修改）" in answer.out
    assert found == {event["title"]: event for event in office.exported()["events"]}
