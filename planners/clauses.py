"""条文：从要点全文里逐字取出一条中要紧的句子，标出起决定作用的词句和牵头单位。"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

_CLAUSE = re.compile(r"^(\d{1,2})\.(?!\d)")
_CHAPTER = re.compile(r"^([一二三四五六七八九十]+)、")
_SECTION = re.compile(r"^[（(]([一二三四五六七八九十]+)[）)]")
_DUTIES = re.compile(r"（((?:牵头|责任)单位：[^）]*)）")
_PART = re.compile(r"“([^”]{2,6})”：")
GAP = "……"


class Passage(NamedTuple):
    """What a clause says, word for word.

    ``place`` is 一（一）2, ``part`` the words that head the part of the clause (走进校区), "" where it has
    none. ``text`` holds the sentences of the quotes, …… where some are left out between them; ``spans``
    (start, end) are the decisive words in it. ``duties``: 牵头单位：… as it stands there.
    """

    place: str
    part: str
    text: str
    spans: tuple[tuple[int, int], ...]
    duties: str


class Clause(NamedTuple):
    """A numbered clause: its place (一（一）2) and its words without white space."""

    place: str
    text: str


def passage(
    document: str, clause: str, decisive: Iterable[str], others: Iterable[str] = ()
) -> Passage | None:
    """The sentences of ``clause`` that hold the quotes; None where the document has none of the decisive ones."""
    found = clauses_of(document).get(clause)
    if found is None:
        return None
    wanted = [quote for quote in map(_bare, decisive) if quote in found.text]
    if not wanted:
        return None
    quotes = [*wanted, *(quote for quote in map(_bare, others) if quote in found.text)]
    text = _sentences(found.text, sorted((found.text.index(quote), len(quote)) for quote in quotes))
    spans = sorted({(text.index(quote), text.index(quote) + len(quote)) for quote in wanted})
    start, length = found.text.index(wanted[0]), len(wanted[0])
    return Passage(
        found.place,
        _part(found.text[: start + length]),
        text,
        _merged(spans),
        _duties(found.text[start + length :]),
    )


def _bare(text: str) -> str:
    return re.sub(r"\s|\*\*", "", text)


@lru_cache(maxsize=4)
def clauses_of(document: str) -> dict[str, Clause]:
    """Clause number → the clause, in the order of ``document``."""
    found: dict[str, Clause] = {}
    chapter = section = number = ""
    for line in document.replace("**", "").splitlines():
        bare = _bare(line)
        if match := _CHAPTER.match(bare):
            chapter, section, number = match[1], "", ""
        elif match := _SECTION.match(bare):
            section, number = f"（{match[1]}）", ""
        elif match := _CLAUSE.match(bare):
            number = match[1]
            found[number] = Clause(f"{chapter}{section}{number}", bare[match.end() :])
        elif number:
            found[number] = found[number]._replace(text=found[number].text + bare)
    return found


def _sentences(text: str, places: Sequence[tuple[int, int]]) -> str:
    """The sentences that hold the places, in their order."""
    bounds = [0, *(match.end() for match in re.finditer("。", text)), len(text)]
    kept = sorted({n for start, length in places for n in _touched(bounds, start, start + length)})
    pieces: list[str] = []
    for before, number in zip([-1, *kept], kept, strict=False):
        pieces += [GAP] if before >= 0 and number > before + 1 else []
        pieces.append(_DUTIES.sub("", text[bounds[number] : bounds[number + 1]]))
    return "".join(pieces)


def _touched(bounds: Sequence[int], start: int, end: int) -> list[int]:
    return [n for n in range(len(bounds) - 1) if bounds[n] < end and bounds[n + 1] > start]


def _merged(spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """``spans`` (by start) with those that overlap made one."""
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return tuple(merged)


def _part(before: str) -> str:
    """The heading of the part in which ``before`` ends."""
    return parts[-1] if (parts := _PART.findall(before)) else ""


def _duties(after: str) -> str:
    match = _DUTIES.search(after)
    return match[1] if match else ""
