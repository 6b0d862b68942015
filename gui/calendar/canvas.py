"""日历两种画布共用的值：命中、静态层、拿起时各日的评判。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from gui.calendar.deadlines import DeadlineLine
from gui.kit.icons import paint_icon
from gui.kit.marks import draw_text, fitted, metrics, text_width
from gui.kit.theme import theme
from models.domain.events import Labelled
from planners.results import Verdict

VERDICT_LOOKS = {
    Verdict.GOOD: ("successBg", "success"),
    Verdict.FAIR: ("infoBg", "info"),
    Verdict.AVOID: ("warningBg", "warning"),
}
"""Ground and ink of a verdict; 不可 is a hatch."""


class HitKind(Labelled):
    """What a place of the calendar is."""

    EVENT = "event", "活动"
    DECISION = "decision", "决策事项"
    MORE = "more", "其余活动"
    DEADLINE = "deadline", "时限"
    DAY = "day", "日"
    WEEK = "week", "周"


class Hit(NamedTuple):
    """A place that can be pointed at, in content coordinates."""

    rect: QRectF
    kind: HitKind
    day: date
    key: str = ""


class Layer(NamedTuple):
    """A painted layer and what can be pointed at on it."""

    pixmap: QPixmap
    hits: tuple[Hit, ...]


class Lifted(NamedTuple):
    """An event in the hand: the verdict of every day, and the key of the chip that is dimmed.

    ``target`` is where it would land now (None: nowhere), ``at`` at what time and ``minutes`` how long
    (no time: the whole day), ``verdict`` how well that suits. ``copies``: the event itself stays.
    """

    key: str
    verdicts: Mapping[date, Verdict]
    target: date | None = None
    at: time | None = None
    minutes: int = 120
    verdict: Verdict = Verdict.IMPOSSIBLE
    copies: bool = False


def new_pixmap(size: QSize, ratio: float) -> QPixmap:
    """An opaque pixmap of ``size`` in the ground colour."""
    pixmap = QPixmap(round(size.width() * ratio), round(size.height() * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(theme().color("surface"))
    return pixmap


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


def paint_deadlines(painter: QPainter, place: QRectF, line: DeadlineLine) -> None:
    """Paint the line of a day's deadlines: a small flag and words, no frame, so that it is no event."""
    font = theme().font(12)
    color = theme().color(line.color)
    middle = place.center().y()
    paint_icon(painter, line.icon, QRectF(place.left() + 2, middle - 7, 14, 14), color)
    words = fitted(line.text, font, place.width() - 22)
    draw_text(painter, place.left() + 19, middle, words, font, color)


def paint_verdict(painter: QPainter, right: float, middle: float, verdict: Verdict) -> None:
    """The round badge 宜, 可 or 避 that ends at ``right``."""
    ground, ink = VERDICT_LOOKS[verdict]
    font = theme().font(12, bold=True)
    side = round(metrics(font).height() + 3)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme().color(ground))
    box = QRectF(right - side, middle - side / 2, side, side)
    painter.drawEllipse(box)
    left = box.center().x() - text_width(font, verdict.label) / 2
    draw_text(painter, left, middle, verdict.label, font, theme().color(ink))


def with_alpha(name: str, alpha: float) -> QColor:
    """The theme's colour ``name``, translucent."""
    color = QColor(theme().color(name))
    color.setAlphaF(alpha)
    return color
