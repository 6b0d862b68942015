"""环节的表：一行一项决策，节点连成线；键盘在节点间走，回车打开，Ctrl+回车以今天办结。"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from gui.attendance.rows import DecisionRow, StageCell
from gui.kit.headed_model import HeadedModel, Index
from gui.kit.icons import paint_icon
from gui.kit.marks import draw_text, elided, fitted, metrics, paint_box, text_width
from gui.kit.plain import plain_tip
from gui.kit.theme import theme
from models.domain.attendance import DecisionBody
from planners.attendance.stages import STAGES, Stage, StageState, stage_label, stages_of

NODE = 9.0
"""Radius of a node at the standard text size."""


class StageColumn(IntEnum):
    """Decision and meeting (or hearing), then the stages, and last who takes part."""

    TITLE = 0
    MEETING = 1
    FIRST_STAGE = 2


def heads_of(body: DecisionBody) -> tuple[str, ...]:
    """The heads of the columns for decisions of ``body``."""
    place = "区政府常务会议" if body is DecisionBody.DISTRICT else "听取意见的形式"
    return ("重大行政决策事项", place, *(stage_label(stage, body) for stage in stages_of(body)), "参与情况")


class StageModel(HeadedModel):
    """The decisions, one a row, with the stages that such decisions go through."""

    rows: Sequence[DecisionRow]

    def __init__(self) -> None:
        super().__init__(heads_of(DecisionBody.DISTRICT))
        self.order: tuple[Stage, ...] = stages_of(DecisionBody.DISTRICT)

    def show_decisions(self, rows: Sequence[DecisionRow], body: DecisionBody) -> None:
        """Show ``rows``, decisions of ``body``; where they are the same ones only what they say changes."""
        rows, heads = tuple(rows), heads_of(body)
        if heads == self.heads and [row.key for row in rows] == [row.key for row in self.rows]:
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, self.people))
            return
        self.heads, self.order = heads, stages_of(body)
        self.show_rows(rows)

    @property
    def people(self) -> int:
        """The column that says who takes part."""
        return len(self.heads) - 1

    def stage_of(self, column: int) -> Stage | None:
        """The stage of a column; None for the others."""
        place = column - StageColumn.FIRST_STAGE
        return self.order[place] if 0 <= place < len(self.order) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a cell; what a screen reader says of a node."""
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._words(index, spoken=True))
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        return self._words(index, spoken=role == Qt.ItemDataRole.AccessibleTextRole)

    def _words(self, index: Index, *, spoken: bool) -> str:
        row = self.rows[index.row()]
        column = index.column()
        if column == StageColumn.TITLE:
            return f"{row.title}\n{row.unit}" if not spoken else f"{row.title}，{row.unit}"
        if column == StageColumn.MEETING:
            return row.meeting
        if column == self.people:
            return row.people
        cell = row.cells[column - StageColumn.FIRST_STAGE]
        words = row.exempt if cell.state is StageState.EXEMPT else cell.spoken
        return f"{row.title}：{words}" if spoken else words

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The names of the columns; those of the stages stand above their nodes."""
        if role == Qt.ItemDataRole.TextAlignmentRole and self.stage_of(section):
            return Qt.AlignmentFlag.AlignCenter
        return super().headerData(section, orientation, role)


class StageDelegate(QStyledItemDelegate):
    """Paints titles in two lines, nodes joined by a line, and the hatch of a 特殊情况."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        model = index.model()
        assert isinstance(model, StageModel)
        row, column = model.rows[index.row()], index.column()
        rect = QRectF(option.rect)  # type: ignore[attr-defined]
        view = option.widget  # type: ignore[attr-defined]
        assert isinstance(view, StageTable)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, rect, view, index)
        if column == StageColumn.TITLE:
            self._title(painter, rect, row)
        elif column == StageColumn.MEETING:
            self._words(painter, rect, row.meeting, 13, "ink")
        elif column == model.people:
            self._words(painter, rect, row.people, 12, "ink2")
        else:
            self._stage(painter, rect, row, column - StageColumn.FIRST_STAGE)
        if view.hasFocus() and view.currentIndex() == index:
            paint_box(painter, rect.adjusted(2, 2, -2, -3), line="focus", radius=4, width=2)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines of text."""
        del option, index
        return QSize(60, row_height())

    def _ground(self, painter: QPainter, rect: QRectF, view: StageTable, index: Index) -> None:
        chosen = view.currentIndex().row() == index.row()
        if chosen:
            painter.fillRect(rect, theme().color("selected"))
        if chosen and index.column() == 0:
            painter.fillRect(QRectF(rect.left(), rect.top(), 4, rect.height()), theme().color("primary"))
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), theme().color("grid"))

    def _title(self, painter: QPainter, rect: QRectF, row: DecisionRow) -> None:
        left, room, middle = rect.left() + 16, rect.width() - 22, rect.center().y()
        bold, small = theme().font(14, bold=True), theme().font(12)
        step = (metrics(bold).height() + metrics(small).height()) / 4 + 1
        draw_text(painter, left, middle - step, elided(row.title, bold, room), bold, theme().color("ink"))
        draw_text(
            painter, left, middle + step + 1, fitted(row.unit, small, room), small, theme().color("ink2")
        )

    def _words(self, painter: QPainter, rect: QRectF, words: str, size: int, color: str) -> None:
        font = theme().font(size)
        text = fitted(words, font, rect.width() - 12)
        draw_text(painter, rect.left() + 6, rect.center().y(), text, font, theme().color(color))

    def _stage(self, painter: QPainter, rect: QRectF, row: DecisionRow, place: int) -> None:
        cell = row.cells[place]
        if cell.state is StageState.EXEMPT:
            self._hatch(painter, rect, row, place)
            return
        radius = NODE * theme().scale
        centre = QPointF(rect.center().x(), rect.top() + rect.height() * 0.38)
        self._lines(painter, rect, row, place, centre.y(), radius)
        _NODES[cell.state](painter, centre, radius)
        self._caption(painter, rect, cell)

    def _lines(
        self, painter: QPainter, rect: QRectF, row: DecisionRow, place: int, y: float, radius: float
    ) -> None:
        """The line from the stage before and to the one after; dark as far as things are done."""
        middle, done = rect.center().x(), StageState.DONE
        cell = row.cells[place]
        if place > 0 and row.cells[place - 1].state is not StageState.EXEMPT:
            color = theme().color("primary" if row.cells[place - 1].state is done else "controlBorder")
            painter.fillRect(QRectF(rect.left(), y - 1, middle - radius - rect.left(), 2), color)
        if place < len(row.cells) - 1 and row.cells[place + 1].state is not StageState.EXEMPT:
            color = theme().color("primary" if cell.state is done else "controlBorder")
            painter.fillRect(QRectF(middle + radius, y - 1, rect.right() - middle - radius, 2), color)

    def _caption(self, painter: QPainter, rect: QRectF, cell: StageCell) -> None:
        urgent = cell.state in (StageState.CURRENT, StageState.OVERDUE)
        font = theme().font(12, bold=urgent)
        name = {StageState.CURRENT: "info", StageState.OVERDUE: "danger"}.get(cell.state, "ink2")
        width = text_width(font, cell.caption)
        left = rect.center().x() - width / 2
        draw_text(painter, left, rect.top() + rect.height() * 0.78, cell.caption, font, theme().color(name))

    def _hatch(self, painter: QPainter, rect: QRectF, row: DecisionRow, place: int) -> None:
        """Hatched over all stages left out; the reason stands in the middle of them, drawn by each its part."""
        states = [cell.state for cell in row.cells]
        first = states.index(StageState.EXEMPT)
        last = len(states) - 1 - states[::-1].index(StageState.EXEMPT)
        box = rect.adjusted(6 if place == first else 0, 8, -6 if place == last else 0, -8)
        painter.save()
        painter.setClipRect(box)
        painter.setPen(QPen(theme().color("gridStrong"), 1))
        start = int(box.left() - box.height()) // 8 * 8
        for x in range(start, int(box.right()) + 8, 8):
            painter.drawLine(QPointF(x, box.bottom()), QPointF(x + box.height(), box.top()))
        whole = QRectF(
            rect.left() - (place - first) * rect.width(),
            rect.top(),
            (last - first + 1) * rect.width(),
            rect.height(),
        )
        font = theme().font(12)
        words = elided(row.exempt, font, whole.width() - 40)
        width, height = text_width(font, words) + 18, metrics(font).height() + 6
        label = QRectF(whole.center().x() - width / 2, whole.center().y() - height / 2, width, height)
        paint_box(painter, label, "surface", "controlBorder", 3)
        draw_text(painter, label.left() + 9, label.center().y(), words, font, theme().color("ink"))
        painter.restore()


def _done(painter: QPainter, centre: QPointF, radius: float) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme().color("primary"))
    painter.drawEllipse(centre, radius, radius)
    side = radius * 1.3
    sign = QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side)
    paint_icon(painter, "check", sign, theme().color("onPrimary"))


def _current(painter: QPainter, centre: QPointF, radius: float) -> None:
    painter.setPen(QPen(theme().color("primary"), 2.2))
    painter.setBrush(theme().color("surface"))
    painter.drawEllipse(centre, radius, radius)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme().color("primary"))
    painter.drawEllipse(centre, radius * 0.42, radius * 0.42)


def _overdue(painter: QPainter, centre: QPointF, radius: float) -> None:
    box = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
    paint_box(painter, box, "dangerBg", "danger", 4, 1.8)
    paint_icon(painter, "triangle-warn", box.adjusted(3, 2.5, -3, -3.5), theme().color("danger"))


def _waiting(painter: QPainter, centre: QPointF, radius: float) -> None:
    painter.setPen(QPen(theme().color("controlBorder"), 1.4))
    painter.setBrush(theme().color("surface"))
    painter.drawEllipse(centre, radius * 0.72, radius * 0.72)


_NODES = {
    StageState.DONE: _done,
    StageState.CURRENT: _current,
    StageState.OVERDUE: _overdue,
    StageState.WAITING: _waiting,
}


def row_height() -> int:
    """As in the mock 60 px at the standard text size; never lower than two lines need."""
    two = metrics(theme().font(14, bold=True)).height() + metrics(theme().font(12)).height()
    return round(max(58 * theme().scale, two + 14))


class StageTable(QTableView):
    """``opened``: key and stage (None: the decision itself); ``completed``: key and stage to be done today;
    ``chosen``: the key of the decision that is selected ("" for none).
    """

    opened = Signal(str, object)
    completed = Signal(str, object)
    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("StageTable")
        self.setAccessibleName("决策事项与各环节")
        self.stages = StageModel()
        self.setModel(self.stages)
        self.setItemDelegate(StageDelegate(self))
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        theme().changed.connect(self._fit)
        self._fit()

    # what is shown

    def show_rows(self, rows: Sequence[DecisionRow], body: DecisionBody) -> None:
        """Show ``rows``, decisions of ``body``; the one that was selected stays selected where it is still there."""
        key, column, order = self.key, self.currentIndex().column(), self.stages.order
        self.stages.show_decisions(rows, body)
        if order != self.stages.order:
            self._fit()
            column = StageColumn.TITLE
        self.select(key, column if column >= 0 else StageColumn.TITLE)

    @property
    def key(self) -> str:
        """The decision that is selected; "" where there is none."""
        index = self.currentIndex()
        return self.stages.rows[index.row()].key if index.isValid() else ""

    @property
    def stage(self) -> Stage | None:
        """The stage that the keyboard is on; None on the other columns."""
        index = self.currentIndex()
        return self.stages.stage_of(index.column()) if index.isValid() else None

    def select(self, key: str, column: int | None = None) -> bool:
        """Go to the decision ``key``, else the first; whether it was there."""
        keys = [row.key for row in self.stages.rows]
        if not keys:
            self.chosen.emit("")
            return False
        row = keys.index(key) if key in keys else 0
        old = self.currentIndex().column()
        wanted = min(column if column is not None else max(old, 0), self.stages.people)
        self.setCurrentIndex(self.stages.index(row, wanted))
        self.scrollTo(self.currentIndex())
        return key in keys

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Another decision is selected; the whole row is painted anew."""
        super().currentChanged(current, previous)  # type: ignore[arg-type]
        if current.row() != previous.row():
            self.viewport().update()
            self.chosen.emit(self.key)

    # keyboard and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Ctrl+Enter completes today; Home and End go to the first and the last stage."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.key:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier and self.stage is not None:
                self.completed.emit(self.key, self.stage)
            else:
                self.opened.emit(self.key, self.stage)
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a node opens it; elsewhere it only selects."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        stage = self.stages.stage_of(index.column()) if index.isValid() else None
        if event.button() is Qt.MouseButton.LeftButton and stage:
            self.opened.emit(self.stages.rows[index.row()].key, stage)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click on title or meeting opens the decision."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self.stages.stage_of(index.column()) is None:
            self.opened.emit(self.stages.rows[index.row()].key, None)

    # layout

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The stages share what is left."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        scale, width = theme().scale, self.viewport().width()
        wide = width >= 1500 * scale
        title, meeting, people = (278, 172, 160) if wide else (214, 128, 150)
        if self.stages.order != STAGES:  # fewer stages, and up to three forms of hearing
            meeting += 90
        fixed = [round(part * scale) for part in (title, meeting, people)]
        count = len(self.stages.order)
        each = max(round(68 * scale), (width - sum(fixed)) // count)
        header = self.horizontalHeader()
        header.setFixedHeight(round(38 * scale))
        header.resizeSection(StageColumn.TITLE, fixed[0])
        header.resizeSection(StageColumn.MEETING, fixed[1])
        for place in range(count):
            header.resizeSection(StageColumn.FIRST_STAGE + place, each)
        header.resizeSection(self.stages.people, max(fixed[2], width - sum(fixed[:2]) - each * count))
        self.verticalHeader().setDefaultSectionSize(row_height())
