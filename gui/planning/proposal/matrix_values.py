"""采纳前与采纳后：每条刚性频次规则一行，每个周期一格，算好再画。"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple

from gui.planning.proposal.choices import Choices
from models.domain.rules import Severity
from planners import wording
from planners.proposals import Target
from planners.results import Cell, CellState, Summary, YearCheck

MOST_LINES = 8
CellKey = tuple[str, str | None, object]


class Mark(Enum):
    """What the proposal does to a cell; ``DRAFT``: filled, but as 草拟 it does not count."""

    ADDED = "added"
    UNTICKED = "unticked"
    DRAFT = "draft"


class ComparedCell(NamedTuple):
    """A period, months ``first`` to ``last``. ``pending``: filled, but not met until a person acts."""

    first: int
    last: int
    state: CellState
    words: str
    mark: Mark | None = None
    pending: bool = False
    target: Target | None = None


class MatrixLine(NamedTuple):
    """A rule (and group): 公开讲堂, 校区·初中."""

    title: str
    cells: tuple[ComparedCell, ...]


class ProposalComparison(NamedTuple):
    """Both matrices and their counts: 满足或已排 of all that counts; ``pending`` filled but not met yet."""

    before: tuple[MatrixLine, ...]
    after: tuple[MatrixLine, ...]
    met_before: int
    met_after: int
    total: int
    pending_confirm: int
    pending_theme: int
    drafts: int
    ticked: int
    hidden: int


def comparison(choices: Choices) -> ProposalComparison:
    """How the year stands without and with the ticked entries."""
    check, (_, after) = choices.session.check, choices.after()
    marks = _marks(choices, check, after)
    was, will = _lines(check, {}), _lines(after, marks)
    shown = _shown(was, will)
    pending = [cell for line in will for cell in line.cells if cell.pending]
    confirm = sum(1 for cell in pending if cell.state is CellState.AT_RISK and not _lacks_theme(after, cell))
    return ProposalComparison(
        before=tuple(was[n] for n in shown),
        after=tuple(will[n] for n in shown),
        met_before=_met(check.summary),
        met_after=_met(after.summary),
        total=after.summary.total,
        pending_confirm=confirm,
        pending_theme=sum(1 for cell in pending if _lacks_theme(after, cell)),
        drafts=sum(1 for mark in marks.values() if mark is Mark.DRAFT),
        ticked=len(choices.ticked),
        hidden=len(will) - len(shown) if len(will) > MOST_LINES else 0,
    )


def _met(summary: Summary) -> int:
    return summary.done + summary.planned


def _marks(choices: Choices, check: YearCheck, after: YearCheck) -> dict[CellKey, Mark]:
    was = {_key(cell): cell.forecast for cell in check.cells}
    will = {_key(cell): cell.forecast for cell in after.cells}
    marks: dict[CellKey, Mark] = {}
    for row in choices.rows:
        for target in row.entry.targets:
            key = (target.rule, target.group, target.first)
            if row.ticked and will.get(key, 0) > was.get(key, 0):
                marks[key] = Mark.ADDED
            elif row.ticked and not choices.as_planned:
                marks.setdefault(key, Mark.DRAFT)
            elif not row.ticked and not row.rejected:
                marks.setdefault(key, Mark.UNTICKED)
    return marks


def _key(cell: Cell) -> CellKey:
    return (cell.rule, cell.group, cell.first)


def _lines(check: YearCheck, marks: dict[CellKey, Mark]) -> list[MatrixLine]:
    """The hard lines of a check, in the order of the rule set."""
    by_line: dict[tuple[str, str | None], list[Cell]] = {}
    for cell in check.cells:
        if cell.severity is Severity.HARD and cell.state is not CellState.NOT_APPLICABLE:
            by_line.setdefault((cell.rule, cell.group), []).append(cell)
    return [
        MatrixLine(line_title(cells[0], check), tuple(_cell(cell, check, marks) for cell in cells))
        for cells in by_line.values()
    ]


def line_title(cell: Cell, check: YearCheck) -> str:
    """The short title of a line: 公开讲堂, 校区·初中."""
    title = check.ruleset.rule(cell.rule).title
    return f"{title.removeprefix('走进')}·{cell.group}" if cell.group else title.removeprefix("政府")


def _cell(cell: Cell, check: YearCheck, marks: dict[CellKey, Mark]) -> ComparedCell:
    mark = marks.get(_key(cell))
    pending = mark is Mark.ADDED and cell.state.is_short
    if mark is Mark.UNTICKED and not cell.state.is_short:
        mark = None
    return ComparedCell(
        cell.first.month,
        cell.last.month,
        cell.state,
        _words(cell, check, mark),
        mark,
        pending,
        Target(cell.rule, cell.first, cell.last, cell.group),
    )


def _words(cell: Cell, check: YearCheck, mark: Mark | None) -> str:
    said = wording.state_line(cell)
    state = cell.state.label if said in (cell.state.label, "") else f"{cell.state.label} {said}"
    words = f"{wording.period_name(cell, check.ruleset)} {state}"
    if mark is Mark.ADDED:
        waiting = "主题未定" if cell.theme == "" else "待确认"
        return f"{words}，排入{'，' + waiting if cell.state.is_short else ''}"
    if mark is Mark.DRAFT:
        return f"{words}，草拟，不计入"
    return f"{words}，有建议未勾选" if mark is Mark.UNTICKED else words


def _lacks_theme(check: YearCheck, cell: ComparedCell) -> bool:
    target = cell.target
    return target is not None and any(
        found.lacks_theme
        and (found.rule, found.group, found.first) == (target.rule, target.group, target.first)
        for found in check.cells
    )


def _shown(was: list[MatrixLine], will: list[MatrixLine]) -> list[int]:
    """The lines that are shown: of many only those that are short somewhere or that the proposal touches.

    A line of one single period (开放月) is shown only then, too: elsewhere it would be an empty row.
    """
    numbers = list(range(len(will)))
    telling = [n for n in numbers if _is_telling(was[n].cells) or _is_telling(will[n].cells)]
    if len(numbers) > MOST_LINES:
        return telling or numbers[:1]
    return [n for n in numbers if n in telling or len(will[n].cells) > 1]


def _is_telling(cells: Iterable[ComparedCell]) -> bool:
    return any(cell.mark is not None or cell.state.is_short for cell in cells)


def after_words(found: ProposalComparison) -> str:
    """What stands behind the number of 采纳后: what waits, what does not count, how many are ticked."""
    parts = []
    if found.drafts:
        parts.append(f"草拟 {found.drafts} 处不计入")
    if found.pending_confirm:
        parts.append(f"另 {found.pending_confirm} 项排入后待确认")
    if found.pending_theme:
        parts.append(f"另 {found.pending_theme} 项待定主题")
    words = "，".join(parts)
    return f"{words}（勾选 {found.ticked} 项时）"


def summary_line(found: ProposalComparison) -> str:
    """Both matrices in one line, for small windows."""
    parts = [f"满足或已排 {found.met_before} → {found.met_after} / {found.total}"]
    if found.drafts:
        parts.append(f"草拟 {found.drafts} 处不计入")
    waiting = found.pending_confirm + found.pending_theme
    if waiting:
        parts.append(f"另 {waiting} 项待{'确认' if found.pending_confirm else '定主题'}")
    return "，".join(parts) + f"（勾选 {found.ticked} 项）"
