"""一个月里叠放的活动块：放不下的收成“+n”，冲突的永远露在外面。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF

from gui.kit.chips import Chip, paint_chip, paint_dot, paint_ghost, tile_size
from gui.kit.marks import text_width
from gui.kit.tiles import ATTENDANCE
from gui.overview.board_canvas import BoardHitKind, Canvas
from gui.services.board_values import BoardChip, BoardLine, LineKind

GAP = 3
GHOST_KEY = "ghost"


def as_chip(line: BoardLine, chip: BoardChip) -> Chip:
    """The painter's chip of a board chip."""
    return Chip(line.campaign or ATTENDANCE, chip.text, chip.status, chip.conflict, chip.unrecorded)


def slots(canvas: Canvas, area: QRectF) -> int:
    """How many chips fit above one another into ``area``; at least one."""
    return max(1, int((area.height() - 1) // (canvas.layout.metrics.chip_height + GAP)))


def slot_rect(canvas: Canvas, area: QRectF, top: float) -> QRectF:
    """A chip's place in ``area`` at ``top``."""
    pad = 3 if canvas.layout.metrics.compact else 6
    return QRectF(area.left() + pad, round(top), area.width() - 2 * pad, canvas.layout.metrics.chip_height)


def paint_stack(
    canvas: Canvas, row: int, line: BoardLine, month: int, area: QRectF, ghost: str | None
) -> float:
    """Paint the ghost chip (if any), then the chips of a month; returns where the next line may begin."""
    chips = line.chips_at(month)
    if not canvas.options.names:
        return _paint_dots(canvas, row, line, month, area, ghosted=ghost is not None)
    room, top = slots(canvas, area), area.top()
    step = canvas.layout.metrics.chip_height + GAP
    if ghost is not None:
        place = slot_rect(canvas, area, top)
        paint_ghost(canvas.painter, place, ghost)
        canvas.hit(place, BoardHitKind.GHOST, row, month, GHOST_KEY)
        top, room = top + step, room - 1
    shown = chips[: max(room, 0)]
    hidden = chips[len(shown) :]
    for index, chip in enumerate(shown):
        place = slot_rect(canvas, area, top)
        if hidden and index == len(shown) - 1:
            place = _paint_more(canvas, row, month, place, hidden)
        _paint_one(canvas, row, line, month, chip, place)
        top += step
    return top - GAP + 1


def _paint_one(canvas: Canvas, row: int, line: BoardLine, month: int, chip: BoardChip, place: QRectF) -> None:
    paint_chip(canvas.painter, place, as_chip(line, chip), compact=canvas.layout.metrics.compact)
    kind = BoardHitKind.DECISION if line.kind is LineKind.ATTENDANCE else BoardHitKind.CHIP
    canvas.hit(place, kind, row, month, chip.key)


def more_color(hidden: Sequence[BoardChip]) -> str:
    """The colour of “+n”: that of danger where a conflict is among what it stands for."""
    return "danger" if any(chip.conflict for chip in hidden) else "primary"


def _paint_more(canvas: Canvas, row: int, month: int, place: QRectF, hidden: Sequence[BoardChip]) -> QRectF:
    """“+n” at the right end of ``place``; returns what is left for the chip."""
    text = f"+{len(hidden)}"
    width = text_width(canvas.fonts.small_bold, text) + 8
    box = QRectF(place.right() - width, place.top(), width, place.height())
    canvas.words(box.left() + 5, box.center().y(), text, canvas.fonts.small_bold, more_color(hidden))
    canvas.hit(box, BoardHitKind.MORE, row, month, text)
    return place.adjusted(0, 0, -width, 0)


def _paint_dots(
    canvas: Canvas, row: int, line: BoardLine, month: int, area: QRectF, *, ghosted: bool
) -> float:
    """Tiles only (活动名 off), in rows that wrap; what is missing is a dashed box with a plus."""
    side = tile_size(compact=canvas.layout.metrics.compact)
    left, top = area.left() + 8, area.top() + 2
    if ghosted:
        place = QRectF(round(left), round(top), side + 4, side)
        paint_ghost(canvas.painter, place, "")
        canvas.hit(place, BoardHitKind.GHOST, row, month, GHOST_KEY)
        left += side + 4 + GAP
    kind = BoardHitKind.DECISION if line.kind is LineKind.ATTENDANCE else BoardHitKind.CHIP
    for chip in line.chips_at(month):
        if left + side > area.right() - 4:
            left, top = area.left() + 8, top + side + GAP
        if top + side > area.bottom():
            break
        place = QRectF(round(left), round(top), side, side)
        paint_dot(canvas.painter, place, as_chip(line, chip))
        canvas.hit(place, kind, row, month, chip.key)
        left += side + GAP
    return top + side + 2 if ghosted or line.chips_at(month) else area.top()
