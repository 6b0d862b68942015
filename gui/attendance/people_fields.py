"""表单里的小部件：可填可选的一栏、会议的各项、一人一行的日期。"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from PySide6.QtCore import QDate, Qt, QTime, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from gui.kit.day_edit import day_edit
from gui.kit.optional_day import OptionalDay
from gui.kit.plain import label
from gui.kit.theme import theme
from models.domain.attendance import Meeting

USUAL_BODY, USUAL_TIME = "区政府常务会议", time(9, 30)


def combo(entries: Iterable[str], text: str, hint: str = "") -> QComboBox:
    """A field with proposals in which anything can be written."""
    made = QComboBox()
    made.setEditable(True)
    made.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    made.addItems(list(entries))
    made.setCurrentText(text)
    made.lineEdit().setPlaceholderText(hint)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(6)
    return made


def at_left(control: QWidget) -> QWidget:
    """``control`` as wide as it is, at the left of its row."""
    bar = QWidget()
    row = QHBoxLayout(bar)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(control)
    row.addStretch(1)
    bar.setFocusProxy(control)
    return bar


def note_edit(text: str, height: int = 60, hint: str = "") -> QPlainTextEdit:
    """Some lines of text; Tab goes to the next field."""
    made = QPlainTextEdit(text)
    made.setTabChangesFocus(True)
    made.setFixedHeight(round(height * theme().scale))
    made.setPlaceholderText(hint)
    return made


class MeetingEdit(QWidget):
    """Body, number, time and place of a meeting; without the tick 已定日期 it has no day."""

    changed = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self.body = QLineEdit(maxLength=60)
        self.body.setAccessibleName("会议")
        self.number = QLineEdit(maxLength=20)
        self.number.setAccessibleName("会次")
        self.number.setPlaceholderText("如 第11次")
        self.dated = QCheckBox("已定日期")
        self.day = day_edit()
        self.day.setAccessibleName("会议日期")
        self.clock = QTimeEdit(displayFormat="HH:mm")
        self.clock.setAccessibleName("开会时间")
        self.clock.lineEdit().setTextMargins(5, 0, 0, 0)
        self.tentative = QCheckBox("暂定")
        self.place = QLineEdit(maxLength=100)
        self.place.setAccessibleName("会议地点")
        self.place.setPlaceholderText("地点，如 区政府 301 会议室")
        self._lay_out()
        for edit in (self.body, self.number, self.place):
            edit.textEdited.connect(self.changed)
        self.dated.toggled.connect(self._on_dated)
        self.day.dateChanged.connect(self.changed)
        self.clock.timeChanged.connect(self.changed)
        self.tentative.toggled.connect(self.changed)

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
        self.body.setText(shown.body)
        self.number.setText(shown.number)
        self.dated.setChecked(shown.starts_at is not None or meeting is None)
        self.day.setDate(QDate(starts.year, starts.month, starts.day))
        self.clock.setTime(QTime(starts.hour, starts.minute))
        self.tentative.setChecked(shown.tentative)
        self.place.setText(shown.place)
        self._on_dated()

    def value(self, key: str) -> Meeting:
        """The meeting as entered, called ``key``."""
        clock = self.clock.time()
        day: date = self.day.date().toPython()
        starts_at = datetime.combine(day, time(clock.hour(), clock.minute()))
        return Meeting(
            key,
            self.body.text().strip(),
            self.number.text().strip(),
            starts_at if self.dated.isChecked() else None,
            self.tentative.isChecked(),
            self.place.text().strip(),
        )

    def _on_dated(self) -> None:
        for made in (self.day, self.clock, self.tentative):
            made.setEnabled(self.dated.isChecked())
        self.changed.emit()


class DayFields(QWidget):
    """A person, and the day on which something was done for them (None: the tick is off).

    ``why`` stands where there is nothing to do.
    """

    def __init__(self, name: str, tick: str, day: date | None, proposed: date, why: str = "") -> None:
        super().__init__()
        self._day = day
        self.name = label(name, wrap=True)
        self.name.setFixedWidth(round(250 * theme().scale))
        self.day = OptionalDay(tick, day, proposed)
        self.day.tick.setAccessibleName(f"{name}：{tick}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.name)
        row.addWidget(self.day, 1)
        if why:
            self.day.setVisible(False)
            row.addWidget(label(why, "secondary"), 1)
        self.setFocusProxy(self.day)

    def value(self) -> date | None:
        """The day; None while the tick is off."""
        return self.day.value()

    def show_name(self, words: str) -> None:
        """How the person is called."""
        self.name.setText(words)
        self.name.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
