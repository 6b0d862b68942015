"""台账的页头：多少场、筛选后多少场，新建活动。"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from gui.plain import button, label


class LedgerHeader(QFrame):
    """Title, counts, and the one action of the page."""

    new_clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("PageHeader")
        self._counts = label("", "secondary")
        self.new = button("新建活动", self.new_clicked.emit, kind="primary", icon_name="plus")
        self.new.setToolTip("Ctrl+N")
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(label("活动台账", "page"))
        row.addSpacing(4)
        row.addWidget(self._counts)
        row.addStretch(1)
        row.addWidget(self.new)

    def show_counts(self, total: int, shown: int) -> None:
        """98 场 · 筛选后 33 场."""
        self._counts.setText(f"{total} 场" if shown == total else f"{total} 场 · 筛选后 {shown} 场")

    @property
    def counts(self) -> str:
        """The counts in words."""
        return self._counts.text()

    def allow_changes(self, *, allowed: bool) -> None:
        """Whether 新建活动 can be used."""
        self.new.setEnabled(allowed)
