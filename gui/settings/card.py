"""设置页的一张卡片：宋体小标题、一句说明、下面是一行行设置。"""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gui.kit.bindings import Field
from gui.kit.plain import label

NAME_WIDTH = 92


class SettingsCard(QFrame):
    """A card with a heading and a remark beside it."""

    def __init__(self, title: str, remark: str = "") -> None:
        super().__init__(objectName="Card")
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.title = label(title, "panel")
        self.remark = label(remark, "caption", wrap=True)
        heading = QVBoxLayout()
        heading.setSpacing(2)
        heading.addWidget(self.title)
        heading.addWidget(self.remark)
        self.remark.setVisible(bool(remark))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(18, 12, 18, 14)
        self._column.setSpacing(10)
        self._column.addLayout(heading)

    def add_row(self, name: str, control: QWidget, note: str = "") -> Field:
        """A named control with a note below it."""
        field = Field(name, control, NAME_WIDTH)
        field.say(note, "caption")
        self._column.addWidget(field)
        return field

    def add_widget(self, widget: QWidget, stretch: int = 0) -> None:
        """Any widget over the whole width."""
        self._column.addWidget(widget, stretch)


def side_by_side(*widgets: QWidget, spacing: int = 8) -> QWidget:
    """``widgets`` in one line, from the left."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(spacing)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return holder
