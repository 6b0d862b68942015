"""第三步 节假日与调休：已公布的随程序，未公布的估算，也可粘贴通知、读文件或逐日点。"""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from gui.kit.message_bar import BarArea
from gui.session.messages import Bar
from gui.years.holidays.holiday_editor import HolidayChoice, HolidayEditor
from gui.years.wizard.answers import Answers
from gui.years.wizard.step_page import StepPage
from planners.wording import estimate_mark


class HolidaysStep(StepPage):
    """The days off and the make-up days of the year."""

    def __init__(self) -> None:
        super().__init__("核对放假与调休", "工作日、期限和排期都按这张表算；调休上班的周末当工作日。")
        self.bars = BarArea(margins=(0, 0, 0, 0))
        self.editor = HolidayEditor()
        self.column.addWidget(self.bars)
        self.column.addSpacing(4)
        self.column.addWidget(self.editor)
        self.column.addStretch(1)
        self.editor.changed.connect(self.note_change)

    def adapt(self, size: QSize) -> None:
        """Calendar beside the sources, or below them."""
        self.editor.adapt(size)

    def fill(self, answers: Answers) -> None:
        """Show the days."""
        self.editor.show_choice(
            answers.year, HolidayChoice(answers.source, answers.holidays, answers.notice_text)
        )
        self._tell(answers)

    def read(self, answers: Answers) -> Answers:
        """The days chosen."""
        choice = self.editor.choice
        answers = answers._replace(
            source=choice.source, holidays=choice.holidays, notice_text=choice.notice_text
        )
        self._tell(answers)
        return answers

    def settle(self) -> None:
        """Read the pasted text to its end."""
        self.editor.read_now()

    def first_field(self) -> QWidget | None:
        """The text or the choice."""
        return self.editor.first_field()

    def _tell(self, answers: Answers) -> None:
        if answers.holidays.announced:
            self.bars.clear()
            return
        words = f"{estimate_mark(answers.year)}，没有调休。通知一般在上年 10、11 月公布，届时用“规则 → 导入放假安排…”更新，受影响的活动逐场给出改期建议。"
        if not self.bars.texts or self.bars.texts[0] != words:
            self.bars.show_bar(Bar("warning", words, (), "estimate", False))
