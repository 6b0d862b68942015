"""import FILE.xlsx、FILE.ics：读交回来的报送表、决策事项目录或部门日历；不带 --apply 时只列出会怎样。"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from exports.incoming import EITHER, most_bytes, read_incoming
from exports.xlsx.reading.taking import changes_of, step_title, usual_ticks
from exports.xlsx.reading.values import CellProblem, FileReading, RowFate
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
            changes = changes_of(reading, usual_ticks(reading))
            if changes:
                apply_changes(store, snapshot.year, step_title(reading, changes), changes)
    else:
        with open_for_reading(request) as store:
            snapshot = _snapshot(store, request.year)
        reading = _read(data, snapshot, path, request)
        changes = changes_of(reading, usual_ticks(reading))
    _report(request, reading, snapshot, len(changes))
    return 1 if any(row.state is RowFate.REFUSED for row in reading.rows) else 0


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


def _read(data: bytes, snapshot: YearSnapshot, path: Path, request: Request) -> FileReading:
    asked = data, snapshot, path.name, EITHER, request.campaign, request.confirmed
    return read_apart(read_incoming, asked, path.name, _NOTHING)


def _report(request: Request, reading: FileReading, snapshot: YearSnapshot, count: int) -> None:
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


def _lines(reading: FileReading, snapshot: YearSnapshot) -> Iterable[str]:
    unit = f"，填报单位 {snapshot.unit_name(reading.unit)}" if reading.unit else ""
    yield f"{reading.file}（{snapshot.year}年{reading.kind.label}{unit}）"
    yield f"  {reading.summary}"
    for remark in reading.remarks:
        yield f"  注意：{remark}"
    several = len({row.sheet for row in reading.rows}) > 1
    for row in reading.rows:
        asked = "（请在窗口里核对，没有勾选）" if row.ask else ""
        fields = f"：{'、'.join(FIELD_LABELS[name] for name in row.fields)}" if row.fields else ""
        sheet = f"{row.sheet} " if several else ""
        yield f"  {row.state.label} {sheet}第 {row.row} 行 {row.title}{fields}{asked}"
        for problem in row.problems:
            yield f"    {'不收' if problem.refused else '注意'} {problem}"
    for sheet_name, at, words in reading.passed_over:
        yield f"  略过 {f'{sheet_name} ' if several else ''}第 {at} 行 {words}"
    if reading.missing:
        yield f"  表里少了原来列出的 {len(reading.missing)} 场，计划里照旧保留。"


def _plain(reading: FileReading, *, applied: bool) -> dict[str, Any]:
    """The reading for programs: rows with state, fields and problems."""
    ticked = usual_ticks(reading)
    return {
        "kind": reading.kind.value,
        "year": reading.year,
        "file": reading.file,
        "unit": reading.unit,
        "applied": applied,
        "remarks": list(reading.remarks),
        "rows": [
            {
                **fields(row, "sheet row title state"),
                "key": row.change.key if row.change is not None else None,
                "ticked": row.place in ticked,
                "fields": list(row.fields),
                "problems": [_problem(problem) for problem in row.problems],
            }
            for row in reading.rows
        ],
        "passed_over": [
            {"sheet": name, "row": at, "words": words} for name, at, words in reading.passed_over
        ],
        "missing": list(reading.missing),
    }


def _problem(problem: CellProblem) -> dict[str, Any]:
    from exports.xlsx.reading.grid import column_letters

    return {
        "row": problem.row,
        "column": column_letters(problem.column),
        **fields(problem, "head value reason refused"),
    }
