"""清单后面的人：选文件、抄进来、改种类、移除、打开；登记结果与活动详情各管自己存到哪里。"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from gui.event.evidence.adding import (
    Added,
    FileAdder,
    evidence_of,
    file_problems,
    open_evidence,
    refusal_words,
)
from gui.event.evidence.evidence_list import EvidenceList, link_in
from gui.event.evidence.paper_form import PaperForm
from gui.event.evidence.words import lacking_words
from gui.kit.asking import ask_for_files
from gui.session.year_session import YearSession
from models.domain.errors import UserError
from models.domain.events import Event, EventStatus
from models.domain.papers import Evidence, EvidenceKind
from models.domain.programs import SUFFIXES
from models.domain.text import quoted
from models.evidence_files import StoredFile
from planners.evidence import guessed_kind, kinds_lacking, needed_kinds

FILES = f"可以作佐证的文件 ({' '.join(f'*.{suffix}' for suffix in sorted(SUFFIXES))})"


class EvidenceKeeper(QObject):
    """Drives an ``EvidenceList``. Subclasses say which event it is about and where its evidence is kept.

    ``refreshed``: the list may be higher or lower now.
    """

    refreshed = Signal()

    def __init__(self, session: YearSession, shown: EvidenceList, window: QWidget) -> None:
        super().__init__(window)
        self.session = session
        self.list = shown
        self._window = window
        self.adder = FileAdder(session, self)
        self.folder = ""
        self.stored: list[StoredFile] = []
        """The files copied so far."""
        self.adder.progressed.connect(self._on_progress)
        shown.files_wanted.connect(self.ask_for_files)
        shown.files_given.connect(self.add_files)
        shown.link_given.connect(self.add_link)
        shown.stop_clicked.connect(self.adder.stop)
        shown.opened.connect(self.open)
        shown.removed.connect(self.remove)
        shown.edited.connect(self.edit)
        shown.kind_chosen.connect(self._on_kind)

    # what a subclass says

    def subject(self) -> Event | None:
        """The event whose evidence is shown."""
        raise NotImplementedError

    def items(self) -> tuple[Evidence, ...]:
        """Its evidence."""
        raise NotImplementedError

    def take(self, event: str, items: Sequence[Evidence]) -> None:
        """Keep new evidence of the event called ``event``; its keys are given here."""
        raise NotImplementedError

    def change(self, item: Evidence) -> None:
        """Keep ``item`` in the place of the one of its key."""
        raise NotImplementedError

    def remove(self, key: str) -> None:
        """Keep the one of that key no longer."""
        raise NotImplementedError

    def say(self, words: str) -> None:
        """Tell the user what could not be done."""
        raise NotImplementedError

    # what is shown

    def lacking(self) -> tuple[EvidenceKind, ...]:
        """What the event's record still lacks."""
        event = self.subject()
        settings = dict(self.session.snapshot.year_row.settings)
        return kinds_lacking(event, self.items(), settings) if event else ()

    def refresh(self) -> None:
        """Show the evidence as it is now."""
        event = self.subject()
        if event is None:
            self.list.show_items((), {}, "", "caption", editable=False)
            return
        items, lacking = self.items(), self.lacking()
        needed = needed_kinds(event, dict(self.session.snapshot.year_row.settings))
        problems = file_problems(self.session, items)
        words, look = _state_words(event, needed, lacking, any_item=bool(items))
        if problems:
            words, look = f"{words}；{len(problems)} 份的文件不能用".lstrip("；"), "warning"
        self.list.show_items(items, problems, words, look, editable=not self.session.read_only)
        self.refreshed.emit()

    def _on_progress(self, percent: int) -> None:
        self.list.show_progress(percent if percent >= 0 else None)

    # what the user does

    def ask_for_files(self) -> None:
        """Ask for files and add them."""
        if paths := ask_for_files(self._window, "加入佐证材料", self.folder, FILES):
            self.folder = str(paths[0].parent)
            self.add_files(paths)

    def add_files(self, paths: Sequence[Path]) -> None:
        """Copy ``paths`` in the background, then keep them as evidence of the event shown now."""
        event = self.subject()
        if event is None:
            return
        self.say("")
        try:
            self.adder.add(paths, partial(self._on_added, event, self.lacking()))
        except UserError as error:
            self.say(str(error))

    def _on_added(self, event: Event, lacking: tuple[EvidenceKind, ...], added: Added) -> None:
        self.stored += added.stored
        items, left = [], list(lacking)
        known = {item.digest for item in self.items()} if self._is_shown(event) else set()
        doubled = []
        for stored in added.stored:
            if stored.digest in known:
                doubled.append(f"{quoted(stored.name)}已经在了。")
                continue
            known.add(stored.digest)
            kind = guessed_kind(stored.name, left)
            left = [other for other in left if other is not kind]
            items.append(evidence_of(self.session, event.key, stored, "", kind=kind, dated_on=event.day))
        if items:
            self.take(event.key, items)
        if added.refused or doubled:
            self.say("".join(doubled) + refusal_words(added))

    def _is_shown(self, event: Event) -> bool:
        shown = self.subject()
        return shown is not None and shown.key == event.key

    def add_link(self, link: str) -> None:
        """Ask for a link's facts (``link`` is proposed, else the clipboard's) and keep it."""
        event = self.subject()
        if event is None:
            return
        link = link or link_in(QGuiApplication.clipboard().mimeData())
        item = Evidence(
            "", event.key, EvidenceKind.LINK, link=link, dated_on=event.day, added_on=self.session.today
        )
        form = PaperForm(item, self.session.today, is_new=True, parent=self._window)
        if form.exec():
            self.take(event.key, [form.item])

    def edit(self, key: str) -> None:
        """Open the form of a piece."""
        if item := self._item(key):
            form = PaperForm(item, self.session.today, parent=self._window)
            if form.exec() and form.item != item:
                self.change(form.item)

    def open(self, key: str) -> None:
        """Open a piece with the system's own program."""
        if item := self._item(key):
            open_evidence(self.session, item)

    def _on_kind(self, key: str, kind: EvidenceKind) -> None:
        if (item := self._item(key)) and item.kind is not kind:
            self.change(item._replace(kind=kind))

    def _item(self, key: str) -> Evidence | None:
        return next((item for item in self.items() if item.key == key), None)


def _state_words(
    event: Event, needed: Sequence[EvidenceKind], lacking: Sequence[EvidenceKind], *, any_item: bool
) -> tuple[str, str]:
    """What the record needs and how it stands, and the look of these words."""
    if not needed:
        return "", "caption"
    if event.status is not EventStatus.HELD and not any_item:
        return f"举办后登记：{'、'.join(kind.label for kind in needed)}", "caption"
    present = [kind.label for kind in needed if kind not in lacking]
    if not lacking:
        return f"已齐：{'、'.join(present)}", "good"
    there = f"；已有{'、'.join(present)}" if present else ""
    return f"{lacking_words(lacking)}{there}", "warning"
