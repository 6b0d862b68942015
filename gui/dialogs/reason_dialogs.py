"""要写原因的几件事：延期、取消、登记说明、豁免；确认之前先看对规则的影响。"""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QWidget

from gui.dialogs.event_effects import effect_of
from gui.dialogs.form_dialog import FormDialog
from gui.operations.session import YearSession
from gui.plain import label
from models import commands
from models.domain.errors import CommandError
from models.domain.events import Event, EventStatus
from models.domain.year import Exemption
from planners import wording
from planners.results import Cell

REASONS = {
    EventStatus.POSTPONED: ("主讲人公务冲突", "场地另有安排", "天气原因", "参加对象调整", "按上级要求调整"),
    EventStatus.CANCELLED: ("工作安排调整", "并入其他活动", "按上级要求取消"),
}


class ReasonDialog(FormDialog):
    """A dialog with a reason in words, required."""

    def __init__(self, title: str, accept_text: str, parent: QWidget | None) -> None:
        super().__init__(title, accept_text, parent, width=520)
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.reason.setMaximumHeight(96)

    def words(self) -> str:
        """The reason given."""
        return self.reason.toPlainText().strip()


class StatusReasonDialog(FormDialog):
    """延期 or 取消 of an event: a reason, and what it does to the rules."""

    def __init__(
        self, session: YearSession, event: Event, status: EventStatus, parent: QWidget | None = None
    ) -> None:
        verb = "延期" if status is EventStatus.POSTPONED else "取消活动"
        super().__init__(f"{verb}：{event.short or event.title}", f"确认{verb[:2]}", parent, width=520)
        self._session, self._event, self._status = session, event, status
        self.form.addRow(label(f"{event.title}\n{wording.time_label(event)}", "secondary", wrap=True))
        self.reason = QComboBox()
        self.reason.setEditable(True)
        self.reason.addItems(REASONS[status])
        self.reason.setCurrentText("")
        self.reason.lineEdit().setPlaceholderText("请选择或填写")
        self.add_row("原因", self.reason)
        if status is EventStatus.POSTPONED:
            self.form.addRow(
                "新日期", label("暂不定，放入待定区；原定日期会记在活动里", "secondary", wrap=True)
            )
        effect = effect_of(session, event._replace(status=status))
        self.form.addRow(label(effect or "不影响刚性规则。", "warning" if effect else "good", wrap=True))
        self.form.addRow(label("将记入变更记录；已发出的日历会带着更新序号改过来。", "caption", wrap=True))
        self.reason.setFocus()

    def accept_form(self) -> None:
        """The event has its new status, with the reason."""
        key, year = self._event.key, self._session.year
        done = self._session.attempt(
            commands.set_event_status, year, key, self._status, self.reason.currentText()
        )
        if done is not None:
            self._session.tell_done(done)


class ExplainDialog(ReasonDialog):
    """登记说明 of a missed period: kept beside the fact, which stays."""

    def __init__(self, session: YearSession, cell: Cell, parent: QWidget | None = None) -> None:
        super().__init__("登记说明", "登记说明", parent)
        self._session, self._cell = session, cell
        sentence = wording.cell_sentence(cell, session.check, session.snapshot)
        self.form.addRow(label(sentence, wrap=True))
        self.form.addRow(
            label(f"“{session.ruleset.rule(cell.rule).quote}”（第{cell.clause}条）", "secondary", wrap=True)
        )
        self.reason.setPlainText(cell.reason)
        self.add_row("说明", self.reason)
        self.form.addRow(
            label("过去的周期不能补办；说明会随检查结果一起印出，未达成的事实保留。", "caption", wrap=True)
        )
        self.reason.setFocus()

    def accept_form(self) -> None:
        """The words are kept with the cell."""
        if not self.words():
            raise CommandError("请填写说明。")
        cell, year = self._cell, self._session.year
        self._session.attempt(
            commands.explain, year, cell.rule, cell.first, cell.last, cell.group, self.words()
        )


class ExemptDialog(ReasonDialog):
    """豁免 of a current or coming period, with its reason."""

    def __init__(self, session: YearSession, cell: Cell, parent: QWidget | None = None) -> None:
        super().__init__("登记豁免", "登记豁免", parent)
        self._session, self._cell = session, cell
        self.form.addRow(label(wording.cell_sentence(cell, session.check, session.snapshot), wrap=True))
        self.form.addRow(
            label(f"“{session.ruleset.rule(cell.rule).quote}”（第{cell.clause}条）", "secondary", wrap=True)
        )
        self.add_row("理由", self.reason)
        self.form.addRow(label("豁免后本周期不再计入检查点；可随时撤销。", "caption", wrap=True))
        self.reason.setFocus()

    def accept_form(self) -> None:
        """The exemption is registered."""
        cell = self._cell
        exemption = Exemption(cell.rule, cell.first, cell.last, cell.group, self.words())
        self._session.attempt(commands.exempt, self._session.year, exemption, self._session.today)
