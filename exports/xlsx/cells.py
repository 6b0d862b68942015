"""单元格：文字永远是文字，日期是真日期；写进去的不会变成公式，读回来的还是原样。"""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import copy
from datetime import date, datetime, time
from typing import Any

from models.domain.text import clean_text

LONGEST_CELL = 32_767
"""Characters that a cell of a workbook can hold; a field of ours holds fewer (20,000)."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "'", "＝", "＋", "－", "＠")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")

FONT = "宋体"
DAY_FORMAT = 'yyyy"年"m"月"d"日"'
TIME_FORMAT = "hh:mm"


def put_text(cell: Any, text: str) -> None:
    """``cell`` holds ``text`` as text, whatever it begins with: no formula, no error, no number.

    What begins like a formula is marked as quoted, so that it stays text when somebody edits it.
    """
    kept = _ILLEGAL.sub("", clean_text(text))
    kept = _ESCAPE.sub("_x005F_", kept)[:LONGEST_CELL]
    if not kept:
        cell.value = None
        return
    cell.value = kept
    cell.data_type = "s"
    if kept.startswith(_FORMULA_STARTS):
        cell.quotePrefix = True


def dress(cell: Any, name: str, look: Callable[[Any], None]) -> None:
    """``cell`` looks as ``look`` makes it; the first cell of a book is dressed, the others called ``name`` copy it.

    Working out a style anew for every cell takes ten times as long as writing the sheet.
    """
    styles = cell.parent.parent.__dict__.setdefault("_dressed", {})
    if name not in styles:
        look(cell)
        styles[name] = cell._style  # noqa: SLF001 (openpyxl has no other way to share a style)
    cell._style = copy(styles[name])  # noqa: SLF001


def put_day(cell: Any, day: date) -> None:
    """``cell`` holds a real date."""
    cell.value = day
    cell.number_format = DAY_FORMAT


def put_clock(cell: Any, moment: datetime) -> None:
    """``cell`` holds a real time of day."""
    cell.value = time(moment.hour, moment.minute)
    cell.number_format = TIME_FORMAT


def text_of(stored: str) -> str:
    """The text that a cell shows: escapes such as _x000D_ are what they stand for.

    >>> text_of("_x005F_x0041_"), text_of("a_x000A_b")
    ('_x0041_', 'a\\nb')
    """
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), stored)
