"""学校假期：寒假、暑假的起止日；在假期里的走进校区只提示，从不禁止。"""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from gui.kit.bindings import Field
from gui.kit.controls import show_value, value_of
from gui.kit.day_edit import day_edit
from gui.kit.form import FormDialog
from gui.kit.plain import label
from gui.session.year_session import YearSession
from models import commands
from models.domain.errors import CommandError
from models.domain.events import Campaign, EventStatus
from models.domain.text import quoted
from planners.school_terms import SUMMER, WINTER, break_days, break_setting, school_breaks
from planners.wording import short_day

_PROPOSED = {WINTER: ((1, 23), (2, 21)), SUMMER: ((7, 1), (8, 31))}
_NAMES = {WINTER: "寒假", SUMMER: "暑假"}


class BreakEdit(QWidget):
    """Whether the days of a break are known, and which they are."""

    def __init__(self, name: str, days: tuple[date, date] | None, proposed: tuple[date, date]) -> None:
        super().__init__()
        self.known = QCheckBox("已公布")
        self.known.setAccessibleName(f"{name}起止日已公布")
        self.known.setChecked(days is not None)
        self.first, self.last = day_edit(), day_edit()
        for edit, day, which in zip(
            (self.first, self.last), days or proposed, ("第一天", "最后一天"), strict=True
        ):
            show_value(edit, day)
            edit.setAccessibleName(f"{name}{which}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self.known, self.first, label("至"), self.last):
            row.addWidget(widget)
        row.addStretch(1)
        self.setFocusProxy(self.known)
        self.known.toggled.connect(self._allow)
        self._allow()

    def _allow(self) -> None:
        for edit in (self.first, self.last):
            edit.setEnabled(self.known.isChecked())

    def value(self) -> tuple[date, date] | None:
        """The days; None where they are not known."""
        if not self.known.isChecked():
            return None
        return value_of(self.first), value_of(self.last)


class SchoolTermsDialog(FormDialog):
    """The breaks of the year; one step."""

    def __init__(self, session: YearSession, parent: QWidget | None = None) -> None:
        super().__init__("学校假期", "保存", parent, width=560)
        self._session = session
        row = session.snapshot.year_row
        self.add_heading(f"{session.year}年学校假期", Campaign.CAMPUS)
        self.add_words(
            "没有公布的假期按月份估计（2 月，7、8 月）。走进校区落在假期里只提示，不禁止。", "secondary"
        )
        self.edits: dict[str, BreakEdit] = {}
        self._rows: dict[str, Field] = {}
        for name, days in _PROPOSED.items():
            first, last = (date(session.year, *day) for day in days)
            self.edits[name] = edit = BreakEdit(_NAMES[name], break_days(row.setting(name)), (first, last))
            self._rows[name] = self.add_row(_NAMES[name], edit)
            for changed in (edit.known.toggled, edit.first.dateChanged, edit.last.dateChanged):
                changed.connect(self._look_again)
        self._concerned = self.add_words("", "caption")
        self._look_again()
        self.keep_drafts(session)
        self.edits[WINTER].known.setFocus()

    def _values(self) -> dict[str, str | None]:
        chosen = {name: edit.value() for name, edit in self.edits.items()}
        return {name: break_setting(*days) if days else None for name, days in chosen.items()}

    def _look_again(self) -> None:
        """Say which visits would lie in the breaks."""
        wrong = {name for name, edit in self.edits.items() if (days := edit.value()) and days[0] > days[1]}
        for name, row in self._rows.items():
            row.say("结束日早于开始日" if name in wrong else "")
        if wrong:
            return
        session = self._session
        settings = dict(session.snapshot.year_row.settings) | self._values()
        breaks = school_breaks(session.year, settings, session.ruleset)
        visits = [
            f"{short_day(event.day)}{quoted(event.short or event.title)}"
            for event in session.snapshot.events
            if event.campaign is Campaign.CAMPUS
            and event.day is not None
            and event.status not in (EventStatus.HELD, EventStatus.CANCELLED)
            and any(event.day in one for one in breaks)
        ]
        more = f"等 {len(visits)} 场" if len(visits) > 4 else ""
        words = (
            f"落在假期里的走进校区：{'、'.join(visits[:4])}{more}" if visits else "没有走进校区落在假期里。"
        )
        self._concerned.setText(words)

    def accept_form(self) -> None:
        """The year has these breaks."""
        for name, edit in self.edits.items():
            days = edit.value()
            if days is None:
                continue
            if days[0] > days[1]:
                raise CommandError(f"{_NAMES[name]}的结束日早于开始日。", "没有保存。", "请改正日期。")
            if self._session.year not in (days[0].year, days[1].year):
                raise CommandError(
                    f"{_NAMES[name]}不在 {self._session.year} 年。", "没有保存。", "请改正日期。"
                )
        session = self._session
        session.attempt_and_tell(commands.change_settings, self._values(), "修改学校假期")
