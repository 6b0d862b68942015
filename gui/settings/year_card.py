"""本年度的设置：办公室名称、每周上限、提前预警、日历提醒；每次保存是一步可撤销的改动。"""

from __future__ import annotations

from datetime import time
from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QWidget

from gui.kit.controls import clock_edit, line_edit, number_edit, show_value, value_of
from gui.kit.plain import button, label
from gui.services.rule_parameters import chosen_value
from gui.session.year_session import YearSession
from gui.settings.card import SettingsCard, side_by_side
from models import commands
from models.domain.dated_settings import name_and_day, year_on
from models.domain.rules import SettingSpec
from models.domain.setting_names import (
    ALARM_MINUTES,
    ALARM_TIME,
    LEAD_WORKDAYS,
    OFFICE,
    WEEK_LIMIT,
    reason_name,
)
from models.domain.year import Setting, Year
from planners.wording import short_day

USUAL_TIME, USUAL_MINUTES = time(15), 30
LONGEST_OFFICE = 60
_OFF = {ALARM_TIME: "", ALARM_MINUTES: -1}
"""What is stored for a reminder that is switched off: None would mean the default."""
_UNITS = {WEEK_LIMIT: "场", LEAD_WORKDAYS: "个工作日"}
_NOTES = {
    WEEK_LIMIT: "全区一周超过这个数只作提示，自动排期会避开。",
    LEAD_WORKDAYS: "周期结束前剩这么多工作日还没办成、没确认，就标为有风险。",
}


class YearCard(SettingsCard):
    """``change_requested``: the name of a setting whose dialog is wanted; ``rules_requested``: the rules page."""

    change_requested = Signal(str)
    rules_requested = Signal()

    def __init__(self) -> None:
        super().__init__("本年度")
        self._session: YearSession | None = None
        self.values: dict[str, QLabel] = {}
        self.change_buttons: dict[str, QPushButton] = {}
        self.office = line_edit("", LONGEST_OFFICE)
        self.office.setAccessibleName("办公室名称")
        self.office.editingFinished.connect(self.save_office)
        self.add_row(
            "办公室名称", self.office, "印件的编制单位、函件的落款、邀请的发件单位都用它，导出时还可以改。"
        )
        for name, words in ((WEEK_LIMIT, "每周上限"), (LEAD_WORKDAYS, "风险提前")):
            self._add_value(name, words)
        self.rules_button = button("全部规则参数…", self.rules_requested.emit, small=True)
        self.before = QCheckBox("前一个工作日")
        self.at = clock_edit("前一个工作日几点提醒")
        self.ahead = QCheckBox("开始前")
        self.minutes = number_edit(0, 1440, suffix=" 分钟", step=5)
        self.minutes.setAccessibleName("开始前几分钟提醒")
        self.save = button("保存提醒", self.save_alarms, kind="primary", small=True)
        self.reset = button("还原", self.show_alarms, small=True)
        self._lay_out()
        for box in (self.before, self.ahead):
            box.toggled.connect(self._on_changed)
        self.at.timeChanged.connect(self._on_changed)
        self.minutes.valueChanged.connect(self._on_changed)

    def _add_value(self, name: str, words: str) -> None:
        value, change = label(role="strong"), button("修改…", small=True)
        change.setAccessibleName(f"修改{words}")
        change.clicked.connect(partial(self._request_change, name))
        self.values[name], self.change_buttons[name] = value, change
        self.add_row(words, side_by_side(value, change), _NOTES[name])

    def _request_change(self, name: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002
        self.change_requested.emit(name)

    def _lay_out(self) -> None:
        self.add_row("其他参数", side_by_side(self.rules_button), "在“规则检查”里逐条看出处、改参数。")
        first = side_by_side(self.before, self.at)
        second = side_by_side(self.ahead, self.minutes)
        self.add_row("日历提醒", first)
        self.add_row("", second, "导出日历（iCal）时写入，同事的日历到时提醒；不影响规则检查。")
        self._buttons = self.add_row("", side_by_side(self.save, self.reset))

    def show_session(self, session: YearSession | None) -> None:
        """Show the settings of the open year; None where none is open."""
        self._session = session if session is not None and session.has_year else None
        self.title.setText(f"{session.year} 年度" if self._session and session else "本年度")
        for name, value in self.values.items():
            value.setText(self._value_words(name))
        self.office.setText(self._session.snapshot.year_row.office if self._session else "")
        self._say_state()
        self.show_alarms()

    def _say_state(self) -> None:
        session = self._session
        if session is None:
            words = "还没有打开年度；打开或新建一个年度后，这里的设置才能改。"
        elif session.read_only:
            words = f"现在只能看：{session.read_only_reason}".rstrip("。") + "。"
        else:
            words = "跟着年度走，记入变更记录，可用 Ctrl+Z 撤销。"
        self.remark.setText(words)
        self.remark.show()
        can_change = session is not None and not session.read_only
        parts: list[QWidget] = [self.office, self.before, self.ahead, *self.change_buttons.values()]
        for part in parts:
            part.setEnabled(can_change)
        self.rules_button.setEnabled(session is not None)

    def _spec(self, name: str) -> SettingSpec | None:
        specs = self._session.ruleset.settings if self._session else ()
        return next((spec for spec in specs if spec.name == name), None)

    def _value_words(self, name: str) -> str:
        """8 场（默认）; 10 场（自定：暑期人手多); 8 场（默认）；自6月21日起 10 场（自定：试行）."""
        spec, session = self._spec(name), self._session
        if spec is None or session is None:
            return "—"
        stored = session.snapshot.year_row
        versions = (name_and_day(setting) for setting, _ in stored.settings)
        later = sorted(day for plain, day in versions if plain == name and day and day > session.today)
        coming = [f"自{short_day(day)}起 {self._one_value(spec, year_on(stored, day))}" for day in later]
        return "；".join((self._one_value(spec, session.row), *coming))

    def _one_value(self, spec: SettingSpec, row: Year) -> str:
        value, name = chosen_value(spec, row), spec.name
        reason = row.setting(reason_name(name))
        if value == spec.default:
            origin = "默认"
        else:
            origin = f"自定：{reason}" if reason else "自定"
        return f"{value} {_UNITS[name]}（{origin}）"

    def save_office(self) -> None:
        """Store the name of the office, where it is another: one step; an empty one is the usual again."""
        session = self._session
        if session is None or session.read_only:
            return
        row, name = session.snapshot.year_row, " ".join(self.office.text().split())
        if name == row.office:
            return
        kept = name if name and name != row.with_settings({OFFICE: None}).office else None
        title = "修改办公室名称"
        session.perform(commands.change_settings, session.year, {OFFICE: kept}, title, toast=True)

    # the reminders

    def show_alarms(self) -> None:
        """Show the reminders as they are stored."""
        at, minutes = self._stored()
        for control, value in (
            (self.before, at is not None),
            (self.at, at or USUAL_TIME),
            (self.ahead, minutes is not None),
            (self.minutes, USUAL_MINUTES if minutes is None else minutes),
        ):
            with QSignalBlocker(control):
                show_value(control, value)
        self._on_changed()

    def _stored(self) -> tuple[time | None, int | None]:
        if self._session is None:
            return USUAL_TIME, USUAL_MINUTES
        from exports.ical import alarms_of

        found = alarms_of(self._session.snapshot.year_row)
        return found.workday_before, found.minutes_before

    def _entered(self) -> tuple[time | None, int | None]:
        at = value_of(self.at) if self.before.isChecked() else None
        return at, self.minutes.value() if self.ahead.isChecked() else None

    def changes(self) -> dict[str, Setting]:
        """The settings that saving would store."""
        (at, minutes), (at_now, minutes_now) = self._entered(), self._stored()
        changed: dict[str, Setting] = {}
        if at != at_now:
            usual = None if at == USUAL_TIME else f"{at:%H:%M}" if at else _OFF[ALARM_TIME]
            changed[ALARM_TIME] = usual
        if minutes != minutes_now:
            usual_minutes = None if minutes == USUAL_MINUTES else minutes
            changed[ALARM_MINUTES] = _OFF[ALARM_MINUTES] if minutes is None else usual_minutes
        return changed

    def _on_changed(self) -> None:
        can_change = self._session is not None and not self._session.read_only
        changed = can_change and bool(self.changes())
        self.at.setEnabled(can_change and self.before.isChecked())
        self.minutes.setEnabled(can_change and self.ahead.isChecked())
        self.save.setEnabled(changed)
        self.reset.setEnabled(changed)
        self._buttons.setVisible(changed)

    def save_alarms(self) -> None:
        """Store the reminders: one step, undone as one."""
        session, changed = self._session, self.changes()
        if session is not None and changed:
            session.perform(commands.change_settings, session.year, changed, self._title(), toast=True)

    def _title(self) -> str:
        at, minutes = self._entered()
        parts = [f"前一个工作日 {at:%H:%M}"] if at else []
        parts += [f"开始前 {minutes} 分钟"] if minutes is not None else []
        return f"修改日历提醒：{'、'.join(parts) or '不提醒'}"
