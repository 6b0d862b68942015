"""登记结果：办成了，到了多少人，用了哪些形式，报道在哪里。"""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSpinBox, QWidget

from gui.dialogs.choices import CheckGroup, in_old_order
from gui.dialogs.event_fields import FORMS
from gui.dialogs.form import FormDialog
from gui.operations.session import YearSession
from models import commands
from models.domain.errors import CommandError
from models.domain.events import Event, EventStatus
from planners import wording


class ResultDialog(FormDialog):
    """Turns an event whose day has come into 已举办, with its figures."""

    def __init__(self, session: YearSession, event: Event, parent: QWidget | None = None) -> None:
        super().__init__("登记结果", "登记为已举办", parent, width=560)
        self._session, self._event = session, event
        self.add_heading(f"登记结果：{event.short or event.title}", event.campaign)
        self.add_words(f"{event.title}\n{wording.time_label(event)}", "secondary")
        self.attended = QSpinBox(minimum=0, maximum=1_000_000)
        self.attended.setSpecialValueText("未统计")
        self.attended.lineEdit().setTextMargins(5, 0, 0, 0)
        self.attended.setValue(event.attended or 0)
        self.add_row("到场人数", self.attended)
        self.forms = CheckGroup({name: name for name in FORMS.get(event.campaign, ())}, columns=3)
        self.forms.set_values(event.forms)
        forms_row = self.add_row("形式", self.forms)
        forms_row.setVisible(event.campaign in FORMS)
        self.url = QLineEdit(event.url)
        self.url.setPlaceholderText("报道或回放的网址")
        self.add_row("网址", self.url)
        self.note = QPlainTextEdit(event.note)
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(80)
        self.add_row("备注", self.note)
        self.attended.setFocus()
        self.attended.selectAll()

    def accept_form(self) -> None:
        """The event is 已举办 with what was entered."""
        event = self._event
        if event.day is None or event.day > self._session.today:
            raise CommandError("活动还没有举办，不能登记结果。", "", "请在举办之后登记。")
        after = event._replace(
            status=EventStatus.HELD,
            attended=self.attended.value() or None,
            forms=in_old_order(self.forms, event.forms),
            url=self.url.text().strip(),
            note=self.note.toPlainText().strip(),
        )
        done = self._session.attempt(
            commands.change_event, self._session.year, after, f"登记“{event.short or event.title}”的结果"
        )
        if done is not None and done.changes:
            self._session.tell_done(done)
