"""年度总览的右键菜单：活动的、格子的；页面还没有的事不列出来。"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from gui.kit.plain import escaped
from gui.services.board_values import BoardCell, BoardLine
from models.domain.events import Event, EventStatus, Labelled
from planners.results import CellState

_MOVABLE = (EventStatus.DRAFT, EventStatus.PLANNED, EventStatus.CONFIRMED, EventStatus.POSTPONED)


class EventAction(Labelled):
    """What the menu of an event offers."""

    OPEN = "open", "打开"
    MOVE = "move", "改到…"
    CONFIRM = "confirm", "确认"
    RESULT = "result", "登记结果…"
    POSTPONE = "postpone", "延期…"
    CANCEL = "cancel", "取消活动…"
    COPY = "copy", "复制"
    PIN = "pin", "锁定（自动排期不动）"


class CellMenuAction(Labelled):
    """What the menu of a cell offers."""

    NEW = "new", "新建于此"
    ACCEPT = "accept", "排入建议"
    OTHER_DAY = "other_day", "选其他日期…"
    EXPLAIN = "explain", "登记说明…"
    EXEMPT = "exempt", "豁免…"


def event_actions(event: Event, *, read_only: bool) -> tuple[EventAction, ...]:
    """What can be done to ``event`` now."""
    if read_only:
        return (EventAction.OPEN,)
    actions = [EventAction.OPEN]
    if event.status in _MOVABLE:
        actions.append(EventAction.MOVE)
    if event.status in (EventStatus.DRAFT, EventStatus.PLANNED) and event.starts_at is not None:
        actions.append(EventAction.CONFIRM)
    if event.status in (EventStatus.PLANNED, EventStatus.CONFIRMED, EventStatus.HELD):
        actions.append(EventAction.RESULT)
    if event.status in (EventStatus.DRAFT, EventStatus.PLANNED, EventStatus.CONFIRMED):
        actions += [EventAction.POSTPONE, EventAction.CANCEL]
    elif event.status is EventStatus.POSTPONED:
        actions.append(EventAction.CANCEL)
    return (*actions, EventAction.COPY, EventAction.PIN)


def cell_actions(
    line: BoardLine, cell: BoardCell, *, suggested: bool, read_only: bool
) -> tuple[CellMenuAction, ...]:
    """What can be done in a cell now."""
    if read_only or line.campaign is None:
        return ()
    actions = [CellMenuAction.NEW]
    unmet = cell.state is not None and cell.state.is_mendable
    short = cell.cell is not None and cell.cell.shortfall > 0
    if unmet and short:
        actions += [CellMenuAction.ACCEPT] if suggested else []
        actions.append(CellMenuAction.OTHER_DAY)
    if cell.state is CellState.OVERDUE:
        actions.append(CellMenuAction.EXPLAIN)
    elif unmet:
        actions.append(CellMenuAction.EXEMPT)
    return tuple(actions)


def build_menu(
    parent: QWidget,
    groups: Sequence[Sequence[tuple[str, object]]],
    chosen: Callable[[object], object],
    checked: Sequence[object] = (),
) -> QMenu:
    """A menu of (words, value) with a line between the groups; ``chosen`` (a bound method) gets the value."""
    menu = QMenu(parent)
    for number, group in enumerate(group for group in groups if group):
        if number:
            menu.addSeparator()
        for words, value in group:
            action = menu.addAction(escaped(words))
            if value in checked:
                action.setCheckable(True)
                action.setChecked(True)
            action.triggered.connect(partial(_choose, chosen, value))
    return menu


def _choose(chosen: Callable[[object], object], value: object, _: bool = False) -> None:  # noqa: FBT001, FBT002
    chosen(value)
