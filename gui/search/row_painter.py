"""结果行的画法：色块或图标、名字（找到的字加粗）、说明、快捷键。"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.kit.icons import paint_icon
from gui.kit.marks import draw_text, metrics, text_width
from gui.kit.theme import theme
from gui.kit.tiles import ATTENDANCE, paint_tile
from gui.search.rows import Index, RowKind, SearchRow, SearchRows
from planners.search_index import SearchEntry, SearchKind, found_spans
from planners.text_match import Needles

PAD, ICON, GAP = 18, 20, 10
LEAST_NOTE = 90
ICONS = {
    SearchKind.EVENT: "calendar",
    SearchKind.UNIT: "users",
    SearchKind.PLACE: "building",
    SearchKind.RULE: "shield",
    SearchKind.POLICY: "list",
    SearchKind.COMMAND: "arrow-right",
    SearchKind.DATE: "calendar",
}


class SearchRowPainter(QStyledItemDelegate):
    """Paints heads and entries; ``wanted`` are the patterns whose finds are set in bold."""

    def __init__(self) -> None:
        super().__init__()
        self.wanted: Needles = ()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line each, a head lower than an entry."""
        del option
        return QSize(100, row_height(_row(index)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        row, rect = _row(index), QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.kind is RowKind.HEAD:
            _paint_head(painter, rect, row)
        else:
            if option.state & QStyle.StateFlag.State_Selected:
                _paint_selection(painter, rect)
            self._paint_entry(painter, rect, row)
        painter.restore()

    def _paint_entry(self, painter: QPainter, rect: QRectF, row: SearchRow) -> None:
        middle, entry = rect.center().y(), row.entry
        side = round(ICON * theme().scale)
        icon = QRectF(rect.left() + PAD, middle - side / 2, side, side)
        left, right = icon.right() + GAP, rect.right() - PAD
        if entry is None:
            paint_icon(painter, "list", icon.adjusted(1, 1, -1, -1), theme().color("primary"))
            draw_text(painter, left, middle, row.words, theme().font(14), theme().color("primary"))
            return
        _paint_sign(painter, icon, entry)
        if entry.shortcut:
            right = _paint_key(painter, right, middle, entry.shortcut) - GAP
        room = right - left
        note = min(text_width(theme().font(13), row.note), max(LEAST_NOTE, room * 0.35)) if row.note else 0.0
        left = self._paint_title(painter, left, middle, entry, room - note - GAP)
        font = theme().font(13)
        words = metrics(font).elidedText(row.note, Qt.TextElideMode.ElideRight, right - left - GAP)
        draw_text(
            painter, left + GAP, middle + 0.5, words, font, theme().color("ink3" if entry.faded else "ink2")
        )

    def _paint_title(
        self, painter: QPainter, left: float, middle: float, entry: SearchEntry, room: float
    ) -> float:
        plain, strong = theme().font(14), theme().font(14, bold=True)
        title = metrics(strong).elidedText(entry.title, Qt.TextElideMode.ElideRight, room)
        color, place = theme().color("ink3" if entry.faded else "ink"), 0
        start_left = left
        for start, end in (*found_spans(entry.title, self.wanted), (len(title), len(title))):
            left = draw_text(painter, left, middle, title[place:start], plain, color)
            left = draw_text(painter, left, middle, title[start:end], strong, theme().color("primary"))
            place = max(place, end)
        if entry.faded and entry.kind is SearchKind.EVENT:
            painter.setPen(QPen(color, 1))
            painter.drawLine(round(start_left), round(middle), round(left), round(middle))
        return left


def row_height(row: SearchRow) -> int:
    """By the text size."""
    if row.kind is RowKind.HEAD:
        return round(metrics(theme().font(12)).height() + 12)
    return round(theme().size("row.compact") * theme().scale)


def _row(index: Index) -> SearchRow:
    model = index.model()
    assert isinstance(model, SearchRows)
    return model.row(index)


def _paint_head(painter: QPainter, rect: QRectF, row: SearchRow) -> None:
    middle, small = rect.center().y() + 2, theme().font(12)
    draw_text(
        painter, rect.left() + PAD, middle, row.words, theme().font(12, bold=True), theme().color("ink2")
    )
    left = rect.right() - PAD - text_width(small, row.note)
    draw_text(painter, left, middle, row.note, small, theme().color("ink3"))


def _paint_selection(painter: QPainter, rect: QRectF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme().color("selected"))
    painter.drawRoundedRect(rect.adjusted(8, 1, -8, -1), 5, 5)
    painter.setBrush(theme().color("primary"))
    painter.drawRoundedRect(QRectF(rect.left() + 8, rect.top() + 7, 3, rect.height() - 14), 1.5, 1.5)


def _paint_sign(painter: QPainter, icon: QRectF, entry: SearchEntry) -> None:
    if entry.tile is not None:
        paint_tile(painter, entry.tile, icon, 0.55 if entry.faded else 1.0)
    elif entry.kind is SearchKind.DECISION:
        paint_tile(painter, ATTENDANCE, icon)
    else:
        name = theme().color("ink3" if entry.faded else "ink2")
        paint_icon(painter, ICONS[entry.kind], icon.adjusted(1, 1, -1, -1), name)


def _paint_key(painter: QPainter, right: float, middle: float, keys: str) -> float:
    """A key cap that ends at ``right``; where it begins."""
    font = theme().font(12)
    width, height = text_width(font, keys) + 14, metrics(font).height() + 4
    cap = QRectF(right - width, middle - height / 2, width, height)
    painter.setPen(QPen(theme().color("border"), 1))
    painter.setBrush(theme().color("surfaceAlt"))
    painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    draw_text(painter, cap.left() + 7, middle, keys, font, theme().color("ink2"))
    return cap.left()
