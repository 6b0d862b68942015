"""一个办公室一个名字，牵头、责任各一个词：印件、函件、邀请、改动清单、台账说的都一样。"""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

from exports.ical_reading import read_calendar
from tests.exports.office_reading import word_text
from tests.exports.pdf_reading import squeezed
from tests.headless.conftest import SMALL_YEAR, Office
from tests.headless.test_export_folders import CASE, MAIL

ROOT = Path(__file__).resolve().parent.parent.parent
USUAL, OWN = "宝山区人民政府办公室", "宝山区人民政府办公室（政务公开科）"
READ_FROM_OTHERS = ("exports/xlsx/reading/",)
"""What other offices call it in their own tables is understood, not said."""


@pytest.mark.parametrize(("settings", "name"), [({}, USUAL), ({"office": OWN}, OWN)])
def test_prints_letters_and_invitations_bear_the_one_name_of_the_office(
    office: Office, settings: dict[str, str], name: str
) -> None:
    office.imported(**CASE, settings=MAIL | settings)
    plan, letters, mails = (office.folder / name for name in ("计划.docx", "函", "邀请"))
    run = ("export", "docx", 2027, "--quarter", 2, "-o", plan)
    assert office.run(*run).code == 0
    assert f"编制单位：{name}" in word_text(plan.read_bytes())
    assert office.run("export", "quarter", 2027, "--quarter", 2, "-o", office.folder / "计划.pdf").code == 0
    assert f"编制单位：{name}" in squeezed((office.folder / "计划.pdf").read_bytes())
    assert office.run("export", "letters", 2027, "--decision", "d1", "-o", letters).code == 0
    assert all(f"\n{name}\n" in word_text(path.read_bytes()) for path in letters.iterdir())
    assert office.run("export", "invitations", 2027, "-o", mails).code == 0
    for path in mails.iterdir():
        (event,) = read_calendar(path.read_bytes()).components
        assert f'CN="{name}"' in event.line("ORGANIZER").parameters


def test_an_office_without_a_district_signs_with_nothing_invented(office: Office) -> None:
    office.imported(**CASE, district="")
    target = office.folder / "计划.docx"
    assert office.run("export", "docx", 2027, "--quarter", 2, "-o", target).code == 0
    assert "人民政府办公室" not in word_text(target.read_bytes())


def test_the_list_of_changes_calls_the_units_as_the_document_does(office: Office) -> None:
    office.imported()
    assert office.run("release", 2027, "--today", "2027-01-05").code == 0
    first, second = SMALL_YEAR["events"]
    office.imported(events=[first | {"lead_units": ["gc"], "responsible_units": ["sf"]}, second])
    answer = office.run("changes", 2027, "--today", "2027-06-01")
    assert "牵头单位 区司法局 → 顾村镇" in answer.out
    assert "责任单位 未填 → 区司法局" in answer.out
    assert json.loads(office.run("changes", 2027, "--json", "--today", "2027-06-01").out)["events"]


def test_no_text_of_the_program_has_another_word_for_who_leads_and_who_takes_part() -> None:
    found = []
    for path in (
        path for room in ("gui", "planners", "exports", "models") for path in (ROOT / room).rglob("*.py")
    ):
        where = path.relative_to(ROOT).as_posix()
        if where.startswith(READ_FROM_OTHERS):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
                words = node.value.replace("会议主办方", "")  # whose meeting it is, not who leads an event
                if "主办" in words or "协办" in words:
                    found.append(f"{where}:{node.lineno} {node.value}")
    assert found == []
