"""日历两种画布共用的值：命中、静态层、拿起时各日的评判。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

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
