"""台账各列的宽：名称一列取余下的，放不下时次要的列先收起。"""

from __future__ import annotations

from collections.abc import Mapping

from planners.ledger_rows import LedgerColumn

WIDTHS: Mapping[LedgerColumn, int] = {
    LedgerColumn.TILE: 38,
    LedgerColumn.STATUS: 108,
    LedgerColumn.DATE: 108,
    LedgerColumn.TIME: 62,
    LedgerColumn.HOST: 160,
    LedgerColumn.PLACE: 216,
    LedgerColumn.COUNTED: 150,
    LedgerColumn.MISSING: 104,
}
LEAST: Mapping[LedgerColumn, int] = {
    LedgerColumn.HOST: 112,
    LedgerColumn.PLACE: 130,
    LedgerColumn.COUNTED: 126,
}
LEAST_TITLE = 240
LATE = (LedgerColumn.COUNTED, LedgerColumn.HOST, LedgerColumn.PLACE, LedgerColumn.TIME)
"""What is left out first where room is short."""


def column_widths(room: int, scale: float) -> dict[LedgerColumn, int]:
    """Width of every column that fits ``room``, the title taking what is left; those missing are hidden."""
    widths = {column: round(width * scale) for column, width in WIDTHS.items()}
    least = {column: round(LEAST.get(column, WIDTHS[column]) * scale) for column in widths}
    title = round(LEAST_TITLE * scale)
    for column in LATE:
        if sum(least.values()) + title <= room:
            break
        del widths[column], least[column]
    spare = room - title - sum(widths.values())
    for column in (LedgerColumn.PLACE, LedgerColumn.HOST, LedgerColumn.COUNTED):
        if spare < 0 and column in widths:
            given = max(spare, least[column] - widths[column])
            widths[column] += given
            spare -= given
    widths[LedgerColumn.TITLE] = max(80, title + spare)
    return widths
