"""帮助：快捷键一览、要点原文。"""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QGridLayout, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from gui.plain import button, label
from gui.theme import theme
from models.rulesets import document_text

SHORTCUTS = (
    ("新建活动", "Ctrl+N"), ("撤销 / 重做", "Ctrl+Z / Ctrl+Y"), ("立即备份", "Ctrl+S"), ("导入年度数据包", "Ctrl+I"),
    ("打开数据文件", "Ctrl+O"), ("重新检查", "F5"), ("年度总览", "Ctrl+1"), ("换区域", "F6 / Shift+F6"),
    ("移到另一格", "方向键"), ("年初 / 年末", "Home / End"), ("上一组 / 下一组", "PgUp / PgDn"),
    ("上一季 / 下一季", "Ctrl+← / Ctrl+→"), ("打开卡片或活动", "Enter"), ("采用建议", "Ctrl+Enter"),
    ("拿起 / 放下活动", "Ctrl+M"), ("右键菜单", "Shift+F10"), ("关闭一层", "Esc"), ("保存表单", "Ctrl+Enter"),
)  # fmt: skip


class ShortcutsDialog(QDialog):
    """The shortcuts that exist."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("快捷键")
        content = QWidget()
        grid = QGridLayout(content)
        grid.setHorizontalSpacing(32)
        for row, (words, keys) in enumerate(SHORTCUTS):
            grid.addWidget(label(words), row, 0)
            grid.addWidget(label(keys, "secondary"), row, 1)
        scroll = QScrollArea()
        scroll.setWidget(content)
        scroll.setWidgetResizable(True)
        layout = QVBoxLayout(self)
        layout.addWidget(scroll)
        layout.addWidget(button("关闭", self.accept))
        self.resize(420, 520)


class ClauseTextDialog(QDialog):
    """The founding document, word for word."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("要点原文")
        text = QPlainTextEdit(document_text(2024))
        text.setReadOnly(True)
        text.setFont(theme().font(16, serif=True))
        layout = QVBoxLayout(self)
        layout.addWidget(text)
        layout.addWidget(button("关闭", self.accept))
        self.resize(760, 560)
