"""一格的现况：缺什么、到哪天、剩几个工作日、哪一场、该做哪一件。

The one place that says what is the matter with a period cell and what to do about it. 现在要办, the rules
page, the board's card, the prints and the command line put these values into words of their own; none of
them looks for the event, the day or the number again.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from models.domain.events import Event, EventStatus
from models.domain.snapshot import YearSnapshot
from models.domain.workdays import workdays_of
from planners.results import AgendaAction, Cell, CellState

_ONE = timedelta(days=1)


class CellStatus(NamedTuple):
    """What is the matter with a period cell, in values.

    ``missing`` events are lacking (not held, once the period is over), the quarter's theme where
    ``lacks_theme``; where neither lacks, ``unconfirmed`` of the planned events must still be confirmed.

    ``action`` is what to do, None where the period is not short. It has to be done by ``until``, in ``left``
    working days, today included: the last day of the period, or the day of ``event`` where that one is to
    be confirmed (its own day is then too late and not counted). 0 where ``until`` is past.
    """

    state: CellState
    missing: int = 0
    lacks_theme: bool = False
    unconfirmed: int = 0
    until: date | None = None
    left: int = 0
    event: Event | None = None
    action: AgendaAction | None = None

    @property
    def is_short(self) -> bool:
        """逾期, 有风险 or 待补."""
        return self.state.is_short


def cell_status(cell: Cell, snapshot: YearSnapshot, today: date) -> CellStatus:
    """How ``cell`` stands on ``today``.

    Where planned events wait for 已确认, the first one still to come is named: confirming it mends the cell
    (or brings it nearer) soonest, and if it falls through the later ones are still there to confirm. Where
    all of them lie behind, the result of the last one is to be recorded instead.
    """
    if not cell.state.is_short:
        return CellStatus(cell.state)
    if cell.awaits_confirmation:
        return _unconfirmed(cell, snapshot, today)
    left = workdays_of(snapshot).count(max(today, cell.first), cell.last + _ONE)
    return CellStatus(cell.state, cell.missing, cell.lacks_theme, 0, cell.last, left, None, _action(cell))


def _action(cell: Cell) -> AgendaAction:
    if cell.state is CellState.OVERDUE:
        return AgendaAction.EXPLAIN
    return AgendaAction.SET_THEME if cell.lacks_theme else AgendaAction.SCHEDULE


def _unconfirmed(cell: Cell, snapshot: YearSnapshot, today: date) -> CellStatus:
    waiting = [event for key in cell.events if (event := _waiting(snapshot, key)) is not None]
    coming = [event for event in waiting if event.latest_day is not None and event.latest_day >= today]
    event = coming[0] if coming else waiting[-1]
    until = event.latest_day or cell.last
    action = AgendaAction.CONFIRM if coming else AgendaAction.RECORD
    lacking = cell.minimum - cell.held - cell.confirmed
    left = workdays_of(snapshot).count(today, until)
    return CellStatus(cell.state, unconfirmed=lacking, until=until, left=left, event=event, action=action)


def _waiting(snapshot: YearSnapshot, key: str) -> Event | None:
    event = snapshot.event_by_key.get(key)
    return event if event is not None and event.status is EventStatus.PLANNED else None
