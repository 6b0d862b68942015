"""备份：用数据库的备份接口写到临时名字，打开核对过才算数；恢复时先把旧文件挪开。"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from models.datafile import inspect_file, write_error
from models.domain.errors import StoreError
from models.locking import WriterLock

if TYPE_CHECKING:
    from models.store import Store

FOLDER = "备份"
DAILY, WEEKLY, MONTHLY = 12, 10, 9
COUNTED_TABLES = ("year", "unit", "event", "decision", "change_log")
_STAMP = "%Y%m%d-%H%M%S"


class BackupInfo(NamedTuple):
    """One backup: its file, when and why it was made, and whether it is one of the daily ones."""

    path: Path
    made_at: datetime
    reason: str
    size: int

    @property
    def daily(self) -> bool:
        """Thinned with time; the named ones are kept."""
        return self.reason == "每日"


def backup_folder(data_file: Path) -> Path:
    """Where the backups of ``data_file`` lie."""
    return data_file.parent / FOLDER


def backup_name(data_file: Path, now: datetime, reason: str) -> Path:
    """A name not taken yet, with time and reason in it."""
    stem = f"{data_file.stem}_{now.astimezone():{_STAMP}}_{reason}"
    path = backup_folder(data_file) / f"{stem}.db"
    number = 2
    while path.exists():
        path = backup_folder(data_file) / f"{stem}-{number}.db"
        number += 1
    return path


def list_backups(data_file: Path) -> tuple[BackupInfo, ...]:
    """The backups of ``data_file``, newest first."""
    found = []
    for path in backup_folder(data_file).glob(f"{data_file.stem}_*.db"):
        parts = path.stem.removeprefix(data_file.stem + "_").split("_", 1)
        with suppress(ValueError):
            made_at = datetime.strptime(parts[0], _STAMP).astimezone()
            found.append(
                BackupInfo(
                    path, made_at, parts[1].split("-")[0] if len(parts) > 1 else "", path.stat().st_size
                )
            )
    return tuple(sorted(found, key=lambda info: (info.made_at, info.path.name), reverse=True))


def newest_backup(data_file: Path) -> Path | None:
    """The newest backup that is sound, or None."""
    return next((info.path for info in list_backups(data_file) if not verify(info.path)), None)


def backup(store: Store, target: Path | None = None, reason: str = "手动") -> Path:
    """A checked copy of the store's data at ``target`` (default: in the backup folder); its path.

    The copy was opened, checked and counted against the original before it took its name, and its
    SHA-256 lies beside it.
    """
    path = (
        backup_name(store.path, store.clock(), reason) if target is None else target.expanduser().absolute()
    )
    if path == store.path:
        raise StoreError("备份不能写到数据文件自己。", "没有写任何文件。", "请另选一个文件名。")
    copy_database(store.connection, path)
    return path


def copy_database(source: sqlite3.Connection, target: Path) -> None:
    """Afterwards ``target`` is a checked copy; an older file of that name stays until then."""
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(temporary)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = delete").fetchall()
            _require_same(source, copy)
        _sync(temporary)
        digest = _digest(temporary)
        temporary.replace(target)
        checksum_file(target).write_text(f"{digest}  {target.name}\n", encoding="utf-8")
        _sync_folder(target.parent)
    except (OSError, sqlite3.DatabaseError) as error:
        raise write_error(target, error) from error
    finally:
        with suppress(OSError):
            temporary.unlink()


def _require_same(source: sqlite3.Connection, copy: sqlite3.Connection) -> None:
    if copy.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok" or _counts(source) != _counts(copy):
        raise StoreError("备份核对没有通过，已丢弃这份备份。", "数据文件没有改动。", "请检查磁盘后再备份。")


def _counts(connection: sqlite3.Connection) -> list[int]:
    return [connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in COUNTED_TABLES]  # noqa: S608


def checksum_file(path: Path) -> Path:
    """The file that holds the SHA-256 of the backup ``path``."""
    return path.with_name(path.name + ".sha256")


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def verify(path: Path) -> tuple[str, ...]:
    """What is wrong with the data file or backup ``path``, one sentence each; empty where it is sound."""
    if not path.exists():
        return (f"没有这个文件：{path}。",)
    try:
        inspect_file(path)
    except StoreError as error:
        return (error.what,)
    checksum = checksum_file(path)
    if checksum.exists() and checksum.read_text(encoding="utf-8").split()[:1] != [_digest(path)]:
        return (f"校验值不符，文件在备份之后变过：{path}。",)
    try:
        with closing(sqlite3.connect(path.absolute().as_uri() + "?mode=ro", uri=True)) as connection:
            problems = [row[0] for row in connection.execute("PRAGMA integrity_check(20)") if row[0] != "ok"]
            dangling = connection.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError:
        return (f"数据库打不开，内容已损坏：{path}。",)
    sentences = [f"数据库结构损坏：{problem}" for problem in problems]
    return (*sentences, *(f"表 {row[0]} 第 {row[1]} 行引用了不存在的 {row[2]}。" for row in dangling))


def restore(where: Path, source: Path) -> Path | None:
    """Afterwards ``where`` holds the backup ``source``; returns where the old file was put aside.

    Raises ``StoreError``, nothing changed, when the backup is not sound or the file is in use.
    """
    where, source = where.expanduser().absolute(), source.expanduser().absolute()
    if problems := verify(source):
        raise StoreError(
            f"这份备份不能用：{source}。", problems[0] + "数据文件没有改动。", "请另选一份备份。"
        )
    where.parent.mkdir(parents=True, exist_ok=True)
    lock = WriterLock(where)
    if not lock.acquire(datetime.now(timezone.utc)):
        raise StoreError(f"数据文件正由{lock.holder()}打开，不能恢复。", "什么都没改。", "请先关闭那个窗口。")
    try:
        return _replace_with(where, source)
    except OSError as error:
        raise write_error(where, error) from error
    finally:
        lock.release()


def _replace_with(where: Path, source: Path) -> Path | None:
    incoming = where.with_name(f".{where.name}.{os.getpid()}.tmp")
    with closing(sqlite3.connect(source.as_uri() + "?mode=ro", uri=True)) as connection:
        copy_database(connection, incoming)
    checksum_file(incoming).unlink()
    aside = _put_aside(where) if where.exists() else None
    incoming.replace(where)
    _sync_folder(where.parent)
    return aside


def _put_aside(where: Path) -> Path:
    aside = backup_name(where, datetime.now(timezone.utc), "恢复前")
    aside.parent.mkdir(parents=True, exist_ok=True)
    journal = where.with_name(where.name + "-journal")
    if journal.exists():
        journal.replace(aside.with_name(aside.name + "-journal"))
    where.replace(aside)
    return aside


def daily_backup(store: Store) -> Path | None:
    """The first opening of a day makes a backup and thins the older ones; None when there was one."""
    today = store.clock().astimezone().date()
    existing = list_backups(store.path)
    if any(info.daily and info.made_at.date() == today for info in existing):
        return None
    if not store.connection.execute("SELECT 1 FROM year LIMIT 1").fetchone():
        return None
    path = backup(store, reason="每日")
    for info in superfluous(list_backups(store.path)):
        with suppress(OSError):
            info.path.unlink()
            checksum_file(info.path).unlink()
    return path


def superfluous(backups: Iterable[BackupInfo]) -> tuple[BackupInfo, ...]:
    """The daily backups that thinning removes: the newest of 12 days, 10 weeks and 9 months stay.

    Counted by the days there are, not by the clock, so that a jump of the clock removes nothing.
    """
    daily = sorted((info for info in backups if info.daily), key=lambda info: info.made_at, reverse=True)
    kept: set[Path] = set()
    for most, period in ((DAILY, "%Y-%m-%d"), (WEEKLY, "%G-%V"), (MONTHLY, "%Y-%m")):
        newest: dict[str, Path] = {}
        for info in daily:
            newest.setdefault(info.made_at.strftime(period), info.path)
        kept.update(list(newest.values())[:most])
    return tuple(info for info in daily if info.path not in kept)
