"""日历里的三张清单：当日、待定区、日程；回车打开，菜单键弹出菜单。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QListView, QWidget

from gui.calendar.canvas import is_own_shortcut
from gui.calendar.day_rows import DayRow
from gui.calendar.days import CalendarDays
from gui.calendar.list_delegates import AgendaDelegate, CardDelegate, DayDelegate, WaitingDelegate
from gui.calendar.list_models import AgendaModel, AgendaRow, DayModel, RowModel, WaitingModel, agenda_rows
from gui.calendar.waiting import WaitingRow
from gui.kit.cell_grid import DAYS, ENTER
from gui.kit.theme import theme


class RowList(QListView):
    """A list without a frame. ``opened`` carries a row, ``menu_requested`` a row and a global point."""

    opened = Signal(object)
    menu_requested = Signal(object, QPoint)

    def __init__(self, model: RowModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self.setModel(model)
        self.setObjectName("TodoList")
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        theme().changed.connect(self.doItemsLayout)

    def use(self, delegate: CardDelegate) -> None:
        """Paint rows with ``delegate``."""
        self.setItemDelegate(delegate)

    @property
    def current_row(self) -> object | None:
        """The row the keyboard is on."""
        index = self.currentIndex()
        return self._rows.row(index) if index.isValid() else None

    def refill(self, rows: Sequence[DayRow] | Sequence[WaitingRow]) -> None:
        """Show ``rows``; the keyboard stays on its row, or on the next one where that is gone."""
        number, before = self.currentIndex().row(), getattr(self.current_row, "key", None)
        self._rows.set_rows(rows)
        kept = next((at for at, row in enumerate(rows) if before and row.key == before), number)
        if number >= 0 and rows:
            self.setCurrentIndex(self._rows.index(min(kept, len(rows) - 1)))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard is on a row from the beginning."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._rows.rowCount():
            self.setCurrentIndex(self._rows.index(0))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the row."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.opened.emit(self._rows.row(index))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the row under the pointer, or of the current one (Menu key)."""
        keyboard = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if keyboard else self.indexAt(event.pos())
        if index.isValid():
            at = self.visualRect(index).bottomLeft() if keyboard else event.pos()
            self.menu_requested.emit(self._rows.row(index), self.viewport().mapToGlobal(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, everything else walks."""
        row = self.current_row
        if event.key() in ENTER and row is not None:
            self.opened.emit(row)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words wrap anew."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.doItemsLayout()

    def content_height(self) -> int:
        """How high all rows are together."""
        return sum(self.sizeHintForIndex(self._rows.index(n)).height() for n in range(self._rows.rowCount()))


class DayList(RowList):
    """The rows of one day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.rows_model = DayModel()
        super().__init__(self.rows_model, "当日", parent)
        self.use(DayDelegate(self))

    def show_rows(self, rows: tuple[DayRow, ...]) -> None:
        """Show the rows of a day."""
        self.refill(rows)

    def select_key(self, key: str | None) -> None:
        """Make the row of an event the current one."""
        for number, row in enumerate(self.rows_model.rows):
            if row.chip is not None and row.key == key:
                self.setCurrentIndex(self.rows_model.index(number))
                return


class WaitingList(RowList):
    """待定区. ``picked_up`` carries a key and whether the pointer carries it; the rest as in ``DayView``."""

    picked_up = Signal(str, bool)
    pointed = Signal(QPoint)
    let_go = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.rows_model = WaitingModel()
        super().__init__(self.rows_model, "待定区", parent)
        self.setAccessibleDescription("Ctrl+M 拿起，方向键选日子，回车放下")
        self.use(WaitingDelegate(self))
        self._pressed: tuple[str, QPoint] | None = None
        self._dragging = False

    def row_rect(self, key: str) -> object:
        """The place of an event's card in the viewport."""
        for number, row in enumerate(self.rows_model.rows):
            if row.key == key:
                return self.visualRect(self.rows_model.index(number))
        return self.viewport().rect()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A card may become a drag."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() is Qt.MouseButton.LeftButton:
            self._pressed = self.rows_model.row(index).key, event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carry the pressed card along once the drag distance is passed."""
        if self._dragging:
            self.pointed.emit(event.globalPosition().toPoint())
            return
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            over = self.indexAt(event.position().toPoint()).isValid()
            shape = Qt.CursorShape.OpenHandCursor if over else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
            super().mouseMoveEvent(event)
            return
        key, start = self._pressed
        if (event.position().toPoint() - start).manhattanLength() >= QApplication.startDragDistance():
            self._pressed, self._dragging = None, True
            self.picked_up.emit(key, True)
            self.pointed.emit(event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of what is dragged."""
        self._pressed = None
        if self._dragging:
            self._dragging = False
            self.let_go.emit()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+M picks up."""
        row = self.current_row
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if control and event.key() == Qt.Key.Key_M and isinstance(row, WaitingRow):
            self.picked_up.emit(row.key, False)
        else:
            super().keyPressEvent(event)


class AgendaView(RowList):
    """日程: the whole year as a list. ``day_selected`` and ``nudged`` as in ``DayView``."""

    day_selected = Signal(object)
    picked_up = Signal(str, bool)
    nudged = Signal(str, int, bool)
    stepped = Signal(int)
    new_event_requested = Signal(object)
    today_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.rows_model = AgendaModel()
        super().__init__(self.rows_model, "日程", parent)
        self.setObjectName("AgendaView")
        self.setAccessibleDescription("上下键走活动，PgUp 和 PgDn 换月，回车打开，Alt+方向键移动")
        self._delegate = AgendaDelegate(self)
        self.use(self._delegate)
        self.setUniformItemSizes(True)
        self._quiet = False

    def show_days(self, days: CalendarDays, today: date) -> None:
        """Show the year; the current row stays where its event still is."""
        row = self.current_row
        self._delegate.today = today
        self._quiet = True
        self.rows_model.set_rows(agenda_rows(days))
        if isinstance(row, AgendaRow) and (number := self.rows_model.row_of(row.key)) >= 0:
            self.setCurrentIndex(self.rows_model.index(number))
        self._quiet = False

    def go_to_day(self, day: date) -> None:
        """Scroll so that ``day`` (or what follows it) is at the top, its first event current."""
        number = self.rows_model.first_row_from(day)
        if number < 0:
            number = max(0, self.rows_model.rowCount() - 1)
        self._go(number)

    def go_to_key(self, key: str) -> bool:
        """Make an event the current row; whether it is shown."""
        number = self.rows_model.row_of(key)
        if number < 0:
            return False
        self._quiet = True
        self.setCurrentIndex(self.rows_model.index(number))
        self.scrollTo(self.currentIndex(), QListView.ScrollHint.PositionAtCenter)
        self._quiet = False
        return True

    def _go(self, number: int) -> None:
        if not self.rows_model.rowCount():
            return
        self._quiet = True
        event = number + 1 if number + 1 < self.rows_model.rowCount() else number
        index = self.rows_model.index(event if self.rows_model.rows[number].is_head else number)
        self.setCurrentIndex(index)
        self.scrollTo(self.rows_model.index(number), QListView.ScrollHint.PositionAtTop)
        self._quiet = False

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """The day of the current row is the selected one."""
        super().currentChanged(current, previous)
        row = self.rows_model.row(current) if current.isValid() else None
        if row is not None and row.day is not None and not self._quiet:
            self.day_selected.emit(row.day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """PgUp/PgDn months, Alt+arrows move the event, Ctrl+M picks it up."""
        key, row = Qt.Key(event.key()), self.current_row
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        movable = isinstance(row, AgendaRow) and row.deadline is None and not (row.chip and row.chip.decision)
        event_key = row.key if isinstance(row, AgendaRow) and movable else ""
        if key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.stepped.emit(1 if key == Qt.Key.Key_PageDown else -1)
        elif alt and key in DAYS and event_key:
            self.nudged.emit(event_key, DAYS[key], abs(DAYS[key]) == 1)
        elif control and key == Qt.Key.Key_M and event_key:
            self.picked_up.emit(event_key, False)
        elif control and key == Qt.Key.Key_N and isinstance(row, AgendaRow):
            self.new_event_requested.emit(row.day)
        elif control and key == Qt.Key.Key_T:
            self.today_requested.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keys that mean something on a row are not the menu's while the list has the focus."""
        override = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if override and is_own_shortcut(event):
            event.accept()
            return True
        return super().event(event)

    def sizeHint(self) -> QSize:
        """As large as there is room."""
        return QSize(600, 400)
