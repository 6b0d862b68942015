"""台账的表：组头与活动行，键盘走行走格，选择与滚动在重读之后还在原处。"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyleOptionViewItem,
    QToolTip,
    QTreeView,
)

from gui.kit.announce import announce
from gui.kit.cell_grid import ENTER
from gui.kit.marks import metrics
from gui.kit.theme import theme
from gui.ledger.columns import column_widths
from gui.ledger.delegate import LedgerDelegate
from gui.ledger.model import LedgerModel
from gui.ledger.painter import PaintedRow, Place, paint_group, paint_row, pill_rect
from models.domain.rules import RuleSet
from models.domain.snapshot import YearSnapshot
from planners.ledger_groups import Group, Order
from planners.ledger_rows import HEADS, LedgerColumn, LedgerRow


class LedgerView(QTreeView):
    """The table. Keys of events are what goes in and comes out; nothing is changed here.

    ``current_changed`` tells the event with the keyboard, ``chosen_changed`` that others are selected,
    ``opened`` the event that is to be edited, ``status_requested`` the one whose status is (and the global
    point below its pill), ``menu_requested`` where the context menu is to open.
    """

    current_changed = Signal(str)
    chosen_changed = Signal()
    opened = Signal(str)
    status_requested = Signal(str, QPoint)
    menu_requested = Signal(str, QPoint)
    cancel_requested = Signal()
    order_changed = Signal(object)
    day_entered = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._describe: Callable[[str], str] | None = None
        self._folded: set[str] = set()
        self._places: list[Place] = []
        self._order = Order()
        self._pressed = ""
        self._quiet = False
        self.ledger = LedgerModel()
        self.setModel(self.ledger)
        self.editor = LedgerDelegate(self)
        self.setItemDelegate(self.editor)
        self.editor.day_entered.connect(self.day_entered)
        self.setObjectName("Ledger")
        self.setAccessibleName("活动台账")
        self.setAccessibleDescription(
            "上下键选行，左右键选格，空格选中，F2 就地改，回车打开详情，Delete 取消活动"
        )
        self._set_up()
        theme().changed.connect(self.measure)
        self.measure()

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setUniformRowHeights(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(True)
        self.setExpandsOnDoubleClick(False)
        self.setAllColumnsShowFocus(True)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        head = self.header()
        head.setSectionsMovable(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setMinimumSectionSize(20)
        head.setStretchLastSection(False)
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.setSortIndicator(LedgerColumn.DATE, Qt.SortOrder.AscendingOrder)
        head.sectionClicked.connect(self._on_head_clicked)
        self.customContextMenuRequested.connect(self._on_menu)
        self.collapsed.connect(self._on_folded)
        self.expanded.connect(self._on_unfolded)

    def set_describer(self, describe: Callable[[str], str]) -> None:
        """``describe`` gives the tooltip (rich text) of the event with a key."""
        self._describe = describe

    # contents

    def show_groups(self, groups: Sequence[Group], snapshot: YearSnapshot, ruleset: RuleSet) -> None:
        """Show ``groups``; selection, keyboard and scroll stay with their events."""
        if self.ledger.replace_rows(groups, snapshot, ruleset):
            self.viewport().update()
            return
        current, chosen, anchor = self.current_key, self.chosen_keys(), self._anchor()
        self._quiet = True
        self.ledger.set_groups(groups, snapshot, ruleset)
        self._unfold()
        self._choose(chosen)
        self._place_keyboard(current)
        self._quiet = False
        self._hold(anchor)
        if self.chosen_keys() != chosen:
            self.chosen_changed.emit()
        if self.current_key != current:
            self.current_changed.emit(self.current_key)

    def _unfold(self) -> None:
        if self.ledger.is_flat:
            return
        self.expandAll()
        for number, group in enumerate(self.ledger.groups):
            if group.title in self._folded:
                self.collapse(self.ledger.index(number, 0))

    def _anchor(self) -> tuple[str, int] | None:
        """The event at the top, and how far it is from there."""
        y = 0
        while y < self.viewport().height():
            index = self.indexAt(QPoint(2, y))
            if not index.isValid():
                return None
            row, rect = self.ledger.row(index), self.visualRect(index)
            if row is not None:
                return row.event.key, rect.top()
            y = rect.bottom() + 1
        return None

    def _hold(self, anchor: tuple[str, int] | None) -> None:
        """Put the event of ``anchor`` back where it was."""
        index = self.ledger.index_of(anchor[0]) if anchor else QModelIndex()
        if anchor is None or not index.isValid():
            return
        self.executeDelayedItemsLayout()
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.visualRect(index).top() - anchor[1])

    def _choose(self, keys: Sequence[str]) -> None:
        selection = QItemSelection()
        for key in keys:
            index = self.ledger.index_of(key, 0)
            if index.isValid():
                selection.select(index, index.siblingAtColumn(self.ledger.columnCount() - 1))
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().select(selection, flags)

    def _place_keyboard(self, key: str) -> None:
        index = self.ledger.index_of(key, max(self.cursor_column, 0))
        if index.isValid():
            flags = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(index, flags)

    # where the keyboard is, and what is selected

    @property
    def current_row(self) -> LedgerRow | None:
        """The row with the keyboard."""
        return self.ledger.row(self.currentIndex())

    @property
    def current_key(self) -> str:
        """The event with the keyboard; "" where none has it."""
        row = self.current_row
        return row.event.key if row else ""

    @property
    def cursor_column(self) -> LedgerColumn:
        """The cell of the row that F2 edits."""
        column = self.currentIndex().column()
        return LedgerColumn(column) if column > 0 else LedgerColumn.STATUS

    def chosen_keys(self) -> list[str]:
        """The selected events, from top to bottom."""
        rows = [self.ledger.row(index) for index in self.selectionModel().selectedRows()]
        chosen = {row.event.key for row in rows if row}
        return [key for key in self.ledger.shown_keys() if key in chosen] if len(chosen) > 1 else list(chosen)

    def select(self, key: str, *, at_top: bool = False) -> bool:
        """Put keyboard and selection on the event; False where it is not shown. ``at_top``: a third from the top."""
        index = self.ledger.index_of(key, self.cursor_column)
        if not index.isValid():
            return False
        if not self.ledger.is_flat:
            self.expand(self.ledger.parent(index))
        self.setCurrentIndex(index)
        self.scrollTo(index)
        if at_top:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.visualRect(index).top() - self.viewport().height() // 3)
        return True

    def step(self, by: int) -> None:
        """Go to the next or previous event, folded groups included."""
        keys = self.ledger.shown_keys()
        if not keys:
            return
        here = keys.index(self.current_key) if self.current_key in keys else -by
        self.select(keys[min(max(here + by, 0), len(keys) - 1)])

    def choose_all(self) -> None:
        """Select every event that is shown."""
        self._choose(self.ledger.shown_keys())

    def choose_none(self) -> None:
        """Select none."""
        self.clearSelection()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Tell which event has the keyboard now."""
        super().currentChanged(current, previous)
        self.viewport().update()
        row, old = self.ledger.row(current), self.ledger.row(previous)
        if self._quiet or row is None:
            return
        if old is None or old.event.key != row.event.key:
            self.current_changed.emit(row.event.key)
        elif current.column() != previous.column():
            announce(self, str(current.data(Qt.ItemDataRole.AccessibleTextRole)))

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell that others are selected."""
        super().selectionChanged(selected, deselected)
        if not self._quiet:
            self.chosen_changed.emit()

    # keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the ledger's keys mean; the rest walks."""
        if not self._on_key(event):
            super().keyPressEvent(event)

    def _on_key(self, event: QKeyEvent) -> bool:
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.choose_all()
        elif key is Qt.Key.Key_Menu or (
            key is Qt.Key.Key_F10 and modifiers & Qt.KeyboardModifier.ShiftModifier
        ):
            self.menu_at_current()
        elif modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return key is Qt.Key.Key_Space and self._toggle()
        elif self.current_key:
            return self._on_row_key(key)
        elif key in (*ENTER, Qt.Key.Key_Space, Qt.Key.Key_Right) and self.currentIndex().isValid():
            self.fold(folded=False)
        else:
            return False
        return True

    def _on_row_key(self, key: Qt.Key) -> bool:
        if key in ENTER:
            self.opened.emit(self.current_key)
        elif key is Qt.Key.Key_F2:
            self.edit_cell()
        elif key is Qt.Key.Key_Space:
            return self._toggle()
        elif key is Qt.Key.Key_Delete:
            self.cancel_requested.emit()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._step_cell(1 if key is Qt.Key.Key_Right else -1)
        else:
            return False
        return True

    def _toggle(self) -> bool:
        flags = QItemSelectionModel.SelectionFlag.Toggle | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().select(self.currentIndex(), flags)
        return True

    def _step_cell(self, by: int) -> None:
        """To the cell beside; from the first one ← folds the group."""
        shown = [column for column in self.columns if column is not LedgerColumn.TILE]
        here = shown.index(self.cursor_column) if self.cursor_column in shown else 0
        if here + by < 0:
            if not self.ledger.is_flat:
                self.fold(folded=True)
            return
        column = shown[min(here + by, len(shown) - 1)]
        flags = QItemSelectionModel.SelectionFlag.NoUpdate
        self.selectionModel().setCurrentIndex(self.currentIndex().siblingAtColumn(column), flags)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Up and down pass over the headings of unfolded groups."""
        here = self.currentIndex()
        index = super().moveCursor(action, modifiers)
        down = (self.CursorAction.MoveDown, self.CursorAction.MoveNext, self.CursorAction.MoveHome)
        down += (self.CursorAction.MovePageDown,)
        if index.isValid() and self.ledger.row(index) is None and self.isExpanded(index.siblingAtColumn(0)):
            beside = self.indexBelow(index) if action in down else self.indexAbove(index)
            index = beside if beside.isValid() else here
        if index.isValid() and self.ledger.row(index) is not None:
            column = self.cursor_column if self.currentIndex().isValid() else LedgerColumn.STATUS
            return index.siblingAtColumn(column)
        return index

    def edit_cell(self) -> None:
        """F2: the list of states, the date in its cell, else the inspector."""
        key = self.current_key
        if not key:
            return
        if self.cursor_column is LedgerColumn.STATUS:
            self.status_requested.emit(key, self._below_pill(key))
        elif self.cursor_column is LedgerColumn.DATE and not self.ledger.read_only:
            self.edit(self.ledger.index_of(key, LedgerColumn.DATE))
        else:
            self.opened.emit(key)

    def fold(self, *, folded: bool) -> None:
        """Fold or unfold the group with the keyboard."""
        index = self.currentIndex().siblingAtColumn(0)
        if self.ledger.row(index) is not None:
            index = self.ledger.parent(index)
        if index.isValid():
            self.setExpanded(index, not folded)
            if folded:
                self.setCurrentIndex(index)

    def _below_pill(self, key: str) -> QPoint:
        rect = self.visualRect(self.ledger.index_of(key, LedgerColumn.STATUS))
        return self.viewport().mapToGlobal(rect.bottomLeft() + QPoint(4, 0))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A heading folds its group; a pill is pressed."""
        index = self.indexAt(event.position().toPoint())
        self._pressed = ""
        if index.isValid() and self.ledger.row(index) is None:
            if event.button() == Qt.MouseButton.LeftButton:
                first = index.siblingAtColumn(0)
                self.setExpanded(first, not self.isExpanded(first))
            return
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if (
            plain
            and event.button() == Qt.MouseButton.LeftButton
            and self._on_pill(event.position().toPoint())
        ):
            row = self.ledger.row(index)
            self._pressed = row.event.key if row else ""
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a pill asks for the states that may follow."""
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, ""
        if pressed and pressed == self.current_key and self._on_pill(event.position().toPoint()):
            self.status_requested.emit(pressed, self._below_pill(pressed))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Opens the event; the date is edited in its cell."""
        index = self.indexAt(event.position().toPoint())
        row = self.ledger.row(index)
        if row is None or self._on_pill(event.position().toPoint()):
            return
        if index.column() == LedgerColumn.DATE and not self.ledger.read_only:
            self.edit(index)
        else:
            self.opened.emit(row.event.key)

    def _on_pill(self, at: QPoint) -> bool:
        index = self.indexAt(at)
        row = self.ledger.row(index)
        if row is None or index.column() != LedgerColumn.STATUS:
            return False
        text = self.ledger.texts(row)[LedgerColumn.STATUS]
        box = pill_rect(QRectF(self.visualRect(index)), row, text).adjusted(0, -3, 20, 3)
        return box.contains(at)

    def _on_menu(self, at: QPoint) -> None:
        """The menu of the row below the pointer, or of the one with the keyboard."""
        index = self.indexAt(at)
        row = self.ledger.row(index) or self.current_row
        if row is not None:
            self.menu_requested.emit(row.event.key, self.viewport().mapToGlobal(at))

    def menu_at_current(self) -> None:
        """Shift+F10 or the menu key."""
        if key := self.current_key:
            self.menu_requested.emit(key, self._below_pill(key))

    def viewportEvent(self, event: QEvent) -> bool:
        """The tooltip says all of an event, cut words included."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = self.ledger.row(self.indexAt(event.pos()))
            words = self._describe(row.event.key) if row and self._describe else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().viewportEvent(event)

    # order

    @property
    def order(self) -> Order:
        """By which column the rows are sorted."""
        return self._order

    def sort_by(self, order: Order) -> None:
        """Show ``order`` in the head (the rows come sorted)."""
        self._order = order
        way = Qt.SortOrder.DescendingOrder if order.descending else Qt.SortOrder.AscendingOrder
        self.header().setSortIndicator(order.column, way)

    def _on_head_clicked(self, section: int) -> None:
        column = LedgerColumn(section)
        again = column is self._order.column
        self.sort_by(Order(column, again and not self._order.descending))
        way = "从大到小" if self._order.descending else "从小到大"
        announce(self, f"按{HEADS[column] or '工作线'}{way}")
        self.order_changed.emit(self._order)

    def _on_folded(self, index: QModelIndex) -> None:
        if not self._quiet:
            self._folded.add(self.ledger.group(index).title)

    def _on_unfolded(self, index: QModelIndex) -> None:
        if not self._quiet:
            self._folded.discard(self.ledger.group(index).title)

    # looks

    def set_compact(self, *, compact: bool) -> None:
        """Lower rows."""
        self.editor.compact = compact
        self.measure()

    def measure(self) -> None:
        """Take the sizes of the present text size."""
        self.header().setFixedHeight(round(metrics(theme().font(13)).height() + 17))
        self._share_out()
        self.scheduleDelayedItemsLayout()

    def _share_out(self) -> None:
        widths = column_widths(self.viewport().width(), theme().scale)
        left = 0.0
        self._places = []
        for column in LedgerColumn:
            self.setColumnHidden(column, column not in widths)
            if column in widths:
                self.setColumnWidth(column, widths[column])
                self._places.append(Place(column, left, widths[column]))
                left += widths[column]

    @property
    def columns(self) -> tuple[LedgerColumn, ...]:
        """The columns that are shown."""
        return tuple(place.column for place in self._places)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out anew."""
        super().resizeEvent(event)
        self._share_out()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The current row gets its colour."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The current row becomes grey."""
        super().focusOutEvent(event)
        self.viewport().update()

    def drawBranches(self, painter: QPainter, rect: QRect, index: QModelIndex) -> None:
        """Headings have their own sign."""

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Paint a heading or an event over the whole width."""
        painter.save()
        rect = QRectF(0, option.rect.top(), self.viewport().width(), option.rect.height())
        row, current = self.ledger.row(index), self.currentIndex()
        active = self.hasFocus()
        if row is None:
            group = self.ledger.group(index)
            here = current.isValid() and self.ledger.row(current) is None and current.row() == index.row()
            expanded = self.isExpanded(index)
            paint_group(
                painter, rect, group.title, len(group.rows), expanded=expanded, current=here and active
            )
        else:
            own = current.isValid() and current.siblingAtColumn(0) == index.siblingAtColumn(0)
            pointer = self.viewport().mapFromGlobal(self.cursor().pos())
            state = PaintedRow(
                selected=self.selectionModel().isSelected(index.siblingAtColumn(LedgerColumn.TITLE)),
                current=own,
                active=active,
                hovered=self.viewport().underMouse()
                and option.rect.top() <= pointer.y() <= option.rect.bottom(),
                changeable=not self.ledger.read_only,
                cursor=self.cursor_column if own else None,
            )
            paint_row(painter, rect, row, self.ledger.texts(row), self._places, state)
        painter.restore()
