"""批量条：选了几场、能一起做什么；还有页头。"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout

from gui.kit.plain import button, label
from gui.kit.theme import theme

KEYS = "Ctrl+点选 / Shift+↑↓ 多选，Enter 详情，F2 就地改"


class BulkBar(QFrame):
    """What can be done with the selected events at once."""

    all_toggled = Signal(bool)
    status_clicked = Signal()
    day_clicked = Signal()
    unit_clicked = Signal()
    calendar_clicked = Signal()

    def __init__(self) -> None:
        super().__init__(objectName="Footer")
        self.setAccessibleName("批量操作")
        self.all = QCheckBox()
        self.all.setAccessibleName("全选当前列出的活动")
        self.all.setToolTip("全选 / 全不选（Ctrl+A）")
        self.count = label("", "strong")
        self.status = button("改状态", self.status_clicked.emit, kind="plain", small=True)
        self.day = button("改日期", self.day_clicked.emit, kind="plain", small=True, icon_name="calendar")
        self.unit = button("改单位", self.unit_clicked.emit, kind="plain", small=True)
        self.calendar = button(
            "导出 iCal", self.calendar_clicked.emit, kind="plain", small=True, icon_name="download"
        )
        self._keys = label(KEYS, "caption")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 5, 16, 5)
        row.setSpacing(8)
        row.addWidget(self.all)
        row.addWidget(self.count)
        row.addSpacing(6)
        for made in (self.status, self.day, self.unit, self.calendar):
            row.addWidget(made)
        row.addStretch(1)
        row.addWidget(self._keys)
        self.all.clicked.connect(self.all_toggled)

    def show_count(self, chosen: int, shown: int) -> None:
        """Say how many of the events shown are selected."""
        self.count.setText(f"已选 {chosen} 场")
        state = Qt.CheckState.Checked if chosen and chosen == shown else Qt.CheckState.PartiallyChecked
        self.all.setCheckState(state if chosen > 1 else Qt.CheckState.Unchecked)

    def allow_changes(self, *, allowed: bool) -> None:
        """Whether the events can be changed; the calendar can always be exported."""
        for made in (self.status, self.day, self.unit):
            made.setEnabled(allowed)

    def minimumSizeHint(self) -> QSize:
        """The hint on the keys gives way."""
        return QSize(round(320 * theme().scale), super().minimumSizeHint().height())

    def show_width(self, width: int) -> None:
        """The hint on the keys where there is room."""
        self._keys.setVisible(width >= 900 * theme().scale)
