"""新要点里的数：各种写法都认得，变了的才提，写不进口径的不提。"""

from __future__ import annotations

import pytest

from models.rulesets import document_text, ruleset_for
from planners.document_numbers import NumberChange, changed_numbers, number_in
from planners.new_document import compare, tidy_document

RULES = ruleset_for(2024)


@pytest.mark.parametrize(
    ("name", "words", "number"),
    [
        ("workdays", "于发布后3个工作日内进行备案", 3),
        ("workdays", "于发布后十五个工作日内进行备案", 15),
        ("workdays", "于发布后3日内进行备案", None),
        ("days", "于本工作要点发布后20日内报送", 20),
        ("days", "8月集中开展", None),
        ("minimum", "每月至少开展2—3场政策“公开讲堂”", 2),
        ("minimum", "每月开展至少两次走进社区活动", 2),
        ("minimum", "每月开展2—3场政策“公开讲堂”", 2),
        ("minimum", "采取4种以上不同解读方式", 4),
        ("target", "每月至少开展2—3场政策“公开讲堂”", 3),
        ("target", "每月至少开展2场", None),
        ("exempt_month", "除7月份集中开展政府开放活动外", 7),
    ],
)
def test_a_number_is_read_as_the_clause_writes_it(name: str, words: str, number: int | None) -> None:
    assert number_in(name, words) == number


def test_every_number_that_the_shipped_document_gives_is_recognised_in_its_words() -> None:
    found = {
        (r.code, p.name): p.value for r in RULES.rules for p in r.parameters if number_in(p.name, r.quote)
    }
    assert found == {
        ("lecture.monthly", "minimum"): 1,
        ("lecture.monthly", "target"): 2,
        ("community.monthly", "minimum"): 1,
        ("community.monthly", "exempt_month"): 8,
        ("campus.stages", "minimum"): 1,
        ("policy.filing", "workdays"): 5,
        ("policy.linkage", "workdays"): 5,
        ("policy.forms", "minimum"): 3,
        ("year.breakdown", "days"): 30,
    }
    assert all(number_in(p.name, r.quote) in (None, p.value) for r in RULES.rules for p in r.parameters)


def test_only_what_differs_and_can_be_reckoned_with_is_offered() -> None:
    rule = RULES.rule("policy.filing")
    same, three = rule.quote, rule.quote.replace("5个", "3个")
    assert changed_numbers(rule, same, RULES) == ()
    assert changed_numbers(rule, three, RULES) == (
        NumberChange("policy.filing.workdays", "解读材料备案期限（工作日）", 5, 3),
    )
    assert changed_numbers(rule, rule.quote.replace("5个", "999个"), RULES) == ()
    own = ruleset_for(2024, 2024, {"policy.filing.workdays": 3})
    assert changed_numbers(own.rule("policy.filing"), three, own)[0].after == 3


def test_the_comparison_of_two_documents_brings_the_numbers() -> None:
    new = document_text(2024).replace("于发布后5个工作日内", "于发布后3个工作日内")
    found = compare(document_text(2024), tidy_document(new), RULES)
    assert {q.rule.code: q.numbers for q in found.quotes if q.numbers} == {
        "policy.filing": (NumberChange("policy.filing.workdays", "解读材料备案期限（工作日）", 5, 3),)
    }
