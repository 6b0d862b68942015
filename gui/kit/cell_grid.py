"""画出来的格子：光标、悬停、提示、播报、方向键与点选，各处同一个走法。

A grid names its cells by values of its own (a ``Place``: row and column, a day, …) and says where they lie
and what they show; the rest is done here. Rectangles and points are pixels of the painted surface.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui.kit.announce import announce
from gui.kit.cell_access import offer_cells
from gui.kit.marks import paint_box
from gui.kit.plain import plain_tip
from gui.kit.theme import theme

Place = Hashable
Key, Modifier = Qt.Key, Qt.KeyboardModifier
STEPS = {Key.Key_Left: (-1, 0), Key.Key_Right: (1, 0), Key.Key_Up: (0, -1), Key.Key_Down: (0, 1)}
"""How far the arrow keys go, across and down."""
DAYS = {key: across + 7 * down for key, (across, down) in STEPS.items()}
"""The same in a calendar whose rows are weeks."""
PAGES = {Key.Key_PageUp: -1, Key.Key_PageDown: 1}
ENTER = (Key.Key_Return, Key.Key_Enter)
_REACH = 4
"""Pixels around a cell that its ring, hover or shadow may touch."""

# The cells are mixed into widgets; a checker must know what the other side of the mixture has.
_Widget = QWidget if TYPE_CHECKING else object


class Cells(_Widget):
    """What every painted grid does. ``place`` is where the keyboard is, ``hover`` what the pointer is over."""

    place: Any = None
    hover: Any = None
    choosing: tuple[Key, ...] = ENTER
    """The keys that choose the cell of the keyboard."""

    def set_up_cells(self, name: str, description: str = "") -> None:
        """Take the keyboard and the pointer; screen readers hear ``name``, and the cells as a table."""
        self._pressed: Any = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.surface().setMouseTracking(True)
        self.setAccessibleName(name)
        self.setAccessibleDescription(description)
        offer_cells(Cells)

    def surface(self) -> QWidget:
        """What is painted on."""
        return self

    # what a grid says

    def rows(self) -> Sequence[Sequence[Any]]:
        """The places, row by row, as they are seen."""
        raise NotImplementedError

    def row_words(self, row: int) -> str:
        """What a row is about, for screen readers."""
        return ""

    def place_rect(self, place: Any) -> QRectF:
        """Where a cell is drawn; empty where it is not seen."""
        raise NotImplementedError

    def words_of(self, place: Any) -> str:
        """A cell in words: what is announced, and what its tool tip says."""
        raise NotImplementedError

    def tip_of(self, place: Any) -> str:
        """The tool tip of a cell."""
        return plain_tip(self.words_of(place))

    def choose(self, place: Any) -> None:
        """What a click or Enter does."""

    def can_choose(self, place: Any) -> bool:
        """Whether a click does anything, as the pointer shows."""
        return True

    def place_at(self, at: QPointF) -> Any:
        """The cell under a point, if any."""
        return next((p for row in self.rows() for p in row if self.place_rect(p).contains(at)), None)

    def beside(self, place: Any, across: int, down: int) -> Any:
        """Where a step leads; at the edges ``place`` itself."""
        rows = self.rows()
        row = next(n for n, cells in enumerate(rows) if place in cells)
        goal = rows[min(max(0, row + down), len(rows) - 1)]
        return goal[min(max(0, rows[row].index(place) + across), len(goal) - 1)]

    def page(self, step: int) -> bool:
        """What PgUp (-1) and PgDn (1) do; False where they mean nothing here."""
        return False

    # the keyboard

    def put(self, place: Any) -> None:
        """Put the keyboard on a cell, without a word."""
        self.renew(self.place, place)
        self.place = place

    def go_to(self, place: Any) -> None:
        """Put the keyboard on a cell and say it."""
        self.put(place)
        self.tell()

    def tell(self) -> None:
        """Say the cell of the keyboard."""
        if self.place is not None:
            announce(self, self.words_of(self.place))

    def on_key(self, key: Key, modifiers: Modifier) -> bool:
        """Do what a key means; False where it means nothing here."""
        if self.place is None or modifiers & ~Modifier.KeypadModifier:
            return False
        if key in STEPS:
            self.go_to(self.beside(self.place, *STEPS[key]))
        elif key in (Key.Key_Home, Key.Key_End):
            row = next(cells for cells in self.rows() if self.place in cells)
            self.go_to(row[0 if key == Key.Key_Home else -1])
        elif key in PAGES:
            return self.page(PAGES[key])
        elif key in self.choosing:
            self.choose(self.place)
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, Home and End go to the ends of the row, Enter chooses."""
        if not self.on_key(Key(event.key()), event.modifiers()):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show and say where the keyboard is."""
        super().focusInEvent(event)
        self.surface().update()
        self.tell()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes."""
        super().focusOutEvent(event)
        self.surface().update()

    def global_rect(self, place: Any) -> QRect:
        """Where a cell is on the screen."""
        rect = self.place_rect(place).toRect()
        return QRect(self.surface().mapToGlobal(rect.topLeft()), rect.size())

    # the pointer

    def renew(self, *places: Any) -> None:
        """Paint these cells anew, and no others."""
        for place in places:
            if place is not None:
                reach = self.place_rect(place).adjusted(-_REACH, -_REACH, _REACH, _REACH)
                self.surface().update(reach.toAlignedRect())

    def point_at(self, place: Any) -> None:
        """The pointer is over another cell, or over none."""
        if place == self.hover:
            return
        self.renew(self.hover, place)
        self.hover = place
        hand = place is not None and self.can_choose(place)
        self.surface().setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        self.point_at(self.place_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        super().leaveEvent(event)
        self.point_at(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The keyboard follows the pointer."""
        place = self.place_at(event.position()) if event.button() is Qt.MouseButton.LeftButton else None
        self._pressed = place
        if place is not None:
            self.put(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click chooses."""
        pressed, self._pressed = self._pressed, None
        if pressed is not None and self.place_at(event.position()) == pressed:
            self.choose(pressed)

    def show_tip(self, event: QHelpEvent) -> bool:
        """Tell in a tool tip what is under the pointer."""
        place = self.place_at(QPointF(event.pos()))
        QToolTip.showText(event.globalPos(), "" if place is None else self.tip_of(place), self)
        return True


class CellGrid(Cells, QWidget):
    """A grid that is seen whole."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_up_cells(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.updateGeometry)

    def paint(self, painter: QPainter, seen: QRectF) -> None:
        """Paint what lies in ``seen``."""
        raise NotImplementedError

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint smoothly."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint(painter, QRectF(event.rect()))
        painter.end()

    def event(self, event: QEvent) -> bool:
        """The tool tip is that of the cell."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            return self.show_tip(event)
        return super().event(event)

    def paint_ring(self, painter: QPainter, rect: QRectF, radius: float = 4, width: float = 2) -> None:
        """The ring around the cell that the keyboard (or, thinner, the pointer) is on."""
        paint_box(painter, rect, line="focus", radius=radius, width=width)
