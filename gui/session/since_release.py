"""上次印发以来：最后一份印发稿、其后改了什么、哪些活动已与印发稿不同。"""

from typing import TYPE_CHECKING, NamedTuple

from models.domain.attendance import Delegate
from models.domain.errors import StoreError
from models.domain.snapshot import ItemKind, YearSnapshot
from models.releases import Release, last_number, last_release, released_snapshot
from models.store import Store

if TYPE_CHECKING:
    from planners.release_changes import Change


class SinceRelease(NamedTuple):
    """The last release beside the draft. ``differing``: events that are another than people were told.

    ``problem``: why the release cannot be read; there is nothing to compare with then.
    """

    release: Release
    released: YearSnapshot | None
    changes: "tuple[Change, ...]" = ()
    differing: frozenset[str] = frozenset()
    problem: str = ""

    @property
    def words(self) -> str:
        """草案 · 上次印发：第3稿（6月1日），其后改了 7 项."""
        day = self.release.released_on
        last = f"草案 · 上次印发：第{self.release.number}稿（{day.month}月{day.day}日）"
        if self.problem:
            return f"{last}，内容已损坏"
        return f"{last}，其后改了 {len(self.changes)} 项" if self.changes else f"{last}，其后没有改动"

    def difference_words(self, key: str, snapshot: YearSnapshot) -> str:
        """与印发稿不同：日期 6月18日 → 6月25日; "" for an event that is as released."""
        if key not in self.differing:
            return ""
        from planners.change_words import changed_words
        from planners.released_events import DIFFERS

        change = next(one for one in self.changes if one.item is ItemKind.EVENT and one.key == key)
        return f"{DIFFERS}：{changed_words(change, snapshot)}"


class ReleaseMemory:
    """Knows the last release of a year; it is read once, and anew when the delegates are others: its texts
    name them as they are now."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._read_for: tuple[int, int, tuple[Delegate, ...]] = (0, 0, ())
        self._last: tuple[Release, YearSnapshot | None, str] | None = None

    def since(self, snapshot: YearSnapshot) -> SinceRelease | None:
        """The last release of the year beside ``snapshot``; None before the first."""
        number = last_number(self._store, snapshot.year)
        wanted = snapshot.year, number, snapshot.delegates
        if wanted != self._read_for:
            self._read_for = wanted
            self._last = self._read(snapshot.year)
        if self._last is None:
            return None
        release, released, problem = self._last
        if released is None:
            return SinceRelease(release, None, problem=problem)
        from planners.release_changes import changes_to_tell  # only where there is a release
        from planners.released_events import differing_events

        differing = differing_events(released.event_by_key, snapshot.event_by_key)
        return SinceRelease(release, released, changes_to_tell(released, snapshot), differing)

    def _read(self, year: int) -> tuple[Release, YearSnapshot | None, str] | None:
        release = last_release(self._store, year)
        if release is None:
            return None
        try:
            return release, released_snapshot(self._store, year, release.number), ""
        except StoreError as error:
            return release, None, str(error)
