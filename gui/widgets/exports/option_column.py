"""中栏：种类的名字与恢复默认，可滚动的选项，下面是要先看到的提醒。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gui.icons import paint_icon
from gui.plain import button, label
from gui.theme import theme


class OptionColumn(QFrame):
    """Holds the form of one kind at a time. ``defaults_wanted``: everything as it is usually."""

    defaults_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(objectName="ExportOptions")
        self.title = label("", "heading")
        self.defaults_button = button("恢复默认", self.defaults_wanted.emit, kind="flat", small=True)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.viewport().setAutoFillBackground(False)
        self.foot = Concerns()
        self.form: QWidget | None = None
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 10, 4)
        head.addWidget(self.title, 1)
        head.addWidget(self.defaults_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.area, 1)
        column.addWidget(self.foot)

    def show_form(self, title: str, form: QWidget, *, defaults: bool) -> None:
        """Show ``form`` in the place of the one before, which is gone afterwards."""
        self.title.setText(title)
        self.defaults_button.setVisible(defaults)
        form.setAutoFillBackground(False)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(16, 8, 14, 12)
        column.addWidget(form)
        old = self.area.takeWidget()
        if old is not None:
            old.deleteLater()
        self.area.setWidget(holder)
        holder.setAutoFillBackground(False)  # the area has just set it
        self.form = form
        for control in (*form.findChildren(QComboBox), *form.findChildren(QAbstractSpinBox)):
            control.installEventFilter(self)
        self.foot.show_words(())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The wheel scrolls the options; it never changes the one it happens to pass over."""
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QComboBox | QAbstractSpinBox):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def controls(self) -> list[QWidget]:
        """The controls of the form that the keyboard can go to, in order."""
        found = self.form.findChildren(QWidget) if self.form is not None else []
        return [one for one in found if one.isVisible() and one.isEnabled() and _takes_keys(one)]


def _takes_keys(widget: QWidget) -> bool:
    return widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus


class Concerns(QFrame):
    """What is to be seen before it leaves; takes no room where there is nothing."""

    def __init__(self) -> None:
        super().__init__(objectName="Footer")
        self._words = label("", "warning", wrap=True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 14, 10)
        row.setSpacing(8)
        row.addWidget(_Triangle(), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.hide()

    def show_words(self, words: Sequence[str]) -> None:
        """Show them one below the other."""
        self._words.setText("\n".join(words))
        self._words.setAccessibleName("；".join(words))
        self.setVisible(bool(words))

    @property
    def text(self) -> str:
        """What is shown."""
        return self._words.text()


class _Triangle(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(QSize(18, 18))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        paint_icon(painter, "triangle-warn", QRectF(0, 0, 18, 18), theme().color("warning"))
        painter.end()
