"""核对：一份数据文件或备份是否完好，逐条用中文说。"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from models import migrations
from models.datafile import inspect_file, journal_of, open_error
from models.domain.errors import StoreError
from models.domain.snapshot import ItemKind
from models.release_contents import damaged_releases
from models.schema import schema_problems
from models.soundness import is_emptied
from models.tables import TABLE_NAMES, UNREADABLE, loaded_items, select_columns

MOST_SENTENCES = 20


def checksum_file(path: Path) -> Path:
    """The file that holds the SHA-256 of the backup ``path``."""
    return path.with_name(path.name + ".sha256")


def digest_of(path: Path) -> str:
    """The SHA-256 of the file, in hexadecimal."""
    import hashlib  # not at the start of the window

    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def verify(where: Path) -> tuple[str, ...]:
    """What is wrong with the data file or backup ``where``, one sentence each; empty where it is sound.

    Looks at the header, the SHA-256 beside a backup, SQLite's own check, the references and whether
    every stored value can be read. The file is only read.
    """
    path = where.expanduser().absolute()
    if not os.path.lexists(path):
        return (f"没有这个文件：{path}。",)
    try:
        inspect_file(path)
        if not _has_its_checksum(path):
            return (f"校验值不符，文件在备份之后变过：{path}。",)
        with closing(sqlite3.connect(path.as_uri() + "?mode=ro", uri=True, timeout=5)) as connection:
            return tuple(_problems(connection))[:MOST_SENTENCES]
    except StoreError as error:
        return (error.what,)
    except sqlite3.DatabaseError as error:
        return (_unreadable(path, error),)
    except OSError:
        return (f"读不到文件：{path}。",)


def _unreadable(path: Path, error: sqlite3.DatabaseError) -> str:
    if journal_of(path).exists():
        return open_error(path, error).what
    return f"数据库打不开，内容已损坏：{path}。"


def _has_its_checksum(path: Path) -> bool:
    checksum = checksum_file(path)
    if not checksum.exists():
        return True
    return checksum.read_text(encoding="utf-8", errors="replace").split()[:1] == [digest_of(path)]


def _problems(connection: sqlite3.Connection) -> Iterator[str]:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if apart := schema_problems(connection, version):
        yield from (f"表与程序建的不一样：{problem}。" for problem in apart)
        return
    if is_emptied(connection):
        yield "表被清空了。"
    for (problem,) in connection.execute("PRAGMA integrity_check(20)").fetchall():
        if problem != "ok":
            yield f"数据库结构损坏：{problem}。"
    for table, number, target, _ in connection.execute("PRAGMA foreign_key_check").fetchall():
        yield f"表 {table} 第 {number} 行引用了不存在的 {target}。"
    with _of_today(connection, version) as current:
        yield from _unreadable_contents(current)


@contextmanager
def _of_today(connection: sqlite3.Connection, version: int) -> Iterator[sqlite3.Connection]:
    """The database itself, or for the block a copy in memory of an older one with the tables of today."""
    if version == migrations.CURRENT_VERSION:
        yield connection
        return
    with closing(sqlite3.connect(":memory:")) as upgraded:
        connection.backup(upgraded)
        for number, statements in migrations.STEPS:
            for statement in statements if number > version else ():
                upgraded.execute(statement)
        yield upgraded


def _unreadable_contents(connection: sqlite3.Connection) -> Iterator[str]:
    from models.unreadable import text_or_bytes, unreadable_rows  # not at the start of the window

    connection.text_factory = text_or_bytes
    for kind in ItemKind:
        rows = connection.execute(f"SELECT {select_columns(kind)} FROM {TABLE_NAMES[kind]}").fetchall()  # noqa: S608
        try:
            tuple(loaded_items(kind, rows))
        except UNREADABLE:
            yield from (f"{row}。" for row in unreadable_rows(kind, rows))
    releases = connection.execute("SELECT year, number, digest, contents FROM release").fetchall()
    for year, number in damaged_releases(releases):
        yield f"{year} 年度第 {number} 稿的内容与校验值不符。"
