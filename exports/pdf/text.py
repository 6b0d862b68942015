"""文字：清理、截长、按禁则断行。用户的文字始终只是文字，从不成为标记。"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

LONGEST_FIELD = 2000
"""Characters of one field that are printed; more would make a document, not a table."""

NO_START = frozenset("，。、；：？！）》〉」』】〗〕］｝”’…—～·％‰℃°々〻ー－／,.;:?!)]}>%")
"""避头：what must not begin a line."""

NO_END = frozenset("（《〈「『【〖〔［｛“‘￥＄№§([{<$#")
"""避尾：what must not end a line."""

_PAIRS = frozenset(("—", "…", "⸺"))
_WORD = re.compile(
    r"[^\W\u1100-\U0010ffff_](?:[-.:/'_@&+=#%,~]?[^\W\u1100-\U0010ffff_])*"
    r"(?:%|(?<=\d)[年月日时点分号条款项场次届期个人元])?"
)
"""Latin words, numbers, times, addresses; a number keeps its per cent sign or its measure word."""

_RADICALS = dict(
    re.findall(
        r"(\S)(\S)",
        "⺁厂 ⺄乙 ⺅亻 ⺆冂 ⺇几 ⺈刀 ⺉刂 ⺊卜 ⺌小 ⺍小 ⺎尢 ⺏尢 ⺐尢 ⺑尢 ⺒巳 ⺓幺 ⺔彑 ⺕彐 ⺖忄 ⺗心 ⺘扌 ⺙攵 ⺛旡 ⺜日 "
        "⺝月 ⺞歹 ⺠民 ⺡氵 ⺢水 ⺣灬 ⺤爫 ⺥爫 ⺦丬 ⺧牛 ⺨犭 ⺩王 ⺪疋 ⺫目 ⺬示 ⺭礻 ⺮竹 ⺯糹 ⺰纟 ⺱网 ⺲罒 ⺳网 ⺴网 ⺵网 "
        "⺶羊 ⺷羊 ⺸羊 ⺹耂 ⺺聿 ⺻聿 ⺼月 ⺽臼 ⺾艹 ⺿艹 ⻀艹 ⻁虎 ⻂衤 ⻃西 ⻄西 ⻅见 ⻆角 ⻇角 ⻈讠 ⻉贝 ⻊足 ⻋车 ⻌辶 ⻍辶 "
        "⻎辶 ⻏邑 ⻐钅 ⻑長 ⻒镸 ⻓长 ⻔门 ⻕阝 ⻖阝 ⻗雨 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻞食 ⻟饣 ⻠饣 ⻡首 ⻢马 ⻣骨 ⻤鬼 ⻥鱼 "
        "⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻪黾 ⻫斉 ⻬齐 ⻭歯 ⻮齿 ⻯竜 ⻰龙 ⻱龜 ⻲亀 ⻳龟 ",
    )
)
"""CJK radicals (U+2E80–2EFF), as copied from badly made documents, and the characters they stand for."""


class Cleaned(NamedTuple):
    """A text ready for print; ``cut`` is the number of characters left out at the end."""

    text: str
    cut: int = 0


def clean(text: str, longest: int = LONGEST_FIELD) -> Cleaned:
    """``text`` with nothing in it that has no place on paper, at most ``longest`` characters.

    Radicals (U+2E80–2FDF) become the characters they stand for, so that a search finds them; tabs
    and odd spaces become spaces; controls, joiners, variation selectors and lone surrogates go;
    line feeds stay.
    """
    kept = "".join(_printable(character) for character in text[: 4 * longest].replace("\r\n", "\n"))
    lines = "\n".join(line.strip(" ") for line in kept.split("\n"))
    tidy = re.sub(r"\n{2,}", "\n", lines).strip("\n")
    whole = len(tidy) + max(0, len(text) - 4 * longest)
    return Cleaned(tidy[:longest], max(0, whole - longest))


def _printable(character: str) -> str:
    if character in "\n\r\u2028\u2029":
        return "\n"
    if "\u2e80" <= character <= "\u2fdf":
        return _RADICALS.get(character) or _unradical(character)
    category = unicodedata.category(character)
    if character == "\t" or category == "Zs":
        return "\u3000" if character == "\u3000" else " "
    if category in ("Cc", "Cf", "Cs", "Cn") or "\ufe00" <= character <= "\ufe0f":
        return ""
    return "" if 0xE0100 <= ord(character) <= 0xE01EF else character


def _unradical(character: str) -> str:
    """The character a radical stands for by compatibility (NFKC), else the radical itself."""
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 else character


def wrap(text: str, width: float, advance: Callable[[str], float]) -> list[str]:
    """``text`` as lines not wider than ``width``, ``advance`` giving a character's width.

    Broken by 禁则: no line begins with a character of ``NO_START`` or ends with one of ``NO_END``;
    numbers (with their measure word), times and Latin words stay whole, —— and …… too. A stretch that cannot be broken so
    and is wider than a line is broken inside a word first, anywhere last. Only spaces at the ends of lines are lost.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_wrap_paragraph(paragraph.strip(" "), width, advance))
    return lines


def wrap_evenly(text: str, width: float, advance: Callable[[str], float]) -> list[str]:
    """Like ``wrap`` with as few lines, but of nearly equal length (titles, centred cells)."""
    lines = wrap(text, width, advance)
    if len(lines) == 1 + text.count("\n"):
        return lines
    low, high = width / 2, width
    while high - low > 1:
        middle = (low + high) / 2
        if len(narrower := wrap(text, middle, advance)) > len(lines) or not _keeps_whole(narrower, text):
            low = middle
        else:
            high = middle
    return wrap(text, high, advance)


def wrap_without_orphan(text: str, width: float, advance: Callable[[str], float]) -> list[str]:
    """Like ``wrap``; where a single character would be left for the last line, it gets company."""
    lines = wrap(text, width, advance)
    em = advance("宝")
    for narrower in (width - em, width - 2 * em, width - 3 * em):
        if len(lines) == 1 or len(lines[-1]) > 1 or narrower < width / 2:
            return lines
        tried = wrap(text, narrower, advance)
        if len(tried) == len(lines) and len(tried[-1]) > 1 and _keeps_whole(tried, text):
            return tried
    return lines


def _keeps_whole(lines: list[str], text: str) -> bool:
    """Whether no word of ``text`` was broken."""
    words = {match.group() for line in lines for match in _WORD.finditer(line)}
    return all(match.group() in words for match in _WORD.finditer(text))


def _wrap_paragraph(paragraph: str, width: float, advance: Callable[[str], float]) -> list[str]:
    inside_word = _inside_words(paragraph)
    lines: list[str] = []
    start = 0
    while True:
        reach = _reach(paragraph, start, width, advance)
        if reach >= len(paragraph):
            lines.append(paragraph[start:].rstrip(" "))
            return lines
        end = _break(paragraph, start, reach, inside_word)
        lines.append(paragraph[start:end].rstrip(" "))
        start = end
        while start < len(paragraph) and paragraph[start] == " ":
            start += 1
        if start == len(paragraph):
            return lines


def _inside_words(text: str) -> set[int]:
    """Positions at which a break would cut a word."""
    return {at for match in _WORD.finditer(text) for at in range(match.start() + 1, match.end())}


def _reach(text: str, start: int, width: float, advance: Callable[[str], float]) -> int:
    """How far a line from ``start`` may reach (excluded end): at least one character, spaces may hang over."""
    used = 0.0
    for at in range(start, len(text)):
        used += advance(text[at])
        if used > width + 1e-6:
            end = max(at, start + 1)
            while end < len(text) and text[end] == " ":
                end += 1
            return end
    return len(text)


def _break(text: str, start: int, reach: int, inside_word: set[int]) -> int:
    """The last place for a break after ``start``, at ``reach`` or before."""
    places = range(reach, start, -1)
    legal = [at for at in places if _allowed(text, at)]
    whole = (at for at in legal if at not in inside_word)
    return next(whole, legal[0] if legal else reach)


def _allowed(text: str, at: int) -> bool:
    """Whether 禁则 allow a break before position ``at``; spaces there do not count, for they are lost."""
    before, after = text[:at].rstrip(" ")[-1:], text[at:].lstrip(" ")[:1]
    if not before or not after:
        return True
    return after not in NO_START and before not in NO_END and not (after == before and after in _PAIRS)
