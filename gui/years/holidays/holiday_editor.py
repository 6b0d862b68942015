"""放假安排怎么来：随程序、粘贴通知、读文件，或在全年日历上逐日点；读出的与没读懂的都列出来。"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QCheckBox,
    QFrame,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from gui.kit.asking import ask_what_to_open
from gui.kit.boxes import in_column, in_row
from gui.kit.pasted_text import PastedText
from gui.kit.plain import button, label, restyle
from gui.kit.theme import theme
from gui.session.outside import text_in_file
from gui.years.holidays.year_grid import YearGrid
from gui.years.wizard.answers import HolidaySource, is_announced, known_holidays
from models.domain.errors import UserError
from models.domain.workdays import WEEKDAYS
from models.domain.year import Holidays
from planners.notice_text import LONGEST_NOTICE, Notice, parse_notice
from planners.wording import short_day

MOST_LINES = 6
READ_AFTER_MS = 150
SIDE_BY_SIDE, TWO_COLUMNS, UNBOUND = 1280, 760, 16_777_215
FILE_KIND = "通知 (*.txt *.docx)"
DAY_OFF = "放假"


class HolidayChoice(NamedTuple):
    """The arrangement chosen and where it comes from."""

    source: HolidaySource
    holidays: Holidays
    notice_text: str = ""


class HolidayEditor(QWidget):
    """Chooses the days off of a year. ``changed``: they are others, or their source is."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._year = 2000
        self._holidays = Holidays()
        self._is_showing = True
        self.notice: Notice | None = None
        """What was read from the pasted text."""
        self._group = QButtonGroup(self)
        self.sources = {source: QRadioButton() for source in HolidaySource}
        self.sources[HolidaySource.PASTED].setText("粘贴国务院办公厅的通知原文")
        self.sources[HolidaySource.CLICKED].setText("在日历上逐日点")
        hint = "把通知全文粘贴在这里，例如：\n一、元旦：1月1日（周五）至3日（周日）放假，共3天。"
        self.text = PastedText("通知原文", hint, LONGEST_NOTICE)
        self.file_button = button("从文件读入…", self.ask_for_file, small=True)
        self.announced = QCheckBox("这是正式公布的安排，不再标“估算”")
        self.reading = label(role="caption", wrap=True)
        self.list = label(wrap=True)
        self.list.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.total = label(role="strong", wrap=True)
        self.grid = YearGrid(self._year)
        self._timer = QTimer(self, interval=READ_AFTER_MS, singleShot=True)
        self._build()
        self._connect()

    def _build(self) -> None:
        sources, found = QVBoxLayout(), QVBoxLayout()
        for column in (sources, found):
            column.setSpacing(9)
        for source in HolidaySource:
            self._group.addButton(self.sources[source])
            sources.addWidget(self.sources[source])
            if source is HolidaySource.PASTED:
                sources.addWidget(self.text)
                row = in_row(self.file_button, None)
                sources.addLayout(row)
                sources.addWidget(self.reading)
        self.text.setMinimumHeight(round(118 * theme().scale))
        self.text.setMaximumHeight(round(190 * theme().scale))
        sources.addWidget(self.announced)
        sources.addStretch(1)
        found.addWidget(self.total)
        found.addWidget(self.list)
        found.addStretch(1)
        self._left = QFrame(objectName="Card")
        self._inside = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._left)
        self._inside.setContentsMargins(18, 16, 18, 16)
        self._inside.setSpacing(14)
        self._inside.addLayout(sources, 1)
        self._inside.addLayout(found, 1)
        calendar = QFrame(objectName="Card")
        remark = "点一下放假（休），周末再点一下为调休上班（班），再点还原；虚线是估算。"
        in_column(
            self.grid,
            label(remark, "caption", wrap=True),
            None,
            inside=calendar,
            margins=(22, 14, 22, 14),
            spacing=8,
        )
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(14)
        self._row.addWidget(self._left, 4)
        self._row.addWidget(calendar, 9)

    def _connect(self) -> None:
        self._group.buttonToggled.connect(self._on_source)
        self.text.textChanged.connect(self._on_text)
        self.text.refused.connect(self._on_refused)
        self._timer.timeout.connect(self._read)
        self.announced.toggled.connect(self._on_announced)
        self.grid.toggled.connect(self._on_day)

    def adapt(self, size: QSize) -> None:
        """Calendar beside the sources, or below them with what was found at their right."""
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        wide = size.width() >= SIDE_BY_SIDE * theme().scale
        roomy = size.width() >= TWO_COLUMNS * theme().scale
        self._row.setDirection(beside if wide else below)
        self._inside.setDirection(below if wide or not roomy else beside)
        self._left.setMaximumWidth(round(460 * theme().scale) if wide else UNBOUND)

    # answers

    def show_choice(self, year: int, choice: HolidayChoice) -> None:
        """Show what was chosen for ``year``."""
        self._is_showing = True
        self._year, self._holidays = year, choice.holidays
        words = (
            "国务院办公厅已公布的安排（随程序提供）" if is_announced(year) else "按法定节日估算，公布后再更新"
        )
        self.sources[HolidaySource.KNOWN].setText(words)
        self.sources[choice.source].setChecked(True)
        self.text.setPlainText(choice.notice_text)
        self.notice = parse_notice(choice.notice_text, year) if choice.notice_text.strip() else None
        self._tell()
        self._is_showing = False

    @property
    def choice(self) -> HolidayChoice:
        """What is chosen."""
        return HolidayChoice(self._source(), self._holidays, self.text.toPlainText())

    def draft_value(self) -> list[object]:
        """What is chosen, for a draft."""
        source, days, text = self.choice
        off = [[day.isoformat(), name] for day, name in days.days_off]
        worked = [day.isoformat() for day in days.makeup_workdays]
        return [source.value, text, off, worked, days.announced, days.notice]

    def take_draft(self, kept: object) -> None:
        """Choose what ``draft_value`` gave."""
        source, text, off, worked, announced, notice = kept  # type: ignore[misc]
        days = tuple((date.fromisoformat(day), str(name)) for day, name in off)
        makeup = tuple(date.fromisoformat(day) for day in worked)
        holidays = Holidays(announced is True, notice, days, makeup)
        self.show_choice(self._year, HolidayChoice(HolidaySource(source), holidays, str(text)))
        self.changed.emit()

    def _source(self) -> HolidaySource:
        return next(source for source, made in self.sources.items() if made.isChecked())

    def first_field(self) -> QWidget:
        """The text where it must be mended, else the choice."""
        if self._source() is HolidaySource.PASTED:
            return self.text
        return self._group.checkedButton() or self.grid

    # what is done

    def _on_source(self, _: QWidget, on: bool) -> None:  # noqa: FBT001
        if self._is_showing or not on:
            return
        source = self._source()
        if source is HolidaySource.KNOWN:
            self._take(known_holidays(self._year))
        elif source is HolidaySource.PASTED:
            self._read()
            self.text.setFocus()
        else:
            self._take(self._holidays)
            self.grid.setFocus()

    def _on_text(self) -> None:
        if not self._is_showing:
            self._is_showing = True
            self.sources[HolidaySource.PASTED].setChecked(True)
            self._is_showing = False
            self._timer.start()

    def _read(self) -> None:
        """Take from the text what can be read of it."""
        self._timer.stop()
        text = self.text.toPlainText()
        self.notice = parse_notice(text, self._year)
        self._take(self.notice.holidays() if self.notice.year == self._year else Holidays())

    def read_now(self) -> None:
        """Take what was typed last, without waiting."""
        if self._timer.isActive():
            self._read()

    def ask_for_file(self) -> None:
        """Read a notice from a file into the text."""
        chosen = ask_what_to_open(self, "读入放假通知", "", FILE_KIND)
        if chosen is not None:
            self.read_file(chosen)

    def read_file(self, path: Path) -> None:
        """The text of the file stands in the field; why not, below it."""
        try:
            text = text_in_file(self, path, "放假安排没有读入。")
        except UserError as error:
            self._on_refused(str(error))
            return
        if self.text.put(text):
            self._read()

    def _on_refused(self, words: str) -> None:
        self._say(words, "error")

    def _on_announced(self, on: bool) -> None:  # noqa: FBT001
        if not self._is_showing:
            notice = self._holidays.notice or (f"{self._year}年放假安排（逐日录入）" if on else None)
            self._take(self._holidays._replace(announced=on, notice=notice if on else None))

    def _on_day(self, day: date) -> None:
        """Off, then (at weekends) worked, then as it was."""
        off, worked = dict(self._holidays.days_off), set(self._holidays.makeup_workdays)
        if day in off:
            del off[day]
            worked |= {day} if day.weekday() >= 5 else set()
        elif day in worked:
            worked.remove(day)
        else:
            off[day] = _neighbour_name(off, day)
        self._is_showing = True
        self.sources[HolidaySource.CLICKED].setChecked(True)
        self._is_showing = False
        self._take(
            self._holidays._replace(
                days_off=tuple(sorted(off.items())), makeup_workdays=tuple(sorted(worked))
            )
        )

    def _take(self, holidays: Holidays) -> None:
        self._holidays = holidays
        self._is_showing = True
        self._tell()
        self._is_showing = False
        self.changed.emit()

    # what is said

    def _tell(self) -> None:
        holidays, source = self._holidays, self._source()
        self.grid.show_days(
            self._year,
            dict(holidays.days_off),
            holidays.makeup_workdays,
            estimated=not holidays.announced,
        )
        own = source is HolidaySource.CLICKED and not is_announced(
            self._year
        )  # a notice out is never an estimate
        self.announced.setVisible(own)
        self.announced.setChecked(holidays.announced)
        self.total.setText(total_words(holidays))
        self.list.setText("\n".join(arrangement_lines(holidays)))
        words, role = reading_words(self.notice) if source is HolidaySource.PASTED else ("", "caption")
        self._say(words, role)
        restyle(self.text, "state", "error" if role == "error" else "")

    def _say(self, words: str, role: str) -> None:
        restyle(self.reading, "role", role)
        self.reading.setText(words)
        self.reading.setVisible(bool(words))


def _neighbour_name(off: dict[date, str], day: date) -> str:
    """The festival whose days the new one joins."""
    for step in (-1, 1):
        if (beside := day + timedelta(days=step)) in off:
            return off[beside]
    return DAY_OFF


def total_words(holidays: Holidays) -> str:
    """放假 33 天，调休上班 6 天 · where from."""
    origin = holidays.notice if holidays.announced and holidays.notice else "估算，程序里和印发件上都会标明"
    return f"放假 {len(holidays.days_off)} 天，调休上班 {len(holidays.makeup_workdays)} 天 · {origin}"


def arrangement_lines(holidays: Holidays) -> list[str]:
    """One line a festival: 春节 2月15日 周日—2月23日 周一（9 天）; the make-up days last."""
    lines = []
    for name, group in groupby(holidays.days_off, key=lambda entry: entry[1]):
        days = [day for day, _ in group]
        spans = "、".join(_span(first, last) for first, last in _runs(days))
        lines.append(f"{name}　{spans}（{len(days)} 天）")
    if holidays.makeup_workdays:
        lines.append(f"上班　{'、'.join(_day(day) for day in holidays.makeup_workdays)}")
    return lines


def _runs(days: list[date]) -> list[tuple[date, date]]:
    runs: list[tuple[date, date]] = []
    for day in days:
        if runs and day - runs[-1][1] == timedelta(days=1):
            runs[-1] = runs[-1][0], day
        else:
            runs.append((day, day))
    return runs


def _span(first: date, last: date) -> str:
    return _day(first) if first == last else f"{_day(first)}—{_day(last)}"


def _day(day: date) -> str:
    return f"{short_day(day)}（{WEEKDAYS[day.weekday()]}）"


def reading_words(notice: Notice | None) -> tuple[str, str]:
    """What was read and what was not, line by line, and the look of the words."""
    if notice is None:
        return "", "caption"
    if notice.unread:
        lines = [unread.words for unread in notice.unread[:MOST_LINES]]
        if len(notice.unread) > MOST_LINES:
            lines.append(f"还有 {len(notice.unread) - MOST_LINES} 行没有读懂。")
        return "\n".join(lines), "error"
    if notice.missing:
        return f"没有提到{'、'.join(notice.missing)}，请看看通知是否完整。", "warning"
    return f"全部读懂：{notice.name or '通知'}", "good"
