"""自动排期的小窗：运行中的样子；没有算出来时，说清为什么、留下了什么、还能做什么。"""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QElapsedTimer, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QProgressBar, QStackedLayout, QWidget

from gui.kit.announce import announce
from gui.kit.boxes import in_column, in_row
from gui.kit.icons import paint_icon
from gui.kit.marks import draw_text, fitted, metrics, text_width
from gui.kit.message_bar import MessageBar
from gui.kit.plain import button, label
from gui.kit.theme import theme
from gui.planning.process import LONGEST, PlanningError
from gui.session.messages import Bar, error_words
from planners.proposals import Progress, Step

TICK = 200
_ORDER = tuple(Step)
_TURN_EVERY = 80
_SIDE = 16
WIDTH = 480


class PlanningDialog(QDialog):
    """Shows one run beside the window, which stays usable for reading.

    Closed or Esc while it runs: ``cancel_requested``. After a failure it stays, with ``retry_requested``,
    ``conditions_requested`` and ``diagnosis_requested``.
    """

    stop_requested = Signal()
    cancel_requested = Signal()
    retry_requested = Signal()
    conditions_requested = Signal()
    diagnosis_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("自动排期")
        self.setModal(False)
        self.pane = RunningPane()
        self.pane.stop_requested.connect(self.stop_requested)
        self.pane.cancel_requested.connect(self.cancel_requested)
        self.failure: FailurePane | None = None
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.pane)
        self.resize(round(WIDTH * theme().scale), self.pane.sizeHint().height())
        self.pane.stop_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_progress(self, progress: Progress) -> None:
        """Show how far the run is now."""
        self.pane.show_progress(progress)

    def show_failure(self, error: PlanningError) -> None:
        """The run ended without a proposal: say why and what was kept, and offer what can be done."""
        self.pane.end()
        self.failure = FailurePane(error, self.pane.stopped_at)
        self.failure.close_button.clicked.connect(self.close)
        self.failure.retry_button.clicked.connect(self.retry_requested)
        self.failure.conditions_button.clicked.connect(self.conditions_requested)
        self.failure.diagnosis_button.clicked.connect(self.diagnosis_requested)
        self._pages.addWidget(self.failure)
        self._pages.setCurrentWidget(self.failure)
        width = self.width()
        self.resize(width, max(self.failure.sizeHint().height(), self.failure.heightForWidth(width)))
        self.failure.retry_button.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, error_words(error))

    def finish(self) -> None:
        """Go away without asking for anything."""
        self.pane.end()
        self.hide()
        self.deleteLater()

    def reject(self) -> None:
        """Esc: as the cross of the window."""
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """While it runs, the run is cancelled; afterwards the dialog goes."""
        if self.failure is None:
            event.ignore()
            self.cancel_requested.emit()
            return
        super().closeEvent(event)
        self.deleteLater()


class FailurePane(QWidget):
    """Why there is no proposal. What was found is not lost where it could be kept; the plan is untouched."""

    def __init__(self, error: PlanningError, stopped_at: str) -> None:
        super().__init__()
        self.close_button = button("关闭")
        self.diagnosis_button = button("导出诊断…")
        self.conditions_button = button("调整条件…")
        self.retry_button = button("再试一次", kind="primary")
        self.bar = MessageBar(Bar("danger", error_words(error), closable=False))
        self._lay_out(stopped_at, error.trace)

    def _lay_out(self, stopped_at: str, trace: str) -> None:
        buttons = in_row(
            self.diagnosis_button,
            None,
            self.close_button,
            self.conditions_button,
            self.retry_button,
            spacing=8,
        )
        column = in_column(
            label("没有算出方案", "heading"),
            self.bar,
            label(stopped_at, "secondary", wrap=True),
            inside=self,
            margins=(24, 18, 24, 18),
            spacing=10,
        )
        if trace:
            column.addWidget(label("出错的位置（不含任何活动内容）：", "caption"))
            places = QPlainTextEdit(trace)
            places.setReadOnly(True)
            places.setTabChangesFocus(True)
            places.setAccessibleName("出错的位置")
            places.setFixedHeight(round(96 * theme().scale))
            column.addWidget(places)
        column.addStretch(1)
        column.addLayout(buttons)


class RunningPane(QWidget):
    """A run under way. ``stop_requested``: the best plan is wanted now; ``cancel_requested``: none is."""

    stop_requested = Signal()
    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._step: Step | None = None
        self._words: dict[Step, str] = {}
        self._begun_at: dict[Step, float] = {}
        self._ended_at: dict[Step, float] = {}
        self._clock = QElapsedTimer()
        self._clock.start()
        self._spent = label("", "secondary")
        self._bar = QProgressBar(minimum=0, maximum=round(LONGEST * 1000), textVisible=False)
        self._bar.setAccessibleName("用时")
        self.lines = {step: StepLine(step.label) for step in Step}
        self.curve = BestCurve()
        self._promise = label("随时停止都会得到当前最好的方案。", "caption")
        self.cancel_button = button("取消，不改动", self.cancel_requested.emit)
        self.stop_button = button("停止并看当前方案", self._on_stop, kind="primary")
        self._lay_out()
        self._ticking = QTimer(self, interval=TICK)
        self._ticking.timeout.connect(self._tick)
        self._ticking.start()
        self._tick()

    def _lay_out(self) -> None:
        head = in_row(label("正在排期", "heading"), None, self._spent)
        buttons = in_row(None, self.cancel_button, self.stop_button, spacing=8)
        in_column(
            head,
            10,
            self._bar,
            14,
            *self.lines.values(),
            10,
            self.curve,
            10,
            self._promise,
            16,
            None,
            buttons,
            inside=self,
            margins=(24, 18, 24, 18),
            spacing=0,
        )

    def show_progress(self, progress: Progress) -> None:
        """Show how far the run is now."""
        now = self.seconds
        if progress.step is not self._step:
            if self._step is not None:
                self._ended_at[self._step] = now
            self._begun_at.setdefault(progress.step, now)
            self._step = progress.step
        if progress.words:
            self._words[progress.step] = progress.words
        self.curve.show_best(now, progress.open_demands)
        self._show_lines()

    def show_stopping(self) -> None:
        """The best plan is on its way; nothing more can be asked but to cancel."""
        self.stop_button.setEnabled(False)
        self.stop_button.setText("正在收尾……")
        self._promise.setText("正在写出当前最好的方案。")

    def end(self) -> None:
        """The run is over: the clock stands still."""
        self._ticking.stop()
        for step, line in self.lines.items():
            if line.stage is StepStage.GOING:
                line.show_step(StepStage.WAITING, self._line_words(step), line.number)

    @property
    def seconds(self) -> float:
        """Seconds since the run began."""
        return self._clock.elapsed() / 1000

    @property
    def spent_words(self) -> str:
        """已用 6 秒 / 上限 20 秒."""
        return self._spent.text()

    @property
    def stopped_at(self) -> str:
        """Where the run stands, in words."""
        step = self._step.label if self._step else "启动"
        found = f"，最好的方案还差 {self.curve.best} 处" if self.curve.best is not None else ""
        return f"停在“{step}”这一步{found}。"

    def _on_stop(self) -> None:
        self.show_stopping()
        self.stop_requested.emit()

    def _tick(self) -> None:
        self._spent.setText(f"已用 {int(self.seconds)} 秒 / 上限 {LONGEST:.0f} 秒")
        self._bar.setValue(min(self._clock.elapsed(), self._bar.maximum()))
        if self.curve.best is not None:
            self.curve.show_best(self.seconds)

    def _show_lines(self) -> None:
        at = _ORDER.index(self._step) if self._step else -1
        for number, (step, line) in enumerate(self.lines.items()):
            stage = StepStage.DONE if number < at else StepStage.GOING if number == at else StepStage.WAITING
            line.show_step(stage, self._line_words(step), self._number(step, stage))

    def _line_words(self, step: Step) -> str:
        words = self._words.get(step, "")
        if step is Step.READ:
            return f"{step.label} {words}" if words else step.label
        if step is not Step.SEARCH or step not in self._begun_at:
            return step.label
        known = "正在找可行方案" if self.curve.best is None else "已找到可行方案，正在改进"
        return f"{step.label}：{words or known}"

    def _number(self, step: Step, stage: StepStage) -> str:
        words = self._words.get(step, "")
        if words and step in (Step.CANDIDATES, Step.EXPLAIN):
            return words
        if stage is StepStage.DONE and step in self._ended_at:
            return f"{self._ended_at[step] - self._begun_at[step]:.1f} 秒"
        return ""


class BestCurve(QWidget):
    """The number of unmet demands over time."""

    def __init__(self) -> None:
        super().__init__()
        self._steps: list[tuple[float, int]] = []
        self._now = 0.0
        self.setAccessibleName("未满足的处数")

    def show_best(self, seconds: float, unmet: int | None = None) -> None:
        """At ``seconds`` the best plan leaves ``unmet`` demands open; None: nothing better was found."""
        self._now = max(self._now, seconds)
        if unmet is not None and (not self._steps or unmet < self._steps[-1][1]):
            self._steps.append((self._now, unmet))
            self.setAccessibleDescription(self.words)
        self.update()

    @property
    def words(self) -> str:
        """未满足 8 → 3; empty before the first plan."""
        if not self._steps:
            return ""
        first, last = self._steps[0][1], self._steps[-1][1]
        return f"未满足 {first} → {last}" if first != last else f"未满足 {last}"

    @property
    def best(self) -> int | None:
        """What the best plan leaves open."""
        return self._steps[-1][1] if self._steps else None

    def sizeHint(self) -> QSize:
        """Three lines of text high."""
        return QSize(240, round(metrics(theme().font(12)).height() * 3.2))

    def minimumSizeHint(self) -> QSize:
        """No lower than that."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground lines, the steps and the words at their end."""
        del event
        painter = QPainter(self)
        top, bottom = 8.5, self.height() - 8.5
        painter.setPen(QPen(theme().color("grid"), 1))
        for line in (top, (top + bottom) / 2, bottom):
            painter.drawLine(QPointF(0, round(line) + 0.5), QPointF(self.width(), round(line) + 0.5))
        if self._steps:
            self._paint_steps(painter, top, bottom)
        painter.end()

    def _paint_steps(self, painter: QPainter, top: float, bottom: float) -> None:
        font = theme().font(12, bold=True)
        room = self.width() - text_width(font, self.words) - 16
        begin, most = self._steps[0][0], max(1, self._steps[0][1])
        span = max(0.1, self._now - begin)
        points: list[QPointF] = []
        level = top
        for seconds, unmet in self._steps:
            left = (seconds - begin) / span * room
            points.append(QPointF(left, level))
            level = bottom - (bottom - top) * unmet / most
            points.append(QPointF(left, level))
        points.append(QPointF(room, level))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme().color("primary"), 2))
        painter.drawPolyline(QPolygonF(points))
        half = metrics(font).height() / 2
        box = QRectF(room + 4, level - half, text_width(font, self.words) + 8, 2 * half)
        box.moveTop(min(max(box.top(), 0), self.height() - box.height()))
        painter.fillRect(box, theme().color("surface"))
        draw_text(painter, room + 8, box.center().y(), self.words, font, theme().color("primary"))


class StepStage(Enum):
    """How far a step is."""

    WAITING = "未开始"
    GOING = "进行中"
    DONE = "已完成"


class StepLine(QWidget):
    """One step in words, with its mark at the left and a number at the right."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.stage = StepStage.WAITING
        self.words, self.number = words, ""
        self._angle = 0
        self._turning = QTimer(self, interval=_TURN_EVERY)
        self._turning.timeout.connect(self._turn)
        self._name()

    def show_step(self, stage: StepStage, words: str, number: str = "") -> None:
        """Show the step as it is now; it turns only while it is going and seen."""
        if (stage, words, number) == (self.stage, self.words, self.number):
            return
        self.stage, self.words, self.number = stage, words, number
        if stage is StepStage.GOING:
            self._turning.start()
        else:
            self._turning.stop()
        self._name()
        self.update()

    def _name(self) -> None:
        self.setAccessibleName(f"{self.words}，{self.stage.value}{f'，{self.number}' if self.number else ''}")

    def _turn(self) -> None:
        self._angle = (self._angle + 30) % 360
        if self.isVisible():
            self.update()

    def sizeHint(self) -> QSize:
        """A line of text."""
        return QSize(200, round(metrics(theme().font(14)).height() + 8))

    def minimumSizeHint(self) -> QSize:
        """A line of text."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint mark, words and number."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        self._paint_mark(painter, QRectF(1, middle - _SIDE / 2, _SIDE, _SIDE))
        small = theme().font(12)
        left = self.width() - text_width(small, self.number)
        draw_text(painter, left, middle, self.number, small, theme().color("ink2"))
        font = theme().font(14, bold=self.stage is StepStage.GOING)
        ink = "ink2" if self.stage is StepStage.WAITING else "ink"
        words = fitted(self.words, font, left - _SIDE - 22)
        draw_text(painter, _SIDE + 12, middle, words, font, theme().color(ink))
        painter.end()

    def _paint_mark(self, painter: QPainter, box: QRectF) -> None:
        if self.stage is StepStage.DONE:
            paint_icon(painter, "check", box, theme().color("success"))
            return
        going = self.stage is StepStage.GOING
        ring = box.adjusted(2, 2, -2, -2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme().color("primary" if going else "controlBorder"), 2 if going else 1.5))
        if going:
            painter.drawArc(ring, -self._angle * 16, 270 * 16)
        else:
            painter.drawEllipse(ring)
