"""开放月格子的绘制：行首、日头、格线、日条。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from gui.kit.chips import RADIUS, Chip, paint_frame
from gui.kit.icons import paint_icon
from gui.kit.marks import (
    draw_text,
    elided,
    fitted,
    metrics,
    on_today,
    paint_box,
    paint_day_mark,
    paint_hatch,
    text_width,
)
from gui.kit.theme import theme
from gui.open_month.grid_layout import COLUMNS, GridLayout
from gui.open_month.rows import UNDATED, DayHead, GridRow, MonthBar, bar_words
from models.domain.events import EventStatus
from planners.results import CellState


def paint_rows(painter: QPainter, layout: GridLayout, heads: Sequence[DayHead], today: int) -> None:
    """Paint every row; ``today`` is the day of August that it is, 0 in another month."""
    _paint_grounds(painter, layout, heads)
    for number, row in enumerate(layout.rows):
        if row.line is None:
            _paint_group(painter, layout.row_rect(number), row)
        else:
            _paint_head(painter, layout, number, row)
            for bar in row.bars:
                paint_bar(painter, layout.bar_rect(number, bar), bar)
    _paint_lines(painter, layout, today)


def _paint_grounds(painter: QPainter, layout: GridLayout, heads: Sequence[DayHead]) -> None:
    painter.fillRect(QRectF(0, 0, layout.width, layout.height), theme().color("surface"))
    undated = QRectF(layout.left(UNDATED), 0, layout.left(1) - layout.left(UNDATED), layout.height)
    painter.fillRect(undated, theme().color("surfaceAlt"))
    for head in heads:
        if head.rest:
            left = layout.left(head.number)
            rect = QRectF(left, 0, layout.left(head.number + 1) - left, layout.height)
            painter.fillRect(rect, theme().color("weekend"))


def _paint_group(painter: QPainter, rect: QRectF, row: GridRow) -> None:
    painter.fillRect(rect, theme().color("surfaceAlt"))
    font = theme().font(14, bold=True, serif=True)
    end = draw_text(painter, 14, rect.center().y(), row.title, font, theme().color("ink"))
    draw_text(painter, end + 12, rect.center().y(), row.note, theme().font(12), theme().color("ink2"))


def _paint_head(painter: QPainter, layout: GridLayout, number: int, row: GridRow) -> None:
    assert row.line is not None
    rect, middle = layout.row_rect(number), layout.row_rect(number).center().y()
    small = theme().font(12)
    state = _state(row)
    colors = {
        CellState.DONE: "ink2",
        CellState.AT_RISK: "warning",
        CellState.GAP: "warning",
        CellState.EXEMPT: "ink3",
    }
    note = fitted(row.note, small, layout.head_width * 0.5)
    left = layout.head_width - 10 - text_width(small, note)
    painter.save()
    if state is CellState.EXEMPT:
        box = QRectF(0, rect.top(), layout.head_width, rect.height())
        paint_hatch(painter, box, theme().color("grid"))
    draw_text(painter, left, middle, note, small, theme().color(colors[state]))
    if state is CellState.GAP:
        paint_icon(painter, "dashed-circle", QRectF(left - 18, middle - 7, 14, 14), theme().color("warning"))
        left -= 18
    font = theme().font(13)
    name = elided(row.title, font, left - 20)
    draw_text(painter, 14, middle, name, font, theme().color("ink"))
    painter.restore()


def _state(row: GridRow) -> CellState:
    """How a line is looked at: open, reported without counting, nothing reported, not asked."""
    assert row.line is not None
    if row.line.forecast:
        return CellState.DONE
    if not row.line.is_expected:
        return CellState.EXEMPT if row.line.exempt else CellState.DONE
    return CellState.AT_RISK if row.line.reported else CellState.GAP


def _paint_lines(painter: QPainter, layout: GridLayout, today: int) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QPen(theme().color("grid"), 1))
    lines = [
        QLineF(0, rect.bottom() - 1, layout.width, rect.bottom() - 1)
        for rect in map(layout.row_rect, range(len(layout.rows)))
    ]
    groups = [layout.row_rect(n) for n, row in enumerate(layout.rows) if row.line is None]
    for column in range(1, COLUMNS + 1):
        lines += _between(groups, layout.left(column) - 1, layout.height)
    painter.drawLines(lines)
    painter.setPen(QPen(theme().color("gridStrong"), 1))
    for x in (layout.head_width - 1, layout.left(1) - 1):
        painter.drawLines(_between(groups, x, layout.height))
    if today:
        painter.setPen(QPen(theme().color("today"), 1.6))
        x = layout.left(today) + layout.column / 2
        painter.drawLine(QLineF(x, 0, x, layout.height))


def _between(groups: Sequence[QRectF], x: float, height: float) -> list[QLineF]:
    """A vertical line at ``x`` with gaps where the headings of groups are."""
    lines, top = [], 0.0
    for rect in groups:
        if rect.top() > top:
            lines.append(QLineF(x, top, x, rect.top() - 1))
        top = rect.bottom()
    return [*lines, QLineF(x, top, x, height)]


def paint_bar(painter: QPainter, rect: QRectF, bar: MonthBar) -> None:
    """A day bar: filled once confirmed, outlined while planned, dashed as a draft, hatched while tentative."""
    event, look = bar.event, theme().campaign(bar.event.campaign)
    faded = event.status is EventStatus.POSTPONED
    paint_frame(painter, rect, Chip(event.campaign, "", event.status))
    if event.tentative:
        paint_hatch(painter, rect.adjusted(2, 2, -2, -2), look.tile, 7)
    font, color = theme().font(12), theme().color("ink3") if faded else look.text
    right = rect.right() - 1
    if bar.more:
        count = f"+{bar.more}"
        strong = theme().font(12, bold=True)
        right -= text_width(strong, count) + 2
        draw_text(painter, right + 1, rect.center().y(), count, strong, look.text)
    elif event.status is EventStatus.HELD and rect.width() >= 48:
        paint_icon(painter, "check", QRectF(right - 13, rect.center().y() - 6.5, 13, 13), look.text)
        right -= 14
    elif not bar.interactive and rect.width() >= 48:
        paint_icon(
            painter, "info", QRectF(right - 13, rect.center().y() - 6.5, 13, 13), theme().color("warning")
        )
        right -= 14
    words = _words(bar, right - rect.left() - 1)
    left = rect.left() + max(2.0, (right - rect.left() - text_width(font, words)) / 2)
    if event.tentative and words:
        ground = QRectF(left - 2, rect.top() + 2, text_width(font, words) + 4, rect.height() - 4)
        painter.setPen(Qt.PenStyle.NoPen)
        filled = event.status in (EventStatus.CONFIRMED, EventStatus.HELD)
        painter.setBrush(look.tint if filled else theme().color("surface"))
        painter.drawRoundedRect(ground, RADIUS, RADIUS)
    end = draw_text(painter, left, rect.center().y(), words, font, color)
    if faded or event.online_only:
        painter.setPen(QPen(color, 1, Qt.PenStyle.DotLine if event.online_only else Qt.PenStyle.SolidLine))
        y = round(rect.center().y() + (metrics(font).height() / 2 - 1 if event.online_only else 0))
        painter.drawLine(QPointF(left, y), QPointF(end, y))


def _words(bar: MonthBar, room: float) -> str:
    font = theme().font(12)
    for words in bar_words(bar.event):
        if text_width(font, words) <= room:
            return words
    return ""


def paint_head(
    painter: QPainter, layout: GridLayout, heads: Sequence[DayHead], words: str, today: int
) -> None:
    """The head of the grid: day bars of the month, number, weekday, 休 or 班; its own coordinates."""
    area = QRectF(0, 0, layout.width, layout.head)
    painter.fillRect(area, theme().color("surfaceAlt"))
    small, strong = theme().font(12), theme().font(13, bold=True)
    line = metrics(small).height()
    draw_text(painter, 14, 7 + line / 2, words, theme().font(13, bold=True), theme().color("ink"))
    draw_text(painter, 14, 9 + line * 1.5, "每天几场（计入的）", small, theme().color("ink2"))
    _paint_centred(painter, layout, UNDATED, layout.head - line - 2, "未定", small, "ink2")
    most = max((head.count for head in heads), default=0)
    bars_height, foot = line - 2, 6 + line
    for head in heads:
        left, right = layout.left(head.number), layout.left(head.number + 1)
        if head.rest:
            painter.fillRect(QRectF(left, 0, right - left - 1, layout.head), theme().color("weekend"))
        if head.number == today:
            box = QRectF(left + 4, foot + 2, right - left - 9, line + 2)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_box(painter, box, "today")
        if head.count:
            height = max(3.0, bars_height * head.count / most)
            color = theme().campaign("open").tile
            painter.fillRect(QRectF(left + 5, foot - height, 6, height), color)
            draw_text(painter, left + 14, foot - line / 2, str(head.count), small, theme().color("ink"))
        color = on_today() if head.number == today else theme().color("ink2" if head.rest else "ink")
        number = str(head.number)
        x = (left + right - text_width(strong, number)) / 2
        draw_text(painter, x, foot + 3 + line / 2, number, strong, color)
        if head.mark:
            paint_day_mark(
                painter, left + 3, layout.head - line / 2 - 3, head.mark, "", 0, estimated=head.estimated
            )
        else:
            _paint_centred(
                painter, layout, head.number, layout.head - line / 2 - 3, head.weekday, small, "ink2"
            )
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QPen(theme().color("gridStrong"), 1))
    painter.drawLine(QLineF(0, layout.head - 1, layout.width, layout.head - 1))
    for x in (layout.head_width - 1, layout.left(1) - 1):
        painter.drawLine(QLineF(x, 0, x, layout.head))


def _paint_centred(
    painter: QPainter, layout: GridLayout, column: int, middle: float, words: str, font: object, color: str
) -> None:
    left, right = layout.left(column), layout.left(column + 1)
    x = (left + right - text_width(font, words)) / 2  # type: ignore[arg-type]
    draw_text(painter, x, middle, words, font, theme().color(color))  # type: ignore[arg-type]
