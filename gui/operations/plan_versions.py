"""哪一稿：当前草案。"""

from __future__ import annotations

from functools import partial

from exports.prints import ReleaseMark
from gui.operations.previewing import CheckedYear
from gui.operations.session import YearSession
from models.domain.snapshot import YearSnapshot
from planners.results import YearCheck


class PlanVersions:
    """The draft of the open year. Read on the main thread, checked in the background."""

    def __init__(self, session: YearSession) -> None:
        self._session = session

    def marks(self) -> tuple[ReleaseMark, ...]:
        """The releases, oldest first."""
        return ()

    def draft(self) -> CheckedYear:
        """The year as it is now."""
        return partial(_known, self._session.snapshot, self._session.check)


def _known(snapshot: YearSnapshot, check: YearCheck) -> tuple[YearSnapshot, YearCheck]:
    return snapshot, check
