"""核对同事的日历或印件的校验码：在后台与每一份印发稿和草案比。"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import (
    QHeaderView,
    QLineEdit,
    QWidget,
)

from gui.kit.choices import Choice
from gui.kit.form import FormDialog
from gui.kit.row_table import SummaryTable
from gui.kit.theme import theme
from gui.session.plan_versions import MakePlan, plan_maker
from gui.session.runner import Runner, RunProgress
from gui.session.year_session import YearSession
from models.apart import read_apart, whole_file
from models.domain.errors import CommandError, UserError
from models.domain.text import quoted
from models.releases import Release, releases

if TYPE_CHECKING:
    from exports.drift import Candidate, DriftReport

ROWS_SEEN = 10
HEADS = ("差别", "活动", "日期", "对方 → 应为")
DRAFT_LABEL = "草案"
Source = tuple[str, Release | None, MakePlan]


class Drifting(QObject):
    """Shows which release a calendar or a code is, and what it lacks; nothing is changed."""

    def __init__(self, session: YearSession, runner: Runner, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._runner = runner
        self._window = window

    def check_file(self, path: Path) -> None:
        """Check the file that was dropped or chosen."""
        self._start(path.name, partial(_checked, path))

    def check_text(self, text: str) -> None:
        """Check a code or a whole line from the foot of a print."""
        self._start("", partial(_told, text))

    def _start(self, name: str, check: Callable[[tuple[Source, ...], RunProgress], DriftReport]) -> None:
        session = self._session
        try:
            sources = candidates_of(session)
        except UserError as error:
            session.messages.error(error)
            return
        self._runner.run("核对", partial(check, sources), partial(self._show, name))

    def _show(self, name: str, report: DriftReport) -> None:

        self._session.messages.withdraw("error")
        DriftDialog(name, report, self._window).open()


def candidates_of(session: YearSession) -> tuple[Source, ...]:
    """The releases, oldest first, then the draft. A damaged release is left out and told."""
    found: list[Source] = []
    for release in releases(session.store, session.year):
        try:
            found.append((release.label, release, plan_maker(session, release.number)))
        except UserError as error:
            session.messages.bar("warning", str(error), topic="drift")
    return (*found, (DRAFT_LABEL, None, plan_maker(session, None)))


def _checked(path: Path, sources: tuple[Source, ...], progress: RunProgress) -> DriftReport:
    """The file beside every state, read in a process of its own."""
    from exports.drift import MOST_BYTES, NOTHING, against

    asked = whole_file(path, MOST_BYTES, NOTHING), _candidates(sources), path.name
    return read_apart(against, asked, path.name, NOTHING, partial(progress.step, 0, 0))


def _told(text: str, sources: tuple[Source, ...], _: RunProgress) -> DriftReport:
    from exports.drift import against

    return against(text.encode(errors="replace"), _candidates(sources))


def _candidates(sources: tuple[Source, ...]) -> list[Candidate]:
    from exports.drift import Candidate

    found = []
    for label, release, make in sources:
        plan = make()
        digest, number = (release.digest, release.number) if release else ("", None)
        found.append(Candidate(label, plan.snapshot, digest, number, plan.check))
    return found


class DriftDialog(FormDialog):
    """Shows a ``DriftReport``; the state to compare with can be chosen, the latest at first."""

    def __init__(self, name: str, report: DriftReport, parent: QWidget | None = None) -> None:
        super().__init__("核对日历与印件", "知道了", parent, width=940)
        self._report = report
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.back_button.hide()
        self.add_heading(quoted(name) if name else report.what)
        self.answer = self.add_words(report.words, "strong")
        if report.scope:
            self.add_words(f"范围：{report.scope}", "secondary")
        if report.problems:
            self.add_words("；".join(report.problems[:5]), "warning")
        if report.comparisons:
            self._build_comparison()

    def _build_comparison(self) -> None:
        comparisons = self._report.comparisons
        self.choice = Choice([(one.label, one) for one in comparisons])
        self.choice.setCurrentIndex(len(comparisons) - 1)
        self.add_row("相比", self.choice)
        self.table = SummaryTable("与所选的一份不同的活动")
        self.table.setTabKeyNavigation(False)
        self.add_widget(self.table)
        self.nothing = self.add_words("与所选的这一份一致。", "good")
        self.choice.currentIndexChanged.connect(self._show)
        self._show()

    def _show(self) -> None:
        drifts = self.choice.value().drifts
        self.nothing.setVisible(not drifts)
        self.table.setVisible(bool(drifts))
        rows = [(drift.kind.label, drift.title, drift.day, drift.words) for drift in drifts]
        self.table.show_rows(HEADS, rows)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(1, round(230 * theme().scale))
        height = self.table.verticalHeader().defaultSectionSize()
        self.table.setFixedHeight((min(len(drifts), ROWS_SEEN) + 1) * height + 22)
        if self.isVisible():
            self.fit()


class CodeDialog(FormDialog):
    """Asks for the code at the foot of a print; ``text`` is the answer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("核对印件", "核对", parent, width=520)
        self.text = ""
        self.add_heading("这份印件是哪一稿？")
        self.add_words(
            "把页脚的一行抄在这里，或只抄其中的校验码（6 位以上）。日历文件、印件（.pdf、.docx）可以直接拖进主窗口。",
            "secondary",
        )
        self.entry = QLineEdit()
        self.entry.setMaxLength(500)
        self.entry.setPlaceholderText("如：印发稿3（2027年6月1日） 3FA9C2D1")
        self.add_row("页脚", self.entry)
        self.entry.setFocus()

    def accept_form(self) -> None:
        """``text`` is what was entered; ``CommandError`` where nothing was."""
        self.text = self.entry.text().strip()
        if not self.text:
            raise CommandError("还没有填写校验码。")
