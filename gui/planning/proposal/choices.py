"""人对建议的取舍：勾选、拒绝、锁定、换日期；年度一变，过时的项自己退下。"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from gui.session.year_session import YearSession
from models.domain.changes import RowChange
from models.domain.snapshot import YearSnapshot
from planners.checks import check_year
from planners.proposals import Entry, Proposal
from planners.proposals_applied import apply_entries, as_accepted, entries_changes, given_entry
from planners.proposals_stale import Objection, Staleness, YearNow, fresh_objections, objections
from planners.results import YearCheck


class ProposalRow(NamedTuple):
    """One entry and what was decided about it. ``objections``: why it no longer fits (已变化)."""

    entry: Entry
    ticked: bool
    rejected: bool = False
    locked: bool = False
    objections: tuple[Objection, ...] = ()

    @property
    def is_stale(self) -> bool:
        """Whether the year has changed under the entry."""
        return bool(self.objections)

    @property
    def can_be_ticked(self) -> bool:
        """Rejected entries and those whose event is another by now cannot be accepted."""
        return not self.rejected and all(o.kind is not Staleness.CHANGED for o in self.objections)


class Choices(QObject):
    """The rows of a proposal, by deadline. ``changed``: what would be accepted, or the year, is another.

    ``row_changed`` names a row that looks different. Nothing is stored: ``changes`` says what would be.
    """

    changed = Signal()
    row_changed = Signal(int)

    def __init__(
        self,
        session: YearSession,
        proposal: Proposal,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.proposal = proposal
        self._as_planned = True
        self._after: tuple[YearSnapshot, YearCheck] | None = None
        self._revision = session.snapshot.revision
        self._known: dict[str, tuple[Objection, ...] | None] = {}
        entries = sorted(proposal.entries, key=deadline)
        now = self._now()
        self._rows = [self._first_row(now, entry) for entry in entries]
        self.follow_year(on=True)

    def _now(self) -> YearNow:
        return YearNow(self.session.snapshot, self.session.check)

    def _first_row(self, now: YearNow, entry: Entry) -> ProposalRow:
        same = self.proposal.revision == now.snapshot.revision
        self._known[entry.key] = objections(now, entry) if same else None
        found = () if same else fresh_objections(now, entry, None)
        return ProposalRow(entry, entry.ticked and not found, objections=found)

    # what is chosen

    @property
    def rows(self) -> tuple[ProposalRow, ...]:
        """All rows, by deadline."""
        return tuple(self._rows)

    def row(self, number: int) -> ProposalRow:
        """The row at ``number``."""
        return self._rows[number]

    @property
    def ticked(self) -> tuple[Entry, ...]:
        """The entries that would be accepted."""
        return tuple(row.entry for row in self._rows if row.ticked)

    @property
    def acceptable(self) -> tuple[Entry, ...]:
        """All entries that could be accepted (全部采纳)."""
        return tuple(row.entry for row in self._rows if row.can_be_ticked)

    @property
    def as_planned(self) -> bool:
        """Whether accepted events become 已排; else 草拟, which counts nowhere."""
        return self._as_planned

    def tick(self, number: int, *, on: bool) -> None:
        """Afterwards the row is ticked or not, where it can be."""
        row = self._rows[number]
        on = on and row.can_be_ticked
        if row.ticked != on:
            self._put(number, row._replace(ticked=on))
            self._forget()

    def tick_all(self) -> None:
        """Afterwards every row that can be is ticked; none where all were."""
        on = any(row.can_be_ticked and not row.ticked for row in self._rows)
        for number, row in enumerate(self._rows):
            self._put(number, row._replace(ticked=on and row.can_be_ticked))
        self._forget()

    def reject(self, number: int, *, on: bool) -> None:
        """Afterwards the row is rejected (and not ticked), or open again as it came."""
        row = self._rows[number]
        back = not on and row.entry.ticked and not row.is_stale
        self._put(number, row._replace(rejected=on, ticked=back))
        self._forget()

    def lock(self, number: int, *, on: bool) -> None:
        """Afterwards the day of the row is kept when the plan is made anew, or not."""
        self._put(number, self._rows[number]._replace(locked=on))

    def set_as_planned(self, *, on: bool) -> None:
        """Accepted events become 已排 (on) or 草拟."""
        if self._as_planned != on:
            self._as_planned = on
            self._forget()

    def move_to(self, number: int, day: date) -> None:
        """Afterwards the row proposes ``day``, with reasons for it; it is no longer locked."""
        from planners.autoplan.year.single import reconsider  # the window need not wait for it

        row = self._rows[number]
        entry = reconsider(self.session.snapshot, self.session.check, row.entry, day, self.others(number))
        kept = tuple(o for o in row.objections if o.kind is not Staleness.TAKEN)
        self._known[entry.key] = tuple(o for o in objections(self._now(), entry) if o not in kept)
        self._put(number, row._replace(entry=entry, locked=False, objections=kept))
        self._forget()

    def others(self, number: int) -> tuple[Entry, ...]:
        """What is given and the ticked entries beside the one at ``number``, as they would be accepted."""
        beside = (row.entry for n, row in enumerate(self._rows) if row.ticked and n != number)
        return (*self._given, *beside)

    @property
    def _given(self) -> tuple[Entry, ...]:
        """What is carried out whatever is ticked."""
        given = self.proposal.given
        return () if given is None else (given_entry(given),)

    # what would be

    def accepted(self, entries: Iterable[Entry]) -> tuple[Entry, ...]:
        """``entries`` as they are stored: 已排 or 草拟, locked where their day was."""
        locked = {row.entry.key for row in self._rows if row.locked}
        return tuple(
            as_accepted(entry, draft=not self._as_planned, pinned=entry.key in locked) for entry in entries
        )

    def changes(self, entries: Iterable[Entry]) -> tuple[RowChange, ...]:
        """The row changes that accept ``entries``, and what is given with them, in one step."""
        return entries_changes(self.session.snapshot, (*self._given, *self.accepted(entries)))

    def after(self) -> tuple[YearSnapshot, YearCheck]:
        """The year with the ticked entries in it, and its check."""
        if self._after is None:
            snapshot = apply_entries(self.session.snapshot, (*self._given, *self.accepted(self.ticked)))
            self._after = snapshot, check_year(snapshot, self.session.today, self.session.ruleset)
        return self._after

    # when the year changes

    def follow_year(self, *, on: bool) -> None:
        """Mark rows that no longer fit when the year changes; off while they are being carried out."""
        if on:
            self.session.changed.connect(self._on_year_changed)
        else:
            self.session.changed.disconnect(self._on_year_changed)

    def _on_year_changed(self) -> None:
        session = self.session
        if not session.has_year or session.year != self.proposal.year:
            return
        if session.snapshot.revision != self._revision:
            self._revision = session.snapshot.revision
            self._look_again()
        self._forget()

    def _look_again(self) -> None:
        now = self._now()
        for number, row in enumerate(self._rows):
            found = fresh_objections(now, row.entry, self._known[row.entry.key])
            if found != row.objections:
                stays = row.ticked and not set(found) - set(row.objections)
                self._put(number, row._replace(objections=found, ticked=stays))

    def _put(self, number: int, row: ProposalRow) -> None:
        if row != self._rows[number]:
            self._rows[number] = row
            self.row_changed.emit(number)

    def _forget(self) -> None:
        self._after = None
        self.changed.emit()


def deadline(entry: Entry) -> tuple[bool, date, date, str]:
    """Sort key: the end of the period an entry fills, then its day; what fills none comes last."""
    day = (entry.event.day if entry.event else None) or date.max
    last = min((target.last for target in entry.targets), default=date.max)
    return (not entry.targets, last, day, entry.key)
