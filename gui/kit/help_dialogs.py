"""帮助：快捷键一览、要点原文。"""

from __future__ import annotations

import re
from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QShowEvent, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui.kit.boxes import in_column, in_row
from gui.kit.form import LARGEST_SHARE
from gui.kit.plain import button, label
from gui.kit.theme import theme
from models.domain.year import Setting
from models.rulesets import document_text

SHORTCUTS = (
    ("全程", (
        ("搜索", "Ctrl+K"), ("新建活动", "Ctrl+N"), ("撤销", "Ctrl+Z"), ("重做", "Ctrl+Y"), ("立即备份", "Ctrl+S"),
        ("自动排期", "F9"), ("自动排期条件", "Shift+F9"), ("重新检查", "F5"), ("下一个问题", "F8"), ("上一个问题", "Shift+F8"),
        ("年度总览", "Ctrl+1"), ("日历", "Ctrl+2"), ("活动台账", "Ctrl+3"), ("规则检查", "Ctrl+4"), ("公众列席", "Ctrl+5"),
        ("开放月", "Ctrl+6"), ("导出打印", "Ctrl+7"), ("在本页查找", "Ctrl+F"), ("新建年度", "Ctrl+Shift+N"),
        ("导入年度数据包", "Ctrl+I"), ("导入报送表、决策目录、日历", "Ctrl+Shift+I"), ("印发稿", "Ctrl+Shift+R"), ("打印", "Ctrl+P"), ("另存为 PDF", "Ctrl+Shift+P"), ("打开数据文件", "Ctrl+O"), ("设置", "Ctrl+,"),
        ("换到下一区域", "F6"), ("换到上一区域", "Shift+F6"), ("快捷键", "F1"), ("退出", "Ctrl+Q"),
    )),
    ("年度总览", (
        ("移到另一格", "方向键"), ("年初、年末", "Home、End"), ("上一组、下一组", "PgUp、PgDn"),
        ("上一季、下一季", "Ctrl+←、Ctrl+→"), ("打开卡片或活动", "Enter"), ("采用建议", "Ctrl+Enter"),
        ("拿起、放下活动", "Ctrl+M"), ("拿起后复制、延期", "Ctrl+Enter、Shift+Enter"), ("右键菜单", "Shift+F10"), ("关闭一层", "Esc"),
    )),
    ("日历", (
        ("移到另一天", "方向键"), ("上月、下月", "PgUp、PgDn"), ("今天", "Ctrl+T"), ("当天的活动", "Tab"),
        ("前后一天（跳过休息日）", "Alt+←、Alt+→"), ("前后一周", "Alt+↑、Alt+↓"), ("拿起、放下活动", "Ctrl+M"),
    )),
    ("活动台账", (
        ("就地修改", "F2"), ("选中", "空格"), ("活动详情", "Enter"), ("保存并留下", "Ctrl+Enter"),
        ("上一场、下一场", "Ctrl+↑、Ctrl+↓"), ("取消活动…", "Delete"),
    )),
    ("公众列席", (
        ("上一项、下一项", "↑、↓"), ("上一环节、下一环节", "←、→"), ("打开环节", "Enter"), ("以今天办结", "Ctrl+Enter"),
        ("移去代表、删除意见", "Delete"), ("按住查看姓名", "空格"),
    )),
    ("开放月", (
        ("移到另一格", "方向键"), ("月初、月末", "Home、End"), ("上一组、下一组", "PgUp、PgDn"), ("打开活动，空格子里新建", "Enter"),
        ("同一天的下一场", "空格"), ("前后一天", "Alt+←、Alt+→"), ("前后一周", "Alt+↑、Alt+↓"),
    )),
    ("导出打印", (
        ("上一页、下一页", "PgUp、PgDn"), ("放大、缩小", "Ctrl++、Ctrl+-"), ("适合页宽", "Ctrl+0"),
        ("找下一处、上一处", "Enter、Shift+Enter"),
    )),
    ("排期建议", (
        ("勾选", "空格"), ("换日期", "Enter"), ("拒绝并记住", "Delete"), ("采纳勾选的", "Ctrl+Enter"),
    )),
    ("表单", (("保存", "Ctrl+Enter"), ("返回", "Esc"))),
)  # fmt: skip
"""The shortcuts that exist, by the place in which they work."""

FIRST_COLUMN = (0, 7, 8)


class ShortcutsDialog(QDialog):
    """The shortcuts that exist, two columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("快捷键")
        content = QWidget()
        content.setAutoFillBackground(False)
        columns = in_row(inside=content, margins=(24, 16, 24, 16), spacing=40)
        first, second = QVBoxLayout(), QVBoxLayout()
        for number, (place, entries) in enumerate(SHORTCUTS):
            (first if number in FIRST_COLUMN else second).addLayout(self._section(place, entries))
        for column in (first, second):
            column.setSpacing(16)
            column.addStretch(1)
            columns.addLayout(column, 1)
        _lay_out(self, content, QSize(820, 640))

    def _section(self, place: str, entries: tuple[tuple[str, str], ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(7)
        grid.addWidget(label(place, "heading"), 0, 0, 1, 2)
        for row, (words, keys) in enumerate(entries, 1):
            grid.addWidget(label(words), row, 0)
            grid.addWidget(_keys(keys), row, 1, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(0, 1)
        return grid


class ClauseTextDialog(QDialog):
    """The founding document, word for word; ``quote`` is selected and seen.

    ``settings`` are those of the year: with a document of its own that is shown, else the one of ``base``.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        quote: str = "",
        base: int = 2024,
        settings: Mapping[str, Setting] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("要点原文")
        theme().font(16, serif=True)  # loads the face that the style sheet names
        text = QPlainTextEdit(document_text(base, settings))
        text.setObjectName("ClauseText")
        text.setAccessibleName("要点原文")
        text.setReadOnly(True)
        _lay_out(self, text, QSize(820, 640))
        self._text = text
        if quote:
            self._select(quote)

    def _select(self, quote: str) -> None:
        """Select ``quote``; the document may break its lines anywhere."""
        whole = self._text.toPlainText()
        pattern = r"\s*".join(map(re.escape, re.sub(r"\s", "", quote)))
        if match := re.search(pattern, whole):
            cursor = self._text.textCursor()
            cursor.setPosition(match.start())
            cursor.setPosition(match.end(), QTextCursor.MoveMode.KeepAnchor)
            self._text.setTextCursor(cursor)

    def showEvent(self, event: QShowEvent) -> None:
        """What is selected stands in the middle."""
        super().showEvent(event)
        if self._text.textCursor().hasSelection():
            QTimer.singleShot(0, self._text, self._text.centerCursor)

    @property
    def selected(self) -> str:
        """The words that are selected."""
        return self._text.textCursor().selectedText()


def _lay_out(dialog: QDialog, content: QWidget, size: QSize) -> None:
    """``content`` above a footer with 关闭; no larger than 92 % of the window."""
    area = content
    if not isinstance(content, QPlainTextEdit):
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(content)
        content.setAutoFillBackground(False)
        area.viewport().setAutoFillBackground(False)
    footer = QFrame(objectName="Footer")
    in_row(None, button("关闭", dialog.accept, kind="primary"), inside=footer, margins=(24, 10, 24, 10))
    in_column((area, 1), footer, inside=dialog, margins=0, spacing=0)
    parent = dialog.parentWidget()
    room = parent.window().size() if parent else size
    most = QSize(int(room.width() * LARGEST_SHARE), int(room.height() * LARGEST_SHARE)) if parent else size
    dialog.resize((size * theme().scale).boundedTo(most))


def _keys(text: str) -> QLabel:
    made = label(text, "secondary")
    made.setObjectName("KeyCap")
    return made
