"""数据文件：打开、核对、关闭，以及唯一的事务。

What is not ours, damaged, newer or not to be written is refused or opened read-only, never
overwritten.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models import backups, migrations
from models.connection import Database, connect
from models.datafile import (
    DamagedError,
    confirm,
    is_hot,
    mode_of,
    open_error,
    require_file,
    require_own_journals,
    write_error,
)
from models.domain.changes import ChangeSet
from models.domain.errors import ReadOnlyError, StoreError
from models.domain.text import clean_text
from models.locations import default_path, real_file, require_local
from models.locking import CannotLockError, WriterLock, current_user, was_opened_before
from models.plain_files import make_private
from models.soundness import holds_nothing, require_openable, require_sound, roll_back
from models.upgrading import create_file, upgrade, upgraded_copy

if TYPE_CHECKING:
    from peewee import Query

__all__ = ["Store", "default_path", "open_store", "utc_now"]


def utc_now() -> datetime:
    """The present time in UTC, to the second."""
    return datetime.now(timezone.utc).replace(microsecond=0)


class Store:
    """One open data file. Close it, or use it as a context manager."""

    def __init__(
        self,
        path: Path,
        database: Database,
        lock: WriterLock | None,
        read_only_reason: str,
        clock: Callable[[], datetime],
        user: str,
    ) -> None:
        self.path = path
        self.database = database
        self.read_only_reason = read_only_reason
        self.clock = clock
        self.user = user
        self.backup_problem = ""
        """Why today's backup could not be made, in Chinese; empty where it was, or none was due."""
        self.format_note = ""
        """That the file has an older format and is read through an upgraded copy, in Chinese; empty where not."""
        self.left_in_viewing: tuple[Path, ...] = ()
        """What somebody changed or added among the copies of evidence made for viewing: it was not touched."""
        self.before_step: Callable[[ChangeSet], None] | None = None
        """Called with every new step before it is written (not with undo and redo); what it raises stops the step."""
        self._lock = lock
        self._proved = False
        self.installation = str(self.rows("SELECT value FROM office WHERE name = 'installation'")[0][0])

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed; ``read_only_reason`` says why."""
        return bool(self.read_only_reason)

    @property
    def connection(self) -> sqlite3.Connection:
        """The sqlite3 connection below, for backups."""
        return self.database.connection

    def rows(self, statement: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a SELECT, as plain tuples; ``StoreError`` where the file cannot be read."""
        try:
            return self.database.execute(statement, parameters).fetchall()
        except sqlite3.DatabaseError as error:
            if self.database.in_transaction:
                raise
            raise open_error(self.path, error) from error

    def write(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run a writing statement once a row, inside a ``transaction``."""
        assert self.connection.in_transaction
        self.connection.executemany(statement, rows)

    def run(self, query: Query) -> int:
        """Carry out a writing query of the row classes, inside a ``transaction``; the number of a row it added."""
        from models.rows import sql_of

        assert self.connection.in_transaction
        return self.database.execute(*sql_of(query)).lastrowid or 0

    @contextmanager
    def reading(self) -> Iterator[None]:
        """All reads of the block see the same state, whatever another process writes meanwhile."""
        if self.database.in_transaction:
            yield
            return
        try:
            with self.database.atomic("DEFERRED"):
                yield
        except sqlite3.DatabaseError as error:
            raise open_error(self.path, first_cause(error)) from error

    @contextmanager
    def transaction(self, is_there: Callable[[], bool] | None = None) -> Iterator[None]:
        """All of the block is written and on the disk afterwards, or none of it.

        Inside another one it is part of that. Raises ``ReadOnlyError`` at once on a read-only store
        and ``StoreError`` with the cause where the disk refuses; the file is then as it was.

        ``is_there`` tells whether what the block wrote is in the file: the disk can fail after SQLite has emptied
        its journal, and what it says then is only that nothing is confirmed.
        """
        if self.read_only:
            raise ReadOnlyError("当前为只读，改动没有保存。", self.read_only_reason)
        if self.database.in_transaction:
            yield
            return
        try:
            self._prove_writable()
            with self.database.atomic():
                yield
        except sqlite3.IntegrityError:
            raise
        except sqlite3.DatabaseError as error:
            if is_there is None or not is_there():
                raise write_error(self.path, first_cause(error)) from error
            confirm(self.path)

    def _prove_writable(self) -> None:
        """Afterwards the connection can write, where the file can be written.

        SQLite opens a file only to read where the disk errs once as it is opened, and tells nobody.
        """
        if self._proved:
            return
        waits = self.database.pragma_number("busy_timeout")
        try:
            with self.database.atomic():
                self.database.execute("DELETE FROM office WHERE 0")
        except sqlite3.OperationalError as error:
            if "readonly" not in str(error):
                raise
            self.database.close()
            self.database = connect(self.path, writable=True)
            self.database.be_patient(waits)
        self._proved = True

    def close(self) -> None:
        """Afterwards the file is closed and the lock is free; closing twice is harmless."""
        self.database.close()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def first_cause(error: BaseException) -> BaseException:
    """The database error that came first: after a full disk even the roll-back fails, and hides it."""
    while isinstance(error.__context__, sqlite3.DatabaseError):
        error = error.__context__
    return error


def open_store(
    where: str | Path,
    *,
    read_only: bool = False,
    clock: Callable[[], datetime] = utc_now,
    user: str | None = None,
) -> Store:
    """Open the data file ``where``, creating it when absent.

    A second opener, or one who may not write there, gets a read-only store whose
    ``read_only_reason`` says why. Raises ``StoreError``, the file untouched, for a damaged, foreign
    or newer file, an emptied one, a network share or a synchronised folder.
    """
    if str(where).startswith(("postgresql:", "postgres:")):
        raise StoreError(
            "本版本还不能连接 PostgreSQL。", "没有打开任何数据。", "请用 --data 指定一个本机文件。"
        )
    path = Path(where).expanduser().absolute()
    require_local(path)
    path = real_file(path)
    try:
        return _opened_at(path, clock, clean_text(user or current_user())[:60], read_only=read_only)
    except DamagedError as error:
        raise error if error.backup else _with_way_back(error) from error


def _opened_at(path: Path, clock: Callable[[], datetime], user: str, *, read_only: bool) -> Store:
    _require_place(path, read_only=read_only)
    lock, reason = (None, "以只读方式打开。") if read_only else _lock_for_writing(path, clock())
    try:
        return _opened(path, lock, reason, clock, user)
    except BaseException:
        if lock is not None:
            lock.release()
        raise


def _with_way_back(error: DamagedError) -> DamagedError:
    """The same, with the newest sound backup."""
    newest = backups.newest_backup(error.path)
    known = f"请从最近的备份恢复：{_named(error.path, newest)}。" if newest else ""
    remedy = error.remedy + known or "没有找到备份；请保留此文件并联系维护人员。"
    return DamagedError(error.path, error.what, error.effect, remedy, newest)


def _named(path: Path, backup: Path) -> str:
    return f"{backup}（{backups.described(path, backup)}）"


def _opened(
    path: Path, lock: WriterLock | None, reason: str, clock: Callable[[], datetime], user: str
) -> Store:
    left_in_viewing: tuple[Path, ...] = ()
    if lock is not None:
        left_in_viewing = backups.remove_leftovers(path, clock())
        make_private(path)
    if not is_filled(path):
        if lock is None:
            raise StoreError(f"数据文件还没有建好：{path}。", "没有打开任何数据。", f"{reason}请稍候再试。")
        create_file(path)
        lock.acquire_file()
    _recover(path, lock, clock())
    require_openable(path)
    database = connect(path, writable=lock is not None)
    try:
        version = require_sound(path, database)
        if holds_nothing(database.connection) and any(one.revision > 0 for one in backups.list_backups(path)):
            _refuse_emptied(path, "里什么都没有了")
        note = ""
        if version != migrations.CURRENT_VERSION:
            database, note = _brought_up_to_date(path, database, version, clock(), writable=lock is not None)
        store = Store(path, database, lock, reason + note, clock, user)
        store.format_note = note
        store.left_in_viewing = left_in_viewing
    except BaseException:
        database.close()
        raise
    if lock is not None:
        _back_up_today(store)
    return store


def is_filled(path: Path) -> bool:
    """Whether there is a file with something in it."""
    return path.exists() and path.stat().st_size > 0


def _require_place(path: Path, *, read_only: bool) -> None:
    """Afterwards there is a data file, or the place for a new one."""
    require_file(path)
    require_own_journals(path)
    if is_filled(path):
        return
    there = mode_of(path) is not None
    known = is_hot(path) or (there and was_opened_before(path))
    _refuse_emptied(path, "是空的" if there else "不见了", known=known)
    if read_only:
        raise StoreError(f"没有这个数据文件：{path}。", "没有打开任何数据。", "请先新建。")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not os.access(path.parent, os.W_OK):
            raise PermissionError(path.parent)
    except OSError as error:
        raise StoreError(
            f"不能在这里建立数据文件：{path}。", "没有打开任何数据。", "请换一个有写权限的文件夹。"
        ) from error


def _refuse_emptied(path: Path, state: str, *, known: bool = False) -> None:
    """``DamagedError`` where a file that once held data holds none: it is never replaced silently.

    ``known``: it held some, whether backups tell of it or not.
    """
    newest = backups.newest_backup(path)
    if newest is None and not known:
        return
    aside = "这个空文件和它的备份" if path.exists() else "备份"
    raise DamagedError(
        path,
        f"数据文件{state}：{path}。",
        "它以前有过内容，程序没有用空白的替换它。",
        (f"请从备份恢复：{_named(path, newest)}。" if newest else "没有找到备份。")
        + f"若要从头开始，请先移走{aside}。",
        newest,
    )


def _lock_for_writing(path: Path, now: datetime) -> tuple[WriterLock | None, str]:
    """The lock, or None and the reason why the file is read-only."""
    for place, name in ((path, "文件"), (path.parent, "文件夹")):
        if place.exists() and not os.access(place, os.W_OK):
            return None, f"没有权限写这个{name}：{place}，当前为只读。"
    lock = WriterLock(path)
    try:
        if lock.acquire(now):
            return lock, ""
    except CannotLockError as error:
        return None, f"{error}当前为只读。"
    return None, f"此数据文件正由 {lock.holder()} 打开，当前为只读。"


def _recover(path: Path, held: WriterLock | None, now: datetime) -> None:
    """Afterwards a transaction that a killed process left half-done is rolled back, where we may write."""
    if not is_hot(path):
        return
    if held is not None:
        roll_back(path)
    elif os.access(path, os.W_OK):
        lock = WriterLock(path)
        with suppress(CannotLockError):
            if lock.acquire(now):
                try:
                    roll_back(path)
                finally:
                    lock.release()


def _brought_up_to_date(
    path: Path, database: Database, version: int, now: datetime, *, writable: bool
) -> tuple[Database, str]:
    """The database with the current version, and what is to be said about that.

    A copy was made before the file was changed; one that is only read stays as it is.
    """
    if not writable:
        current = upgraded_copy(path, database)
        database.close()
        note = f"数据文件是旧格式（{version}），现在按新格式读；文件没有改动，下次可以写入时先备份再升级。"
        return current, note
    copy = backups.backup_name(path, now, backups.BEFORE_UPGRADE)
    backups.copy_database(database.connection, copy)
    upgrade(path, database)
    return database, ""


def _back_up_today(store: Store) -> None:
    """A backup that cannot be made is said, and keeps nobody from the data."""
    try:
        backups.daily_backup(store)
    except StoreError as error:
        store.backup_problem = f"今天的自动备份没有做成：{error}"
