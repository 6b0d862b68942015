"""check 用的数都能改：条文的期限、会议种类、听取意见的形式、几名代表，改了就照改了的算。"""

from __future__ import annotations

import json
from typing import Any

import pytest

from models.domain.year import Setting
from tests.exports.pdf_reading import squeezed
from tests.headless.conftest import SMALL_YEAR, Office

POLICY = {
    "key": "p",
    "title": "惠企十条",
    "published_on": "2027-03-01",
    "office_name": True,
    "online_service": True,
}
HEARING = {"key": "d1", "title": "河道整治", "body": "town", "hearing_forms": ["网上征集"]}
HOST = {
    "key": "H1",
    "campaign": "host_meeting",
    "title": "人才沙龙",
    "starts_at": "2027-05-11T14:00",
    "theme_class": "人才沙龙",
    "status": "confirmed",
    "lead_units": ["sf"],
}


def found(office: Office, rule: str, settings: dict[str, Setting], **lists: Any) -> list[dict[str, Any]]:
    """The findings of ``rule`` in a year with these settings, on 2 June."""
    office.imported(settings=settings, **lists)
    answer = office.run("check", 2027, "--today", "2027-06-02", "--json")
    assert answer.err == ""
    return [one for one in json.loads(answer.out)["findings"] if one["rule"] == rule]


@pytest.mark.parametrize("rule", ["policy.filing", "policy.linkage"])
def test_the_working_days_of_clauses_8_and_16_are_those_of_the_year(office: Office, rule: str) -> None:
    (usual,) = found(office, rule, {}, policies=[POLICY])
    (shorter,) = found(office, rule, {f"{rule}.workdays": 3}, policies=[POLICY])
    assert "期限3月8日已过" in usual["sentence"]
    assert "期限3月4日已过" in shorter["sentence"]


def test_the_meetings_of_clause_3_are_those_of_the_year(office: Office) -> None:
    events = [*SMALL_YEAR["events"], HOST]
    assert found(office, "tech_forum.zone", {}, events=events) == []
    settings: dict[str, Setting] = {"tech_forum.zone.kinds": "政策发布会、人才沙龙"}
    assert len(found(office, "tech_forum.zone", settings, events=events)) == 1


def test_how_many_forms_of_hearing_clause_21_wants_is_a_number_of_the_year(office: Office) -> None:
    assert found(office, "hearing.stakeholders", {}, decisions=[HEARING]) == []
    settings: dict[str, Setting] = {
        "hearing.stakeholders.minimum": 2,
        "hearing.stakeholders.forms": "座谈、问卷",
    }
    (finding,) = found(office, "hearing.stakeholders", settings, decisions=[HEARING])
    assert "座谈、问卷" in finding["sentence"]


def test_a_number_that_cannot_be_used_is_named_and_not_taken(office: Office) -> None:
    package = office.package(settings={"policy.filing.workdays": "五"})
    answer = office.run("import", package, "--apply")
    assert answer.code == 2
    assert "解读材料备案期限（工作日）" in answer.err


def test_the_office_s_own_sixty_working_days_never_make_a_hard_overdue(office: Office) -> None:
    (finding,) = found(office, "policy.forms", {}, policies=[POLICY | {"published_on": "2027-01-04"}])
    assert "自定期限" in finding["sentence"]
    assert finding["state"] == "open"
    answer = office.run("check", 2027, "--today", "2027-06-02")
    overdue = answer.out.partition("【逾期的事项】")[2].partition("【")[0]
    assert "解读方式" not in overdue


def test_what_was_due_before_the_document_was_issued_counts_from_its_day(office: Office) -> None:
    old = POLICY | {"published_on": "2024-03-01"}
    office.imported(year=2024, events=[], policies=[old])
    answer = office.run("check", 2024, "--today", "2024-05-06", "--json")
    told = {one["rule"]: one["sentence"] for one in json.loads(answer.out)["findings"]}
    for rule in ("lecture.plan", "year.catalogue.district", "policy.filing", "policy.linkage"):
        assert "已过" not in told[rule], told[rule]
    assert "原定1月31日，早于要点印发（4月28日），自印发之日起算" in told["lecture.plan"]
    assert "5月28日前" in told["lecture.plan"]
    assert "5月8日前" in told["policy.filing"]


@pytest.mark.parametrize(("kind", "words"), [("quarter", "目标30场（自定）"), ("year", "宜30场（自定）")])
def test_a_number_of_the_office_s_own_is_marked_where_it_is_printed(
    office: Office, kind: str, words: str
) -> None:
    office.imported()
    path = office.folder / "印件.pdf"
    quarter = ("--quarter", "3") if kind == "quarter" else ()
    assert office.run("export", kind, 2027, *quarter, "-o", path).code == 0
    assert words in squeezed(path.read_bytes())
