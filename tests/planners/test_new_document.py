"""新要点对照旧要点：逐条认出改动，规则引用的话找得到就换条号，找不到就提出最接近的原话。"""

from __future__ import annotations

import random
import re
from datetime import date

from models.rulesets import document_text, ruleset_for
from planners.clauses import clauses_of
from planners.new_document import (
    Change,
    DocumentComparison,
    QuoteChange,
    amounts,
    compare,
    document_facts,
    is_document,
    tidy_document,
)

OLD = document_text(2024)
RULES = ruleset_for(2024)


def compared(text: str) -> DocumentComparison:
    return compare(OLD, tidy_document(text), RULES)


def quote_of(found: DocumentComparison, code: str) -> QuoteChange:
    return next(quote for quote in found.quotes if quote.rule.code == code)


def test_the_same_document_has_no_change() -> None:
    found = compared(OLD)
    assert {clause.change for clause in found.clauses} == {Change.SAME}
    assert [(clause.old, clause.new) for clause in found.clauses] == [(str(n), str(n)) for n in range(1, 33)]
    assert all((quote.change, quote.quote) == (Change.SAME, quote.rule.quote) for quote in found.quotes)
    assert all(quote.clause == quote.rule.clause for quote in found.quotes)


def test_the_head_gives_number_title_and_day() -> None:
    facts = document_facts(
        OLD.replace("〔2024〕14号", "〔2028〕6号").replace("2024年4月28日", "2028年3月 2日")
    )
    assert facts.number.endswith("宝府办〔2028〕6号")
    assert facts.title == "2024年宝山区政务公开工作要点"
    assert facts.issued_on == date(2028, 3, 2)
    assert document_facts("一、没有") == ("", "", None)
    assert document_facts("2028年2月31日\n2028年3月1日").issued_on == date(2028, 3, 1)


def test_new_words_are_proposed_and_other_amounts_are_said() -> None:
    new = OLD.replace("每月至少开展1—2场政策“公开讲堂”", "每月至少举办2场政策“公开讲堂”直播课")
    found = compared(new)
    lecture = quote_of(found, "lecture.monthly")
    assert (lecture.change, lecture.clause) == (Change.CHANGED, "1")
    assert lecture.quote == "每月至少举办2场政策“公开讲堂”直播课"
    assert lecture.amounts
    assert quote_of(found, "lecture.plan").change is Change.SAME
    assert [clause.new for clause in found.clauses if clause.change is Change.CHANGED] == ["1"]


def test_other_words_with_the_same_amounts_ask_for_no_look_at_the_parameters() -> None:
    found = compared(
        OLD.replace("每份政策文件应采取至少3种以上不同解读方式", "每份政策文件要采取至少3种以上的解读方式")
    )
    forms = quote_of(found, "policy.forms")
    assert (forms.change, forms.amounts) == (Change.CHANGED, False)
    assert forms.quote in re.sub(r"\s", "", tidy_document(OLD)).replace("应采取", "要采取").replace(
        "不同解读", "的解读"
    )


def test_a_clause_replaced_is_new_and_gone_and_its_rules_stay_as_they_were() -> None:
    third = clauses_of(OLD)["3"].text
    text = "\n".join(f"{number}.{clause.text}" for number, clause in clauses_of(OLD).items())
    found = compared(text.replace(third, "建立政务公开观察员制度。聘请30名观察员，每半年座谈一次。"))
    assert (found.count(Change.NEW), found.count(Change.GONE)) == (1, 1)
    host = quote_of(found, "tech_forum.host")
    assert (host.change, host.clause, host.quote) == (Change.GONE, "3", host.rule.quote)


def test_clauses_in_another_order_are_known_again_with_their_new_numbers() -> None:
    clauses = list(clauses_of(OLD).values())
    random.Random(7).shuffle(clauses)
    found = compared("\n".join(f"{n}．{clause.text}" for n, clause in enumerate(clauses, 1)))
    assert {clause.change for clause in found.clauses} == {Change.SAME}
    assert all(quote.change is Change.SAME for quote in found.quotes)
    numbers = {clause.old: clause.new for clause in found.clauses}
    assert all(quote.clause == numbers[quote.rule.clause] for quote in found.quotes)


def test_numbers_are_read_in_any_digits_and_never_out_of_a_sum() -> None:
    text = "\n".join(["１．甲", "2、乙", " 3. 丙", "4.5万件", "4.丁", "5.戊"])
    assert list(clauses_of(tidy_document(text))) == ["1", "2", "3", "4", "5"]
    assert clauses_of(tidy_document(text))["3"].text == "丙4.5万件"
    assert is_document(tidy_document(text))
    assert not is_document("一、甲\n二、乙\n1.丙")


def test_amounts_are_numbers_with_units_and_periods() -> None:
    assert amounts("每月至少开展1—2场，5个工作日内，100%上线，每季度一次") == (
        "每月",
        "1—2场",
        "5个工作日",
        "100%",
        "每季度",
        "一次",
    )
