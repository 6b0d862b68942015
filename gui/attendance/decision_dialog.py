"""决策事项：列入目录的一项；街镇、园区的一项另记听取意见的方式。"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gui.attendance.attendance_form import AttendanceForm
from gui.attendance.moves import MovesLabel
from gui.attendance.words import meeting_name
from gui.kit.bindings import needed, not_to_come
from gui.kit.choices import CheckGroup, Choice, Segments, UnitEdit
from gui.kit.controls import line_edit, note_edit
from gui.kit.optional_day import OptionalDay
from gui.kit.plain import button
from gui.kit.theme import theme
from gui.session.redaction import decision_name
from gui.session.year_session import YearSession
from models import commands
from models.domain.attendance import Decision, DecisionBody, Meeting
from models.domain.changes import RowChange
from models.domain.errors import UserError
from models.domain.snapshot import ItemKind
from models.domain.text import quoted

FORMS = ("网上征集", "交流座谈", "问卷调查")
"""In which those concerned are heard (§21)."""
_REASON = "除特殊情况外应当邀请；不邀请才写原因"
_HEARING_REASON = "应当听取直接利害关系人的意见；不听取才写原因"


def _is_of_district(decision: Decision) -> bool:
    return decision.body is DecisionBody.DISTRICT


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
        self._add_names()
        self._add_exemption()
        self._add_hearing()
        self._add_delete()
        self.fields.show(shown)
        self.body.changed.connect(self._show_rows)
        self.meeting.currentIndexChanged.connect(self._show_rows)
        self.exemption.textEdited.connect(self._show_rows)
        self._show_rows()
        self.opened(shown.key)
        self.title_edit.setFocus()

    def _add_names(self) -> None:
        session, today = self.session, self.session.today
        self.title_edit = self.bind(
            "事项",
            line_edit("如 养老服务设施布局专项规划（必填）", 200),
            "title",
            checks=(needed("请填写事项名称", "还没有填写事项名称。"),),
        )
        self.short = self.bind("简称", line_edit("不填就用事项全名", 30), "short")
        bodies: Segments[DecisionBody] = Segments([(body.label, body) for body in DecisionBody])
        self.body = self.bind("哪一级", bodies, "body")
        unit = UnitEdit(session.snapshot.units, hint="承办单位", single="")
        self.unit = self.bind("承办单位", unit, "unit")
        self.listed = self.bind(
            "列入目录",
            OptionalDay("已列入目录", None, today),
            "listed_on",
            checks=(not_to_come(today, "列入目录的日期"),),
        )
        meetings = [(meeting_name(one), one.key) for one in session.snapshot.meetings]
        offered: Choice[str | None] = Choice([("还没有排定", None), *meetings])
        self.meeting = self.bind("上会", offered, "meeting", belongs=_is_of_district)
        self.row_of(self.meeting).say("新排会议、改会期在“会议排定”环节", "caption")
        self.moves = MovesLabel(session)
        self.add_widget(self.moves)

    def _add_exemption(self) -> None:
        self.exemption = self.bind("特殊情况", line_edit("", 200), "exemption")
        approved = line_edit("谁批准的，如 区司法局合法性审查", 100)
        self.exempted_by = self.bind("批准", approved, "exempted_by")

    def _add_hearing(self) -> None:
        today = self.session.today
        forms = CheckGroup({name: name for name in FORMS}, columns=3)
        self.forms = self.bind("听取意见", forms, "hearing_forms")
        self.heard = self.bind(
            "哪一天",
            OptionalDay("已听取", None, today),
            "heard_on",
            checks=(not_to_come(today, "听取意见的日期"),),
        )
        note = note_edit(round(72 * theme().scale), "听取了哪些意见，怎样采纳")
        self.hearing_note = self.bind("情况", note, "hearing_note")

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
        self.row_of(self.meeting).setVisible(district)
        self._look_at_moves(asks=district and not exempt)
        self.exemption.setPlaceholderText(_REASON if district else _HEARING_REASON)
        self.row_of(self.exempted_by).setVisible(exempt)
        for control in (self.forms, self.heard, self.hearing_note):
            self.row_of(control).setVisible(not district)
        invited = self._invitations()
        warns = exempt and district and bool(invited)
        self.row_of(self.exemption).say(
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
        self.fields.require(before)
        made = self.fields.applied_to(before)
        return made._replace(
            key=before.key or commands.new_key(self.session.snapshot, ItemKind.DECISION),
            exempted_by=made.exempted_by if made.exemption else "",
        )

    def changes(self) -> list[RowChange]:
        """The decision."""
        decision = self.entered()
        if decision.exemption and not decision.exempted_by:
            self.fields.of(self.exempted_by).refuse("请写明谁批准", "特殊情况还没有写明谁批准。")
        self.moves.require_confirmed(self)
        return [RowChange.of(self._before, decision)]

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
            *(RowChange.of(row, None) for row in opinions),
            *(RowChange.of(row, None) for row in invitations),
            RowChange.of(decision, None),
        ]
        session = self.session
        words = f"删除决策事项{quoted(decision_name(decision))}"
        try:
            session.attempt_and_tell(commands.apply_changes, words, gone)
        except UserError as error:
            self.refuse(str(error))
            return
        self.key = ""
        self.accept()
