"""变更通知：改动归到要办的单位；各单位合起来就是全部改动。"""

from __future__ import annotations

from typing import NamedTuple

from models.domain.snapshot import YearSnapshot
from planners.release_changes import EventChange, PlanChanges


class UnitNotice(NamedTuple):
    """The changes that one unit has to act on; ``unit`` None: those of no unit."""

    unit: str | None
    changes: tuple[EventChange, ...]


def unit_notices(
    changes: PlanChanges, snapshot_before: YearSnapshot, snapshot_after: YearSnapshot
) -> tuple[UnitNotice, ...]:
    """One notice for each unit that has to act, in the order of the year's units, without unit last.

    A change that concerns several units is in the notice of each.
    """
    by_unit: dict[str | None, list[EventChange]] = {}
    for change in changes.events:
        for unit in change.units or (None,):
            by_unit.setdefault(unit, []).append(change)
    known = [unit.key for unit in (*snapshot_after.units, *snapshot_before.units)]
    order = [key for key in dict.fromkeys((*known, *by_unit)) if key is not None and key in by_unit]
    ordered: list[str | None] = [*order, *([None] if None in by_unit else [])]
    return tuple(UnitNotice(unit, tuple(by_unit[unit])) for unit in ordered)
