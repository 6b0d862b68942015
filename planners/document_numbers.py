"""新要点里的数：规则引的话从“5个工作日”变成“3个工作日”，认出来，对上参数，提出来由人采用。"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from models.domain.rules import Parameter, Rule, RuleSet, SettingSpec

_N = r"(\d{1,3}|[一二两三四五六七八九十]{1,3})"
_TO = rf"(?:[—–\-~～至到]+{_N})?"
_COUNTED = "[场次种个名项件份]"
_PATTERNS: Mapping[str, tuple[str, ...]] = {
    "workdays": (rf"{_N}个工作日",),
    "days": (rf"{_N}个?(?:自然日|日|天)(?:之)?内",),
    "minimum": (
        rf"(?:至少|不少于|不低于)[^，。；：]{{0,12}}?{_N}{_TO}{_COUNTED}(?!主题)",
        rf"{_N}{_COUNTED}及?以上",
        rf"每[月季年][^，。；：]{{0,12}}?{_N}{_TO}[场次]",
    ),
    "target": (rf"{_N}[—–\-~～至到]+{_N}{_COUNTED}",),
    "exempt_month": (rf"除{_N}月",),
}
"""How a number stands in the words of a clause, by the parameter that it is; the likeliest first."""
_DIGITS = {digit: number for number, digit in enumerate("一二三四五六七八九", 1)} | {"两": 2}


class NumberChange(NamedTuple):
    """A parameter whose number the new words give otherwise: its setting, and the number before and after."""

    setting: str
    label: str
    before: int
    after: int


def changed_numbers(rule: Rule, words: str, ruleset: RuleSet) -> tuple[NumberChange, ...]:
    """The numbers of ``rule`` that ``words`` give otherwise than its present quote.

    Only numbers that their settings allow; what is reckoned with already is no change.
    """
    specs = {spec.name: spec for spec in ruleset.settings}
    return tuple(_changes(rule, words, specs))


def _changes(rule: Rule, words: str, specs: Mapping[str, SettingSpec]) -> Iterator[NumberChange]:
    for one in rule.parameters:
        spec = specs.get(one.setting or "")
        after = number_in(one.name, words)
        if spec is None or after is None or after == number_in(one.name, rule.quote):
            continue
        if _is_new(one, after) and _is_allowed(spec, after):
            assert isinstance(one.value, int)
            yield NumberChange(spec.name, spec.label, one.value, after)


def _is_new(parameter: Parameter, after: int) -> bool:
    is_number = isinstance(parameter.value, int) and not isinstance(parameter.value, bool)
    return is_number and (parameter.value != after or parameter.stated is not None)


def _is_allowed(spec: SettingSpec, after: int) -> bool:
    """Whether the rules can be reckoned with ``after``; a choice among readings may get one more."""
    return 0 < after <= 31 if spec.allowed else (spec.least or 0) <= after <= (spec.most or after)


def number_in(name: str, words: str) -> int | None:
    """The number of the parameter ``name`` as ``words`` give it; None where they give none.

    >>> number_in("workdays", "于发布后３个工作日内备案"), number_in("target", "每月至少开展1—2场")
    (3, 2)
    >>> number_in("minimum", "每月开展至少两次走进社区活动"), number_in("days", "30日内"), number_in("days", "8月")
    (2, 30, None)
    """
    text = unicodedata.normalize("NFKC", re.sub(r"\s", "", words))
    for pattern in _PATTERNS.get(name, ()):
        if match := re.search(pattern, text):
            found = [group for group in match.groups() if group]
            return _number(found[-1] if name == "target" else found[0])
    return None


def _number(word: str) -> int:
    """Digits, or Chinese numerals up to 九十九."""
    if word.isdigit():
        return int(word)
    tens, ten, ones = word.partition("十")
    if not ten:
        return _DIGITS[word[-1]]
    return (_DIGITS[tens[-1]] if tens else 1) * 10 + (_DIGITS[ones[0]] if ones else 0)
