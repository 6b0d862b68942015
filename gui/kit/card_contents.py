"""一格的卡片说什么：状态、期限、建议与按钮。"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from gui.kit.tiles import ATTENDANCE, TileKind
from gui.services.board_values import BoardCell, BoardLine, conflict_words
from models.domain.events import Event, EventStatus, Labelled
from models.domain.snapshot import YearSnapshot
from models.domain.text import quoted
from planners.cell_status import CellStatus, cell_status
from planners.masked import shown_on_screen
from planners.proposals import Entry, ReasonKind
from planners.results import AgendaAction, Cell, CellState, YearCheck
from planners.wording import beyond_held, cell_title, confirm_by, moment_label, short_day

QUARTERS = "一二三四"
_SAID_ABOVE = (ReasonKind.RULE, ReasonKind.ESTIMATE)
"""Reasons that the lines of the card hold already."""


class CardAction(Labelled):
    """What a button of the card does."""

    ACCEPT = "accept", "排入"
    OTHER_DAY = "other_day", "其他日期"
    LOCATE = "locate", "定位待定项"
    EXPLAIN = "explain", "登记说明…"
    EXEMPT = "exempt", "豁免…"
    WITHDRAW = "withdraw", "撤回豁免"
    CONFIRM = "confirm", "标为已确认"
    OPEN = "open", "去确认"
    RECORD = "record", "登记结果…"
    THEME = "theme", "定主题…"
    NEW = "new", "新建活动…"


class CardButton(NamedTuple):
    """A button: what it does and what it says; the first one is the primary."""

    action: CardAction
    text: str


class CardContents(NamedTuple):
    """Everything the card shows. ``event`` is the event that 去确认 or 定位待定项 is about."""

    kind: TileKind
    title: str
    state: CellState | None
    lines: tuple[str, ...]
    suggestion: Entry | None
    buttons: tuple[CardButton, ...]
    event: str | None = None

    @property
    def suggested(self) -> str:
        """The suggested day and time in words."""
        event = self.suggestion.event if self.suggestion else None
        return moment_label(event.starts_at) if event and event.starts_at else ""

    @property
    def reasons(self) -> str:
        """Why that day."""
        reasons = self.suggestion.reasons if self.suggestion else ()
        return "；".join(reason.text for reason in reasons if reason.kind not in _SAID_ABOVE)


def card_contents(
    line: BoardLine,
    shown: BoardCell,
    snapshot: YearSnapshot,
    check: YearCheck,
    suggestion: Entry | None,
) -> CardContents:
    """The card of a cell, delegates masked; without a rule in it, only 新建活动 is offered."""
    snapshot, check, _ = shown_on_screen(snapshot, check)
    cell = shown.cell
    kind = line.campaign or ATTENDANCE
    if cell is None:
        counted = f"{events} 场活动" if (events := _event_count(line, shown)) else "没有活动"
        words = (counted, *conflict_words(line, shown))
        buttons = (CardButton(CardAction.NEW, CardAction.NEW.label),) if line.campaign else ()
        return CardContents(kind, f"{line.title} · {_period(shown)}", None, words, None, buttons)
    postponed = waiting_events(line, snapshot)
    status = cell_status(cell, snapshot, check.today)
    event = postponed[0] if cell.shortfall and postponed else status.event
    return CardContents(
        kind,
        cell_title(cell, check.ruleset),
        shown.state,
        (*_lines(cell, status, check.today, postponed), *conflict_words(line, shown)),
        suggestion,
        _buttons(cell, status, snapshot, suggestion, located=bool(postponed)),
        event.key if event else None,
    )


def waiting_events(line: BoardLine, snapshot: YearSnapshot) -> list[Event]:
    """Postponed events of the line's campaign (and 学段)."""
    return [
        event
        for event in snapshot.events
        if event.campaign is line.campaign
        and event.status is EventStatus.POSTPONED
        and (line.stage is None or any(stage.label == line.stage for stage in event.stages))
        and line.theme_class in (None, event.theme_class)
    ]


def _event_count(line: BoardLine, shown: BoardCell) -> int:
    return sum(len(line.chips_at(month)) for month in range(shown.first, shown.last + 1))


def _period(shown: BoardCell) -> str:
    return f"{shown.first}月" if shown.first == shown.last else f"{QUARTERS[(shown.first - 1) // 3]}季度"


def _lines(cell: Cell, status: CellStatus, today: date, postponed: list[Event]) -> tuple[str, ...]:
    lines = [_state_words(cell, status, today)]
    if status.lacks_theme:
        lines.append("季度主题未定")
    if cell.shortfall and cell.last >= today:
        if postponed:
            lines.append(f"延期待定 {len(postponed)} 场：{_names(postponed)}")
        if cell.last_feasible_day is not None and cell.workdays_left is None:
            lines.append(f"最晚 {short_day(cell.last_feasible_day)} 还可排入")
        elif cell.last_feasible_day is None:
            lines.append("周期内没有可排的日子")
    if cell.reason:
        lines.append(f"{'已登记说明' if cell.state is CellState.OVERDUE else '原因'}：{cell.reason}")
    if cell.estimated and cell.workdays_left is not None:
        lines.append("放假安排未公布，工作日按法定节日估算")
    return tuple(lines)


def _names(events: list[Event]) -> str:
    first = events[0].short or events[0].title
    return first if len(events) == 1 else f"{first}等"


def _state_words(cell: Cell, status: CellStatus, today: date) -> str:
    until = f"截至 {short_day(cell.last)}"
    if cell.state is CellState.EXEMPT:
        return "本周期豁免，不计频次"
    if cell.state is CellState.OVERDUE:
        return (
            f"{cell.held}/{cell.minimum} 场，{short_day(cell.last)}到期，已过 {(today - cell.last).days} 天"
        )
    if cell.state is CellState.DONE:
        beyond = beyond_held(cell)
        return f"已举办 {cell.held}/{cell.minimum} 场{f'，{beyond}' if beyond else ''}"
    counted = f"{cell.forecast}/{cell.minimum} 场"
    if status.event is not None:
        return f"{counted}，未确认，{quoted(status.event.short or status.event.title)}{confirm_by(status)}"
    if cell.workdays_left is not None:
        return f"{counted}，剩余 {cell.workdays_left} 个工作日（{until}）"
    return f"{counted}，{until}"


def _buttons(
    cell: Cell, status: CellStatus, snapshot: YearSnapshot, suggestion: Entry | None, *, located: bool
) -> tuple[CardButton, ...]:
    if cell.state is CellState.OVERDUE:
        text = "修改说明…" if cell.reason else CardAction.EXPLAIN.label
        return (CardButton(CardAction.EXPLAIN, text),)
    if cell.state is CellState.EXEMPT:
        registered = any(exemption.key == cell.key for exemption in snapshot.exemptions)
        return (_plain(CardAction.WITHDRAW),) if registered else (_plain(CardAction.NEW),)
    if status.action is AgendaAction.RECORD:
        return _plain(CardAction.RECORD), _plain(CardAction.NEW)
    if status.action is AgendaAction.CONFIRM:
        return _plain(CardAction.OPEN), _plain(CardAction.CONFIRM), _plain(CardAction.NEW)
    if not status.is_short:
        return (_plain(CardAction.NEW),)
    return _mending_buttons(cell, suggestion, located=located)


def _mending_buttons(cell: Cell, suggestion: Entry | None, *, located: bool) -> tuple[CardButton, ...]:
    buttons = [_plain(CardAction.THEME)] if cell.lacks_theme else []
    if cell.shortfall:
        if suggestion is not None and suggestion.event and suggestion.event.day:
            buttons.append(CardButton(CardAction.ACCEPT, f"排入 {short_day(suggestion.event.day)}"))
        buttons.append(_plain(CardAction.OTHER_DAY))
        if located:
            buttons.append(_plain(CardAction.LOCATE))
    if len(buttons) < 3:
        buttons.append(_plain(CardAction.EXEMPT))
    return tuple(buttons)


def _plain(action: CardAction) -> CardButton:
    return CardButton(action, action.label)
