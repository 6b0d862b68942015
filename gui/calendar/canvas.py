"""日历两种画布共用的值：命中、拖动时各日的评判、归日历管的键。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter

from gui.calendar.deadlines import DeadlineLine
from gui.kit.cell_grid import DAYS
from gui.kit.icons import paint_icon
from gui.kit.marks import draw_centred, draw_text, fitted, metrics
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


class DragTarget(NamedTuple):
    """What the views show of a drag: the verdict of every day, and the key of the chip that is dimmed.

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

    @property
    def layer_key(self) -> tuple[object, ...]:
        """What the painted days depend on; the rest only moves the landing."""
        return self.key, self.verdicts, self.copies


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
    draw_centred(painter, box.center().x(), middle, verdict.label, font, theme().color(ink))


def is_own_shortcut(event: QKeyEvent) -> bool:
    """Whether the key belongs to the selected day or event rather than to the menu bar."""
    key, modifiers = Qt.Key(event.key()), event.modifiers()
    if modifiers == Qt.KeyboardModifier.ControlModifier:
        return key in (Qt.Key.Key_N, Qt.Key.Key_T, Qt.Key.Key_M)
    return bool(modifiers & Qt.KeyboardModifier.AltModifier) and key in DAYS
