"""一格的卡片：点开一格就看到状态、期限、建议和三个按钮。"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from gui.kit.boxes import in_column, in_row, take_out
from gui.kit.card_contents import CardAction, CardContents
from gui.kit.marks import metrics, paint_pill, text_width
from gui.kit.plain import button, label
from gui.kit.popover import Popover
from gui.kit.theme import theme
from gui.kit.tiles import TileKind, paint_tile
from planners.results import CellState


class CardTile(QWidget):
    """The tile of a campaign as a small widget."""

    def __init__(self, kind: TileKind, side: int = 20) -> None:
        super().__init__()
        self._kind = kind
        self.setFixedSize(QSize(side, side))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tile."""
        del event
        painter = QPainter(self)
        paint_tile(painter, self._kind, QRectF(0, 0, self.width(), self.width()))
        painter.end()


class Pill(QWidget):
    """The pill of a cell state as a small widget."""

    def __init__(self, state: CellState, text: str = "") -> None:
        super().__init__()
        self._state, self._text = state, text or state.label
        font = theme().font(12, bold=True)
        self.setFixedSize(round(text_width(font, self._text)) + 28, round(metrics(font).height()) + 5)
        self.setAccessibleName(self._text)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pill."""
        del event
        painter = QPainter(self)
        paint_pill(painter, QRectF(self.rect()), self._text, self._state)
        painter.end()


class CellCard(Popover):
    """The card of a cell. ``chosen`` tells which button was used, ``chips_wanted`` that ↓ was pressed."""

    chosen = Signal(object)
    chips_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._body: QWidget | None = None
        self._buttons: list[QPushButton] = []
        self.contents: CardContents | None = None

    def show_cell(self, contents: CardContents, place: QRect, *, focus: bool = True) -> None:
        """Show ``contents`` beside ``place``; the primary button takes the focus."""
        self.contents = contents
        if self._body is not None:
            take_out(self._column, self._body)
        self._body = self._build(contents)
        self._column.addWidget(self._body)
        self._body.show()
        self.setAccessibleName(f"{contents.title}，{'；'.join(contents.lines)}")
        self.open_beside(place)
        if focus:
            (self._buttons[0] if self._buttons else self).setFocus(Qt.FocusReason.PopupFocusReason)

    @property
    def button_texts(self) -> tuple[str, ...]:
        """What the buttons say, primary first."""
        return tuple(entry.text for entry in self.contents.buttons) if self.contents else ()

    def _build(self, contents: CardContents) -> QWidget:
        body = QWidget()
        body.setMinimumWidth(300)
        column = in_column(self._head(contents), inside=body, margins=(14, 12, 14, 14), spacing=6)
        for text in contents.lines:
            column.addWidget(self._words(text, 13, "ink2"))
        if contents.suggestion is not None:
            column.addWidget(_rule())
            column.addLayout(self._suggestion(contents))
        if contents.buttons:
            column.addSpacing(6)
            column.addLayout(self._button_row(contents))
        return body

    def _head(self, contents: CardContents) -> QHBoxLayout:
        title = label(contents.title, "heading")
        row = in_row(CardTile(contents.kind), title, None, spacing=9)
        if contents.state is not None:
            row.addSpacing(16)
            row.addWidget(Pill(contents.state))
        return row

    def _suggestion(self, contents: CardContents) -> QHBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(2)
        day = label(contents.suggested)
        day.setFont(theme().font(14, bold=True))
        day.setStyleSheet("font-weight: 700;")
        column.addWidget(day)
        reasons = self._words(contents.reasons, 12, "ink3")
        column.addWidget(reasons)
        row = in_row((self._words("建议", 12, "ink3"), 0, Qt.AlignmentFlag.AlignTop), (column, 1), spacing=10)
        return row

    def _button_row(self, contents: CardContents) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self._buttons = []
        for index, entry in enumerate(contents.buttons):
            made = button(entry.text, kind="primary" if index == 0 else "")
            made.clicked.connect(partial(self._choose, entry.action))
            made.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
            self._buttons.append(made)
            row.addWidget(made)
        row.addStretch(1)
        return row

    def _words(self, text: str, size: int, color: str) -> QWidget:
        made = label(text, wrap=len(text) > 30)
        made.setStyleSheet(
            f"font-size: {theme().font(size).pixelSize()}px; color: {theme().color(color).name()};"
        )
        made.setMaximumWidth(400)
        return made

    def _choose(self, action: CardAction) -> None:
        self.hide()
        self.chosen.emit(action)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↓ enters the chips of the cell, ←/→ walk the buttons, Ctrl+Enter is the primary button."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Down:
            self.dismiss()
            self.chips_wanted.emit()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Right)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._buttons:
            focused = next((made for made in self._buttons if made.hasFocus()), self._buttons[0])
            (self._buttons[0] if control else focused).click()
        else:
            super().keyPressEvent(event)


def _rule() -> QFrame:
    line = QFrame()
    line.setFixedHeight(1)
    line.setStyleSheet(f"background: {theme().color('grid').name()};")
    return line
