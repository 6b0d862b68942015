"""别的年度：同一个文件里别的年度还没有办完的事，读过就记住，改过的年度才重读。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gui.services.open_years import read_open_year
from models import queries
from models.store import Store
from planners.open_years import OpenYear


class OtherYears:
    """What the years of a data file still ask for, read one at a time.

    A year is read again only where a step changed it, or the day or the people known are others; until then what was
    read before is told, so that nothing vanishes meanwhile.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._read: dict[int, OpenYear] = {}
        self._stale: set[int] = set()
        self._as_of: tuple[date, object] | None = None
        self._revision = 0

    def known(self, years: Sequence[int]) -> tuple[OpenYear, ...]:
        """What is known of ``years``."""
        return tuple(self._read[year] for year in years if year in self._read)

    def lacking(self, years: Sequence[int], today: date) -> list[int]:
        """Those of ``years`` that are to be read, the last first. Raises ``BusyError``."""
        store = self._store
        as_of = today, queries.persons_known(store)
        if as_of != self._as_of:
            self._stale |= self._read.keys()
            self._as_of = as_of
        self._stale.update(queries.years_changed_since(store, self._revision))
        self._revision = queries.revision(store)
        return [year for year in reversed(years) if year not in self._read or year in self._stale]

    def read(self, year: int, today: date) -> bool:
        """Read ``year``; whether something else is known of it now. Raises ``BusyError``."""
        before = self._read.get(year)
        self._read[year] = read_open_year(self._store, year, today)
        self._stale.discard(year)
        return self._read[year] != before
