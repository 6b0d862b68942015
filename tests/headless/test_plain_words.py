"""印件与检查里的话：次数与日子对得上，理由只说一遍，别的年份写明年份，引号一层套一层。"""

from __future__ import annotations

import re

import pytest

from tests.exports.office_reading import word_text
from tests.exports.pdf_reading import squeezed
from tests.headless.conftest import SMALL_YEAR, Office

FIRST, SECOND = SMALL_YEAR["events"]


def lecture(key: str, day: str, status: str, **more: object) -> dict[str, object]:
    return (
        FIRST | {"key": key, "starts_at": f"{day}T14:00", "ends_at": f"{day}T16:00", "status": status} | more
    )


def test_a_met_month_says_what_was_held_and_what_is_planned_besides(office: Office) -> None:
    days = (("2027-06-02", "held"), ("2027-06-09", "held"), ("2027-06-17", "confirmed"))
    office.imported(events=[lecture(f"A{n}", *day) for n, day in enumerate(days)])
    target = office.folder / "总览.pdf"
    assert office.run("export", "year", 2027, "--today", "2027-06-15", "-o", target).code == 0
    text = squeezed(target.read_bytes())
    assert "2/1已满足，另排1场" in text
    assert "2、9、17日" in text


def test_a_reason_that_stands_in_the_note_as_well_is_said_once(office: Office) -> None:
    postponed = lecture("A1", "2027-05-20", "postponed", status_reason="场馆维修", note="场馆维修。")
    other = lecture("A2", "2027-05-27", "postponed", status_reason="场馆维修", note="另行通知")
    office.imported(events=[postponed, other])
    target = office.folder / "计划.docx"
    assert office.run("export", "docx", 2027, "--quarter", 2, "-o", target).code == 0
    text = word_text(target.read_bytes())
    assert text.count("已延期：场馆维修") == 2
    assert text.count("场馆维修") == 2
    assert "已延期：场馆维修；另行通知" in text


def test_a_day_of_another_year_is_said_with_its_year(office: Office) -> None:
    policy = {
        "key": "y1",
        "title": "关于印发《办法》的通知",
        "published_on": "2027-12-30",
        "office_name": True,
    }
    office.imported(policies=[policy])
    answer = office.run("check", 2027, "--today", "2027-12-31")
    (line,) = (line for line in answer.out.splitlines() if "解读材料还没有备案" in line)
    assert "政策文件《关于印发〈办法〉的通知》" in line
    assert re.search(r"请在2028年1月\d+日前办理", line)


@pytest.mark.parametrize(
    ("title", "said"),
    [("“五五购物节”解读", "“‘五五购物节’解读”"), ("“走进‘两区’”宣讲", "“‘走进“两区”’宣讲”")],
)
def test_marks_within_marks_alternate(office: Office, title: str, said: str) -> None:
    office.imported(events=[lecture("A1", "2027-06-17", "confirmed"), SECOND])
    host = {"key": "H1", "campaign": "host_meeting", "title": title, "starts_at": "2027-06-17T09:00"}
    zone = {
        "key": "Z1",
        "campaign": "tech_forum",
        "title": "专区",
        "host_event": "H1",
        "starts_at": "2027-06-17T09:00",
    }
    office.imported(events=[host | {"status": "planned"}, zone | {"status": "planned"}])
    target = office.folder / "计划.docx"
    assert office.run("export", "docx", 2027, "--quarter", 2, "-o", target).code == 0
    assert f"设于{said}" in word_text(target.read_bytes())
