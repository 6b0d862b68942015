"""文字筛选：几个词都要出现；字母也当作拼音首字母，多音字每个读音都算。"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

CharactersByLetter = Mapping[str, str]
"""Letter → the characters that have a reading which begins with it."""

Needles = tuple[re.Pattern[str], ...]

_MARKS = re.compile(r"[^\w\n]+")


def squeezed(text: str) -> str:
    """``text`` as it is searched: lower case, without blanks and punctuation, so that they part no initials.

    >>> squeezed("“科创+产业” 扶持")
    '科创产业扶持'
    """
    return _MARKS.sub("", text).casefold()


def haystack(texts: Iterable[str]) -> str:
    """What ``matches`` looks in: each of ``texts`` for itself, a word never reaches from one into the next."""
    return "\n".join(filter(None, map(squeezed, texts)))


def needles(query: str, by_letter: CharactersByLetter) -> Needles:
    """One pattern for each word of ``query``; none for a query without words."""
    words = filter(None, map(squeezed, query.split()))
    return tuple(re.compile("".join(_one(character, by_letter) for character in word)) for word in words)


def _one(character: str, by_letter: CharactersByLetter) -> str:
    others = by_letter.get(character, "")
    return f"[{re.escape(character)}{re.escape(others)}]" if others else re.escape(character)


def matches(text: str, wanted: Sequence[re.Pattern[str]]) -> bool:
    """Whether every one of ``wanted`` is found in ``text`` (a ``haystack``)."""
    return all(pattern.search(text) for pattern in wanted)
