"""表单里的小部件：会议的各项、一人一行。"""

from __future__ import annotations

from datetime import date, datetime, time

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from gui.kit.bindings import Binding, Bindings, needed
from gui.kit.boxes import in_row
from gui.kit.controls import clock_edit, line_edit, show_value, value_of
from gui.kit.day_edit import day_edit
from gui.kit.plain import label
from gui.kit.theme import theme
from models.domain.attendance import Meeting

USUAL_BODY, USUAL_TIME = "区政府常务会议", time(9, 30)


class MeetingEdit(QWidget):
    """Body, number, time and place of a meeting; without the tick 已定日期 it has no day."""

    changed = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self.body = line_edit("", 60)
        self.number = line_edit("如 第11次", 20)
        self.dated, self.tentative = QCheckBox("已定日期"), QCheckBox("暂定")
        self.day, self.clock = day_edit(), clock_edit("开会时间")
        self.place = line_edit("地点，如 区政府 301 会议室", 100)
        for control, name in (
            (self.body, "会议"),
            (self.number, "会次"),
            (self.day, "会议日期"),
            (self.place, "会议地点"),
        ):
            control.setAccessibleName(name)
        lacking = needed("请填写是什么会议", "还没有填写是什么会议。")
        self.fields = Bindings(self)
        self.body_binding = self.fields.add(Binding("会议", self.body, "body", checks=(lacking,)))
        for control, field in (
            (self.number, "number"),
            (self.tentative, "tentative"),
            (self.place, "place"),
        ):
            self.fields.add(Binding(control.accessibleName(), control, field))
        self._lay_out()
        self.fields.changed.connect(self.changed)
        self.dated.toggled.connect(self._on_dated)
        self.day.dateChanged.connect(self.changed)
        self.clock.timeChanged.connect(self.changed)

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.body, 2)
        first.addWidget(self.number, 1)
        for made in (self.dated, self.day, self.clock, self.tentative):
            second.addWidget(made)
        second.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for row in (first, second):
            row.setSpacing(8)
            column.addLayout(row)
        column.addWidget(self.place)
        self.setFocusProxy(self.body)

    def show_meeting(self, meeting: Meeting | None) -> None:
        """Show ``meeting``; None: an empty one at the usual time."""
        shown = meeting or Meeting("", USUAL_BODY, tentative=True)
        starts = shown.starts_at or datetime.combine(self._today, USUAL_TIME)
        self.fields.show(shown)
        self.dated.setChecked(shown.starts_at is not None or meeting is None)
        show_value(self.day, starts.date())
        show_value(self.clock, starts.time())
        self._on_dated()

    def value(self, key: str) -> Meeting:
        """The meeting as entered, called ``key``."""
        starts_at = datetime.combine(value_of(self.day), value_of(self.clock))
        return self.fields.applied_to(
            Meeting(key, "", starts_at=starts_at if self.dated.isChecked() else None)
        )

    def _on_dated(self) -> None:
        for made in (self.day, self.clock, self.tentative):
            made.setEnabled(self.dated.isChecked())
        self.changed.emit()


class NamedControl(QWidget):
    """A person, and beside the name the control for what is recorded of them; ``why`` where there is nothing to do."""

    def __init__(self, name: str, control: QWidget, name_width: int, why: str = "") -> None:
        super().__init__()
        self.name = label(name, wrap=True)
        self.name.setFixedWidth(round(name_width * theme().scale))
        reason = ((label(why, "secondary"), 1),) if why else ()
        in_row(self.name, (control, 1), *reason, inside=self, margins=0, spacing=12)
        if why:
            control.setVisible(False)
        self.setFocusProxy(control)

    def show_name(self, words: str) -> None:
        """How the person is called."""
        self.name.setText(words)
        self.name.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
