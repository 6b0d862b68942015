"""画周视图：日头、全天一行、时间格、并排的活动块。"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gui.calendar.canvas import DragTarget, Hit, HitKind, paint_deadlines, paint_verdict
from gui.calendar.chip_painter import paint_calendar_chip, paint_dragged
from gui.calendar.deadlines import line_of
from gui.calendar.values import CalendarChip, CalendarDay, CalendarWeek
from gui.calendar.week_layout import (
    MORE_WIDTH,
    WeekLayout,
    shown_untimed,
    side_by_side,
    span_of,
    timed,
    untimed,
)
from gui.calendar.wrapping import wrapped
from gui.kit.chips import Chip, paint_frame
from gui.kit.icons import paint_icon
from gui.kit.marks import (
    draw_text,
    fitted,
    metrics,
    new_pixmap,
    on_today,
    paint_day_mark,
    paint_hatch,
    paint_label,
    text_width,
    with_alpha,
)
from gui.kit.scrolled_grid import Layer
from gui.kit.theme import theme
from gui.kit.tiles import paint_tile
from models.domain.events import EventStatus
from models.domain.workdays import WEEKDAYS
from planners.results import Verdict

_OFF = (EventStatus.CANCELLED, EventStatus.POSTPONED)


class WeekPainting:
    """One rendering of a week; ``hits`` fills while painting."""

    def __init__(self, painter: QPainter, layout: WeekLayout, today: date, drag: DragTarget | None) -> None:
        self.painter = painter
        self.layout = layout
        self.today = today
        self.drag = drag
        self.hits: list[Hit] = []

    def paint_all(self, week: CalendarWeek) -> None:
        """Grounds, hours, heads, then the events of every day."""
        layout, painter = self.layout, self.painter
        painter.fillRect(QRectF(0, 0, layout.width, layout.top), theme().color("surfaceAlt"))
        for day in week.days:
            self._paint_ground(day)
        self._paint_hours()
        for day in week.days:
            self._paint_head(day)
            self._paint_untimed(day)
            self._paint_timed(day)
        self._paint_corner(week)

    def _paint_ground(self, day: CalendarDay) -> None:
        cell = self.layout.day_rect(day.day)
        past = day.day < self.today
        name = "weekend" if not day.workday else "past" if past else "surface"
        self.painter.fillRect(cell, theme().color(name))
        impossible = self._verdict(day.day) is Verdict.IMPOSSIBLE
        if impossible or (day.paused and self.drag is None):
            paint_hatch(self.painter, cell, theme().color("gridStrong" if impossible else "grid"), 7)
        self.hits.append(Hit(self.layout.head_rect(day.day), HitKind.DAY, day.day))
        self.hits.append(Hit(cell, HitKind.DAY, day.day))

    def _verdict(self, day: date) -> Verdict | None:
        return self.drag.verdicts.get(day) if self.drag is not None else None

    def _paint_hours(self) -> None:
        layout, painter = self.layout, self.painter
        font = theme().font(12)
        dots = QPen(theme().color("grid"), 1, Qt.PenStyle.DotLine)
        column = QRectF(0, layout.top, layout.metrics.left, layout.height - layout.top)
        painter.fillRect(column, theme().color("surfaceAlt"))
        for hour in range(layout.first_hour, layout.last_hour + 1):
            y = round(layout.y_of(hour * 60))
            painter.fillRect(QRectF(layout.metrics.left, y, layout.width, 1), theme().color("grid"))
            if hour < layout.last_hour:
                half = round(layout.y_of(hour * 60 + 30))
                painter.setPen(dots)
                painter.drawLine(layout.metrics.left, half, layout.width, half)
                words = f"{hour:02d}:00"
                left = layout.metrics.left - text_width(font, words) - 8
                middle = y + metrics(font).height() / 2 + 1
                draw_text(painter, left, middle, words, font, theme().color("ink3"))
        for edge in layout.columns[:-1]:
            painter.fillRect(QRectF(edge, 0, 1, layout.height), theme().color("grid"))
        painter.fillRect(QRectF(0, layout.top - 1, layout.width, 1), theme().color("gridStrong"))
        painter.fillRect(QRectF(0, layout.metrics.head - 1, layout.width, 1), theme().color("grid"))

    def _paint_head(self, day: CalendarDay) -> None:
        layout, painter = self.layout, self.painter
        box = layout.head_rect(day.day)
        middle, left = layout.metrics.head / 2, box.left() + 10
        strong = theme().font(14, bold=True)
        words = f"周{WEEKDAYS[day.day.weekday()]}"
        color = theme().color("ink" if day.workday else "ink2")
        left = draw_text(painter, left, middle, words, theme().font(13), color) + 7
        number = f"{day.day.month}月{day.day.day}日" if day.day.day == 1 else str(day.day.day)
        width = text_width(strong, number)
        if day.day == self.today:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color("today"))
            height = metrics(strong).height()
            painter.drawRoundedRect(QRectF(left - 5, middle - height / 2, width + 10, height), 5, 5)
            color = on_today()
        elif day.holiday:
            color = theme().color("danger")
        end = draw_text(painter, left, middle, number, strong, color)
        verdict, right = self._verdict(day.day), box.right() - 8
        if verdict is not None and verdict is not Verdict.IMPOSSIBLE:
            paint_verdict(painter, right, middle, verdict)
            right -= 26
        if day.mark and end + 34 < right:
            room = right - end - 14
            paint_day_mark(painter, end + 12, middle, day.mark, day.mark_words, room, estimated=day.estimated)

    def _paint_corner(self, week: CalendarWeek) -> None:
        """Week number and load at the head of the hours."""
        layout, painter = self.layout, self.painter
        words, font = f"{week.total} 场", theme().font(12, bold=week.is_over)
        number = f"{week.number} 周"
        small = theme().font(12, bold=True)
        line = metrics(small).height()
        width = layout.metrics.left
        middle = layout.metrics.head / 2
        left = (width - text_width(small, number)) / 2
        draw_text(painter, left, middle - line / 2 + 1, number, small, theme().color("ink"))
        color = theme().color("danger" if week.is_over else "ink2")
        left = (width - text_width(font, words)) / 2
        draw_text(painter, left, middle + line / 2, words, font, color)
        note, plain = "全天", theme().font(12)
        left = width - text_width(plain, note) - 8
        middle = layout.metrics.head + layout.metrics.all_day / 2
        draw_text(painter, left, middle, note, plain, theme().color("ink3"))

    # events

    def _paint_untimed(self, day: CalendarDay) -> None:
        chips, slot = untimed(day), 0
        if day.paused and self.drag is None:
            font, place = theme().font(12), self.layout.all_day_slot(day.day, 0)
            words = fitted(f"停排：{day.paused}", font, place.width() - 14)
            middle = place.center()
            middle.setX(place.left() + text_width(font, words) / 2 + 6)
            paint_label(self.painter, middle, words, font)
            slot = 1
        if day.deadlines:
            place, line = self.layout.all_day_slot(day.day, slot), line_of(day.deadlines)
            paint_deadlines(self.painter, place, line)
            self.hits.append(Hit(place, HitKind.DEADLINE, day.day, line.key))
            slot += 1
        shown = shown_untimed(len(chips) + slot) - slot
        for chip in chips[:shown]:
            place = self.layout.all_day_slot(day.day, slot)
            paint_calendar_chip(self.painter, place, chip)
            self._after(chip, day, place)
            slot += 1
        if shown < len(chips):
            place = self.layout.all_day_slot(day.day, slot)
            self._paint_more(place, f"还有 {len(chips) - shown} 场…", day)

    def _paint_more(self, place: QRectF, words: str, day: CalendarDay) -> None:
        font = theme().font(12, bold=True)
        draw_text(self.painter, place.left() + 6, place.center().y(), words, font, theme().color("primary"))
        self.hits.append(Hit(place, HitKind.MORE, day.day))

    def _paint_timed(self, day: CalendarDay) -> None:
        layout = self.layout
        chips = {chip.key: chip for chip in timed(day)}
        spans = {key: span_of(chip, day.day) for key, chip in chips.items()}
        arranged = side_by_side(tuple(spans.values()), layout.most_columns())
        spare = MORE_WIDTH if arranged.hidden else 0
        for key, slot in arranged.slots.items():
            span = spans[key]
            place = layout.block_rect(day.day, span.start, span.end, slot, spare=spare)
            self._paint_block(chips[key], place)
            self._after(chips[key], day, place)
        for start, count in arranged.hidden:
            right = layout.day_rect(day.day).right()
            place = QRectF(right - MORE_WIDTH, layout.y_of(start), MORE_WIDTH - 2, layout.metrics.chip)
            self._paint_more(place, f"+{count}", day)

    def _after(self, chip: CalendarChip, day: CalendarDay, place: QRectF) -> None:
        drag = self.drag
        if drag is not None and chip.key == drag.key and not drag.copies:
            paint_dragged(self.painter, place, theme().color("surface"))
        kind = HitKind.DECISION if chip.decision else HitKind.EVENT
        self.hits.append(Hit(place, kind, day.day, chip.key))

    def _paint_block(self, chip: CalendarChip, place: QRectF) -> None:
        """An event in the time grid: one line where it is low, else clock, name and place."""
        font = theme().font(12)
        line = metrics(font).height()
        if place.height() < 2 * line + 6:
            paint_calendar_chip(self.painter, place, chip)
            return
        painter = self.painter
        paint_frame(painter, place, Chip(chip.kind, "", chip.status, chip.conflict, chip.unrecorded))
        color = theme().color("ink3") if chip.status in _OFF else theme().campaign(chip.kind).text
        left, right = place.left() + 5, place.right() - 4
        middle = place.top() + 4 + line / 2
        signed, clock = chip.conflict or chip.unrecorded, text_width(font, "00:00")
        room = right - left - (17 if signed else 0)
        if room >= clock:
            start = left
            if room >= clock + 20:
                paint_tile(painter, chip.kind, QRectF(left, round(middle - 8), 16, 16))
                start += 20
            draw_text(painter, start, middle, _clocks(chip, left + room - start), font, color)
        if signed or room >= clock:
            self._sign(chip, right, middle)
            middle += line + 1
        top = middle - line / 2
        self._paint_lines(chip, QRectF(left, top, right - left, place.bottom() - top - 3), color)

    def _sign(self, chip: CalendarChip, right: float, middle: float) -> None:
        box = QRectF(right - 14, middle - 7, 14, 14)
        if chip.conflict:
            paint_icon(self.painter, "triangle-warn", box, theme().color("danger"))
        elif chip.unrecorded:
            paint_icon(self.painter, "clock", box, theme().color("warning"))

    def _paint_lines(self, chip: CalendarChip, box: QRectF, color: QColor) -> None:
        """The name over as many lines as there are, then the place."""
        painter, strong, font = self.painter, theme().font(12, bold=True), theme().font(12)
        line = metrics(strong).height()
        middle = box.top() + line / 2
        for part in wrapped(chip.title, box.width(), 12, bold=True):
            if middle + line / 2 > box.bottom() + 1:
                return
            draw_text(painter, box.left(), middle, part, strong, color)
            middle += line
        place = chip.detail.rpartition(" · ")[2]
        if place and middle + line / 2 <= box.bottom() + 1:
            draw_text(painter, box.left(), middle, fitted(place, font, box.width()), font, color)


def _clocks(chip: CalendarChip, room: float) -> str:
    """09:30–11:30, or only the beginning where that is too long."""
    font = theme().font(12)
    if chip.half or chip.starts is None or chip.ends is None:
        return chip.clock
    both = f"{chip.starts:%H:%M}–{chip.ends:%H:%M}"
    return both if text_width(font, both) <= room else fitted(chip.clock, font, room)


def paint_chosen_head(painter: QPainter, layout: WeekLayout, day: date) -> None:
    """A breath of colour on the head of the selected day."""
    box = layout.head_rect(day)
    painter.fillRect(QRectF(box.left(), 0, box.width(), layout.metrics.head), with_alpha("primary", 0.10))


def render_week(
    layout: WeekLayout, week: CalendarWeek, today: date, ratio: float, drag: DragTarget | None = None
) -> Layer:
    """The static layer of a week; with ``drag`` the verdict of every day on it."""
    pixmap = new_pixmap(QSize(layout.width, layout.height), ratio)
    painter = QPainter(pixmap)
    painting = WeekPainting(painter, layout, today, drag)
    painting.paint_all(week)
    painter.end()
    return Layer(pixmap, tuple(painting.hits))
