"""新建与升级数据文件：新文件先在旁边建好再改名，旧版本先留备份再一步步升。"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path

from models import migrations
from models.connection import Database, connect
from models.datafile import journal_of, sync_folder, write_error
from models.domain.errors import StoreError
from models.domain.own_mark import APPLICATION_ID
from models.patience import patiently
from models.plain_files import mark, new_file


def create_file(path: Path) -> None:
    """Afterwards ``path`` is an empty data file of the current version; built aside, so whole or absent."""
    temporary = path.with_name(f".{path.name}.{mark()}.tmp")
    try:
        new_file(temporary).close()
        database = connect(temporary, writable=True)
        try:
            upgrade(temporary, database)
        finally:
            database.close()
        patiently(lambda: temporary.replace(path))
        sync_folder(path.parent)
    except OSError as error:
        raise write_error(path, error) from error
    finally:
        for leftover in (temporary, journal_of(temporary)):
            with suppress(OSError):
                leftover.unlink()


def upgrade(path: Path, database: Database) -> None:
    """Afterwards the file has the current version; each step is whole or absent.

    Raises ``StoreError`` with the file at the last whole step.
    """
    version = database.pragma_number("user_version")
    for number, statements in migrations.STEPS:
        if number > version:
            _step(path, database, number, statements)


def upgraded_copy(path: Path, database: Database) -> Database:
    """What the file ``path`` holds, in memory, with the current version; only to be read. The file stays as it is."""
    copy = Database(sqlite3.connect(":memory:", isolation_level=None))
    try:
        database.connection.backup(copy.connection)
        upgrade(path, copy)
        for setting in ("trusted_schema = 0", "query_only = 1"):
            copy.execute(f"PRAGMA {setting}")
    except BaseException:
        copy.close()
        raise
    return copy


def _step(path: Path, database: Database, number: int, statements: tuple[str, ...]) -> None:
    database.execute("PRAGMA foreign_keys = 0")
    try:
        with database.atomic():
            for statement in statements:
                database.execute(statement)
            if number == 1:
                import uuid

                database.execute("INSERT INTO office VALUES ('installation', ?)", (str(uuid.uuid4()),))
            if database.execute("PRAGMA foreign_key_check").fetchone() is not None:
                raise StoreError("数据文件升级时发现引用不一致。", "文件没有改动。", "请从备份恢复。")
            database.execute(f"PRAGMA user_version = {number:d}")
            database.execute(f"PRAGMA application_id = {APPLICATION_ID:d}")
    except sqlite3.DatabaseError as error:
        raise write_error(path, error) from error
    finally:
        database.execute("PRAGMA foreign_keys = 1")
