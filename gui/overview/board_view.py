"""年度总览的视图：一层贴图，选中哪一格哪一块，键盘怎么走；不管拖动。"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter
from PySide6.QtWidgets import QWidget

from gui.kit.cell_grid import PAGES, STEPS
from gui.kit.chips import paint_focus, paint_hover, paint_selection
from gui.kit.marks import metrics
from gui.kit.scrolled_grid import Layer, ScrolledGrid
from gui.kit.theme import theme
from gui.overview.board_canvas import BoardHit, BoardHitKind, BoardOptions
from gui.overview.board_cursor import (
    Cursor,
    along_chips,
    chips_in_cell,
    kept,
    next_group,
    next_quarter,
    sideways,
    vertically,
)
from gui.overview.board_drag import chip_of
from gui.overview.board_layout import FULL_WIDTH, BoardLayout, board_metrics, is_compact, lay_out
from gui.overview.board_painter import render_board
from gui.services.board_values import BoardCell, BoardContents, BoardLine


class BoardView(ScrolledGrid):
    """Shows a ``BoardContents``. ``place`` is the selected cell, and the chip in it the keyboard is on."""

    cell_selected = Signal(str, int)
    place: Cursor | None
    hover: BoardHit | None
    bleed = 2

    def __init__(self, parent: QWidget | None = None) -> None:
        self._contents: BoardContents | None = None
        self._options = BoardOptions()
        self._layout: BoardLayout | None = None
        self._half: int | None = None
        words = "行是规则线，列是月份；方向键移动，回车打开，Ctrl+M 拿起活动"
        super().__init__("年度总览", words, parent)

    # what is shown

    def set_contents(self, contents: BoardContents) -> None:
        """Show ``contents``: the selection stays on its line and month; another year begins with its own half."""
        key = self.line_at(self.place.row).key if self._contents and self.place else None
        self.place = kept(self.place, key, contents.lines)
        self.hover = None
        if self._contents is None or self._contents.year != contents.year:
            self._half = None
        self._contents = contents
        self.invalidate()

    def set_options(self, options: BoardOptions) -> None:
        """Switch 活动名 and 负荷条."""
        self._options = options
        self.invalidate()

    @property
    def contents(self) -> BoardContents | None:
        """What is shown."""
        return self._contents

    @property
    def is_narrow(self) -> bool:
        """Whether only six months are shown."""
        return self.viewport().width() < FULL_WIDTH

    @property
    def half(self) -> int:
        """The half of the year shown in a narrow window: that of today unless chosen."""
        if self._half is not None:
            return self._half
        current = self._contents.current_month if self._contents else None
        return 2 if current and current > 6 else 1

    def show_half(self, half: int) -> None:
        """Show the first or second half of the year (narrow windows)."""
        self._half = min(max(half, 1), 2)
        self.invalidate()

    def bring_up(self, month: int) -> None:
        """Show the half of the year that ``month`` lies in."""
        if self.is_narrow and month not in self.board_layout().months:
            self.show_half(1 if month <= 6 else 2)

    def board_layout(self) -> BoardLayout:
        """The present layout."""
        if self._layout is None:
            lines = self._contents.lines if self._contents else ()
            size, height = QSizeF(self.viewport().size()), metrics(theme().font(12)).height()
            sizes = board_metrics(height, compact=is_compact(size, lines, height))
            self._layout = lay_out(size, lines, sizes, half=self.half, strip=self._options.loads)
        return self._layout

    def forget_layout(self) -> None:
        self._layout = None

    def has_content(self) -> bool:
        return self._contents is not None

    def fixed(self) -> tuple[int, int]:
        sizes = self.board_layout().metrics
        return sizes.left, sizes.top

    def content_size(self) -> QSize:
        layout = self.board_layout()
        return QSize(layout.width, layout.height)

    def render_layer(self) -> Layer:
        assert self._contents is not None
        return render_board(self._contents, self.board_layout(), self._options, self.devicePixelRatioF())

    # places

    def line_at(self, row: int) -> BoardLine:
        """The line of ``row``."""
        assert self._contents is not None
        return self._contents.lines[row]

    def row_of(self, key: str) -> int | None:
        """The row of the line called ``key``, None while it is hidden."""
        lines = self._contents.lines if self._contents else ()
        return next((row for row, line in enumerate(lines) if line.key == key), None)

    def rows(self) -> list[list[Cursor]]:
        lines = self._contents.lines if self._contents else ()
        return [[Cursor(row, cell.first) for cell in line.cells] for row, line in enumerate(lines)]

    def row_words(self, row: int) -> str:
        return self.line_at(row).title

    def content_rect(self, place: Cursor | BoardHit) -> QRectF:
        if isinstance(place, BoardHit):
            return place.rect
        cell = self.line_at(place.row).cell_at(place.month)
        return self.board_layout().cell_rect(place.row, cell.first, cell.last)

    def cell_viewport_rect(self, row: int, month: int) -> QRect:
        """The cell around ``month`` in viewport coordinates, for placing a card beside it."""
        return self.place_rect(Cursor(row, month)).toRect()

    def place_at(self, at: QPointF) -> BoardHit | None:
        """What is at a viewport position: the chip before the cell below it."""
        if self._contents is None:
            return None
        layout, point = self.board_layout(), self.to_content(at)
        in_head = at.y() < layout.metrics.top
        for hit in reversed(self.layer().hits):
            if hit.rect.contains(point) and (hit.kind is BoardHitKind.MONTH) == in_head:
                return hit
        row, month = layout.row_at(point.y()), layout.month_at(point.x())
        return None if row is None or month is None or in_head else self.cell_hit(Cursor(row, month))

    def cell_hit(self, cursor: Cursor) -> BoardHit:
        """The cell of ``cursor`` as a place that can be pointed at."""
        return BoardHit(self.content_rect(cursor), BoardHitKind.CELL, cursor.row, cursor.month, "")

    def can_choose(self, place: BoardHit) -> bool:
        return place.kind is not BoardHitKind.CELL

    def words_of(self, place: Cursor) -> str:
        line, key = self.line_at(place.row), self._chip_key(place)
        if chip := chip_of(line, key) if key else None:
            return f"{chip.when} {chip.title} {chip.status.label}"
        return cell_words(line, line.cell_at(place.month))

    def _chip_key(self, cursor: Cursor) -> str | None:
        if cursor.chip is None:
            return None
        return chips_in_cell(self.line_at(cursor.row), cursor.month)[cursor.chip][1]

    def chip_key(self) -> str | None:
        """The key of the chip the keyboard is on."""
        return self._chip_key(self.place) if self.place else None

    def chip_hit(self) -> BoardHit | None:
        """The place of the chip the keyboard is on."""
        key = self.chip_key()
        return next((hit for hit in self.layer().hits if key and hit.key == key), None)

    # walking

    def select(self, row: int, month: int, chip: int | None = None) -> None:
        """Select a cell (and chip), scroll it into view and say it."""
        self.go_to(Cursor(row, month, chip))

    def go_to(self, place: Cursor) -> None:
        """Move the selection to ``place``."""
        self.bring_up(place.month)
        self.place = place
        self.reveal(self.content_rect(place))
        self.viewport().update()
        self.cell_selected.emit(self.line_at(place.row).key, place.month)
        self.say(self.words_of(place))

    def walk(self, key: Qt.Key) -> bool:
        """Walk cells and groups; among the chips of a cell every arrow walks the chips."""
        contents, cursor = self._contents, self.place
        assert contents is not None
        assert cursor is not None
        if key in STEPS:
            across, down = STEPS[key]
            if cursor.chip is not None:
                self.go_to(along_chips(cursor, contents, across + down))
            else:
                self.go_to(
                    sideways(cursor, contents, across) if across else vertically(cursor, contents, down)
                )
        elif key == Qt.Key.Key_Home:
            self.go_to(Cursor(cursor.row, 1))
        elif key == Qt.Key.Key_End:
            self.go_to(Cursor(cursor.row, self.line_at(cursor.row).cell_at(12).first))
        elif key in PAGES:
            self.go_to(next_group(cursor, contents, PAGES[key]))
        elif key == Qt.Key.Key_Escape and cursor.chip is not None:
            self.go_to(cursor._replace(chip=None))
        else:
            return False
        return True

    def walk_far(self, key: Qt.Key) -> bool:
        """With Ctrl: quarters (in a narrow window halves), and down into the chips of the cell."""
        contents, cursor = self._contents, self.place
        assert contents is not None
        assert cursor is not None
        step = STEPS.get(key, (0, 0))[0]
        if step and self.is_narrow:
            self.show_half(self.half + step)
            self.go_to(Cursor(cursor.row, 6 * self.half - 5))
        elif step:
            self.go_to(next_quarter(cursor, step))
        elif key == Qt.Key.Key_Down:
            self.go_to(along_chips(cursor, contents, 1))
        else:
            return False
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The first focus selects the current month of the first line."""
        if self.place is None and self._contents and self._contents.lines:
            self.place = Cursor(0, self._contents.current_month or 1)
        super().focusInEvent(event)

    def paint_overlay(self, painter: QPainter, *, in_head: bool) -> None:
        """Hover, selection and focus."""
        if self.hover is not None and not self.is_dragging() and self.hover.kind is not BoardHitKind.MONTH:
            paint_hover(painter, self.hover.rect)
        if self.place is None:
            return
        rect = self.content_rect(self.place)
        if not rect.isEmpty():
            paint_selection(painter, rect, focused=self.hasFocus() and self.place.chip is None)
        if (hit := self.chip_hit()) is not None:
            paint_focus(painter, hit.rect)


def cell_words(line: BoardLine, cell: BoardCell) -> str:
    """A cell in words, for screen readers and the status bar."""
    period = f"{cell.first}月" if cell.first == cell.last else f"{cell.first}–{cell.last}月"
    count = sum(len(line.chips_at(month)) for month in range(cell.first, cell.last + 1))
    parts = [line.title, period]
    if cell.state is not None:
        parts += [cell.state.label, cell.count, cell.note]
    parts.append(f"{count} 场活动" if count else "没有活动")
    return " ".join(part for part in parts if part)
