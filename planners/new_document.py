"""新要点对照旧要点：哪条新增、修改、删除，规则引的原文还在不在、变成了什么。

Everything here only reads and proposes. Likeness is the share of pairs of neighbouring characters that
two texts have in common (Dice), which needs no words and bears rearranged sentences.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from models.domain.events import Labelled
from models.domain.rules import Rule, RuleSet
from planners.clauses import Clause, clauses_of
from planners.document_numbers import NumberChange, changed_numbers

FEWEST_CLAUSES = 5
"""A text with fewer numbered clauses is no 要点."""
SAME_CLAUSE = 0.35
"""From this likeness on, two clauses are taken for the old and the new wording of one."""
SAME_WORDS = 0.42
"""From this likeness on, words of the new document are proposed for a quote that it no longer has."""
MOST_PHRASES = 5
"""A proposed quote runs over at most so many phrases between commas."""

_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,8}〔20\d\d〕\d{1,4}号")
_TITLE = re.compile(r"《(20\d\d年[^》《]{2,40}要点)》")
_DAY = re.compile(r"^(20\d\d)年(\d{1,2})月(\d{1,2})日$")
_AMOUNT = re.compile(
    r"\d+(?:[—–\-~～至]\d+)?(?:个工作日|[场次个日天项种件%])|[一二两三四五六七八九十]+[场次个项种件]|每[月季年周]度?"
)
_PHRASE_END = re.compile(r"(?<=[，。；：])")


class Change(Labelled):
    """What became of a clause, or of the words that a rule quotes."""

    SAME = "same", "一致"
    CHANGED = "changed", "修改"
    NEW = "new", "新增"
    GONE = "gone", "删除"


class DocumentFacts(NamedTuple):
    """What the head of a document says; "" and None for what was not found there."""

    number: str
    title: str
    issued_on: date | None


class ClauseChange(NamedTuple):
    """A clause before and after; None where a side does not have it. ``SAME`` ones may have another number."""

    change: Change
    old: str | None
    new: str | None
    old_text: str = ""
    new_text: str = ""


class QuoteChange(NamedTuple):
    """A rule's quote and what the new document has in its place.

    ``clause`` and ``quote`` are what is proposed for the rule: its own where the words are ``GONE``.
    ``amounts``: whether numbers and periods in the words differ, so that the parameters have to be looked at;
    ``numbers``: those that are parameters, to be adopted with the words.
    """

    rule: Rule
    change: Change
    clause: str
    quote: str
    amounts: bool = False
    numbers: tuple[NumberChange, ...] = ()


class DocumentComparison(NamedTuple):
    """A new document beside the one that the rules come from."""

    facts: DocumentFacts
    clauses: tuple[ClauseChange, ...]
    quotes: tuple[QuoteChange, ...]

    def count(self, change: Change) -> int:
        """How many clauses were changed in that way."""
        return sum(found.change is change for found in self.clauses)


def tidy_document(text: str) -> str:
    """``text`` with clause numbers written as 1. whatever digits and dots they were typed with."""
    return "\n".join(_tidy_line(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def _tidy_line(line: str) -> str:
    bare = line.strip()
    match = re.match(r"^([0-9０-９]{1,2})[.．、]\s*(?![0-9０-９])", bare)
    return f"{unicodedata.normalize('NFKC', match[1])}.{bare[match.end() :]}" if match else bare


def is_document(text: str) -> bool:
    """Whether ``text`` (tidied) is divided into numbered clauses as a 要点 is."""
    return len(clauses_of(text)) >= FEWEST_CLAUSES


def document_facts(text: str) -> DocumentFacts:
    """Number, title and day of issue as the head of ``text`` gives them."""
    number, title = _NUMBER.search(text), _TITLE.search(re.sub(r"\s", "", text))
    return DocumentFacts(number[0] if number else "", title[1] if title else "", _day(text))


def _day(text: str) -> date | None:
    for line in text.splitlines():
        if match := _DAY.match(re.sub(r"\s", "", line)):
            try:
                return date(int(match[1]), int(match[2]), int(match[3]))
            except ValueError:
                continue
    return None


def compare(old_text: str, new_text: str, ruleset: RuleSet) -> DocumentComparison:
    """The new document (tidied) beside the old one, whose rules are those of ``ruleset``."""
    old, new = clauses_of(old_text), clauses_of(new_text)
    pairs = _matched(old, new)
    quotes = tuple(
        _quote_change(rule, new, pairs.get(rule.clause), ruleset) for rule in ruleset.rules if not rule.added
    )
    return DocumentComparison(document_facts(new_text), tuple(_clause_changes(old, new, pairs)), quotes)


def _clause_changes(
    old: Mapping[str, Clause], new: Mapping[str, Clause], pairs: Mapping[str, str]
) -> Iterator[ClauseChange]:
    """In the order of the new document, what it no longer has at the end."""
    back = {later: earlier for earlier, later in pairs.items()}
    for number, clause in new.items():
        before = back.get(number)
        if before is None:
            yield ClauseChange(Change.NEW, None, number, "", clause.text)
        else:
            change = Change.SAME if old[before].text == clause.text else Change.CHANGED
            yield ClauseChange(change, before, number, old[before].text, clause.text)
    for number, clause in old.items():
        if number not in pairs:
            yield ClauseChange(Change.GONE, number, None, clause.text)


def _matched(old: Mapping[str, Clause], new: Mapping[str, Clause]) -> dict[str, str]:
    """Number before → number after, the most alike first; each number once."""
    new_pairs = {number: _pairs(clause.text) for number, clause in new.items()}
    ranked = sorted(
        (
            (-_likeness(one, other), before != after, before, after)
            for before, clause in old.items()
            for one in (_pairs(clause.text),)
            for after, other in new_pairs.items()
        ),
    )
    found: dict[str, str] = {}
    taken: set[str] = set()
    for unlike, _, before, after in ranked:
        if -unlike >= SAME_CLAUSE and before not in found and after not in taken:
            found[before] = after
            taken.add(after)
    return found


def _pairs(text: str) -> Counter[str]:
    return Counter(text[n : n + 2] for n in range(len(text) - 1))


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """0 for nothing in common, 1 for the same pairs of characters."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _quote_change(
    rule: Rule, new: Mapping[str, Clause], successor: str | None, ruleset: RuleSet
) -> QuoteChange:
    quote = re.sub(r"\s", "", rule.quote)
    ordered = [number for number in (successor, rule.clause) if number in new] + list(new)
    for number in dict.fromkeys(ordered):
        if number is not None and quote in new[number].text:
            return QuoteChange(rule, Change.SAME, number, rule.quote)
    places = [successor] if successor else list(new)
    likeness, number, words = _best(quote, new, places)
    if likeness < SAME_WORDS:
        return QuoteChange(rule, Change.GONE, rule.clause, rule.quote)
    numbers = changed_numbers(rule, words, ruleset)
    return QuoteChange(rule, Change.CHANGED, number, words, amounts(quote) != amounts(words), numbers)


def _best(quote: str, new: Mapping[str, Clause], places: Iterable[str]) -> tuple[float, str, str]:
    """Likeness, clause number and words of the passage that comes closest to ``quote``."""
    best = (0.0, "", "")
    for number in places:
        likeness, words = _closest(quote, new[number].text)
        if likeness > best[0]:
            best = (likeness, number, words)
    return best


def _closest(quote: str, text: str) -> tuple[float, str]:
    """The run of phrases of ``text`` that is most like ``quote``; the shorter of equals."""
    wanted = _pairs(quote)
    phrases = _PHRASE_END.split(text)
    best = (0.0, "")
    for first in range(len(phrases)):
        for last in range(first + 1, min(first + MOST_PHRASES, len(phrases)) + 1):
            words = "".join(phrases[first:last]).rstrip("，。；：")
            likeness = _likeness(wanted, _pairs(words))
            if likeness > best[0]:
                best = (likeness, words)
    return best


def amounts(text: str) -> tuple[str, ...]:
    """The numbers with their units, and the periods, that ``text`` names, in order."""
    return tuple(_AMOUNT.findall(text))
