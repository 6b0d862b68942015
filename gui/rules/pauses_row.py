"""规则参数里的停排期：列出、修改、新增；走进校区另有学校假期。各是一步，与参数分开保存。"""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from gui.kit.flow_layout import FlowLayout
from gui.kit.plain import button
from gui.rules.blocked_dialog import BlockedDialog
from gui.rules.terms_dialog import SchoolTermsDialog
from gui.services.rule_parameters import counted_campaigns, pause_days, pauses_of
from gui.session.year_session import YearSession
from models.domain.events import Campaign
from models.domain.year import BlockedPeriod
from planners.rule_rows import RuleLine


class PausesRow(QWidget):
    """A button for each 停排 of a line's campaigns, and those that add one; ``changed`` after each step."""

    changed = Signal()

    def __init__(self, session: YearSession, line: RuleLine) -> None:
        super().__init__()
        self._session, self._line = session, line
        self.setAccessibleName("停排期")
        self._flow = FlowLayout(self)
        self._flow.setContentsMargins(0, 4, 0, 2)
        self._show()

    def _show(self) -> None:
        while item := self._flow.takeAt(0):
            item.widget().deleteLater()
        session = self._session
        for pause in pauses_of(self._line, session.ruleset, session.snapshot.blocked):
            words = f"{pause_days(pause)} {pause.reason}".strip()
            self._add(f"{words}…", partial(self._change, pause))
        self._add("新增停排…", self._add_pause)
        if Campaign.CAMPUS in counted_campaigns(self._line, session.ruleset):
            self._add("学校假期…", self._ask_terms)

    def _add(self, words: str, run: object) -> None:
        self._flow.addWidget(button(words, run, small=True))  # type: ignore[arg-type]

    def buttons(self) -> list[str]:
        """What the buttons say, in their order."""
        return [self._flow.itemAt(n).widget().text() for n in range(self._flow.count())]  # type: ignore[attr-defined]

    def _add_pause(self) -> None:
        session = self._session
        campaigns = tuple(sorted(counted_campaigns(self._line, session.ruleset)))
        first = max(session.today, date(session.year, 1, 1))
        self._ask(BlockedDialog(session, first, BlockedPeriod("", first, first, campaigns=campaigns), self))

    def _change(self, pause: BlockedPeriod) -> None:
        self._ask(BlockedDialog(self._session, pause.first, pause, self))

    def _ask_terms(self) -> None:
        self._ask(SchoolTermsDialog(self._session, self))

    def _ask(self, dialog: QDialog) -> None:
        if dialog.exec():
            self._show()
            self.changed.emit()
        dialog.deleteLater()
