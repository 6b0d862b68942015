"""条文：逐字取出要紧的句子，标出起决定作用的词句，认出牵头单位。"""

from __future__ import annotations

import re

import pytest

from models.domain.rules import Rule
from models.rulesets import document_text, ruleset_for
from planners.clauses import passage

DOCUMENT = document_text(2024)
BARE = re.sub(r"\s", "", DOCUMENT)


def quote_of(code: str) -> str:
    return ruleset_for(2024).rule(code).quote


@pytest.mark.parametrize("rule", ruleset_for(2024).rules, ids=lambda rule: rule.code)
def test_every_quote_is_marked_in_words_that_stand_in_the_document(rule: Rule) -> None:
    found = passage(DOCUMENT, rule.clause, [rule.quote])
    assert [found.text[start:end] for start, end in found.spans] == [rule.quote]
    assert found.text in BARE
    assert found.text.endswith("。")
    assert found.place.endswith(rule.clause)


def test_a_part_of_a_clause_has_its_heading_and_its_own_duties() -> None:
    found = passage(DOCUMENT, "2", [quote_of("campus.stages")])
    assert (found.place, found.part) == ("一（一）2", "走进校区")
    assert found.duties == "牵头单位：区政府办公室、区教育局，责任单位：相关委办局"
    assert found.text.startswith("区教育局要科学选取小、初、高等各学段")


def test_sentences_left_out_between_two_quotes_are_dots() -> None:
    found = passage(DOCUMENT, "20", [quote_of("attendance.invited"), quote_of("attendance.feedback")])
    first, second = found.text.split("……")
    assert first.endswith("列席区政府常务会议。")
    assert second.startswith("加强对列席代表意见建议研究落实情况")
    assert len(found.spans) == 2


def test_other_quotes_bring_their_sentences_and_are_not_marked() -> None:
    found = passage(DOCUMENT, "1", [quote_of("lecture.monthly")], [quote_of("lecture.platforms")])
    assert "联动区政务服务中心" in found.text
    assert [found.text[start:end] for start, end in found.spans] == [quote_of("lecture.monthly")]


def test_overlapping_quotes_are_one_mark() -> None:
    text = "一、甲\n（一）乙\n1.每月至少开展一次活动。（责任单位：丙）\n"
    found = passage(text, "1", ["每月至少开展", "至少开展一次"])
    assert found.spans == ((0, 8),)


def test_what_the_document_does_not_have_gives_nothing() -> None:
    assert passage(DOCUMENT, "2", ["没有这一句"]) is None
    assert passage(DOCUMENT, "99", ["每月"]) is None
