"""活动详情里的佐证材料：加入、改种类、移除，每样一步，可撤销。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from gui.event.evidence.evidence_list import EvidenceList
from gui.event.evidence.keeper import EvidenceKeeper
from gui.kit.sections import Section
from gui.session.year_session import YearSession
from models.domain.errors import CommandError
from models.domain.events import Event
from models.domain.papers import Evidence
from models.evidence import add_evidence, change_evidence, new_keys, remove_evidence


class StoredEvidence(EvidenceKeeper):
    """The stored evidence of the event called ``key``; every act is a step of its own."""

    def __init__(self, session: YearSession, shown: EvidenceList, window: QWidget) -> None:
        super().__init__(session, shown, window)
        self.key = ""

    def subject(self) -> Event | None:
        """The event shown, as it is stored."""
        return self.session.snapshot.event_by_key.get(self.key) if self.session.has_year else None

    def items(self) -> tuple[Evidence, ...]:
        """What is stored of it."""
        return tuple(item for item in self.session.snapshot.evidence if item.event == self.key)

    def take(self, event: str, items: Sequence[Evidence]) -> None:
        """Store new pieces, one step."""
        session = self.session
        if event not in session.snapshot.event_by_key:
            session.messages.error(CommandError("这场活动已不在计划里。", "没有加入佐证材料。"))
            return
        keys = new_keys(session.snapshot, len(items))
        named = [item._replace(key=key) for item, key in zip(items, keys, strict=True)]
        session.perform(add_evidence, session.year, named, toast=True)

    def change(self, item: Evidence) -> None:
        """Store ``item`` in the place of the one of its key."""
        self.session.perform(change_evidence, self.session.year, item, toast=True)
        self.refresh()

    def remove(self, key: str) -> None:
        """Take the piece out of the list; its file stays for an undo."""
        self.session.perform(remove_evidence, self.session.year, key, toast=True)

    def say(self, words: str) -> None:
        """Tell it in a bar; "" takes it away."""
        if words:
            self.session.messages.bar("warning", words, topic="evidence")
        else:
            self.session.messages.withdraw("evidence")


class EvidenceSection(Section):
    """佐证材料 of the event in the inspector."""

    def __init__(self, session: YearSession) -> None:
        super().__init__("佐证材料")
        self.list = EvidenceList()
        self.keeper = StoredEvidence(session, self.list, self)
        self.show_body(self.list)

    def show_event(self, key: str) -> None:
        """Show the evidence of the event called ``key``."""
        self.keeper.key = key
        self.keeper.refresh()
