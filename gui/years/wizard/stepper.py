"""步骤条：六步在左边，做过的打勾，现在的实心，别的空心；可以点回去改。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from gui.kit.icons import paint_icon
from gui.kit.marks import draw_text, fitted, metrics, paint_box
from gui.kit.plain import plain_tip
from gui.kit.theme import theme, tokens
from gui.years.wizard.problems import WizardStep

WIDTH, NARROW = 300, 76
_CIRCLE, _PITCH, _LEFT = 27, 66, 32
_WORDS_LEFT = 76


class StepButton(QAbstractButton):
    """One step: a circle with its number or a tick, its name and what was answered."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self._step = WizardStep("", "", "")
        self._state = "ahead"
        self._is_last = False
        self._narrow = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setProperty("paintsFocus", True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_step(self, step: WizardStep, state: str, *, is_last: bool) -> None:
        """``state``: done, current, wrong (done, but something is the matter) or ahead."""
        self._step, self._state, self._is_last = step, state, is_last
        words = {"done": "已填", "current": "正在填", "wrong": "有问题", "ahead": "还没到"}[state]
        self.setAccessibleName(f"第 {self._number + 1} 步 {step.name}，{words}，{step.caption}")
        self.setToolTip(plain_tip(f"{step.name}：{step.problem or step.caption}"))
        self.setEnabled(state != "ahead")
        self.update()

    @property
    def state(self) -> str:
        """done, current, wrong or ahead."""
        return self._state

    def set_narrow(self, *, narrow: bool) -> None:
        """Only the circle, or words beside it."""
        self._narrow = narrow
        self.update()

    def sizeHint(self) -> QSize:
        """One step high."""
        return QSize(60, round(_PITCH * theme().scale))

    def minimumSizeHint(self) -> QSize:
        """Closer together where there is little room."""
        return QSize(60, round(44 * theme().scale))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint circle, line and words."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = round(_CIRCLE * theme().scale)
        left = (self.width() - side) / 2 if self._narrow else _LEFT
        circle = QRectF(left, 4, side, side)
        if not self._is_last:
            painter.setPen(QPen(_faint(), 1.5))
            middle = circle.center().x()
            painter.drawLine(round(middle), round(circle.bottom() + 4), round(middle), self.height())
        self._paint_circle(painter, circle)
        if not self._narrow:
            self._paint_words(painter, circle)
        if self.hasFocus():
            paint_box(
                painter, QRectF(self.rect()).adjusted(6, 0.5, -6, -8), line="railInkActive", radius=6, width=2
            )
        painter.end()

    def _paint_circle(self, painter: QPainter, circle: QRectF) -> None:
        rail, ink = theme().color("rail"), theme().color("railInkActive")
        fill, mark = {
            "done": (_bright("success"), rail),
            "wrong": (_bright("warning"), rail),
            "current": (ink, rail),
            "ahead": (rail, theme().color("railInk")),
        }[self._state]
        painter.setPen(QPen(fill if self._state != "ahead" else _faint(), 1.6))
        painter.setBrush(fill)
        painter.drawEllipse(circle)
        if self._state == "done":
            paint_icon(painter, "check", circle.adjusted(6, 6, -6, -6), mark)
            return
        font = theme().font(14, bold=True)
        words = "!" if self._state == "wrong" else str(self._number + 1)
        wide = metrics(font).horizontalAdvance(words)
        draw_text(painter, circle.center().x() - wide / 2, circle.center().y(), words, font, mark)

    def _paint_words(self, painter: QPainter, circle: QRectF) -> None:
        left = _WORDS_LEFT + (circle.width() - _CIRCLE)
        room = self.width() - left - 12
        name = theme().font(16 if self._state == "current" else 14, bold=True)
        lit = self._state != "ahead" or self.underMouse()
        ink = theme().color("railInkActive" if lit else "railInk")
        middle = circle.top() + metrics(name).height() / 2 - 1
        draw_text(painter, left, middle, fitted(self._step.name, name, room), name, ink)
        caption = "正在填写" if self._state == "current" else self._step.caption
        if self._state == "wrong":
            caption = "有一处要改"
        small = theme().font(12)
        below = middle + metrics(name).height() / 2 + metrics(small).height() / 2
        draw_text(painter, left, below, fitted(caption, small, room), small, theme().color("railInk"))


class Stepper(QWidget):
    """The steps of the wizard; ``step_requested`` carries the number of one that was clicked."""

    step_requested = Signal(int)

    def __init__(self, heading: str, foot: Sequence[str]) -> None:
        super().__init__(objectName="Rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("步骤")
        self._narrow = False
        self._head = _Head(heading)
        self._foot = _Foot(foot)
        self.buttons = tuple(StepButton(number) for number in range(6))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        for number, made in enumerate(self.buttons):
            made.clicked.connect(lambda _=False, n=number: self.step_requested.emit(n))
            column.addWidget(made)
        column.addStretch(1)
        column.addWidget(self._foot)
        theme().changed.connect(self._fit)
        self._fit()

    def show_steps(self, steps: Sequence[WizardStep], current: int, reached: int) -> None:
        """Mark the steps; those beyond ``reached`` cannot be gone to yet."""
        for number, (made, step) in enumerate(zip(self.buttons, steps, strict=True)):
            state = "current" if number == current else "ahead" if number > reached else "done"
            if state == "done" and step.problem:
                state = "wrong"
            made.show_step(step, state, is_last=number == len(steps) - 1)

    def set_narrow(self, *, narrow: bool, low: bool) -> None:
        """Only circles in narrow windows; no foot in low ones."""
        self._narrow = narrow
        self._head.set_narrow(narrow=narrow)
        for made in self.buttons:
            made.set_narrow(narrow=narrow)
        self._foot.setVisible(not narrow and not low)
        self._fit()

    def _fit(self) -> None:
        self.setFixedWidth(round((NARROW if self._narrow else WIDTH) * theme().scale))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down walk the steps."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        here = next((n for n, made in enumerate(self.buttons) if made.hasFocus()), None)
        if step is None or here is None:
            super().keyPressEvent(event)
            return
        for number in range(here + step, len(self.buttons) if step > 0 else -1, step):
            if self.buttons[number].isEnabled():
                self.buttons[number].setFocus(Qt.FocusReason.TabFocusReason)
                return


class _Head(QWidget):
    """The seal, the program's name and what is being made."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words
        self._narrow = False

    def set_narrow(self, *, narrow: bool) -> None:
        self._narrow = narrow
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(60, round((84 if self._narrow else 122) * theme().scale))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, round((58 if self._narrow else 84) * theme().scale))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = theme().scale
        side = (36 if self._narrow else 43) * scale
        left = (self.width() - side) / 2 if self._narrow else 28
        seal = QRectF(left, min(32 * scale, (self.height() - side) / 2), side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens()["color"]["light"]["today"]))
        painter.drawRoundedRect(seal, 7, 7)
        font = theme().font(22, bold=True, serif=True)
        wide = metrics(font).horizontalAdvance("宝")
        white = QColor("#FFFFFF")
        draw_text(painter, seal.center().x() - wide / 2, seal.center().y(), "宝", font, white)
        if not self._narrow:
            right = seal.right() + 12
            draw_text(painter, right, seal.top() + 13 * scale, "宝公开排期", font, white)
            small = theme().font(13)
            draw_text(painter, right, seal.bottom() - 7 * scale, self._words, small, theme().color("railInk"))
        painter.end()


class _Foot(QWidget):
    """Two lines of small print."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__()
        self._lines = tuple(lines)

    def sizeHint(self) -> QSize:
        return QSize(60, round((24 * len(self._lines) + 24) * theme().scale))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        for number, line in enumerate(self._lines):
            middle = (24 * number + 10) * theme().scale
            draw_text(painter, 28, middle, line, theme().font(12), theme().color("railInk"))
        painter.end()


def _bright(name: str) -> QColor:
    """A colour that stands out on the rail, which is dark in both themes."""
    return QColor(tokens()["color"]["dark"][name])


def _faint() -> QColor:
    ink = QColor(theme().color("railInk"))
    ink.setAlphaF(0.55)
    return ink
