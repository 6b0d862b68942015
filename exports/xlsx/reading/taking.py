"""采纳：勾选的行成为行变更，拆分的一行成为几场；一步完成，一步撤销。"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from exports.xlsx.reading.values import SheetReading, SheetRow, SheetRowState
from models.domain.changes import RowChange
from models.domain.events import EventStatus
from models.domain.snapshot import ItemKind

Place = tuple[str, int]


def usual_ticks(reading: SheetReading) -> frozenset[Place]:
    """The rows that come ticked: all that can be taken, but those about which a person has to be asked."""
    return frozenset(row.place for row in reading.rows if row.usable and not row.ask)


def changes_of(
    reading: SheetReading, ticked: Collection[Place], split: Collection[Place] = ()
) -> tuple[RowChange, ...]:
    """The changes of the rows that are ticked; those in ``split`` become one event for each day they name."""
    changes: list[RowChange] = []
    for row in reading.rows:
        if row.usable and row.place in ticked:
            changes += _changes(row, split=row.place in split and bool(row.split))
    return tuple(changes)


def _changes(row: SheetRow, *, split: bool) -> Iterable[RowChange]:
    assert row.event is not None
    if not split:
        yield RowChange(ItemKind.EVENT, row.event.key, row.before, row.event)
        return
    for at, event in enumerate(row.split):
        yield RowChange(ItemKind.EVENT, event.key, row.before if at == 0 else None, event)


def as_confirmed(reading: SheetReading) -> SheetReading:
    """``reading`` with the entries that a department calls CONFIRMED as 已确认, where the plan has them 已排."""
    return reading._replace(rows=tuple(map(_confirmed, reading.rows)))


def _confirmed(row: SheetRow) -> SheetRow:
    event = row.event
    if not row.settled or event is None or event.status is not EventStatus.PLANNED or event.tentative:
        return row
    confirmed = row._replace(event=event._replace(status=EventStatus.CONFIRMED))
    if row.before is None or row.before.status is EventStatus.CONFIRMED:
        return confirmed
    fields = tuple(dict.fromkeys((*row.fields, "status")))
    return confirmed._replace(state=SheetRowState.CHANGED, fields=fields)


def step_title(reading: SheetReading, changes: Collection[RowChange]) -> str:
    """What the step is called."""
    kind = "日历" if reading.file.lower().endswith(".ics") else "报送表"
    return f"导入{kind}“{reading.file}”（{len(changes)} 项）"


def summary(reading: SheetReading) -> str:
    """新增 3 · 修改 2 · 相同 5 · 不收 1."""
    counts = [(state, len(reading.in_state(state))) for state in SheetRowState]
    return " · ".join(f"{state.label} {count}" for state, count in counts if count) or "没有活动"
