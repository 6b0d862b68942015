"""登记结果：办成了，到了多少人，用了哪些形式，报道在哪里，佐证材料齐不齐。"""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from gui.event.evidence.evidence_list import EvidenceList
from gui.event.evidence.pending import PendingEvidence
from gui.event.fields import FORMS, MOST
from gui.kit.choices import CheckGroup
from gui.kit.controls import line_edit, note_edit, number_edit
from gui.kit.form import FormDialog
from gui.session.year_session import YearSession
from models.domain.errors import CommandError
from models.domain.events import Event, EventStatus
from models.evidence import checked_link, record_result
from planners import wording


class ResultDialog(FormDialog):
    """Turns an event whose day has come into 已举办, with its figures and its evidence; one step.

    Files may be dropped anywhere on it. They are copied at once and forgotten when the form is left.
    """

    def __init__(self, session: YearSession, event: Event, parent: QWidget | None = None) -> None:
        held = event.status is EventStatus.HELD
        name = "修改结果" if held else "登记结果"
        super().__init__(name, "保存结果" if held else "登记为已举办", parent, width=640)
        self._session, self._event = session, event
        self.add_heading(f"{name}：{event.short or event.title}", event.campaign)
        self.add_words(f"{event.title}\n{wording.time_label(event)}", "secondary")
        self.attended = self.bind(
            "到场人数",
            number_edit(0, MOST, "未统计"),
            "attended",
            into=lambda count: count or 0,
            out_of=lambda count: count or None,
        )
        forms = CheckGroup({name: name for name in FORMS.get(event.campaign, ())}, columns=4)
        self.forms = self.bind("形式", forms, "forms")
        self.row_of(self.forms).setVisible(event.campaign in FORMS)
        self.url = self.bind("网址", line_edit("报道或回放的网址"), "url")
        self.note = self.bind("备注", note_edit(64), "note")
        self.fields.show(event)
        self._add_evidence()
        self.keep_drafts(session, event.key)
        self.attended.setFocus()
        self.attended.selectAll()

    def _add_evidence(self) -> None:
        self.evidence_list = EvidenceList()
        self.add_row("佐证材料", self.evidence_list)
        self.evidence = PendingEvidence(
            self._session, self.evidence_list, self, self.entered, self._say_about_evidence
        )
        self.evidence.refresh()
        self.evidence.refreshed.connect(self._on_evidence)
        self.forms.changed.connect(self.evidence.refresh)
        self.url.editingFinished.connect(self.evidence.refresh)
        self.setAcceptDrops(True)

    def _on_evidence(self) -> None:
        if self.isVisible():
            QTimer.singleShot(0, self, self.fit)

    def _say_about_evidence(self, words: str) -> None:
        self.refuse(words)

    def entered(self) -> Event:
        """The event as the form has it."""
        return self.fields.applied_to(self._event)._replace(status=EventStatus.HELD)

    def accept_form(self) -> None:
        """The event is 已举办 with what was entered."""
        event, session = self._event, self._session
        if event.is_ahead(session.today):
            raise CommandError("活动还没有举办，不能登记结果。", "", "请在举办之后登记。")
        if self.evidence.adder.busy:
            raise CommandError("佐证材料还在加入。", "", "请等它完成，或先停止。")
        after = self.entered()
        if after.url and after.url != event.url:
            try:
                checked_link(after.url)
            except CommandError:
                self.row_of(self.url).say("请填以 http:// 或 https:// 开头的完整网址")
                raise
        wanted = self.evidence.wanted()
        session.attempt_and_tell(record_result, after, wanted)
        self.evidence.forget_unused(wanted)

    def reject(self) -> None:
        """Nothing is stored; what was copied for this form is gone again."""
        self.evidence.forget_unused()
        super().reject()

    # files may be dropped and pasted anywhere on the form

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """What the list takes is taken here too."""
        self.evidence_list.dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """What the list takes is taken here too."""
        self.evidence_list.dropEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V outside a text field takes files and links."""
        if event.matches(QKeySequence.StandardKey.Paste) and self.evidence_list.paste():
            return
        super().keyPressEvent(event)
