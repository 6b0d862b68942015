"""采纳：勾选的行成为行变更，拆分的一行成为几场；一步完成，一步撤销。"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from exports.xlsx.reading.values import FileKind, FileReading, FileRow
from models.domain.changes import RowChange
from models.domain.events import EventStatus

Place = tuple[str, int]


def usual_ticks(reading: FileReading) -> frozenset[Place]:
    """The rows that come ticked: all that can be taken, but those about which a person has to be asked."""
    return frozenset(row.place for row in reading.rows if row.usable and not row.ask)


def changes_of(
    reading: FileReading, ticked: Collection[Place], split: Collection[Place] = ()
) -> tuple[RowChange, ...]:
    """The changes of the rows that are ticked; those in ``split`` become one event for each day they name."""
    changes: list[RowChange] = []
    for row in reading.rows:
        if row.usable and row.place in ticked:
            changes += _changes(row, split=row.place in split and bool(row.split))
    return tuple(changes)


def _changes(row: FileRow, *, split: bool) -> Iterable[RowChange]:
    assert row.change is not None
    if not split:
        yield row.change
        return
    for at, event in enumerate(row.split):
        yield RowChange.of(row.before if at == 0 else None, event)


def as_confirmed(reading: FileReading) -> FileReading:
    """``reading`` with the entries that a department calls CONFIRMED as 已确认, where the plan has them 已排."""
    return reading._replace(rows=tuple(map(_confirmed, reading.rows)))


def _confirmed(row: FileRow) -> FileRow:
    change, event = row.change, row.after
    if not row.settled or change is None or event.status is not EventStatus.PLANNED or event.tentative:
        return row
    return row._replace(change=change._replace(after=event._replace(status=EventStatus.CONFIRMED)))


def step_title(reading: FileReading, changes: Collection[RowChange]) -> str:
    """What the step is called."""
    if reading.kind is FileKind.CATALOGUE:
        return f"导入决策目录（{len(changes)} 项）"
    kind = "日历" if reading.kind is FileKind.CALENDAR else "报送表"
    return f"导入{kind}“{reading.file}”（{len(changes)} 项）"
