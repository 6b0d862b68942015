"""读重大行政决策事项目录（.xlsx）：事项名称、承办单位、列入日期、层级、会议；先看再收。"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from exports.xlsx.reading.grid import Grid, Value, read_workbook, value_text
from exports.xlsx.reading.names import Names
from exports.xlsx.reading.plain import bare, one_line
from exports.xlsx.reading.times import NotUnderstoodError, read_moment, read_number, read_time
from exports.xlsx.reading.values import CellProblem, FileKind, FileReading, FileRow
from models.domain.attendance import Decision, DecisionBody
from models.domain.changes import RowChange
from models.domain.errors import InputError
from models.domain.events import Precision
from models.domain.plain_values import why_out_of_reach
from models.domain.snapshot import YearSnapshot
from models.domain.text import LONGEST_LINE, quoted
from models.domain.units import UnitKind

MOST_ROWS_ABOVE = 30
_WORDS: Mapping[str, tuple[str, ...]] = {
    "number": ("序号",),
    "title": ("事项名称", "决策事项", "决策事项名称", "重大行政决策事项", "重大行政决策事项名称", "名称", "项目名称", "事项"),
    "unit": ("承办单位", "责任单位", "牵头单位", "起草单位", "主办单位", "承办部门", "责任部门", "决策承办单位", "决策承办单位名称"),
    "listed_on": ("列入日期", "列入目录日期", "列入时间", "公布日期", "公布时间", "发布日期"),
    "submitted": ("拟提交时间", "拟上会时间", "计划上会时间", "拟审议时间", "计划审议时间", "计划完成时间", "拟提请审议时间", "提交时间", "完成时间", "决策时间", "拟决策时间", "计划时间", "时间安排"),
    "body": ("层级", "决策机关", "决策主体", "目录层级", "级别", "决策层级"),
    "note": ("备注",),
}  # fmt: skip
_BY_WORD = {bare(word): field for field, words in _WORDS.items() for word in words}
_LABELS = {"title": "事项名称", "unit": "承办单位", "listed_on": "列入日期", "body": "层级"}
_BODIES = {
    "区级": DecisionBody.DISTRICT,
    "区": DecisionBody.DISTRICT,
    "区政府": DecisionBody.DISTRICT,
    "宝山区人民政府": DecisionBody.DISTRICT,
    "区人民政府": DecisionBody.DISTRICT,
    "街镇": DecisionBody.TOWN,
    "街镇级": DecisionBody.TOWN,
    "镇级": DecisionBody.TOWN,
    "街道": DecisionBody.TOWN,
    "园区": DecisionBody.PARK,
    "园区级": DecisionBody.PARK,
}
_BY_KIND = {UnitKind.TOWN: DecisionBody.TOWN, UnitKind.PARK: DecisionBody.PARK}
_FOOT = re.compile(r"^(?:合\s*计|总\s*计|共\s*计|注[:：]|备注[:：]|说明[:：])")


def read_catalogue(data: bytes, snapshot: YearSnapshot, name: str) -> FileReading:
    """The decisions in the workbook ``data``; nothing is changed.

    Raises ``InputError`` where the file cannot be opened safely or names no decisions.
    """
    book = read_workbook(data, name)
    reader = _DecisionReader(snapshot, book.epoch)
    rows: list[FileRow] = []
    remarks: list[str] = []
    passed_over: list[tuple[str, int, str]] = []
    found = False
    for grid in book.sheets:
        head = None if grid.hidden else _find_head(grid)
        if head is None:
            continue
        found = True
        at, columns, unknown = head
        if unknown:
            remarks.append(
                f"表头 {'、'.join(f'“{word}”' for word in unknown[:6])} 没有对应的内容，这些列没有读。"
            )
        for row in range(at + 1, len(grid.rows) + 1):
            words = _words(grid, row)
            said = [text for column, text in words.items() if column != columns.get("number")]
            if not said:
                continue
            if _FOOT.match(next(iter(words.values()))) or (len(said) == 1 and _FOOT.match(said[0])):
                passed_over.append((grid.name, row, one_line(" ".join(words.values()))))
                continue
            rows.append(reader.read(grid, row, columns))
    if not found:
        raise InputError(
            f"在{quoted(name)}里没有找到决策事项目录：没有一行表头写着事项名称。",
            "没有导入。",
            "请核对表头：事项名称、承办单位、列入日期、层级。",
        )
    return FileReading(
        name, snapshot.year, FileKind.CATALOGUE, tuple(rows), tuple(remarks), tuple(passed_over)
    )


def is_catalogue(data: bytes, name: str) -> bool:
    """Whether the workbook is a catalogue of decisions rather than a 报送表: its head or title says so."""
    book = read_workbook(data, name)
    for grid in book.sheets:
        head = None if grid.hidden else _find_head(grid)
        if head is None:
            continue
        at, columns, _ = head
        title = bare(grid.text(at, columns["title"]))
        above = "".join(grid.text(row, 1) for row in range(1, at + 1))
        return "事项" in title or "决策" in above
    return False


def _words(grid: Grid, row: int) -> dict[int, str]:
    texts = ((column, grid.text(row, column).strip()) for column in range(1, grid.width + 1))
    return {column: text for column, text in texts if text and (row, column) not in grid.merged}


def _find_head(grid: Grid) -> tuple[int, dict[str, int], list[str]] | None:
    best: tuple[int, dict[str, int], list[str]] | None = None
    for row in range(1, min(len(grid.rows), MOST_ROWS_ABOVE) + 1):
        columns: dict[str, int] = {}
        unknown: list[str] = []
        for column in range(1, grid.width + 1):
            word = re.sub(r"[((].*[))]|\*", "", bare(grid.text(row, column)))
            if not word or (row, column) in grid.merged:
                continue
            field = _BY_WORD.get(word)
            if field is None or field in columns:
                unknown.append(one_line(grid.text(row, column), 20))
            else:
                columns[field] = column
        if "title" in columns and len(columns) >= 2 and (best is None or len(columns) > len(best[1])):
            best = row, columns, unknown
    return best


class _DecisionReader:
    """Reads rows of the catalogue and finds the decisions they speak of."""

    def __init__(self, snapshot: YearSnapshot, epoch: datetime) -> None:
        self._snapshot = snapshot
        self._epoch = epoch
        self._names = Names(snapshot)
        self._known = {bare(decision.title): decision for decision in snapshot.decisions}
        self._read: dict[str, int] = {}
        self._taken = {decision.key for decision in snapshot.decisions}
        self._number = snapshot.revision

    def read(self, grid: Grid, row: int, columns: Mapping[str, int]) -> FileRow:
        """The row with what it would do."""
        problems: list[CellProblem] = []

        def say(field: str, reason: str, *, refused: bool = False) -> None:
            column = columns.get(field, 0)
            value = one_line(grid.text(row, column)) if column else ""
            problems.append(CellProblem(row, column, _LABELS.get(field, ""), value, reason, refused))

        title = re.sub(r"\s*\n\s*", "", grid.text(row, columns["title"])).strip()
        if not title:
            say("title", "没有写事项名称", refused=True)
        elif len(title) > LONGEST_LINE:
            say("title", f"事项名称超过 {LONGEST_LINE} 字", refused=True)
        elif bare(title) in self._read:
            say("title", f"与第 {self._read[bare(title)]} 行是同一事项", refused=True)
        else:
            self._read[bare(title)] = row
        values = self._values(grid, row, columns, say)
        before = self._known.get(bare(title)) if title else None
        shown = one_line(title) or f"第 {row} 行"
        submitted = one_line(grid.text(row, columns["submitted"])) if "submitted" in columns else ""
        if any(problem.refused for problem in problems):
            change = RowChange.of(before, before) if before is not None else None
        elif before is None:
            change = RowChange.of(None, Decision(self._free_key(), title, **values))
        else:
            change = RowChange.of(before, before._replace(**values))
        return FileRow(grid.name, row, shown, change, tuple(problems), submitted=submitted)

    def _values(self, grid: Grid, row: int, columns: Mapping[str, int], say: Any) -> dict[str, Any]:
        values: dict[str, Any] = {}
        words = grid.text(row, columns["unit"]).strip() if "unit" in columns else ""
        if words:
            found = self._names.units(words)
            if found.unknown:
                like = self._names.like(found.unknown[0])
                say(
                    "unit",
                    f"没有单位“{one_line(found.unknown[0], 30)}”" + (f"，是否为“{like}”" if like else ""),
                    refused=True,
                )
            elif found.keys:
                values["unit"] = found.keys[0]
                if len(found.keys) > 1:
                    say("unit", f"写了 {len(found.keys)} 个单位，承办单位记第一个")
        body = self._body(grid, row, columns, values.get("unit"), say)
        if body is not None:
            values["body"] = body
        if "listed_on" in columns and (value := grid.at(row, columns["listed_on"])) not in (None, ""):
            day = self._day(value, say)
            if day is not None:
                values["listed_on"] = day
        return values

    def _body(
        self, grid: Grid, row: int, columns: Mapping[str, int], unit: str | None, say: Any
    ) -> DecisionBody | None:
        words = bare(grid.text(row, columns["body"])) if "body" in columns else ""
        if words:
            if words in _BODIES:
                return _BODIES[words]
            owner = self._names.unit(words)
            if owner is not None:
                return _BY_KIND.get(self._snapshot.unit_by_key[owner].kind, DecisionBody.DISTRICT)
            say("body", "层级应为区级、街镇或园区", refused=True)
            return None
        if unit is not None and "body" not in columns:
            return _BY_KIND.get(self._snapshot.unit_by_key[unit].kind)
        return None

    def _day(self, value: Value, say: Any) -> date | None:
        try:
            if isinstance(value, datetime | date):
                when = read_moment(value, value.year)
            elif isinstance(value, int | float) and not isinstance(value, bool):
                when = read_number(float(value), self._snapshot.year, self._epoch)
            else:
                when = read_time(value_text(value), _said_year(value_text(value)) or self._snapshot.year)
        except NotUnderstoodError as error:
            say("listed_on", f"{error}", refused=error.wrong)
            return None
        if when.starts_at is None or when.precision not in (
            Precision.DAY,
            Precision.TIME,
            Precision.HALF_DAY,
        ):
            say("listed_on", "没有写到哪一天，没有收")
            return None
        day = when.starts_at.date()
        if why := why_out_of_reach(day):
            say("listed_on", why, refused=True)
            return None
        return day

    def _free_key(self) -> str:
        while True:
            self._number += 1
            key = f"D{self._number:04d}"
            if key not in self._taken:
                self._taken.add(key)
                return key


def _said_year(words: str) -> int | None:
    match = re.search(r"(20\d\d)\s*[年./-]", words)
    return int(match[1]) if match else None
