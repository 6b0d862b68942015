"""季度主题的小输入框：在主题条旁边就地写。"""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from gui.kit.boxes import in_column, in_row
from gui.kit.plain import button, label
from gui.kit.popover import Popover

QUARTERS = "一二三四"
MOST_CHARACTERS = 40


class ThemeEditor(Popover):
    """Asks for the theme of a quarter; ``theme_entered`` carries quarter and words ("" clears it)."""

    theme_entered = Signal(int, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._quarter = 1
        self._title = label("", "heading")
        self._line = QLineEdit()
        self._line.setMaxLength(MOST_CHARACTERS)
        self._line.setMinimumWidth(280)
        self._line.setPlaceholderText("例如：税费优惠与融资服务")
        self._line.returnPressed.connect(self._on_accept)
        row = in_row(None, button("取消", self.dismiss), button("保存主题", self._on_accept, kind="primary"))
        in_column(
            self._title,
            label("每季度突出一个主题，制定走进计划（第2条）", "caption"),
            self._line,
            row,
            inside=self,
            margins=(14, 12, 14, 14),
        )

    def ask(self, quarter: int, theme_now: str, place: QRect) -> None:
        """Open beside ``place`` with the present theme selected."""
        self._quarter = quarter
        self._title.setText(f"{QUARTERS[quarter - 1]}季度主题")
        self._line.setAccessibleName(self._title.text())
        self._line.setText(theme_now)
        self._line.selectAll()
        self.open_beside(place)
        self._line.setFocus(Qt.FocusReason.PopupFocusReason)

    @property
    def line(self) -> QLineEdit:
        """Where the theme is written."""
        return self._line

    def _on_accept(self) -> None:
        self.hide()
        self.theme_entered.emit(self._quarter, self._line.text().strip())
