"""左侧导航：图标加文字，只列出已有的页面。"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QToolButton, QVBoxLayout, QWidget

from gui.icons import icon
from gui.theme import theme


class Rail(QWidget):
    """One button a page; ``page_requested`` carries the page's name."""

    page_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(theme().size("rail"))
        self._group = QButtonGroup(self)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(6, 8, 6, 8)
        self._layout.setSpacing(4)
        self._layout.addStretch(1)

    def add_page(self, name: str, words: str, icon_name: str) -> QToolButton:
        """A button for the page ``name``, below the others."""
        made = QToolButton()
        made.setText(words)
        made.setIcon(icon(icon_name, "railInkActive"))
        made.setIconSize(QSize(22, 22))
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        made.setCheckable(True)
        made.setFixedSize(64, 56)
        made.setAccessibleName(words)
        made.clicked.connect(partial(self.page_requested.emit, name))
        self._group.addButton(made)
        self._layout.insertWidget(self._layout.count() - 1, made)
        if self._group.checkedButton() is None:
            made.setChecked(True)
        return made
