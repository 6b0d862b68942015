"""自动排期的条件：排哪一段、哪些线、谁可以牵头、哪天不排、能动多少、侧重什么。"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QFrame,
    QSizePolicy,
    QWidget,
)

from gui.kit.boxes import in_column, in_row, take_out
from gui.kit.choices import CheckGroup, Choice, Segments, UnitEdit
from gui.kit.controls import at_left, number_edit, value_of
from gui.kit.day_edit import day_edit
from gui.kit.form import FormDialog
from gui.kit.plain import button, label
from gui.planning.day_picker import DayPicker
from gui.planning.memory import Remembered
from gui.session.year_session import YearSession
from models.domain.errors import CommandError
from models.domain.events import Campaign, Event
from models.domain.snapshot import YearSnapshot
from models.domain.units import UnitKind
from models.domain.workdays import workdays_of
from planners.proposals import Conditions, Weighing
from planners.wording import moment_label

MOST_MOVES = 999
LARGEST_SEED = 2**31 - 1
PLANNED = tuple(campaign for campaign in Campaign if campaign is not Campaign.HOST_MEETING)
"""The campaigns that can be planned; a meeting that carries a zone is somebody else's."""


class ConditionsDialog(FormDialog):
    """Asks for the conditions of a run; ``conditions`` holds them once it is accepted.

    It opens with what is remembered of the year. Nothing is stored here.
    """

    def __init__(self, session: YearSession, remembered: Remembered, parent: QWidget | None = None) -> None:
        super().__init__("自动排期 · 条件", "开始排期", parent, width=640)
        self._session = session
        self._remembered = remembered
        self.conditions = remembered.conditions
        self._make_fields()
        self._lay_out()
        self._show(remembered.conditions)
        self.movable.toggled.connect(self._show_moves)
        self.add_left_button(button("全部恢复默认", self._on_default))
        self.first.setFocus()

    def _make_fields(self) -> None:
        snapshot = self._session.snapshot
        self.first, self.last = _day_edit("从"), _day_edit("到")
        self.campaigns = CheckGroup({campaign.value: campaign.label for campaign in PLANNED}, columns=3)
        self.decisions = QCheckBox("也给待列席的决策事项排会议、配代表")
        self.units = UnitEdit(
            snapshot.units, (UnitKind.DEPARTMENT, UnitKind.TOWN), "不限；可填几个，用顿号分开"
        )
        self.blocked = DayPicker(snapshot.year, _closed_days(snapshot), _days_off(snapshot))
        self.fixed = QCheckBox("“已举办”“已确认”和锁定的活动总是不动")
        self.fixed.setChecked(True)
        self.fixed.setEnabled(False)
        self.movable = QCheckBox("“已排”的活动也可以挪")
        self.moves = number_edit(0, MOST_MOVES, "不限")
        self.moves.setAccessibleName("最多挪几场")
        self.targets = Segments((("底线和目标", True), ("只补底线", False)))
        self.weighing: Choice[Weighing] = Choice([(weighing.label, weighing) for weighing in Weighing])
        self.weighing.setMinimumContentsLength(13)
        self.rejected = RememberedList("恢复", "没有拒绝过的项。")
        self.locked = RememberedList("解除", "没有锁定的日子。")
        self.seed = number_edit(0, LARGEST_SEED)
        self.seed.setAccessibleName("种子")

    def _lay_out(self) -> None:
        self.add_heading("按什么条件排")
        self._scope = self.add_row("范围", at_left(self.first, label("至"), self.last))
        self._lines = self.add_row("工作线", self.campaigns)
        self.add_row("", self.decisions)
        self._hosts = self.add_row("牵头单位", self.units)
        self._hosts.say("只让这些单位牵头新排的活动；不填就是都可以。", "caption")
        self.add_row("补到", self.targets).say(
            "底线是条文的最低次数；目标是“宜”的次数，补得上才补。", "caption"
        )
        self.add_row("侧重", self.weighing)
        self.add_section("动哪些")
        self.add_row("", self.fixed)
        self._moves_words = label("最多挪")
        self._moves_end = label("场")
        self.add_row("", at_left(self.movable, self._moves_words, self.moves, self._moves_end))
        self.add_section("另外停排的日子")
        self.add_row("", self.blocked)
        self.add_section("记住的")
        self.add_row("已拒绝", self.rejected)
        self.add_row("已锁定", self.locked)
        self.add_section("详情")
        self.add_row("种子", at_left(self.seed)).say(
            "同样的数据、条件和种子，排出来的总是同一份。", "caption"
        )

    def _show(self, asked: Conditions) -> None:
        year, today = self._session.year, self._session.today
        begin, end = _earliest(year, today), date(year, 12, 31)
        for edit, day in ((self.first, asked.first or begin), (self.last, asked.last or end)):
            edit.setDateRange(QDate(begin), QDate(end))
            edit.setDate(QDate(day))
        self.campaigns.set_values(campaign.value for campaign in asked.campaigns or PLANNED)
        self.decisions.setChecked(asked.decisions)
        self.units.set_keys(asked.units)
        self.blocked.choose(day for day in asked.blocked if day.year == year)
        self.blocked.show_month(begin)
        self.movable.setChecked(asked.movable)
        self.moves.setValue(asked.max_moves or 0)
        self.targets.choose(asked.targets)
        self.weighing.choose(asked.weighing)
        self.rejected.show_entries((key, self._remembered.name_of(key)) for key in asked.rejected)
        self.locked.show_entries((key, self._locked_words(key, event)) for key, event in asked.locked)
        self.seed.setValue(asked.seed)
        self._show_moves()

    def _locked_words(self, key: str, event: Event) -> str:
        when = f" · {moment_label(event.starts_at)}" if event.starts_at else ""
        return f"{self._remembered.name_of(key)}{when}"

    def _show_moves(self) -> None:
        for widget in (self._moves_words, self.moves, self._moves_end):
            widget.setEnabled(self.movable.isChecked())

    def _on_default(self) -> None:
        self._show(Conditions())

    def accept_form(self) -> None:
        """``conditions`` are those of the form."""
        for field in (self._scope, self._lines):
            field.say("")
        first, last = value_of(self.first), value_of(self.last)
        if first > last:
            self._scope.say("“从”不能晚于“到”。")
            raise CommandError("范围不对：“从”不能晚于“到”。")
        ticked = self.campaigns.values()
        if not ticked:
            self._lines.say("至少选一条工作线。")
            raise CommandError("没有要排的：至少选一条工作线。")
        self.conditions = self._asked(first, last, ticked)

    def _asked(self, first: date, last: date, ticked: tuple[str, ...]) -> Conditions:
        year, before = self._session.year, self._remembered.conditions
        kept = without([key for key, _ in before.locked], self.locked.keys)
        return Conditions(
            first=None if first <= _earliest(year, self._session.today) else first,
            last=None if last == date(year, 12, 31) else last,
            campaigns=() if len(ticked) == len(PLANNED) else tuple(Campaign(value) for value in ticked),
            units=self.units.keys(),
            blocked=self.blocked.days,
            targets=self.targets.value(),
            weighing=self.weighing.value(),
            movable=self.movable.isChecked(),
            max_moves=self.moves.value() or None if self.movable.isChecked() else None,
            locked=tuple(entry for entry in before.locked if entry[0] in kept),
            rejected=without(before.rejected, self.rejected.keys),
            decisions=self.decisions.isChecked(),
            seed=self.seed.value(),
            effort=before.effort,
        )


def _earliest(year: int, today: date) -> date:
    """The first day on which anything can still be planned: tomorrow, or the first of a year to come."""
    return min(max(date(year, 1, 1), today + timedelta(days=1)), date(year, 12, 31))


def _day_edit(name: str) -> QDateEdit:
    made = day_edit()
    made.setAccessibleName(name)
    return made


def _closed_days(snapshot: YearSnapshot) -> set[date]:
    """Days on which nothing at all may be planned."""
    everybody = (b for b in snapshot.blocked if not (b.units or b.venues or b.campaigns))
    return {day for b in everybody for day in b.days_near(snapshot.year)}


def _days_off(snapshot: YearSnapshot) -> set[date]:
    workdays, begin = workdays_of(snapshot), date(snapshot.year, 1, 1)
    days = (begin + timedelta(days=n) for n in range(366))
    return {day for day in days if day.year == snapshot.year and not workdays.is_workday(day)}


class RememberedList(QWidget):
    """Lines of words, each with a button that takes it out of the list. ``changed`` when one was."""

    changed = Signal()

    def __init__(self, verb: str, nothing: str) -> None:
        super().__init__()
        self._verb = verb
        self._lines: dict[str, QFrame] = {}
        self._nothing = label(nothing, "caption")
        self._column = in_column(self._nothing, inside=self, margins=(0, 6, 0, 2), spacing=4)

    def show_entries(self, entries: Iterable[tuple[str, str]]) -> None:
        """Show exactly these entries (key, words)."""
        for key in list(self._lines):
            self._remove(key)
        for key, words in entries:
            self._lines[key] = self._line(key, words)
            self._column.addWidget(self._lines[key])
        self._nothing.setVisible(not self._lines)

    @property
    def keys(self) -> tuple[str, ...]:
        """The entries that are still in the list."""
        return tuple(self._lines)

    def _line(self, key: str, words: str) -> QFrame:
        line = QFrame()
        named = label(words, wrap=True)
        named.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        made = button(self._verb, small=True)
        made.setAccessibleName(f"{self._verb} {words}")
        made.clicked.connect(partial(self.take_out, key))
        in_row((named, 1), made, inside=line, margins=0, spacing=8)
        return line

    def take_out(self, key: str) -> None:
        """Take ``key`` out of the list."""
        self._remove(key)
        self._nothing.setVisible(not self._lines)
        self.changed.emit()

    def _remove(self, key: str) -> None:
        line = self._lines.pop(key)
        take_out(self._column, line)


def without(known: Sequence[str], kept: Iterable[str]) -> tuple[str, ...]:
    """The ``known`` keys that are kept, in their order."""
    left = set(kept)
    return tuple(key for key in known if key in left)
