"""代表遴选：公告、名额、报名截止、确定日期；候选名单从名册选或新写，看各类别均不均衡。"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from gui.attendance.attendance_form import fresh_keys
from gui.attendance.masked import MaskedEdit
from gui.attendance.stage_form import StageForm, newly
from gui.attendance.words import EARLIER_YEARS, asked_words, known_groups, known_ways, why_no_name
from gui.kit.bindings import Binding, Bindings, not_to_come
from gui.kit.choices import Choice
from gui.kit.controls import at_left, combo_edit, number_edit
from gui.kit.optional_day import OptionalDay
from gui.kit.plain import button, label, tool_button
from gui.kit.theme import theme
from gui.session.redaction import delegate_words, redacted_record
from gui.session.year_session import YearSession
from models import queries
from models.domain.attendance import Delegate, Invitation
from models.domain.changes import RowChange
from models.domain.errors import CommandError
from models.domain.personal_names import INSTEAD
from models.domain.privacy import masked_name, masked_phone
from models.domain.snapshot import ItemKind
from planners.attendance.balance import NO_GROUP, times_asked
from planners.attendance.stages import DecisionLine, Stage

TOO_OFTEN = 3
"""Whoever was asked so often, this year and before, is pointed out."""


class CandidateRow(QWidget):
    """A candidate: name and phone masked, group, way of selection, reserve, how often asked already."""

    removed = Signal(object)
    changed = Signal()

    def __init__(
        self,
        person: Delegate | None,
        invitation: Invitation | None,
        groups: Sequence[str],
        ways: Sequence[str],
        asked: str,
    ) -> None:
        super().__init__()
        self.person, self.invitation = person, invitation
        self.name, self.phone = MaskedEdit("姓名", masked_name), MaskedEdit("电话", masked_phone)
        self.name.edit.setPlaceholderText("姓名")
        self.phone.edit.setPlaceholderText("电话（可不填）")
        self.group, self.way = combo_edit(groups, "类别"), combo_edit(ways, "遴选方式")
        self.group.setAccessibleName("类别")
        self.way.setAccessibleName("遴选方式")
        self.reserve = QCheckBox("候补")
        self.fields = Bindings(self)
        self.named = self.fields.add(Binding("姓名", self.name, "name"))
        self.called = self.fields.add(Binding("电话", self.phone, "phone"))
        self.fields.add(Binding("类别", self.group, "group"))
        self.fields.add(Binding("遴选方式", self.way, "selected_by"))
        self.fields.add(Binding("候补", self.reserve, "reserve"))
        self.fields.show(person or Delegate("", ""))
        away = tool_button("close", "不选这一人", self._on_remove)
        first, second = QHBoxLayout(), QHBoxLayout()
        for widget, share in ((self.name, 3), (self.phone, 4), (away, 0)):
            first.addWidget(widget, share)
        for widget, share in ((self.group, 3), (self.way, 3), (self.reserve, 0)):
            second.addWidget(widget, share)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for row in (first, second):
            row.setSpacing(8)
            column.addLayout(row)
        if asked:
            column.addWidget(label(asked, "caption"))
        self.setFocusProxy(self.name)
        self.group.currentTextChanged.connect(self.changed)
        self.reserve.toggled.connect(self.changed)

    def _on_remove(self) -> None:
        self.removed.emit(self)

    def show_plain(self, shown: bool) -> None:  # noqa: FBT001
        """Name and phone in full while ``shown``."""
        self.name.show_plain(shown)
        self.phone.show_plain(shown)

    def entered(self, key: str) -> Delegate:
        """The delegate as entered, called ``key`` where new."""
        return self.fields.applied_to(self.person or Delegate(key, ""))

    def is_empty(self) -> bool:
        """Whether nothing was written."""
        return self.person is None and not (self.name.value() or self.phone.value())


class CandidatesForm(StageForm):
    """Notice, places, closing day, day of selection, and who was chosen."""

    STAGE = Stage.SELECTED

    def __init__(self, session: YearSession, line: DecisionLine, parent: QWidget | None = None) -> None:
        super().__init__(session, line, parent, width=760)
        earlier = queries.years_before(session.store, session.year, EARLIER_YEARS)
        self._times = times_asked(session.snapshot, earlier)
        self._groups, self._ways = known_groups(session.snapshot), known_ways(session.snapshot)
        self.rows: list[CandidateRow] = []
        self._add_days()
        self._add_picker()
        self.balance = self.add_words("", "secondary")
        self.balance.setAccessibleName("类别均衡")
        for row in line.invitations:
            self._add(self.people.get(row.delegate), row)
        self.add_hold_to_show()
        self._look_again()
        self.opened()
        self.noticed.setFocus()

    def _add_days(self) -> None:
        today = self.session.today

        def day(name: str, words: str, field: str) -> OptionalDay:
            checks = () if field == "closes_on" else (not_to_come(today, f"{name}日期"),)
            return self.bind(name, OptionalDay(words, None, today), field, checks=checks)

        self.noticed = day("公告", "已公告报名", "noticed_on")
        self.quota = number_edit(0, 200, "未定", " 人")
        self.quota.setFixedWidth(round(140 * theme().scale))
        self.quota.setAccessibleName("名额")
        self.fields.add(
            Binding("名额", self.quota, "quota", into=lambda n: n or 0, out_of=lambda n: n or None)
        )
        self.add_row("名额", at_left(self.quota))
        self.closes = day("报名截止", "已定", "closes_on")
        self.selected = day("确定", "代表已确定", "selected_on")
        self.fields.show(self.decision)
        self.quota.valueChanged.connect(self._look_again)

    def _add_picker(self) -> None:
        self.add_section("候选名单")
        self.known: Choice[str] = Choice([])
        self.pick_button = button("加入", self.pick, small=True)
        self.new_button = button("新写一人", self.write_new, small=True, icon_name="plus")
        self.known.setAccessibleName("名册里的代表")
        bar = at_left(self.known, self.pick_button, self.new_button, stretched=True)
        self.add_row("从名册选", bar)
        for made in (self.pick_button, self.new_button):
            made.setEnabled(not self.session.read_only)

    # the list

    def pick(self) -> None:
        """Put the delegate chosen in the register on the list."""
        if self.known.count():
            self._add(self.people[self.known.value()], None)
            self._look_again()
            self.fit()

    def write_new(self) -> None:
        """A row for somebody new."""
        row = self._add(None, None)
        self._look_again()
        self.fit()
        row.setFocus()

    def _add(self, person: Delegate | None, invitation: Invitation | None) -> CandidateRow:
        asked = asked_words(self._times, person.key) if person else ""
        often = person is not None and sum(self._times.get(person.key, (0, 0))) >= TOO_OFTEN
        words = f"{asked}，可考虑换人" if often else asked
        row = CandidateRow(person, invitation, self._groups, self._ways, words)
        row.removed.connect(self._on_removed)
        row.changed.connect(self._look_again)
        row.named.row = row.called.row = self.add_row(f"{len(self.rows) + 1}", row)
        self.rows.append(row)
        return row

    def _on_removed(self, row: CandidateRow) -> None:
        invitation = row.invitation
        if invitation is not None and (
            invitation.attendance or invitation.told_on or self._spoke(invitation)
        ):
            row.named.say("已经到会、反馈或提过意见，不能从名单里去掉", "warning")
            return
        self.rows.remove(row)
        self.remove_row(row.named)
        self._look_again()
        self.fit()

    def _spoke(self, invitation: Invitation) -> bool:
        return any(opinion.delegate == invitation.delegate for opinion in self.line.opinions)

    def _look_again(self) -> None:
        """Who is left in the register, and how the groups are balanced."""
        on_list = {row.person.key for row in self.rows if row.person}
        left = [one for one in self.people.values() if one.name and one.key not in on_list]
        chosen = self.known.value() if self.known.count() else None
        self.known.set_entries([(self._register_words(one), one.key) for one in left])
        if chosen in self.known.values() and chosen is not None:
            self.known.choose(chosen)
        self.pick_button.setEnabled(bool(left) and not self.session.read_only)
        for number, row in enumerate(self.rows, 1):
            if row.named.row is not None:
                row.named.row.name_label.setText(str(number))
        self.balance.setText(redacted_record(self.balance_words()))
        self.balance.setVisible(bool(self.rows))

    def _register_words(self, person: Delegate, *, masked: bool = True) -> str:
        asked = asked_words(self._times, person.key)
        words = delegate_words(person, masked=masked)
        return f"{words}（{asked}）" if asked else words

    def balance_words(self) -> str:
        """学生家长 2、学校 1 · 共 3 人，候补 1，名额 4."""
        members = [row for row in self.rows if not row.reserve.isChecked()]
        groups = Counter(row.group.currentText().strip() or NO_GROUP for row in members)
        parts = "、".join(f"{group} {count}" for group, count in groups.most_common())
        reserves = len(self.rows) - len(members)
        quota = self.quota.value()
        tail = [f"共 {len(members)} 人"]
        tail += [f"候补 {reserves} 人"] if reserves else []
        tail += [f"名额 {quota} 人" + ("，已超出" if len(members) > quota else "")] if quota else []
        return f"均衡：{parts} · {'，'.join(tail)}" if parts else "，".join(tail)

    def show_names(self, shown: bool) -> None:  # noqa: FBT001
        """Names in full while ``shown``."""
        for row in self.rows:
            row.show_plain(shown)
        for place, key in enumerate(self.known.values()):
            self.known.setItemText(place, self._register_words(self.people[key], masked=not shown))

    def draft_shape(self) -> object:
        """Who stands in the rows, "" for somebody new."""
        return [row.person.key if row.person else "" for row in self.rows]

    def take_shape(self, shape: object) -> None:
        """Rows for those delegates, as far as there are such."""
        wanted = [key for key in list(shape) if key == "" or key in self.people]  # type: ignore[call-overload]
        for row in [row for row in self.rows if row.person is None or row.person.key not in wanted]:
            self._on_removed(row)
        there = {row.person.key for row in self.rows if row.person}
        for key in wanted:
            if key not in there:
                self._add(self.people.get(key), None)
        self._look_again()

    # storing

    def makes_done(self, change: RowChange) -> bool:
        """The day on which the delegates were settled."""
        return newly(change, "selected_on")

    def changes(self) -> Sequence[RowChange]:
        """The decision, its delegates and invitations."""
        self.fields.require(self.decision)
        decision = self.fields.applied_to(self.decision)
        noticed, closes = decision.noticed_on, decision.closes_on
        if noticed is not None and closes is not None and closes < noticed:
            raise CommandError("报名截止早于公告日期。", "没有保存。", "请核对两个日期。")
        rows = [row for row in self.rows if not row.is_empty()]
        if decision.selected_on is not None and not rows:
            raise CommandError("还没有候选人，不能登记代表已确定。", "没有保存。", "请先写下代表。")
        return [
            *self._people_changes(rows),
            RowChange.of(self.decision, decision),
        ]

    def _people_changes(self, rows: Sequence[CandidateRow]) -> list[RowChange]:
        snapshot = self.session.snapshot
        people = iter(fresh_keys(snapshot, ItemKind.DELEGATE, len(rows)))
        calls = iter(fresh_keys(snapshot, ItemKind.INVITATION, len(rows)))
        found: list[RowChange] = []
        for row in rows:
            person = row.entered(next(people) if row.person is None else "")
            if not person.name and not (row.person and not row.person.name):
                row.named.refuse("请填写姓名", "有一名候选人没有姓名。")
            if why := why_no_name(row.person, person.name, snapshot):
                row.named.refuse(f"{why}，请写在“类别”里", f"{why}。", remedy=INSTEAD)
            found.append(RowChange.of(row.person, person))
            if row.invitation is None:
                made = Invitation(next(calls), self.decision.key, person.key)
                found.append(RowChange.of(None, made))
        kept = {row.invitation.key for row in rows if row.invitation}
        gone = [one for one in self.line.invitations if one.key not in kept]
        return [*found, *(RowChange.of(one, None) for one in gone)]
