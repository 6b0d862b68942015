"""一项发现的卡片：真按钮，键盘走得到；Enter 主按钮，Shift+Enter 次按钮。"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QIcon, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy

from gui.kit.icons import icon
from gui.kit.plain import button, escaped, plain_tip, restyle
from gui.rules.card_painter import CardLines, lay_out, paint_card
from gui.rules.cards import RowButton, RowCard

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class FindingCard(QFrame):
    """A card. ``chosen`` carries what the button does, ``left`` (1, -1) asks for the next or previous card.

    ``space_pressed`` asks to unfold what is met, ``reached`` tells that the keyboard has come here.
    """

    chosen = Signal(object)
    left = Signal(int)
    space_pressed = Signal()
    reached = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.card: RowCard | None = None
        self._lines: CardLines | None = None
        self._buttons: list[QPushButton] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("paintsFocus", True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)

    def show_card(self, card: RowCard) -> None:
        """Show ``card``; the buttons are used again."""
        if card == self.card:
            return
        self.card = card
        while len(self._buttons) < len(card.buttons):
            made = button("", partial(self._on_clicked, len(self._buttons)))
            made.setParent(self)
            self._buttons.append(made)
        for number, made in enumerate(self._buttons):
            made.setVisible(number < len(card.buttons))
            if number < len(card.buttons):
                self._dress(made, card.buttons[number])
        self.setAccessibleName(card.words)
        self.setToolTip(plain_tip(card.note))
        self._arrange()
        self.update()

    def _dress(self, made: QPushButton, entry: RowButton) -> None:
        restyle(made, "kind", "primary" if entry.filled else "plain")
        made.setText(escaped(entry.text))
        made.setIcon(icon(entry.icon, "onPrimary" if entry.filled else "ink") if entry.icon else QIcon())
        made.setToolTip("Enter" if made is self._buttons[0] else "Shift+Enter")

    @property
    def button_texts(self) -> tuple[str, ...]:
        """What the buttons say, primary first."""
        return tuple(entry.text for entry in self.card.buttons) if self.card else ()

    def press(self, number: int) -> None:
        """Use the primary (0) or secondary (1) button, where there is one."""
        if self.card is not None and number < len(self.card.buttons):
            self._on_clicked(number)

    def _on_clicked(self, number: int) -> None:
        if self.card is not None and number < len(self.card.buttons):
            self.chosen.emit(self.card.buttons[number].act)

    def _sizes(self) -> tuple[QSizeF, ...]:
        shown = len(self.card.buttons) if self.card else 0
        return tuple(QSizeF(made.sizeHint()) for made in self._buttons[:shown])

    def _arrange(self) -> None:
        if self.card is None or self.width() < 80:
            return
        self._lines = lay_out(self.card, self.width(), self._sizes())
        if self.height() != self._lines.height:
            self.setFixedHeight(int(self._lines.height))
        for made, place in zip(self._buttons, self._lines.buttons, strict=False):
            made.setGeometry(place.toRect())

    def sizeHint(self) -> QSize:
        """Wide as there is room, high as the words ask for."""
        return QSize(400, int(self._lines.height) if self._lines else 120)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the words anew where the width is another one."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def refit(self) -> None:
        """Arrange everything anew: the text size or the theme is another one."""
        self._arrange()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint everything but the buttons."""
        del event
        if self.card is None or self._lines is None:
            return
        painter = QPainter(self)
        inside = self.hasFocus() or any(made.hasFocus() for made in self._buttons)
        paint_card(painter, QRectF(self.rect()), self.card, self._lines, focused=inside)
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the keyboard is here."""
        super().focusInEvent(event)
        self.reached.emit()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The frame is drawn thin again."""
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Shift+Enter use the buttons, ↑↓ walk the cards, Space unfolds what is met."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = next((n for n, made in enumerate(self._buttons) if made.hasFocus()), 0)
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.press(1 if shifted else focused)
        elif event.key() in _STEPS:
            self.left.emit(_STEPS[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Space:
            self.space_pressed.emit()
        else:
            super().keyPressEvent(event)
