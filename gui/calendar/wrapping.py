"""折行：在字与字之间断开，行首不放标点。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QFont

from gui.kit.marks import text_width
from gui.kit.theme import theme


def wrapped(text: str, width: float, font_size: int = 13, *, bold: bool = False) -> Sequence[str]:
    """``text`` in lines that fit ``width``, broken between characters."""
    font, lines, rest = theme().font(font_size, bold=bold), [], text
    while rest and text_width(font, rest) > width:
        length = _fitting(rest, font, width)
        lines.append(rest[:length])
        rest = rest[length:]
    return [*lines, rest] if rest else lines


def _fitting(text: str, font: QFont, width: float) -> int:
    """How many characters of ``text`` fit; no line begins with a closing mark."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if text_width(font, text[:middle]) <= width else (low, middle - 1)
    while low > 1 and low < len(text) and text[low] in "，。；、”’）》：":
        low -= 1
    return low
