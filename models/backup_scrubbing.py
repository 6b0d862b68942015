"""以前的备份里也抹去删过的个人信息：逐份改写、核对后替换；改不了的留着，说出是哪一份、为什么。"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from models.backups import copy_database, row_counts
from models.datafile import open_error, write_error
from models.domain.errors import StoreError
from models.own_files import backup_folder
from models.scrubbing import Gone, erased_ever, rewrite, scrub
from models.scrubbing_texts import Choose, hide_as_in, hide_certain
from models.store import Store
from models.verifying import verify

Tell = Callable[[int, int], object]


class Erased(NamedTuple):
    """Whose backups are meant and who was ever erased: read from the open data file, usable on any thread."""

    data_file: Path
    installation: str
    people: Gone


class ScrubReport(NamedTuple):
    """What became of the backups: rewritten, without these names already, left as they are and why."""

    cleaned: tuple[Path, ...] = ()
    clean: tuple[Path, ...] = ()
    failed: tuple[tuple[Path, str], ...] = ()

    @property
    def words(self) -> str:
        """For people, in one sentence."""
        total = len(self.cleaned) + len(self.clean) + len(self.failed)
        if not total:
            return "没有以前的备份"
        return f"{total} 份备份：{len(self.cleaned)} 份已删去，{len(self.clean)} 份里本来没有"

    @property
    def failures(self) -> str:
        """Which backups may still hold the names and why; empty where none may."""
        return "；".join(f"{path.name}：{why}" for path, why in self.failed)


def erased_in(store: Store) -> Erased:
    """Who was ever erased in the data file."""
    return Erased(store.path, store.installation, erased_ever(store.connection))


def backups_beside(data_file: Path) -> tuple[Path, ...]:
    """Every database in the backup folder, whatever it is called, by name."""
    return tuple(sorted(backup_folder(data_file).glob("*.db")))


def scrub_backups(erased: Erased, tell: Tell | None = None) -> ScrubReport:
    """Afterwards no backup in the backup folder holds name or phone of those erased, but the ``failed``.

    Other texts in a backup are hidden as they are in the data file; one that it never had, where it means the
    person for certain.

    Each is copied into memory, scrubbed, counted, written aside, checked and only then put in the place of
    the old one, with a new checksum: a backup is never lost. Backups of other data are let be. ``tell`` is
    told how many of how many are done; what it raises stops the work between two backups.
    """
    cleaned: list[Path] = []
    clean: list[Path] = []
    failed: list[tuple[Path, str]] = []
    paths = backups_beside(erased.data_file) if erased.people else ()
    with ExitStack() as copies:
        choose = _as_in_the_data(erased.data_file, copies) if paths else hide_certain
        for done, path in enumerate(paths):
            if tell is not None:
                tell(done, len(paths))
            try:
                (cleaned if _scrub_one(path, erased, choose) else clean).append(path)
            except StoreError as error:
                failed.append((path, error.what.removesuffix("。")))
    return ScrubReport(tuple(cleaned), tuple(clean), tuple(failed))


def _as_in_the_data(data_file: Path, copies: ExitStack) -> Choose:
    """How other texts are hidden, until ``copies`` are closed: as in the data file, as far as that is there."""
    if not data_file.is_file():
        return hide_certain
    try:
        return hide_as_in(copies.enter_context(in_memory(data_file)))
    except sqlite3.DatabaseError as error:
        raise open_error(data_file, error) from error


def _scrub_one(path: Path, erased: Erased, choose: Choose) -> bool:
    """Whether there was anything to take out of the backup; ``StoreError``, the backup as it was."""
    if problems := verify(path):
        raise StoreError(problems[0])
    try:
        with in_memory(path) as memory:
            before = row_counts(memory)
            if not is_of(memory, erased.installation) or not scrub(memory, erased.people, choose):
                return False
            rewrite(memory)
            if row_counts(memory) != before:
                raise StoreError("改写后的行数不对，没有替换。")
            copy_database(memory, path)
    except sqlite3.DatabaseError as error:
        raise write_error(path, error) from error
    return True


@contextmanager
def in_memory(path: Path) -> Iterator[sqlite3.Connection]:
    """For the block a copy of the backup that nobody else sees; each statement is its own transaction."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as memory:
        with closing(sqlite3.connect(path.as_uri() + "?mode=ro", uri=True, timeout=5)) as source:
            source.backup(memory)
        yield memory


def is_of(connection: sqlite3.Connection, installation: str) -> bool:
    """Whether the database is of the same office and not of another one's data."""
    found = connection.execute("SELECT value FROM office WHERE name = 'installation'").fetchone()
    return bool(found == (installation,))
