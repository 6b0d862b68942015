"""画月视图：星期行、周次与负荷、每天的日期、休班、活动块；拿起时再画宜可避与斜线。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter

from gui.calendar.canvas import DragTarget, Hit, HitKind, paint_deadlines, paint_verdict
from gui.calendar.chip_painter import paint_calendar_chip, paint_dragged
from gui.calendar.deadlines import line_of
from gui.calendar.month_layout import MonthLayout, has_due_in_head, shown_chips
from gui.calendar.values import CalendarDay, CalendarWeek
from gui.kit.icons import paint_icon
from gui.kit.marks import (
    draw_text,
    fitted,
    metrics,
    new_pixmap,
    on_today,
    paint_box,
    paint_day_mark,
    paint_hatch,
    paint_label,
    text_width,
)
from gui.kit.scrolled_grid import Layer
from gui.kit.theme import theme
from planners.results import Verdict

WEEKDAY_NAMES = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
_MANY = 3


class MonthPainting:
    """One rendering of a month; ``hits`` fills while painting."""

    def __init__(
        self,
        painter: QPainter,
        layout: MonthLayout,
        month: date,
        today: date,
        drag: DragTarget | None = None,
    ) -> None:
        self.painter = painter
        self.layout = layout
        self.month = month
        self.today = today
        self.drag = drag
        self.hits: list[Hit] = []

    def paint_all(self, weeks: Sequence[CalendarWeek]) -> None:
        """Head, week column and every day."""
        self._paint_weekdays()
        for row, week in enumerate(weeks):
            self._paint_week(row, week)
            for day in week.days:
                self.paint_day(day)
        self._paint_lines(len(weeks))

    def _paint_weekdays(self) -> None:
        layout, painter = self.layout, self.painter
        sizes = layout.metrics
        head = QRectF(0, 0, layout.width, sizes.top)
        painter.fillRect(head, theme().color("surfaceAlt"))
        small = theme().font(12)
        middle = head.center().y()
        left = (sizes.left - text_width(small, "周")) / 2
        draw_text(painter, left, middle, "周", small, theme().color("ink2"))
        font = theme().font(13, bold=True)
        for column, name in enumerate(WEEKDAY_NAMES):
            color = theme().color("ink" if column < 5 else "ink2")
            draw_text(painter, layout.columns[column] + 12, middle, name, font, color)

    def _paint_week(self, row: int, week: CalendarWeek) -> None:
        layout, painter = self.layout, self.painter
        box = layout.week_rect(row)
        painter.fillRect(box, theme().color("surfaceAlt"))
        self.hits.append(Hit(box, HitKind.WEEK, week.monday))
        font, strong = theme().font(12), theme().font(12, bold=True)
        line = metrics(font).height()
        middle = box.top() + 4 + line / 2
        number = str(week.number)
        left = box.center().x() - text_width(strong, number) / 2
        draw_text(painter, left, middle, number, strong, theme().color("ink"))
        if week.total:
            words, used = f"{week.total} 场", strong if week.is_over else font
            left = box.center().x() - text_width(used, words) / 2
            color = theme().color("danger" if week.is_over else "ink2")
            draw_text(painter, left, middle + line + 1, words, used, color)
        top = middle + 1.5 * line + 7
        if box.bottom() - top >= 26:
            self._paint_load(QRectF(box.center().x() - 2.5, top, 5, box.bottom() - top - 9), week)

    def _paint_load(self, track: QRectF, week: CalendarWeek) -> None:
        """The thermometer: twice the limit is its whole height, a red tick marks the limit."""
        painter = self.painter
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_box(painter, track, "grid", radius=2.5)
        share = min(1.0, week.total / max(1, 2 * week.limit))
        if share:
            height = max(5.0, track.height() * share)
            painter.setBrush(theme().color("danger" if week.is_over else "primary"))
            painter.drawRoundedRect(QRectF(track.left(), track.bottom() - height, 5, height), 2.5, 2.5)
        middle = round(track.center().y())
        painter.fillRect(QRectF(track.center().x() - 6, middle, 12, 1), theme().color("danger"))

    # days

    def paint_day(self, day: CalendarDay, ground: QColor | None = None) -> None:
        """Paint one day; ``ground`` in the place of its own."""
        cell = self.layout.day_rect(day.day)
        ground = ground or self._ground(day)
        self.painter.fillRect(cell, ground)
        verdict = self.drag.verdicts.get(day.day) if self.drag is not None else None
        impossible = verdict is Verdict.IMPOSSIBLE
        if impossible or (day.paused and self.drag is None):
            self.painter.fillRect(cell, theme().color("surfaceAlt"))
            paint_hatch(self.painter, cell, theme().color("gridStrong" if impossible else "grid"), 7)
        self.hits.append(Hit(cell, HitKind.DAY, day.day))
        self._paint_day_head(day, cell, verdict)
        self._paint_chips(day, cell, ground)

    def _ground(self, day: CalendarDay) -> QColor:
        if (day.day.year, day.day.month) != (self.month.year, self.month.month):
            return theme().color("surfaceAlt")
        if not day.workday:
            return theme().color("weekend")
        return theme().color("past" if day.day < self.today else "surface")

    def _paint_day_head(self, day: CalendarDay, cell: QRectF, verdict: Verdict | None) -> None:
        painter, font = self.painter, theme().font(14, bold=True)
        middle = cell.top() + self.layout.metrics.day_head / 2 + 1
        inside = (day.day.year, day.day.month) == (self.month.year, self.month.month)
        words = f"{day.day.month}月{day.day.day}日" if day.day.day == 1 else str(day.day.day)
        left, width = cell.left() + 9, text_width(font, words)
        right = cell.right() - 8
        if verdict is not None and verdict is not Verdict.IMPOSSIBLE:
            paint_verdict(painter, right, middle, verdict)
            right -= 26
        if day.day == self.today:
            self._paint_today(left, middle, words)
            end = left + width + 8
        else:
            color = "danger" if day.holiday and inside else "ink2" if not day.workday else "ink"
            draw_text(painter, left, middle, words, font, theme().color(color if inside else "ink2"))
            end = left + width
        if self.drag is None and len(day.chips) > _MANY:
            small, count = theme().font(12), f"{len(day.chips)} 场"
            right -= text_width(small, count)
            draw_text(painter, right, middle, count, small, theme().color("ink2"))
            right -= 6
        if has_due_in_head(day, self.layout.room(day.day)):
            right = self._paint_flag(day, right, middle)
        if day.mark and end + 34 < right:
            paint_day_mark(
                painter,
                end + 9,
                middle,
                day.mark,
                day.mark_words,
                right - end - 14,
                estimated=day.estimated,
            )

    def _paint_flag(self, day: CalendarDay, right: float, middle: float) -> float:
        """The deadlines as a flag (and their number) that ends at ``right``; where it begins."""
        line, font = line_of(day.deadlines), theme().font(12, bold=True)
        number = str(len(day.deadlines)) if len(day.deadlines) > 1 else ""
        width = 16 + (text_width(font, number) + 2 if number else 0)
        place = QRectF(right - width, middle - 9, width, 18)
        color = theme().color(line.color)
        paint_icon(self.painter, line.icon, QRectF(place.left(), middle - 7, 14, 14), color)
        if number:
            draw_text(self.painter, place.left() + 16, middle, number, font, color)
        self.hits.append(Hit(place, HitKind.DEADLINE, day.day, line.key))
        return place.left() - 4

    def _paint_today(self, left: float, middle: float, words: str) -> None:
        """The number in white on cinnabar."""
        painter, font = self.painter, theme().font(14, bold=True)
        height = metrics(font).height()
        width = max(text_width(font, words) + 12, height + 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_box(painter, QRectF(left - 6, middle - height / 2, width, height), "today", radius=5)
        at = left - 6 + (width - text_width(font, words)) / 2
        draw_text(painter, at, middle, words, font, on_today())

    def _paint_chips(self, day: CalendarDay, cell: QRectF, ground: QColor) -> None:
        layout, slot = self.layout, 0
        room = layout.room(day.day)
        if day.paused and self.drag is None:
            self._paint_reason(layout.slot_rect(day.day, 0), day.paused)
            slot = 1
        if day.deadlines and not has_due_in_head(day, room):
            place = layout.slot_rect(day.day, slot)
            line = line_of(day.deadlines)
            paint_deadlines(self.painter, place, line)
            self.hits.append(Hit(place, HitKind.DEADLINE, day.day, line.key))
            slot += 1
        shown = shown_chips(day, room, line_left=layout.has_line_left(day.day))
        for chip in day.chips[:shown]:
            place = layout.slot_rect(day.day, slot)
            paint_calendar_chip(self.painter, place, chip)
            if self.drag is not None and chip.key == self.drag.key and not self.drag.copies:
                paint_dragged(self.painter, place, ground)
            kind = HitKind.DECISION if chip.decision else HitKind.EVENT
            self.hits.append(Hit(place, kind, day.day, chip.key))
            slot += 1
        if shown < len(day.chips):
            self._paint_more(day, layout.more_rect(day.day, slot), len(day.chips) - shown)

    def _paint_reason(self, place: QRectF, reason: str) -> None:
        """Why nothing may be planned, framed on the hatch."""
        font = theme().font(12)
        words = fitted(f"停排：{reason}", font, place.width() - 14)
        width = text_width(font, words) + 12
        middle = place.center()
        middle.setX(place.left() + width / 2)
        paint_label(self.painter, middle, words, font)

    def _paint_more(self, day: CalendarDay, place: QRectF, hidden: int) -> None:
        font = theme().font(12, bold=True)
        words = f"还有 {hidden} 场…"
        draw_text(self.painter, place.left() + 7, place.center().y(), words, font, theme().color("primary"))
        self.hits.append(Hit(place, HitKind.MORE, day.day))

    def _paint_lines(self, weeks: int) -> None:
        layout, painter = self.layout, self.painter
        top = layout.metrics.top
        for edge in layout.columns[:-1]:
            painter.fillRect(QRectF(edge, top, 1, layout.height - top), theme().color("grid"))
        for row in range(weeks + 1):
            edge = layout.rows[row] if row < weeks else layout.height - 1
            painter.fillRect(QRectF(0, edge, layout.width, 1), theme().color("gridStrong"))


def render_month(
    layout: MonthLayout,
    weeks: Sequence[CalendarWeek],
    month: date,
    today: date,
    ratio: float,
    drag: DragTarget | None = None,
) -> Layer:
    """The static layer of a month; with ``drag`` the verdict of every day on it."""
    pixmap = new_pixmap(QSize(layout.width, layout.height), ratio)
    painter = QPainter(pixmap)
    painting = MonthPainting(painter, layout, month, today, drag)
    painting.paint_all(weeks)
    painter.end()
    return Layer(pixmap, tuple(painting.hits))
