"""台账一行的画法：色块、状态胶囊、各列的字、缺项标签；组头一行。"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from gui.kit.icons import paint_icon
from gui.kit.marks import draw_text, fitted, metrics, paint_box, text_width
from gui.kit.theme import theme
from gui.kit.tiles import paint_tile
from models.domain.events import EventStatus
from planners.ledger_rows import COMPLETE, LedgerColumn, LedgerRow
from planners.released_events import DIFFERS

PAD = 8
TILE_SIDE = 20
_WHY_NOT = "—"


class PillLook(NamedTuple):
    """Icon, text, ground and border of a status; ``dashed`` for what is not firm."""

    icon: str
    color: str
    ground: str
    line: str
    dashed: bool = False


PILLS = {
    EventStatus.HELD: PillLook("check", "success", "successBg", "successLine"),
    EventStatus.CONFIRMED: PillLook("check", "info", "infoBg", "infoLine"),
    EventStatus.PLANNED: PillLook("clock", "info", "surface", "infoLine"),
    EventStatus.DRAFT: PillLook("edit", "ink2", "surface", "controlBorder", dashed=True),
    EventStatus.POSTPONED: PillLook("redo", "warning", "warningBg", "warningLine"),
    EventStatus.CANCELLED: PillLook("close", "ink3", "surfaceAlt", "gridStrong"),
}
WAITING = PillLook("clock", "warning", "warningBg", "warningLine")


class PaintedRow(NamedTuple):
    """How a row is shown: chosen, the one with the keyboard, below the pointer, and whether it can be changed."""

    selected: bool = False
    current: bool = False
    active: bool = False
    hovered: bool = False
    changeable: bool = True
    cursor: LedgerColumn | None = None


class Place(NamedTuple):
    """A column's place in the viewport."""

    column: LedgerColumn
    left: float
    width: float


def row_height(*, compact: bool) -> int:
    """36 or 32 px at the standard text size; never lower than the text needs."""
    base = (theme().size("row.compact" if compact else "row.standard")) * theme().scale
    return round(max(base, metrics(theme().font(14)).height() + 8))


def pill_rect(rect: QRectF, row: LedgerRow, text: str) -> QRectF:
    """The place of the status pill in its cell ``rect``."""
    del row
    font = theme().font(12, bold=True)
    height = round(metrics(font).height() + 6)
    width = min(rect.width() - 20, round(text_width(font, text) + 38))
    return QRectF(rect.left() + 4, round(rect.center().y() - height / 2), width, height)


def paint_row(
    painter: QPainter,
    rect: QRectF,
    row: LedgerRow,
    texts: Sequence[str],
    places: Sequence[Place],
    state: PaintedRow,
) -> None:
    """Paint one row over the whole width of ``rect``."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_ground(painter, rect, state)
    for place in places:
        cell = QRectF(rect.left() + place.left, rect.top(), place.width, rect.height())
        _PAINTERS.get(place.column, _paint_text)(painter, cell, row, texts[place.column], place.column, state)
    if state.cursor is not None and state.active:
        _paint_cursor(painter, rect, places, state.cursor)


def paint_group(
    painter: QPainter, rect: QRectF, title: str, count: int, *, expanded: bool, current: bool
) -> None:
    """Paint the heading of a group."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(rect, theme().color("surfaceAlt"))
    middle = rect.center().y()
    sign = "chevron-down" if expanded else "chevron-right"
    paint_icon(painter, sign, QRectF(rect.left() + 10, middle - 7, 14, 14), theme().color("ink2"))
    font = theme().font(14, bold=True, serif=True)
    end = draw_text(painter, rect.left() + 48, middle, title, font, theme().color("ink"))
    counted = max(end + 14, rect.left() + 48 + 104 * theme().scale)
    draw_text(painter, counted, middle, f"{count} 场", theme().font(12), theme().color("ink2"))
    if current:
        paint_box(painter, rect.adjusted(2, 2, -2, -2), line="focus", radius=4, width=2)


def _paint_ground(painter: QPainter, rect: QRectF, state: PaintedRow) -> None:
    if state.selected:
        painter.fillRect(rect, theme().color("selected"))
    elif state.hovered:
        painter.fillRect(rect, theme().color("hover"))
    bottom = rect.bottom() - 0.5
    painter.setPen(QPen(theme().color("grid"), 1))
    painter.drawLine(QPointF(rect.left(), bottom), QPointF(rect.right(), bottom))
    if state.current:
        color = theme().color("primaryFill" if state.active else "controlBorder")
        painter.fillRect(QRectF(rect.left(), rect.top(), 4, rect.height()), color)
        painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), 2), color)


def _paint_cursor(painter: QPainter, rect: QRectF, places: Sequence[Place], column: LedgerColumn) -> None:
    """The frame of the cell that F2 edits."""
    for place in places:
        if place.column is column:
            cell = QRectF(rect.left() + place.left, rect.top(), place.width, rect.height())
            paint_box(painter, cell.adjusted(1.5, 3.5, -3.5, -2.5), line="focus", radius=5, width=1.4)


def _paint_tile(
    painter: QPainter, rect: QRectF, row: LedgerRow, text: str, column: LedgerColumn, state: PaintedRow
) -> None:
    del text, column, state
    side = min(TILE_SIDE, rect.height() - 8)
    left, top = rect.left() + 9, round(rect.center().y() - side / 2)
    faded = row.event.status is EventStatus.CANCELLED
    paint_tile(painter, row.event.campaign, QRectF(left, top, side, side), 0.5 if faded else 1.0)


def _paint_status(
    painter: QPainter, rect: QRectF, row: LedgerRow, text: str, column: LedgerColumn, state: PaintedRow
) -> None:
    del column
    look = WAITING if row.waiting else PILLS[row.event.status]
    box = pill_rect(rect, row, text)
    paint_pill(painter, box, look, text, struck=row.event.status is EventStatus.CANCELLED)
    if state.changeable and (state.hovered or state.current):
        sign = QRectF(box.right() + 4, box.center().y() - 6, 12, 12)
        paint_icon(painter, "chevron-down", sign, theme().color("ink2"))


def paint_pill(painter: QPainter, box: QRectF, look: PillLook, text: str, *, struck: bool = False) -> None:
    """Paint a status pill."""
    pen = QPen(theme().color(look.line), 1.1)
    if look.dashed:
        pen.setDashPattern([3.0, 2.0])
    painter.setPen(pen)
    painter.setBrush(theme().color(look.ground))
    radius = box.height() / 2
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    color, middle = theme().color(look.color), box.center().y()
    paint_icon(painter, look.icon, QRectF(box.left() + 9, middle - 7, 14, 14), color)
    left = box.left() + 27
    end = draw_text(painter, left, middle, text, theme().font(12, bold=True), color)
    if struck:
        painter.drawLine(QPointF(left, middle), QPointF(end, middle))


def _paint_text(
    painter: QPainter, rect: QRectF, row: LedgerRow, text: str, column: LedgerColumn, state: PaintedRow
) -> None:
    is_title = column is LedgerColumn.TITLE
    font = theme().font(14, bold=state.current) if is_title else theme().font(13)
    color = _ink(row, text, column)
    left, middle = rect.left() + PAD, rect.center().y()
    mark = is_title and row.differs
    room = rect.width() - PAD - 6 - (text_width(theme().font(12, bold=True), DIFFERS) + 24 if mark else 0)
    words = fitted(text, font, room)
    end = draw_text(painter, left, middle, words, font, color)
    if is_title and row.event.status is EventStatus.CANCELLED:
        painter.drawLine(QPointF(left, middle), QPointF(end, middle))
    if mark:
        _paint_labels(painter, rect, end + 8, [(DIFFERS, "warning")])
        end += text_width(theme().font(12, bold=True), DIFFERS) + 22
    if is_title and row.event.pinned and end + 22 < rect.right():
        paint_icon(painter, "lock", QRectF(end + 6, middle - 7, 14, 14), theme().color("ink3"))


def _ink(row: LedgerRow, text: str, column: LedgerColumn) -> QColor:
    if row.event.status is EventStatus.CANCELLED:
        return theme().color("ink3")
    undecided = column is LedgerColumn.PLACE and "待定" in text
    uncounted = column is LedgerColumn.COUNTED and text.startswith(_WHY_NOT)
    undated = column is LedgerColumn.DATE and row.event.starts_at is None
    if undecided or uncounted or undated:
        return theme().color("warning")
    return theme().color("ink" if column is LedgerColumn.TITLE else "ink2")


def _paint_missing(
    painter: QPainter, rect: QRectF, row: LedgerRow, text: str, column: LedgerColumn, state: PaintedRow
) -> None:
    del column, state
    left = rect.left() + PAD
    if not row.missing and not row.conflicts:
        if text == COMPLETE:
            draw_text(painter, left, rect.center().y(), text, theme().font(13), theme().color("ink2"))
        return
    marks = [("冲突", "danger")] if row.conflicts else []
    marks += [(word, "warning") for word in row.missing]
    _paint_labels(painter, rect, left, marks)


def _paint_labels(painter: QPainter, rect: QRectF, left: float, marks: list[tuple[str, str]]) -> None:
    """As many labels as there is room for, then how many more."""
    font, small = theme().font(12, bold=True), theme().font(12)
    height = round(metrics(font).height() + 4)
    for number, (word, color) in enumerate(marks):
        left_over = len(marks) - number - 1
        width = text_width(font, word) + 14
        reserve = text_width(small, f"+{left_over}") + 6 if left_over else 0
        if number and left + width + reserve > rect.right():
            draw_text(painter, left, rect.center().y(), f"+{left_over + 1}", small, theme().color("ink2"))
            return
        box = QRectF(left, round(rect.center().y() - height / 2), width, height)
        paint_box(painter, box.adjusted(0.5, 0.5, -0.5, -0.5), f"{color}Bg", f"{color}Line")
        draw_text(painter, left + 7, box.center().y(), word, font, theme().color(color))
        left += width + 4


_PAINTERS = {
    LedgerColumn.TILE: _paint_tile,
    LedgerColumn.STATUS: _paint_status,
    LedgerColumn.MISSING: _paint_missing,
}
