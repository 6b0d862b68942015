"""年度自己的要点：换版换的是文号、日期、条号和原话，规则的口径不变；次年沿用；可以撤销。"""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from models import commands, queries
from models.domain.dated_settings import settings_on
from models.domain.rules import Origin, Severity
from models.domain.year import Year
from models.next_year import kept_settings
from models.own_document import OwnDocument, OwnRule, document_settings, former_name, own_text
from models.rulesets import document_text, ruleset_for
from models.store import Store

LECTURE = OwnRule("lecture.monthly", "4", "每月举办2场公开讲堂")
DROPPED = OwnRule("tech_forum.host", "3", "以现场设置“科创问政”专区的形式", is_hint=True)
DOCUMENT = OwnDocument(
    2028, "宝府办〔2028〕6号", "2028年要点", date(2028, 3, 2), "1.甲\n2.乙", (LECTURE, DROPPED)
)


def test_a_year_without_a_document_of_its_own_carries_the_shipped_one_over() -> None:
    rules = ruleset_for(2028)
    assert (rules.document, rules.carried_over) == ("宝府办〔2024〕14号", True)


def test_the_rules_quote_the_new_document_and_count_as_before() -> None:
    settings = document_settings(DOCUMENT)
    before, after = ruleset_for(2028), ruleset_for(2028, 2024, settings)
    assert (after.document, after.title, after.issued_on) == DOCUMENT[1:4]
    assert not after.carried_over
    lecture = after.rule("lecture.monthly")
    assert (lecture.clause, lecture.quote) == ("4", "每月举办2场公开讲堂")
    assert lecture.parameters == before.rule("lecture.monthly").parameters
    assert after.rule("tech_forum.host").severity is Severity.HINT
    assert after.rule("park.quarterly") == before.rule("park.quarterly")
    assert document_text(2024, settings) == DOCUMENT.text
    assert [rule.code for rule in after.rules] == [rule.code for rule in before.rules]


def test_it_applies_from_its_day_of_issue_where_the_year_says_so() -> None:
    settings = document_settings(DOCUMENT) | {"effective_from": "issued"}
    assert ruleset_for(2028, 2024, settings).rule("lecture.monthly").valid_from == date(2028, 3, 2)
    assert ruleset_for(2029, 2024, settings).rule("lecture.monthly").valid_from is None


def test_the_next_year_carries_it_over() -> None:
    row = Year(2028, settings=tuple(document_settings(DOCUMENT).items()))
    kept = dict(kept_settings(row, ruleset_for(2028)))
    rules = ruleset_for(2029, 2024, kept)
    assert (rules.document, rules.carried_over) == ("宝府办〔2028〕6号", True)


def test_a_second_document_leaves_nothing_of_the_first() -> None:
    first = document_settings(DOCUMENT._replace(text="长" * 40_000))
    second = document_settings(DOCUMENT._replace(rules=(), text="短"), first)
    kept = {name: value for name, value in {**first, **second}.items() if value is not None}
    assert own_text(kept) == "短"
    assert not [name for name in kept if name.startswith(("quote:", "clause:", "severity:"))]


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf")), max_size=60), st.integers(1, 1000))
def test_a_text_of_any_length_comes_back_whole(words: str, times: int) -> None:
    text = (words * times)[:60_000]
    assert own_text(document_settings(DOCUMENT._replace(text=text))) == text


def test_what_cannot_be_read_counts_as_no_document() -> None:
    for damaged in ({"document.issued_on": "三月"}, {"document.number": ""}, {"document.issued_on": None}):
        settings = document_settings(DOCUMENT) | damaged
        assert ruleset_for(2028, 2024, settings).document == "宝府办〔2024〕14号"


def test_taking_it_is_one_step_that_can_be_undone(store: Store) -> None:
    before = queries.year_snapshot(store, 2027)
    values = document_settings(DOCUMENT._replace(text="1.甲\n" * 9000), dict(before.year_row.settings))
    commands.change_settings(store, 2027, values, "采用新要点")
    after = queries.year_snapshot(store, 2027)
    assert own_text(dict(after.year_row.settings)) == "1.甲\n" * 9000
    commands.undo(store)
    assert queries.year_snapshot(store, 2027) == before


def test_a_document_from_a_day_on_leaves_what_held_before() -> None:
    first = document_settings(DOCUMENT)
    late = DOCUMENT._replace(
        number="宝府办〔2028〕20号", issued_on=date(2028, 5, 8), text="短", rules=(LECTURE,)
    )
    kept = {
        n: v
        for n, v in {**first, **document_settings(late, first, date(2028, 6, 1))}.items()
        if v is not None
    }
    rules = ruleset_for(2028, 2024, kept)
    may, june = rules.on(date(2028, 5, 31)), rules.on(date(2028, 6, 1))
    assert [one.document for one in (may, june, rules)] == ["宝府办〔2028〕6号", *[late.number] * 2]
    dropped = DROPPED.code
    assert [one.rule(dropped).severity for one in (may, june)] == [Severity.HINT, Severity.HARD]
    assert own_text(settings_on(kept.items(), date(2028, 5, 31))) == DOCUMENT.text
    assert own_text(settings_on(kept.items(), date(2028, 6, 1))) == "短"


def test_a_rule_whose_words_changed_is_undecided_until_somebody_says_what_counts() -> None:
    changed = LECTURE._replace(former="每月至少举办1场")
    settings = document_settings(DOCUMENT._replace(rules=(changed, DROPPED)))
    assert [(rule.code, rule.former) for rule in ruleset_for(2028, 2024, settings).undecided] == [
        (LECTURE.code, "每月至少举办1场")
    ]
    row = Year(2028, settings=tuple(settings.items()))
    assert ruleset_for(2029, 2024, dict(kept_settings(row, ruleset_for(2028)))).undecided
    again = document_settings(DOCUMENT._replace(rules=(LECTURE,)), settings)
    assert former_name(LECTURE.code) not in again, "the same words again decide nothing"
    assert not ruleset_for(2028, 2024, settings | {former_name(LECTURE.code): None}).undecided


def test_the_numbers_of_a_document_are_its_own_words_until_another_says_others() -> None:
    rule = OwnRule("policy.filing", "8", "于发布后3个工作日内备案", numbers=(("policy.filing.workdays", 3),))
    before = {"policy.filing.workdays": 10}  # what the office had set itself
    settings = before | document_settings(DOCUMENT._replace(rules=(rule,)), before)
    found = ruleset_for(2027, 2024, settings).rule("policy.filing").named("workdays")
    assert found is not None
    assert (found.value, found.origin, found.stated) == (3, Origin.TEXT, None)
    again = settings | document_settings(DOCUMENT._replace(rules=(rule._replace(numbers=()),)), settings)
    assert ruleset_for(2027, 2024, again).rule("policy.filing").parameter("workdays") == 3
    own = (
        ruleset_for(2027, 2024, again | {"policy.filing.workdays": 4}).rule("policy.filing").named("workdays")
    )
    assert own is not None
    assert (own.value, own.stated) == (4, (3, Origin.TEXT))


def test_a_number_adopted_late_leaves_what_was_judged_before() -> None:
    rule = OwnRule("policy.filing", "8", "于发布后3个工作日内备案", numbers=(("policy.filing.workdays", 3),))
    document = DOCUMENT._replace(year=2027, rules=(rule,))
    settings = document_settings(document, (), date(2027, 7, 1))
    ruleset = ruleset_for(2027, 2024, settings)
    days = [
        ruleset.on(day).rule("policy.filing").parameter("workdays")
        for day in (date(2027, 6, 30), date(2027, 7, 1))
    ]
    assert days == [5, 3]
