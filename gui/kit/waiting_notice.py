"""等数据文件时说的一条：在正在用的窗口或表单下边，不是对话框，带“取消”。"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout

from gui.kit.announce import announce
from gui.kit.plain import button, label


def waiting_notice(words: str, cancel: Callable[[], None]) -> QFrame | None:
    """``words`` at the lower edge of the window or form that is used, as a part of it; None where nothing is shown."""
    shown = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    host = QApplication.activeModalWidget() or QApplication.activeWindow() or next(iter(shown), None)
    if host is None:
        return None
    notice = QFrame(host, objectName="Toast")
    row = QHBoxLayout(notice)
    row.setContentsMargins(14, 7, 10, 7)
    row.setSpacing(14)
    said = label(words, wrap=True)
    said.setMinimumWidth(min(430, host.width() - 120))
    row.addWidget(said, 1)
    row.addWidget(button("取消 Esc", cancel, small=True))
    notice.adjustSize()
    notice.move((host.width() - notice.width()) // 2, max(0, host.height() - notice.height() - 46))
    notice.show()
    notice.raise_()
    announce(notice, words)
    return notice
