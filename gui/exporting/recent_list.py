"""左栏下方：最近导出了什么；文件还在原处的，可以打开所在文件夹。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from gui.kit.boxes import in_column, in_row, take_out
from gui.kit.elided import ElidedLabel
from gui.kit.exporter import Recent
from gui.kit.plain import button, label

SHOWN, SHOWN_LOW = 4, 2
"""How many are shown, and in a low window."""


class RecentList(QFrame):
    """The newest exports of the year. ``folder_wanted`` carries the folder of a file that is still there."""

    folder_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__(objectName="Footer")
        self._rows: list[QWidget] = []
        self._column = in_column(label("最近导出", "strong"), inside=self, margins=(16, 10, 8, 10), spacing=2)

    def show_exports(self, exports: Sequence[Recent]) -> None:
        """Show them, newest first; as many as given."""
        for row in self._rows:
            take_out(self._column, row)
        self._rows = [self._row(one) for one in exports] or [label("还没有导出过。", "caption")]
        for row in self._rows:
            self._column.addWidget(row)

    def _row(self, recent: Recent) -> QWidget:
        made = QWidget()
        export = recent.export
        name = ElidedLabel(role="caption")
        said = f"{export.name}，{moment_words(export.at)}，{export.user}" + (
            "，露出了姓名或电话" if export.unmasked else ""
        )
        name.show_text(export.name, said)
        name.setAccessibleName(said)
        column = in_column(name, inside=made, margins=(0, 2, 0, 2), spacing=0)
        row = in_row(label(day_words(export.at), "caption"), None, spacing=6)
        if recent.path is not None:
            folder: Path = recent.path.parent
            opens = button("打开文件夹", partial(self.folder_wanted.emit, folder), kind="link")
            opens.setAccessibleName(f"打开文件夹：{export.name}")
            row.addWidget(opens)
        column.addLayout(row)
        return made

    @property
    def names(self) -> list[str]:
        """What is shown."""
        return [row.whole for made in self._rows for row in made.findChildren(ElidedLabel)]


def _local(at: datetime) -> datetime:
    return at.astimezone() if at.tzinfo is not None else at


def day_words(at: datetime) -> str:
    """3月29日."""
    local = _local(at)
    return f"{local.month}月{local.day}日"


def moment_words(at: datetime) -> str:
    """2027-03-29 14:02."""
    return f"{_local(at):%Y-%m-%d %H:%M}"
