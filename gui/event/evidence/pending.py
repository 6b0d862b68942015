"""登记结果时的佐证材料：确定之前只在表单里，确定时与结果一起成为一步；返回就当没加过。"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from gui.event.evidence.evidence_list import EvidenceList
from gui.event.evidence.keeper import EvidenceKeeper
from gui.session.year_session import YearSession
from models.domain.events import Event
from models.domain.papers import Evidence
from models.evidence import new_keys

_NEW = "+"


class PendingEvidence(EvidenceKeeper):
    """Evidence that is stored with a form. ``event`` gives the event as the form has it now."""

    def __init__(
        self, session: YearSession, shown: EvidenceList, window: QWidget, event: Callable[[], Event],
        say: Callable[[str], object],
    ) -> None:  # fmt: skip
        super().__init__(session, shown, window)
        self._event, self._say = event, say
        key = event().key
        self._items = tuple(item for item in session.snapshot.evidence if item.event == key)
        self._count = 0

    def subject(self) -> Event:
        """The event as entered so far."""
        return self._event()

    def items(self) -> tuple[Evidence, ...]:
        """The evidence as it will be."""
        return self._items

    def take(self, event: str, items: Sequence[Evidence]) -> None:
        """Keep new pieces until the form is accepted."""
        del event
        for item in items:
            self._count += 1
            self._items = (*self._items, item._replace(key=f"{_NEW}{self._count}"))
        self.refresh()

    def change(self, item: Evidence) -> None:
        """Keep ``item`` in the place of the one of its key."""
        self._items = tuple(item if known.key == item.key else known for known in self._items)
        self.refresh()

    def remove(self, key: str) -> None:
        """Leave out the piece of that key."""
        self._items = tuple(item for item in self._items if item.key != key)
        self.refresh()

    def say(self, words: str) -> None:
        """Tell it in the form."""
        self._say(words)

    def wanted(self) -> tuple[Evidence, ...]:
        """All pieces with keys of the year, ready to be stored."""
        keys = iter(new_keys(self.session.snapshot, self._count))
        return tuple(
            item._replace(key=next(keys)) if item.key.startswith(_NEW) else item for item in self._items
        )

    def forget_unused(self, kept: Sequence[Evidence] = ()) -> None:
        """Afterwards files copied for this form are gone, but for those that ``kept`` names."""
        self.adder.stop()
        digests = {item.digest for item in kept}
        for stored in self.stored:
            if stored.digest not in digests:
                self.adder.folder.forget(stored)
