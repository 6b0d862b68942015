"""采纳导入的各行之前先看：哪些周期会变，会多出哪些冲突。"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import NamedTuple

from models.domain.changes import RowChange
from models.domain.snapshot import YearSnapshot
from planners import wording
from planners.checks import check_year
from planners.parameter_effect import effect_headline, effect_lines, parameter_effect
from planners.proposals_applied import with_changes
from planners.results import Conflict, YearCheck

MOST_LINES = 30


class TakingEffect(NamedTuple):
    """What the check would say after some changes: in one line, and line by line. ``is_bad``: something is worse."""

    headline: str
    lines: tuple[str, ...] = ()
    is_bad: bool = False


def taking_effect(snapshot: YearSnapshot, check: YearCheck, changes: Collection[RowChange]) -> TakingEffect:
    """What taking ``changes`` into ``snapshot``, of which ``check`` tells, would do."""
    if not changes:
        return TakingEffect("")
    then = with_changes(snapshot, changes)
    after = check_year(then, check.today, check.ruleset)
    effect = parameter_effect(check, after)
    clashes = _new_conflicts(check, after)
    headline = effect_headline(effect)
    if clashes:
        headline += f"；新增冲突 {len(clashes)} 处"
    lines = [wording.conflict_sentence(conflict, then) for conflict in clashes]
    lines += effect_lines(effect, after, then)
    more = (f"……另有 {len(lines) - MOST_LINES} 项",) if len(lines) > MOST_LINES else ()
    return TakingEffect(f"采纳后{headline}。", (*lines[:MOST_LINES], *more), bool(clashes) or effect.is_bad)


def _new_conflicts(before: YearCheck, after: YearCheck) -> list[Conflict]:
    """The conflicts that there are only afterwards, or between more events."""
    known = Counter({(one.kind, one.resource, one.day): len(one.events) for one in before.conflicts})
    return [one for one in after.conflicts if len(one.events) > known[one.kind, one.resource, one.day]]
