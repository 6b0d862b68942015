"""变更通知：改动归到要办的单位；各单位合起来就是全部改动。"""

from __future__ import annotations

from typing import NamedTuple

from models.domain.snapshot import YearSnapshot
from planners.release_changes import Change, EventChange, PlanChanges


class UnitNotice(NamedTuple):
    """The changes that one unit has to act on; ``unit`` None: those that no unit has now."""

    unit: str | None
    changes: tuple[Change, ...]

    @property
    def events(self) -> tuple[EventChange, ...]:
        """The events among them."""
        return tuple(change for change in self.changes if isinstance(change, EventChange))


def unit_notices(
    changes: PlanChanges, snapshot_before: YearSnapshot, snapshot_after: YearSnapshot
) -> tuple[UnitNotice, ...]:
    """One notice for each unit that has to act, in the order of the year's units, without unit last.

    A change that concerns several units is in the notice of each, those that had it before among them; one
    that no unit has any more is in the notice of none as well.
    """
    by_unit: dict[str | None, list[Change]] = {}
    for change in changes.all:
        units = change.units if change.lead is not None else (*change.units, None)
        for unit in units:
            by_unit.setdefault(unit, []).append(change)
    known = [unit.key for unit in (*snapshot_after.units, *snapshot_before.units)]
    order = [key for key in dict.fromkeys((*known, *by_unit)) if key is not None and key in by_unit]
    ordered: list[str | None] = [*order, *([None] if None in by_unit else [])]
    return tuple(UnitNotice(unit, tuple(by_unit[unit])) for unit in ordered)
