"""新建与升级数据文件：新文件先在旁边建好再改名，旧版本先留备份再一步步升。"""

from __future__ import annotations

import os
import uuid
from contextlib import suppress
from pathlib import Path

import peewee

from models import migrations
from models.connection import connect, execute, pragma_number
from models.datafile import APPLICATION_ID, journal_of, sync_folder, write_error
from models.domain.errors import StoreError
from models.patience import patiently


def create_file(path: Path) -> None:
    """Afterwards ``path`` is an empty data file of the current version; built aside, so whole or absent."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.touch()
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


def upgrade(path: Path, database: peewee.SqliteDatabase) -> None:
    """Afterwards the file has the current version; each step is whole or absent.

    Raises ``StoreError`` with the file at the last whole step.
    """
    version = pragma_number(database, "user_version")
    for number, statements in migrations.STEPS:
        if number > version:
            _step(path, database, number, statements)


def _step(path: Path, database: peewee.SqliteDatabase, number: int, statements: tuple[str, ...]) -> None:
    execute(database, "PRAGMA foreign_keys = 0")
    try:
        with database.atomic():
            for statement in statements:
                execute(database, statement)
            if number == 1:
                execute(database, "INSERT INTO office VALUES ('installation', ?)", (str(uuid.uuid4()),))
            if execute(database, "PRAGMA foreign_key_check").fetchone() is not None:
                raise StoreError("数据文件升级时发现引用不一致。", "文件没有改动。", "请从备份恢复。")
            execute(database, f"PRAGMA user_version = {number:d}")
            execute(database, f"PRAGMA application_id = {APPLICATION_ID:d}")
    except peewee.DatabaseError as error:
        raise write_error(path, error) from error
    finally:
        execute(database, "PRAGMA foreign_keys = 1")
