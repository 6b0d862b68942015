"""规则检查页上的走法：下一项发现在哪，一行说的是不是某一格。"""

from __future__ import annotations

from collections.abc import Sequence

from planners.results import Cell, Finding
from planners.rule_rows import RuleRow

Place = tuple[str, str]
"""Where a finding stands: the key of its line, its own key."""


def next_place(
    found: Sequence[Place], lines: Sequence[str], line: str, key: str | None, step: int
) -> tuple[Place, bool]:
    """The finding after (``step`` 1) or before (-1) ``key`` on ``line``, and whether that goes around.

    Where the keyboard is on no finding: the first of this line and the lines after it, or the last of
    those before it. ``found`` is in the order of ``lines`` and not empty.
    """
    here = (line, key or "")
    if here in found:
        number = found.index(here) + step
    else:
        now = lines.index(line) if line in lines else 0
        later = [n for n, (other, _) in enumerate(found) if lines.index(other) >= now]
        earlier = [n for n, (other, _) in enumerate(found) if lines.index(other) < now]
        number = (later or [len(found)])[0] if step > 0 else (earlier or [-1])[-1]
    return found[number % len(found)], not 0 <= number < len(found)


def is_about(row: RuleRow, target: Cell | Finding) -> bool:
    """Whether ``row`` tells of ``target``, whatever its numbers are by now."""
    if isinstance(target, Cell):
        cell = row.cell
        return cell is not None and _place(cell) == _place(target)
    return row.finding is not None and _subject(row.finding) == _subject(target)


def _place(cell: Cell) -> tuple[object, ...]:
    return cell.rule, cell.first, cell.group


def _subject(finding: Finding) -> tuple[object, ...]:
    return finding.rule, finding.situation, finding.events, finding.decision, finding.policy
