"""字体：按名称表找本机的公文字体，逐字回退，缺字印〓并记名。"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from exports.pdf.embedding import load_font
from exports.pdf.sfnt import FaceFile, usable_faces

BUNDLED_FOLDER = Path(__file__).resolve().parent.parent / "fonts"
MISSING_MARK = "〓"


class Role(Enum):
    """What a face is used for in an official document (GB/T 9704-2012)."""

    TITLE = "小标宋"
    BODY = "仿宋"
    HEAD = "黑体"
    NOTE = "楷体"
    FOLIO = "宋体"


_SERIF = "NotoSerifSC-Regular.ttf"
_SERIF_BOLD = "NotoSerifSC-Bold.ttf"
_SANS = "NotoSansSC-Medium.ttf"

_BUNDLED: Mapping[Role, str] = {
    Role.TITLE: _SERIF_BOLD,
    Role.BODY: _SERIF,
    Role.HEAD: _SANS,
    Role.NOTE: _SERIF,
    Role.FOLIO: _SERIF,
}

_PREFERRED: Mapping[Role, tuple[str, ...]] = {
    Role.TITLE: ("方正小标宋_GBK", "方正小标宋简体", "华文中宋"),
    Role.BODY: ("方正仿宋_GBK", "仿宋", "仿宋_GB2312", "华文仿宋"),
    Role.HEAD: ("黑体", "方正黑体_GBK"),
    Role.NOTE: ("方正楷体_GBK", "楷体", "楷体_GB2312", "华文楷体"),
    Role.FOLIO: ("宋体", "方正书宋_GBK"),
}
"""The names in a face's name table, best first. A family carries its Chinese name beside the Latin one."""

_RARE = ("宋体-ExtB", "新細明體-ExtB", "方正宋体-超大字符集", "中易宋体18030")
"""Faces with characters outside the BMP, asked last."""


class Glyph(NamedTuple):
    """How one character is printed: in which font, as what, how wide (thousandths of the size)."""

    font: str
    printed: str
    advance: float


class Typeface:
    """The fonts of one role, asked one after the other for every character."""

    def __init__(self, files: tuple[FaceFile, ...]) -> None:
        self._files = files
        self._glyphs: dict[str, Glyph] = {}

    def glyph(self, character: str) -> Glyph:
        """How ``character`` is printed; 〓 where no font of the chain has a glyph for it."""
        known = self._glyphs.get(character)
        if known is None:
            known = self._glyphs[character] = self._find(character) or self.glyph(MISSING_MARK)
        return known

    def has(self, character: str) -> bool:
        """Whether a font of the chain has a glyph for ``character``."""
        return self.glyph(character).printed == character

    def width(self, text: str, size: float) -> float:
        """Width of ``text`` in points."""
        return sum(self.glyph(character).advance for character in text) * size / 1000

    def at(self, size: float) -> Callable[[str], float]:
        """The width in points of a character printed at ``size``."""
        return lambda character: self.glyph(character).advance * size / 1000

    def printed(self, text: str) -> str:
        """``text`` in the characters that are printed: 〓 for those without a glyph."""
        return "".join(
            character if character == "\n" else self.glyph(character).printed for character in text
        )

    def missing(self, text: str) -> list[str]:
        """The characters of ``text`` for which no font of the chain has a glyph, each once, in order."""
        return [one for one in dict.fromkeys(text) if one != "\n" and not self.has(one)]

    def runs(self, text: str) -> list[tuple[str, str]]:
        """``text`` as (font, characters), one pair for each stretch in the same font."""
        runs: list[tuple[str, str]] = []
        for character in text:
            font, printed, _ = self.glyph(character)
            if runs and runs[-1][0] == font:
                runs[-1] = (font, runs[-1][1] + printed)
            else:
                runs.append((font, printed))
        return runs

    def bounds(self, character: str) -> tuple[int, int]:
        """Lowest and highest point of the character's outline in thousandths of the size."""
        font = next(font for font in self._fonts() if _draws(font, character))
        return _outline_bounds(font.face, font.face.charToGlyph[ord(character)])

    def _fonts(self) -> Iterator[Any]:
        for file in self._files:
            font = load_font(file.path, file.number)
            if font is not None:
                yield font

    def _find(self, character: str) -> Glyph | None:
        for font in self._fonts():
            if _draws(font, character):
                return Glyph(font.fontName, character, float(font.face.getCharWidth(ord(character))))
        return None


def _draws(font: Any, character: str) -> bool:
    """Whether the font has a glyph, and one with an outline unless the character is a space.

    reportlab prints nothing, and says nothing, for a character it has no glyph for; some fonts
    carry empty glyphs for characters they do not have. Radicals (U+2E80–2FDF) are never printed:
    nobody would find them again by searching.
    """
    if "\u2e80" <= character <= "\u2fdf":
        return False
    glyph = font.face.charToGlyph.get(ord(character), 0)
    if glyph == 0:
        return False
    positions = font.face.glyphPos
    return character.isspace() or positions[glyph + 1] > positions[glyph]


def _outline_bounds(face: Any, glyph: int) -> tuple[int, int]:
    """yMin and yMax of a glyph's header, scaled to thousandths."""
    start = face.get_table_pos("glyf")[0] + face.glyphPos[glyph]
    low, high = (int.from_bytes(face.get_chunk(start + at, 2), "big", signed=True) for at in (4, 8))
    return round(low * 1000 / face.unitsPerEm), round(high * 1000 / face.unitsPerEm)


class FontBook:
    """A typeface for every role, made from the machine's faces (best first) and the bundled ones."""

    def __init__(self, machine: tuple[FaceFile, ...] = ()) -> None:
        by_name = {name: file for file in reversed(machine) for name in file.names}
        self._rare = tuple(by_name[name] for name in _RARE if name in by_name)
        self._typefaces = {role: Typeface(self._chain(role, by_name)) for role in Role}

    def __getitem__(self, role: Role) -> Typeface:
        return self._typefaces[role]

    def _chain(self, role: Role, by_name: Mapping[str, FaceFile]) -> tuple[FaceFile, ...]:
        preferred = [by_name[name] for name in _PREFERRED[role] if name in by_name]
        bundled = [_bundled_face(name) for name in (_BUNDLED[role], _SERIF, _SANS)]
        return tuple(dict.fromkeys((*preferred, *bundled, *self._rare)))


def _bundled_face(file_name: str) -> FaceFile:
    return FaceFile(BUNDLED_FOLDER / file_name, 0, frozenset({file_name}))


@cache
def font_book(*, bundled_only: bool) -> FontBook:
    """The fonts to print with; 仅用内置字体 gives the same bytes on every machine."""
    return FontBook() if bundled_only else FontBook(machine_faces())


def machine_faces() -> tuple[FaceFile, ...]:
    """Every usable face of the machine's font folders, files in order of name."""
    paths = sorted({path for folder in font_folders() for path in _font_files(folder)})
    return tuple(face for path in paths for face in usable_faces(path))


def _font_files(folder: Path) -> Iterator[Path]:
    for place, _, names in os.walk(folder):
        for name in names:
            if name.lower().endswith((".ttf", ".ttc", ".otf")):
                yield Path(place, name)


def font_folders() -> tuple[Path, ...]:
    """Where this kind of system keeps fonts: those of the machine and those of the user."""
    home = Path.home()
    if sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", r"C:\Windows"))
        local = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
        return windows / "Fonts", local / "Microsoft" / "Windows" / "Fonts"
    if sys.platform == "darwin":
        return Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library" / "Fonts"
    shared = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    own = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return *(Path(folder, "fonts") for folder in shared.split(":") if folder), own / "fonts", home / ".fonts"
