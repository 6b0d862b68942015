"""日历上的一块活动：时刻加名称，放得下多少说多少。"""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from gui.calendar.values import CalendarChip
from gui.kit.chips import RADIUS, Chip, paint_chip, tile_size
from gui.kit.marks import fitted, paint_box, text_width
from gui.kit.theme import theme

_SIGN = 19
"""Room that the sign of a conflict or of a missing result takes."""


def chip_text(chip: CalendarChip, width: float) -> str:
    """What a chip of ``width`` says: the clock and the longest of its names that fits."""
    font = theme().font(12)
    room = width - 8 - tile_size(compact=False) - (_SIGN if chip.conflict or chip.unrecorded else 2)
    lead = f"{chip.clock} " if chip.clock else "续 " if chip.later else ""
    for name in chip.names:
        if text_width(font, lead + name) <= room:
            return lead + name
    cut = fitted(lead + chip.names[-1], font, room)
    return cut if len(cut) > len(lead) else fitted(chip.names[-1], font, room)


def paint_calendar_chip(painter: QPainter, rect: QRectF, chip: CalendarChip) -> None:
    """Paint ``chip`` into ``rect``."""
    shown = Chip(chip.kind, chip_text(chip, rect.width()), chip.status, chip.conflict, chip.unrecorded)
    paint_chip(painter, rect, shown)


def paint_dragged(painter: QPainter, rect: QRectF, ground: QColor) -> None:
    """Dim the chip that was picked up and give it a dashed outline."""
    cover = QColor(ground)
    cover.setAlphaF(0.6)
    painter.fillRect(rect, cover)
    paint_dashed(painter, rect, "primary")


def paint_dashed(painter: QPainter, rect: QRectF, color: str, width: float = 1.6) -> None:
    """A dashed outline, for landings and dragged chips."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_box(painter, rect.adjusted(0.5, 0.5, -0.5, -0.5), "", color, RADIUS, width, dashed=True)
