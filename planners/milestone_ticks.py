"""把年度节点标为办了、没办，或另定期限：要改哪些年度设置，一步一改，可撤销。

A day noted for a whole (of a milestone that was one tick before it was told apart, or of all units) holds for
each of its parts. Before a part is changed the whole is written out part by part, so that the others keep theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from models.domain.rules import GroupKind, RuleSet
from models.domain.setting_names import done_name, due_name
from models.domain.snapshot import YearSnapshot
from models.domain.year import Setting
from planners.checks.counting import units_of

Values = dict[str, Setting]
"""Name of a setting → what it becomes; None takes it away."""


def tick_values(
    snapshot: YearSnapshot, ruleset: RuleSet, milestone: str, day: date | None, units: Iterable[str] = ()
) -> Values:
    """The settings after which ``milestone`` (``Duty.key``) was done on ``day``, or (None) is not done.

    ``units``: only what these units have reported; of a milestone that units report, all of them by default.
    """
    code, _, part = milestone.partition("|")
    known, text = dict(snapshot.year_row.settings), day.isoformat() if day else None
    values = _apart(ruleset, code, known, done_name)
    whole = done_name(code, part)
    group = next((rule.group for rule in ruleset.rules if rule.code == code), GroupKind.NONE)
    if group is GroupKind.NONE:
        values[whole] = text
        return values
    own = {unit.key: done_name(code, part, unit.key) for unit in units_of(snapshot, group)}
    if noted := values.get(whole, known.get(whole)):
        values.update({name: noted for name in own.values() if not known.get(name)})
        values[whole] = None
    values.update({own[unit]: text for unit in units or own})
    return values


def due_values(snapshot: YearSnapshot, ruleset: RuleSet, milestone: str, day: date | None) -> Values:
    """The settings after which ``milestone`` is due on ``day``, or (None) on the rule's own day."""
    code, _, part = milestone.partition("|")
    known = dict(snapshot.year_row.settings)
    return _apart(ruleset, code, known, due_name) | {due_name(code, part): day.isoformat() if day else None}


def _apart(ruleset: RuleSet, code: str, known: Values, name_of: Callable[[str], str]) -> Values:
    """What was noted for the milestone of which ``code`` was a part, noted for each of its parts."""
    whole = next((rule.part_of for rule in ruleset.rules if rule.code == code), "")
    noted = known.get(name_of(whole)) if whole else None
    if not noted:
        return {}
    own = (name_of(rule.code) for rule in ruleset.rules if rule.part_of == whole)
    return {name: noted for name in own if not known.get(name)} | {name_of(whole): None}
