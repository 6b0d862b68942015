"""活动块：日 + 简称，用填充、轮廓和线型说明活动走到哪一步。"""

from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gui.kit.icons import paint_icon
from gui.kit.marks import draw_text, fitted, metrics, paint_box, text_width
from gui.kit.theme import CampaignColors, theme
from gui.kit.tiles import TileKind, paint_tile
from models.domain.events import EventStatus

PROPOSED = "proposed"
"""The look of a suggestion that is no event yet."""

RADIUS = 4
_STRUCK = {EventStatus.POSTPONED, EventStatus.CANCELLED}
_DASHED = {EventStatus.DRAFT, EventStatus.POSTPONED, PROPOSED}
_FILLED = {EventStatus.HELD, EventStatus.CONFIRMED}


class Chip(NamedTuple):
    """What a chip says. ``status`` is an ``EventStatus`` or ``PROPOSED``; ``text`` the day and 简称."""

    kind: TileKind
    text: str
    status: EventStatus | str
    conflict: bool = False
    unrecorded: bool = False


def chip_height(*, compact: bool) -> int:
    """Height of a chip in the present text size (22 or 20 px at the standard size)."""
    return max(20 if compact else 22, round(metrics(theme().font(12)).height()) + (2 if compact else 4))


def tile_size(*, compact: bool) -> float:
    """Side of the tile in a chip."""
    return 14.0 if compact else 16.0


def paint_chip(painter: QPainter, rect: QRectF, chip: Chip, *, compact: bool = False) -> None:
    """Paint ``chip`` into ``rect``; the text is cut to whole characters that fit."""
    look = theme().campaign(chip.kind)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _frame(painter, rect, chip, look)
    side = tile_size(compact=compact)
    pad = 3 if compact else 4
    tile = QRectF(round(rect.left() + pad), round(rect.center().y() - side / 2), side, side)
    paint_tile(painter, chip.kind, tile, 0.55 if chip.status in _STRUCK else 1.0)
    left = tile.right() + (2 if compact else 4)
    right = _paint_sign(painter, rect, chip, look, left, compact=compact)
    _paint_text(painter, chip, look, left, right, rect.center().y())


def paint_dot(painter: QPainter, rect: QRectF, chip: Chip) -> None:
    """The chip without words (活动名 off): its tile only, faded where it does not count."""
    faded = chip.status in _STRUCK or chip.status == EventStatus.DRAFT
    paint_tile(painter, chip.kind, rect, 0.55 if faded else 1.0)
    if chip.conflict:
        painter.setPen(QPen(theme().color("danger"), 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(rect.adjusted(-1.5, -1.5, 1.5, 1.5))


def paint_ghost(painter: QPainter, rect: QRectF, text: str = "排入") -> None:
    """The dashed “＋ 排入” of a missing event."""
    color = theme().color("ink2")
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(_dashed(theme().color("controlBorder"), 1.1))
    painter.setBrush(theme().color("surface"))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
    middle = rect.center().y()
    indent = 5 if text else (rect.width() - 14) / 2
    paint_icon(painter, "plus", QRectF(rect.left() + indent, middle - 7, 14, 14), color)
    font = theme().font(12)
    draw_text(
        painter, rect.left() + 22, middle, fitted(text, font, rect.width() - 26), font, theme().color("ink")
    )


def paint_frame(painter: QPainter, rect: QRectF, chip: Chip) -> None:
    """Paint only the ground and outline of ``chip``, for what writes more than one line into it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _frame(painter, rect, chip, theme().campaign(chip.kind))


def _frame(painter: QPainter, rect: QRectF, chip: Chip, look: CampaignColors) -> None:
    painter.setBrush(_fill(chip, look))
    painter.setPen(_pen(chip, look))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)


def _fill(chip: Chip, look: CampaignColors) -> QColor:
    if chip.status == PROPOSED:
        return theme().color("infoBg")
    if chip.status == EventStatus.CANCELLED:
        return theme().color("surfaceAlt")
    return look.tint if chip.status in _FILLED else theme().color("surface")


def _pen(chip: Chip, look: CampaignColors) -> QPen:
    if chip.conflict:
        return QPen(theme().color("danger"), 1.6)
    if chip.status == EventStatus.HELD:
        return QPen(Qt.PenStyle.NoPen)
    if chip.status == PROPOSED:
        return _dashed(theme().color("primary"), 1.3)
    if chip.status == EventStatus.POSTPONED:
        return _dashed(theme().color("controlBorder"), 1.1)
    if chip.status == EventStatus.CANCELLED:
        return QPen(theme().color("gridStrong"), 1.1)
    return _dashed(look.tile, 1.1) if chip.status in _DASHED else QPen(look.tile, 1.1)


def _dashed(color: QColor, width: float) -> QPen:
    pen = QPen(color, width)
    pen.setDashPattern([3.0, 2.0])
    return pen


def _paint_sign(
    painter: QPainter, rect: QRectF, chip: Chip, look: CampaignColors, left: float, *, compact: bool
) -> float:
    """The sign at the right end, if any; returns where the text must end."""
    middle = rect.center().y()
    box = QRectF(rect.right() - (15 if compact else 17), middle - 6.5, 12 if compact else 13, 13)
    if chip.conflict:
        paint_icon(painter, "triangle-warn", box, theme().color("danger"))
        return box.left() - (0 if compact else 2)
    if chip.unrecorded:
        paint_icon(painter, "clock", box, theme().color("warning"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("warning"))
        painter.drawEllipse(QRectF(box.right() - 3, box.top() - 1, 5, 5))
        return box.left() - 1
    wanted = left + text_width(theme().font(12), chip.text) + 14
    if chip.status == EventStatus.HELD and wanted <= rect.right():
        paint_icon(painter, "check", QRectF(rect.right() - 15, middle - 6.5, 13, 13), look.text)
        return rect.right() - 14
    return rect.right() - 1


def _paint_text(
    painter: QPainter, chip: Chip, look: CampaignColors, left: float, right: float, middle: float
) -> None:
    font = theme().font(12)
    text = fitted(chip.text, font, right - left)
    color = theme().color("ink3") if chip.status in _STRUCK else look.text
    if chip.status == PROPOSED:
        color = theme().color("info")
    end = draw_text(painter, left, middle, text, font, color)
    if chip.status in _STRUCK:
        painter.drawLine(round(left), round(middle), round(end), round(middle))


def paint_hover(painter: QPainter, rect: QRectF) -> None:
    """A breath of the primary colour over what the pointer is on."""
    color = QColor(theme().color("primary"))
    color.setAlpha(18)
    painter.fillRect(rect, color)


def paint_selection(painter: QPainter, rect: QRectF, *, focused: bool) -> None:
    """The frame of the selected cell; thinner while the board has no focus."""
    width = 2.0 if focused else 1.2
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme().color("primary"), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset = width / 2
    painter.drawRoundedRect(rect.adjusted(inset - 1, inset - 1, -inset, -inset), 4, 4)


def paint_focus(painter: QPainter, rect: QRectF) -> None:
    """The 2 px focus ring around a chip, offset by 2."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_box(painter, rect.adjusted(-2, -2, 2, 2), line="focus", radius=RADIUS + 2, width=2)
