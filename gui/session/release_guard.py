"""已印发的不许悄悄改：改动会与印发稿不同时先问，每项安排一次打开只问一次，一批只问一次。"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

from models.domain.changes import ChangeSet
from models.domain.errors import CommandError

if TYPE_CHECKING:
    from gui.session.since_release import SinceRelease
    from planners.released_events import Departure


class DeclinedError(CommandError):
    """The user does not want to depart from what was released; nothing was changed."""

    def __init__(self) -> None:
        super().__init__("保持与印发稿一致，没有改动。")


class StillAskingError(DeclinedError):
    """The question is on the screen and not answered yet: nothing is to be said."""


class UnaskedError(Exception):
    """A step would depart from the release in what was not asked about yet."""

    def __init__(self, departures: tuple[Departure, ...]) -> None:
        super().__init__()
        self.departures = departures


Ask: TypeAlias = "Callable[[SinceRelease, Sequence[Departure]], tuple[bool, bool]]"
"""Asks about what was released: whether to change it, and whether never to ask again this time."""


class ReleaseGuard:
    """Stands before every step of the window. Without ``ask`` nothing is asked and everything passes."""

    def __init__(self) -> None:
        self.ask: Ask | None = None
        self._asked: set[tuple[int, Departure]] = set()
        self._silent = False
        self._asking = False
        self._since: Callable[[], SinceRelease | None] = _nothing

    def follow(self, since: Callable[[], SinceRelease | None]) -> None:
        """``since`` tells how the draft stands to the last release."""
        self._since = since

    def require_asked(self, step: ChangeSet) -> None:
        """Raises ``UnaskedError`` where ``step`` departs from the release and nobody was asked."""
        if self._silent or self.ask is None:
            return
        since = self._since()
        if since is None or since.released is None or since.release.year != step.year:
            return
        from planners.released_events import departures

        found = departures(since.released, step.changes)
        if fresh := tuple(one for one in found if (step.year, one) not in self._asked):
            raise UnaskedError(fresh)

    def settle(self, unasked: UnaskedError) -> None:
        """Ask about it; afterwards it passes. Raises ``DeclinedError`` where it is to stay as released."""
        since = self._since()
        if self.ask is None or since is None:
            return
        if self._asking:  # the question took the focus from a field, which tried to store itself again
            raise StillAskingError
        self._asking = True
        try:
            agreed, never_again = self.ask(since, unasked.departures)
        finally:
            self._asking = False
        if not agreed:
            raise DeclinedError
        self._silent = self._silent or never_again
        self._asked.update((since.release.year, one) for one in unasked.departures)

    def forget(self) -> None:
        """A new release stands: what is in it is asked about anew."""
        self._asked.clear()

    @contextmanager
    def without_asking(self) -> Iterator[None]:
        """Inside, nothing is asked: what is done was shown and agreed to."""
        before = self._silent
        self._silent = True
        try:
            yield
        finally:
            self._silent = before


def _nothing() -> None:
    return None
