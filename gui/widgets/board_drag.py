"""移动一场活动：拖着或用键盘“拿起”，落到哪个月、对规则有什么影响。"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF

from gui.tables.board_values import BoardCell, BoardChip, BoardContents, BoardLine, LineKind
from models.domain.events import FORECAST_STATUSES, EventStatus
from models.domain.periods import month_period


class Carried(NamedTuple):
    """A chip that was picked up: from ``month`` of ``row``, now over ``target`` (None: nowhere to land).

    ``pointer`` is where the ghost chip hangs, None when the keyboard carries it.
    """

    key: str
    row: int
    month: int
    target: int | None
    pointer: QPointF | None = None


def can_be_moved(line: BoardLine, chip: BoardChip) -> bool:
    """已举办 and 已取消 events stay where they are, and so do the meetings of 列席."""
    return line.kind is not LineKind.ATTENDANCE and chip.status not in (
        EventStatus.HELD,
        EventStatus.CANCELLED,
    )


def why_not(contents: BoardContents, month: int) -> str:
    """Why nothing can be moved into ``month``, "" where it can."""
    if month_period(contents.year, month).end <= contents.today:
        return f"{month}月已过，不能再排入"
    return ""


def chip_of(line: BoardLine, key: str) -> BoardChip | None:
    """The chip called ``key`` on ``line``."""
    return next((chip for chips in line.chips for chip in chips if chip.key == key), None)


def effect_words(contents: BoardContents, carried: Carried) -> str:
    """What a landing does to the rule counts ("6月 1/1 → 0/1 · 7月 1/1 → 2/1")."""
    line = contents.lines[carried.row]
    chip = chip_of(line, carried.key)
    if carried.target is None or chip is None:
        return ""
    if reason := why_not(contents, carried.target):
        return reason
    source, target = line.cell_at(carried.month), line.cell_at(carried.target)
    if source == target:
        return "同一周期内改日子，规则计数不变"
    if chip.status not in FORECAST_STATUSES:
        return "草拟和延期的活动不计数"
    return " · ".join(words for words in (_changed(source, -1), _changed(target, 1)) if words)


def _changed(cell: BoardCell, by: int) -> str:
    if not cell.cells or not cell.count:
        return ""
    least, now = cell.cells[0].minimum, cell.cells[0].forecast
    name = f"{cell.first}月" if cell.first == cell.last else f"{'一二三四'[(cell.first - 1) // 3]}季度"
    return f"{name} {now}/{least} → {max(0, now + by)}/{least}"
