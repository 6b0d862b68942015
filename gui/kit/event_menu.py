"""各页的右键菜单：活动的、格子的；选了就办，要问的请页面问。"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from gui.kit.page import NewEvent, Page
from gui.kit.plain import escaped
from gui.services.board_values import BoardCell, BoardLine
from gui.session import event_actions as actions
from gui.session.year_session import YearSession
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


class EventMenus(QObject):
    """The context menus of ``page``: what is offered of an event is done here, or asked for by the page."""

    def __init__(self, session: YearSession, page: Page) -> None:
        super().__init__(page)
        self._session = session
        self._page = page
        self.menu: QMenu | None = None
        self._menu_event = ""

    def pop_up(self, menu: QMenu, at: QPoint) -> None:
        """Show ``menu`` at a global point, in the place of the one before."""
        if self.menu is not None:
            self.menu.deleteLater()
        self.menu = menu
        menu.popup(at)

    def offered(self, event: Event) -> list[list[tuple[str, object]]]:
        """What can be done to ``event`` now, in two groups: what changes it, and the rest."""
        groups: list[list[tuple[str, object]]] = [[], []]
        for action in event_actions(event, read_only=self._session.read_only):
            groups[action in (EventAction.COPY, EventAction.PIN)].append((action.label, action))
        return groups

    def pop_up_for(self, event: Event, groups: Sequence[Sequence[tuple[str, object]]], at: QPoint) -> None:
        """Show ``groups`` as the menu of ``event``."""
        self._menu_event = event.key
        pinned = (EventAction.PIN,) if event.pinned else ()
        self.pop_up(build_menu(self._page, groups, self.on_event_action, pinned), at)

    def on_event_action(self, action: object) -> None:
        """Do to the event of the menu what was chosen."""
        event = self._session.snapshot.event_by_key.get(self._menu_event)
        if event is None:
            return
        requests = {
            EventAction.RESULT: self._page.result_requested,
            EventAction.POSTPONE: self._page.postpone_requested,
            EventAction.CANCEL: self._page.cancel_requested,
        }
        if not isinstance(action, EventAction):
            self.look_elsewhere(event, action)
        elif action in requests:
            requests[action].emit(event.key)
        elif action is EventAction.OPEN:
            self.open(event)
        elif action is EventAction.MOVE:
            self.move(event)
        elif action is EventAction.CONFIRM:
            actions.confirm(self._session, event.key)
        elif action is EventAction.COPY:
            self.copy(event.key)
        else:
            actions.toggle_pin(self._session, event)

    def open(self, event: Event) -> None:
        """打开."""
        self._page.event_requested.emit(event.key)

    def move(self, event: Event) -> None:
        """改到…: each page asks for the day in its own way."""

    def copy(self, key: str) -> None:
        """复制: ask for a new event like this one."""
        event = self._session.snapshot.event_by_key.get(key)
        if event is not None:
            stage = event.stages[0].label if event.stages else None
            self._page.new_event_requested.emit(NewEvent(event.campaign, event.day, stage, key))

    def look_elsewhere(self, event: Event, action: object) -> None:
        """What a page adds to the menu."""
