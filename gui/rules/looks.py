"""规则检查页的样子：各级发现的图标与颜色，带图标的胶囊，画出来的按钮。"""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QPainter, QPen

from gui.kit.icons import paint_icon
from gui.kit.marks import PILL_FILLS, STATE_LOOKS, StateLook, draw_text, metrics, paint_box, text_width
from gui.kit.theme import theme
from planners.results import CellState
from planners.rule_rows import RowState

ROW_LOOKS = {
    RowState.OVERDUE: STATE_LOOKS[CellState.OVERDUE],
    RowState.AT_RISK: STATE_LOOKS[CellState.AT_RISK],
    RowState.GAP: STATE_LOOKS[CellState.GAP],
    RowState.OPEN: StateLook("clock", "ink2"),
    RowState.HINT: StateLook("info", "info", line="infoLine"),
}
_FILLS = {
    RowState.OVERDUE: "dangerBg",
    RowState.AT_RISK: "warningBg",
    RowState.HINT: "infoBg",
}


def pill_size(text: str) -> tuple[float, float]:
    """Width and height of a pill with an icon and ``text``."""
    font = theme().font(12, bold=True)
    return text_width(font, text) + 38, round(metrics(font).height() + 6)


def paint_row_pill(painter: QPainter, rect: QRectF, state: RowState) -> None:
    """The pill of a finding: icon and words in its colours."""
    look = ROW_LOOKS[state]
    font = theme().font(12, bold=True)
    painter.setPen(QPen(theme().color(look.line), 1))
    painter.setBrush(theme().color(_FILLS.get(state, "surfaceAlt")))
    box = rect.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    middle = rect.center().y()
    paint_icon(painter, look.icon, QRectF(rect.left() + 10, middle - 7, 14, 14), theme().color(look.color))
    draw_text(painter, rect.left() + 28, middle, state.label, font, theme().color(look.color))


def cell_fill(state: CellState) -> str:
    """The ground of a cell of the period matrix."""
    return PILL_FILLS.get(state, "surface") if state is not CellState.PLANNED else "surface"


def button_font(*, filled: bool) -> QFont:
    """The font of a painted button."""
    return theme().font(14, bold=filled)


def painted_button_size(text: str, *, filled: bool, icon: bool) -> tuple[float, float]:
    """Width and height of a painted button."""
    font = button_font(filled=filled)
    return text_width(font, text) + 28 + (22 if icon else 0), round(metrics(font).height() + 9)


def paint_button(painter: QPainter, rect: QRectF, text: str, icon: str = "", *, filled: bool) -> None:
    """A button that is part of a painted row."""
    paint_box(
        painter,
        rect.adjusted(0.5, 0.5, -0.5, -0.5),
        "primaryFill" if filled else "surface",
        "primaryFill" if filled else "controlBorder",
        5,
    )
    font, color = button_font(filled=filled), theme().color("onPrimary" if filled else "ink")
    left, middle = rect.center().x() - text_width(font, text) / 2, rect.center().y()
    if icon:
        left -= 11
        paint_icon(painter, icon, QRectF(left, middle - 8, 16, 16), color)
        left += 22
    draw_text(painter, left, middle, text, font, color)
