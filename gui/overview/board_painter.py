"""年度总览的静态层：一次画全，之后只贴图；同时记下每处可点的地方。"""

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QPainter, QPen, QPixmap

from gui.kit.scrolled_grid import Layer
from gui.kit.theme import theme
from gui.overview.board_canvas import BoardOptions, Canvas, board_fonts
from gui.overview.board_cells_painter import paint_grounds, paint_line
from gui.overview.board_heads_painter import group_spans, paint_heads, paint_row_heads
from gui.overview.board_layout import BoardLayout
from gui.overview.board_strip_painter import paint_strip
from gui.services.board_values import BoardContents


def render_board(contents: BoardContents, layout: BoardLayout, options: BoardOptions, ratio: float) -> Layer:
    """Paint the whole board at ``ratio`` device pixels a logical one."""
    pixmap = QPixmap(round(layout.width * ratio), round(layout.height * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(theme().color("surface"))
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    canvas = Canvas(painter, layout, contents, options, board_fonts(), today_x(contents, layout), [])
    _paint_body(canvas)
    paint_strip(canvas)
    _paint_today_over_strip(canvas)
    paint_row_heads(canvas)
    _paint_group_lines(canvas)
    paint_heads(canvas)
    painter.end()
    return Layer(pixmap, tuple(canvas.hits))


def today_x(contents: BoardContents, layout: BoardLayout) -> float | None:
    """Where the today line runs, None in another year or half."""
    return layout.day_x(contents.today) if contents.current_month else None


def _paint_body(canvas: Canvas) -> None:
    for row, line in enumerate(canvas.contents.lines):
        paint_grounds(canvas, row, line)
    _paint_grid(canvas)
    _paint_today(canvas, canvas.layout.metrics.top, canvas.layout.rows[-1])
    for row, line in enumerate(canvas.contents.lines):
        canvas.painter.save()
        canvas.painter.setClipRect(canvas.layout.row_rect(row))
        paint_line(canvas, row, line)
        canvas.painter.restore()


def _paint_today(canvas: Canvas, top: float, bottom: float) -> None:
    if canvas.today_x is not None:
        canvas.painter.fillRect(
            QRectF(round(canvas.today_x) - 1, top, 2, bottom - top), canvas.color("today")
        )


def _paint_today_over_strip(canvas: Canvas) -> None:
    rect = canvas.layout.strip_rect()
    if not rect.isEmpty():
        _paint_today(canvas, rect.top(), rect.bottom())


def _paint_grid(canvas: Canvas) -> None:
    """Month and row lines; a cell that spans months and alarms has none inside."""
    layout, painter = canvas.layout, canvas.painter
    painter.setPen(QPen(canvas.color("grid"), 1))
    for row, line in enumerate(canvas.contents.lines):
        top, bottom = layout.rows[row], layout.rows[row + 1]
        for month in layout.months[1:]:
            cell = line.cell_at(month)
            inside = (
                cell.first < month and cell.state is not None and cell.state.value in ("at_risk", "overdue")
            )
            if month % 3 != 1 and not inside:
                x = layout.column(month)[0] - 0.5
                painter.drawLine(QLineF(x, top, x, bottom))
        painter.drawLine(QLineF(layout.metrics.left, bottom - 0.5, layout.width, bottom - 0.5))
    painter.setPen(QPen(canvas.color("gridStrong"), 1))
    for _, left, _ in layout.quarters():
        painter.drawLine(QLineF(left - 0.5, layout.metrics.top, left - 0.5, layout.rows[-1]))


def _paint_group_lines(canvas: Canvas) -> None:
    layout = canvas.layout
    canvas.painter.setPen(QPen(canvas.color("gridStrong"), 1))
    for _, last in group_spans(canvas.contents.lines):
        y = layout.rows[last + 1] - 0.5
        canvas.painter.drawLine(QLineF(0, y, layout.width, y))
    x = layout.metrics.left - 0.5
    canvas.painter.drawLine(QLineF(x, layout.metrics.top, x, layout.rows[-1]))
