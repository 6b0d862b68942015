"""左侧导航：图标加文字，只列出已有的页面。"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from gui.kit.boxes import in_column
from gui.kit.icons import paint_icon
from gui.kit.marks import paint_badge
from gui.kit.theme import theme

_PADDING, _ICON, _GAP = 8, 22, 4


class RailButton(QAbstractButton):
    """Icon above words; the page that is shown has a lighter ground and a white bar at the edge."""

    def __init__(self, words: str, icon_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._count = 0
        self.setText(words)
        self.setCheckable(True)
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setProperty("paintsFocus", True)

    def show_count(self, count: int, words: str) -> None:
        """A red number at the icon, nothing for 0; ``words`` say aloud what is counted."""
        self._count = count
        self.setAccessibleName(f"{self.text()}，{words} {count} 项" if count else self.text())
        self.setToolTip(f"{words} {count} 项" if count else "")
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the icon and one line of words."""
        line = theme().font(12).pixelSize() * 1.4
        return QSize(round(theme().size("rail") * theme().scale), round(2 * _PADDING + _ICON + _GAP + line))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, bar, icon and words."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = self.isChecked() or self.underMouse()
        ground = QRectF(self.rect()).adjusted(6, 1, -6, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if lit:
            painter.setBrush(theme().color("railActive"))
            painter.drawRoundedRect(ground, 6, 6)
        if self.isChecked():
            painter.fillRect(
                QRectF(0, ground.top() + 8, 3, ground.height() - 16), theme().color("railInkActive")
            )
        ink = theme().color("railInkActive" if self.isChecked() else "railInk")
        paint_icon(painter, self._icon_name, QRectF((self.width() - _ICON) / 2, _PADDING, _ICON, _ICON), ink)
        if self._count:
            paint_badge(
                painter, QPointF(self.width() / 2 + _ICON / 2 + 1, _PADDING + 3), f"{min(self._count, 99)}"
            )
        painter.setFont(theme().font(12, bold=True))
        painter.setPen(ink)
        words = QRectF(0, _PADDING + _ICON + _GAP, self.width(), self.height() - _PADDING - _ICON - 2 * _GAP)
        painter.drawText(words, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, self.text())
        if self.hasFocus():
            painter.setPen(theme().color("railInkActive"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ground.adjusted(1, 1, -1, -1), 5, 5)
        painter.end()


class Rail(QWidget):
    """One button a page; ``page_requested`` carries the page's name."""

    page_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._buttons: dict[str, RailButton] = {}
        self._group = QButtonGroup(self)
        self._layout = in_column(None, inside=self, margins=(0, 8, 0, 8), spacing=4)
        self._pages = 0
        theme().changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        """Grow with the text."""
        self.setFixedWidth(round(theme().size("rail") * theme().scale))
        for made in self._buttons.values():
            made.updateGeometry()

    def add_page(self, name: str, words: str, icon_name: str) -> RailButton:
        """A button for the page ``name``, below the other pages."""
        made = self._make(name, words, icon_name)
        self._layout.insertWidget(self._pages, made)
        self._pages += 1
        return made

    def add_foot(self, name: str, words: str, icon_name: str) -> RailButton:
        """A button at the foot of the rail."""
        made = self._make(name, words, icon_name)
        self._layout.addWidget(made)
        return made

    def show_page(self, name: str) -> None:
        """Mark the page that is shown."""
        self._buttons[name].setChecked(True)

    def show_count(self, name: str, count: int, words: str) -> None:
        """A number at the button of the page ``name``: how many ``words`` there are."""
        if name in self._buttons:
            self._buttons[name].show_count(count, words)

    def page_shown(self) -> str:
        """The name of the page that is marked."""
        return next((name for name, made in self._buttons.items() if made.isChecked()), "")

    def _make(self, name: str, words: str, icon_name: str) -> RailButton:
        made = RailButton(words, icon_name, self)
        made.clicked.connect(partial(self._request, name))
        self._group.addButton(made)
        self._buttons[name] = made
        return made

    def _request(self, name: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002
        self.page_requested.emit(name)
