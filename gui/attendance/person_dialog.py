"""一名列席代表：是谁、怎样选出、哪天邀请、到会没有、哪天反馈；姓名电话遮住。"""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QWidget

from gui.attendance.attendance_form import AttendanceForm
from gui.attendance.in_order import require_in_order
from gui.attendance.masked import HoldToShow, MaskedEdit
from gui.attendance.words import EARLIER_YEARS, asked_words, known_groups, known_ways, why_no_name
from gui.kit.bindings import not_to_come
from gui.kit.choices import Choice
from gui.kit.controls import combo_edit
from gui.kit.optional_day import OptionalDay
from gui.kit.plain import label
from gui.session.redaction import decision_name, delegate_words
from gui.session.year_session import YearSession
from models import commands, queries
from models.domain.attendance import Attendance, Delegate, Invitation
from models.domain.changes import RowChange
from models.domain.personal_names import INSTEAD
from models.domain.privacy import masked_name, masked_phone
from models.domain.snapshot import ItemKind
from planners.attendance.balance import times_asked
from planners.attendance.stages import DecisionLine

ATTENDANCES: tuple[tuple[str, Attendance | None], ...] = (
    ("还没有登记", None),
    *((one.label, one) for one in Attendance),
)
SELF = "新代表"


class PersonDialog(AttendanceForm):
    """Puts a delegate on the list of a decision, or changes one that is on it; one step."""

    def __init__(
        self,
        session: YearSession,
        line: DecisionLine,
        invitation: Invitation | None = None,
        parent: QWidget | None = None,
    ) -> None:
        words = "列席代表" if invitation else "新增代表"
        super().__init__(session, words, parent, width=580)
        self._line, self._before = line, invitation
        self._times = times_asked(
            session.snapshot, queries.years_before(session.store, session.year, EARLIER_YEARS)
        )
        self._known: Delegate | None = None
        self.add_heading(words)
        self.add_words(decision_name(line.decision), "secondary")
        self._add_who()
        self._add_person()
        self._add_days(invitation or Invitation("", "", ""))
        self.show_button = HoldToShow()
        self.show_button.shown.connect(self._show_plain)
        self.add_left_button(self.show_button)
        self._on_who()
        self.opened(line.decision.key, invitation.key if invitation else "")
        (self.who if invitation is None else self.group).setFocus()

    def _add_who(self) -> None:
        snapshot, invitation = self.session.snapshot, self._before
        there = {row.delegate for row in self._line.invitations}
        people = [one for one in snapshot.delegates if one.name and one.key not in there]
        if invitation is not None:
            people = [one for one in snapshot.delegates if one.key == invitation.delegate]
        entries: list[tuple[str, Delegate | None]] = [(delegate_words(one), one) for one in people]
        self.who: Choice[Delegate | None] = Choice(
            entries if invitation is not None else [(SELF, None), *entries]
        )
        self._who_row = self.add_row("从名册选", self.who)
        self._who_row.setVisible(invitation is None and bool(people))
        self.asked = label("", "caption", wrap=True)
        self.add_widget(self.asked)
        self.who.currentIndexChanged.connect(self._on_who)

    def _add_person(self) -> None:
        self.name = self.bind("姓名", MaskedEdit("姓名", masked_name), "name")
        self.phone = self.bind("电话", MaskedEdit("电话", masked_phone), "phone")
        groups, ways = known_groups(self.session.snapshot), known_ways(self.session.snapshot)
        self.group = self.bind("类别", combo_edit(groups, "如 学生家长、企业、社区居民"), "group")
        self.selected_by = self.bind("遴选方式", combo_edit(ways, "如 公开报名"), "selected_by")
        self.reserve = self.bind("", QCheckBox("候补"), "reserve")
        self.name.changed.connect(self._on_name)
        for edit in (self.name, self.phone):
            edit.allow(allowed=not self.session.read_only)

    def _add_days(self, invitation: Invitation) -> None:
        today = self.session.today

        def day(name: str, words: str, field: str) -> OptionalDay:
            checks = (not_to_come(today, f"{name}日期"),)
            return self.bind(name, OptionalDay(words, None, today), field, checks=checks)

        self.invited = day("邀请", "已邀请", "invited_on")
        self.attendance = self.bind("到会", Choice(ATTENDANCES), "attendance")
        self.told = day("反馈", "已反馈", "told_on")
        self.fields.show(invitation)

    def _on_who(self) -> None:
        """Show the delegate chosen."""
        person = self._known = self.who.value() if self.who.count() else None
        shown = person or Delegate("", "")
        self.fields.show(shown)
        words = asked_words(self._times, shown.key)
        self.asked.setText(words)
        self.asked.setVisible(bool(words))
        if self.isVisible():
            self.fit()

    def _on_name(self) -> None:
        """Say where that is no name, or the list has somebody of that name."""
        name = self.name.value()
        if why := why_no_name(self._known, name, self.session.snapshot):
            self.row_of(self.name).say(f"{why}。{INSTEAD}")
            return
        others = [
            one
            for one in self.session.snapshot.delegates
            if name and one.name.strip() == name and one != self._known
        ]
        phones = "、".join(masked_phone(one.phone) for one in others if one.phone)
        tail = f"（{phones}）" if phones else ""
        self.row_of(self.name).say(
            f"名册里已有同名的代表{tail}，是同一人请从名册选" if others else "", "warning"
        )

    def _show_plain(self, shown: bool) -> None:  # noqa: FBT001
        for edit in (self.name, self.phone):
            edit.show_plain(shown)
        for place, person in enumerate(self.who.values()):
            if person is not None:
                self.who.setItemText(place, delegate_words(person, masked=not shown))

    # storing

    def step_title(self) -> str:
        """登记代表, the name masked."""
        verb = "修改" if self._before else "登记"
        return f"{verb}代表“{masked_name(self.name.value())}”（{decision_name(self._line.decision)}）"

    def changes(self) -> list[RowChange]:
        """The delegate and the invitation."""
        person, invitation = self.entered()
        return [
            RowChange.of(self._known, person),
            RowChange.of(self._before, invitation),
        ]

    def entered(self) -> tuple[Delegate, Invitation]:
        """What the form says; ``CommandError`` where it cannot be stored."""
        snapshot, name, today = self.session.snapshot, self.name.value(), self.session.today
        erased = self._known is not None and not self._known.name
        named = self.fields.of(self.name)
        if not name and not erased:
            named.refuse("请填写姓名；不便写的可写 代表1", "还没有填写姓名。")
        if why := why_no_name(self._known, name, snapshot):
            named.refuse(f"{why}。{INSTEAD}", f"{why}。", remedy=INSTEAD)
        stored = self._before or Invitation("", "", "")
        self.fields.require(stored)
        person = self.fields.applied_to(self._known or Delegate("", ""))
        person = person._replace(key=person.key or commands.new_key(snapshot, ItemKind.DELEGATE))
        blank = Invitation(
            commands.new_key(snapshot, ItemKind.INVITATION), self._line.decision.key, person.key
        )
        invitation = self.fields.applied_to(self._before or blank)
        require_in_order(self._line, stored, invitation, today)
        return person, invitation
