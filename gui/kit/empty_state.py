"""空状态：一幅小图、发生了什么、为什么、能做什么。"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.kit.boxes import in_column, take_out
from gui.kit.icons import icon_path, paint_icon
from gui.kit.marks import paint_box
from gui.kit.plain import button, label
from gui.kit.theme import theme
from models.domain.events import Campaign


class EmptyAction(NamedTuple):
    """A button of an empty state; ``run`` is a bound method."""

    text: str
    run: Callable[[], object]


class EmptyPicture(QWidget):
    """A small calendar grid with a magnifier (``search``) or a tick (``check``)."""

    def __init__(self, sign: str) -> None:
        super().__init__()
        icon_path(sign)  # an unknown name fails here, not when it is painted
        self._sign = sign
        self.setFixedSize(QSize(108, 84))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint grid and sign."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(6.5, 8.5, 95, 66)
        paint_box(painter, box, "surfaceAlt", "gridStrong", 6, 1.4)
        for step in (1, 2, 3):
            x, y = box.left() + step * box.width() / 4, box.top() + step * box.height() / 4
            painter.drawLine(QLineF(x, box.top(), x, box.bottom()))
            painter.drawLine(QLineF(box.left(), y, box.right(), y))
        if self._sign == "check":
            self._paint_done(painter)
        else:
            paint_icon(painter, self._sign, QRectF(64, 36, 40, 40), theme().color("ink2"))
        painter.end()

    def _paint_done(self, painter: QPainter) -> None:
        for index, campaign in enumerate((Campaign.LECTURE, Campaign.COMMUNITY, Campaign.CAMPUS)):
            painter.fillRect(QRectF(10 + index * 24, 45, 17, 10), theme().campaign(campaign).tile)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("success"))
        painter.drawEllipse(QPointF(92, 68), 13, 13)
        paint_icon(painter, "check", QRectF(83, 59, 18, 18), theme().color("surface"))


class EmptyState(QWidget):
    """What stands where nothing is to be shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("EmptyState")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._column = QVBoxLayout(self)
        self._column.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._column.setSpacing(8)
        self._shown: QWidget | None = None
        self.title = ""

    def show_words(
        self, sign: str, title: str, lines: Sequence[str], actions: Sequence[EmptyAction] = ()
    ) -> None:
        """Show picture, title, lines and buttons."""
        if self._shown is not None:
            take_out(self._column, self._shown)
        self.title = title
        self._shown = body = QWidget()
        centre = Qt.AlignmentFlag.AlignHCenter
        column = in_column(
            (EmptyPicture(sign), 0, centre),
            (label(title, "heading", wrap=True), 0, centre),
            inside=body,
            spacing=8,
        )
        for line in lines:
            made = label(line, "secondary", wrap=True)
            made.setAlignment(centre)
            column.addWidget(made)
        if actions:
            row = QHBoxLayout()
            row.setAlignment(centre)
            for action in actions:
                row.addWidget(button(action.text, action.run, small=True))
            column.addLayout(row)
        self._column.addWidget(body)
        body.show()
