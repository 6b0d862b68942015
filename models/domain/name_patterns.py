"""怎样在文字里找出一个姓名、一个电话，不论怎样分开、全角半角。"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from models.domain.privacy import masked_contact
from models.domain.words_like_names import WORDS_LIKE_NAMES

SHORTEST_PHONE = 7
LONGEST_PHONE = 40
"""Digits; more in a row are several numbers that nothing but blanks keeps apart."""
_MOBILE = re.compile(r"1[3-9]\d{9}")
_NOTHING = r"(?!)"
_BEFORE = ("代表", "联系人", "负责人", "居民", "市民", "家长", "委员")
_LINKS = tuple("与和请由向及邀对是约")
_AFTER = ("代表", "老师", "先生", "女士", "同志", "委员", "主任", "校长", "书记", "经理")
_DIGIT = "[0-9０-９]"
_JOINT = r"\D{0,3}"


def numbers_in(phone: str) -> set[str]:
    """The digits of every number in ``phone``, without 86; a fixed line without its area code too."""
    if "*" in phone:
        return set()
    found: set[str] = set()
    for part in re.split(r"[^\d\s()+\-‐-―_.·]", unicodedata.normalize("NFKC", phone)):
        for digits in (re.sub(r"\D", "", part), *re.findall(r"\d+", part)):
            number = re.sub(r"^(?:00)?86(?=1\d{10}$|0\d{9,11}$)", "", digits)
            local = re.sub(r"^0(?:10|2\d|[3-9]\d\d)(?=\d{7,8}$)", "", number)
            several = _MOBILE.findall(number) if len(number) > LONGEST_PHONE else ()
            found |= {one for one in (number, local, *several) if SHORTEST_PHONE <= len(one) <= LONGEST_PHONE}
    return found


def any_phone(numbers: Iterable[str]) -> re.Pattern[str]:
    """Finds the numbers (digits alone) however they are grouped and however wide, also behind 86.

    Each digit of a text is looked at once, however many numbers there are.
    """
    alone = rf"(?:(?<!{_DIGIT}.)|(?<=86.)|(?<=８６.))"
    branches = [
        f"{first}{alone}{_digits(rest)}"
        for digit, rest in _by_first_digit(numbers).items()
        for first in (digit, _wide(digit))
    ]
    return re.compile("|".join(branches) or _NOTHING)


def any_name(names: Iterable[str]) -> re.Pattern[str]:
    """Finds the names, of two that begin alike the first; every branch begins with a plain character, which is fast."""
    return re.compile("|".join(map(_name_branch, names)) or _NOTHING)


def _name_branch(name: str) -> str:
    """The name, blanks between its characters allowed; one in Latin letters only as whole words."""
    first, *rest = map(re.escape, name)
    body = "".join(rf"\s?{char}" for char in rest)
    if name[0].isascii():
        return rf"{first}(?<![0-9A-Za-z].){body}(?![0-9A-Za-z])"
    return first + body


def _digits(tails: list[str]) -> str:
    """What follows a digit: one of ``tails``, and no digit more."""
    ended = [rf"(?!{_DIGIT})"] if "" in tails else []
    by_first = _by_first_digit(tails)
    longer = [f"{_JOINT}[{digit}{_wide(digit)}]{_digits(rest)}" for digit, rest in by_first.items()]
    branches = longer + ended
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def _by_first_digit(numbers: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for number in numbers:
        if number:
            found.setdefault(number[0], []).append(number[1:])
    return found


def _wide(digit: str) -> str:
    return chr(ord(digit) + 0xFEE0)


def hidden_phone(match: re.Match[str]) -> str:
    """138****1234 for a number that was found."""
    return masked_contact(unicodedata.normalize("NFKC", re.sub(r"\D", "", match.group())))


def hidden_name(match: re.Match[str]) -> str:
    """张* for a name that was found."""
    return f"{match.group()[0]}*"


def hidden_word(match: re.Match[str]) -> str:
    """张* for a name of two characters that begins or ends a word; one that is a word itself must do both."""
    if _bare(match) in WORDS_LIKE_NAMES:
        return hidden_name(match) if _begins(match) and _ends(match) else match.group()
    return hidden_in_title(match)


def hidden_in_title(match: re.Match[str]) -> str:
    """The same in what something is called: there a word is the word."""
    is_name = _bare(match) not in WORDS_LIKE_NAMES
    return hidden_name(match) if is_name and (_begins(match) or _ends(match)) else match.group()


def _in_word(char: str) -> bool:
    return char == "*" or "\u3400" <= char <= "\u9fff"


def _begins(match: re.Match[str]) -> bool:
    before = match.string[: match.start()]
    return not before or not _in_word(before[-1]) or before.endswith(_BEFORE + _LINKS)


def _ends(match: re.Match[str]) -> bool:
    after = match.string[match.end() : match.end() + 1]
    return not _in_word(after) or match.string.startswith(_AFTER, match.end())


def _bare(match: re.Match[str]) -> str:
    return "".join(match.group().split())
