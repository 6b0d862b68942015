"""每周负荷条：每周一根叠柱，超过上限的写出场数。"""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPen

from gui.kit.marks import draw_text, fitted, metrics, text_width
from gui.kit.theme import theme
from gui.overview.board_canvas import BoardHitKind, Canvas
from models.domain.events import Campaign

PAST_OPACITY = 0.55


def paint_strip(canvas: Canvas) -> None:
    """Paint label, bars and limit line of the load strip; nothing where it is off."""
    rect = canvas.layout.strip_rect()
    if rect.isEmpty():
        return
    painter = canvas.painter
    painter.fillRect(rect, canvas.color("surfaceAlt"))
    painter.setPen(QPen(canvas.color("gridStrong"), 1))
    painter.drawLine(QLineF(0, rect.top() - 0.5, rect.right(), rect.top() - 0.5))
    left = canvas.layout.metrics.left
    painter.drawLine(QLineF(left - 0.5, rect.top(), left - 0.5, rect.bottom()))
    _paint_label(canvas, rect)
    _paint_bars(canvas, rect.adjusted(left, 0, 0, 0))


def overloaded(canvas: Canvas) -> list[date]:
    """Mondays of the weeks above the limit."""
    limit = canvas.contents.week_limit
    return [monday for monday, counts in canvas.contents.loads if sum(n for _, n in counts) > limit]


def _paint_label(canvas: Canvas, rect: QRectF) -> None:
    fonts, room = canvas.fonts, canvas.layout.metrics.left - 18
    lines = [
        ("每周负荷", fonts.title, "ink"),
        (f"区级人手上限 {canvas.contents.week_limit} 场/周", fonts.small, "ink2"),
    ]
    step = metrics(fonts.small).height() + 2
    if rect.height() >= 3 * step + 6 and (weeks := overloaded(canvas)):
        months = sorted({(monday + timedelta(days=3)).month for monday in weeks})
        where = f"均在 {months[0]} 月" if len(months) == 1 else "、".join(f"{m}月" for m in months)
        lines.append((f"超限 {len(weeks)} 周（{where}）", fonts.small, "warning"))
    middle = rect.center().y() - step * (len(lines) - 1) / 2
    for text, font, color in lines:
        canvas.words(12, middle, fitted(text, font, room), font, color)
        middle += step


def _paint_bars(canvas: Canvas, area: QRectF) -> None:
    limit = canvas.contents.week_limit
    most = max((sum(n for _, n in counts) for _, counts in canvas.contents.loads), default=0)
    base, head = area.bottom() - 5, 17.0
    unit = min((area.height() - head - 5) / max(most, 1), area.height() * 0.5 / max(limit, 1))
    width = max(4.0, (area.width() / 53) * 0.7)
    for monday, counts in canvas.contents.loads:
        thursday = monday + timedelta(days=3)
        x = canvas.layout.day_x(thursday) if thursday.year == canvas.contents.year else None
        if x is not None:
            _paint_week(canvas, area, monday, counts, x - width / 2, base, unit, width)
    pen = QPen(canvas.color("danger"), 1)
    pen.setDashPattern([4.0, 3.0])
    canvas.painter.setPen(pen)
    y = round(base - limit * unit) + 0.5
    canvas.painter.drawLine(QLineF(area.left(), y, area.right(), y))


def _paint_week(
    canvas: Canvas,
    area: QRectF,
    monday: date,
    counts: tuple[tuple[Campaign, int], ...],
    left: float,
    base: float,
    unit: float,
    width: float,
) -> None:
    painter, total, top = canvas.painter, 0, base
    painter.setOpacity(PAST_OPACITY if monday + timedelta(days=6) < canvas.contents.today else 1.0)
    for campaign, count in counts:
        if count:
            top -= count * unit
            bar = QRectF(left, top, width, count * unit)
            painter.fillRect(bar, theme().campaign(campaign).tile)
            total += count
    painter.setOpacity(1.0)
    if not total:
        painter.fillRect(QRectF(left, base - 1, width, 1), canvas.color("gridStrong"))
    if total > canvas.contents.week_limit:
        text, font = str(total), canvas.fonts.small_bold
        x = left + (width - text_width(font, text)) / 2
        draw_text(painter, x, top - 8, text, font, canvas.color("danger"))
    hit = QRectF(left - 2, area.top(), width + 4, area.height())
    canvas.hit(hit, BoardHitKind.WEEK, -1, (monday + timedelta(days=3)).month, monday.isoformat())
    painter.setPen(Qt.PenStyle.NoPen)
