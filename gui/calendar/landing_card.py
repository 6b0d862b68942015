"""落点卡片：移到哪天几点、对规则的影响、和谁冲突；避开的日子在这里问一次。"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.calendar.wrapping import wrapped
from gui.kit.announce import announce
from gui.kit.icons import paint_icon
from gui.kit.marks import draw_text, metrics, paint_box, text_width, with_alpha
from gui.kit.plain import button, escaped
from gui.kit.theme import theme
from gui.session.landing import EffectLine

_SHADOW = 10
_PAD = 14
_WIDEST = 330


class CardWords(NamedTuple):
    """What the card says: title, lines, and the keys at its foot."""

    title: str
    lines: tuple[EffectLine, ...]
    foot: str


class LandingCard(QWidget):
    """Says what a landing would do. While it asks, ``accepted`` and ``refused`` tell the answer."""

    accepted = Signal()
    refused = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = CardWords("", (), "")
        self._rows: list[tuple[EffectLine | None, str]] = []
        self.accept_button = button("", self.accepted.emit, kind="primary", small=True)
        self.refuse_button = button("放回去", self.refused.emit, small=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.refuse_button)
        row.addWidget(self.accept_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(_SHADOW + _PAD, 0, _SHADOW + _PAD, _SHADOW + 10)
        column.addStretch(1)
        column.addLayout(row)
        self._ask(on=False)
        self.hide()

    @property
    def texts(self) -> tuple[str, ...]:
        """What the card says, line by line."""
        return (self._words.title, *(line.words for line in self._words.lines))

    @property
    def is_asking(self) -> bool:
        """Whether an answer is waited for."""
        return self.accept_button.isVisibleTo(self)

    def show_words(self, words: CardWords) -> None:
        """Say ``words`` without asking anything."""
        self._words = words
        self._ask(on=False)
        self._fit()

    def ask(self, words: CardWords, accept: str) -> None:
        """Ask once whether it is to be done all the same; the focus goes to the answer."""
        self._words = words
        self.accept_button.setText(escaped(accept))
        self._ask(on=True)
        self._fit()
        self.show()
        self.raise_()
        self.accept_button.setFocus(Qt.FocusReason.PopupFocusReason)
        announce(self, "，".join((*self.texts, accept)))

    def _ask(self, *, on: bool) -> None:
        self.accept_button.setVisible(on)
        self.refuse_button.setVisible(on)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not on)

    def _fit(self) -> None:
        """As wide as the longest line, wrapped where that is too long."""
        small, title = theme().font(13), theme().font(14, bold=True)
        most = round(_WIDEST * theme().scale)
        widths = [text_width(title, self._words.title)]
        widths += [text_width(small, line.words) + 26 for line in self._words.lines]
        widths.append(text_width(theme().font(12), self._words.foot) + 26)
        inner = round(min(most, max(widths)))
        self._rows = []
        for line in self._words.lines:
            parts = wrapped(line.words, inner - 26)
            self._rows += [(line if n == 0 else None, part) for n, part in enumerate(parts)]
        height = _PAD + metrics(title).height() + 6 + len(self._rows) * self._step() + 6
        height += metrics(theme().font(12)).height() + 12
        if self.is_asking:
            height += self.accept_button.sizeHint().height() + 8
            inner = max(
                inner, self.accept_button.sizeHint().width() + self.refuse_button.sizeHint().width() + 12
            )
        self.resize(QSize(inner + 2 * (_PAD + _SHADOW), round(height) + 2 * _SHADOW))
        self.update()

    @staticmethod
    def _step() -> float:
        return metrics(theme().font(13)).height() + 4

    def place_near(self, at: QPoint, avoid: QRect) -> None:
        """Stand beside the preview, inside the parent, clear of ``avoid`` where there is room."""
        room = self.parentWidget().rect()
        left, top = avoid.right() + 4 - _SHADOW, at.y() + 34 - _SHADOW
        if left + self.width() > room.right():
            left = avoid.left() - self.width() - 4 + _SHADOW
        if left < room.left() - _SHADOW:
            left = min(max(at.x() - self.width() // 2, room.left()), room.right() - self.width())
            top = avoid.bottom() + 4 - _SHADOW
        top = min(top, room.bottom() - self.height() + _SHADOW)
        self.move(left, max(room.top(), top))
        if not self.isVisible():
            self.show()
            self.raise_()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter accepts the button that has the focus; Esc puts the event back."""
        if event.key() == Qt.Key.Key_Escape:
            self.refused.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.refused if self.refuse_button.hasFocus() else self.accepted).emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint shadow, card, title, lines and the keys."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = QRectF(self.rect()).adjusted(_SHADOW + 0.5, _SHADOW + 0.5, -_SHADOW - 0.5, -_SHADOW - 0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        for step in range(_SHADOW - 1, 0, -1):
            painter.setBrush(with_alpha("shadow", 0.05 if theme().dark else 0.016))
            painter.drawRoundedRect(card.adjusted(-step, -step + 2, step, step + 1), 8 + step, 8 + step)
        paint_box(painter, card, "raised", "gridStrong", 8)
        self._paint_words(painter, card)
        painter.end()

    def _paint_words(self, painter: QPainter, card: QRectF) -> None:
        title, small, least = theme().font(14, bold=True), theme().font(13), theme().font(12)
        left = card.left() + _PAD
        middle = card.top() + _PAD - 2 + metrics(title).height() / 2
        draw_text(painter, left, middle, self._words.title, title, theme().color("ink"))
        middle += metrics(title).height() / 2 + 5 + self._step() / 2
        for line, words in self._rows:
            if line is not None:
                box = QRectF(left, middle - 8, 16, 16)
                paint_icon(painter, line.icon, box, theme().color(line.color))
            draw_text(painter, left + 26, middle, words, small, theme().color("ink"))
            middle += self._step()
        middle += 2
        paint_icon(painter, "info", QRectF(left + 1, middle - 7, 14, 14), theme().color("ink2"))
        draw_text(painter, left + 26, middle, self._words.foot, least, theme().color("ink2"))
