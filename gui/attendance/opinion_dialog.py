"""一条意见：谁提的、由谁研究、哪天转去、采纳没有、怎样答复。"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gui.attendance.attendance_form import AttendanceForm, change
from gui.attendance.people_fields import note_edit
from gui.attendance.study_fields import StudyFields
from gui.kit.choices import Choice
from gui.session.redaction import decision_name, delegate_words
from gui.session.year_session import YearSession
from models import commands
from models.domain.attendance import Opinion
from models.domain.changes import RowChange
from models.domain.errors import CommandError
from models.domain.snapshot import ItemKind
from planners.attendance.stages import DecisionLine

LONGEST = 2000


class OpinionDialog(AttendanceForm):
    """Adds an opinion on a decision, or changes ``opinion``; one step."""

    def __init__(
        self,
        session: YearSession,
        line: DecisionLine,
        opinion: Opinion | None = None,
        parent: QWidget | None = None,
    ) -> None:
        words = "意见与采纳" if opinion else "新增意见"
        super().__init__(session, words, parent, width=640)
        self._line, self._before = line, opinion
        shown = opinion or Opinion("", line.decision.key, "", "")
        self.add_heading(words)
        self.add_words(decision_name(line.decision), "secondary")
        people = speakers(session, line)
        self.who: Choice[str] = Choice(people)
        if shown.delegate:
            self.who.choose(shown.delegate)
        self._who_row = self.add_row("谁提的", self.who)
        if not people:
            self._who_row.say("还没有登记代表，请先新增代表", "warning")
        self.text = note_edit(shown.text, 76, "意见的原话或摘要（必填）")
        self._text_row = self.watch(self.add_row("意见", self.text), self.text.toPlainText)
        self.study = StudyFields(session, shown)
        for name, row in self.study.rows(self):
            if name:
                self.watch(row, name)
        self.opened(line.decision.key, opinion.key if opinion else "")
        self.text.setFocus()

    def step_title(self) -> str:
        """新增/修改意见."""
        return f"{'修改' if self._before else '新增'}意见（{decision_name(self._line.decision)}）"

    def changes(self) -> list[RowChange]:
        """The opinion."""
        text = self.text.toPlainText().strip()
        self._text_row.say("" if text else "请写下意见")
        if not self.who.count():
            raise CommandError("还没有登记代表。", "没有保存。", "请先新增代表。")
        if not text:
            self.text.setFocus()
            raise CommandError("还没有写下意见。", "没有保存。")
        if len(text) > LONGEST:
            raise CommandError(f"意见太长，至多 {LONGEST} 字。", "没有保存。", "请摘要后再保存。")
        before = self._before or Opinion("", self._line.decision.key, "", "")
        key = before.key or commands.new_key(self.session.snapshot, ItemKind.OPINION)
        opinion = self.study.studied(before._replace(key=key, delegate=self.who.value(), text=text))
        return [change(ItemKind.OPINION, self._before, opinion)]


def speakers(session: YearSession, line: DecisionLine) -> list[tuple[str, str]]:
    """The delegates of the decision, masked, with their keys."""
    people = {person.key: person for person in session.snapshot.delegates}
    return [
        (delegate_words(people[row.delegate]), row.delegate)
        for row in line.invitations
        if row.delegate in people
    ]
