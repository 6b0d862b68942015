"""现在要办一条的画法：名称、缺什么、何时前、一个按钮。"""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Signal,
)
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from gui.kit.icons import paint_icon
from gui.kit.marks import draw_text, fitted, metrics, paint_box, text_width
from gui.kit.theme import theme
from gui.overview.todo_model import TodoModel, TodoRow
from models.domain.rules import clause_words
from planners.results import AgendaEntry, AgendaGroup

Index = QModelIndex | QPersistentModelIndex
LOOKS = {
    AgendaGroup.OVERDUE: ("square-x", "danger", "dangerBg", "dangerLine"),
    AgendaGroup.AT_RISK: ("triangle-warn", "warning", "warningBg", "warningLine"),
    AgendaGroup.DUE: ("flag", "ink2", "surface", "border"),
    AgendaGroup.GAP: ("dashed-circle", "ink2", "surface", "border"),
}
"""Icon, text, ground and border of a group."""
CALM = (AgendaGroup.DUE, AgendaGroup.GAP)
"""Groups whose cards have no colour and no line of their own for the deadline."""
PAD = 12


class TodoDelegate(QStyledItemDelegate):
    """Paints heads and cards. The button is a part of the card: a click on it asks for the action."""

    button_clicked = Signal(QModelIndex)

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view  # asked itself: ``option.state`` would set up the class QStyle at the start, 4 ms

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Height by the text size: three lines, two where it is calm, one for a head."""
        del option
        row = _row(index)
        line = metrics(theme().font(12)).height()
        if row.entry is None:
            return QSize(100, round(line + 18))
        lines = 2 if row.group in CALM else 3
        return QSize(
            100,
            round(metrics(theme().font(14)).height() + (lines - 1) * (line + 3) + (34 if lines == 2 else 27)),
        )

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row, rect = _row(index), QRectF(option.rect)
        if row.entry is None:
            _paint_head(painter, rect, row)
        else:
            selected = self._view.selectionModel().isSelected(index)
            focused = self._view.hasFocus() and self._view.currentIndex() == index
            _paint_card(painter, rect, row, row.entry, framed=selected, focused=focused)
        painter.restore()

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """A click on the button asks for its action."""
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            row = _row(index)
            if row.entry is not None and button_rect(QRectF(option.rect), row).contains(event.position()):
                self.button_clicked.emit(QModelIndex(index))
                return True
        return super().editorEvent(event, model, option, index)


def button_rect(rect: QRectF, row: TodoRow) -> QRectF:
    """The place of the button in the row ``rect``."""
    font = theme().font(13, bold=row.primary)
    height = round(metrics(font).height() + 7)
    width = text_width(font, row.button) + 18
    card = _card_rect(rect)
    return QRectF(card.right() - width - 8, card.bottom() - height - 8, width, height)


def _row(index: Index) -> TodoRow:
    model = index.model()
    assert isinstance(model, TodoModel)
    return model.row(index)


def _card_rect(rect: QRectF) -> QRectF:
    return rect.adjusted(PAD, 3, -PAD, -4)


def _paint_head(painter: QPainter, rect: QRectF, row: TodoRow) -> None:
    icon, color, _, _ = LOOKS[row.group]
    middle = rect.center().y() + 3
    paint_icon(painter, icon, QRectF(rect.left() + PAD + 4, middle - 8, 16, 16), theme().color(color))
    font = theme().font(13, bold=True)
    draw_text(painter, rect.left() + PAD + 26, middle, row.group.label, font, theme().color(color))
    small, text = theme().font(12), f"{row.count} 项"
    left = rect.right() - PAD - 4 - text_width(small, text)
    draw_text(painter, left, middle, text, small, theme().color("ink2"))


def _paint_card(
    painter: QPainter, rect: QRectF, row: TodoRow, entry: AgendaEntry, *, framed: bool, focused: bool
) -> None:
    _, color, ground, border = LOOKS[row.group]
    card = _card_rect(rect).adjusted(0.5, 0.5, -0.5, -0.5)
    paint_box(
        painter,
        card,
        "hover" if framed and row.group in CALM else ground,
        "focus" if focused else border,
        8,
        2 if focused else 1,
    )
    small, second, title = theme().font(12), theme().font(13, bold=True), theme().font(14, bold=True)
    left, middle = card.left() + 12, card.top() + 9 + metrics(title).height() / 2
    clause = clause_words(entry.clause)
    clause_left = card.right() - 12 - text_width(small, clause)
    draw_text(painter, clause_left, middle, clause, small, theme().color("ink2"))
    name = fitted(entry.title, title, clause_left - left - 8)
    draw_text(painter, left, middle, name, title, theme().color("ink"))
    button = button_rect(rect, row)
    middle += metrics(title).height() / 2 + metrics(small).height() / 2 + 2
    calm = row.group in CALM
    room = (button.left() if calm else card.right()) - left - 8
    line_font = theme().font(13) if calm else second
    line_color = theme().color("ink2" if calm else color)
    draw_text(painter, left, middle, fitted(entry.line, line_font, room), line_font, line_color)
    if not calm:
        middle += metrics(small).height() + 3
        words = fitted(entry.deadline, small, button.left() - left - 8)
        draw_text(painter, left, middle, words, small, theme().color("ink2"))
    _paint_button(painter, button, row)


def _paint_button(painter: QPainter, rect: QRectF, row: TodoRow) -> None:
    paint_box(
        painter,
        rect.adjusted(0.5, 0.5, -0.5, -0.5),
        "primaryFill" if row.primary else "surface",
        "primaryFill" if row.primary else "controlBorder",
        5,
    )
    font = theme().font(13, bold=row.primary)
    left = rect.center().x() - text_width(font, row.button) / 2
    color = theme().color("onPrimary" if row.primary else "ink")
    draw_text(painter, left, rect.center().y(), row.button, font, color)
