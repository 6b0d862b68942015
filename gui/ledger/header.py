"""台账的页头：多少场、筛选后多少场，新建活动。"""

from __future__ import annotations

from PySide6.QtCore import Signal

from gui.kit.page_head import PageHead
from gui.kit.plain import button, label


class LedgerHeader(PageHead):
    """Title, counts, and the one action of the page."""

    new_clicked = Signal()
    export_clicked = Signal()

    def __init__(self) -> None:
        super().__init__("活动台账")
        self._counts = label("", "secondary")
        self.new = button("新建活动", self.new_clicked.emit, kind="primary", icon_name="plus")
        self.new.setToolTip("Ctrl+N")
        self.export = button("导出当前表", self.export_clicked.emit, icon_name="download")
        self.export.setToolTip("Excel：分组、筛选与屏幕上一样")
        self.add(4, self._counts, None, self.export, self.new)

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
