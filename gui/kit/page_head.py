"""页头：标题在左，动作在右；各页共用一种样子。"""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from gui.kit.boxes import in_row
from gui.kit.plain import label


class PageHead(QFrame):
    """The head of a page with its ``title``; what else stands in it is added in order."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent, objectName="PageHeader")
        self.title = label(title, "page")
        self._line = in_row(self.title, inside=self, margins=(20, 0, 16, 0), spacing=8)

    def add(self, *parts: QWidget | int | None) -> None:
        """Widgets side by side; a number is so much room more between two, None all the room that is left."""
        for part in parts:
            if part is None:
                self._line.addStretch(1)
            elif isinstance(part, int):
                self._line.addSpacing(part)
            else:
                self._line.addWidget(part)
