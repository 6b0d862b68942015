"""成批改：改日期、改单位、改状态；确认之前先看对规则的影响和哪些不改。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import QDate, QTimer
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from gui.kit.choices import Choice, Segments, UnitEdit
from gui.kit.controls import number_edit
from gui.kit.day_edit import day_edit
from gui.kit.form import FormDialog
from gui.kit.message_bar import BarArea
from gui.ledger.bulk_changes import (
    BulkChange,
    shifted,
    skipped_words,
    to_day,
    with_lead,
    with_partner,
    with_status,
)
from gui.session.event_actions import STATUS_REASONS
from gui.session.messages import Bar
from gui.session.rule_effect import several_effect
from gui.session.year_session import YearSession
from models import commands
from models.domain.errors import CommandError
from models.domain.events import Event, EventStatus
from models.domain.text import quoted
from planners.consequences import worse_words
from planners.wording import short_day

DELAY = 120
MOST_LINES = 5
_WITH_REASON = (EventStatus.POSTPONED, EventStatus.CANCELLED)


def effect_bar(session: YearSession, change: BulkChange) -> Bar:
    """What ``change`` makes worse and which conflicts it makes, or that it does neither."""
    effect = several_effect(session, change.events)
    words = [f"改后 {worse_words(session.ruleset, cell)}" for cell in effect.worsened] + [
        sentence.rstrip("。") for sentence in effect.conflicts
    ]
    if not words:
        return Bar("info", "不影响刚性规则，也没有新的冲突。", (), "effect", closable=False)
    more = f"；还有 {len(words) - MOST_LINES} 处" if len(words) > MOST_LINES else ""
    text = f"{'；'.join(words[:MOST_LINES])}{more}。"
    return Bar("danger" if effect.conflicts else "warning", text, (), "effect", closable=False)


class BulkDialog(FormDialog):
    """A change of several events at once: one step. Subclasses say in ``change`` what becomes of them."""

    def __init__(
        self, session: YearSession, events: Sequence[Event], title: str, parent: QWidget | None
    ) -> None:
        super().__init__(title, title, parent, width=560)
        self._session, self._events = session, tuple(events)
        self._soon = QTimer(self, singleShot=True, interval=DELAY)
        self._soon.timeout.connect(self.preview)
        self.add_heading(f"{title}：{len(self._events)} 场活动")
        self.add_words(self._names(), "secondary")

    def _names(self) -> str:
        names = [quoted(event.short or event.title) for event in self._events[:6]]
        return "、".join(names) + (f" 等 {len(self._events)} 场" if len(self._events) > 6 else "")

    def finish(self) -> None:
        """Add what stands below every such form, and look for the first time."""
        self.skipped = self.add_words("", "warning")
        self.effect = BarArea(margins=(0, 0, 0, 0))
        self.add_widget(self.effect)
        self.preview()

    def change(self) -> BulkChange:
        """The events as they would be; ``CommandError`` where something is still missing."""
        raise NotImplementedError

    def title_of(self, change: BulkChange) -> str:
        """The name of the step."""
        raise NotImplementedError

    def preview(self) -> None:
        """Say how many change, which do not, and what gets worse."""
        try:
            change = self.change()
        except CommandError:
            change = BulkChange()
        self.accept_button.setText(f"改 {len(change.events)} 场")
        self.accept_button.setEnabled(bool(change.events))
        self.skipped.setText(skipped_words(change.skipped))
        self.skipped.setVisible(bool(change.skipped))
        self.effect.show_bar(effect_bar(self._session, change))
        if self.isVisible():
            self.fit()

    def accept_form(self) -> None:
        """All of them are changed; one step."""
        change = self.change()
        self._session.attempt_and_tell(commands.change_events, change.events, self.title_of(change))


class BulkDayDialog(BulkDialog):
    """Shifts the events by days or weeks, or puts them all on one day."""

    def __init__(self, session: YearSession, events: Sequence[Event], parent: QWidget | None = None) -> None:
        super().__init__(session, events, "改日期", parent)
        self.way = Segments([("整体挪动", False), ("改到同一天", True)])
        self.add_row("方式", self.way)
        self.count = number_edit(1, 366)
        self.unit = Choice([("天", 1), ("周", 7)])
        self.unit.choose(7)
        self.direction = Choice([("往后", 1), ("往前", -1)])
        shift = QWidget()
        row = QHBoxLayout(shift)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for control, name in ((self.direction, "方向"), (self.count, "多少"), (self.unit, "天或周")):
            control.setAccessibleName(name)
            row.addWidget(control)
        row.addStretch(1)
        shift.setFocusProxy(self.count)
        self._shift_row = self.add_row("挪动", shift)
        self.day = day_edit()
        day = next((e.day for e in events if e.day), None) or session.today + timedelta(days=1)
        self.day.setDate(QDate(day.year, day.month, day.day))
        self._day_row = self.add_row("日期", self.day)
        self._day_row.hide()
        self.way.changed.connect(self._on_way)
        for box in (self.unit, self.direction):
            box.currentIndexChanged.connect(self._soon.start)
        self.count.valueChanged.connect(self._soon.start)
        self.day.dateChanged.connect(self._soon.start)
        self.finish()
        self.count.setFocus()
        self.count.selectAll()

    def _on_way(self) -> None:
        self._shift_row.setVisible(not self.way.value())
        self._day_row.setVisible(self.way.value())
        self.preview()

    @property
    def days(self) -> int:
        """By how many days the events are shifted."""
        return self.count.value() * self.unit.value() * self.direction.value()

    def change(self) -> BulkChange:
        """Each event on its new day."""
        if self.way.value():
            return to_day(self._events, self.day.date().toPython())
        return shifted(self._events, self.days, self._session.year)

    def title_of(self, change: BulkChange) -> str:
        """移动 3 场，往后 1 周; 移动 3 场到6月23日."""
        if self.way.value():
            return f"移动 {len(change.events)} 场到{short_day(self.day.date().toPython())}"
        way, unit = self.direction.currentText(), self.unit.currentText()
        return f"移动 {len(change.events)} 场，{way} {self.count.value()} {unit}"


class BulkUnitDialog(BulkDialog):
    """Another lead unit, or one unit more or less beside it."""

    def __init__(self, session: YearSession, events: Sequence[Event], parent: QWidget | None = None) -> None:
        super().__init__(session, events, "改单位", parent)
        self.way = Segments([("换牵头单位", "lead"), ("加责任单位", "add"), ("去掉责任单位", "drop")])
        self.add_row("方式", self.way)
        self.units = UnitEdit(session.snapshot.units)
        self._units_row = self.add_row("单位", self.units)
        self.way.changed.connect(self.preview)
        self.units.textChanged.connect(self._soon.start)
        self.finish()
        self.units.setFocus()

    def change(self) -> BulkChange:
        """Each event with its new units."""
        keys = self.units.keys()
        if not keys:
            raise CommandError("还没有填写单位。")
        if self.way.value() == "lead":
            return with_lead(self._events, keys)
        return with_partner(self._events, keys, added=self.way.value() == "add")

    def title_of(self, change: BulkChange) -> str:
        """修改 3 场的牵头单位."""
        return f"修改 {len(change.events)} 场的{'牵头' if self.way.value() == 'lead' else '责任'}单位"


class BulkStatusDialog(BulkDialog):
    """One status for all: shown where it needs a reason, makes something worse, or leaves some out."""

    def __init__(
        self,
        session: YearSession,
        events: Sequence[Event],
        status: EventStatus,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(session, events, f"改为{status.label}", parent)
        self._status = status
        self.reason = QComboBox()
        self.reason.setEditable(True)
        self.reason.addItems(STATUS_REASONS.get(status, ()))
        self.reason.setCurrentText("")
        self.reason.lineEdit().setPlaceholderText("请选择或填写（必填）")
        self._reason_row = self.add_row("原因", self.reason)
        self._reason_row.setVisible(status in _WITH_REASON)
        self.finish()
        if status in _WITH_REASON:
            self.reason.setFocus()

    def change(self) -> BulkChange:
        """Each event with the status."""
        reason = self.reason.currentText().strip()
        return with_status(self._events, self._status, self._session.today, reason)

    def accept_form(self) -> None:
        """All of them have the status; refused without the reason that it needs."""
        if self._status in _WITH_REASON and not self.reason.currentText().strip():
            self._reason_row.say("请填写原因")
            self.reason.setFocus()
            raise CommandError("还没有填写原因。")
        super().accept_form()

    def title_of(self, change: BulkChange) -> str:
        """3 场改为已确认."""
        return f"{len(change.events)} 场改为{self._status.label}"
