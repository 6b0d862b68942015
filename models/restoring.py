"""恢复：备份放回数据文件的位置；旧文件先在备份文件夹里放稳，删净过的姓名可以再次删去。"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime, timezone
from pathlib import Path
from typing import NamedTuple, TypeVar

from models.backup_scrubbing import in_memory, is_of
from models.backups import BEFORE_RESTORE, backup_name, fill, list_backups
from models.datafile import (
    confirm,
    inspect_file,
    journal_of,
    open_error,
    sync_folder,
    write_ahead_of,
    write_error,
)
from models.domain.errors import StoreError
from models.evidence_backup import take_files_along
from models.locations import real_file, require_local
from models.locking import WriterLock
from models.patience import patiently
from models.plain_files import mark, new_file
from models.scrubbing import ERASED, Gone, erased_ever, persons_of, rewrite, scrub
from models.soundness import revision_of, roll_back
from models.tables import UNREADABLE
from models.verifying import verify

_STEP = "year, at, user, title, kind, state, target, changes"
Step = tuple[object, ...]
Answer = TypeVar("Answer")


class Erasures(NamedTuple):
    """Whom an office erased, by all its files tell: the delegates, and the steps that did it."""

    people: Gone
    steps: tuple[Step, ...]


def names_coming_back(where: Path, backup: Path) -> str:
    """Of how many delegates, and of which years, erased since, the ``backup`` holds name or phone; empty for none.

    Raises ``StoreError`` where the backup cannot be read.
    """
    try:
        with in_memory(backup) as memory:
            people = _erasures(real_file(where), memory).people
            years = {
                year: {key: there for key, there in people.items() if key[0] == year} for year, _ in people
            }
            found = [(year, len(persons_of(memory, gone))) for year, gone in sorted(years.items())]
    except (sqlite3.DatabaseError, *UNREADABLE) as error:
        raise open_error(backup, error) from error
    return "、".join(f"{year} 年度 {count} 人" for year, count in found if count)


def restore(where: Path, backup: Path, *, erase: bool = False) -> Path | None:
    """Afterwards ``where`` holds the backup; returns where the old file was put aside (None: there was none).

    Its next change gets a higher number than any there ever was, so that what is done from now on is the
    newest. With ``erase`` nobody comes back whose personal data were erased since the backup was made. Raises
    ``StoreError``, nothing changed, when the backup is not sound or the file is in use.
    """
    path, source = real_file(where.expanduser().absolute()), backup.expanduser().absolute()
    require_local(path)
    if problems := verify(source):
        raise StoreError(
            f"这份备份不能用：{source}。", problems[0] + "数据文件没有改动。", "请另选一份备份。"
        )
    if path.exists() and path.samefile(source):
        raise StoreError("这就是正在使用的数据文件。", "什么都没改。", "请选择备份文件夹里的一份备份。")
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = WriterLock(path)
    if not lock.acquire(datetime.now(timezone.utc)):
        raise StoreError(
            f"数据文件正由 {lock.holder()} 打开，不能恢复。", "什么都没改。", "请先关闭那个窗口。"
        )
    try:
        aside = _replace_with(path, source, lock, erase=erase)
        take_files_along(source, path)
    except (OSError, sqlite3.DatabaseError) as error:
        raise write_error(path, error) from error
    else:
        return aside
    finally:
        lock.release()


def _replace_with(path: Path, source: Path, lock: WriterLock, *, erase: bool) -> Path | None:
    incoming = path.with_name(f".{path.name}.{mark()}.tmp")
    try:
        with suppress(StoreError):  # what cannot be taken back is put aside together with its journal
            roll_back(path)
        with in_memory(source) as memory:
            _count_on(memory, path)
            if erase:
                _erase_again(memory, _erasures(path, memory))
            fill(memory, incoming)
        if path.is_file() and not path.is_symlink() and path.stat().st_nlink > 1:
            return _write_into(path, incoming)
        lock.release_file()
        return _change_places(path, incoming)
    finally:
        for leftover in (incoming, journal_of(incoming)):
            with suppress(OSError):
                leftover.unlink()


def _write_into(path: Path, incoming: Path) -> Path:
    """As putting ``incoming`` in the place of ``path``, but for every name (hard link) that this file has."""
    aside = backup_name(path, datetime.now(timezone.utc), BEFORE_RESTORE)
    aside.parent.mkdir(parents=True, exist_ok=True)
    new_file(aside).close()
    _pour(path, aside)
    for old, new in list(zip(_with_journals(path), _with_journals(aside), strict=True))[1:]:
        if os.path.lexists(old):
            old.replace(new)
    sync_folder(aside.parent)
    try:
        _pour(incoming, path)
    except OSError:
        _pour(aside, path)
        raise
    return aside


def _pour(source: Path, target: Path) -> None:
    """Afterwards the file ``target`` itself holds what ``source`` holds, safe on the disk."""
    with source.open("rb") as incoming, target.open("rb+") as file:
        shutil.copyfileobj(incoming, file)
        file.truncate()
        file.flush()
        os.fsync(file.fileno())


def _change_places(path: Path, incoming: Path) -> Path | None:
    """Afterwards ``incoming`` is the data file; where the old one lies, on the disk, before its place is taken."""
    aside = backup_name(path, datetime.now(timezone.utc), BEFORE_RESTORE)
    if not aside.parent.exists():
        aside.parent.mkdir()
        sync_folder(path.parent)
    moved: list[tuple[Path, Path]] = []
    try:
        for old, new in zip(_with_journals(path), _with_journals(aside), strict=True):
            if os.path.lexists(old):
                patiently(lambda old=old, new=new: old.replace(new))  # type: ignore[misc]
                moved.append((old, new))
        sync_folder(aside.parent)
        patiently(lambda: incoming.replace(path))
    except OSError:
        for old, new in reversed(moved):
            new.replace(old)
        raise
    try:
        sync_folder(path.parent)
    except (
        OSError
    ):  # the backup has the place already: what it can be told is that, and that nothing confirms it
        confirm(path)
    return aside if os.path.lexists(aside) else None


def _with_journals(path: Path) -> tuple[Path, ...]:
    """The data file and what SQLite would read together with it."""
    return path, journal_of(path), write_ahead_of(path), path.with_name(path.name + "-shm")


def _count_on(memory: sqlite3.Connection, path: Path) -> None:
    """Afterwards the next change has a number that neither the data file nor any backup of it has reached."""
    known = max(_asked(path, revision_of), default=0)
    if known > revision_of(memory):
        memory.execute("DELETE FROM sqlite_sequence WHERE name = 'change_log'")
        memory.execute("INSERT INTO sqlite_sequence VALUES ('change_log', ?)", (known + 1,))


def _erasures(path: Path, restored: sqlite3.Connection) -> Erasures:
    """Whom the office of ``restored`` erased, by the data file and its backups; the newest knows who has a key now."""
    (office,) = restored.execute("SELECT value FROM office WHERE name = 'installation'").fetchone()
    people: Gone = {}
    steps: dict[Step, None] = {}
    for found in _asked(path, lambda connection: _erased_in(connection, office)):
        people = {**found.people, **people}
        steps |= dict.fromkeys(found.steps)
    return Erasures(people, tuple(steps))


def _erased_in(connection: sqlite3.Connection, office: str) -> Erasures:
    if not is_of(connection, office):
        return Erasures({}, ())
    steps = connection.execute(f"SELECT {_STEP} FROM change_log WHERE state = ?", (ERASED,))  # noqa: S608
    return Erasures(erased_ever(connection), tuple(steps.fetchall()))


def _erase_again(memory: sqlite3.Connection, erasures: Erasures) -> None:
    """Afterwards nobody erased is in the database, and it knows of every erasure."""
    scrub(memory, erasures.people)
    known = set(memory.execute(f"SELECT {_STEP} FROM change_log WHERE state = ?", (ERASED,)))  # noqa: S608
    marks = ", ".join("?" * len(_STEP.split(", ")))
    new = [step for step in erasures.steps if step not in known]
    memory.executemany(f"INSERT INTO change_log ({_STEP}) VALUES ({marks})", new)  # noqa: S608
    rewrite(memory)


def _asked(path: Path, question: Callable[[sqlite3.Connection], Answer]) -> list[Answer]:
    """What the data file and its backups answer, newest first; those that cannot be read say nothing."""
    answers: list[Answer] = []
    for one in (path, *(info.path for info in list_backups(path))):
        with suppress(StoreError, sqlite3.DatabaseError, OSError, ValueError):
            inspect_file(one)
            with closing(sqlite3.connect(one.as_uri() + "?mode=ro", uri=True, timeout=5)) as connection:
                answers.append(question(connection))
    return answers
