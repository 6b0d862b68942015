"""搜索的来处：打开的年度、数据文件里其他年度、菜单命令；索引记着，年度变了才重做。"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple, Protocol

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from gui.services.pinyin import characters_by_letter
from gui.services.program_settings import Searched, SettingsFile
from gui.session.year_session import YearSession
from models import queries
from models.domain.masking import Where, masks_of
from models.domain.snapshot import YearSnapshot
from planners.search_index import (
    SearchEntry,
    SearchGroup,
    SearchKind,
    date_entry,
    date_group,
    event_entries,
    event_entry,
    event_note,
    listed_entries,
    search,
)
from planners.text_match import CharactersByLetter, Needles, needles, squeezed

_ACCESS_KEY = re.compile(r"\(&\w\)")


class SearchWindow(Protocol):
    """What the search needs of the window."""

    session: YearSession | None
    settings: SettingsFile
    data_file: Path

    def menuBar(self) -> QMenuBar:
        """The menus whose commands are found."""


class SearchSource:
    """All that can be found from the window. What a year holds is read when it is first asked for."""

    def __init__(self, window: SearchWindow) -> None:
        self._window = window
        self._session: YearSession | None = None
        self._listed: tuple[SearchEntry, ...] = ()
        self._years: dict[int, YearSnapshot] = {}
        self._events: dict[int, tuple[SearchEntry, ...]] = {}
        self._letters: CharactersByLetter | None = None
        self.commands: dict[str, Command] = {}

    @property
    def session(self) -> YearSession | None:
        """The session whose year is open; None where none is."""
        session = self._window.session
        return session if session is not None and session.has_year else None

    def look_again(self) -> None:
        """Afterwards nothing is known that is no longer so."""
        self.commands = menu_commands(self._window.menuBar())
        session = self.session
        if session is not self._session:
            self._session = session
            self._forget()
            if session is not None:
                session.year_changed.connect(self._forget)
        if session is not None and session.snapshot is not self._years.get(session.year):
            self._years[session.year], self._letters = session.snapshot, None
            self._events.pop(session.year, None)
            self._listed = listed_entries(session.snapshot, session.ruleset)

    def _forget(self) -> None:
        """Years other than the open one change only when they are opened, imported or brought back."""
        self._years.clear()
        self._events.clear()
        self._listed, self._letters = (), None

    def warm(self) -> bool:
        """Read the next part of what can be found; False when all of it is there."""
        session = self.session
        if session is None:
            return False
        missing = [year for year in session.years() if year not in self._events]
        if missing:
            nearest = min(missing, key=lambda year: abs(year - session.year))
            self._events[nearest] = event_entries(self._year(nearest, session), session.today)
        elif self._letters is None:
            self._letters = characters_by_letter(entry.text for entry in self._entries())
        else:
            return False
        return True

    def _year(self, year: int, session: YearSession) -> YearSnapshot:
        if year not in self._years:
            self._years[year] = queries.year_as_far_as_readable(session.store, year)
        return self._years[year]

    def _entries(self) -> Iterable[SearchEntry]:
        commands = (command.entry for command in self.commands.values())
        return chain(*self._events.values(), self._listed, commands)

    def wanted(self, query: str) -> Needles:
        """The patterns of ``query``."""
        while self.warm():
            pass
        if self._letters is None:
            return needles(query, characters_by_letter(entry.text for entry in self._entries()))
        return needles(query, self._letters)

    def search(self, query: str, wanted: Needles) -> tuple[SearchGroup, ...]:
        """What is found for ``query``, the best group first; days that it names before all. Delegates are masked in
        what is found, wherever it was found by their names."""
        groups = tuple(
            group._replace(entries=tuple(map(self._seen, group.entries)))
            for group in search(self._entries(), query, wanted)
        )
        session = self.session
        days = date_group(query, session.snapshot, session.today) if session else None
        return (days, *groups) if days else groups

    def recent(self, kept: Iterable[Searched]) -> tuple[SearchEntry, ...]:
        """The entries of what was chosen before, as far as they are still there."""
        commands = (command.entry for command in self.commands.values())
        by_name = {entry.name: entry for entry in chain(self._listed, commands)}
        found = (
            by_name.get((known.kind, known.year, known.key)) or self._remembered(known) for known in kept
        )
        return tuple(self._seen(entry) for entry in found if entry is not None)

    def _remembered(self, known: Searched) -> SearchEntry | None:
        """An event or a day chosen before."""
        session = self.session
        if session is None:
            return None
        if known.kind == SearchKind.DATE:
            return date_entry(known.key, session.snapshot)
        if known.kind != SearchKind.EVENT or known.year not in session.years():
            return None
        snapshot = self._year(known.year, session)
        event = snapshot.event_by_key.get(known.key)
        return event_entry(event, snapshot, session.today) if event is not None else None

    def note_of(self, entry: SearchEntry) -> str:
        """What else is to be known of ``entry``."""
        session = self.session
        if entry.kind is not SearchKind.EVENT or session is None:
            return entry.note
        snapshot = self._year(entry.year, session)
        event = snapshot.event_by_key.get(entry.key)
        return (
            masks_of(snapshot).text(event_note(event, snapshot, session.today)) if event is not None else ""
        )

    def _seen(self, entry: SearchEntry) -> SearchEntry:
        """``entry`` as it is shown: title and note without names and phones of the delegates of its year."""
        snapshot = self._years.get(entry.year)
        if snapshot is None or entry.kind in (SearchKind.COMMAND, SearchKind.DATE):
            return entry
        masks = masks_of(snapshot)
        where = Where.RECORD if entry.kind is SearchKind.DECISION else Where.TITLE
        return entry._replace(title=masks.text(entry.title, where), note=masks.text(entry.note, where))


class Command(NamedTuple):
    """An action of the menus and the entry by which it is found."""

    entry: SearchEntry
    action: QAction


def menu_commands(bar: QMenuBar) -> dict[str, Command]:
    """Every command of the menus that is shown, by the key of its entry."""
    found = (_command(path, action, place) for place, (path, action) in enumerate(_actions(bar)))
    return {command.entry.key: command for command in found}


def _actions(bar: QMenuBar) -> Iterator[tuple[tuple[str, ...], QAction]]:
    for action in bar.actions():
        menu = action.menu()
        if isinstance(menu, QMenu):
            yield from _inside((plain_words(action.text()),), menu)


def _inside(path: tuple[str, ...], menu: QMenu) -> Iterator[tuple[tuple[str, ...], QAction]]:
    menu.aboutToShow.emit()  # a menu that is filled when it opens is filled for us as well
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from _inside((*path, plain_words(action.text())), inner)
        elif not action.isSeparator() and action.isVisible() and not action.text().startswith("（"):
            yield path, action


def plain_words(text: str) -> str:
    """The words of a menu entry without its access key: 文件(&F) gives 文件.

    >>> plain_words("导入 R&&D…(&I)")
    '导入 R&D…'
    """
    return _ACCESS_KEY.sub("", text).replace("&&", "\0").replace("&", "").replace("\0", "&")


def _command(path: tuple[str, ...], action: QAction, place: int) -> Command:
    words = plain_words(action.text())
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    heads = squeezed(words)
    entry = SearchEntry(
        SearchKind.COMMAND,
        " › ".join((*path, words)),
        words,
        " › ".join(path) + ("" if action.isEnabled() else " · 现在不能用"),
        heads,
        "\n".join((heads, *map(squeezed, path), squeezed(keys))),
        place,
        faded=not action.isEnabled(),
        shortcut=keys,
    )
    return Command(entry, action)
