"""印发：先看一看还有什么没办好，再写名称与日期，整份冻结。"""

from __future__ import annotations

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from gui.kit.choices import Choice
from gui.kit.day_edit import day_edit
from gui.kit.form import FormDialog
from gui.kit.plain import button, restyle
from gui.kit.text_rows import TextRow
from gui.kit.theme import theme
from gui.releases.tables import RowsTable
from gui.session.year_session import YearSession
from models.domain.errors import CommandError
from models.releases import LONGEST_NAME, Release, last_number, release_year
from models.store import Store
from planners.release_concerns import Concern, ConcernKind, release_concerns
from planners.wording import QUARTERS

SIGNS = {
    ConcernKind.RULE: ("triangle-warn", "danger"),
    ConcernKind.DUE: ("flag", "danger"),
    ConcernKind.CONFLICT: ("square-x", "danger"),
    ConcernKind.INCOMPLETE: ("dashed-circle", "warning"),
    ConcernKind.UNCONFIRMED: ("clock", "ink2"),
}
LOWEST, HIGHEST = 3, 9
"""Rows of concerns that are seen at once."""


class ReleaseDialog(FormDialog):
    """Freezes the draft as the next release. ``made`` is it; ``wanted`` the concern that was gone to instead."""

    def __init__(self, session: YearSession, parent: QWidget | None = None) -> None:
        self._number = last_number(session.store, session.year) + 1
        super().__init__("印发", f"印发第{self._number}稿", parent, width=860)
        self._session = session
        self.made: Release | None = None
        self.wanted: Concern | None = None
        self.concerns: tuple[Concern, ...] = ()
        self.add_heading(f"印发 {session.year} 年度计划 · 第{self._number}稿")
        quarters: list[tuple[str, int | None]] = [
            (f"只印发{word}季度", number) for number, word in enumerate(QUARTERS, 1)
        ]
        self.scope: Choice[int | None] = Choice([("全年", None), *quarters])
        self.add_row("范围", self.scope)
        self.summary: QLabel = self.add_words("")
        self.table = RowsTable("印发前应看一看的", ("类别", "在哪里", "什么情况"), (124, 260, 380), 2)
        self._add_concerns()
        self.scope.currentIndexChanged.connect(self._look)
        self._look()
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setPlaceholderText(f"{session.year}年第{self._number}稿")
        self.add_row("名称", self.name)
        today = session.today
        self.day = day_edit()
        self.day.setDate(QDate(today.year, today.month, today.day))
        self.add_row("印发日期", self.day)
        self.add_words(
            "印发后范围内的整份冻结，带编号和校验值，不能修改、不能删除，也不能撤销；草案照常修改。"
            "其中已定日期的活动从此算作已发布，以后改动时日历会提示更新。代表的姓名、电话不写进印发稿。",
            "secondary",
        )
        if session.read_only:
            self.refuse(session.read_only_reason)
            self.accept_button.setEnabled(False)
        self.keep_drafts(session, str(self._number))
        self.name.setFocus()

    def _look(self, *_: object) -> None:
        """Show what should be seen of what is to be released."""
        session = self._session
        self.concerns = release_concerns(session.snapshot, session.check, self.scope.value())
        restyle(self.summary, "role", "" if self.concerns else "good")
        self.summary.setText(summary_words(self.concerns))
        self.table.show_rows([_row(concern) for concern in self.concerns])
        room = self.parentWidget().window().height() if self.parentWidget() else 900
        most = HIGHEST if room > 900 else 5
        rows = min(max(len(self.concerns), LOWEST), most)
        self.table.setFixedHeight(round((rows * 34 + 42) * theme().scale))
        for widget in (self.table, self.go_button):
            widget.setVisible(bool(self.concerns))

    def _add_concerns(self) -> None:
        self.table.chosen.connect(self._go)
        self.add_widget(self.table)
        self.go_button = button("去处理", self._on_go, kind="plain")
        self.go_button.setToolTip("Enter 或双击；这个窗口先关上")
        self.add_left_button(self.go_button)

    def _on_go(self) -> None:
        self._go(self.table.current)

    def _go(self, target: object) -> None:
        if isinstance(target, Concern):
            self.wanted = target
            self.reject()

    def accept_form(self) -> None:
        """Freeze the draft; refused with the reason where it cannot be."""
        day = self.day.date().toPython()
        session = self._session
        if last_number(session.store, session.year) + 1 != self._number:
            raise CommandError("别处刚印发了一稿。", "没有印发。", "请关上再看一次。")
        made: list[Release] = []

        def freeze(store: Store) -> None:
            made.append(release_year(store, session.year, self.name.text(), day, self.scope.value()))

        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            session.attempt(freeze)
        finally:
            QGuiApplication.restoreOverrideCursor()
        (self.made,) = made
        session.guard.forget()


def summary_words(concerns: tuple[Concern, ...]) -> str:
    """印发前请看一看：规则未满足 8 · 待确认 16（都不妨碍印发）."""
    if not concerns:
        return "刚性规则都已满足或已排，没有冲突，活动都已确认、填全。"
    counts = ((kind, sum(concern.kind is kind for concern in concerns)) for kind in ConcernKind)
    told = " · ".join(f"{kind.label} {count}" for kind, count in counts if count)
    return f"印发前请看一看：{told}（都不妨碍印发）"


def _row(concern: Concern) -> TextRow:
    sign, color = SIGNS[concern.kind]
    return TextRow((concern.kind.label, concern.title, concern.words), concern, sign, color)
