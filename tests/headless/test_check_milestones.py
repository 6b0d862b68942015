"""check：年度节点一件一件说，要各单位分别报的说报了几家、谁没报，定期的说是哪一次。"""

from __future__ import annotations

import json

from tests.headless.conftest import Office

UNITS = [
    {"key": "区司法局", "name": "区司法局", "kind": "department"},
    {"key": "顾村镇", "name": "顾村镇", "kind": "town"},
    {"key": "罗店镇", "name": "罗店镇", "kind": "town"},
    {"key": "南大智慧城", "name": "南大智慧城", "kind": "park"},
]


def sentences(office: Office, today: str) -> dict[str, list[str]]:
    told = json.loads(office.run("check", 2027, "--today", today, "--json").out)
    found: dict[str, list[str]] = {}
    for finding in told["findings"]:
        found.setdefault(finding["rule"], []).append(finding["sentence"])
    return found


def test_a_report_of_the_units_says_who_is_missing(office: Office) -> None:
    settings = {"due:year.breakdown": "2027-06-10", "done:year.breakdown|顾村镇": "2027-06-09"}
    office.imported(events=[], units=UNITS, settings=settings)
    assert sentences(office, "2027-06-15")["year.breakdown"] == [
        "任务分解报送，已报 1/4，逾期 3 家，未报：区司法局、罗店镇、南大智慧城，自定期限6月10日已过。"
    ]
    office.imported(events=[], units=UNITS, settings={**settings, "units.group": "unit"})
    assert "已报 1/3，逾期 2 家" in sentences(office, "2027-06-15")["year.breakdown"][0]


def test_each_duty_of_a_clause_is_told_by_itself(office: Office) -> None:
    office.imported(events=[], units=UNITS, settings={"done:year.training.general": "2027-05-05"})
    found = sentences(office, "2027-12-20")
    assert "year.training.general" not in found
    for code, title in (
        ("year.training.professional", "专业培训"),
        ("year.cases.selection", "优秀案例评选"),
        ("year.cases.collection", "优秀案例汇编"),
        ("year.cases.opinion", "社会评价"),
        ("year.appraisal_scheme", "绩效考核方案"),
        ("year.appraisal", "年度考核评估"),
        ("year.catalogue.district", "区级重大行政决策目录"),
        ("community.plan", "走进社区年度计划"),
        ("campus.plan", "走进校区年度计划"),
    ):
        assert found[code][0].startswith(title)
    (towns,) = found["year.catalogue.towns"]
    assert towns.startswith("街镇重大行政决策目录，已报 0/2，逾期 2 家，未报：顾村镇、罗店镇")


def test_what_comes_back_is_asked_for_each_time_once_its_period_has_begun(office: Office) -> None:
    office.imported(settings={"done:year.spot_checks|2027-01-01": "2027-03-30"})
    found = sentences(office, "2027-06-15")
    assert [text.partition("，")[0] for text in found["year.spot_checks"]] == ["集成推送抽查通报 · 二季度"]
    assert [text.partition("，")[0] for text in found["year.litigation"]] == ["复议诉讼总结通报 · 上半年"]


def test_the_calendar_of_a_unit_has_what_it_must_report_done_once_it_did(office: Office) -> None:
    settings = {"due:year.breakdown": "2027-06-10", "done:year.breakdown|顾村镇": "2027-06-09"}
    office.imported(events=[], units=UNITS, settings=settings)
    for unit, mark in (("顾村镇", "【已办】任务分解报送"), ("罗店镇", "【时限】任务分解报送")):
        target = office.folder / f"{unit}.ics"
        answer = office.run("export", "ics", 2027, "--deadlines", "--unit", unit, "-o", target)
        assert answer.code == 0, answer.err
        assert mark in target.read_text(encoding="utf-8").replace("\r\n ", "")
