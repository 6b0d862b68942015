"""一行放不下时，省略末尾（或中间）；全文在提示里。"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from gui.kit.plain import plain_tip
from gui.session.redaction import redacted


class ElidedLabel(QLabel):
    """A label of one line that gives way: what does not fit is cut with “…”, the tooltip has it all."""

    def __init__(
        self, text: str = "", role: str = "", cut: Qt.TextElideMode = Qt.TextElideMode.ElideRight
    ) -> None:
        super().__init__()
        self._mode = cut
        self.setTextFormat(Qt.TextFormat.PlainText)
        if role:
            self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._whole = ""
        self._tip = ""
        self.show_text(text)

    @property
    def whole(self) -> str:
        """The text before it was cut."""
        return self._whole

    def show_text(self, text: str, tip: str = "") -> None:
        """Show ``text``, delegates masked; ``tip`` replaces it in the tooltip."""
        self._whole, self._tip = redacted(text), tip
        self.setAccessibleName(self._whole)
        self.updateGeometry()
        self._cut()

    def sizeHint(self) -> QSize:
        """As wide as the whole text."""
        rules = self.fontMetrics()
        around = self.size() - self.contentsRect().size()
        return QSize(rules.horizontalAdvance(self._whole) + 2, rules.height()) + around

    def minimumSizeHint(self) -> QSize:
        """Nothing wide, one line high."""
        return QSize(0, self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut anew."""
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        room = max(0, self.contentsRect().width())
        shown = self.fontMetrics().elidedText(self._whole, self._mode, room)
        if shown != self.text():
            self.setText(shown)
        tip = self._tip or (self._whole if shown != self._whole else "")
        self.setToolTip(plain_tip(tip))
