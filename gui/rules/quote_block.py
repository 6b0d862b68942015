"""条文块：逐字原文，起决定作用的词句加底色；可复制，可看全文。"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gui.kit.marks import metrics
from gui.kit.plain import button, label
from gui.kit.theme import theme
from planners.clauses import Passage

LEADING = 1.65


class QuoteText(QWidget):
    """Words of the document in its own face; ``spans`` of them marked."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.spans: tuple[tuple[int, int], ...] = ()
        self._layout = QTextLayout()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_text(self, text: str, spans: tuple[tuple[int, int], ...]) -> None:
        """Show ``text`` with ``spans`` (start, end) marked."""
        self.text, self.spans = text, spans
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """The height depends on the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines."""
        return int(self._lay_out(width)) + 1

    def sizeHint(self) -> QSize:
        """A few lines."""
        return QSize(600, self.heightForWidth(max(self.width(), 300)))

    def minimumSizeHint(self) -> QSize:
        """At least one line."""
        return QSize(200, round(metrics(theme().font(16, serif=True)).height() * LEADING))

    def _lay_out(self, width: float) -> float:
        font = theme().font(16, serif=True)
        option = QTextOption(Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout = QTextLayout(self.text, font)
        self._layout.setTextOption(option)
        self._layout.setFormats(self._formats())
        self._layout.beginLayout()
        top, pitch = 0.0, metrics(font).height() * LEADING * 0.84
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, top + (pitch - line.height()) / 2))
            top += pitch
        self._layout.endLayout()
        return top

    def _formats(self) -> list[QTextLayout.FormatRange]:
        formats = []
        for start, end in self.spans:
            marked = QTextCharFormat()
            marked.setFont(theme().font(16, bold=True, serif=True))
            marked.setBackground(theme().color("warningBg"))
            entry = QTextLayout.FormatRange()
            entry.start, entry.length, entry.format = start, end - start, marked
            formats.append(entry)
        return formats

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words."""
        del event
        self._lay_out(self.width())
        painter = QPainter(self)
        painter.setPen(theme().color("ink"))
        self._layout.draw(painter, QPointF(0, 0))
        painter.end()


class QuoteBlock(QFrame):
    """The clause with where it stands; ``source_wanted`` asks for the whole document."""

    source_wanted = Signal()
    copied = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.passage: Passage | None = None
        self.caption = label("", "secondary")
        self.words = QuoteText()
        self.copy_button = button("复制条文", self.copy_text, kind="flat", small=True)
        self.source_button = button(
            "查看原文", self.source_wanted.emit, kind="flat", small=True, icon_name="list"
        )
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.caption, 1)
        head.addWidget(self.copy_button)
        head.addWidget(self.source_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 8, 16, 14)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.words)

    def show_passage(self, passage: Passage, document: str) -> None:
        """Show the clause word for word."""
        self.passage = passage
        part = f" · “{passage.part}”" if passage.part else ""
        self.caption.setText(" · ".join(filter(None, (document, passage.place))) + part)
        self.words.show_text(passage.text, passage.spans)
        self._show_buttons(shown=True)
        self.source_button.setVisible(bool(document))

    def show_own(self, words: str) -> None:
        """Say that the document says nothing of it."""
        self.passage = None
        self.caption.setText("本单位自定")
        self.words.show_text(words, ())
        self._show_buttons(shown=False)

    def _show_buttons(self, *, shown: bool) -> None:
        self.copy_button.setVisible(shown)
        self.source_button.setVisible(shown)
        self.update()

    def copy_text(self) -> None:
        """Put the clause on the clipboard, word for word."""
        if self.passage is not None:
            QGuiApplication.clipboard().setText(self.passage.text)
            self.copied.emit("已复制条文")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, border and the bar of a quotation."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme().color("border"))
        painter.setBrush(theme().color("surface"))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, 6, 6)
        bar = QColor(theme().color("today" if self.passage else "controlBorder"))
        painter.fillRect(QRectF(0, 0, 5, self.height()), bar)
        painter.end()
