"""印件的行：清理每一格，编号，记下截掉了多少字。"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from exports.pdf.table import Cell, Listing, PrintRow
from exports.pdf.text import LONGEST_FIELD, clean

_DIGITS = " 一二三四五六七八九"


class Item(NamedTuple):
    """A numbered line; ``cut`` names the columns whose text was too long, and by how much."""

    number: int
    row: PrintRow
    title: str
    cut: tuple[tuple[str, int], ...] = ()


class ItemGroup(NamedTuple):
    """Lines under a common title."""

    title: str
    items: tuple[Item, ...]


def item(number: int, heads: Sequence[str], cells: Sequence[Cell], title_column: int) -> Item:
    """The line of ``cells`` (those after 序号), ready for print; ``title_column`` counts 序号."""
    cleaned: list[Cell] = [str(number)]
    cut: list[tuple[str, int]] = []
    for head, cell in zip(heads[1:], cells, strict=True):
        value, lost = clean_cell(cell)
        cleaned.append(value)
        if lost:
            cut.append((head, lost))
    row = PrintRow(tuple(cleaned), f"第{number}项", number)
    return Item(number, row, row.texts[title_column], tuple(cut))


def numbered(
    sections: Iterable[tuple[str, Iterable[Sequence[Cell]]]], heads: Sequence[str], title_column: int
) -> Iterator[ItemGroup]:
    """The sections as groups, their lines counted through."""
    number = 0
    for title, lines in sections:
        items = []
        for cells in lines:
            number += 1
            items.append(item(number, heads, cells, title_column))
        yield ItemGroup(title, tuple(items))


def lettered(titles: Sequence[str]) -> list[str]:
    """一、… 二、… 十一、…"""
    return [f"{numeral(at)}、{title}" for at, title in enumerate(titles, start=1)]


def numeral(number: int) -> str:
    """The Chinese numeral of 1–99; digits above.

    >>> [numeral(number) for number in (1, 10, 11, 20, 99, 100)]
    ['一', '十', '十一', '二十', '九十九', '100']
    """
    if number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    ten = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return f"{ten}{_DIGITS[ones] if ones else ''}"


def plain_row(cells: Sequence[Cell], name: str) -> PrintRow:
    """A line without a number."""
    return PrintRow(tuple(clean_cell(cell)[0] for cell in cells), name)


def clean_cell(cell: Cell) -> tuple[Cell, int]:
    """The cell as it is printed, and how many characters of it are left out."""
    if not isinstance(cell, Listing):
        return clean(cell)
    parts: list[str] = []
    used = lost = 0
    for part in cell.parts:
        text, cut = clean(part.replace("\n", " "), max(1, LONGEST_FIELD - used))
        parts.append(text)
        used, lost = used + len(text) + 1, lost + cut
    return Listing(tuple(part for part in parts if part)), lost


def cut_warnings(groups: Iterable[ItemGroup]) -> tuple[str, ...]:
    """Which texts are longer than is printed."""
    return tuple(
        f"第{one.number}项的{column}超过{LONGEST_FIELD}字，末尾{lost}字没有印出。"
        for group in groups
        for one in group.items
        for column, lost in one.cut
    )


def digest_of(texts: Iterable[str]) -> str:
    """A short check number of contents: equal texts have equal ones; empty texts do not count."""
    return hashlib.sha256("\x1e".join(text for text in texts if text).encode()).hexdigest()[:8].upper()


def row_text(row: PrintRow) -> str:
    """A row as it goes into the check number."""
    return "\x1f".join(row.texts)
