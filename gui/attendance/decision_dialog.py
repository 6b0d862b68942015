"""决策事项：列入目录的一项；街镇、园区的一项另记听取意见的方式。"""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from gui.attendance.attendance_form import AttendanceForm, change, require_past, single_unit
from gui.attendance.moves import MovesLabel
from gui.attendance.people_fields import note_edit
from gui.attendance.words import meeting_name
from gui.kit.choices import CheckGroup, Choice, Segments, UnitEdit, in_old_order
from gui.kit.optional_day import OptionalDay
from gui.kit.plain import button
from gui.session.redaction import decision_name
from gui.session.year_session import YearSession
from models import commands
from models.domain.attendance import Decision, DecisionBody, Meeting
from models.domain.changes import RowChange
from models.domain.errors import CommandError, UserError
from models.domain.snapshot import ItemKind
from models.domain.text import quoted

FORMS = ("网上征集", "交流座谈", "问卷调查")
"""In which those concerned are heard (§21)."""
_REASON = "除特殊情况外应当邀请；不邀请才写原因"
_HEARING_REASON = "应当听取直接利害关系人的意见；不听取才写原因"


class DecisionDialog(AttendanceForm):
    """Makes a decision, or changes or deletes ``decision``. ``key`` is that of the one stored, "" after a deletion."""

    def __init__(
        self, session: YearSession, decision: Decision | None = None, parent: QWidget | None = None
    ) -> None:
        words = "决策事项" if decision else "新增决策事项"
        super().__init__(session, words, parent, width=640)
        self._before = decision
        shown = decision or Decision("", "", listed_on=session.today)
        self.key = shown.key
        self.add_heading(decision_name(decision) if decision else words)
        self._add_names(shown)
        self._add_exemption(shown)
        self._add_hearing(shown)
        self._add_delete()
        self.body.changed.connect(self._show_rows)
        self._show_rows()
        self.opened(shown.key)
        self.title_edit.setFocus()

    def _add_names(self, decision: Decision) -> None:
        session = self.session
        self.title_edit = QLineEdit(decision.title, maxLength=200)
        self.title_edit.setPlaceholderText("如 养老服务设施布局专项规划（必填）")
        self._title_row = self.watch(self.add_row("事项", self.title_edit), self.title_edit.text)
        self.short = QLineEdit(decision.short, maxLength=30)
        self.short.setPlaceholderText("不填就用事项全名")
        self.watch(self.add_row("简称", self.short), self.short.text)
        self.body: Segments[DecisionBody] = Segments([(body.label, body) for body in DecisionBody])
        self.body.choose(decision.body)
        self.add_row("哪一级", self.body)
        self.unit = UnitEdit(session.snapshot.units, hint="承办单位")
        self.unit.set_keys((decision.unit,) if decision.unit else ())
        self._unit_row = self.add_row("承办单位", self.unit)
        self.listed = OptionalDay("已列入目录", decision.listed_on, session.today)
        self._listed_row = self.add_row("列入目录", self.listed)
        meetings = [(meeting_name(one), one.key) for one in session.snapshot.meetings]
        self.meeting: Choice[str] = Choice([("还没有排定", ""), *meetings])
        self.meeting.choose(decision.meeting or "")
        self._meeting_row = self.add_row("上会", self.meeting)
        self._meeting_row.say("新排会议、改会期在“会议排定”环节", "caption")
        self.moves = MovesLabel(session)
        self.add_widget(self.moves)
        self.meeting.currentIndexChanged.connect(self._show_rows)

    def _add_exemption(self, decision: Decision) -> None:
        self.exemption = QLineEdit(decision.exemption, maxLength=200)
        self._exemption_row = self.watch(self.add_row("特殊情况", self.exemption), self.exemption.text)
        self.exempted_by = QLineEdit(decision.exempted_by, maxLength=100)
        self.exempted_by.setPlaceholderText("谁批准的，如 区司法局合法性审查")
        self._approved_row = self.watch(self.add_row("批准", self.exempted_by), self.exempted_by.text)
        self.exemption.textEdited.connect(self._show_rows)

    def _add_hearing(self, decision: Decision) -> None:
        self.forms = CheckGroup({name: name for name in FORMS}, columns=3)
        self.forms.set_values(decision.hearing_forms)
        self._forms_row = self.add_row("听取意见", self.forms)
        self.heard = OptionalDay("已听取", decision.heard_on, self.session.today)
        self._heard_row = self.add_row("哪一天", self.heard)
        self.hearing_note = note_edit(decision.hearing_note, 72, "听取了哪些意见，怎样采纳")
        self._note_row = self.watch(self.add_row("情况", self.hearing_note), self.hearing_note.toPlainText)

    def _add_delete(self) -> None:
        self.delete_button = button("删除这一项…", self._on_delete, small=True)
        self._deleting = False
        if self._before is not None:
            self.delete_button.setEnabled(not self.session.read_only)
            self.add_left_button(self.delete_button)

    def _show_rows(self) -> None:
        """What a decision of this level has."""
        district = self.body.value() is DecisionBody.DISTRICT
        exempt = bool(self.exemption.text().strip())
        self._meeting_row.setVisible(district)
        self._look_at_moves(asks=district and not exempt)
        self.exemption.setPlaceholderText(_REASON if district else _HEARING_REASON)
        self._approved_row.setVisible(exempt)
        for row in (self._forms_row, self._heard_row, self._note_row):
            row.setVisible(not district)
        invited = self._invitations()
        warns = exempt and district and bool(invited)
        self._exemption_row.say(
            f"已有 {len(invited)} 名代表登记在这一项，登记特殊情况后不再催办" if warns else "", "warning"
        )
        if self.isVisible():
            self.fit()

    def _look_at_moves(self, *, asks: bool) -> None:
        """Which deadlines another meeting moves; none are asked for where nobody is invited."""
        decision, snapshot = self._before or Decision("", ""), self.session.snapshot
        key = (self.meeting.value() or None) if asks else decision.meeting
        chosen = snapshot.item(ItemKind.MEETING, key) if key else None
        self.moves.look_at(decision, chosen if isinstance(chosen, Meeting) else None)

    def _invitations(self) -> list[str]:
        return [row.key for row in self.session.snapshot.invitations if row.decision == self.key and self.key]

    # storing

    def step_title(self) -> str:
        """新增/修改决策事项."""
        verb = "修改" if self._before else "新增"
        return f"{verb}决策事项{quoted(self.short.text().strip() or self.title_edit.text().strip())}"

    def entered(self) -> Decision:
        """The decision as the form has it; ``CommandError`` where something is lacking."""
        before = self._before or Decision("", "")
        title, district = self.title_edit.text().strip(), self.body.value() is DecisionBody.DISTRICT
        self._title_row.say("" if title else "请填写事项名称")
        if not title:
            self.title_edit.setFocus()
            raise CommandError("还没有填写事项名称。", "没有保存。")
        exemption, by = self.exemption.text().strip(), self.exempted_by.text().strip()
        return before._replace(
            key=before.key or commands.new_key(self.session.snapshot, ItemKind.DECISION),
            title=title,
            short=self.short.text().strip(),
            body=self.body.value(),
            unit=single_unit(self._unit_row, self.unit, "承办单位"),
            listed_on=self.listed.value(),
            meeting=(self.meeting.value() or None) if district else before.meeting,
            exemption=exemption,
            exempted_by=by if exemption else "",
            hearing_forms=in_old_order(self.forms, before.hearing_forms),
            heard_on=self.heard.value(),
            hearing_note=self.hearing_note.toPlainText().strip(),
        )

    def changes(self) -> list[RowChange]:
        """The decision."""
        decision = self.entered()
        before = self._before or Decision("", "")
        require_past(decision.listed_on, self.session.today, "列入目录的日期", before.listed_on)
        require_past(decision.heard_on, self.session.today, "听取意见的日期", before.heard_on)
        self._approved_row.say("")
        if decision.exemption and not decision.exempted_by:
            self._approved_row.say("请写明谁批准")
            self.exempted_by.setFocus()
            raise CommandError("特殊情况还没有写明谁批准。", "没有保存。")
        self.moves.require_confirmed(self)
        return [change(ItemKind.DECISION, self._before, decision)]

    def accept_form(self) -> None:
        """The decision is stored; ``key`` is its."""
        decision = self.entered()
        super().accept_form()
        self.key = decision.key

    # deleting

    def _on_delete(self) -> None:
        """Say what goes along; the second press deletes, in one step."""
        decision, snapshot = self._before, self.session.snapshot
        assert decision is not None
        invitations = [row for row in snapshot.invitations if row.decision == decision.key]
        opinions = [row for row in snapshot.opinions if row.decision == decision.key]
        if not self._deleting:
            self._deleting = True
            self.delete_button.setText("确认删除")
            along = (
                f"连同 {len(invitations)} 条邀请、{len(opinions)} 条意见" if invitations or opinions else ""
            )
            self.refuse(f"删除{quoted(decision_name(decision))}{along}？删除后可以撤销。再按“确认删除”。")
            return
        gone = [
            *(change(ItemKind.OPINION, row, None) for row in opinions),
            *(change(ItemKind.INVITATION, row, None) for row in invitations),
            change(ItemKind.DECISION, decision, None),
        ]
        session = self.session
        words = f"删除决策事项{quoted(decision_name(decision))}"
        try:
            deleted = session.attempt(commands.apply_changes, session.year, words, gone)
        except UserError as error:
            self.refuse(str(error))
            return
        if deleted is not None:
            session.tell_done(deleted)
        self.key = ""
        self.accept()
