"""新建年度：盖住整个窗口的一页，左边步骤、右边内容、下边按钮；随时存为草稿，从那一步接着填。"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gui.kit.announce import announce
from gui.kit.icons import icon
from gui.kit.message_bar import BarArea
from gui.kit.plain import button, escaped, label
from gui.kit.theme import theme
from gui.session.messages import Action, Bar
from gui.session.year_session import YearSession
from gui.years.wizard.answers import Answers, FirstRound, contents, first_answers
from gui.years.wizard.cover import Cover
from gui.years.wizard.draft import YearDraft, YearDraftFile
from gui.years.wizard.first_round_step import FirstRoundStep
from gui.years.wizard.holidays_step import HolidaysStep
from gui.years.wizard.problems import STEPS, WizardStep, steps
from gui.years.wizard.rules_step import RulesStep
from gui.years.wizard.step_page import StepPage
from gui.years.wizard.stepper import Stepper
from gui.years.wizard.themes_step import ThemesStep
from gui.years.wizard.units_step import UnitsStep
from gui.years.wizard.year_step import YearStep
from models import commands, queries
from models.domain.errors import UserError
from models.domain.snapshot import YearSnapshot

PROGRAM = "宝公开排期"
NARROW, LOW = 1180, 620
KEEP_AFTER_MS = 400
FOOT = ("每一步都可稍后再改", "退出后从这一步继续")


class NewYearWizard(QWidget):
    """Makes a year of the open data file, in one step that can be undone.

    It covers its parent; what is below cannot be reached until it is closed. ``created(year, first_round,
    previous)``: the year is in the data file; ``left()``: closed without it, the answers are kept in a draft.
    """

    created = Signal(int, object, object)
    left = Signal()

    def __init__(
        self,
        session: YearSession,
        parent: QWidget | None = None,
        *,
        year: int | None = None,
        clock: Callable[[], datetime] = datetime.now,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("NewYear")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("新建年度")
        self._session = session
        self._clock = clock
        self._known = session.years()
        self._years: dict[int, YearSnapshot] = {}
        self._is_over = False
        self._cover = Cover(self)
        self._file = YearDraftFile(session.store.path)
        self._draft_year = year if year is not None else max(self._known, default=session.today.year - 1) + 1
        self.answers = self._fresh()
        self._keeping = QTimer(self, interval=KEEP_AFTER_MS, singleShot=True)
        self._keeping.timeout.connect(self.keep_draft)
        self._build()
        self._add_keys()
        self._take_up_draft()
        self._open_step(self.answers.step)

    def _fresh(self) -> Answers:
        before = [known for known in self._known if known < self._draft_year]
        return first_answers(self._draft_year, self.year(max(before)) if before else None)

    def year(self, year: int) -> YearSnapshot:
        """A year of the data file, read once."""
        if year not in self._years:
            self._years[year] = queries.year_as_far_as_readable(self._session.store, year)
        return self._years[year]

    # what is seen

    def _build(self) -> None:
        self.stepper = Stepper("新建年度", FOOT)
        self.stepper.step_requested.connect(self.go_to)
        self.bars = BarArea(margins=(24, 12, 24, 0))
        self.pages: tuple[StepPage, ...] = (
            YearStep(self._known, self.year),
            RulesStep(),
            HolidaysStep(),
            UnitsStep(),
            ThemesStep(self.year),
            FirstRoundStep(self.year, self._session.today),
        )
        self.stack = QStackedWidget()
        for page in self.pages:
            self.stack.addWidget(page)
            page.changed.connect(self._on_changed)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.bars)
        right.addWidget(self.stack, 1)
        right.addWidget(self._build_footer())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.stepper)
        row.addLayout(right, 1)

    def _build_footer(self) -> QFrame:
        footer = QFrame(objectName="Footer")
        self.draft_button = button("存为草稿并退出", self.leave)
        self.back_button = button("上一步", self.go_back)
        self.next_button = button("", self.go_next, kind="primary")
        self.back_button.setToolTip("Alt+B")
        self.next_button.setToolTip("Alt+N")
        self.refusal = label(role="error", wrap=True)
        self.refusal.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(footer)
        row.setContentsMargins(40, 12, 40, 12)
        row.setSpacing(8)
        row.addWidget(self.draft_button)
        row.addWidget(self.refusal, 1)
        row.addWidget(self.back_button)
        row.addWidget(self.next_button)
        self._footer_row = row
        return footer

    def _add_keys(self) -> None:
        for keys, action in (("Alt+N", self.go_next), ("Alt+B", self.go_back), ("Esc", self.leave)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    # over the window

    def open(self) -> None:
        """Cover the window: what is below is out of reach until the wizard is closed."""
        self._cover.lay()
        self.show()
        self.raise_()
        self._focus_page()

    def _close(self) -> None:
        """Give the window back."""
        self._is_over = True
        self._keeping.stop()
        self._cover.lift()
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Only circles at the left of a narrow window."""
        super().resizeEvent(event)
        self._adapt(event.size())

    def _adapt(self, size: QSize) -> None:
        scale = theme().scale
        narrow = size.width() < NARROW * scale
        self.stepper.set_narrow(narrow=narrow, low=size.height() < LOW * scale)
        side = 20 if narrow else 40
        self._footer_row.setContentsMargins(side, 12, side, 12)

    # steps

    @property
    def step(self) -> int:
        """The step that is shown, from 0."""
        return self.answers.step

    @property
    def page(self) -> StepPage:
        """The page that is shown."""
        return self.pages[self.step]

    def steps(self) -> tuple[WizardStep, ...]:
        """All steps as they are answered now."""
        return steps(self.answers, self._known)

    def _reached(self) -> int:
        """The last step that can be gone to: the first with a problem ends the way."""
        shown = self.steps()
        wrong = next((number for number, step in enumerate(shown) if step.problem), len(shown) - 1)
        return max(self.step, min(self._furthest, wrong))

    def _open_step(self, number: int) -> None:
        self._furthest = max(getattr(self, "_furthest", 0), number)
        self.answers = self.answers._replace(step=number)
        self.page.show_answers(self.answers)
        self.stack.setCurrentIndex(number)
        self.page.area.verticalScrollBar().setValue(0)
        self._say("")
        self._follow()

    def go_to(self, number: int) -> None:
        """Show the step ``number``, where everything before it is in order."""
        if 0 <= number <= self._reached() and number != self.step:
            self._open_step(number)
            self._focus_page()
            self._keeping.start()
            announce(self, f"第 {number + 1} 步，共 {len(STEPS)} 步：{STEPS[number]}")

    def go_back(self) -> None:
        """Show the step before; what is wrong on this one stays to be mended."""
        if self.step > 0:
            self.go_to(self.step - 1)

    def go_next(self) -> None:
        """Show the next step, or make the year on the last one; a step with an error is not left."""
        if self._is_over or self._refused():
            return
        if self.step == len(STEPS) - 1:
            self._create()
        else:
            self._furthest = max(self._furthest, self.step + 1)
            self.go_to(self.step + 1)

    def _refused(self) -> bool:
        self.page.settle()
        problem = self.steps()[self.step].problem
        self._say(problem)
        if problem:
            announce(self, problem)
            if (field := self.page.first_field()) is not None:
                field.setFocus(Qt.FocusReason.OtherFocusReason)
        return bool(problem)

    def _say(self, words: str) -> None:
        self.refusal.setText(words)

    def _follow(self) -> None:
        """Stepper and buttons as the answers are now."""
        last = self.step == len(STEPS) - 1
        self.stepper.show_steps(self.steps(), self.step, self._reached())
        self.back_button.setEnabled(self.step > 0)
        words = f"新建 {self.answers.year} 年度" if last else f"下一步：{STEPS[self.step + 1]}"
        self.next_button.setText(escaped(words))
        self.next_button.setIcon(icon("check" if last else "arrow-right", "onPrimary"))
        self.window().setWindowTitle(f"{PROGRAM} — 新建 {self.answers.year} 年度")

    def _focus_page(self) -> None:
        field = self.page.first_field()
        (field or self.next_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_changed(self) -> None:
        if self._is_over:
            return
        self.answers = self.page.take(self.answers)._replace(step=self.step)
        if self.refusal.text():
            self._say(self.steps()[self.step].problem)
        self._follow()
        self._keeping.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, from fields of one line and from the page itself; never past an error.

        A button takes Enter for itself; with Ctrl it goes on from anywhere.
        """
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focus = self.focusWidget()
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.go_next()
            elif isinstance(focus, QAbstractButton):
                focus.click()
            elif not isinstance(focus, QPlainTextEdit):
                self.go_next()
            event.accept()
            return
        super().keyPressEvent(event)

    # the draft

    def _take_up_draft(self) -> None:
        self._furthest = 0
        draft = self._file.read()
        if draft is None:
            return
        answers = draft.answers
        if answers.previous is not None and answers.previous not in self._known:
            answers = answers._replace(previous=None, first_round=FirstRound.AUTO)
        self.answers, self._furthest = answers, answers.step
        words = f"接着 {draft.at:%m月%d日 %H:%M} 的草稿填：{answers.year} 年度，第 {answers.step + 1} 步。"
        self.bars.show_bar(Bar("info", words, (Action("重新开始", self.start_again),), "draft"))

    def start_again(self) -> None:
        """Forget the draft and everything answered."""
        self._file.discard()
        self.bars.clear()
        self.answers = self._fresh()
        self._furthest = 0
        self._open_step(0)
        self._focus_page()

    def keep_draft(self) -> bool:
        """Whether the answers so far are on the disk."""
        return self._file.keep(YearDraft(self.answers, self._clock()))

    def leave(self) -> None:
        """Keep the answers and close; nothing of the data file has changed."""
        if self._is_over:
            return
        if self.keep_draft():
            self._session.messages.toast("已存为草稿，再点“新建年度”从这一步接着填")
        else:
            self._session.messages.toast("草稿没有存下来，这个文件夹写不进去；数据没有改动")
        self._close()
        self.left.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """The window closes with the wizard open: nothing that was answered is lost."""
        if not self._is_over and self._keeping.isActive():
            self._keeping.stop()
            self.keep_draft()
        super().hideEvent(event)

    # the year

    def _create(self) -> None:
        """The year stands in the data file as one step; an error is said and nothing changed."""
        shown = self.steps()
        wrong = next((number for number, step in enumerate(shown) if step.problem), None)
        if wrong is not None:
            self._furthest = max(self._furthest, wrong)
            self._open_step(wrong)
            self._say(shown[wrong].problem)
            return
        try:
            self._session.attempt(commands.create_year, contents(self.answers))
        except UserError as error:
            self._say(str(error))
            announce(self, str(error))
            return
        self._file.discard()
        self._close()
        self.created.emit(self.answers.year, self.answers.first_round, self.answers.previous)
