"""图标：24 格、线宽 1.75、圆头，路径自绘，装入时着色。"""

from __future__ import annotations

import re
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from gui.kit.theme import theme

GRID = 24.0
STROKE, STROKE_AT_14 = 1.75, 2.2
_WORD = re.compile(r"[A-Z]|\d+\.?\d*")

# Each icon is a list of strokes in SVG path words (M L H V C Z, absolute) and circles "O cx cy r".
SHAPES: dict[str, str] = {
    "table": "M4 5 H20 V19 H4 Z M4 10 H20 M4 14.5 H20 M9.5 5 V19 M14.8 5 V19",
    "calendar": "M4 6 H20 V20 H4 Z M4 10.5 H20 M8.5 3.5 V7.5 M15.5 3.5 V7.5 M8 14 H9 M11.5 14 H12.5 M15 14 H16",
    "list": "M9 6 H20 M9 12 H20 M9 18 H20 M4.5 6 H5 M4.5 12 H5 M4.5 18 H5",
    "shield": "M12 3.5 L19 6 V11.5 C19 16 16 19 12 20.5 C8 19 5 16 5 11.5 V6 Z M8.8 12 L11.2 14.4 L15.4 9.8",
    "users": "O 9 8.2 3.2 M3.2 19.5 C3.2 15.5 5.8 13.8 9 13.8 C12.2 13.8 14.8 15.5 14.8 19.5 M15.5 5.3 C17.4 5.6 18.4 6.8 "
    "18.4 8.3 C18.4 9.8 17.4 11 15.5 11.3 M17.2 14.2 C19.6 14.7 20.9 16.4 20.9 19.5",
    "building": "M3.5 20 H20.5 M5.5 20 V10 L12 4.5 L18.5 10 V20 M10 20 V14 H14 V20",
    "printer": "M7 9 V4 H17 V9 M7 17 H4.5 V9 H19.5 V17 H17 M7 14 H17 V20.5 H7 Z",
    "gear": "O 12 12 3.2 M12 3.2 V6 M12 18 V20.8 M3.2 12 H6 M18 12 H20.8 M5.8 5.8 L7.8 7.8 M16.2 16.2 L18.2 18.2 M5.8 18.2 "
    "L7.8 16.2 M16.2 7.8 L18.2 5.8",
    "wand": "M4 20 L14.5 9.5 M13 8 L16 11 M17.5 3.5 V6.5 M16 5 H19 M20 10 V12 M19 11 H21 M9.5 4 V6 M8.5 5 H10.5",
    "download": "M12 4 V14.5 M7.5 10.5 L12 15 L16.5 10.5 M4.5 16 V20 H19.5 V16",
    "upload": "M12 15 V4.5 M7.5 8.5 L12 4 L16.5 8.5 M4.5 16 V20 H19.5 V16",
    "plus": "M12 5 V19 M5 12 H19",
    "minus": "M5 12 H19",
    "document": "M6 3.5 H14 L18.5 8 V20.5 H6 Z M14 3.5 V8 H18.5 M9 12.5 H15.5 M9 16 H15.5",
    "undo": "M8.5 5 L4.5 9 L8.5 13 M4.5 9 H14.5 C18 9 20 11.3 20 14 C20 16.7 18 19 14.5 19 H10",
    "redo": "M15.5 5 L19.5 9 L15.5 13 M19.5 9 H9.5 C6 9 4 11.3 4 14 C4 16.7 6 19 9.5 19 H14",
    "search": "O 10.5 10.5 6 M15 15 L20 20",
    "sun": "O 12 12 3.8 M12 3 V5 M12 19 V21 M3 12 H5 M19 12 H21 M5.6 5.6 L7 7 M17 17 L18.4 18.4 M5.6 18.4 L7 17 M17 7 L18.4 5.6",
    "moon": "M19.5 14.5 C18.5 15 17.4 15.2 16.2 15.2 C11.8 15.2 8.8 12.2 8.8 7.8 C8.8 6.6 9 5.5 9.5 4.5 C6.2 5.6 4 8.6 4 12.2 "
    "C4 16.7 7.3 20 11.8 20 C15.4 20 18.4 17.8 19.5 14.5 Z",
    "check": "M5 12.5 L9.8 17.2 L19 7.5",
    "clock": "O 12 12 8 M12 7.2 V12 L15.4 14",
    "triangle-warn": "M12 4 L21 19.5 H3 Z M12 10 V14.2 M12 16.9 V17.1",
    "square-x": "M4.5 4.5 H19.5 V19.5 H4.5 Z M9 9 L15 15 M15 9 L9 15",
    "dashed-circle": "M20 12 C20 13.3 19.7 14.6 19.1 15.7 M16 18.9 C14.8 19.6 13.4 20 12 20 M8 18.9 C6.8 18.2 5.8 17.2 5.1 16 "
    "M4 12 C4 10.6 4.4 9.2 5.1 8 M8 5.1 C9.2 4.4 10.6 4 12 4 M16 5.1 C17.2 5.8 18.2 6.8 18.9 8",
    "chevron-left": "M14.5 5.5 L8 12 L14.5 18.5",
    "chevron-right": "M9.5 5.5 L16 12 L9.5 18.5",
    "chevron-down": "M5.5 9.5 L12 16 L18.5 9.5",
    "chevron-up": "M5.5 15 L12 8.5 L18.5 15",
    "arrow-right": "M4.5 12 H19 M13.5 6.5 L19 12 L13.5 17.5",
    "bell": "M6 16.5 V11 C6 7.5 8.5 5 12 5 C15.5 5 18 7.5 18 11 V16.5 L19.5 18 H4.5 Z M10.3 20.5 H13.7 M12 3.2 V5",
    "flag": "M6 20.5 V4 M6 4.8 H18 L15.5 8.8 L18 12.8 H6",
    "info": "O 12 12 8 M12 11 V16 M12 7.9 V8.1",
    "close": "M6 6 L18 18 M18 6 L6 18",
    "eye": "M3 12 C6 7.2 9 5.5 12 5.5 C15 5.5 18 7.2 21 12 C18 16.8 15 18.5 12 18.5 C9 18.5 6 16.8 3 12 Z O 12 12 2.8",
    "lock": "M6 11 H18 V20 H6 Z M8.5 11 V8 C8.5 5.8 10 4.3 12 4.3 C14 4.3 15.5 5.8 15.5 8 V11",
    "pin": "M9 4 H15 L14.3 10 L17 13.5 H7 L9.7 10 Z M12 13.5 V20.5",
    "edit": "M4.5 19.5 L5.5 15 L15.5 5 L19 8.5 L9 18.5 Z M13.5 7 L17 10.5",
    "folder": "M3.5 6 H9.5 L11.5 8.5 H20.5 V19 H3.5 Z",
    "copy": "M9 9 H19.5 V19.5 H9 Z M15 9 V4.5 H4.5 V15 H9",
    "more": "O 5.5 12 1 O 12 12 1 O 18.5 12 1",
    "funnel": "M4 5 H20 L14 12.5 V19 L10 17 V12.5 Z",
    "trash": "M5 7 H19 M9.5 7 V4.5 H14.5 V7 M6.5 7 L7.5 20 H16.5 L17.5 7",
}


def paint_icon(painter: QPainter, name: str, rect: QRectF, color: QColor) -> None:
    """Paint the icon ``name`` into ``rect`` in one colour; ``KeyError`` for a name that is not there."""
    side = min(rect.width(), rect.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.center().x() - side / 2, rect.center().y() - side / 2)
    painter.scale(side / GRID, side / GRID)
    pen = QPen(color, STROKE_AT_14 if side <= 16 else STROKE)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(icon_path(name))
    painter.restore()


@lru_cache(maxsize=128)
def icon_path(name: str) -> QPainterPath:
    """The strokes of the icon on the 24 grid."""
    words = _WORD.findall(SHAPES[name])
    path = QPainterPath()
    position = 0
    while position < len(words):
        position = _draw_word(path, words, position)
    return path


def _draw_word(path: QPainterPath, words: list[str], position: int) -> int:
    word = words[position]
    count = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "O": 3, "Z": 0}[word]
    numbers = [float(text) for text in words[position + 1 : position + 1 + count]]
    here = path.currentPosition()
    if word == "M":
        path.moveTo(*numbers)
    elif word == "L":
        path.lineTo(*numbers)
    elif word == "H":
        path.lineTo(numbers[0], here.y())
    elif word == "V":
        path.lineTo(here.x(), numbers[0])
    elif word == "C":
        path.cubicTo(*(QPointF(numbers[n], numbers[n + 1]) for n in (0, 2, 4)))
    elif word == "O":
        path.addEllipse(QPointF(numbers[0], numbers[1]), numbers[2], numbers[2])
    else:
        path.closeSubpath()
    return position + 1 + count


class _Engine(QIconEngine):
    """Paints an icon in a colour of the theme as it is at that moment, sharp at every scale."""

    def __init__(self, name: str, color_name: str) -> None:
        super().__init__()
        self._name = name
        self._color_name = color_name

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._color_name)

    def paint(self, painter: QPainter, rect: object, mode: QIcon.Mode, state: QIcon.State) -> None:
        color = theme().color("hatch" if mode is QIcon.Mode.Disabled else self._color_name)
        paint_icon(painter, self._name, QRectF(rect), color)  # type: ignore[call-overload]

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRectF(0, 0, size.width(), size.height()).toRect(), mode, state)
        painter.end()
        return pixmap


@lru_cache(maxsize=256)
def icon(name: str, color_name: str = "ink") -> QIcon:
    """The icon ``name`` in a colour of the theme, following it when it changes."""
    return QIcon(_Engine(name, color_name))


class IconSign(QWidget):
    """The icon ``name`` in a colour of the theme of the moment, ``side`` large in the middle of its room."""

    def __init__(self, name: str, color: str, side: int = 16, room: tuple[int, int] = (18, 18)) -> None:
        super().__init__()
        self._name, self._color, self._side = name, color, side
        self.setFixedSize(*room)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the icon."""
        del event
        painter = QPainter(self)
        box = QRectF(0, 0, self._side, self._side)
        box.moveCenter(QRectF(self.rect()).center())
        paint_icon(painter, self._name, box, theme().color(self._color))
        painter.end()
