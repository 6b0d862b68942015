"""状态标记：图标加文字，斜线底纹，胶囊与数字角标。"""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap

from gui.kit.icons import paint_icon
from gui.kit.theme import ThemeFont, theme
from planners.results import CellState

HATCH_GAP = 8
"""Distance of the hatch's lines along the row (tokens: status.exempt)."""


class StateLook(NamedTuple):
    """How a cell state is told apart: icon and colour names; ``fill``/``edge`` only where it alarms."""

    icon: str
    color: str
    fill: str = ""
    edge: str = ""
    line: str = "border"


STATE_LOOKS = {
    CellState.DONE: StateLook("check", "success", line="successLine"),
    CellState.PLANNED: StateLook("clock", "info", line="infoLine"),
    CellState.AT_RISK: StateLook("triangle-warn", "warning", "warningBg", "warningLine", "warningLine"),
    CellState.OVERDUE: StateLook("square-x", "danger", "dangerBg", "danger", "dangerLine"),
    CellState.GAP: StateLook("dashed-circle", "ink3"),
    CellState.EXEMPT: StateLook("", "ink2"),
    CellState.NOT_APPLICABLE: StateLook("", "ink3"),
}


def metrics(font: QFont) -> QFontMetricsF:
    """The metrics of ``font``, kept: asking anew costs more than drawing."""
    key = _name(font)
    if (known := _metrics.get(key)) is None:
        known = _metrics[key] = QFontMetricsF(font)
    return known


_metrics: dict[str, QFontMetricsF] = {}


def _name(font: QFont) -> str:
    return font.name if isinstance(font, ThemeFont) else font.key()


def text_width(font: QFont, text: str) -> float:
    """Advance of ``text`` in ``font``, kept for the next time."""
    key = (_name(font), text)
    if (width := _widths.get(key)) is None:
        if len(_widths) > 20_000:
            _widths.clear()
        width = _widths[key] = metrics(font).horizontalAdvance(text)
    return width


_widths: dict[tuple[str, str], float] = {}


def fitted(text: str, font: QFont, width: float) -> str:
    """The longest beginning of ``text`` that fits ``width``, cut between characters, without “…”."""
    if text_width(font, text) <= width:
        return text
    fits, exceeds = 0, len(text)
    while exceeds - fits > 1:
        length = (fits + exceeds) // 2
        if text_width(font, text[:length]) <= width:
            fits = length
        else:
            exceeds = length
    return text[:fits].rstrip(" ·，、“（")


def elided(text: str, font: QFont, width: float) -> str:
    """``text`` cut with “…” where it does not fit ``width``."""
    if text_width(font, text) <= width:
        return text
    return metrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width)


def draw_text(painter: QPainter, left: float, middle: float, text: str, font: QFont, color: QColor) -> float:
    """Draw ``text`` from ``left``, centred on ``middle``; returns where it ends."""
    rules = metrics(font)
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(QPointF(left, middle + (rules.ascent() - rules.descent()) / 2 - 0.5), text)
    return left + text_width(font, text)


def draw_centred(
    painter: QPainter, centre: float, middle: float, text: str, font: QFont, color: QColor
) -> None:
    """Draw ``text`` around ``centre``."""
    draw_text(painter, centre - text_width(font, text) / 2, middle, text, font, color)


def paint_box(
    painter: QPainter,
    rect: QRectF,
    fill: str | QColor = "",
    line: str | QColor = "",
    radius: float = 4,
    width: float = 1,
    *,
    dashed: bool = False,
) -> None:
    """Paint a rounded box in colours of the theme (by name, or mixed ones); "" leaves ground or line out."""
    pen = QPen(theme().color(line) if isinstance(line, str) else line, width) if line else QPen(_NO_PEN)
    if dashed:
        pen.setDashPattern([3.0, 2.0])
    painter.setPen(pen)
    painter.setBrush((theme().color(fill) if isinstance(fill, str) else fill) if fill else _NO_BRUSH)
    painter.drawRoundedRect(rect, radius, radius)


_NO_PEN, _NO_BRUSH = Qt.PenStyle.NoPen, QBrush(Qt.BrushStyle.NoBrush)


def mark_width(text: str, font: QFont) -> float:
    """Width of a state mark with ``text``."""
    return 18 + text_width(font, text)


def paint_mark(
    painter: QPainter, left: float, middle: float, state: CellState, text: str, font: QFont | None = None
) -> float:
    """Paint icon and bold count of a cell; returns where it ends."""
    look = STATE_LOOKS[state]
    color = theme().color(look.color)
    if look.icon:
        paint_icon(painter, look.icon, QRectF(left, middle - 7, 14, 14), color)
        left += 16
    return draw_text(painter, left, middle, text, font or theme().font(12, bold=True), color)


def paint_hatch(painter: QPainter, rect: QRectF, color: QColor, gap: float = HATCH_GAP) -> None:
    """Fill ``rect`` with 45° lines anchored to the origin, so that neighbouring areas join."""
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color, 1.0))
    start = rect.left() + rect.top()
    start -= start % gap
    end = rect.right() + rect.bottom()
    while start <= end:
        painter.drawLine(
            QPointF(start - rect.top(), rect.top()), QPointF(start - rect.bottom(), rect.bottom())
        )
        start += gap
    painter.restore()


def paint_cell_ground(painter: QPainter, rect: QRectF, state: CellState) -> None:
    """Tint the cell where it alarms (amber or red with a 3 px edge); all other states stay calm."""
    look = STATE_LOOKS[state]
    if look.fill:
        painter.fillRect(rect, theme().color(look.fill))
        painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), theme().color(look.edge))


def paint_exempt(painter: QPainter, rect: QRectF, reason: str = "") -> None:
    """Hatch the cell and write 豁免 (and ``reason`` where it fits) on it."""
    painter.fillRect(rect, theme().color("surfaceAlt"))
    paint_hatch(painter, rect, theme().color("gridStrong"))
    font = theme().font(12)
    height = metrics(font).height() + 3
    two = reason != "" and rect.height() >= 2 * height + 16 and text_width(font, reason) <= rect.width() - 10
    middle = rect.center().y() - (height / 2 + 1 if two else 0)
    paint_label(painter, QPointF(rect.center().x(), middle), "豁免", font)
    if two:
        width = text_width(font, reason) + 8
        box = QRectF(rect.center().x() - width / 2, middle + height / 2 + 3, width, height)
        painter.fillRect(box, theme().color("surfaceAlt"))
        draw_text(painter, box.left() + 4, box.center().y(), reason, font, theme().color("ink2"))


def paint_label(painter: QPainter, middle: QPointF, text: str, font: QFont) -> None:
    """A small framed word on a hatch."""
    width, height = text_width(font, text) + 12, metrics(font).height() + 3
    box = QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_box(painter, _crisp(box), "surface", "border", 3)
    draw_text(painter, box.left() + 6, box.center().y(), text, font, theme().color("ink2"))


def paint_pill(painter: QPainter, rect: QRectF, text: str, state: CellState) -> None:
    """A rounded pill with the state's words, in its colours."""
    look = STATE_LOOKS[state]
    font = theme().font(12, bold=True)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme().color(look.line), 1))
    painter.setBrush(theme().color(PILL_FILLS.get(state, "surfaceAlt")))
    radius = rect.height() / 2
    painter.drawRoundedRect(_crisp(rect), radius, radius)
    draw_centred(painter, rect.center().x(), rect.center().y(), text, font, theme().color(look.color))


PILL_FILLS = {
    CellState.DONE: "successBg",
    CellState.PLANNED: "infoBg",
    CellState.AT_RISK: "warningBg",
    CellState.OVERDUE: "dangerBg",
}


def paint_badge(painter: QPainter, middle: QPointF, text: str) -> None:
    """A red number (rail, button) centred on ``middle``."""
    font = theme().font(12, bold=True)
    width = max(18.0, text_width(font, text) + 9)
    box = QRectF(middle.x() - width / 2, middle.y() - 9, width, 18)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_box(painter, box, "today", radius=9)
    draw_centred(painter, box.center().x(), box.center().y(), text, font, on_today())


def on_today() -> QColor:
    """Text on the cinnabar of the today flag: white by day, near black at night."""
    return theme().color("window") if theme().dark else theme().color("surface")


def _crisp(rect: QRectF) -> QRectF:
    """``rect`` moved to the middle of its border pixels."""
    return rect.adjusted(0.5, 0.5, -0.5, -0.5)


def paint_day_mark(
    painter: QPainter, left: float, middle: float, mark: str, words: str, room: float, *, estimated: bool
) -> float:
    """Paint the box 休 or 班 (dotted while estimated) and its words where they fit; returns where it ends."""
    font = theme().font(12, bold=True)
    color = theme().color("danger" if mark == "休" else "info")
    side = round(metrics(theme().font(12)).height() + 1)
    box = QRectF(round(left), round(middle - side / 2), side, side)
    pen = QPen(color, 1.2)
    if estimated:
        pen.setDashPattern([1.5, 1.8])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    draw_text(painter, box.center().x() - text_width(font, mark) / 2, middle, mark, font, color)
    small = theme().font(12)
    if words and box.right() + 6 + text_width(small, words) <= left + room:
        return draw_text(painter, box.right() + 6, middle, words, small, color)
    return box.right()


def new_pixmap(size: QSize, ratio: float) -> QPixmap:
    """An opaque pixmap of ``size`` in the ground colour."""
    pixmap = QPixmap(round(size.width() * ratio), round(size.height() * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(theme().color("surface"))
    return pixmap


def with_alpha(name: str, alpha: float) -> QColor:
    """The theme's colour ``name``, translucent."""
    color = QColor(theme().color(name))
    color.setAlphaF(alpha)
    return color
