"""读外来的表、目录、日历得到的值：每一行是新增、修改、相同还是不收，为什么；只是提议，什么都没改。"""

from __future__ import annotations

from typing import Any, NamedTuple

from models.domain.changes import RowChange
from models.domain.events import Event, Labelled


class RowFate(Labelled):
    """What a row of the sheet would do."""

    NEW = "new", "新增"
    CHANGED = "changed", "修改"
    SAME = "same", "相同"
    REMOVED = "removed", "删除"
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


class FileKind(Labelled):
    """What a file that is read for the plan is."""

    SUBMISSION = "submission", "报送表"
    CATALOGUE = "catalogue", "决策事项目录"
    CALENDAR = "calendar", "部门日历"
    PACKAGE = "package", "年度数据包"


class FileRow(NamedTuple):
    """A row of a file with the change it proposes; a refused one may propose none, or leave its item as it is.

    ``split``: the events it could become where several days are named, the first one with the key of ``change``.
    """

    sheet: str
    row: int
    title: str
    change: RowChange | None = None
    problems: tuple[CellProblem, ...] = ()
    split: tuple[Event, ...] = ()
    ask: bool = False
    """Whether only a person can tell if it is the item it seems to be: it is shown, and not ticked."""
    settled: bool = False
    """Whether a department's calendar calls it CONFIRMED."""
    submitted: str = ""
    """When a decision is to be put before the meeting, in the words of the sheet: no field of it holds that."""

    @property
    def place(self) -> tuple[str, int]:
        """Sheet and row: what names it."""
        return self.sheet, self.row

    @property
    def state(self) -> RowFate:
        """What taking the row would do."""
        change = self.change
        if change is None or any(problem.refused for problem in self.problems):
            return RowFate.REFUSED
        if change.before is None:
            return RowFate.NEW
        if change.after is None:
            return RowFate.REMOVED
        return RowFate.SAME if change.before == change.after else RowFate.CHANGED

    @property
    def usable(self) -> bool:
        """Whether taking it changes something."""
        return self.state in (RowFate.NEW, RowFate.CHANGED, RowFate.REMOVED)

    @property
    def fields(self) -> tuple[str, ...]:
        """What differs; that an event keeps which version it came from is only said where nothing else does."""
        names = self.change.fields if self.change is not None else ()
        return tuple(name for name in names if name != "received") or names

    @property
    def before(self) -> Any:
        """The item it changes or is the same as."""
        return self.change.before if self.change is not None else None

    @property
    def after(self) -> Any:
        """The item as it would be."""
        return self.change.after if self.change is not None else None

    @property
    def refused(self) -> tuple[CellProblem, ...]:
        """The cells for which the row is not taken."""
        return tuple(problem for problem in self.problems if problem.refused)

    @property
    def warnings(self) -> tuple[CellProblem, ...]:
        """The cells that are taken as they are, and look odd."""
        return tuple(problem for problem in self.problems if not problem.refused)


class FileReading(NamedTuple):
    """What a file proposes: every row with its fate, rows passed over, remarks about the whole.

    ``own``: it is one of our templates; ``unit`` the key of the unit that reports, None where unknown;
    ``unit_words`` the words for it. ``passed_over``: sheet, row and words of 合计, 注 and empty lines.
    ``missing``: keys of events that were written into the sheet and are not in it any more: nothing is done to them.
    """

    file: str
    year: int
    kind: FileKind
    rows: tuple[FileRow, ...]
    remarks: tuple[str, ...] = ()
    passed_over: tuple[tuple[str, int, str], ...] = ()
    unit: str | None = None
    unit_words: str = ""
    own: bool = False
    missing: tuple[str, ...] = ()

    def in_state(self, state: RowFate) -> tuple[FileRow, ...]:
        """The rows of ``state``."""
        return tuple(row for row in self.rows if row.state is state)

    @property
    def problems(self) -> tuple[CellProblem, ...]:
        """Every problem of every row."""
        return tuple(problem for row in self.rows for problem in row.problems)

    @property
    def summary(self) -> str:
        """新增 3 · 修改 2 · 相同 5 · 不收 1."""
        counts = [(state, len(self.in_state(state))) for state in RowFate]
        nothing = "没有事项" if self.kind is FileKind.CATALOGUE else "没有活动"
        return " · ".join(f"{state.label} {count}" for state, count in counts if count) or nothing
