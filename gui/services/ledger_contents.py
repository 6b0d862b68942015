"""台账的内容：行、可搜的文字、首字母；一年读一次，筛选时只看这里。"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from gui.services.pinyin import characters_by_letter, initials_of
from models.domain.events import Event
from models.domain.snapshot import YearSnapshot
from planners.ledger_filter import LedgerFilter, filtered
from planners.ledger_groups import Group, Grouping, Order, grouped
from planners.ledger_rows import LedgerRow, ledger_rows, searched_text
from planners.masked import shown_on_screen
from planners.results import YearCheck
from planners.text_match import CharactersByLetter, Needles, needles


class LedgerContents:
    """The rows of a year and what can be looked for in them. Texts are made when they are first needed."""

    def __init__(self) -> None:
        self.rows: tuple[LedgerRow, ...] = ()
        self._snapshot: YearSnapshot | None = None
        self._seen: YearSnapshot | None = None
        self._check: YearCheck | None = None
        self._texts: dict[str, str] = {}
        self._sources: dict[str, Event] = {}
        self._letters: CharactersByLetter | None = None
        self._is_current = False

    def show_year(
        self, snapshot: YearSnapshot, check: YearCheck, differing: frozenset[str] = frozenset()
    ) -> None:
        """The rows are those of this year from now on, delegates masked; ``differing`` events are another than released."""
        if self._snapshot is not None and self._surroundings(self._snapshot) != self._surroundings(snapshot):
            self._texts, self._sources = {}, {}
        self._snapshot = snapshot
        self._seen, self._check, _ = shown_on_screen(snapshot, check)
        self.rows = ledger_rows(self._seen, self._check, differing)
        self._is_current = False

    @staticmethod
    def _surroundings(snapshot: YearSnapshot) -> tuple[object, ...]:
        return snapshot.units, snapshot.venues, snapshot.schools

    def passing(self, chosen: LedgerFilter) -> list[LedgerRow]:
        """The rows that pass ``chosen``."""
        wanted: Needles = ()
        if chosen.text.strip():
            self._look_up()
            wanted = needles(chosen.text, self._by_letter(chosen.text))
        return filtered(self.rows, chosen, self._texts, wanted)

    def groups(self, rows: Sequence[LedgerRow], grouping: Grouping, order: Order) -> tuple[Group, ...]:
        """The rows in groups."""
        assert self._seen is not None
        assert self._check is not None
        return grouped(rows, grouping, order, self._seen, self._check.ruleset)

    def prepare(self) -> None:
        """Make texts and letters before they are needed."""
        self._look_up()
        self._by_letter("a")

    def next_key(self, today: date) -> str:
        """The first event from ``today`` on; "" where none is to come."""
        coming = [row.event for row in self.rows if row.event.day is not None and row.event.day >= today]
        return min(coming, key=_start_of).key if coming else ""

    def _look_up(self) -> None:
        """Make the texts of the events that are new or changed; what is masked on screen is found all the same."""
        if self._is_current or self._snapshot is None:
            return
        for event in self._snapshot.events:
            if self._sources.get(event.key) != event:
                self._texts[event.key] = searched_text(event, self._snapshot)
                self._sources[event.key] = event
                self._letters = None
        self._is_current = True

    def _by_letter(self, query: str) -> CharactersByLetter:
        """The characters by their letters; nothing is looked up for a query without letters."""
        if not any(character.isascii() and character.isalpha() for character in query):
            return {}
        if self._letters is None:
            self._letters = characters_by_letter(self._texts.values())
        return self._letters

    def warm_up(self) -> Callable[[], None]:
        """Work for the background: afterwards the letters of all characters are known."""
        characters = {character for row in self.rows for character in row.event.title}

        def work() -> None:
            for character in characters:
                if not character.isascii():
                    initials_of(character)

        return work


def _start_of(event: Event) -> datetime:
    assert event.starts_at is not None
    return event.starts_at
