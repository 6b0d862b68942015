"""筛选条的零件：会说出自己管什么的下拉框，点一下就去掉的条件。"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
)

from gui.kit.choices import Choice
from gui.kit.icons import paint_icon
from gui.kit.marks import draw_text, fitted, metrics, paint_box, text_width
from gui.kit.plain import restyle
from gui.kit.theme import theme
from planners.ledger_filter import Condition

Value = TypeVar("Value")
WIDEST = 168


class FilterCombo(Choice[Value]):
    """A choice whose first entry asks nothing and shows what the box is about; ``named`` says it with the value."""

    def __init__(self, name: str, entries: Iterable[tuple[str, Value]] = (), *, named: bool = False) -> None:
        self._name, self._named = name, named
        super().__init__([(f"全部{name}", None), *entries])  # type: ignore[list-item]
        self.setAccessibleName(f"按{name}筛选")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(1)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.currentIndexChanged.connect(self._on_changed)

    def offer(self, entries: Iterable[tuple[str, Value]]) -> None:
        """Offer ``entries`` beside 全部; what was chosen stays chosen."""
        chosen = self.value() if self.count() else None
        wanted = [(f"全部{self._name}", None), *entries]
        self.blockSignals(True)
        if [self.itemText(n) for n in range(self.count())] != [words for words, _ in wanted]:
            self.set_entries(wanted)  # type: ignore[arg-type]
        self.choose(chosen)  # type: ignore[arg-type]
        self.blockSignals(False)
        self._on_changed()

    def show_value(self, value: Value | None) -> None:
        """Show ``value`` without telling it."""
        self.blockSignals(True)
        self.choose(value)  # type: ignore[arg-type]
        self.blockSignals(False)
        self._on_changed()

    def _on_changed(self) -> None:
        restyle(self, "set", "true" if self.currentIndex() > 0 else "")
        self.updateGeometry()
        self.update()

    def words(self) -> str:
        """What the closed box says."""
        if self.currentIndex() <= 0:
            return self._name
        return f"{self._name}：{self.currentText()}" if self._named else self.currentText()

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        hint = super().sizeHint()
        width = round(text_width(theme().font(14), self.words()) + 44)
        return QSize(min(width, round(WIDEST * theme().scale)), hint.height())

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box with its own words."""
        del event
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        room = self.width() - 40
        option.currentText = fitted(self.words(), theme().font(14), room)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()


class FilterChip(QAbstractButton):
    """A condition that is set; a click, Enter or Delete takes it away (``clicked``)."""

    def __init__(self, condition: Condition) -> None:
        super().__init__()
        self.condition = condition
        self.setAccessibleName(f"去掉条件 {condition.words}")
        self.setToolTip(f"去掉“{condition.words.strip('“”')}”")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Words and cross."""
        font = theme().font(13)
        return QSize(round(text_width(font, self.condition.words) + 44), round(metrics(font).height() + 9))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pill, its words and the cross."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        paint_box(painter, rect, "selected" if self.underMouse() else "infoBg", "infoLine", rect.height() / 2)
        color, middle = theme().color("info"), rect.center().y()
        draw_text(painter, rect.left() + 13, middle, self.condition.words, theme().font(13), color)
        paint_icon(painter, "close", QRectF(rect.right() - 25, middle - 6.5, 13, 13), color)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Delete take the condition away like Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.click()
        else:
            super().keyPressEvent(event)
