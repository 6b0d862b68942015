"""一张发现卡片的版面与画法：控件与长清单共用，样子一致。"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QPainter, QPen

from gui.kit.marks import draw_text, elided, metrics, text_width
from gui.kit.theme import theme
from gui.rules.cards import RowCard
from gui.rules.looks import ROW_LOOKS, paint_button, paint_row_pill, painted_button_size, pill_size
from planners.rule_rows import RowState

PAD = 16
GAP = 8
CAPTIONS = ("缺什么", "何时前", "怎么办")


class CardLines(NamedTuple):
    """Where everything of a card stands, in its own coordinates."""

    height: float
    pill: QRectF
    texts: tuple[QRectF, ...]
    buttons: tuple[QRectF, ...]


def line_fonts(card: RowCard) -> tuple[QFont, QFont, QFont]:
    """The fonts of the three lines; what is missing is bold."""
    del card
    return theme().font(14, bold=True), theme().font(14), theme().font(14)


def lay_out(
    card: RowCard, width: float, buttons: tuple[QSizeF, ...] | None = None, *, one_line: bool = False
) -> CardLines:
    """The layout of ``card`` in ``width``; ``buttons`` are the sizes of real ones, else they are painted."""
    sizes = buttons if buttons is not None else painted_sizes(card)
    wide, high = pill_size(card.state.label)
    pill = QRectF(PAD, 12, wide, high)
    left = PAD + caption_width() + 10
    right = width - PAD
    room = right - left
    taken = sum(size.width() + GAP for size in sizes)
    narrow = room - taken < 220 and bool(sizes)
    rooms = (room, room, room if narrow else room - taken)
    top, texts = pill.bottom() + 8, []
    for text, font, space in zip(
        (card.missing, card.until, card.remedy), line_fonts(card), rooms, strict=True
    ):
        height = metrics(font).height() if one_line else _text_height(text, font, space)
        texts.append(QRectF(left, top, space, height))
        top += height + 6
    tallest = max((size.height() for size in sizes), default=0)
    bottom = top + 6
    if narrow:
        bottom = top + tallest + PAD - 4
    placed, edge = [], right
    for size in reversed(sizes):
        edge -= size.width()
        placed.append(QRectF(edge, bottom - size.height() - 12, size.width(), size.height()))
        edge -= GAP
    return CardLines(round(bottom), pill, tuple(texts), tuple(reversed(placed)))


def painted_sizes(card: RowCard) -> tuple[QSizeF, ...]:
    """The sizes of the buttons where they are painted."""
    return tuple(
        QSizeF(*painted_button_size(entry.text, filled=entry.filled, icon=bool(entry.icon)))
        for entry in card.buttons
    )


def caption_width() -> float:
    """The width of the column of captions."""
    return max(text_width(theme().font(13), caption) for caption in CAPTIONS)


def _text_height(text: str, font: QFont, width: float) -> float:
    rules = metrics(font)
    if text_width(font, text) <= width:
        return rules.height()
    box = rules.boundingRect(QRectF(0, 0, max(width, 60), 10_000), _WRAP, text)
    return box.height()


_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere)


def paint_card(
    painter: QPainter, rect: QRectF, card: RowCard, lines: CardLines, *, focused: bool, one_line: bool = False
) -> None:
    """Ground, border, pill and words of ``card`` into ``rect``; its buttons are not painted here."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    line = "dangerLine" if card.state is RowState.OVERDUE else "border"
    painter.setPen(QPen(theme().color("focus" if focused else line), 2 if focused else 1))
    painter.setBrush(theme().color("surface"))
    inset = 1.0 if focused else 0.5
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), 8, 8)
    origin = rect.topLeft()
    pill = lines.pill.translated(origin)
    paint_row_pill(painter, pill, card.state)
    title = theme().font(16, bold=True)
    left = pill.right() + 12
    room = rect.right() - PAD - left
    draw_text(painter, left, pill.center().y(), elided(card.where, title, room), title, theme().color("ink"))
    _paint_lines(painter, origin, card, lines, one_line=one_line)


def _paint_lines(
    painter: QPainter, origin: QPointF, card: RowCard, lines: CardLines, *, one_line: bool
) -> None:
    look = ROW_LOOKS[card.state]
    colors = (look.color if card.state in (RowState.OVERDUE, RowState.AT_RISK) else "ink", "ink", "ink")
    small = theme().font(13)
    texts = (card.missing, card.until, card.remedy)
    for caption, text, place, font, color in zip(
        CAPTIONS, texts, lines.texts, line_fonts(card), colors, strict=True
    ):
        box = place.translated(origin)
        middle = box.top() + metrics(font).height() / 2
        draw_text(painter, origin.x() + PAD, middle, caption, small, theme().color("ink2"))
        painter.setFont(font)
        painter.setPen(theme().color(color))
        if one_line or box.height() <= metrics(font).height() + 1:
            draw_text(
                painter, box.left(), middle, elided(text, font, box.width()), font, theme().color(color)
            )
        else:
            painter.drawText(box, _WRAP, text)


def paint_buttons(painter: QPainter, rect: QRectF, card: RowCard, lines: CardLines) -> None:
    """The buttons of a card in a list."""
    for entry, place in zip(card.buttons, lines.buttons, strict=True):
        box = place.translated(rect.topLeft())
        paint_button(painter, box, entry.text, entry.icon, filled=entry.filled)
