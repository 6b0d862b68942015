"""年度总览的周期格：状态、数目、说明与＋排入的位置。"""

from __future__ import annotations

from datetime import date

from gui.services.board_lines import LineSpec
from gui.services.board_values import BoardCell, BoardChip
from models.domain.events import Campaign
from models.domain.periods import month_period
from planners.results import Cell, CellState


def board_cells(
    spec: LineSpec, cells: list[Cell], chips: tuple[tuple[BoardChip, ...], ...], today: date
) -> tuple[BoardCell, ...]:
    """The cells of a line, without gaps from January to December."""
    by_span: dict[tuple[int, int], list[Cell]] = {}
    for cell in cells:
        by_span.setdefault((cell.first.month, cell.last.month), []).append(cell)
    found, month = [], 1
    while month <= 12:
        span = next((span for span in by_span if span[0] == month), (month, month))
        found.append(_board_cell(spec, span, by_span.get(span, []), chips, today))
        month = span[1] + 1
    return tuple(found)


def _board_cell(
    spec: LineSpec,
    span: tuple[int, int],
    cells: list[Cell],
    chips: tuple[tuple[BoardChip, ...], ...],
    today: date,
) -> BoardCell:
    if not cells:
        return BoardCell(*span)
    state = max((cell.state for cell in cells), key=lambda state: state.urgency)
    return BoardCell(
        *span,
        cells=tuple(cells),
        state=state,
        count=_count(cells, state),
        note=_note(cells[0], state),
        badge="达宜办" if _reaches_target(cells) else "",
        ghost=_ghost_month(spec, span, cells, chips, today),
        theme=cells[0].theme,
    )


def _count(cells: list[Cell], state: CellState) -> str:
    if not state.is_asked:
        return ""
    counted = [cell._replace(state=state).counted for cell in cells]
    if len(cells) > 1:
        counted = [min(number, cell.minimum) for number, cell in zip(counted, cells, strict=True)]
    return f"{sum(counted)}/{sum(cell.minimum for cell in cells)}"


def _note(cell: Cell, state: CellState) -> str:
    if state is CellState.OVERDUE:
        ended = f"{cell.last.month}月{cell.last.day}日"
        return f"{ended}到期未办，" + ("已登记说明" if cell.reason else "待登记说明")
    if state is CellState.AT_RISK:
        if not cell.shortfall:
            return "未确认"
        return f"剩 {cell.workdays_left} 个工作日" if cell.workdays_left is not None else ""
    return _exempt_words(cell) if state is CellState.EXEMPT else ""


def _exempt_words(cell: Cell) -> str:
    """Why a cell is exempt, as short as a month is wide."""
    return "集中开放月" if "开放月" in cell.reason else cell.reason.split("（")[0]


def _reaches_target(cells: list[Cell]) -> bool:
    return len(cells) == 1 and bool(cells[0].target) and 1 < (cells[0].target or 0) <= cells[0].forecast


def _ghost_month(
    spec: LineSpec,
    span: tuple[int, int],
    cells: list[Cell],
    chips: tuple[tuple[BoardChip, ...], ...],
    today: date,
) -> int | None:
    """The month of a short period in which ＋排入 stands: free, not over, not the first where avoidable."""
    short = [cell for cell in cells if cell.state.is_mendable and cell.shortfall]
    if not short:
        return None
    year = short[0].first.year
    open_months = [m for m in range(span[0], span[1] + 1) if month_period(year, m).end > today]
    if spec.campaign is Campaign.CAMPUS and span == (7, 9):
        open_months = [m for m in open_months if m == 9]
    free = [m for m in open_months if not chips[m - 1]]
    return (free[len(free) // 2 :] or open_months[-1:] or [None])[0]
