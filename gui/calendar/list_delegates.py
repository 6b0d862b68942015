"""当日、待定区与日程各行的画法。"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui.calendar.day_rows import DayRow, DayRowKind
from gui.calendar.deadlines import LOOKS, DayDeadline
from gui.calendar.list_models import AgendaRow, RowModel
from gui.calendar.values import CalendarChip
from gui.calendar.waiting import WaitingRow
from gui.calendar.wrapping import wrapped
from gui.kit.icons import paint_icon
from gui.kit.marks import draw_text, fitted, metrics, on_today, paint_box, text_width
from gui.kit.theme import theme
from gui.kit.tiles import paint_tile
from models.domain.events import EventStatus
from models.domain.workdays import WEEKDAYS
from planners.wording import short_day

Index = QModelIndex | QPersistentModelIndex
PAD = 12
STATUS_COLORS = {
    EventStatus.DRAFT: "ink2",
    EventStatus.PLANNED: "info",
    EventStatus.CONFIRMED: "success",
    EventStatus.HELD: "success",
    EventStatus.POSTPONED: "warning",
    EventStatus.CANCELLED: "ink3",
}
_TONES = {
    DayRowKind.CONFLICT: ("triangle-warn", "danger", "dangerBg", "dangerLine"),
    DayRowKind.ADVICE: ("triangle-warn", "warning", "warningBg", "warningLine"),
    DayRowKind.DUE: ("flag", "warning", "surface", "warningLine"),
    DayRowKind.OVERDUE: ("flag", "danger", "surface", "dangerLine"),
    DayRowKind.DONE: ("check", "ink2", "surface", "border"),
    DayRowKind.PAUSE: ("lock", "ink2", "surface", "gridStrong"),
    DayRowKind.EMPTY: ("info", "ink2", "surfaceAlt", "surfaceAlt"),
}


def _line(size: int, *, bold: bool = False) -> float:
    return metrics(theme().font(size, bold=bold)).height()


class CardDelegate(QStyledItemDelegate):
    """Cards over the width of a list; ``pad`` is the room beside them."""

    def __init__(self, view: QWidget, pad: int = PAD) -> None:
        super().__init__(view)
        self._pad = pad

    def _width(self) -> float:
        viewport = self.parent().viewport()  # type: ignore[union-attr]
        return float(max(120, viewport.width() - 2 * self._pad))

    def _card(self, option: QStyleOptionViewItem) -> QRectF:
        return QRectF(option.rect).adjusted(self._pad, 3, -self._pad, -3)

    @staticmethod
    def _row(index: Index) -> object:
        model = index.model()
        assert isinstance(model, RowModel)
        return model.row(index)


class DayDelegate(CardDelegate):
    """The rows of the selected day: a bar of words, or a card of an event."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """By the text size and, for words, by how often they wrap."""
        del option
        row = self._row(index)
        assert isinstance(row, DayRow)
        if row.chip is not None:
            height = _line(14, bold=True) + _line(12) + 16
        else:
            height = _line(13, bold=True) + len(self._wrapped(row)) * (_line(12) + 2) + 14
        return QSize(100, round(height) + 6)

    def _wrapped(self, row: DayRow) -> list[str]:
        room = self._width() - 44
        return [part for line in row.lines for part in wrapped(line, room, 12)]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        row = self._row(index)
        assert isinstance(row, DayRow)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = self._card(option).adjusted(0.5, 0.5, -0.5, -0.5)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if row.chip is not None:
            self._paint_event(painter, card, row.chip, focused=focused)
        else:
            self._paint_words(painter, card, row, focused=focused)
        painter.restore()

    def _paint_words(self, painter: QPainter, card: QRectF, row: DayRow, *, focused: bool) -> None:
        icon, color, ground, border = _TONES[row.kind]
        paint_box(painter, card, ground, "focus" if focused else border, 6, 2 if focused else 1)
        strong, small = theme().font(13, bold=True), theme().font(12)
        middle = card.top() + 7 + _line(13, bold=True) / 2
        paint_icon(painter, icon, QRectF(card.left() + 9, middle - 8, 16, 16), theme().color(color))
        title = fitted(row.title, strong, card.width() - 44)
        draw_text(painter, card.left() + 34, middle, title, strong, theme().color(color))
        middle += _line(13, bold=True) / 2 + _line(12) / 2 + 1
        for line in self._wrapped(row):
            draw_text(painter, card.left() + 34, middle, line, small, theme().color("ink"))
            middle += _line(12) + 2

    def _paint_event(self, painter: QPainter, card: QRectF, chip: CalendarChip, *, focused: bool) -> None:
        border = "focus" if focused else "danger" if chip.conflict else "border"
        paint_box(painter, card, "surface", border, 6, 2 if focused else 1.4 if chip.conflict else 1)
        strong, small = theme().font(14, bold=True), theme().font(12)
        middle = card.top() + 7 + _line(14, bold=True) / 2
        paint_tile(painter, chip.kind, QRectF(round(card.left() + 10), round(middle - 9), 18, 18))
        status = "待登记" if chip.unrecorded else chip.status.label
        color = "warning" if chip.unrecorded else STATUS_COLORS[chip.status]
        bold = theme().font(12, bold=True)
        right = card.right() - 10 - text_width(bold, status)
        draw_text(painter, right, middle, status, bold, theme().color(color))
        left = card.left() + 38
        if chip.clock:
            left = draw_text(painter, left, middle, chip.clock, strong, theme().color("ink")) + 10
        title = fitted(chip.title, strong, right - left - 8)
        ink = "ink3" if chip.status is EventStatus.CANCELLED else "ink"
        draw_text(painter, left, middle, title, strong, theme().color(ink))
        middle += _line(14, bold=True) / 2 + _line(12) / 2 + 2
        detail = fitted(chip.detail, small, card.right() - card.left() - 48)
        draw_text(painter, card.left() + 38, middle, detail, small, theme().color("ink2"))


class WaitingDelegate(CardDelegate):
    """Dashed cards with a grip: they can be dragged onto a day."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines."""
        del option, index
        return QSize(100, round(_line(14, bold=True) + _line(12) + 22))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one card."""
        row = self._row(index)
        assert isinstance(row, WaitingRow)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = self._card(option).adjusted(0.5, 0.5, -0.5, -0.5)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        line, width = ("focus", 2) if focused else ("controlBorder", 1.2)
        paint_box(painter, card, "hover" if hovered else "surface", line, 6, width, dashed=not focused)
        self._paint_grip(painter, card)
        strong, small = theme().font(14, bold=True), theme().font(12)
        middle = card.top() + 7 + _line(14, bold=True) / 2
        paint_tile(painter, row.campaign, QRectF(round(card.left() + 24), round(middle - 9), 18, 18))
        left, room = card.left() + 50, card.width() - 60
        draw_text(painter, left, middle, fitted(row.name, strong, room), strong, theme().color("ink"))
        middle += _line(14, bold=True) / 2 + _line(12) / 2 + 1
        draw_text(painter, left, middle, fitted(row.line, small, room), small, theme().color("ink2"))
        painter.restore()

    @staticmethod
    def _paint_grip(painter: QPainter, card: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("controlBorder"))
        for row in (-1, 0, 1):
            for column in (0, 1):
                middle = QPointF(card.left() + 10 + 5 * column, card.center().y() + 5 * row)
                painter.drawEllipse(middle, 1.2, 1.2)


class AgendaDelegate(CardDelegate):
    """日程: heads of days, and one line an event in columns."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(view, 0)
        self.today = date(2000, 1, 1)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows are equally high: the list needs not ask each."""
        del option, index
        return QSize(100, round(_line(14) + 14))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        row = self._row(index)
        assert isinstance(row, AgendaRow)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect)
        if row.is_head:
            self._paint_head(painter, box, row)
        else:
            selected = bool(option.state & QStyle.StateFlag.State_Selected)
            focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
            self._paint_ground(painter, box, selected=selected, focused=focused)
            if row.chip is not None:
                self._paint_event(painter, box, row.chip)
            elif row.waiting is not None:
                self._paint_waiting(painter, box, row.waiting)
            elif row.deadline is not None:
                self._paint_deadline(painter, box, row.deadline)
        painter.restore()

    def _paint_head(self, painter: QPainter, box: QRectF, row: AgendaRow) -> None:
        painter.fillRect(box, theme().color("surfaceAlt"))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), theme().color("grid"))
        strong, small = theme().font(14, bold=True), theme().font(12)
        middle, left = box.center().y(), box.left() + 20
        if row.day is None:
            left = draw_text(painter, left, middle, "待定区", strong, theme().color("ink"))
        else:
            words = short_day(row.day)
            if row.day == self.today:
                width, height = text_width(strong, words), metrics(strong).height()
                paint_box(
                    painter, QRectF(left - 6, middle - height / 2, width + 12, height), "today", radius=5
                )
                left = draw_text(painter, left, middle, words, strong, on_today()) + 6
            else:
                left = draw_text(painter, left, middle, words, strong, theme().color("ink"))
            week = f"星期{WEEKDAYS[row.day.weekday()]} · 第 {row.day.isocalendar().week} 周"
            left = draw_text(painter, left + 10, middle, week, small, theme().color("ink2"))
            if row.note:
                left = draw_text(painter, left + 12, middle, row.note, small, theme().color("danger"))
        count = row.amounts
        right = box.right() - 20 - text_width(small, count)
        draw_text(painter, right, middle, count, small, theme().color("ink2"))

    @staticmethod
    def _paint_ground(painter: QPainter, box: QRectF, *, selected: bool, focused: bool) -> None:
        if selected:
            painter.fillRect(box, theme().color("selected"))
        painter.fillRect(
            QRectF(box.left() + 44, box.bottom() - 1, box.width() - 44, 1), theme().color("grid")
        )
        if focused:
            paint_box(painter, box.adjusted(3, 1, -3, -2), line="focus", radius=4, width=2)

    def _paint_event(self, painter: QPainter, box: QRectF, chip: CalendarChip) -> None:
        middle = box.center().y()
        font, strong = theme().font(14), theme().font(13, bold=True)
        paint_tile(painter, chip.kind, QRectF(round(box.left() + 20), round(middle - 9), 18, 18))
        left = box.left() + 50
        clock_room = text_width(font, "00:00–00:00") + 16
        clock = chip.clock or ("续" if chip.later else "全天")
        if chip.starts is not None and chip.ends is not None and not chip.half:
            clock = f"{chip.starts:%H:%M}–{chip.ends:%H:%M}"
        draw_text(painter, left, middle, clock, font, theme().color("ink2"))
        status = "待登记" if chip.unrecorded else chip.status.label
        color = "warning" if chip.unrecorded else STATUS_COLORS[chip.status]
        right = box.right() - 20 - text_width(strong, "已延期")
        draw_text(painter, right, middle, status, strong, theme().color(color))
        left += clock_room
        if chip.conflict:
            paint_icon(
                painter, "triangle-warn", QRectF(left - 2, middle - 8, 16, 16), theme().color("danger")
            )
            left = draw_text(painter, left + 18, middle, "冲突", strong, theme().color("danger")) + 10
        columns = (left, box.left() + 50 + 0.52 * (right - box.left() - 66), right - 16)
        self._paint_columns(painter, chip.title, chip.detail, columns, middle)

    def _paint_deadline(self, painter: QPainter, box: QRectF, row: DayDeadline) -> None:
        middle, strong = box.center().y(), theme().font(13, bold=True)
        icon, name = LOOKS[row.state]
        color = theme().color(name)
        paint_icon(painter, icon, QRectF(round(box.left() + 21), round(middle - 8), 16, 16), color)
        left = box.left() + 50
        draw_text(painter, left, middle, "时限", theme().font(14), theme().color("ink2"))
        left += text_width(theme().font(14), "00:00–00:00") + 16
        right = box.right() - 20 - text_width(strong, "已延期")
        draw_text(painter, right, middle, row.state.label, strong, color)
        columns = (left, box.left() + 50 + 0.52 * (right - box.left() - 66), right - 16)
        self._paint_columns(painter, row.item.title, row.item.note, columns, middle)

    def _paint_waiting(self, painter: QPainter, box: QRectF, row: WaitingRow) -> None:
        middle = box.center().y()
        paint_tile(painter, row.campaign, QRectF(round(box.left() + 20), round(middle - 9), 18, 18))
        strong = theme().font(13, bold=True)
        right = box.right() - 20 - text_width(strong, "已延期")
        draw_text(painter, right, middle, row.status.label, strong, theme().color(STATUS_COLORS[row.status]))
        columns = (box.left() + 50, box.left() + 50 + 0.52 * (right - box.left() - 66), right - 16)
        self._paint_columns(painter, row.name, row.line, columns, middle)

    @staticmethod
    def _paint_columns(
        painter: QPainter, title: str, detail: str, columns: tuple[float, float, float], middle: float
    ) -> None:
        """Title, then unit and place in the right half."""
        font, small = theme().font(14), theme().font(13)
        left, split, right = columns
        draw_text(painter, left, middle, fitted(title, font, split - left - 12), font, theme().color("ink"))
        draw_text(painter, split, middle, fitted(detail, small, right - split), small, theme().color("ink2"))
