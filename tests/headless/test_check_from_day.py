"""check：数和要点各自某日起作数，已判定的不变；原文改了、口径没有人定的逐条标出来，印件上也标。"""

from __future__ import annotations

import json
from typing import Any

from models.domain.setting_names import reason_name
from models.own_document import former_name
from models.sample import sample_year
from tests.exports.pdf_reading import squeezed
from tests.headless.conftest import Office

LECTURE = "lecture.monthly"
OLD_WORDS = "每月至少开展1—2场政策“公开讲堂”"
NEW_DOCUMENT = {
    "document.number@2027-06-01": "宝府办〔2027〕6号",
    "document.title@2027-06-01": "2027年宝山区政务公开工作要点",
    "document.issued_on@2027-06-01": "2027-05-20",
    "document.year@2027-06-01": 2027,
    f"quote:{LECTURE}@2027-06-01": "每月至少举办2场政策“公开讲堂”",
    f"clause:{LECTURE}@2027-06-01": "1",
    f"severity:{LECTURE}@2027-06-01": "hint",
    former_name(LECTURE): OLD_WORDS,
}


def taken(office: Office, settings: dict[str, Any]) -> Office:
    package = json.loads(sample_year())
    package["settings"] |= settings
    path = office.folder / "年度.json"
    path.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
    assert office.run("import", path, "--apply").code == 0
    return office


def lectures(office: Office, today: str) -> list[dict[str, Any]]:
    found = json.loads(office.run("check", 2027, "--today", today, "--json").out)
    return [cell for cell in found["cells"] if cell["rule"] == LECTURE]


def test_a_number_raised_in_june_leaves_what_was_judged_before(office: Office) -> None:
    before = lectures(taken(office, {}), "2027-06-15")[:6]
    raised = {"lecture.minimum@2027-07-01": 2, f"{reason_name('lecture.minimum')}@2027-07-01": "市里要求"}
    after = lectures(taken(office, raised), "2027-06-15")
    assert after[:6] == before
    assert [cell["minimum"] for cell in after] == [1] * 6 + [2] * 6
    assert [cell["minimum"] for cell in lectures(office, "2028-02-01")] == [1] * 6 + [2] * 6


def test_a_new_document_judges_only_what_begins_later(office: Office) -> None:
    before = lectures(taken(office, {}), "2027-06-15")[:5]
    after = lectures(taken(office, NEW_DOCUMENT), "2027-06-15")
    assert after[:5] == before
    assert [cell["severity"] for cell in after] == ["hard"] * 5 + ["hint"] * 7


def test_check_names_the_document_in_force_and_what_is_undecided(office: Office) -> None:
    taken(office, NEW_DOCUMENT)
    answer = office.run("check", 2027, "--today", "2027-06-15").out
    assert (
        "依据：宝府办〔2027〕6号《2027年宝山区政务公开工作要点》，自6月1日起（此前为宝府办〔2024〕14号）"
        in answer
    )
    assert f"第1条 公开讲堂：原文已改、口径待定：原为“{OLD_WORDS}”" in answer
    assert "依据：宝府办〔2024〕14号" in office.run("check", 2027, "--today", "2027-05-31").out
    found = json.loads(office.run("check", 2027, "--today", "2027-06-15", "--json").out)
    assert [(one["code"], one["former"]) for one in found["undecided"]] == [(LECTURE, OLD_WORDS)]


def test_prints_mark_what_is_undecided(office: Office) -> None:
    taken(office, NEW_DOCUMENT)
    path = office.folder / "检查单.pdf"
    assert office.run("export", "findings", 2027, "-o", path, "--today", "2027-06-15").code == 0
    words = squeezed(path.read_bytes())
    assert "1条规则原文已改、口径待定" in words
    assert f"原文已改、口径待定：原为“{OLD_WORDS}”" in words
