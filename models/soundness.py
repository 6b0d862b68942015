"""能不能用：是不是自己的数据库、表齐不齐、内容是否被清空；没写完的一步先在副本上撤回试试。"""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from models.connection import Database, connect
from models.datafile import (
    DamagedError,
    inspect_file,
    is_full,
    is_hot,
    journal_of,
    open_error,
    require_file,
    require_own_journals,
    require_version,
    write_error,
)
from models.plain_files import mark, new_file
from models.schema import schema_problems

MOST_NAMED = 3


def require_openable(path: Path) -> None:
    """``StoreError`` where the file is not to be opened at all: told from outside, without a change."""
    require_file(path)
    require_own_journals(path)
    if not is_hot(path):  # else the header may be that of the step to be taken back
        inspect_file(path)


def require_sound(path: Path, database: Database) -> int:
    """The version of the open database ``path``: it is ours and has its tables, its pages are in order.

    Raises ``StoreError`` where it is not so. Nothing is written.
    """
    try:
        version = database.pragma_number("user_version")
        require_version(path, version, database.pragma_number("application_id"))
        if problems := schema_problems(database.connection, version):
            more = "等" if len(problems) > MOST_NAMED else ""
            named = "；".join(problems[:MOST_NAMED]) + more
            raise DamagedError(path, f"数据文件里的表与程序建的不一样（{named}）：{path}。")
        if database.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise DamagedError(path)
        if is_emptied(database.connection):
            raise DamagedError(path, f"数据文件里的表被清空了：{path}。")
    except sqlite3.DatabaseError as error:
        raise open_error(path, error) from error
    return version


def revision_of(connection: sqlite3.Connection) -> int:
    """The highest number that a step of the change log ever had; it never falls, whatever the clock does."""
    query = (
        "SELECT max(seq) FROM sqlite_sequence WHERE name = 'change_log' AND seq BETWEEN 0 AND 1000000000000"
    )
    return int(connection.execute(query).fetchone()[0] or 0)


def holds_nothing(connection: sqlite3.Connection) -> bool:
    """Whether there is neither a year nor a step: a new file, or one that somebody emptied."""
    query = "SELECT 1 FROM year UNION ALL SELECT 1 FROM change_log LIMIT 1"
    return connection.execute(query).fetchone() is None


def is_emptied(connection: sqlite3.Connection) -> bool:
    """Whether rows are gone that no step of the change log took away."""
    if not connection.execute("SELECT 1 FROM office WHERE name = 'installation'").fetchone():
        return True
    if connection.execute("SELECT 1 FROM year LIMIT 1").fetchone():
        return False
    if holds_nothing(connection):
        return revision_of(connection) > 0
    return _years_by_log(connection)


def _years_by_log(connection: sqlite3.Connection) -> bool:
    """Whether there is a year left, by what the steps say."""
    left: dict[int, bool] = {}
    query = "SELECT year, changes FROM change_log WHERE instr(changes, '\"year\"') ORDER BY number"
    for year, text in connection.execute(query):
        for kind, *_, after in json.loads(text):
            if kind == "year":
                left[year] = after is not None
    return any(left.values())


def roll_back(path: Path) -> None:
    """Afterwards a step that a killed process never finished is taken back; the caller holds the lock.

    A journal of another database would spoil the file: the step is taken back in a copy first. Raises
    ``DamagedError``, file and journal untouched, where the copy is no sound data file then.
    """
    require_file(path)
    if not is_hot(path):
        return
    trial = path.with_name(f".{path.name}.{mark()}.tmp")
    try:
        for old, new in ((path, trial), (journal_of(path), journal_of(trial))):
            with old.open("rb") as source, new_file(new) as copy:
                shutil.copyfileobj(source, copy)
        _require_own_step(path, trial)
    except OSError as error:
        if not is_full(error):  # without room for a copy the step is taken back all the same
            raise write_error(path, error) from error
    finally:
        for leftover in (trial, journal_of(trial)):
            with suppress(OSError):
                leftover.unlink()
    connect(path, writable=True).close()


def _require_own_step(path: Path, trial: Path) -> None:
    """A step under way has counted the changes up by one at most; another database counts otherwise."""
    now = _changes_counted(trial)
    try:
        with closing(connect(trial, writable=True)) as database:
            require_sound(path, database)
    except DamagedError as error:
        raise _foreign(path) from error
    if now is not None and (now - (_changes_counted(trial) or 0)) % (1 << 32) > 1:
        raise _foreign(path)


def _changes_counted(path: Path) -> int | None:
    """How often the file was changed, by its header; None where that is none."""
    with path.open("rb") as file:
        header = file.read(28)
    return int.from_bytes(header[24:28], "big") if header.startswith(b"SQLite format 3") else None


def _foreign(path: Path) -> DamagedError:
    return DamagedError(
        path,
        f"数据文件和它旁边的日志对不上（数据文件坏了，或者日志是别的文件的）：{path}。",
        "两个文件都没有改动。",
    )
