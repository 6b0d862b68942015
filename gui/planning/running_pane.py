"""正在排期：用时、四步、到目前最好的方案，随时可以停下来看，也可以不要。"""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from gui.kit.plain import button, label
from gui.planning.best_curve import BestCurve
from gui.planning.process import LONGEST
from gui.planning.step_line import Stage, StepLine
from planners.proposals import Progress, Step

TICK = 200
_ORDER = tuple(Step)


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
        head = QHBoxLayout()
        head.addWidget(label("正在排期", "heading"))
        head.addStretch(1)
        head.addWidget(self._spent)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.stop_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(0)
        column.addLayout(head)
        column.addSpacing(10)
        column.addWidget(self._bar)
        column.addSpacing(14)
        for line in self.lines.values():
            column.addWidget(line)
        column.addSpacing(10)
        column.addWidget(self.curve)
        column.addSpacing(10)
        column.addWidget(self._promise)
        column.addSpacing(16)
        column.addStretch(1)
        column.addLayout(buttons)

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
            if line.stage is Stage.GOING:
                line.show_step(Stage.WAITING, self._line_words(step), line.number)

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
            stage = Stage.DONE if number < at else Stage.GOING if number == at else Stage.WAITING
            line.show_step(stage, self._line_words(step), self._number(step, stage))

    def _line_words(self, step: Step) -> str:
        words = self._words.get(step, "")
        if step is Step.READ:
            return f"{step.label} {words}" if words else step.label
        if step is not Step.SEARCH or step not in self._begun_at:
            return step.label
        known = "正在找可行方案" if self.curve.best is None else "已找到可行方案，正在改进"
        return f"{step.label}：{words or known}"

    def _number(self, step: Step, stage: Stage) -> str:
        words = self._words.get(step, "")
        if words and step in (Step.CANDIDATES, Step.EXPLAIN):
            return words
        if stage is Stage.DONE and step in self._ended_at:
            return f"{self._ended_at[step] - self._begun_at[step]:.1f} 秒"
        return ""
