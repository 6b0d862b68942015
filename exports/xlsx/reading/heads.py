"""认表头：各单位写法不一，一行或两行，哪一列说什么。"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from exports.xlsx.columns import SheetField
from exports.xlsx.reading.grid import Grid
from exports.xlsx.reading.plain import bare

MOST_ROWS_ABOVE = 30
"""The head is looked for in so many rows."""

_WORDS: Mapping[SheetField | str, tuple[str, ...]] = {
    SheetField.NUMBER: ("序号", "编号", "号"),
    SheetField.CAMPAIGN: ("工作线", "类别", "活动类别", "活动类型", "类型", "工作类别", "板块", "项目类别"),
    SheetField.TITLE: (
        "活动名称", "名称", "活动主题", "主题", "活动名称(主题)", "活动内容", "内容", "活动项目", "活动名称及内容",
        "开放活动名称", "讲堂主题", "直播主题", "活动主题/内容", "活动名称/主题", "活动题目",
    ),
    SheetField.TIME: (
        "时间", "活动时间", "拟开展时间", "开展时间", "举办时间", "拟定时间", "计划时间", "开放时间", "日期", "活动日期", "举办日期",
        "直播时间", "时间安排", "拟举办时间", "拟开展日期", "时间节点", "开展日期",
    ),
    "clock": ("具体时间", "时段", "活动时段", "时刻", "钟点", "起止时间"),
    "start": ("开始时间", "起始时间", "开始", "开始日期"),
    "end": ("结束时间", "截止时间", "结束", "结束日期"),
    SheetField.PLACE: ("地点", "活动地点", "举办地点", "开放地点", "场所", "开放场所", "活动场所", "举办场所", "地址"),
    SheetField.LEAD: (
        "牵头单位", "主办单位", "主办", "承办单位", "牵头部门", "主办部门", "举办单位", "组织单位", "开放单位", "单位", "单位名称",
        "填报单位", "申报单位", "活动单位",
    ),
    SheetField.RESPONSIBLE: ("责任单位", "协办单位", "配合单位", "参与单位", "联合单位", "责任部门", "协同单位", "承办部门"),
    SheetField.TOWN: ("街镇", "街道", "所在街镇", "属地", "街镇(园区)", "走进街镇"),
    SheetField.STAGE: ("学段", "对象学段"),
    SheetField.THEME: ("活动专题", "季度主题", "专题"),
    SheetField.THEME_CLASS: ("主题分类", "政策分类", "分类", "主题类别", "政策类别"),
    SheetField.FORM: ("形式", "活动形式", "开展形式", "互动形式", "方式", "活动方式", "互动环节", "开放形式"),
    SheetField.PLATFORM: ("直播平台", "平台", "发布平台"),
    SheetField.AUDIENCE: ("参与对象", "对象", "受众", "参加对象", "参加人员", "面向对象", "活动对象", "参与人员", "邀请对象"),
    SheetField.EXPECTED: ("拟参与人数", "人数", "参与人数", "预计人数", "参加人数", "拟参加人数", "预计参与人数", "规模", "活动规模"),
    SheetField.SIGNUP: ("报名方式", "预约方式", "参与方式", "报名途径"),
    SheetField.CONTACT: ("联系人及电话", "联系人", "联系方式", "联系电话", "联系人及联系方式", "电话", "咨询电话"),
    SheetField.NOTE: ("备注", "说明", "其他"),
}  # fmt: skip
_BY_WORD = {bare(word): field for field, words in _WORDS.items() for word in words}
_EXACT_ONLY = frozenset({"号", "单位", "内容", "其他", "说明", "开始", "结束", "主题", "分类", "方式"})
KEY_HEAD = "行标识(勿改)"
MARK_HEAD = "问题(程序标注)"
"""The column that a 退回件 carries; it is not read."""


class Head(NamedTuple):
    """The head of a table: its rows, which column says what, and the words that stand there.

    ``unknown``: columns with a head that is not understood. ``key``: the column of our row keys.
    """

    first: int
    last: int
    columns: Mapping[SheetField | str, int]
    words: Mapping[int, str]
    unknown: tuple[tuple[int, str], ...] = ()
    key: int | None = None
    contacts: tuple[int, ...] = ()


def find_head(grid: Grid) -> Head | None:
    """The head of the sheet's table; None where no row names both what and when."""
    best: Head | None = None
    for row in range(1, min(len(grid.rows), MOST_ROWS_ABOVE) + 1):
        for last in (row, row + 1):
            head = _head(grid, row, last)
            if head is None:
                continue
            if best is None or _worth(head) > _worth(best):
                best = head
    return best


def _worth(head: Head) -> tuple[int, int]:
    """The more columns are known the better; of two alike the one with fewer rows."""
    return len(head.columns), head.first - head.last


def _head(grid: Grid, first: int, last: int) -> Head | None:
    if last > len(grid.rows):
        return None
    columns: dict[SheetField | str, int] = {}
    words: dict[int, str] = {}
    unknown: list[tuple[int, str]] = []
    contacts: list[int] = []
    key = None
    for column in range(1, grid.width + 1):
        parts = list(
            dict.fromkeys(filter(None, (grid.text(row, column).strip() for row in range(first, last + 1))))
        )
        if not parts:
            continue
        words[column] = "".join(parts).replace("\n", "")
        if bare(parts[-1]) == KEY_HEAD:
            key = column
            continue
        if bare(parts[-1]) == MARK_HEAD:
            continue
        field = _field_of(parts)
        if field is None:
            unknown.append((column, words[column]))
        elif field in columns:
            if field is SheetField.CONTACT:
                contacts.append(column)
            elif not _resolve_twice(columns, words, field, column):
                unknown.append((column, words[column]))
        else:
            columns[field] = column
    _settle_units(columns)
    if SheetField.TITLE not in columns or not {SheetField.TIME, "start"} & set(columns):
        return None
    if first != last and not _second_row_says_more(grid, first, last):
        return None
    return Head(first, last, columns, words, tuple(unknown), key, tuple(contacts))


def _field_of(parts: list[str]) -> SheetField | str | None:
    """The field that the words of a head name: the lower word, else the upper one, else a word inside."""
    if any(re.search(r":.", bare(part)) for part in parts):
        return None  # 填报单位：区司法局 is no head
    for part in (*reversed(parts), "".join(parts)):
        word = bare(part).strip("*:。")
        word = re.sub(r"^\d+[.、]", "", word)
        if (field := _BY_WORD.get(word)) is not None:
            return field
        stripped = re.sub(r"[((].*[))]", "", word)
        if (field := _BY_WORD.get(stripped)) is not None:
            return field
    for part in reversed(parts):
        word = bare(part)
        if len(word) > 16:
            continue
        for known in sorted(_BY_WORD, key=len, reverse=True):
            if known not in _EXACT_ONLY and len(known) > 1 and known in word:
                return _BY_WORD[known]
    return None


def _resolve_twice(
    columns: dict[SheetField | str, int], words: Mapping[int, str], field: SheetField | str, column: int
) -> bool:
    """Two heads of one meaning: 活动名称 with 主题 or 内容 beside it, 日期 with 时间, 主办单位 with 承办单位."""
    earlier = bare(words[columns[field]])
    later = bare(words[column])
    if field is SheetField.TITLE and SheetField.THEME not in columns and "主题" in (earlier, later):
        if earlier == "主题":
            columns[SheetField.THEME], columns[SheetField.TITLE] = columns[field], column
        else:
            columns[SheetField.THEME] = column
        return True
    if field is SheetField.TIME and "clock" not in columns:
        if "日期" in earlier:
            columns["clock"] = column
            return True
        if "日期" in later:
            columns["clock"], columns[SheetField.TIME] = columns[field], column
            return True
    if field is SheetField.LEAD and SheetField.RESPONSIBLE not in columns:
        columns[SheetField.RESPONSIBLE] = column
        return True
    return False


def _settle_units(columns: dict[SheetField | str, int]) -> None:
    """Where only 责任单位 are asked for, they lead."""
    if SheetField.LEAD not in columns and SheetField.RESPONSIBLE in columns:
        columns[SheetField.LEAD] = columns.pop(SheetField.RESPONSIBLE)


def _second_row_says_more(grid: Grid, first: int, last: int) -> bool:
    """Whether the lower row belongs to the head: it holds heads of its own below a merged or empty upper cell."""
    lower = [grid.text(last, column).strip() for column in range(1, grid.width + 1)]
    upper = [grid.text(first, column).strip() for column in range(1, grid.width + 1)]
    if sum(_field_of([up]) is not None for up in set(upper) - {""}) < 2:
        return False
    own = [low for low, up in zip(lower, upper, strict=True) if low and low != up]
    known = [low for low in own if _field_of([low]) is not None]
    return bool(own) and len(known) * 2 >= len(own)
