"""年度总览的格子：底色、状态、活动块、主题条、停排斜线、开放月日柱、列席进度。"""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPen, QPolygonF

from gui.kit.chips import RADIUS
from gui.kit.icons import paint_icon
from gui.kit.marks import (
    STATE_LOOKS,
    draw_text,
    fitted,
    mark_width,
    paint_box,
    paint_cell_ground,
    paint_exempt,
    paint_hatch,
    paint_mark,
    text_width,
)
from gui.kit.theme import theme
from gui.overview.board_canvas import BoardHitKind, Canvas, month_ground
from gui.overview.board_chip_painter import paint_stack, slot_rect, slots
from gui.services.board_values import BoardCell, BoardChip, BoardLine, LineKind
from planners.open_month import AUGUST
from planners.results import CellState


def paint_grounds(canvas: Canvas, row: int, line: BoardLine) -> None:
    """Tint the months, then the cells that alarm, the pauses and the exemptions."""
    for month in canvas.layout.months:
        canvas.painter.fillRect(canvas.layout.cell_rect(row, month, month), month_ground(canvas, month))
    for cell in line.cells:
        rect = canvas.layout.cell_rect(row, cell.first, cell.last)
        if cell.state is None or rect.isEmpty():
            continue
        paint_cell_ground(canvas.painter, rect, cell.state)
        if cell.state is CellState.EXEMPT:
            paint_exempt(canvas.painter, rect, cell.note)
        if line.kind is LineKind.OPEN_MONTH and line.campaign:
            canvas.painter.fillRect(rect, theme().campaign(line.campaign).tint)
    for pause in line.pauses:
        rect = canvas.layout.cell_rect(row, pause.first, pause.last)
        paint_hatch(canvas.painter, rect, canvas.color("grid"))


def cell_ground(canvas: Canvas, cell: BoardCell, month: int) -> QColor:
    """The colour behind the words of ``cell`` in ``month``."""
    fill = STATE_LOOKS[cell.state].fill if cell.state else ""
    return theme().color(fill) if fill else month_ground(canvas, month)


def paint_line(canvas: Canvas, row: int, line: BoardLine) -> None:
    """Paint marks, chips, bands and bars of a line on the ground."""
    for cell in line.cells:
        if not canvas.layout.cell_rect(row, cell.first, cell.last).isEmpty():
            _PAINTERS[line.kind](canvas, row, line, cell)
    if line.remark:
        _paint_remark(canvas, row, line)


def _paint_monthly(canvas: Canvas, row: int, line: BoardLine, cell: BoardCell) -> None:
    rect = canvas.layout.cell_rect(row, cell.first, cell.last)
    if cell.state is CellState.EXEMPT:
        _paint_chips(canvas, row, line, cell.first, 4, None)
        return
    below = rect.top() + 4
    if cell.is_asked:
        _paint_month_mark(canvas, rect, cell)
        below = rect.top() + canvas.layout.metrics.mark_height + 2
    ghost = _ghost_text(cell) if cell.ghost else None
    used = _paint_chips(canvas, row, line, cell.first, below - rect.top(), ghost)
    _paint_month_note(canvas, rect, cell, used)


def _ghost_text(cell: BoardCell) -> str:
    return "排入建议" if cell.state is CellState.AT_RISK else "排入"


def _paint_month_mark(canvas: Canvas, rect: QRectF, cell: BoardCell) -> None:
    assert cell.state is not None
    left, middle = rect.left() + 9, rect.top() + 13 * canvas.layout.metrics.scale
    text = f"{cell.count} 逾期" if cell.state is CellState.OVERDUE else cell.count
    ground = cell_ground(canvas, cell, cell.first)
    canvas.clear_today(
        left, left + mark_width(text, canvas.fonts.small_bold), middle, canvas.fonts.small, ground
    )
    end = paint_mark(canvas.painter, left, middle, cell.state, text, canvas.fonts.small_bold)
    for word, color in ((cell.badge, "success"), (cell.note if cell.note == "未确认" else "", "warning")):
        if word and end + 6 + text_width(canvas.fonts.small, word) <= rect.right() - 6:
            canvas.words_right(rect.right() - 7, middle, word, canvas.fonts.small, color)


def _paint_month_note(canvas: Canvas, rect: QRectF, cell: BoardCell, top: float) -> None:
    """What follows the chips: days left, or what an overdue month still needs."""
    if cell.state not in (CellState.AT_RISK, CellState.OVERDUE) or cell.note in ("", "未确认"):
        return
    height = canvas.fonts.small.pixelSize() + 4
    if top + height > rect.bottom() + 1:
        return
    note = cell.note.rsplit("，", 1)[-1]
    room = rect.width() - 12
    bare = note.replace(" ", "")
    shorter = (note, bare, bare.replace("个工作日", "工作日"), bare.split("个")[0])
    note = next((words for words in shorter if text_width(canvas.fonts.small_bold, words) <= room), "")
    color = STATE_LOOKS[cell.state].color
    ground = cell_ground(canvas, cell, cell.first)
    canvas.words(rect.left() + 8, top + height / 2, note, canvas.fonts.small_bold, color, ground)


def _paint_chips(
    canvas: Canvas, row: int, line: BoardLine, month: int, offset: float, ghost: str | None
) -> float:
    """Chips of a month from ``offset`` below the row's top; returns where the next line may begin."""
    rect = canvas.layout.cell_rect(row, month, month)
    if rect.isEmpty():
        return rect.top()
    area = rect.adjusted(0, offset, 0, 0)
    return paint_stack(canvas, row, line, month, area, ghost)


def _paint_themed(canvas: Canvas, row: int, line: BoardLine, cell: BoardCell) -> None:
    sizes = canvas.layout.metrics
    rect = canvas.layout.cell_rect(row, cell.first, cell.last)
    band_height = sizes.chip_height if sizes.compact else sizes.chip_height - 2
    band = QRectF(rect.left() + 6, rect.top() + 5, rect.width() - 12, band_height)
    if cell.is_asked:
        _paint_band(canvas, row, line, cell, band)
    for month in range(cell.first, cell.last + 1):
        ghost = _ghost_text(cell) if cell.ghost == month else None
        _paint_chips(canvas, row, line, month, 5 + band_height + 4, ghost)


def _paint_band(canvas: Canvas, row: int, line: BoardLine, cell: BoardCell, band: QRectF) -> None:
    """The theme of a quarter, dashed while it is missing, with the count at its right end."""
    assert cell.state is not None
    assert line.campaign is not None
    painter, fonts = canvas.painter, canvas.fonts
    look = theme().campaign(line.campaign)
    box = band.adjusted(0.5, 0.5, -0.5, -0.5)
    if cell.theme:
        paint_box(painter, box, look.tint, radius=RADIUS)
    else:
        paint_box(painter, box, "surface", "controlBorder", RADIUS, 1.1, dashed=True)
    middle = band.center().y()
    count_left = band.right() - 7 - mark_width(cell.count, fonts.small_bold)
    paint_mark(painter, count_left, middle, cell.state, cell.count, fonts.small_bold)
    canvas.hit(band, BoardHitKind.THEME, row, cell.first, str((cell.first + 2) // 3))
    if not cell.theme:
        text = fitted("季度主题 未定 — 点此拟定", fonts.small, count_left - band.left() - 12)
        canvas.words(band.left() + 9, middle, text, fonts.small, "ink2")
        return
    end = canvas.words(band.left() + 9, middle, "季度主题", fonts.small, "ink2")
    painter.setPen(QPen(look.text, 1))
    painter.drawLine(QLineF(round(end + 5) + 0.5, middle - 5, round(end + 5) + 0.5, middle + 5))
    text = fitted(cell.theme, fonts.second_bold, count_left - end - 16)
    draw_text(painter, end + 11, middle, text, fonts.second_bold, look.text)


def _paint_quarterly(canvas: Canvas, row: int, line: BoardLine, cell: BoardCell) -> None:
    months = [month for month in canvas.layout.months if cell.first <= month <= cell.last]
    free = [month for month in months if not line.chips_at(month)]
    for month in months:
        ghost = _ghost_text(cell) if cell.ghost == month else None
        _paint_centred(canvas, row, line, month, ghost)
    if not cell.is_asked:
        return
    free = [month for month in free if month != cell.ghost] or free
    month = free[0] if free else months[0]
    _paint_quarter_mark(canvas, row, line, cell, month)


def _paint_quarter_mark(canvas: Canvas, row: int, line: BoardLine, cell: BoardCell, month: int) -> None:
    """The badge in the first free month, with as much of its note as the free months beside it hold."""
    assert cell.state is not None
    rect = canvas.layout.cell_rect(row, month, month)
    crowded = bool(line.chips_at(month))
    middle = rect.top() + 7 if crowded else rect.center().y()
    text = cell.count
    if cell.state is CellState.OVERDUE:
        text += " 逾期"
    elif cell.note == "未确认":
        text += " 未确认"
    if crowded:
        _paint_corner_mark(canvas, rect, cell)
        return
    left = rect.left() + 9
    ground = cell_ground(canvas, cell, month)
    canvas.clear_today(
        left, left + mark_width(text, canvas.fonts.small_bold), middle, canvas.fonts.small, ground
    )
    end = paint_mark(canvas.painter, left, middle, cell.state, text, canvas.fonts.small_bold)
    note, color = cell.note if cell.note != "未确认" else "", STATE_LOOKS[cell.state].color
    if not note and (reason := _pause_words(canvas, row, line, month)):
        note, color = reason, "ink3"
    room = _free_right(canvas, row, line, cell, month) - end - 16
    note = fitted(note, canvas.fonts.small, room)
    if note:
        canvas.words(end + 10, middle, note, canvas.fonts.small, color, ground)


def _paint_corner_mark(canvas: Canvas, rect: QRectF, cell: BoardCell) -> None:
    """Where every month has chips: the state's icon alone, in the upper left corner."""
    assert cell.state is not None
    look = STATE_LOOKS[cell.state]
    if look.icon:
        box = QRectF(rect.left() + 3, rect.top() + 2, 12, 12)
        paint_icon(canvas.painter, look.icon, box, canvas.color(look.color))


def _pause_words(canvas: Canvas, row: int, line: BoardLine, month: int) -> str:
    """Why nothing is planned here, on the first of the lines that share the pause."""
    if row > 0 and canvas.contents.lines[row - 1].campaign is line.campaign:
        return ""
    return next((p.reason for p in line.pauses if p.first <= month <= p.last and p.reason), "")


def _free_right(canvas: Canvas, row: int, line: BoardLine, cell: BoardCell, month: int) -> float:
    """The right edge of the months from ``month`` on in which nothing stands."""
    last = month
    while last < cell.last and last + 1 in canvas.layout.months:
        if line.chips_at(last + 1) or cell.ghost == last + 1:
            break
        last += 1
    return canvas.layout.cell_rect(row, month, last).right()


def _paint_centred(canvas: Canvas, row: int, line: BoardLine, month: int, ghost: str | None = None) -> None:
    """Chips in the middle of the row's height (lines without marks above the chips)."""
    rect = canvas.layout.cell_rect(row, month, month)
    count = len(line.chips_at(month)) + (1 if ghost else 0)
    if not count:
        return
    step = canvas.layout.metrics.chip_height + 3
    shown = min(count, slots(canvas, rect))
    top = rect.center().y() - (shown * step - 3) / 2
    paint_stack(canvas, row, line, month, QRectF(rect.left(), top, rect.width(), rect.bottom() - top), ghost)


def _paint_events(canvas: Canvas, row: int, line: BoardLine, cell: BoardCell) -> None:
    for month in range(cell.first, cell.last + 1):
        if month in canvas.layout.months:
            _paint_centred(canvas, row, line, month)


def _paint_open_month(canvas: Canvas, row: int, line: BoardLine, cell: BoardCell) -> None:
    if not cell.is_asked:
        _paint_events(canvas, row, line, cell)
        return
    assert cell.state is not None
    assert line.campaign is not None
    rect = canvas.layout.cell_rect(row, cell.first, cell.last)
    look, fonts = theme().campaign(line.campaign), canvas.fonts
    middle = rect.top() + 13 * canvas.layout.metrics.scale
    count = str(sum(line.day_counts))
    end = paint_mark(canvas.painter, rect.left() + 8, middle, cell.state, count, fonts.small_bold)
    right = _paint_clash(canvas, rect.right() - 8, middle, len(line.conflicts_in(cell)))
    left = right - text_width(fonts.small, line.target)
    if left > end + 4:
        _small(canvas, left, middle, line.target, look.text)
    _paint_day_bars(canvas, line, rect, look.tile, look.text)


def _paint_clash(canvas: Canvas, right: float, middle: float, count: int) -> float:
    """⚠ and the number of events in conflict, ending at ``right``; returns where they begin, less a gap."""
    if not count:
        return right
    words, font = str(count), canvas.fonts.small_bold
    left = right - text_width(font, words)
    draw_text(canvas.painter, left, middle, words, font, canvas.color("danger"))
    paint_icon(canvas.painter, "triangle-warn", QRectF(left - 16, middle - 7, 14, 14), canvas.color("danger"))
    return left - 22


def _small(canvas: Canvas, left: float, middle: float, text: str, color: QColor) -> None:
    draw_text(canvas.painter, left, middle, text, canvas.fonts.small, color)


def _paint_day_bars(canvas: Canvas, line: BoardLine, rect: QRectF, bar: QColor, ink: QColor) -> None:
    """Thirty-one bars, those of days with a conflict red and pointed to; first and last day are labelled."""
    labelled = rect.height() >= 90
    base = rect.bottom() - (16 * canvas.layout.metrics.scale if labelled else 5)
    top = rect.top() + 30 * canvas.layout.metrics.scale
    most = max(line.day_counts, default=0)
    step = (rect.width() - 16) / 31
    clashing = {chip.day.day for chip in line.chips_at(AUGUST) if chip.conflict}
    unit = min((base - top) / most, 14.0) if most else 0.0
    for index, count in enumerate(line.day_counts):
        clash = index + 1 in clashing
        if count or clash:
            height = max(2.0, count * unit)
            left = rect.left() + 8 + index * step
            place = QRectF(left, base - height, max(1.5, step - 1), height)
            canvas.painter.fillRect(place, canvas.color("danger") if clash else bar)
            if clash:
                _paint_pointer(canvas, place.center().x(), place.top() - 2)
    if labelled:
        middle = rect.bottom() - 8 * canvas.layout.metrics.scale
        _small(canvas, rect.left() + 7, middle, "1日", ink)
        _small(canvas, rect.right() - 7 - text_width(canvas.fonts.small, "31日"), middle, "31日", ink)


def _paint_pointer(canvas: Canvas, middle: float, bottom: float) -> None:
    """A red triangle that points down to ``bottom``: told apart without its colour as well."""
    half = 3.5
    corners = (
        QPointF(middle - half, bottom - 5),
        QPointF(middle + half, bottom - 5),
        QPointF(middle, bottom),
    )
    canvas.painter.setPen(Qt.PenStyle.NoPen)
    canvas.painter.setBrush(canvas.color("danger"))
    canvas.painter.drawPolygon(QPolygonF(corners))


def _paint_remark(canvas: Canvas, row: int, line: BoardLine) -> None:
    """A standing remark over the free months at the beginning."""
    free = []
    for month in canvas.layout.months:
        if line.chips_at(month) or line.cell_at(month).is_asked:
            break
        free.append(month)
    if free:
        rect = canvas.layout.cell_rect(row, free[0], free[-1])
        text = fitted(line.remark, canvas.fonts.small, rect.width() - 20)
        ground = month_ground(canvas, free[0])
        canvas.words(rect.left() + 10, rect.center().y(), text, canvas.fonts.small, "ink3", ground)


def _paint_attendance(canvas: Canvas, row: int, line: BoardLine, cell: BoardCell) -> None:
    for month in range(cell.first, cell.last + 1):
        chips = line.chips_at(month)
        if month not in canvas.layout.months or not chips:
            continue
        rect = canvas.layout.cell_rect(row, month, month)
        height = canvas.layout.metrics.chip_height
        pips = rect.height() >= height + 20
        top = rect.center().y() - (height + (9 if pips else 0)) / 2
        paint_stack(canvas, row, line, month, QRectF(rect.left(), top, rect.width(), height), None)
        if pips:
            _paint_pips(canvas, chips[0], slot_rect(canvas, rect, top + height + 5))


def _paint_pips(canvas: Canvas, chip: BoardChip, place: QRectF) -> None:
    """Nine pips: done, the late one in red, then waiting."""
    step = place.width() / len(chip.steps)
    late = chip.steps.index(False) if chip.late and False in chip.steps else -1
    canvas.painter.setPen(Qt.PenStyle.NoPen)
    for index, done in enumerate(chip.steps):
        color = "primary" if done else "danger" if index == late else "gridStrong"
        canvas.painter.setBrush(canvas.color(color))
        canvas.painter.drawRoundedRect(QRectF(place.left() + index * step, place.top(), step - 3, 4), 2, 2)


_PAINTERS = {
    LineKind.MONTHLY: _paint_monthly,
    LineKind.THEMED: _paint_themed,
    LineKind.QUARTERLY: _paint_quarterly,
    LineKind.EVENTS: _paint_events,
    LineKind.OPEN_MONTH: _paint_open_month,
    LineKind.ATTENDANCE: _paint_attendance,
}
