"""拖着一场活动，或用键盘“拿起”：移动、复制（Ctrl）还是延期（Shift），落到哪个月、对规则有什么影响。"""

from typing import NamedTuple

from PySide6.QtCore import QPointF, Qt

from gui.services.board_values import BoardCell, BoardChip, BoardContents, BoardLine, LineKind
from models.domain.events import FORECAST_STATUSES, EventStatus, Labelled
from models.domain.periods import month_period


class DragAction(Labelled):
    """What letting go does."""

    MOVE = "move", "移动"
    COPY = "copy", "复制"
    POSTPONE = "postpone", "延期"


def action_of(held: Qt.KeyboardModifier) -> DragAction:
    """Ctrl copies, Shift postpones."""
    if held & Qt.KeyboardModifier.ControlModifier:
        return DragAction.COPY
    return DragAction.POSTPONE if held & Qt.KeyboardModifier.ShiftModifier else DragAction.MOVE


class BoardDrag(NamedTuple):
    """A chip that was picked up: from ``month`` of ``row``, now over ``target`` (None: nowhere to land).

    ``pointer`` is where the preview hangs, None when the keyboard carries it.
    """

    key: str
    row: int
    month: int
    target: int | None
    pointer: QPointF | None = None
    action: DragAction = DragAction.MOVE


_STAYS = {
    DragAction.MOVE: (EventStatus.HELD, EventStatus.CANCELLED),
    DragAction.COPY: (),
    DragAction.POSTPONE: (EventStatus.HELD, EventStatus.CANCELLED, EventStatus.POSTPONED),
}


def why_stays(line: BoardLine, chip: BoardChip, action: DragAction = DragAction.MOVE) -> str:
    """Why ``chip`` cannot be dragged so, "" where it can.

    已举办 and 已取消 events stay where they are, but can be copied; the meetings of 列席 belong to their decisions.
    """
    if line.kind is LineKind.ATTENDANCE or chip.status in _STAYS[action]:
        return f"{chip.title}{chip.status.label}，不能{action.label}"
    return ""


def why_not(contents: BoardContents, month: int) -> str:
    """Why nothing can be moved into ``month``, "" where it can."""
    if month_period(contents.year, month).end <= contents.today:
        return f"{month}月已过，不能再排入"
    return ""


def refusal(contents: BoardContents, drag: BoardDrag) -> str:
    """Why what is dragged cannot land where it is held, "" where it can."""
    line = contents.lines[drag.row]
    chip = chip_of(line, drag.key)
    stays = why_stays(line, chip, drag.action) if chip is not None else ""
    if stays or drag.target is None:
        return stays
    if drag.action is DragAction.POSTPONE and drag.target == drag.month:
        return ""
    return why_not(contents, drag.target)


def chip_of(line: BoardLine, key: str) -> BoardChip | None:
    """The chip called ``key`` on ``line``."""
    return next((chip for chips in line.chips for chip in chips if chip.key == key), None)


def effect_words(contents: BoardContents, drag: BoardDrag) -> str:
    """What a landing does to the rule counts ("6月 1/1 → 0/1 · 7月 1/1 → 2/1")."""
    line = contents.lines[drag.row]
    chip = chip_of(line, drag.key)
    if drag.target is None or chip is None:
        return ""
    if reason := refusal(contents, drag):
        return reason
    source, target = line.cell_at(drag.month), line.cell_at(drag.target)
    if drag.action is DragAction.COPY:
        return _joined("复制一场", _changed(target, 1))
    counts = chip.status in FORECAST_STATUSES
    if drag.action is DragAction.POSTPONE and drag.target == drag.month:
        return _joined("延期，松开后填写原因", _changed(source, -1) if counts else "")
    first = f"延期到{drag.target}月，松开后填写原因" if drag.action is DragAction.POSTPONE else ""
    if source == target:
        return _joined(first, "同一周期内改日子，规则计数不变")
    if not counts:
        return _joined(first, "草拟和延期的活动不计数")
    return _joined(first, _changed(source, -1), _changed(target, 1))


def _joined(*words: str) -> str:
    return " · ".join(filter(None, words))


def _changed(cell: BoardCell, by: int) -> str:
    if not cell.cells or not cell.count:
        return ""
    least, now = cell.cells[0].minimum, cell.cells[0].forecast
    name = f"{cell.first}月" if cell.first == cell.last else f"{'一二三四'[(cell.first - 1) // 3]}季度"
    return f"{name} {now}/{least} → {max(0, now + by)}/{least}"
