"""往年去过哪些街镇：往年的快照读一次，记到数据变了为止。"""

from __future__ import annotations

from weakref import WeakKeyDictionary

from gui.session.year_session import YearSession
from models import queries
from models.domain.errors import UserError
from models.domain.snapshot import YearSnapshot
from planners.visits import YEARS_LOOKED_AT, TownVisits, town_visits

_Kept = dict[int, tuple[tuple[int, int], tuple[YearSnapshot, ...]]]
_read: WeakKeyDictionary[YearSession, _Kept] = WeakKeyDictionary()


def earlier_years(session: YearSession, count: int = YEARS_LOOKED_AT - 1) -> tuple[YearSnapshot, ...]:
    """The years before the open one, as far as the data file has them; none where they cannot be read."""
    known = [year for year in session.years() if session.year - count <= year < session.year]
    if not known:
        return ()
    kept = _read.setdefault(session, {})
    key = (session.year, session.snapshot.revision)
    cached = kept.get(count)
    if cached is None or cached[0] != key:
        try:
            cached = (key, queries.years_before(session.store, session.year, count))
        except UserError:
            return ()
        kept[count] = cached
    return cached[1]


def towns_of(session: YearSession, count: int = YEARS_LOOKED_AT - 1) -> tuple[TownVisits, ...]:
    """The 街镇 with their visits of this and ``count`` earlier years."""
    return town_visits(session.snapshot, earlier_years(session, count))
