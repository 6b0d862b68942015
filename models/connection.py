"""数据库连接：设置逐项读回核对；语句自动提交，除非在一个事务里。"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from models.datafile import is_busy, open_error
from models.domain.errors import StoreError

PRAGMAS: tuple[tuple[str, str | int, object], ...] = (
    # name, value asked for, value that must be read back
    ("busy_timeout", 5000, 5000),
    ("journal_mode", "truncate", "truncate"),
    ("synchronous", "full", 2),
    ("foreign_keys", 1, 1),
    ("trusted_schema", 0, 0),
    ("cell_size_check", 1, 1),
    ("secure_delete", 1, 1),
    ("temp_store", "memory", 2),
)


class Database:
    """An open connection and whether one of our transactions is under way on it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.in_transaction = False
        """Also true where SQLite has rolled back by itself: what follows must not be written outside."""

    def execute(self, statement: str, parameters: Sequence[Any] = ()) -> sqlite3.Cursor:
        """The cursor of ``statement``; its errors are sqlite3's."""
        return self.connection.execute(statement, parameters)

    @contextmanager
    def atomic(self, mode: str = "IMMEDIATE") -> Iterator[None]:
        """All of the block is committed afterwards, or rolled back when it raises; never inside another one."""
        assert not self.in_transaction
        self.execute(f"BEGIN {mode}")
        self.in_transaction = True
        try:
            yield
            self.execute("COMMIT")  # an error where SQLite has rolled back by itself
        except BaseException:
            if self.connection.in_transaction:
                self.execute("ROLLBACK")
            raise
        finally:
            self.in_transaction = False

    def be_patient(self, milliseconds: int) -> None:
        """From now on a statement waits so long for another program that holds the file, then fails."""
        self.execute(f"PRAGMA busy_timeout = {milliseconds:d}").fetchall()

    def is_free(self) -> bool:
        """Whether a step could be written at this moment: no other program reads or writes. Asked without waiting.

        True also where the file cannot be written for another reason, which the step itself will tell.
        """
        waits = self.pragma_number("busy_timeout")
        self.be_patient(0)
        try:
            with self.atomic("EXCLUSIVE"):
                return True
        except sqlite3.DatabaseError as error:
            return not is_busy(error)
        finally:
            self.be_patient(waits)

    def pragma_number(self, name: str) -> int:
        """The whole number that PRAGMA ``name`` answers."""
        return int(self.execute(f"PRAGMA {name}").fetchone()[0])

    def close(self) -> None:
        """Afterwards the connection is closed; closing twice is harmless."""
        self.connection.close()


def connect(path: Path, *, writable: bool) -> Database:
    """The open database ``path`` with every setting in force; ``StoreError`` where one is not."""
    address = path.as_uri() + ("?mode=rw" if writable else "?mode=ro")
    try:
        database = Database(sqlite3.connect(address, uri=True, timeout=5, isolation_level=None))
    except sqlite3.DatabaseError as error:
        raise open_error(path, error) from error
    try:
        for name, value, expected in PRAGMAS:
            if writable or name != "journal_mode":
                _set_pragma(database, name, value, expected)
    except sqlite3.DatabaseError as error:
        database.close()
        raise open_error(path, error) from error
    except BaseException:
        database.close()
        raise
    return database


def _set_pragma(database: Database, name: str, value: str | int, expected: object) -> None:
    database.execute(f"PRAGMA {name} = {value}").fetchall()
    row = database.execute(f"PRAGMA {name}").fetchone()
    if row is None or row[0] != expected:
        raise StoreError(f"数据库没有接受设置 {name}。", "没有打开任何数据。", "请检查磁盘与系统。")
