"""左栏：能导出的种类，每种一行说明；做过一次就写上纸张与页数。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui.exporting.kinds import ExportKind
from gui.kit.icons import paint_icon
from gui.kit.list_models import Index, ValueModel
from gui.kit.marks import draw_text, elided, metrics
from gui.kit.theme import theme

ICON = 18


class KindDelegate(QStyledItemDelegate):
    """Paints heads and kinds."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines of text, a head one."""
        del option
        if isinstance(_value(index), str):
            return QSize(100, round(metrics(theme().font(13)).height() + 17))
        return QSize(100, round(metrics(theme().font(14)).height() + metrics(theme().font(12)).height() + 17))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        value, rect = _value(index), QRectF(option.rect)
        if isinstance(value, str):
            font = theme().font(13, serif=True, bold=True)
            draw_text(painter, rect.left() + 16, rect.center().y() + 3, value, font, theme().color("ink2"))
        else:
            _paint_kind(painter, rect, value, option.state)
        painter.restore()


def _value(index: Index) -> ExportKind | str:
    model = index.model()
    assert isinstance(model, ValueModel)
    value: ExportKind | str = model.value(index)
    return value


def _paint_kind(painter: QPainter, rect: QRectF, kind: ExportKind, state: QStyle.StateFlag) -> None:
    selected = bool(state & QStyle.StateFlag.State_Selected)
    box = rect.adjusted(8, 1, -8, -1)
    if selected or state & QStyle.StateFlag.State_MouseOver:
        focused = selected and bool(state & QStyle.StateFlag.State_HasFocus)
        painter.setPen(QPen(theme().color("focus"), 2) if focused else Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("selected" if selected else "hover"))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1) if focused else box, 5, 5)
    if selected:
        painter.fillRect(QRectF(box.left(), box.top() + 6, 3, box.height() - 12), theme().color("primary"))
    icon_rect = QRectF(box.left() + 14, box.center().y() - ICON / 2, ICON, ICON)
    paint_icon(painter, kind.icon, icon_rect, theme().color("primary" if selected else "ink3"))
    left, right = icon_rect.right() + 12, box.right() - 8
    title, small = theme().font(14, bold=selected), theme().font(12)
    middle = box.top() + 6 + metrics(title).height() / 2
    draw_text(painter, left, middle, elided(kind.words, title, right - left), title, theme().color("ink"))
    middle = box.bottom() - 6 - metrics(small).height() / 2
    draw_text(painter, left, middle, elided(kind.line, small, right - left), small, theme().color("ink2"))


class KindsList(QListView):
    """The kinds of export. ``kind_chosen`` carries the key; Enter goes on to the options."""

    kind_chosen = Signal(str)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = ValueModel(_words, _is_head)
        self.setModel(self.rows)
        self.setItemDelegate(KindDelegate(self))
        self.setObjectName("FlatList")
        self.setAccessibleName("导出种类")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_kinds(self, kinds: Sequence[ExportKind], lines: Mapping[str, str], key: str) -> None:
        """Show ``kinds`` under the heads of their groups; ``lines`` say more than a kind's own line does."""
        values: list[ExportKind | str] = []
        group = ""
        for kind in kinds:
            if kind.group != group:
                group = kind.group
                values.append(group)
            values.append(kind._replace(line=lines.get(kind.key, kind.line)))
        self.blockSignals(True)
        self.rows.show_values(values)
        self.blockSignals(False)
        self.choose(key)
        self.viewport().update()

    def choose(self, key: str) -> None:
        """Select the kind ``key`` without asking for it."""
        number = next((n for n, v in enumerate(self.rows.values) if getattr(v, "key", None) == key), None)
        if number is not None and self.currentIndex().row() != number:
            self.blockSignals(True)
            self.setCurrentIndex(self.rows.index(number))
            self.blockSignals(False)
            self.scrollTo(self.rows.index(number))
            self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is chosen stays in view."""
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())

    def currentChanged(self, current: QModelIndex | Index, previous: QModelIndex | Index) -> None:
        """Tell which kind was chosen."""
        super().currentChanged(current, previous)
        if current.isValid() and not self.signalsBlocked():
            value = self.rows.value(current)
            if isinstance(value, ExportKind):
                self.kind_chosen.emit(value.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and → go to the options."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


def _is_head(value: ExportKind | str) -> bool:
    return isinstance(value, str)


def _words(value: ExportKind | str) -> str:
    return value if isinstance(value, str) else f"{value.words}，{value.line}"
