"""读交回来的报送表：我们的模板，或各单位自己的表；逐行说出新增、修改、相同、不收。"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from exports.xlsx.columns import COLUMNS, SheetField
from exports.xlsx.reading.fields import RowReader
from exports.xlsx.reading.grid import Grid, Workbook, read_workbook
from exports.xlsx.reading.heads import Head, find_head
from exports.xlsx.reading.matching import Matcher
from exports.xlsx.reading.names import Names, campaign_in
from exports.xlsx.reading.plain import bare, one_line
from exports.xlsx.reading.values import FileKind, FileReading, FileRow
from exports.xlsx.template import BASE_SHEET, FORMAT, LIST_SHEET
from models.domain.errors import InputError
from models.domain.events import Campaign
from models.domain.snapshot import YearSnapshot
from models.domain.text import quoted

_PASSED_OVER = re.compile(
    r"^(?:合计|总计|小计|共计|注[:：]|备注[:：]|说明[:：]|填表说明|填表人|填报人|联系人[:：]|制表|审核|负责人)"
)
_TOTAL = re.compile(r"^(?:合\s*计|总\s*计|小\s*计|共\s*计)")
_UNIT_LINE = re.compile(r"(?:填报|报送|申报|填表)?(?:单位|部门)(?:名称)?(?:\(盖章\)|\(公章\))?[:：]?")


class Base(NamedTuple):
    """What our template wrote into its rows: by key, by column."""

    texts: Mapping[str, Mapping[SheetField, str]]
    unit: str
    year: int | None
    revision: int | None


def read_submission(
    data: bytes, snapshot: YearSnapshot, name: str, *, campaign: Campaign | None = None
) -> FileReading:
    """What the workbook ``data`` called ``name`` says about the year; nothing is changed.

    ``campaign`` stands for rows that name none. Raises ``InputError`` where the file cannot be opened safely or
    holds no table that names activities and times.
    """
    book = read_workbook(data, name)
    base = _base(book)
    remarks = list(_version_remarks(base, snapshot, name))
    names = Names(snapshot)
    tables = [(grid, head) for grid in _visible(book) if (head := find_head(grid)) is not None]
    if not tables:
        raise InputError(
            f"在{quoted(name)}里没有找到报送表：没有一行表头同时写着活动名称和时间。",
            "没有导入。",
            "请核对表头，或用“报送表模板”重新填写。",
        )
    unit_words, unit = _reporting_unit(tables, names, base)
    if unit_words and unit is None:
        remarks.append(
            f"没有认出填报单位“{one_line(unit_words)}”{_like(names, unit_words)}；没写牵头单位的行不收。"
        )
    rows: list[FileRow] = []
    passed_over: list[tuple[str, int, str]] = []
    matcher = Matcher(snapshot)
    for grid, head in tables:
        remarks += _head_remarks(grid, head, len(tables) > 1)
        own_campaign = campaign_in(_above(grid, head)) or campaign_in(grid.name) or campaign
        reader = RowReader(
            snapshot, names, book.epoch, grid, head, own_campaign, unit, base.texts if base else {}
        )
        for row in range(head.last + 1, len(grid.rows) + 1):
            words = _passed_over(grid, head, row)
            if words is None:
                rows.append(matcher.placed(reader.read(row)))
            elif words:
                passed_over.append((grid.name, row, words))
                reader.pass_heading(words)
    missing = _missing(base, rows, snapshot)
    return FileReading(
        name,
        snapshot.year,
        FileKind.SUBMISSION,
        tuple(rows),
        tuple(remarks),
        tuple(passed_over),
        unit,
        unit_words,
        base is not None,
        missing,
    )


def _visible(book: Workbook) -> Iterator[Grid]:
    """The sheets that are read: not hidden, not ours behind the scenes."""
    for grid in book.sheets:
        if not grid.hidden and grid.name not in (LIST_SHEET, BASE_SHEET):
            yield grid


def _base(book: Workbook) -> Base | None:
    """The hidden part of our own template; None for another's sheet."""
    lists, base = book.sheet(LIST_SHEET), book.sheet(BASE_SHEET)
    if lists is None or base is None or not lists.text(1, 1).startswith(FORMAT.partition("/")[0]):
        return None
    if lists.text(1, 1) != FORMAT:
        raise InputError(
            "这份报送表是更新版本的程序做的。", "没有导入。", "请用对应版本的程序打开，或重新发一份模板。"
        )
    texts = {
        base.text(row, 1): {field: base.text(row, at) for at, field in enumerate(COLUMNS, 2)}
        for row in range(1, len(base.rows) + 1)
        if base.text(row, 1)
    }
    return Base(texts, lists.text(1, 3), _whole(lists.text(1, 2)), _whole(lists.text(1, 4)))


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def _version_remarks(base: Base | None, snapshot: YearSnapshot, name: str) -> Iterator[str]:
    if base is None:
        return
    if base.year is not None and base.year != snapshot.year:
        raise InputError(
            f"{quoted(name)}是 {base.year} 年度的报送表。",
            "没有导入。",
            f"请打开 {base.year} 年度，或换一个文件。",
        )
    if base.revision is not None and base.revision < snapshot.revision:
        yield "发出这份表之后计划改动过：单位没有改的格子保持现在的计划，只收单位改了的。"


def _reporting_unit(
    tables: list[tuple[Grid, Head]], names: Names, base: Base | None
) -> tuple[str, str | None]:
    """The words behind 填报单位 and the unit they name; what our own sheet was made for where they are blank.

    Without such a line the unit that the sheet or its title is named after (区司法局2027年政府开放月活动表).
    """
    for grid, head in tables:
        for row in range(1, head.first):
            for column in range(1, grid.width + 1):
                text = bare(grid.text(row, column))
                match = _UNIT_LINE.match(text)
                if match is None or (row, column) in grid.merged:
                    continue
                words = text[match.end() :] or _next_text(grid, row, column)
                words = re.split(r"(?:填报人|填表人|联系人|联系电话|填报日期|填报时间|日期)[:：]?", words)[0]
                if words and "盖章" not in words:
                    return words, names.unit(words)
    if base is not None and base.unit:
        return "", base.unit if names.unit(base.unit) else None
    for grid, head in tables:
        for words in (grid.name, *(grid.text(row, 1) for row in range(1, min(head.first, 4)))):
            if (unit := names.unit(words) or names.unit_before(words)) is not None:
                return one_line(words), unit
    return "", None


def _next_text(grid: Grid, row: int, column: int) -> str:
    """The words in the next cells to the right that are not the same merged one."""
    own = grid.merged.get((row, column), (row, column))
    for after in range(column + 1, min(grid.width, column + 6) + 1):
        if grid.merged.get((row, after), (row, after)) == own:
            continue
        if text := bare(grid.text(row, after)):
            return "" if text.endswith((":", "：")) else text
    return ""


def _above(grid: Grid, head: Head) -> str:
    return " ".join(
        grid.text(row, column) for row in range(1, head.first) for column in range(1, grid.width + 1)
    )


def _head_remarks(grid: Grid, head: Head, several: bool) -> Iterator[str]:  # noqa: FBT001
    where = f"{quoted(grid.name)}的" if several else ""
    if head.unknown:
        listed = "、".join(f"“{one_line(words, 20)}”" for _, words in head.unknown[:6])
        yield f"{where}表头 {listed} 没有对应的内容，这些列没有读。"
    if grid.too_long:
        yield f"{where}有 {len(grid.too_long)} 个格子超过 20000 字，只读了前面的。"


def _passed_over(grid: Grid, head: Head, row: int) -> str | None:
    """Words of a line that is no activity (合计, 注, a repeated head); "" for an empty one; None for an activity."""
    own = {
        column: grid.text(row, column).strip() for column in head.words if (row, column) not in grid.merged
    }
    filled = {column: text for column, text in own.items() if text}
    number = head.columns.get(SheetField.NUMBER)
    said = {
        column: text
        for column, text in filled.items()
        if column != head.key and (column != number or re.search(r"[^\d.、()（）]", text))
    }
    if not said:
        return ""
    first = next(iter(filled.values()))
    beginning = bare(first)
    if _TOTAL.match(first) or _TOTAL.match(next(iter(said.values()))):
        return one_line(" ".join(filled.values()))
    if len(said) == 1 and (
        _PASSED_OVER.match(beginning) or _PASSED_OVER.match(bare(next(iter(said.values()))))
    ):
        return one_line(" ".join(filled.values()))
    if len(said) == 1 and (_is_wide(grid, row) or (number is not None and next(iter(said)) == number)):
        return one_line(" ".join(filled.values()))
    repeated = sum(bare(text) == bare(head.words[column]) for column, text in said.items())
    if repeated >= 2 and repeated == len(said):
        return one_line(" ".join(filled.values()))
    return None


def _is_wide(grid: Grid, row: int) -> bool:
    """Whether one merged cell fills most of the row: a heading between groups, or a note."""
    covered = sum(
        1 for column in range(1, grid.width + 1) if grid.merged.get((row, column), (0, 0))[0] == row
    )
    return grid.width >= 4 and covered * 2 > grid.width


def _missing(base: Base | None, rows: list[FileRow], snapshot: YearSnapshot) -> tuple[str, ...]:
    if base is None:
        return ()
    present = {row.change.key for row in rows if row.change is not None}
    return tuple(key for key in base.texts if key not in present and key in snapshot.event_by_key)


def _like(names: Names, words: str) -> str:
    like = names.like(words)
    return f"（是否为“{like}”？）" if like else ""
