"""年度总览的表头与行头：季、月、今天旗、竖排组名、规则文字与街镇格。"""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPen

from gui.kit.icons import paint_icon
from gui.kit.marks import STATE_LOOKS, draw_text, fitted, metrics, on_today, paint_box, text_width
from gui.kit.theme import theme
from gui.kit.tiles import ATTENDANCE, paint_tile
from gui.overview.board_canvas import BoardHitKind, Canvas
from gui.services.board_values import BoardLine, TownState
from models.domain.workdays import WEEKDAYS

QUARTER_NAMES = ("一季度", "二季度", "三季度", "四季度")


def paint_heads(canvas: Canvas) -> None:
    """Paint quarters, months and the corner."""
    layout = canvas.layout
    canvas.painter.fillRect(QRectF(0, 0, layout.width, layout.metrics.top), canvas.color("surfaceAlt"))
    for month in layout.months:
        _paint_month(canvas, month)
    flag = today_flag(canvas)
    for quarter, left, right in layout.quarters():
        _paint_quarter(canvas, quarter, left, right, flag)
    _paint_corner(canvas)
    _paint_head_lines(canvas)
    if flag is not None:
        _paint_flag(canvas, flag)


def today_words(canvas: Canvas) -> str:
    """What the flag says (今天 6月15日 周二)."""
    today = canvas.contents.today
    return f"今天 {today.month}月{today.day}日 周{WEEKDAYS[today.weekday()]}"


def today_flag(canvas: Canvas) -> QRectF | None:
    """The place of the flag over the today line, kept clear of the quarter's name."""
    x = canvas.today_x
    if x is None:
        return None
    width = text_width(canvas.fonts.small_bold, today_words(canvas)) + 12
    height = metrics(canvas.fonts.small_bold).height() + 1
    quarter = (canvas.contents.today.month + 2) // 3
    start, end = next((left, right) for q, left, right in canvas.layout.quarters() if q == quarter)
    name_end = start + 14 + text_width(canvas.fonts.serif, QUARTER_NAMES[0])
    left = min(max(x - width / 2, name_end), end - width)
    bottom = canvas.layout.metrics.quarter_height + 1
    return QRectF(round(left), round(bottom - height), round(width), round(height))


def _paint_flag(canvas: Canvas, flag: QRectF) -> None:
    assert canvas.today_x is not None
    painter = canvas.painter
    paint_box(painter, flag, "today")
    draw_text(
        painter, flag.left() + 6, flag.center().y(), today_words(canvas), canvas.fonts.small_bold, on_today()
    )
    top = canvas.layout.metrics.top
    painter.fillRect(QRectF(round(canvas.today_x) - 1, top - 7, 2, 7), canvas.color("today"))


def _paint_quarter(canvas: Canvas, quarter: int, left: int, right: int, flag: QRectF | None) -> None:
    middle = canvas.layout.metrics.quarter_height / 2 + 1
    end = canvas.words(left + 10, middle, QUARTER_NAMES[quarter - 1], canvas.fonts.serif, "ink")
    head = canvas.contents.quarters[quarter - 1]
    color = STATE_LOOKS[head.state].color if head.state else "ink2"
    start, stop = _summary_room(end + 12, right - 4, flag)
    parts = head.text.split(" · ")
    beginnings = [" · ".join(parts[:count]) for count in range(len(parts), 0, -1)]
    text = next((t for t in beginnings if text_width(canvas.fonts.small, t) <= stop - start), "")
    canvas.words(start, middle, text, canvas.fonts.small, color)


def _summary_room(start: float, stop: float, flag: QRectF | None) -> tuple[float, float]:
    """Where a summary may stand: the wider side of the flag where it is in the way."""
    if flag is None or flag.right() <= start or flag.left() >= stop:
        return start, stop
    left, right = (start, flag.left() - 4), (flag.right() + 8, stop)
    return left if left[1] - left[0] >= right[1] - right[0] else right


def _paint_month(canvas: Canvas, month: int) -> None:
    left, right = canvas.layout.column(month)
    sizes = canvas.layout.metrics
    box = QRectF(left, sizes.quarter_height, right - left, sizes.month_height)
    head = canvas.contents.months[month - 1]
    current = month == canvas.contents.current_month
    if current:
        canvas.painter.fillRect(box, canvas.color("infoBg"))
    color = "info" if current else "ink"
    end = canvas.words(left + 10, box.center().y(), f"{month}月", canvas.fonts.title, color)
    if head.milestones:
        mark = QRectF(end + 4, box.center().y() - 6, 12, 12)
        paint_icon(canvas.painter, "flag", mark, canvas.color("warning"))
        end = mark.right()
    unit = "" if sizes.compact else " 工作日"
    text = f"{head.workdays}{unit}" if head.left is None else f"剩 {head.left}{unit}"
    font = canvas.fonts.small_bold if head.left is not None else canvas.fonts.small
    edge = right - (5 if current else 7)
    if end + 1 + text_width(font, text) > edge:
        text = text.replace(" 工作日", "")
    canvas.words_right(edge, box.center().y(), text, font, "info" if current else "ink3")
    canvas.hit(box, BoardHitKind.MONTH, -1, month, str(month))


def _paint_corner(canvas: Canvas) -> None:
    sizes = canvas.layout.metrics
    estimated = any(head.estimated for head in canvas.contents.months)
    text = "规则线 / 月 · 工作日数" + ("（估）" if estimated and not sizes.compact else "")
    font = canvas.fonts.second if not sizes.compact else canvas.fonts.small
    canvas.words(12, sizes.top / 2, text, font, "ink3")


def _paint_head_lines(canvas: Canvas) -> None:
    layout, painter = canvas.layout, canvas.painter
    painter.setPen(QPen(canvas.color("grid"), 1))
    for month in layout.months:
        if month % 3 != 1:
            x = layout.column(month)[0] - 0.5
            painter.drawLine(QLineF(x, layout.metrics.quarter_height, x, layout.metrics.top))
    painter.setPen(QPen(canvas.color("gridStrong"), 1))
    for _, left, _ in layout.quarters():
        painter.drawLine(QLineF(left - 0.5, 0, left - 0.5, layout.metrics.top))
    painter.drawLine(QLineF(0, layout.metrics.top - 0.5, layout.width, layout.metrics.top - 0.5))


def paint_row_heads(canvas: Canvas) -> None:
    """Paint the group labels and the header of every line."""
    sizes, rows = canvas.layout.metrics, canvas.layout.rows
    bottom = rows[-1]
    canvas.painter.fillRect(
        QRectF(0, sizes.top, sizes.group_width, bottom - sizes.top), canvas.color("surfaceAlt")
    )
    canvas.painter.fillRect(
        QRectF(sizes.group_width, sizes.top, sizes.header_width, bottom - sizes.top), canvas.color("surface")
    )
    for row, line in enumerate(canvas.contents.lines):
        _paint_row_head(canvas, row, line)
    for first, last in group_spans(canvas.contents.lines):
        _paint_group(canvas, canvas.contents.lines[first].group, rows[first], rows[last + 1])
    canvas.painter.setPen(QPen(canvas.color("grid"), 1))
    x = sizes.group_width - 0.5
    canvas.painter.drawLine(QLineF(x, sizes.top, x, bottom))


def group_spans(lines: tuple[BoardLine, ...]) -> list[tuple[int, int]]:
    """First and last row of each run of lines with one group label."""
    spans: list[tuple[int, int]] = []
    for row, line in enumerate(lines):
        if spans and lines[spans[-1][0]].group == line.group:
            spans[-1] = (spans[-1][0], row)
        else:
            spans.append((row, row))
    return spans


def _paint_group(canvas: Canvas, name: str, top: int, bottom: int) -> None:
    """The vertical serif label, in the middle of its rows."""
    font = canvas.fonts.serif
    step = min(metrics(font).height() * 0.8, (bottom - top) / len(name))
    middle = (top + bottom) / 2 - step * (len(name) - 1) / 2
    for character in name:
        left = canvas.layout.metrics.group_width / 2 - text_width(font, character) / 2
        canvas.words(left, middle, character, font, "ink2")
        middle += step


def _paint_row_head(canvas: Canvas, row: int, line: BoardLine) -> None:
    layout = canvas.layout
    sizes = layout.metrics
    top, bottom = layout.rows[row], layout.rows[row + 1]
    side = 18.0 if sizes.scale < 1.2 else 22.0
    step = metrics(canvas.fonts.second).height() + 0.5
    texts = _header_lines(line, compact=sizes.compact or bottom - top < 3 * step + 16)
    long = len(texts) > 2 or (not sizes.compact and bottom - top >= 3 * step + 16)
    first = top + 19 * sizes.scale if long else (top + bottom) / 2 - step * (len(texts) - 1) / 2
    left = sizes.group_width + 8
    tile_middle = first if long else (top + bottom) / 2
    tile = QRectF(left, round(tile_middle - side / 2), side, side)
    paint_tile(canvas.painter, line.campaign or ATTENDANCE, tile)
    start = left + side + 8
    room = sizes.left - start - 4
    canvas.words(start, first, fitted(line.title, canvas.fonts.title, room), canvas.fonts.title, "ink")
    for index, text in enumerate(texts[1:], 1):
        color = "ink3" if index == 1 else "ink2"
        cut = fitted(text, canvas.fonts.small, room)
        end = canvas.words(start, first + index * step + 1, cut, canvas.fonts.small, color)
        if index == 2 and line.ticks:
            _paint_ticks(canvas, line, end + 10, first + index * step + 1, sizes.left - 8)


def _header_lines(line: BoardLine, *, compact: bool) -> list[str]:
    words = line.short_words if compact else line.words
    texts = [line.title] + ([words] if words else [])
    if compact:
        return texts
    if line.ticks:
        return [*texts, f"街镇 {sum(tick.state is TownState.HELD for tick in line.ticks)}/{len(line.ticks)}"]
    return texts + ([line.counts] if line.counts else [])


def _paint_ticks(canvas: Canvas, line: BoardLine, left: float, middle: float, right: float) -> None:
    """One tick a 街镇: filled = held, outline = planned, ✕ = none."""
    step = min(8.0, (right - left) / len(line.ticks))
    if step < 5 or line.campaign is None:
        return
    color = theme().campaign(line.campaign).tile
    painter = canvas.painter
    for index, tick in enumerate(line.ticks):
        box = QRectF(round(left + index * step) + 0.5, round(middle - 4) + 0.5, step - 2.5, 7)
        if tick.state is TownState.HELD:
            painter.fillRect(box.adjusted(-0.5, -0.5, 0.5, 0.5), color)
        elif tick.state is TownState.PLANNED:
            painter.setPen(QPen(color, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box)
        else:
            painter.setPen(QPen(canvas.color("danger"), 1.3))
            painter.drawLine(box.topLeft(), box.bottomRight())
            painter.drawLine(QPointF(box.right(), box.top()), QPointF(box.left(), box.bottom()))
