"""数据文件：打开、核对、升级、关闭。

SQLite with the settings of ``reliability.md``; what is not ours, damaged, newer or not to be
written is refused or opened read-only, never overwritten.
"""

from __future__ import annotations

import os
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import peewee

from models import migrations
from models.domain.errors import ReadOnlyError, StoreError
from models.locations import default_path, require_local
from models.locking import WriterLock, current_user

__all__ = ["APPLICATION_ID", "Store", "default_path", "inspect_file", "open_store", "utc_now"]

APPLICATION_ID = 0x42474B51
SQLITE_HEADER = b"SQLite format 3\x00"
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

    def _office(self, name: str) -> str:
        row = self.database.execute_sql("SELECT value FROM office WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

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
        connection = self.database.connection()
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


def write_error(path: Path, error: Exception) -> StoreError:
    """What a failed write means, in words."""
    text = str(error).lower()
    if "full" in text:
        return StoreError("磁盘已满，这一步没有保存。", "此前保存的内容都在。", "请清理磁盘后再做一次。")
    if "readonly" in text or "read-only" in text:
        return StoreError(f"数据文件变成了只读：{path}。", "这一步没有保存，此前的内容都在。", "请检查文件权限后再做一次。")
    if "locked" in text or "busy" in text:
        return StoreError("数据文件正被别的程序占用，这一步没有保存。", "此前的内容都在。", "请稍候再做一次。")
    if "malformed" in text or "corrupt" in text:
        return StoreError("数据文件已损坏，这一步没有保存。", "", "请关闭程序，从备份恢复。")
    return StoreError(f"数据文件写不进去：{path}。", "这一步没有保存，此前的内容都在。", "请检查磁盘后再做一次。")


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
        raise StoreError("本版本还不能连接 PostgreSQL。", "没有打开任何数据。", "请用 --data 指定一个本机文件。")
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
    except BaseException:
        if lock is not None:
            lock.release()
        raise


def _opened(path: Path, lock: WriterLock | None, reason: str, clock: Callable[[], datetime], user: str) -> Store:
    from models import backups

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
        raise damaged(path) from error
    except BaseException:
        database.close()
        raise
    if lock is not None and existed:
        backups.daily_backup(store)
    return store


def _prepare_place(path: Path) -> bool:
    """Whether the file is new; its folder exists afterwards."""
    if path.is_dir():
        raise StoreError(f"这是一个文件夹，不是数据文件：{path}。", "没有打开任何数据。", "请指定文件夹里的一个文件。")
    if path.exists() and path.stat().st_size > 0:
        return False
    from models import backups

    if path.exists() and (newest := backups.newest_backup(path)):
        raise StoreError(
            f"数据文件是空的：{path}。", "它以前有过内容，程序没有用空白的替换它。", f"请从备份恢复：{newest}。"
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not os.access(path.parent, os.W_OK):
            raise PermissionError(path.parent)
    except OSError as error:
        raise StoreError(f"不能在这里建立数据文件：{path}。", "没有打开任何数据。", "请换一个有写权限的文件夹。") from error
    return True


def _not_writable(path: Path) -> str:
    if not os.access(path, os.W_OK):
        return f"没有权限写这个文件：{path}，当前为只读。"
    if not os.access(path.parent, os.W_OK):
        return f"没有权限写这个文件夹：{path.parent}，当前为只读。"
    return ""


def inspect_file(path: Path) -> int:
    """The version of the data file ``path``, read from its header without opening it.

    Raises ``StoreError`` for a file that is not ours or is newer than this program.
    """
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        raise StoreError(f"读不到数据文件：{path}。", "没有打开任何数据。", "请检查文件权限。") from error
    if len(header) < 100 or not header.startswith(SQLITE_HEADER):
        raise damaged(path)
    version = int.from_bytes(header[60:64], "big")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise StoreError(f"这不是宝公开排期的数据文件：{path}。", "文件没有改动。", "请另选一个文件。")
    if version > migrations.CURRENT_VERSION:
        raise StoreError(
            f"数据文件由更新的版本写成（格式 {version}，本程序到 {migrations.CURRENT_VERSION}）：{path}。",
            "文件没有改动。",
            "请升级程序后再打开。",
        )
    return version


def damaged(path: Path) -> StoreError:
    """The error for a damaged file, with the newest backup named."""
    from models import backups

    newest = backups.newest_backup(path)
    remedy = f"请从最近的备份恢复：{newest}。" if newest else "没有找到备份；请保留此文件并联系维护人员。"
    return StoreError(f"数据文件已损坏或不是数据文件：{path}。", "文件没有改动。", remedy)


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
        raise damaged(path) from error
    return database


def _set_pragma(database: peewee.SqliteDatabase, name: str, value: str | int, expected: object) -> None:
    database.execute_sql(f"PRAGMA {name} = {value}").fetchall()
    actual = database.execute_sql(f"PRAGMA {name}").fetchone()
    if actual is not None and actual[0] != expected:
        raise StoreError(f"数据库没有接受设置 {name}（得到 {actual[0]}）。", "没有打开任何数据。", "请检查磁盘与系统。")


def _check_health(path: Path, database: peewee.SqliteDatabase) -> None:
    try:
        result = database.execute_sql("PRAGMA quick_check(1)").fetchone()[0]
    except peewee.DatabaseError as error:
        raise damaged(path) from error
    if result != "ok":
        raise damaged(path)


def _upgrade(path: Path, database: peewee.SqliteDatabase, *, existed: bool, now: datetime) -> None:
    """Afterwards the file has the current version; a copy was made before an older one changed."""
    version = int(database.execute_sql("PRAGMA user_version").fetchone()[0])
    if existed and version < migrations.CURRENT_VERSION:
        from models import backups

        backups.copy_database(database.connection(), backups.backup_name(path, now, "升级前"))
    for number, statements in migrations.STEPS:
        if number > version:
            _step(path, database, number, statements)


def _step(path: Path, database: peewee.SqliteDatabase, number: int, statements: tuple[str, ...]) -> None:
    database.execute_sql("PRAGMA foreign_keys = 0")
    try:
        with database.atomic():
            for statement in statements:
                database.execute_sql(statement)
            if number == 1:
                database.execute_sql("INSERT INTO office VALUES ('installation', ?)", (str(uuid.uuid4()),))
            if database.execute_sql("PRAGMA foreign_key_check").fetchone() is not None:
                raise StoreError("数据文件升级时发现引用不一致。", "文件没有改动。", "请从备份恢复。")
            database.execute_sql(f"PRAGMA user_version = {number:d}")
            database.execute_sql(f"PRAGMA application_id = {APPLICATION_ID:d}")
    except peewee.DatabaseError as error:
        raise write_error(path, error) from error
    finally:
        database.execute_sql("PRAGMA foreign_keys = 1")


def raw_connection(store: Store) -> sqlite3.Connection:
    """The sqlite3 connection below the store, for backups."""
    connection: Any = store.database.connection()
    assert isinstance(connection, sqlite3.Connection)
    return connection
