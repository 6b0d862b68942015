"""登记结果：办成了，到了多少人，用了哪些形式，报道在哪里。"""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSpinBox, QWidget

from gui.dialogs.choice_fields import CheckGroup
from gui.dialogs.event_dialog import FORMS
from gui.dialogs.form_dialog import FormDialog
from gui.operations.session import YearSession
from gui.plain import label
from models import commands
from models.domain.errors import CommandError
from models.domain.events import Event, EventStatus
from planners import wording


class ResultDialog(FormDialog):
    """Turns an event whose day has come into 已举办, with its figures."""

    def __init__(self, session: YearSession, event: Event, parent: QWidget | None = None) -> None:
        super().__init__(f"登记结果：{event.short or event.title}", "登记为已举办", parent, width=520)
        self._session, self._event = session, event
        self.form.addRow(label(f"{event.title}\n{wording.time_label(event)}", "secondary", wrap=True))
        self.attended = QSpinBox(minimum=0, maximum=1_000_000)
        self.attended.setSpecialValueText("未统计")
        self.attended.setValue(event.attended or 0)
        self.add_row("到场人数", self.attended)
        self.forms = CheckGroup({name: name for name in FORMS.get(event.campaign, ())})
        self.forms.set_values(event.forms)
        if event.campaign in FORMS:
            self.add_row("形式", self.forms)
        self.url = QLineEdit(event.url)
        self.url.setPlaceholderText("报道或回放地址")
        self.add_row("网址", self.url)
        self.note = QPlainTextEdit(event.note)
        self.note.setTabChangesFocus(True)
        self.note.setMaximumHeight(80)
        self.add_row("备注", self.note)
        self.attended.setFocus()

    def accept_form(self) -> None:
        """The event is 已举办 with what was entered."""
        event = self._event
        if event.day is None or event.day > self._session.today:
            raise CommandError("活动还没有举办，不能登记结果。", "", "请在举办之后登记。")
        after = event._replace(
            status=EventStatus.HELD,
            attended=self.attended.value() or None,
            forms=self.forms.values() if event.campaign in FORMS else event.forms,
            url=self.url.text().strip(),
            note=self.note.toPlainText().strip(),
        )
        done = self._session.attempt(
            commands.change_event, self._session.year, after, f"登记“{event.short or event.title}”的结果"
        )
        if done is not None:
            self._session.tell_done(done)
