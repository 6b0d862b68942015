"""报送表（.xlsx）：发给单位填写，交回来能认出是哪一版、哪一行。"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from exports.office_file import book_bytes, repacked
from exports.xlsx.cells import FONT, dress, put_text
from exports.xlsx.columns import COLUMNS, REQUIRED, WIDTHS, Filled, SheetField, filled_row
from models.domain.errors import CommandError
from models.domain.events import Campaign, Event, EventStatus
from models.domain.masking import masks_of
from models.domain.school_stages import stages_of_year
from models.domain.snapshot import YearSnapshot
from models.domain.units import UnitKind

FORMAT = "outreach-submission/1"
"""What the hidden version cell holds; a later layout gets a later number."""

LIST_SHEET, BASE_SHEET = "清单", "底稿"
BLANK_ROWS = 60
MOST_PREFILLED = 2_000
HEAD_ROW = 4
_ROW_HEIGHT = 21
FIRST_ROW = HEAD_ROW + 1
THEME_CLASSES = ("营商环境类", "产业发展类", "民生保障类")
FORMS = ("答疑", "座谈", "活动体验", "调查问卷", "实地走访", "现场咨询", "专题讲座")
PLATFORMS = ("“宝你汇”直播间", "“宝山汇”APP", "“上海宝山”抖音号")
_GONE = (EventStatus.CANCELLED,)
_INSTRUCTIONS = (
    "填写说明：①工作线、活动名称、活动时间为必填；没有定的时间写“待定”“5月中旬”“第二季度”，未确定的在后面写“（暂定）”。"
    "②时间写法：5月12日14:00—16:00、5月12日上午、8月26日至8月28日。"
    "③几个单位、街镇、学段或形式之间用“、”分开；单位写规范名称。"
    "④请勿改动表头；已列出的活动直接在原行修改，新增的接着往下填。⑤不要填写身份证号和未满十四周岁学生的姓名。"
)
_NUMBERS = frozenset({SheetField.NUMBER, SheetField.EXPECTED})
_SINGLE = frozenset({SheetField.CAMPAIGN, SheetField.THEME_CLASS})
"""Columns that take one value of their list and nothing else."""


def template_bytes(snapshot: YearSnapshot, unit: str | None = None) -> bytes:
    """A 报送表 of the year; of ``unit`` (its key) with the events it leads or is responsible for.

    No delegate's name or phone is in it. The hidden sheets hold the version, the lists, each row's key and what was written into it, so that a
    returned sheet changes what the unit changed and doubles nothing. The same year gives the same bytes.
    Raises ``CommandError`` where the year has no such unit.
    """
    from openpyxl import Workbook

    if unit is not None and unit not in snapshot.unit_by_key:
        raise CommandError(f"{snapshot.year}年没有单位“{unit}”。", "没有写出文件。", "请先在单位名录里添加。")
    snapshot = masks_of(snapshot).year(snapshot)
    rows = prefilled(snapshot, unit)
    lists = drop_down_lists(snapshot)
    last = HEAD_ROW + len(rows) + BLANK_ROWS
    book = Workbook()
    sheet = book.active
    sheet.title = "报送表"
    title = f"{snapshot.year_row.district}{snapshot.year}年度政务公开活动报送表"
    _write_head(sheet, snapshot, unit, title)
    _write_rows(sheet, rows, _blank_keys(snapshot, unit))
    _write_lists(book.create_sheet(LIST_SHEET), lists, snapshot, unit)
    _write_base(book.create_sheet(BASE_SHEET), rows)
    _add_lists(sheet, lists, last)
    _set_up(sheet, last)
    return repacked(book_bytes(book), title, date(snapshot.year, 1, 1))


def prefilled(snapshot: YearSnapshot, unit: str | None) -> tuple[Filled, ...]:
    """The events of ``unit`` that still stand, by their day; none for a blank sheet."""
    if unit is None:
        return ()
    own = [event for event in snapshot.events if event.status not in _GONE and unit in _concerned(event)]
    own.sort(key=lambda event: (event.starts_at is None, event.starts_at or 0, event.key))
    return tuple(filled_row(event, snapshot, number) for number, event in enumerate(own[:MOST_PREFILLED], 1))


def _concerned(event: Event) -> tuple[str, ...]:
    return (*event.units, *event.towns, *((event.park,) if event.park else ()))


def drop_down_lists(snapshot: YearSnapshot) -> Mapping[SheetField, tuple[str, ...]]:
    """What can be chosen in each column that has a list."""
    units = tuple(unit.name for unit in snapshot.units if unit.kind is not UnitKind.SCHOOL)
    towns = tuple(unit.name for unit in snapshot.units if unit.kind is UnitKind.TOWN)
    used = {
        field: _used(snapshot, field)
        for field in (SheetField.FORM, SheetField.PLATFORM, SheetField.THEME_CLASS)
    }
    lists = {
        SheetField.CAMPAIGN: tuple(campaign.label for campaign in Campaign),
        SheetField.LEAD: units,
        SheetField.RESPONSIBLE: units,
        SheetField.TOWN: towns,
        SheetField.STAGE: tuple(stage.label for stage in stages_of_year(snapshot.year_row)),
        SheetField.THEME_CLASS: tuple(dict.fromkeys((*THEME_CLASSES, *used[SheetField.THEME_CLASS]))),
        SheetField.FORM: tuple(dict.fromkeys((*FORMS, *used[SheetField.FORM]))),
        SheetField.PLATFORM: tuple(dict.fromkeys((*PLATFORMS, *used[SheetField.PLATFORM]))),
    }
    return {field: values for field, values in lists.items() if values}


def _used(snapshot: YearSnapshot, field: SheetField) -> tuple[str, ...]:
    """Values of the year's own events, in the order in which they came."""
    found: dict[str, None] = {}
    for event in snapshot.events:
        value = getattr(event, field.value)
        for word in (value,) if isinstance(value, str) else value:
            if word.strip():
                found[word] = None
    return tuple(found)


def _blank_keys(snapshot: YearSnapshot, unit: str | None) -> tuple[str, ...]:
    """Keys for the rows that are still blank: none of them is the key of an event."""
    source = f"{snapshot.installation}|{snapshot.year}|{unit or ''}"
    mark = hashlib.sha256(source.encode()).hexdigest()[:6].upper()
    return tuple(f"R{snapshot.revision}-{mark}-{number:03d}" for number in range(1, BLANK_ROWS + 1))


# ── 表面 ──


def _write_head(sheet: Any, snapshot: YearSnapshot, unit: str | None, title: str) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill, Protection

    width = len(COLUMNS)
    put_text(sheet.cell(1, 1), title)
    sheet.cell(1, 1).font = Font(name="黑体", size=18, bold=True)
    sheet.cell(1, 1).alignment = Alignment(horizontal="center", vertical="center")
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
    sheet.row_dimensions[1].height = 34
    for at, words in ((1, "填报单位："), (6, "填报人："), (9, "联系电话："), (13, "填报日期：")):
        put_text(sheet.cell(2, at), words)
        sheet.cell(2, at).font = Font(name=FONT, size=12, bold=True)
        sheet.cell(2, at).alignment = Alignment(horizontal="right", vertical="center")
    sheet.merge_cells("A2:B2")
    sheet.merge_cells("I2:J2")
    for at in (3, 7, 11, 14):
        cell = sheet.cell(2, at)
        cell.protection = Protection(locked=False)
        cell.font = Font(name=FONT, size=12)
        cell.alignment = Alignment(horizontal="left", vertical="center")
        cell.number_format = "@"
    put_text(sheet.cell(2, 3), snapshot.unit_name(unit) if unit else "")
    sheet.row_dimensions[2].height = 24
    put_text(sheet.cell(3, 1), _INSTRUCTIONS)
    sheet.cell(3, 1).font = Font(name="楷体", size=11)
    sheet.cell(3, 1).alignment = Alignment(vertical="center", wrap_text=True)
    sheet.merge_cells(start_row=3, start_column=1, end_row=3, end_column=width)
    sheet.row_dimensions[3].height = 48
    for at, field in enumerate(COLUMNS, 1):
        cell = sheet.cell(HEAD_ROW, at)
        put_text(cell, f"{field.label}*" if field in REQUIRED else field.label)
        cell.font = Font(name="黑体", size=11, bold=True)
        cell.fill = PatternFill("solid", fgColor="E8EDF4")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = _border()
    put_text(sheet.cell(HEAD_ROW, width + 1), "行标识（勿改）")
    sheet.row_dimensions[HEAD_ROW].height = 24


def _border() -> Any:
    from openpyxl.styles import Border, Side

    line = Side(style="thin", color="000000")
    return Border(left=line, right=line, top=line, bottom=line)


def _write_rows(sheet: Any, rows: Sequence[Filled], blank_keys: Sequence[str]) -> None:
    blanks = (
        Filled(key, tuple(str(len(rows) + number) if field is SheetField.NUMBER else "" for field in COLUMNS))
        for number, key in enumerate(blank_keys, 1)
    )
    for at, row in enumerate((*rows, *blanks), FIRST_ROW):
        for column, (field, text) in enumerate(zip(COLUMNS, row.texts, strict=True), 1):
            cell = sheet.cell(at, column)
            if field in _NUMBERS:
                dress(cell, "number", _number_look)
            else:
                dress(cell, "text", _text_look)
            if field in _NUMBERS and text.isascii() and text.isdigit():
                cell.value = int(text)
            elif text:
                put_text(cell, text)
        put_text(sheet.cell(at, len(COLUMNS) + 1), row.key)


def _text_look(cell: Any) -> None:
    from openpyxl.styles import Alignment, Font, Protection

    cell.number_format = "@"
    cell.font, cell.border, cell.protection = Font(name=FONT, size=11), _border(), Protection(locked=False)
    cell.alignment = Alignment(vertical="center", wrap_text=True)


def _number_look(cell: Any) -> None:
    from openpyxl.styles import Alignment

    _text_look(cell)
    cell.number_format = "General"
    cell.alignment = Alignment(horizontal="center", vertical="center")


# ── 看不见的 ──


def _write_lists(
    sheet: Any, lists: Mapping[SheetField, tuple[str, ...]], snapshot: YearSnapshot, unit: str | None
) -> None:
    """Version, year, unit and revision in row 1; a list a column from row 2 on."""
    for at, value in enumerate((FORMAT, str(snapshot.year), unit or "", str(snapshot.revision)), 1):
        put_text(sheet.cell(1, at), value)
    for column, (field, values) in enumerate(lists.items(), 1):
        put_text(sheet.cell(2, column), field.label)
        for at, value in enumerate(values, 3):
            put_text(sheet.cell(at, column), value)
    sheet.sheet_state = "hidden"
    sheet.protection.sheet = True


def _write_base(sheet: Any, rows: Sequence[Filled]) -> None:
    """What was written into each row, so that only what the unit changed is taken."""
    for at, row in enumerate(rows, 1):
        for column, text in enumerate((row.key, *row.texts), 1):
            put_text(sheet.cell(at, column), text)
    sheet.sheet_state = "hidden"
    sheet.protection.sheet = True


def _add_lists(sheet: Any, lists: Mapping[SheetField, tuple[str, ...]], last: int) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for at, (field, values) in enumerate(lists.items(), 1):
        letter = get_column_letter(at)
        rule = DataValidation(
            type="list",
            formula1=f"{LIST_SHEET}!${letter}$3:${letter}${len(values) + 2}",
            allow_blank=True,
            showErrorMessage=field in _SINGLE,
        )
        rule.errorTitle, rule.error = "不在清单里", f"请从下拉清单中选择{field.label}。"
        if field not in _SINGLE:
            rule.showInputMessage = True
            rule.promptTitle, rule.prompt = field.label, "可从清单选择；有几个时直接填写，用“、”分开。"
        column = get_column_letter(COLUMNS.index(field) + 1)
        rule.add(f"{column}{FIRST_ROW}:{column}{last}")
        if field is SheetField.LEAD:
            rule.add("C2")
        sheet.add_data_validation(rule)


def _set_up(sheet: Any, last: int) -> None:
    from openpyxl.utils import get_column_letter

    for at, field in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(at)].width = WIDTHS[field]
    sheet.column_dimensions[get_column_letter(len(COLUMNS) + 1)].hidden = True
    sheet.sheet_format.defaultRowHeight = _ROW_HEIGHT
    sheet.sheet_format.customHeight = True
    sheet.freeze_panes = f"D{FIRST_ROW}"
    protection = sheet.protection
    protection.sheet = True
    for allowed in ("formatCells", "formatColumns", "formatRows", "insertRows", "sort", "autoFilter"):
        setattr(protection, allowed, False)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 8
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    sheet.print_area = f"A1:{get_column_letter(len(COLUMNS))}{last}"
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
