"""数据文件：打开、核对、升级、关闭。

SQLite with the settings of ``reliability.md``; what is not ours, damaged, newer or not to be
written is refused or opened read-only, never overwritten.
"""

from __future__ import annotations

import os
import sqlite3
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import peewee

from models import backups, migrations
from models.datafile import APPLICATION_ID, DamagedError, inspect_file, write_error
from models.domain.errors import ReadOnlyError, StoreError
from models.locations import default_path, require_local
from models.locking import WriterLock, current_user

__all__ = ["Store", "default_path", "open_store", "utc_now"]

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


def utc_now() -> datetime:
    """The present time in UTC, to the second."""
    return datetime.now(timezone.utc).replace(microsecond=0)


class Store:
    """One open data file. Close it, or use it as a context manager."""

    def __init__(
        self,
        path: Path,
        database: peewee.SqliteDatabase,
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
        self._lock = lock
        self.installation = self._office("installation")

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed; ``read_only_reason`` says why."""
        return bool(self.read_only_reason)

    @property
    def connection(self) -> sqlite3.Connection:
        """The sqlite3 connection below, for backups."""
        return _connection(self.database)

    def rows(self, statement: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a SELECT, as plain tuples."""
        fetched: list[tuple[Any, ...]] = _execute(self.database, statement, parameters).fetchall()
        return fetched

    def _office(self, name: str) -> str:
        rows = self.rows("SELECT value FROM office WHERE name = ?", (name,))
        return str(rows[0][0]) if rows else ""

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of the block is written and on the disk afterwards, or none of it.

        Raises ``ReadOnlyError`` at once on a read-only store and ``StoreError`` with the cause where
        the disk refuses; the file is then as it was.
        """
        if self.read_only:
            raise ReadOnlyError("当前为只读，改动没有保存。", self.read_only_reason)
        try:
            with self.database.atomic():
                yield
        except peewee.IntegrityError:
            raise
        except peewee.DatabaseError as error:
            self._roll_back()
            raise write_error(self.path, error) from error

    def _roll_back(self) -> None:
        connection = self.connection
        if connection.in_transaction:
            connection.rollback()

    def close(self) -> None:
        """Afterwards the file is closed and the lock is free; closing twice is harmless."""
        if not self.database.is_closed():
            self.database.close()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


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
    or newer file, a network share or a synchronised folder.
    """
    if str(where).startswith(("postgresql:", "postgres:")):
        raise StoreError(
            "本版本还不能连接 PostgreSQL。", "没有打开任何数据。", "请用 --data 指定一个本机文件。"
        )
    path = Path(where).expanduser().absolute()
    require_local(path)
    is_new = _prepare_place(path)
    reason = "只读方式打开。" if read_only else ("" if is_new else _not_writable(path))
    lock = None
    if not reason:
        lock = WriterLock(path)
        if not lock.acquire(clock()):
            reason = f"此数据文件正由{lock.holder()}打开，当前为只读。"
            lock = None
    try:
        return _opened(path, lock, reason, clock, user or current_user())
    except BaseException as error:
        if lock is not None:
            lock.release()
        if isinstance(error, DamagedError):
            raise DamagedError(path, _way_back(path)) from error
        raise


def _way_back(path: Path) -> str:
    newest = backups.newest_backup(path)
    return f"请从最近的备份恢复：{newest}。" if newest else "没有找到备份；请保留此文件并联系维护人员。"


def _opened(
    path: Path, lock: WriterLock | None, reason: str, clock: Callable[[], datetime], user: str
) -> Store:
    existed = path.exists() and path.stat().st_size > 0
    if existed:
        inspect_file(path)
    elif lock is None:
        raise StoreError(f"数据文件还没有建好：{path}。", "没有打开任何数据。", "请稍候再试。")
    database = _connect(path, writable=lock is not None)
    try:
        if existed:
            _check_health(path, database)
        if lock is not None:
            _upgrade(path, database, existed=existed, now=clock())
        store = Store(path, database, lock, reason, clock, user)
    except peewee.DatabaseError as error:
        database.close()
        raise DamagedError(path) from error
    except BaseException:
        database.close()
        raise
    if lock is not None and existed:
        backups.daily_backup(store)
    return store


def _prepare_place(path: Path) -> bool:
    """Whether the file is new; its folder exists afterwards."""
    if path.is_dir():
        raise StoreError(
            f"这是一个文件夹，不是数据文件：{path}。", "没有打开任何数据。", "请指定文件夹里的一个文件。"
        )
    if path.exists() and path.stat().st_size > 0:
        return False
    if path.exists() and (newest := backups.newest_backup(path)):
        raise StoreError(
            f"数据文件是空的：{path}。",
            "它以前有过内容，程序没有用空白的替换它。",
            f"请从备份恢复：{newest}。",
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not os.access(path.parent, os.W_OK):
            raise PermissionError(path.parent)
    except OSError as error:
        raise StoreError(
            f"不能在这里建立数据文件：{path}。", "没有打开任何数据。", "请换一个有写权限的文件夹。"
        ) from error
    return True


def _not_writable(path: Path) -> str:
    if not os.access(path, os.W_OK):
        return f"没有权限写这个文件：{path}，当前为只读。"
    if not os.access(path.parent, os.W_OK):
        return f"没有权限写这个文件夹：{path.parent}，当前为只读。"
    return ""


def _connect(path: Path, *, writable: bool) -> peewee.SqliteDatabase:
    address = path.as_uri() + ("?mode=rwc" if writable else "?mode=ro")
    database = peewee.SqliteDatabase(
        address, uri=True, autoconnect=False, lock_type="IMMEDIATE", check_same_thread=True, timeout=5
    )
    try:
        database.connect()
        for name, value, expected in PRAGMAS:
            if name == "journal_mode" and not writable:
                continue
            _set_pragma(database, name, value, expected)
    except peewee.DatabaseError as error:
        database.close()
        raise DamagedError(path) from error
    return database


def _set_pragma(database: peewee.SqliteDatabase, name: str, value: str | int, expected: object) -> None:
    _execute(database, f"PRAGMA {name} = {value}").fetchall()
    actual = _execute(database, f"PRAGMA {name}").fetchone()
    if actual is not None and actual[0] != expected:
        raise StoreError(
            f"数据库没有接受设置 {name}（得到 {actual[0]}）。", "没有打开任何数据。", "请检查磁盘与系统。"
        )


def _check_health(path: Path, database: peewee.SqliteDatabase) -> None:
    try:
        result = _execute(database, "PRAGMA quick_check(1)").fetchone()[0]
    except peewee.DatabaseError as error:
        raise DamagedError(path) from error
    if result != "ok":
        raise DamagedError(path)


def _upgrade(path: Path, database: peewee.SqliteDatabase, *, existed: bool, now: datetime) -> None:
    """Afterwards the file has the current version; a copy was made before an older one changed."""
    version = int(_execute(database, "PRAGMA user_version").fetchone()[0])
    if existed and version < migrations.CURRENT_VERSION:
        backups.copy_database(_connection(database), backups.backup_name(path, now, "升级前"))
    for number, statements in migrations.STEPS:
        if number > version:
            _step(path, database, number, statements)


def _step(path: Path, database: peewee.SqliteDatabase, number: int, statements: tuple[str, ...]) -> None:
    _execute(database, "PRAGMA foreign_keys = 0")
    try:
        with database.atomic():
            for statement in statements:
                _execute(database, statement)
            if number == 1:
                _execute(database, "INSERT INTO office VALUES ('installation', ?)", (str(uuid.uuid4()),))
            if _execute(database, "PRAGMA foreign_key_check").fetchone() is not None:
                raise StoreError("数据文件升级时发现引用不一致。", "文件没有改动。", "请从备份恢复。")
            _execute(database, f"PRAGMA user_version = {number:d}")
            _execute(database, f"PRAGMA application_id = {APPLICATION_ID:d}")
    except peewee.DatabaseError as error:
        raise write_error(path, error) from error
    finally:
        _execute(database, "PRAGMA foreign_keys = 1")


def _execute(database: peewee.SqliteDatabase, statement: str, parameters: Sequence[Any] = ()) -> Any:
    return database.execute_sql(statement, parameters)  # type: ignore[no-untyped-call]


def _connection(database: peewee.SqliteDatabase) -> sqlite3.Connection:
    connection: Any = database.connection()  # type: ignore[no-untyped-call]
    assert isinstance(connection, sqlite3.Connection)
    return connection
