"""首次启动：还没有年度时的一页。"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from gui.kit.icons import paint_icon
from gui.kit.plain import button, escaped, label
from gui.kit.theme import theme


class _Picture(QWidget):
    """An empty calendar sheet with one dashed field."""

    def sizeHint(self) -> QSize:
        return QSize(104, 74)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sheet = QRectF(0.5, 0.5, 103, 72)
        painter.setPen(QPen(theme().color("gridStrong"), 1.4))
        painter.setBrush(theme().color("surfaceAlt"))
        painter.drawRoundedRect(sheet, 6, 6)
        for x in (26, 52, 78):
            painter.drawLine(x, 1, x, 72)
        for y in (18, 36, 54):
            painter.drawLine(1, y, 103, y)
        painter.setPen(QPen(theme().color("primary"), 1.6, Qt.PenStyle.DashLine))
        field = QRectF(29, 38.5, 20, 13)
        painter.drawRoundedRect(field, 2, 2)
        paint_icon(painter, "plus", field, theme().color("primary"))
        painter.end()


class FirstRunPage(QWidget):
    """Offers 新建年度, an existing file and the demo year."""

    new_year_requested = Signal()
    open_requested = Signal()
    demo_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("FirstRun")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        picture = _Picture()
        picture.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._title = label(role="heading")
        self._words = label("从规则依据开始，约 5 分钟可得到一份全年草案。", "secondary")
        self.new_button = button("", self.new_year_requested.emit, kind="primary", icon_name="plus")
        self.open_button = button("打开数据文件…", self.open_requested.emit)
        self.demo_button = button("先看演示年度", self.demo_requested.emit, kind="flat")
        self.setFocusProxy(self.new_button)
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        for widget in (
            picture,
            self._title,
            self._words,
            self.new_button,
            self.open_button,
            self.demo_button,
        ):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
            layout.addSpacing(8)
        layout.addStretch(3)

    def set_year(self, year: int, *, read_only: bool) -> None:
        """Name the year that is to be made; a read-only file offers no new one."""
        self._title.setText(f"还没有 {year} 年度")
        self._words.setText("从规则依据开始，约 5 分钟可得到一份全年草案。")
        self.new_button.setText(escaped(f"新建 {year} 年度"))
        self.new_button.setEnabled(not read_only)
        self.new_button.show()

    def set_closed(self) -> None:
        """Say that no data file is open; why stands in a bar above."""
        self._title.setText("数据文件没有打开")
        self._words.setText("原因和办法见上方提示；文件本身没有改动。")
        self.new_button.hide()
