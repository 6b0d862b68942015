"""日历里三张清单的模型：当日、待定区、日程。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Generic, NamedTuple, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from gui.calendar.day_rows import DayRow, DayRowKind, in_time_order
from gui.calendar.days import CalendarDays
from gui.calendar.deadlines import DayDeadline
from gui.calendar.values import CalendarChip
from gui.calendar.waiting import WaitingRow, waiting_rows
from models.domain.workdays import WEEKDAYS
from planners.wording import short_day

Index = QModelIndex | QPersistentModelIndex
Row = TypeVar("Row")


class RowModel(QAbstractListModel, Generic[Row]):
    """A list of rows; subclasses say a row in words and which rows can be selected."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Row, ...] = ()

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show ``rows``."""
        rows = tuple(rows)
        if rows == self.rows:
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def row(self, index: Index) -> Row:
        """The row at ``index``."""
        return self.rows[index.row()]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many rows."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a row, for screen readers."""
        if index.isValid() and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.words(self.rows[index.row()])
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Heads cannot be selected."""
        if index.isValid() and not self.selectable(self.rows[index.row()]):
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def words(self, row: Row) -> str:
        """A row in one line."""
        raise NotImplementedError

    def selectable(self, row: Row) -> bool:
        """Whether the keyboard stops at the row."""
        return True


class DayModel(RowModel[DayRow]):
    """The rows of the selected day."""

    def words(self, row: DayRow) -> str:
        return row.words

    def selectable(self, row: DayRow) -> bool:
        return row.kind is not DayRowKind.EMPTY


class WaitingModel(RowModel[WaitingRow]):
    """待定区."""

    def words(self, row: WaitingRow) -> str:
        return row.words


class AgendaRow(NamedTuple):
    """A row of 日程: the head of a day (or of 待定), one of its events, or one of its deadlines."""

    day: date | None
    chip: CalendarChip | None = None
    waiting: WaitingRow | None = None
    count: int = 0
    note: str = ""
    deadline: DayDeadline | None = None
    due: int = 0

    @property
    def amounts(self) -> str:
        """How many events the day of a head holds and how many deadlines: 2 场 · 1 项时限."""
        words = (f"{self.count} 场" if self.count else "", f"{self.due} 项时限" if self.due else "")
        return " · ".join(word for word in words if word)

    @property
    def is_head(self) -> bool:
        """Whether it is the head of a day."""
        return self.chip is None and self.waiting is None and self.deadline is None

    @property
    def key(self) -> str:
        """The event (or decision, or deadline) of the row."""
        if self.deadline is not None:
            return self.deadline.key
        return self.chip.key if self.chip else self.waiting.key if self.waiting else ""


def agenda_rows(days: CalendarDays) -> tuple[AgendaRow, ...]:
    """The whole year as a list: each day that holds something, its events, then what waits."""
    rows: list[AgendaRow] = []
    for day in days.listed_days():
        shown = days.day(day)
        chips = in_time_order(shown)
        note = shown.mark_words or ("" if shown.workday else "周末")
        rows.append(AgendaRow(day, count=len(chips), note=note, due=len(shown.deadlines)))
        rows += [AgendaRow(day, deadline=deadline) for deadline in shown.deadlines]
        rows += [AgendaRow(day, chip) for chip in chips]
    waiting = () if days.chosen.conflicts_only else waiting_rows(days)
    if waiting:
        rows.append(AgendaRow(None, count=len(waiting)))
        rows += [AgendaRow(None, waiting=row) for row in waiting]
    return tuple(rows)


class AgendaModel(RowModel[AgendaRow]):
    """日程 of the year."""

    def words(self, row: AgendaRow) -> str:
        if row.chip is not None:
            assert row.day is not None
            return f"{short_day(row.day)} {row.chip.words} {row.chip.detail}"
        if row.waiting is not None:
            return f"待定 {row.waiting.words}"
        if row.deadline is not None:
            assert row.day is not None
            return f"{short_day(row.day)} {row.deadline.words}"
        if row.day is None:
            return f"待定区 {row.count} 场"
        return f"{short_day(row.day)} 星期{WEEKDAYS[row.day.weekday()]} {row.amounts}"

    def selectable(self, row: AgendaRow) -> bool:
        return not row.is_head

    def first_row_from(self, day: date) -> int:
        """The first row of ``day``, else of the next day that holds something; -1 where none follows."""
        return next((n for n, row in enumerate(self.rows) if row.day is not None and row.day >= day), -1)

    def row_of(self, key: str) -> int:
        """The row of an event; -1 where it is not shown."""
        return next((n for n, row in enumerate(self.rows) if row.key == key and key), -1)
