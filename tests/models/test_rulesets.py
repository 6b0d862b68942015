"""规则集：原文逐字、读法可选、读不懂就停下。"""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest

from models.domain.errors import InputError
from models.domain.rules import GroupKind, Origin, RuleKind, Severity
from models.rulesets import CHECKS, FOLDER, available_rulesets, read_ruleset, ruleset_for

TEXT = (FOLDER.parent / "要点2024.txt").read_text(encoding="utf-8")
CLAUSE_START = re.compile(r"^(\d{1,2})\.\s*", re.MULTILINE)
CODES = {
    "lecture.monthly", "lecture.themes", "lecture.platforms", "lecture.plan", "park.quarterly", "park.theme", "park.listening",
    "community.monthly", "community.joint", "community.coverage", "campus.stages", "campus.terms",
    "tech_forum.host", "tech_forum.zone", "open_month.august", "open_month.units", "open_month.interaction",
    "open_month.regular", "attendance.invited", "attendance.feedback", "attendance.published",
    "hearing.stakeholders", "policy.filing", "policy.linkage", "policy.forms", "policy.integration",
    "community.plan", "campus.plan", "year.spot_checks", "year.breakdown", "year.evaluation",
    "year.appraisal_scheme", "year.appraisal", "year.cases.selection", "year.cases.collection",
    "year.cases.opinion", "year.training.general", "year.training.professional", "year.catalogue.district",
    "year.catalogue.towns", "year.litigation",
}  # fmt: skip


def clauses() -> dict[str, str]:
    """The text of each numbered clause without white space and ``**``."""
    parts = CLAUSE_START.split(TEXT)[1:]
    return {
        number: re.sub(r"\s|\*\*", "", text) for number, text in zip(parts[::2], parts[1::2], strict=True)
    }


def shipped() -> dict[str, Any]:
    return dict(json.loads((FOLDER / "2024.json").read_text(encoding="utf-8")))


def refused(plain: object) -> InputError:
    with pytest.raises(InputError) as raised:
        read_ruleset(plain if isinstance(plain, str) else json.dumps(plain), "2024.json")
    return raised.value


def test_the_document_has_its_thirty_two_clauses() -> None:
    assert list(clauses()) == [str(number) for number in range(1, 33)]


@pytest.mark.parametrize("rule", ruleset_for(2024).rules, ids=lambda rule: rule.code)
def test_each_quote_stands_verbatim_in_its_clause(rule: Any) -> None:
    assert re.sub(r"\s", "", rule.quote) in clauses()[rule.clause]


def test_the_document_of_2024_carries_every_rule_and_deadline() -> None:
    ruleset = ruleset_for(2024)
    assert (ruleset.year, ruleset.document, ruleset.title, ruleset.issued_on, ruleset.carried_over) == (
        2024,
        "宝府办〔2024〕14号",
        "2024年宝山区政务公开工作要点",
        date(2024, 4, 28),
        False,
    )
    assert {rule.code for rule in ruleset.rules} == CODES
    assert available_rulesets() == (2024,)


def test_the_hard_period_rules_are_those_of_five_clauses() -> None:
    rules = ruleset_for(2027).rules
    assert [
        (r.code, r.clause) for r in rules if r.kind is RuleKind.FREQUENCY and r.severity is Severity.HARD
    ] == [
        ("lecture.monthly", "1"),
        ("park.quarterly", "2"),
        ("community.monthly", "2"),
        ("campus.stages", "2"),
        ("open_month.august", "22"),
    ]


def test_a_year_without_a_document_of_its_own_carries_the_rules_over() -> None:
    assert ruleset_for(2027).carried_over
    assert ruleset_for(2027).rules == ruleset_for(2024).rules


def test_every_parameter_says_where_it_comes_from() -> None:
    minimum = ruleset_for(2024).rule("lecture.monthly").parameters[0]
    assert (minimum.value, minimum.origin, minimum.setting) == (1, Origin.READING, "lecture.minimum")
    feedback = ruleset_for(2024).rule("attendance.feedback").parameters[0]
    assert (feedback.value, feedback.origin) == (20, Origin.OFFICE)


@pytest.mark.parametrize(
    ("settings", "code", "parameter", "value"),
    [
        ({"lecture.minimum": 2}, "lecture.monthly", "minimum", 2),
        ({"park.minimum": 0}, "park.quarterly", "minimum", 0),
        ({"open_month.target": 40}, "open_month.august", "target", 40),
        ({"attendance.feedback_workdays": 30}, "attendance.feedback", "workdays", 30),
        ({"attendance.invite_days": 3}, "attendance.invited", "invite_days", 3),
    ],
)
def test_another_reading_replaces_the_parameter_and_is_marked_as_the_offices_own(
    settings: dict[str, Any], code: str, parameter: str, value: int
) -> None:
    rule = ruleset_for(2027, settings=settings).rule(code)
    (found,) = (entry for entry in rule.parameters if entry.name == parameter)
    assert (found.value, found.origin) == (value, Origin.OFFICE)


def test_another_reading_counts_by_other_groups() -> None:
    rules = ruleset_for(2027, settings={"community.group": "town", "campus.group": "stage_audience"})
    assert rules.rule("community.monthly").group is GroupKind.TOWN
    assert rules.rule("campus.stages").group is GroupKind.STAGE_AUDIENCE
    assert rules.rule("community.coverage").group is GroupKind.TOWN


def test_rules_from_the_day_of_issue_start_only_in_the_documents_own_year() -> None:
    settings = {"effective_from": "issued"}
    assert {rule.valid_from for rule in ruleset_for(2024, settings=settings).rules} == {date(2024, 4, 28)}
    assert {rule.valid_from for rule in ruleset_for(2027, settings=settings).rules} == {None}


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"lecture.minimum": 3}, "公开讲堂每月下限"),
        ({"lead_workdays": 0}, "1–60"),
        ({"lead_workdays": "二十"}, "应为整数"),
        ({"campus.group": "town"}, "走进校区计数范围"),
    ],
)
def test_a_setting_that_is_not_allowed_is_refused_by_its_label(settings: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        ruleset_for(2027, settings=settings)


def test_a_rule_set_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(InputError, match=r"没有 2019 年的规则集。现有：2024。"):
        ruleset_for(2027, 2019)


def test_an_unknown_field_of_a_rule_is_refused_with_its_place() -> None:
    plain = shipped()
    plain["rules"][3]["weight"] = 5
    assert (
        refused(plain).what == "规则集 2024.json 读不懂：第 4 条规则（lecture.plan），不认识的字段 weight。"
    )


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("kind", "magic", "不认识的值 magic"),
        ("check", "magic", "没有名为 magic 的检查"),
        ("check", ["frequency"], "check 应为文字"),
        ("severity", "soft", "不认识的值 soft"),
        ("campaigns", ["dance"], "不认识的值 dance"),
        ("campaigns", "lecture", "campaigns 应为列表"),
        ("period", None, "频次规则必须有周期"),
        ("quote", "  ", "代码、条、名称与原文都不能为空"),
        ("heading", " ", "heading 应为文字，不能为空"),
        ("matter", 3, "matter 应为文字，不能为空"),
        ("group_setting", "none.such", "分组 指向没有的设置 none.such"),
        ("board", "直播课", "应为对象"),
        ("board", {"words": "每月"}, "缺少字段 band"),
        ("board", {"band": "直播课", "row": 1}, "不认识的字段 row"),
        ("board", {"band": ["直播课"]}, "band 应为文字，不能为空"),
        ("clause", 1, "clause 应为文字"),
        ("parameters", {}, "parameters 应为列表"),
        ("parameters", [], "频次规则必须有整数参数 minimum"),
        ("parameters", [{"name": "minimum", "value": 1, "origin": "guess"}], "不认识的值 guess"),
        (
            "parameters",
            [{"name": "minimum", "value": "一", "origin": "text"}],
            "频次规则必须有整数参数 minimum",
        ),
        (
            "parameters",
            [{"name": "minimum", "value": 1, "origin": "text", "setting": "none.such"}],
            "指向没有的设置 none.such",
        ),
    ],
)
def test_a_value_that_means_nothing_is_refused_with_the_rules_place(
    field: str, value: object, why: str
) -> None:
    plain = shipped()
    plain["rules"][0][field] = value
    error = refused(plain)
    assert why in error.what
    assert "lecture.monthly" in error.place


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("rules", [], "没有读到任何规则"),
        ("rules", {}, "rules 应为列表"),
        ("format", "ruleset/9", "应为 ruleset/1"),
        ("issued_on", "2024-13-01", "issued_on 不是日期"),
        ("year", "2024", "year 应为整数"),
        ("colour", "red", "不认识的字段 colour"),
        ("settings", [{"name": "a"}], "缺少字段 default、label"),
    ],
)
def test_a_rule_set_that_is_not_whole_is_refused(field: str, value: object, why: str) -> None:
    plain = shipped()
    plain[field] = value
    assert why in refused(plain).what


def test_a_missing_quote_is_refused() -> None:
    plain = shipped()
    del plain["rules"][0]["quote"]
    assert "缺少字段 quote" in refused(plain).what


def test_two_rules_of_one_code_are_refused() -> None:
    plain = shipped()
    plain["rules"].append(plain["rules"][0])
    assert "规则代码重复" in refused(plain).what


def test_a_rule_set_that_is_not_json_is_refused_with_its_line() -> None:
    text = (FOLDER / "2024.json").read_text(encoding="utf-8").replace('"year": 2024,', '"year": 2024', 1)
    assert refused(text).what == "规则集 2024.json 读不懂：第 4 行，不是 JSON。"


def test_a_rule_set_that_is_no_object_is_refused() -> None:
    assert "最外层，应为对象" in refused([]).what


def test_every_kind_of_rule_has_checks_and_every_check_is_used_by_the_document_or_a_rule_of_ones_own() -> (
    None
):
    assert set(CHECKS) == set(RuleKind)
    used = {rule.check for rule in ruleset_for(2024).rules}
    assert set().union(*CHECKS.values()) == used | {"workdays_after"}
