"""读报送表得到的值：每一行是新增、修改、相同还是不收，为什么；只是提议，什么都没改。"""

from __future__ import annotations

from typing import NamedTuple

from models.domain.events import Event, Labelled


class SheetRowState(Labelled):
    """What a row of the sheet would do."""

    NEW = "new", "新增"
    CHANGED = "changed", "修改"
    SAME = "same", "相同"
    REFUSED = "refused", "不收"


class CellProblem(NamedTuple):
    """A cell that is refused, or that is taken with a warning: row, column, head, value and reason."""

    row: int
    column: int
    head: str
    value: str
    reason: str
    refused: bool = False

    @property
    def place(self) -> str:
        """第 6 行 D 列（活动时间）."""
        from exports.xlsx.reading.grid import column_letters

        where = f"第 {self.row} 行" + (f" {column_letters(self.column)} 列" if self.column else "")
        return f"{where}（{self.head}）" if self.head else where

    def __str__(self) -> str:
        shown = f"“{self.value}”，" if self.value else ""
        return f"{self.place}：{shown}{self.reason}"


class SheetRow(NamedTuple):
    """A row of the sheet with the event as it would be.

    ``before``: the event it changes or is the same as. ``fields``: what differs. ``split``: the events it could
    become where several days are named, the first one with the key of ``event``. A refused row may carry no event.
    """

    sheet: str
    row: int
    title: str
    state: SheetRowState
    event: Event | None = None
    before: Event | None = None
    fields: tuple[str, ...] = ()
    problems: tuple[CellProblem, ...] = ()
    split: tuple[Event, ...] = ()
    ask: bool = False
    """Whether only a person can tell if it is the event it seems to be: it is shown, and not ticked."""
    settled: bool = False
    """Whether a department's calendar calls it CONFIRMED."""

    @property
    def place(self) -> tuple[str, int]:
        """Sheet and row: what names it."""
        return self.sheet, self.row

    @property
    def usable(self) -> bool:
        """Whether taking it changes something."""
        return self.state in (SheetRowState.NEW, SheetRowState.CHANGED)

    @property
    def refused(self) -> tuple[CellProblem, ...]:
        """The cells for which the row is not taken."""
        return tuple(problem for problem in self.problems if problem.refused)

    @property
    def warnings(self) -> tuple[CellProblem, ...]:
        """The cells that are taken as they are, and look odd."""
        return tuple(problem for problem in self.problems if not problem.refused)


class SheetReading(NamedTuple):
    """What a returned 报送表 says: every row with its fate, rows passed over, remarks about the whole.

    ``own``: it is one of our templates; ``unit`` the key of the unit that reports, None where unknown;
    ``unit_words`` the words for it. ``passed_over``: sheet, row and words of 合计, 注 and empty lines.
    ``missing``: keys of events that were written into the sheet and are not in it any more: nothing is done to them.
    """

    file: str
    year: int
    rows: tuple[SheetRow, ...]
    remarks: tuple[str, ...] = ()
    passed_over: tuple[tuple[str, int, str], ...] = ()
    unit: str | None = None
    unit_words: str = ""
    own: bool = False
    missing: tuple[str, ...] = ()

    def in_state(self, state: SheetRowState) -> tuple[SheetRow, ...]:
        """The rows of ``state``."""
        return tuple(row for row in self.rows if row.state is state)

    @property
    def problems(self) -> tuple[CellProblem, ...]:
        """Every problem of every row."""
        return tuple(problem for row in self.rows for problem in row.problems)
