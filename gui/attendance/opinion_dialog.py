"""一条意见：谁提的、由谁研究、哪天转去、采纳没有、怎样答复。"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gui.attendance.attendance_form import AttendanceForm
from gui.attendance.study_fields import StudyFields
from gui.kit.bindings import Refusal, needed
from gui.kit.choices import Choice
from gui.kit.controls import note_edit
from gui.kit.theme import theme
from gui.session.redaction import decision_name, delegate_words
from gui.session.year_session import YearSession
from models import commands
from models.domain.attendance import Opinion
from models.domain.changes import RowChange
from models.domain.errors import CommandError
from models.domain.snapshot import ItemKind
from planners.attendance.stages import DecisionLine

LONGEST = 2000


def not_too_long(text: str, _: object) -> Refusal | None:
    """Refused for more than a summary."""
    too_long = f"意见太长，至多 {LONGEST} 字"
    return Refusal(too_long, f"{too_long}。", remedy="请摘要后再保存。") if len(text) > LONGEST else None


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
        self.who: Choice[str] = self.bind("谁提的", Choice(people), "delegate")
        if not people:
            self.row_of(self.who).say("还没有登记代表，请先新增代表", "warning")
        text = note_edit(round(76 * theme().scale), "意见的原话或摘要（必填）")
        self.text = self.bind(
            "意见", text, "text", checks=(needed("请写下意见", "还没有写下意见。"), not_too_long)
        )
        if shown.delegate:
            self.fields.show(shown)
        self.study = StudyFields(session, shown, self)
        self.opened(line.decision.key, opinion.key if opinion else "")
        self.text.setFocus()

    def step_title(self) -> str:
        """新增/修改意见."""
        return f"{'修改' if self._before else '新增'}意见（{decision_name(self._line.decision)}）"

    def changes(self) -> list[RowChange]:
        """The opinion."""
        if not self.who.count():
            raise CommandError("还没有登记代表。", "没有保存。", "请先新增代表。")
        before = self._before or Opinion("", self._line.decision.key, "", "")
        self.fields.require(before)
        key = before.key or commands.new_key(self.session.snapshot, ItemKind.OPINION)
        opinion = self.study.studied(self.fields.applied_to(before)._replace(key=key))
        return [RowChange.of(self._before, opinion)]


def speakers(session: YearSession, line: DecisionLine) -> list[tuple[str, str]]:
    """The delegates of the decision, masked, with their keys."""
    people = {person.key: person for person in session.snapshot.delegates}
    return [
        (delegate_words(people[row.delegate]), row.delegate)
        for row in line.invitations
        if row.delegate in people
    ]
