"""工作线色块：七种形状加一个字，颜色之外还有两重区分。"""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPixmap, QPolygonF

from gui.kit.theme import theme
from models.domain.events import Campaign

ATTENDANCE = "attend"
"""The tile of 公众列席, which has decisions and no events of its own."""

TileKind = Campaign | str
"""A campaign, or ``ATTENDANCE``."""

_GLYPH_SHARE = {"shield": 0.62, "bubble": 0.62, "house": 0.60, "hexagon": 0.60, "square": 0.64}
_GLYPH_DROP = {"shield": -0.05, "bubble": -0.07, "house": 0.10}
_pixmaps: dict[tuple[str, float, float, bool, float], QPixmap] = {}


def tile_path(shape: str, rect: QRectF) -> QPainterPath:
    """The outline of a tile of ``shape`` filling ``rect``; ``KeyError`` for an unknown shape."""
    path = QPainterPath()
    _SHAPES[shape](path, rect)
    return path


def paint_tile(painter: QPainter, kind: TileKind, rect: QRectF, opacity: float = 1.0) -> None:
    """Paint the tile of ``kind`` into the square ``rect``, from a pixmap kept per size and screen."""
    pixmap = _tile_pixmap(kind, rect.width(), painter.device().devicePixelRatioF(), opacity)
    painter.drawPixmap(rect.topLeft(), pixmap)


def _tile_pixmap(kind: TileKind, size: float, ratio: float, opacity: float) -> QPixmap:
    key = (str(kind), size, ratio, theme().dark, opacity)
    if (pixmap := _pixmaps.get(key)) is None:
        pixmap = _pixmaps[key] = _render(kind, size, ratio, opacity)
    return pixmap


def _render(kind: TileKind, size: float, ratio: float, opacity: float) -> QPixmap:
    side = math.ceil(size * ratio)
    pixmap = QPixmap(side, side)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(opacity)
    _draw(painter, kind, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def _draw(painter: QPainter, kind: TileKind, rect: QRectF) -> None:
    look = theme().campaign(kind)
    painter.fillPath(tile_path(look.shape, rect), look.tile)
    font = QFont(theme().font(12, bold=True))
    font.setPixelSize(max(6, round(rect.width() * _GLYPH_SHARE.get(look.shape, 0.66))))
    box = QFontMetricsF(font).tightBoundingRect(look.glyph)
    middle = rect.center() + QPointF(0, rect.height() * _GLYPH_DROP.get(look.shape, 0.0))
    painter.setFont(font)
    painter.setPen(look.on_tile)
    painter.drawText(middle - box.center(), look.glyph)


def _circle(path: QPainterPath, rect: QRectF) -> None:
    path.addEllipse(rect)


def _square(path: QPainterPath, rect: QRectF) -> None:
    inset = rect.width() * 0.05
    path.addRoundedRect(rect.adjusted(inset, inset, -inset, -inset), rect.width() * 0.12, rect.width() * 0.12)


def _polygon(path: QPainterPath, rect: QRectF, points: tuple[tuple[float, float], ...]) -> None:
    corners = [QPointF(rect.x() + x * rect.width(), rect.y() + y * rect.height()) for x, y in points]
    path.addPolygon(QPolygonF(corners))
    path.closeSubpath()


def _house(path: QPainterPath, rect: QRectF) -> None:
    points = (
        (0.5, 0.0),
        (1.0, 0.42),
        (0.92, 0.42),
        (0.92, 1.0),
        (0.08, 1.0),
        (0.08, 0.42),
        (0.0, 0.42),
    )
    _polygon(path, rect, points)


def _hexagon(path: QPainterPath, rect: QRectF) -> None:
    _polygon(path, rect, ((0.0, 0.5), (0.25, 0.06), (0.75, 0.06), (1.0, 0.5), (0.75, 0.94), (0.25, 0.94)))


def _octagon(path: QPainterPath, rect: QRectF) -> None:
    near, far = 0.29, 0.71
    points = ((near, 0), (far, 0), (1, near), (1, far), (far, 1), (near, 1), (0, far), (0, near))
    _polygon(path, rect, points)


def _bubble(path: QPainterPath, rect: QRectF) -> None:
    body = QRectF(rect.x(), rect.y() + rect.height() * 0.02, rect.width(), rect.height() * 0.80)
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addRoundedRect(body, rect.width() * 0.2, rect.width() * 0.2)
    _polygon(path, rect, ((0.16, 0.78), (0.52, 0.78), (0.16, 1.0)))


def _shield(path: QPainterPath, rect: QRectF) -> None:
    x, y, width, height = rect.x(), rect.y(), rect.width(), rect.height()
    path.moveTo(x + 0.06 * width, y + 0.06 * height)
    path.lineTo(x + 0.94 * width, y + 0.06 * height)
    path.lineTo(x + 0.94 * width, y + 0.55 * height)
    path.quadTo(x + 0.90 * width, y + 0.82 * height, x + 0.5 * width, y + height)
    path.quadTo(x + 0.10 * width, y + 0.82 * height, x + 0.06 * width, y + 0.55 * height)
    path.closeSubpath()


_SHAPES: dict[str, Callable[[QPainterPath, QRectF], None]] = {
    "circle": _circle,
    "square": _square,
    "house": _house,
    "hexagon": _hexagon,
    "bubble": _bubble,
    "octagon": _octagon,
    "shield": _shield,
}
