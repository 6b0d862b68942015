"""import FILE.xlsx、FILE.ics：读交回来的报送表、决策事项目录或部门日历；不带 --apply 时只列出会怎样。"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from exports.incoming import EITHER, Reading, most_bytes, read_incoming
from exports.xlsx.reading.catalogue import catalogue_changes
from exports.xlsx.reading.taking import changes_of, step_title, summary, usual_ticks
from exports.xlsx.reading.values import CellProblem, SheetReading, SheetRowState
from gui.headless.arguments import Request
from gui.headless.opening import open_for_reading, open_for_writing
from gui.headless.terminal import fields, print_json, print_result, tell
from models.apart import read_apart, whole_file
from models.commands import apply_changes
from models.domain.errors import CommandError, InputError
from models.domain.field_labels import FIELD_LABELS
from models.domain.snapshot import YearSnapshot
from models.queries import year_snapshot, years
from models.store import Store

_NOTHING = "什么都没改。"


def run(request: Request) -> int:
    """What the rows of the sheet would do is the result; with ``--apply`` the good ones are in.

    1 where a row was refused: the good ones do not wait for it.
    """
    assert request.file is not None
    path = Path(request.file).expanduser()
    data = _bytes(path)
    if request.apply:
        with open_for_writing(request) as store:
            snapshot = _snapshot(store, request.year)
            reading = _read(data, snapshot, path, request)
            changes = _changes(reading)
            if changes:
                title = (
                    step_title(reading, changes)
                    if isinstance(reading, SheetReading)
                    else f"导入决策目录（{len(changes)} 项）"
                )
                apply_changes(store, snapshot.year, title, changes)
    else:
        with open_for_reading(request) as store:
            snapshot = _snapshot(store, request.year)
        reading = _read(data, snapshot, path, request)
        changes = _changes(reading)
    _report(request, reading, snapshot, len(changes))
    return 1 if any(row.state is SheetRowState.REFUSED for row in reading.rows) else 0


def _bytes(path: Path) -> bytes:
    if not path.is_file():
        raise InputError(f"没有这个文件：{path}。", _NOTHING, "请核对文件名。")
    return whole_file(path, most_bytes(path), _NOTHING)


def _snapshot(store: Store, year: int | None) -> YearSnapshot:
    """The year asked for; without one the only year there is."""
    known = years(store)
    if year is None and len(known) != 1:
        raise CommandError("没有写明导入到哪个年度。", "什么都没改。", "请加上 --year，如 --year 2027。")
    return year_snapshot(store, year if year is not None else known[0])


def _read(data: bytes, snapshot: YearSnapshot, path: Path, request: Request) -> Reading:
    asked = data, snapshot, path.name, EITHER, request.campaign, request.confirmed
    return read_apart(read_incoming, asked, path.name, _NOTHING)


def _changes(reading: Reading) -> tuple[Any, ...]:
    if isinstance(reading, SheetReading):
        return changes_of(reading, usual_ticks(reading))
    return catalogue_changes(reading)


def _report(request: Request, reading: Reading, snapshot: YearSnapshot, count: int) -> None:
    if request.json:
        print_json(_plain(reading, applied=request.apply))
    else:
        print_result("\n".join(_lines(reading, snapshot)))
    if not count:
        tell("没有可以采纳的行，没有改动。")
    elif request.apply:
        tell(f"已采纳 {count} 项，可以撤销。")
    else:
        tell("以上只是试读，什么都没改；加上 --apply 才采纳没有问题的行。")


def _lines(reading: Reading, snapshot: YearSnapshot) -> Iterable[str]:
    kind = "报送表" if isinstance(reading, SheetReading) else "决策事项目录"
    if reading.file.lower().endswith(".ics"):
        kind = "部门日历"
    unit = ""
    if isinstance(reading, SheetReading) and reading.unit:
        unit = f"，填报单位 {snapshot.unit_name(reading.unit)}"
    yield f"{reading.file}（{snapshot.year}年{kind}{unit}）"
    yield f"  {_counts(reading)}"
    for remark in reading.remarks:
        yield f"  注意：{remark}"
    several = len({row.sheet for row in reading.rows}) > 1
    for row in reading.rows:
        asked = (
            "（请在窗口里核对，没有勾选）"
            if isinstance(reading, SheetReading) and getattr(row, "ask", False)
            else ""
        )
        fields = f"：{'、'.join(FIELD_LABELS[name] for name in row.fields)}" if row.fields else ""
        sheet = f"{row.sheet} " if several else ""
        yield f"  {row.state.label} {sheet}第 {row.row} 行 {row.title}{fields}{asked}"
        for problem in row.problems:
            yield f"    {'不收' if problem.refused else '注意'} {problem}"
    for sheet_name, at, words in reading.passed_over:
        yield f"  略过 {f'{sheet_name} ' if several else ''}第 {at} 行 {words}"
    if isinstance(reading, SheetReading) and reading.missing:
        yield f"  表里少了原来列出的 {len(reading.missing)} 场，计划里照旧保留。"


def _counts(reading: Reading) -> str:
    if isinstance(reading, SheetReading):
        return summary(reading)
    counts = [(state, sum(row.state is state for row in reading.rows)) for state in SheetRowState]
    return " · ".join(f"{state.label} {number}" for state, number in counts if number) or "没有事项"


def _plain(reading: Reading, *, applied: bool) -> dict[str, Any]:
    """The reading for programs: rows with state, fields and problems."""
    sheet = isinstance(reading, SheetReading)
    ticked = usual_ticks(reading) if isinstance(reading, SheetReading) else None
    return {
        "kind": "calendar"
        if reading.file.lower().endswith(".ics")
        else "submission"
        if sheet
        else "catalogue",
        "year": reading.year,
        "file": reading.file,
        "unit": reading.unit if isinstance(reading, SheetReading) else None,
        "applied": applied,
        "remarks": list(reading.remarks),
        "rows": [
            {
                **fields(row, "sheet row title state"),
                "key": _key(row),
                "ticked": row.usable and (ticked is None or row.place in ticked),
                "fields": list(row.fields),
                "problems": [_problem(problem) for problem in row.problems],
            }
            for row in reading.rows
        ],
        "passed_over": [
            {"sheet": name, "row": at, "words": words} for name, at, words in reading.passed_over
        ],
        "missing": list(reading.missing) if isinstance(reading, SheetReading) else [],
    }


def _key(row: Any) -> str | None:
    item = getattr(row, "event", None) or getattr(row, "decision", None) or row.before
    return item.key if item is not None else None


def _problem(problem: CellProblem) -> dict[str, Any]:
    from exports.xlsx.reading.grid import column_letters

    return {
        "row": problem.row,
        "column": column_letters(problem.column),
        **fields(problem, "head value reason refused"),
    }
