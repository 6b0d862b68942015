"""Ways in which a data file can be spoilt: each takes a sound file, closed, and leaves something else in its place."""

from __future__ import annotations

import os
import shutil
import sqlite3
import struct
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from models.datafile import JOURNAL_HEADER, journal_of, write_ahead_of

Damage = Callable[[Path], object]
PAGE = 4096
FROZEN = "BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END"


def run(path: Path, *statements: str) -> None:
    """Carry out SQL on the file, as another program would."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in ("PRAGMA legacy_alter_table = 1", *statements):
            connection.execute(statement)
        connection.execute("PRAGMA journal_mode = delete").fetchall()


def statements(*made: str) -> Damage:
    """``run`` as a damage."""
    return lambda path: run(path, *made)


def tables(path: Path) -> list[str]:
    """The tables of the file."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
    with closing(sqlite3.connect(path)) as connection:
        return [name for (name,) in connection.execute(query)]


def empty_all(path: Path) -> None:
    """Every table is there and none has a row."""
    run(
        path,
        "DROP TRIGGER release_kept",
        *(f"DELETE FROM {name}" for name in tables(path)),
        f"CREATE TRIGGER release_kept BEFORE DELETE ON release {FROZEN}",
    )


def empty_years(path: Path) -> None:
    """The contents are gone, the change log and what belongs to the office stay."""
    kept = ("office", "change_log", "release", "export_log")
    run(path, *(f"DELETE FROM {name}" for name in tables(path) if name not in kept))


def empty_but_the_office(path: Path) -> None:
    """As new, numbers of the change log included."""
    kept = ("office", "release")
    run(path, *(f"DELETE FROM {name}" for name in (*tables(path), "sqlite_sequence") if name not in kept))


def cut(end: int) -> Damage:
    """Only the first bytes are left (negative: all but the last)."""
    return lambda path: path.write_bytes(path.read_bytes()[:end])


def overwrite(at: int, data: bytes) -> Damage:
    """``data`` stands at ``at``."""

    def write(path: Path) -> None:
        with path.open("rb+") as file:
            file.seek(at)
            file.write(data)

    return write


def swap_pages(first: int, second: int) -> Damage:
    """Two pages stand in each other's place."""

    def swap(path: Path) -> None:
        data = path.read_bytes()
        pages = [data[at : at + PAGE] for at in range(0, len(data), PAGE)]
        pages[first], pages[second] = pages[second], pages[first]
        path.write_bytes(b"".join(pages))

    return swap


def whole(data: bytes) -> Damage:
    """Something else altogether."""
    return lambda path: path.write_bytes(data)


def in_place(make: Callable[[Path], object]) -> Damage:
    """No file stands there, but what ``make`` makes."""

    def put(path: Path) -> None:
        path.unlink()
        make(path)

    return put


def other_database(folder: Path, mode: str, name: str = "别的") -> Path:
    """A database of another program with a step under way, written into its journal; both as they lie on the disk."""
    path = folder / f"{name}-{mode}.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA journal_mode = {mode}").fetchall()
        connection.execute("CREATE TABLE t (a)")
        connection.executemany("INSERT INTO t VALUES (?)", [("x" * 900,)] * 200)
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE t SET a = 'y' || a")
        for beside in (journal_of(path), write_ahead_of(path)):
            if beside.exists():
                shutil.copy(beside, f"{beside}.kept")
        connection.execute("ROLLBACK")
    return path


def foreign_journal(path: Path) -> None:
    """The hot journal of another database lies beside the file."""
    other = other_database(path.parent.parent, "delete")
    shutil.copy(f"{journal_of(other)}.kept", journal_of(path))


def older_journal(path: Path) -> None:
    """The journal of a step long past lies beside the file, as if that had never been finished."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = persist").fetchall()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE event SET note = 'y' || note")
        head = journal_of(path).read_bytes()[12:28]
        connection.execute("COMMIT")
        pages = journal_of(path).read_bytes()[28:]
        connection.execute("PRAGMA journal_mode = delete").fetchall()
        for note in "abc":
            connection.execute("UPDATE event SET note = ?", (note,))
    every = b"\xff" * 4  # as many pages as there are
    journal_of(path).write_bytes(JOURNAL_HEADER + every + head + pages)


def foreign_write_ahead(path: Path) -> None:
    """The write-ahead log of another database lies beside the file."""
    other = other_database(path.parent.parent, "wal")
    shutil.copy(f"{write_ahead_of(other)}.kept", write_ahead_of(path))


def beside(name: Callable[[Path], Path], make: Callable[[Path], object]) -> Damage:
    """Something stands where a journal of the file would."""

    def put(path: Path) -> None:
        name(path).unlink(missing_ok=True)
        make(name(path))

    return put


TABLES = (
    "blocked", "change_log", "decision", "delegate", "event", "evidence", "exemption", "export_log", "invitation",
    "meeting", "office", "opinion", "policy", "release", "school", "unit", "venue", "withdrawn_event", "year", "zone",
)  # fmt: skip
COLUMNS = (
    "event.received", "event.note", "event.last_time", "event.signed_up", "unit.week_cap", "unit.aliases",
    "venue.address", "decision.short", "decision.closed_on", "opinion.reply", "policy.materials", "zone.basis",
    "evidence.digest", "release.digest", "year.settings", "meeting.place", "export_log.unmasked", "delegate.phone",
)  # fmt: skip


def missing_column(name: str) -> Damage:
    """A column is gone."""
    table, column = name.split(".")
    return statements(f'ALTER TABLE {table} DROP COLUMN "{column}"')


def view_for(table: str) -> Damage:
    """A view of the same rows stands in place of the table."""
    return statements(
        "PRAGMA foreign_keys = 0",
        f"ALTER TABLE {table} RENAME TO {table}_",
        f"CREATE VIEW {table} AS SELECT * FROM {table}_",
    )


DAMAGES: dict[str, Damage] = {
    **{f"missing column {name}": missing_column(name) for name in COLUMNS},
    **{f"view for {table}": view_for(table) for table in TABLES},
    **{f"no table {table}": statements(f"DROP TABLE {table}") for table in TABLES},
    **{
        f"trigger on {table}": statements(f"CREATE TRIGGER more AFTER INSERT ON {table} BEGIN SELECT 1; END")
        for table in TABLES
    },
    "trigger that deletes": statements("CREATE TRIGGER t AFTER UPDATE ON event BEGIN DELETE FROM unit; END"),
    "releases no longer frozen": statements("DROP TRIGGER release_kept"),
    "another trigger of that name": statements(
        "DROP TRIGGER release_kept",
        "CREATE TRIGGER release_kept BEFORE DELETE ON release BEGIN SELECT 1; END",
    ),
    "missing index": statements("DROP INDEX change_log_state"),
    "column of another name": statements("ALTER TABLE event RENAME COLUMN note TO noted"),
    "one column more": statements("ALTER TABLE unit ADD COLUMN secret TEXT"),
    "one table more": statements("CREATE TABLE t (a)"),
    "one view more": statements("CREATE VIEW v AS SELECT * FROM event"),
    "all tables empty": empty_all,
    "all contents gone": empty_years,
    "as if it were new": empty_but_the_office,
    "version of a later program's tables": statements("PRAGMA user_version = 1"),
    "version nought": statements("PRAGMA user_version = 0"),
    "another application": statements("PRAGMA application_id = 1"),
    "foreign journal": foreign_journal,
    "foreign write-ahead log": foreign_write_ahead,
    "journal of rubbish": beside(journal_of, whole(b"garbage" * 500)),
    "write-ahead log of rubbish": beside(write_ahead_of, whole(b"garbage" * 500)),
    "journal that is a folder": beside(journal_of, Path.mkdir),
    "write-ahead log that is a folder": beside(write_ahead_of, Path.mkdir),
    "empty": whole(b""),
    "one byte": whole(b"S"),
    "text": whole("这不是数据库".encode() * 99),
    "zeros": whole(bytes(3 * PAGE)),
    "a header and nothing": cut(100),
    "folder": in_place(Path.mkdir),
    **{f"cut at {size}": cut(size) for size in (512, PAGE, 2 * PAGE, 5 * PAGE, 9 * PAGE + 7)},
    **{f"the last {size} bytes gone": cut(-size) for size in (1, 100, PAGE - 1, PAGE, 3 * PAGE, 4 * PAGE)},
    **{
        f"header byte {at} is {value}": overwrite(at, bytes([value]))
        for at, value in (
            (18, 2),
            (19, 2),
            (18, 3),
            (19, 3),
            (20, 8),
            (21, 63),
            (35, 9),
            (39, 9),
            (59, 2),
            (59, 3),
            (80, 1),
        )
    },
    "journal of an older state": older_journal,
    **{f"header byte {at} wrong": overwrite(at, b"\xee") for at in (0, 5, 15, 16, 21, 47, 68, 100)},
    **{f"page {page} of zeros": overwrite(page * PAGE, bytes(PAGE)) for page in (*range(1, 9), 12, 16, 20)},
    **{
        f"page {page} of noise": overwrite(page * PAGE, b"\x0d\xa5" * (PAGE // 2))
        for page in (1, 3, 5, 7, 9, 13)
    },
    **{f"pages {a} and {b} swapped": swap_pages(a, b) for a, b in ((1, 2), (2, 5), (4, 9), (7, 8))},
    "more pages than there are": overwrite(28, struct.pack(">I", 10_000)),
}
"""What → how. On systems with pipes and links, these too."""

if hasattr(os, "mkfifo"):
    DAMAGES |= {
        "pipe": in_place(os.mkfifo),
        "link to nothing": in_place(lambda path: path.symlink_to(path.with_name("没有.db"))),
        "link to itself": in_place(lambda path: path.symlink_to(path)),
        "link to a folder": in_place(lambda path: path.symlink_to(path.parent)),
        "link to a device": in_place(lambda path: path.symlink_to("/dev/null")),
        "journal that is a link": beside(journal_of, partial(Path.symlink_to, target="/dev/null")),
        "journal that is a pipe": beside(journal_of, os.mkfifo),
        "write-ahead log that is a pipe": beside(write_ahead_of, os.mkfifo),
    }
