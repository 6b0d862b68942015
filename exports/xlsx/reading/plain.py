"""读表的文字：全角变半角，空白归一，一眼能比。"""

from __future__ import annotations

import re
import unicodedata

_WHITE = re.compile(r"[\s\u3000\u00a0]+")


def half_width(text: str) -> str:
    """``text`` with full-width digits, letters and marks as ordinary ones, blanks and line feeds as one blank.

    >>> half_width("８月２６日\\n（暂定）")
    '8月26日 (暂定)'
    """
    return _WHITE.sub(" ", unicodedata.normalize("NFKC", text)).strip()


def bare(text: str) -> str:
    """``text`` for comparing names: without blanks, in half width, brackets and quotes all of one kind.

    >>> bare(" 区人社局（本级）") == bare("区人社局(本级)")
    True
    """
    return half_width(text).replace(" ", "").translate(_QUOTES).casefold()


_QUOTES = {ord(mark): '"' for mark in "“”„‟「」『』＂"} | {ord(mark): "'" for mark in "‘’"}


def one_line(text: str, longest: int = 60) -> str:
    """``text`` on one line, at most ``longest`` characters."""
    line = _WHITE.sub(" ", text).strip()
    return line if len(line) <= longest else line[: longest - 1] + "…"
