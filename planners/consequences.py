"""一步之后哪些周期变差了、落在了哪些休息日，怎么说。"""

from __future__ import annotations

from collections.abc import Iterator

from models.domain.changes import ChangeSet
from models.domain.events import Event
from models.domain.rules import RuleSet, Severity
from models.domain.snapshot import YearSnapshot
from models.domain.workdays import workdays_of
from planners import wording
from planners.results import Cell, CellState, YearCheck


def worsened(before: YearCheck, after: YearCheck) -> tuple[Cell, ...]:
    """The hard cells of ``after`` that are worse than they were in ``before``."""
    known = {(cell.rule, cell.group, cell.first): cell for cell in before.cells}
    hard = (cell for cell in after.cells if cell.severity is Severity.HARD)
    return tuple(cell for cell in hard if _is_worse(known.get((cell.rule, cell.group, cell.first)), cell))


def _is_worse(old: Cell | None, new: Cell) -> bool:
    if old is None:
        return False
    fell = new.state.urgency > old.state.urgency and new.state is not CellState.DONE
    return fell or new.shortfall > old.shortfall


def worse_words(ruleset: RuleSet, cell: Cell) -> str:
    """How a worsened cell is: 公开讲堂 · 6月 将变为 0/1（有风险），剩余 12 个工作日."""
    left = (
        f"，剩余 {cell.workdays_left} 个工作日" if cell.workdays_left is not None and cell.shortfall else ""
    )
    title = wording.cell_title(cell, ruleset)
    return f"{title} 将变为 {wording.count_of(cell)}（{cell.state.label}）{left}"


def consequences(
    done: ChangeSet, before: YearCheck, after: YearCheck, snapshot: YearSnapshot
) -> tuple[str, ...]:
    """What has to be known of a step beside its name: events on days off, rules that are worse; a few words each."""
    return (*_days_off(done, snapshot), *_rules(before, after))


def _days_off(done: ChangeSet, snapshot: YearSnapshot) -> Iterator[str]:
    """10月1日是国庆节, for the one event that the step moved there."""
    moved = [
        change.after.day
        for change in done.changes
        if isinstance(change.after, Event)
        and change.after.day is not None
        and (not isinstance(change.before, Event) or change.before.day != change.after.day)
    ]
    workdays = workdays_of(snapshot)
    if len(moved) == 1 and not workdays.is_workday(moved[0]):
        yield f"{wording.short_day(moved[0])}是{workdays.name_of(moved[0]) or '周末'}"


def _rules(before: YearCheck, after: YearCheck) -> Iterator[str]:
    worse = worsened(before, after)
    if worse:
        title = f"{wording.cell_title(worse[0], after.ruleset)} 变为 {wording.count_of(worse[0])}"
        yield f"{title}（{worse[0].state.label}）" + (f"等 {len(worse)} 处" if len(worse) > 1 else "")
