"""数据库连接：设置逐项读回核对，语句照行类生成一次、反复使用。"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import peewee

from models.datafile import open_error
from models.domain.errors import StoreError

logging.getLogger("peewee").setLevel(logging.WARNING)  # below that it logs statements with their values

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


def connect(path: Path, *, writable: bool) -> peewee.SqliteDatabase:
    """The open database ``path`` with every setting in force; ``StoreError`` where one is not."""
    address = path.as_uri() + ("?mode=rw" if writable else "?mode=ro")
    database = peewee.SqliteDatabase(address, uri=True, autoconnect=False, lock_type="IMMEDIATE", timeout=5)
    try:
        database.connect()
        for name, value, expected in PRAGMAS:
            if writable or name != "journal_mode":
                _set_pragma(database, name, value, expected)
    except peewee.DatabaseError as error:
        database.close()
        raise open_error(path, error) from error
    except BaseException:
        database.close()
        raise
    return database


def _set_pragma(database: peewee.SqliteDatabase, name: str, value: str | int, expected: object) -> None:
    execute(database, f"PRAGMA {name} = {value}").fetchall()
    row = execute(database, f"PRAGMA {name}").fetchone()
    if row is None or row[0] != expected:
        raise StoreError(f"数据库没有接受设置 {name}。", "没有打开任何数据。", "请检查磁盘与系统。")


def execute(database: peewee.SqliteDatabase, statement: str, parameters: Sequence[Any] = ()) -> Any:
    """The cursor of ``statement``; its errors are peewee's."""
    return database.execute_sql(statement, parameters)  # type: ignore[no-untyped-call]


def raw_connection(database: peewee.SqliteDatabase) -> sqlite3.Connection:
    """The sqlite3 connection below, for backups and batches."""
    connection: Any = database.connection()  # type: ignore[no-untyped-call]
    assert isinstance(connection, sqlite3.Connection)
    return connection


def pragma_number(database: peewee.SqliteDatabase, name: str) -> int:
    """The whole number that PRAGMA ``name`` answers."""
    return int(execute(database, f"PRAGMA {name}").fetchone()[0])
