"""粘贴原文的框：太长的不收，窗口不会停住。"""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtWidgets import QPlainTextEdit


class PastedText(QPlainTextEdit):
    """Takes plain text of at most ``longest`` characters; ``refused`` says why a longer one is not taken."""

    refused = Signal(str)

    def __init__(self, name: str, hint: str, longest: int) -> None:
        super().__init__()
        self._longest = longest
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)

    def put(self, text: str) -> bool:
        """``text`` stands in the field; False where it is too long."""
        if fits := self._fits(text):
            self.setPlainText(text)
        return fits

    def insertFromMimeData(self, source: QMimeData) -> None:
        if self._fits(text := source.text()):
            self.textCursor().insertText(text)

    def _fits(self, text: str) -> bool:
        if len(text) <= self._longest:
            return True
        self.refused.emit(f"有 {len(text)} 字，太长，不像{self.accessibleName()}，没有放进来。")
        return False
