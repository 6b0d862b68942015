"""把字体的子集装进 PDF：reportlab 的字体类，改正它的 ToUnicode 对照表。"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

_ENTRIES_A_BLOCK = 100
_BROKEN = (ValueError, LookupError, ArithmeticError, AttributeError, TypeError)
"""What reportlab raises besides its own error on fonts that lack a table or an English name."""


def to_unicode_map(name: str, subset: Iterable[int]) -> str:
    """The ToUnicode CMap of a one-byte font whose code n stands for the character ``subset[n]``.

    Characters outside the BMP are written as UTF-16BE surrogate pairs, blocks hold at most 100
    entries (ISO 32000-1 9.10.3; Adobe Technical Note 5411). Codes that stand for nothing (0) are left out.
    """
    entries = [f"<{code:02X}> <{_utf16(character)}>" for code, character in enumerate(subset) if character]
    head = (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def\n"
        f"/CMapName /{name} def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<00> <FF>\nendcodespacerange"
    )
    tail = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    return "\n".join((head, *_blocks(entries), tail))


def _utf16(character: int) -> str:
    return chr(character).encode("utf-16-be").hex().upper()


def _blocks(entries: list[str]) -> list[str]:
    starts = range(0, len(entries), _ENTRIES_A_BLOCK)
    parts = [entries[start : start + _ENTRIES_A_BLOCK] for start in starts]
    return ["\n".join((f"{len(part)} beginbfchar", *part, "endbfchar")) for part in parts]


@cache
def _print_font_class() -> type[Any]:
    from reportlab.pdfbase.ttfonts import TTFont

    class PrintFont(TTFont):  # type: ignore[misc]
        """A TrueType font of the print.

        WORKAROUND: reportlab 5.1 writes characters above U+FFFF into ToUnicode as one five-digit
        number, so that 𠮷 is drawn but found as two other characters. The maps are replaced after
        reportlab has made its objects and before they are written.
        """

        def addObjects(self, doc: Any) -> None:
            subsets = self.state[doc].subsets
            super().addObjects(doc)
            maps = {
                name: value for name, value in doc.idToObject.items() if name.startswith("toUnicodeCMap:")
            }
            for number, subset in enumerate(subsets):
                name = _subset_name(number, self.face)
                maps[f"toUnicodeCMap:{name}"].content = to_unicode_map(name, subset)

    return PrintFont


def _subset_name(number: int, face: Any) -> str:
    from reportlab.pdfbase.ttfonts import SUBSETN

    return b"".join((SUBSETN(number), b"+", face.name, face.subfontNameX)).decode("pdfdoc")


@cache
def load_font(path: Path, index: int) -> Any | None:
    """The font of a file's face, registered with reportlab; None where reportlab refuses it.

    Loaded once in the life of the process: reading a face of 15 MB takes a noticeable time.
    """
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError

    try:
        font = _print_font_class()(
            f"{path.as_posix()}#{index}", str(path), subfontIndex=index, asciiReadable=False
        )
    except (TTFError, OSError, struct.error, *_BROKEN):
        return None
    pdfmetrics.registerFont(font)
    return font
