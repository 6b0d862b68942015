"""一处改动对规则的影响：改之前就说清哪些周期会变。"""

from __future__ import annotations

from gui.operations.session import YearSession
from models.domain.events import Event
from models.domain.rules import Severity
from models.domain.snapshot import ItemKind, YearSnapshot
from planners import wording
from planners.checks import check_year
from planners.results import YearCheck


def with_event(snapshot: YearSnapshot, event: Event) -> YearSnapshot:
    """The year as it would be with ``event`` in it (in the place of the one with its key)."""
    known = snapshot.event_by_key
    events = [event if other.key == event.key else other for other in snapshot.events]
    lists = {
        kind.value: snapshot.items(kind) for kind in ItemKind if kind not in (ItemKind.YEAR, ItemKind.EVENT)
    }
    return YearSnapshot(
        snapshot.year_row,
        **lists,  # type: ignore[arg-type]
        events=events if event.key in known else [*events, event],
        neighbours=snapshot.neighbours,
    )


def check_with(session: YearSession, event: Event) -> YearCheck:
    """The check of the year as it would be with ``event``."""
    return check_year(with_event(session.snapshot, event), session.today, session.ruleset)


def effect_of(session: YearSession, after: Event) -> str:
    """Which hard cells would change, one line each: 公开讲堂 · 6月 变为 0/1; "" where none would."""
    now = {(cell.rule, cell.group, cell.first): cell for cell in session.check.cells}
    lines = []
    for cell in check_with(session, after).cells:
        old = now.get((cell.rule, cell.group, cell.first))
        changed = old is not None and (old.state, old.forecast) != (cell.state, cell.forecast)
        if cell.severity is Severity.HARD and changed:
            left = (
                f"，剩余 {cell.workdays_left} 个工作日"
                if cell.workdays_left is not None and cell.shortfall
                else ""
            )
            title = wording.cell_title(cell, session.ruleset)
            lines.append(f"{title} 变为 {wording.state_line(cell)}（{cell.state.label}）{left}")
    return "；".join(lines)


def counted_in(session: YearSession, event: Event) -> str:
    """计入规则: the cells in which ``event`` counts, with their state."""
    check = check_with(session, event)
    cells = [cell for cell in check.cells if event.key in cell.events and cell.severity is Severity.HARD]
    words = [
        f"{wording.cell_title(cell, session.ruleset)}（{wording.state_line(cell)} {cell.state.label}）"
        for cell in cells
    ]
    return "、".join(words)


def conflicts_of(session: YearSession, event: Event) -> list[str]:
    """The conflicts in which ``event`` would take part, one sentence each."""
    snapshot = with_event(session.snapshot, event)
    check = check_year(snapshot, session.today, session.ruleset)
    return [
        wording.conflict_sentence(conflict, snapshot)
        for conflict in check.conflicts
        if event.key in conflict.events
    ]
