"""拼音首字母：一个字有哪几个，多音字全算；查过的字记住，用到时才载入字表。"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from planners.text_match import CharactersByLetter


def characters_by_letter(texts: Iterable[str]) -> CharactersByLetter:
    """The characters of ``texts`` by the first letters of all their readings, e.g. 行 under x and h."""
    found: dict[str, list[str]] = defaultdict(list)
    for character in sorted(set().union(*texts)):
        if not character.isascii():
            for letter in initials_of(character):
                found[letter].append(character)
    return {letter: "".join(characters) for letter, characters in found.items()}


@lru_cache(maxsize=32_768)
def initials_of(character: str) -> str:
    """The first letters of all readings of ``character``, each once; "" for what has none."""
    # Only single characters are asked for: without its phrases the table is there in a quarter of the time.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    from pypinyin import Style, pinyin

    readings = pinyin(character, style=Style.FIRST_LETTER, heteronym=True, errors="ignore")
    return "".join(sorted(set("".join(*readings)))) if readings else ""
