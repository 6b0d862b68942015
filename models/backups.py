"""备份：用数据库的备份接口写到临时名字，打开核对过才算数；恢复时先把旧文件挪开。"""

from __future__ import annotations

import glob
import math
import os
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from stat import S_ISREG
from typing import Any, Protocol

from models.datafile import journal_of, sync_file, sync_folder, write_error
from models.domain.errors import StoreError
from models.evidence_backup import take_files_along
from models.evidence_files import EvidenceFolder
from models.locations import real_file
from models.locking import was_opened_before
from models.own_files import BACKUP_FOLDER, backup_folder, is_own
from models.patience import patiently
from models.plain_files import make_private, mark, new_file, plain_folder, write_anew
from models.soundness import revision_of
from models.thinning import EVERY_DAY, BackupInfo, by_age, superfluous
from models.verifying import checksum_file, digest_of, verify

BY_HAND, BEFORE_IMPORT, BEFORE_UPGRADE, BEFORE_RESTORE = "手动", "导入前", "升级前", "恢复前"
_STAMP = "%Y%m%d-%H%M%S"


class OpenData(Protocol):
    """What a backup needs of an open data file."""

    path: Path
    clock: Callable[[], datetime]

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection that is copied."""

    def rows(self, statement: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a SELECT."""


def backup_name(data_file: Path, now: datetime, reason: str) -> Path:
    """A name not taken yet, with local time and reason in it."""
    stem = f"{data_file.stem}_{now.astimezone():{_STAMP}}_{reason}"
    path = backup_folder(data_file) / f"{stem}.db"
    number = 2
    while os.path.lexists(path):
        path = backup_folder(data_file) / f"{stem}-{number}.db"
        number += 1
    return path


def list_backups(data_file: Path) -> tuple[BackupInfo, ...]:
    """The backups of a data file, the one with the newest change first, whatever the clock said."""
    data_file = real_file(data_file)
    known = [info._replace(revision=_revision(info.path)) for info in _named(data_file)]
    return tuple(sorted(known, key=by_age, reverse=True))


def _named(data_file: Path) -> list[BackupInfo]:
    """The backups as their names tell of them; none is opened."""
    pattern = f"{glob.escape(data_file.stem)}_*.db"
    found = (_info(data_file, path) for path in backup_folder(data_file).glob(pattern))
    return [info for info in found if info is not None]


def _revision(path: Path) -> int:
    """The number of the newest change in a backup; -1 where it cannot be read."""
    try:
        with closing(sqlite3.connect(path.as_uri() + "?mode=ro&immutable=1", uri=True)) as connection:
            return revision_of(connection)
    except (sqlite3.DatabaseError, ValueError, TypeError):
        return -1


def _info(data_file: Path, path: Path) -> BackupInfo | None:
    stamp, _, reason = path.stem[len(data_file.stem) + 1 :].partition("_")
    try:
        made_at = _moment(stamp).astimezone()
        found = path.lstat()
        return (
            BackupInfo(path, made_at, reason.split("-")[0], found.st_size) if S_ISREG(found.st_mode) else None
        )
    except (ValueError, OSError, OverflowError):
        return None


def _moment(stamp: str) -> datetime:
    """The time that ``_STAMP`` writes as ``stamp``; ``ValueError`` where it is none (``strptime`` is slow to load)."""
    day, dash, clock = stamp.partition("-")
    if not (dash and len(day) == 8 and len(clock) == 6 and (day + clock).isdecimal()):
        raise ValueError(stamp)
    return datetime(
        int(day[:4]), int(day[4:6]), int(day[6:]), int(clock[:2]), int(clock[2:4]), int(clock[4:])
    )


def newest_backup(data_file: Path) -> Path | None:
    """The backup with the newest change that is sound, or None."""
    return next((info.path for info in list_backups(data_file) if not verify(info.path)), None)


def described(data_file: Path, backup: Path) -> str:
    """When the sound ``backup`` was made, the number of its newest change and of its events, for people."""
    info = _info(data_file, backup)
    with closing(sqlite3.connect(backup.as_uri() + "?mode=ro", uri=True)) as connection:
        (events,) = connection.execute("SELECT count(*) FROM event").fetchone()
        numbers = f"改动号 {revision_of(connection)}，{events} 场活动"
    return f"{info.made_at:%Y-%m-%d %H:%M}，{numbers}" if info else numbers


def backup(store: OpenData, target: Path | None = None, reason: str = BY_HAND) -> Path:
    """A checked copy of the store's data at ``target`` (default: in the backup folder); its path.

    The copy was opened, checked and counted against the original before it took its name, and its
    SHA-256 lies beside it. To a ``target`` the evidence files go along; the backup folder has them beside it. Raises ``StoreError``, an older file of that name untouched.
    """
    path = backup_name(store.path, store.clock(), reason) if target is None else _target(store.path, target)
    copy_database(store.connection, path)
    if target is not None:
        take_files_along(store.path, path)
    return path


def _target(data_file: Path, target: Path) -> Path:
    path = target.expanduser().absolute()
    if path.is_dir():
        raise StoreError(f"这是一个文件夹：{path}。", "没有写任何文件。", "请写明备份的文件名。")
    if path.exists() and path.samefile(data_file):
        raise StoreError("备份不能写到数据文件自己。", "没有写任何文件。", "请另选一个文件名。")
    if is_own(data_file, path) or (path.exists() and was_opened_before(path)):
        raise StoreError(
            f"备份不能写到程序自己的文件：{path}。", "什么都没写，原有文件未改动。", "请另选一个文件名。"
        )
    return path


def copy_database(source: sqlite3.Connection, target: Path) -> None:
    """Afterwards ``target`` is a checked copy with its checksum; an older file of that name stays until then."""
    temporary = target.with_name(f".{target.name}.{mark()}.tmp")
    try:
        patiently(lambda: target.parent.mkdir(parents=True, exist_ok=True))
        fill(source, temporary)
        digest = digest_of(temporary)
        _put_in_place(temporary, target)
        write_anew(checksum_file(target), f"{digest}  {target.name}\n".encode())  # whole or absent
        sync_folder(target.parent)
    except (OSError, sqlite3.DatabaseError) as error:
        raise write_error(target, error) from error
    finally:
        for leftover in (temporary, journal_of(temporary)):
            with suppress(OSError):
                leftover.unlink()


def fill(source: sqlite3.Connection, temporary: Path) -> None:
    """Afterwards ``temporary``, a new file, holds what ``source`` holds, checked, and is on the disk."""
    new_file(temporary).close()
    with closing(sqlite3.connect(temporary)) as copy, _kept_readable(source):
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = delete").fetchall()
        healthy = copy.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
        if not healthy or row_counts(source) != row_counts(copy):
            raise StoreError(
                "备份核对没有通过，新写的这份已丢弃。", "数据文件没有改动。", "请检查磁盘后再备份。"
            )
    sync_file(temporary)


@contextmanager
def _kept_readable(source: sqlite3.Connection) -> Iterator[None]:
    """Nobody writes to ``source`` within; while another program holds it the error is that of any reading.

    (The backup interface itself would wait for such a program without end.)
    """
    if source.in_transaction:
        yield
        return
    source.execute("BEGIN")
    try:
        source.execute("SELECT 1 FROM sqlite_master").fetchone()
        yield
    finally:
        source.execute("ROLLBACK")


def row_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """How many rows each table has."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608  names of its own
        for (name,) in connection.execute(query).fetchall()
    }


def _put_in_place(temporary: Path, target: Path) -> None:
    """Afterwards ``target`` is the new file without a checksum; or the old one with its own."""
    checksum = checksum_file(target)
    known = checksum.read_text(encoding="utf-8", errors="replace") if checksum.exists() else ""
    patiently(lambda: checksum.unlink(missing_ok=True))
    try:
        patiently(lambda: temporary.replace(target))
    except OSError:
        if known:
            write_anew(checksum, known.encode())
        raise


def remove_leftovers(data_file: Path, now: datetime) -> tuple[Path, ...]:
    """Temporary files that a killed process left are gone; the caller holds the lock of ``data_file``.

    Only plain files that have such names as this program gives, in folders that are no links. Returns what
    somebody changed or added among the copies for viewing: it stays.
    """
    drafts = r"\.(draft|forms|new-year)\.json"
    own = rf"\.\.?{re.escape(data_file.stem)}({re.escape(data_file.suffix)}(\.holder)?|{drafts})"
    yesterday = now.timestamp() - 86_400  # a reader may be writing a backup at this moment
    _remove_temporary(own, math.inf, data_file.parent)
    _remove_temporary(r"\..+\.db(\.sha256)?", yesterday, data_file.parent, BACKUP_FOLDER)
    return EvidenceFolder(data_file).remove_leftovers(now)


def _remove_temporary(pattern: str, before: float, base: Path, *names: str) -> None:
    named = re.compile(pattern + r"(\.([0-9a-f]{12}|[0-9]+)\.tmp){1,2}(-journal)?")
    with suppress(OSError), plain_folder(base, *names) as folder:
        folder.remove_old(named, before)


def daily_backup(store: OpenData) -> Path | None:
    """The first opening of a day makes a backup and thins the older ones; None when there was one."""
    if not _is_due(store):
        return None
    if not store.rows("SELECT 1 FROM year LIMIT 1"):
        return None
    path = backup(store, reason=EVERY_DAY)
    for info in list_backups(store.path):
        make_private(info.path)
    for info in superfluous(list_backups(store.path), store.clock().astimezone()):
        with suppress(OSError), plain_folder(store.path.parent, BACKUP_FOLDER) as folder:
            if folder.has_file(checksum_file(info.path).name):  # what has none was not made by this program
                folder.remove(info.path.name)
                folder.remove(checksum_file(info.path).name)
    return path


def _is_due(store: OpenData) -> bool:
    """Whether none was made today; a clock that some backup is ahead of does not know what today is."""
    today = store.clock().astimezone().date()
    daily = [info for info in _named(store.path) if info.daily]
    of_today = [info for info in daily if info.made_at.date() == today]
    if not of_today or all(info.made_at.date() <= today for info in daily):
        return not of_today
    return max(_revision(info.path) for info in of_today) < revision_of(store.connection)
