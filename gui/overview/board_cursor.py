"""键盘在年度总览上怎么走：格子、季、组，以及格里的活动块。"""

from collections.abc import Sequence
from typing import NamedTuple

from gui.services.board_values import BoardContents, BoardLine


class Cursor(NamedTuple):
    """The selected cell (``row``, ``month``), and the chip in it the keyboard is on, if any."""

    row: int
    month: int
    chip: int | None = None


def chips_in_cell(line: BoardLine, month: int) -> list[tuple[int, str]]:
    """Month and key of every chip of the cell that covers ``month``, in reading order."""
    cell = line.cell_at(month)
    return [(m, chip.key) for m in range(cell.first, cell.last + 1) for chip in line.chips_at(m)]


def sideways(cursor: Cursor, contents: BoardContents, step: int) -> Cursor:
    """The cell to the right (``step`` 1) or left (-1); the year's ends hold."""
    cell = contents.lines[cursor.row].cell_at(cursor.month)
    month = cell.last + 1 if step > 0 else cell.first - 1
    if not 1 <= month <= 12:
        return cursor._replace(chip=None)
    return Cursor(cursor.row, contents.lines[cursor.row].cell_at(month).first)


def vertically(cursor: Cursor, contents: BoardContents, step: int) -> Cursor:
    """The same month, ``step`` lines down (or up); first and last line hold."""
    row = min(max(cursor.row + step, 0), len(contents.lines) - 1)
    return Cursor(row, cursor.month)


def next_group(cursor: Cursor, contents: BoardContents, step: int) -> Cursor:
    """The first line of the next (``step`` 1) or previous group."""
    lines = contents.lines
    starts = [r for r in range(len(lines)) if r == 0 or lines[r].group != lines[r - 1].group]
    own = max(index for index, start in enumerate(starts) if start <= cursor.row)
    target = min(max(own + step, 0), len(starts) - 1)
    return Cursor(starts[target], cursor.month)


def next_quarter(cursor: Cursor, step: int) -> Cursor:
    """The first month of the next (``step`` 1) or previous quarter."""
    quarter = min(max((cursor.month - 1) // 3 + step, 0), 3)
    return Cursor(cursor.row, 3 * quarter + 1)


def along_chips(cursor: Cursor, contents: BoardContents, step: int) -> Cursor:
    """The next or previous chip of the cell; before the first one the cell itself."""
    chips = chips_in_cell(contents.lines[cursor.row], cursor.month)
    if not chips:
        return cursor._replace(chip=None)
    index = (-1 if cursor.chip is None else cursor.chip) + step
    if index < 0:
        return cursor._replace(chip=None)
    return cursor._replace(chip=min(index, len(chips) - 1))


def kept(cursor: Cursor | None, key: str | None, lines: Sequence[BoardLine]) -> Cursor | None:
    """``cursor`` on the line called ``key`` after the lines changed; None when it is gone."""
    if cursor is None or key is None:
        return None
    row = next((row for row, line in enumerate(lines) if line.key == key), None)
    return None if row is None else Cursor(row, cursor.month)
