"""中栏：种类的名字与恢复默认，可滚动的选项，下面是要先看到的提醒。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gui.kit.icons import paint_icon
from gui.kit.plain import button, label
from gui.kit.scrolling import ScrolledColumn, WheelGuard
from gui.kit.theme import theme


class OptionColumn(QFrame):
    """Holds the form of one kind at a time. ``defaults_wanted``: everything as it is usually."""

    defaults_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, objectName="ExportOptions")
        self.title = label("", "heading")
        self.defaults_button = button("恢复默认", self.defaults_wanted.emit, kind="flat", small=True)
        self.area = ScrolledColumn(self)
        self._inside = QVBoxLayout(self.area.body)
        self._inside.setContentsMargins(16, 8, 14, 12)
        self._wheel = WheelGuard(self)
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

    def show_form(self, title: str, form: QWidget) -> None:
        """Show ``form`` in the place of the one before, which is gone afterwards."""
        self.title.setText(title)
        form.setAutoFillBackground(False)
        if self.form is not None:
            self._inside.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
        self._inside.addWidget(form)
        self.area.verticalScrollBar().setValue(0)
        self.form = form
        self._wheel.guard(form)
        self.foot.show_words(())

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
