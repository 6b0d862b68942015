"""年度自加的规则：存为年度设置，随撤销、数据包、沿用走；读不懂、算不了的不收。"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from models import commands, queries
from models.added_rules import rule_name, rule_text
from models.domain.errors import UserError
from models.domain.events import Campaign
from models.domain.rules import OWN_CLAUSE, GroupKind, Origin, Parameter, PeriodKind, Rule, RuleKind, Severity
from models.domain.setting_names import done_name, due_name, explanation_name
from models.domain.year import Exemption, Setting
from models.next_year import following_year
from models.rule_commands import put_rule, withdraw_rule
from models.rulesets import ruleset_for
from models.store import Store, open_store
from tests.factories import year


def own(**changes: object) -> Rule:
    made = Rule(
        "", OWN_CLAUSE, "营商讲堂", "", RuleKind.FREQUENCY, "frequency", Severity.HINT, (Campaign.LECTURE,),
        PeriodKind.QUARTER, GroupKind.NONE, (Parameter("minimum", 2, Origin.OFFICE),),
    )  # fmt: skip
    return made._replace(**changes)  # type: ignore[arg-type]


def day(month: Setting, number: Setting, **changes: object) -> Rule:
    parameters = (Parameter("month", month, Origin.OFFICE), Parameter("day", number, Origin.OFFICE))
    changed = {"kind": RuleKind.MILESTONE, "check": "milestone", "campaigns": (), "period": None}
    return own(**changed, parameters=parameters, **changes)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "data.db") as made:
        commands.create_year(made, year())
        yield made


def codes(store: Store, number: int = 2027) -> list[str]:
    row = queries.year_snapshot(store, number).year_row
    return [rule.code for rule in ruleset_for(number, row.ruleset, dict(row.settings)).rules if rule.added]


def test_a_rule_is_added_changed_and_withdrawn_each_as_one_step(store: Store) -> None:
    assert put_rule(store, 2027, own()).title == "新增规则“营商讲堂”"
    assert put_rule(store, 2027, own(title="半年小结")).title == "新增规则“半年小结”"
    assert codes(store) == ["added.1", "added.2"]
    put_rule(store, 2027, own(code="added.1", severity=Severity.HARD))
    row = queries.year_snapshot(store, 2027).year_row
    kept = ruleset_for(2027, 2024, dict(row.settings)).rule("added.1")
    assert kept == own(code="added.1", severity=Severity.HARD, added=True)
    assert withdraw_rule(store, 2027, "added.1").title == "撤去规则“营商讲堂”"
    assert codes(store) == ["added.2"]
    commands.undo(store)
    assert codes(store) == ["added.1", "added.2"]
    commands.redo(store)
    assert codes(store) == ["added.2"]


def test_what_was_noted_for_a_rule_goes_and_comes_back_with_it(store: Store) -> None:
    put_rule(store, 2027, own(severity=Severity.HARD))
    put_rule(store, 2027, day(6, 30))
    period = Exemption("added.1", date(2027, 10, 1), date(2027, 12, 31), None, "场地维修")
    commands.exempt(store, 2027, period, date(2027, 9, 1))
    noted: dict[str, Setting] = {
        explanation_name(Exemption("added.1", date(2027, 1, 1), date(2027, 3, 31)).key): "未开展",
        due_name("added.1"): "2027-05-01",
        done_name("added.10"): "2027-05-02",
        done_name("added.2"): "2027-05-03",
    }
    commands.change_settings(store, 2027, noted)
    before = queries.year_snapshot(store, 2027)
    withdraw_rule(store, 2027, "added.1")
    after = queries.year_snapshot(store, 2027)
    assert after.exemptions == ()
    left = {name for name, _ in after.year_row.settings}
    assert left == {rule_name("added.2"), done_name("added.10"), done_name("added.2")}
    commands.undo(store)
    assert queries.year_snapshot(store, 2027) == before


def test_the_code_of_a_withdrawn_rule_is_not_given_again_while_something_names_it(store: Store) -> None:
    put_rule(store, 2027, day(6, 30))
    commands.change_settings(store, 2027, {done_name("added.2"): "2027-05-03"})
    put_rule(store, 2027, day(7, 30))
    assert codes(store) == ["added.1", "added.3"]


def test_the_next_year_keeps_the_rules_that_still_hold(store: Store) -> None:
    put_rule(store, 2027, own(valid_from=date(2027, 7, 1)))
    put_rule(store, 2027, day(6, 30, title="只今年", valid_to=date(2027, 12, 31)))
    copied = following_year(queries.year_snapshot(store, 2027), 2028, ruleset_for(2028))
    rules = ruleset_for(2028, 2024, dict(copied.year_row.settings)).rules
    assert [(rule.title, rule.valid_from) for rule in rules if rule.added] == [("营商讲堂", date(2027, 7, 1))]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (own(title=" "), "请填写名称"),
        (own(campaigns=()), "请选择工作线"),
        (own(parameters=(Parameter("minimum", -1, Origin.OFFICE),)), "场数应为 0–366 的整数"),
        (own(clause="24"), "请把条文一字不差地填上"),
        (own(group=GroupKind.STAGE), "请写学段"),
        (own(group=GroupKind.THEME_CLASS), "请写主题分类"),
        (own(check="few_platforms", kind=RuleKind.EVENT, period=None), "不能自加"),
        (own(valid_from=date(2027, 7, 1), valid_to=date(2027, 6, 1)), "止于的一天早于起算的一天"),
        (day(2, 29), "2月没有这一天"),
        (day(13, 1), "月份应为 1–12"),
        (day(6, "三十"), "日应为整数"),
    ],
)
def test_what_cannot_be_reckoned_with_is_refused_by_the_command_and_by_any_other_door(
    rule: Rule, words: str, store: Store
) -> None:
    with pytest.raises(UserError, match=words):
        put_rule(store, 2027, rule)
    text = rule_text(rule._replace(code="added.7"))
    with pytest.raises(UserError, match=words):
        commands.change_settings(store, 2027, {rule_name("added.7"): text})
    assert codes(store) == []


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"code": "added.7"}', json.dumps({"code": 3})])
def test_a_text_that_is_no_rule_is_refused_and_named(text: str, store: Store) -> None:
    with pytest.raises(UserError, match=r"自加的规则 added\.7 读不懂"):
        commands.change_settings(store, 2027, {rule_name("added.7"): text})


def test_a_rule_under_the_code_of_another_is_refused(store: Store) -> None:
    with pytest.raises(UserError, match="编号不符"):
        commands.change_settings(store, 2027, {rule_name("added.7"): rule_text(own(code="added.8"))})


def test_a_rule_of_the_program_is_neither_changed_nor_withdrawn(store: Store) -> None:
    shipped = ruleset_for(2027).rules[0]
    for act in (lambda: put_rule(store, 2027, shipped), lambda: withdraw_rule(store, 2027, shipped.code)):
        with pytest.raises(UserError, match="没有自加的规则"):
            act()
