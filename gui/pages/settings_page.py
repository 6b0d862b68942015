"""设置：文字大小、外观、数据文件在哪里。"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gui.dialogs.choices import Segments
from gui.menus import COLOR_MODES, TEXT_SIZES
from gui.operations.exporting import open_folder
from gui.plain import button, label
from gui.theme import theme
from models.backups import backup_folder, list_backups


class SettingsPage(QWidget):
    """What is remembered for this computer; nothing of it belongs to a year."""

    scale_chosen = Signal(float)
    mode_chosen = Signal(str)
    open_requested = Signal()
    backup_requested = Signal()
    restore_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data_file = Path()
        self.scale = Segments(TEXT_SIZES)
        self.mode = Segments(COLOR_MODES)
        self._path = label(role="secondary", wrap=True)
        self._path.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._backups = label(role="secondary", wrap=True)
        self._lay_out()
        self._show_theme()
        theme().changed.connect(self._show_theme)
        self.scale.changed.connect(self._on_scale)
        self.mode.changed.connect(self._on_mode)

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(24, 16, 24, 24)
        column.setSpacing(14)
        column.addWidget(label("设置", "page"))
        column.addWidget(self._card("文字大小", [self.scale], "表格与总览的行高随文字一起变。"))
        column.addWidget(self._card("外观", [self.mode], "跟随系统时，系统换成深色，程序也换成深色。"))
        column.addWidget(self._data_card())
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _card(self, title: str, widgets: list[QWidget], note: str) -> QFrame:
        card = QFrame(objectName="Card")
        card.setMaximumWidth(760)
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        heading = label(title)
        heading.setFont(theme().font(14, bold=True))
        column.addWidget(heading)
        for widget in widgets:
            column.addWidget(widget)
        if note:
            column.addWidget(label(note, "caption", wrap=True))
        return card

    def _data_card(self) -> QFrame:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(8)
        row.addWidget(button("打开所在文件夹", self._on_folder))
        row.addWidget(button("打开其他数据文件…", self.open_requested.emit))
        row.addWidget(button("立即备份", self.backup_requested.emit))
        row.addWidget(button("从备份恢复…", self.restore_requested.emit))
        row.addStretch(1)
        return self._card(
            "数据文件", [self._path, self._backups, holder], "每天第一次打开时自动备份，并逐步清理旧的。"
        )

    def show_data_file(self, path: Path) -> None:
        """Say where the data lie and how many backups there are."""
        self._data_file = path
        self._path.setText(str(path))
        found = list_backups(path)
        newest = f"，最近一份 {found[0].made_at:%Y-%m-%d %H:%M}" if found else ""
        self._backups.setText(f"备份 {len(found)} 份{newest}，在 {backup_folder(path)}")

    def _show_theme(self) -> None:
        for segments, value in ((self.scale, theme().scale), (self.mode, theme().mode)):
            segments.blockSignals(True)
            segments.choose(value)
            segments.blockSignals(False)

    def _on_scale(self) -> None:
        self.scale_chosen.emit(self.scale.value())

    def _on_mode(self) -> None:
        self.mode_chosen.emit(self.mode.value())

    def _on_folder(self) -> None:
        open_folder(self._data_file.parent)
