"""每个数都能改：规则的参数各有设置，改了的记为自定，原来说的还在；不能用的值说明为什么。"""

from __future__ import annotations

import pytest

from models.domain.errors import InputError
from models.domain.rules import Origin
from models.domain.setting_names import LEAD_WORKDAYS, SOON_WORKDAYS, WEEK_LIMIT
from models.domain.year import Setting
from models.rule_numbers import DAY_PARTS
from models.rulesets import available_rulesets, ruleset_for


@pytest.mark.parametrize("base", available_rulesets())
def test_every_number_of_every_rule_is_a_setting_with_its_default(base: int) -> None:
    ruleset = ruleset_for(base, base)
    specs = {spec.name: spec for spec in ruleset.settings}
    assert len(specs) == len(ruleset.settings)
    for rule in ruleset.rules:
        for one in rule.parameters:
            if isinstance(one.value, bool) or one.name in DAY_PARTS:
                continue
            assert one.setting is not None, (rule.code, one.name)
            assert specs[one.setting].default == one.value
    assert {LEAD_WORKDAYS, SOON_WORKDAYS, WEEK_LIMIT} <= specs.keys()


def test_a_changed_number_is_the_offices_own_and_the_document_still_says_its_own() -> None:
    settings = {"policy.filing.workdays": 10}
    changed = ruleset_for(2024, 2024, settings).rule("policy.filing").named("workdays")
    assert changed is not None
    assert (changed.value, changed.origin, changed.stated) == (10, Origin.OFFICE, (5, Origin.TEXT))
    assert not changed.is_invented


def test_what_the_rule_set_itself_invented_stays_invented_whatever_its_number() -> None:
    for settings in ({}, {"policy.forms_workdays": 30}):
        rule = ruleset_for(2024, 2024, settings).rule("policy.forms")
        assert rule.invents("workdays")
        assert not rule.invents("minimum")


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("policy.filing.workdays", 0, "应在 1–250 之间，现为 0"),
        ("policy.filing.workdays", "五", "应为整数"),
        ("tech_forum.zone.kinds", "", "用“、”隔开的词"),
        ("tech_forum.zone.kinds", "招商推介会、、", "用“、”隔开的词"),
        ("tech_forum.zone.kinds", 3, "用“、”隔开的词"),
        ("campus.terms.months", "2、13", "1–12 月"),
        ("campus.terms.months", "寒假", "1–12 月"),
    ],
)
def test_a_value_that_no_rule_can_be_checked_with_is_refused(name: str, value: Setting, why: str) -> None:
    with pytest.raises(InputError, match=why):
        ruleset_for(2027, 2024, {name: value})
