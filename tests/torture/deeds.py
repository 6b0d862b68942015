"""一件件事：在一个文件夹里的数据文件上做的，一步一步，做完一步才算应答。"""

from __future__ import annotations

import gzip
import hashlib
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import date, datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from models import backups, commands
from models.backups import backup, list_backups, verify
from models.delegates import erase_delegates
from models.domain.errors import UserError
from models.domain.events import Campaign, Event, EventStatus
from models.domain.snapshot import ItemKind, YearSnapshot
from models.evidence_files import EvidenceFolder
from models.queries import year_snapshot
from models.releases import release_year
from models.restoring import restore
from models.store import Store, open_store
from tests.models.years import large_year, small_year
from tests.stores import filled_store

NOW = datetime(2027, 6, 15, 1, tzinfo=timezone.utc)
YEAR = 2027
OLD_FILE = Path(__file__).resolve().parents[1] / "data" / "datafiles"
ROWS = 5_000


class Desk:
    """A folder with a data file, and the store where it is open."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "数据.db"
        self._store: Store | None = None

    @property
    def store(self) -> Store:
        """The open data file."""
        if self._store is None:
            self._store = open_store(self.path, clock=lambda: NOW, user="张三")
        return self._store

    def close(self) -> None:
        """Afterwards the file is closed."""
        if self._store is not None:
            self._store.close()
            self._store = None


Step = Callable[[Desk], object]


class Deed(NamedTuple):
    """What is there before, and the steps that follow."""

    prepare: Callable[[Path], object]
    steps: tuple[Step, ...]


# ── 先有的 ──


def _with_sample(folder: Path) -> None:
    with filled_store(folder / "数据.db"):
        pass


def _with_backup(folder: Path) -> None:
    """An older backup, and what came after it."""
    desk = Desk(folder)
    with filled_store(desk.path):
        pass
    backup(desk.store)
    _save(1)(desk)
    desk.close()


def _of_version(version: int, folder: Path) -> None:
    (folder / "数据.db").write_bytes(gzip.decompress((OLD_FILE / f"version-{version}.db.gz").read_bytes()))


def _with_people(folder: Path) -> None:
    """Delegates who were told all they are owed, in rows and in the log."""
    desk = Desk(folder)
    year = small_year()
    told = tuple(row._replace(told_on=date(2027, 6, 1)) for row in year.invitations)
    commands.create_year(desk.store, changed_year(year, invitations=told))
    backup(desk.store)
    desk.close()


def _with_photo(folder: Path) -> None:
    _with_sample(folder)
    (folder / "照片.jpg").write_bytes(b"\xff\xd8\xff\xe0" + b"photo " * 20_000)


def changed_year(year: YearSnapshot, **lists: Any) -> YearSnapshot:
    """``year`` with other ``lists``."""
    kept = {kind.value: year.items(kind) for kind in ItemKind if kind is not ItemKind.YEAR}
    return YearSnapshot(year.year_row, **(kept | lists))


# ── 步骤 ──


def _save(number: int) -> Step:
    def step(desk: Desk) -> None:
        events = year_snapshot(desk.store, YEAR).events
        event = events[number % len(events)]
        commands.change_event(desk.store, YEAR, event._replace(note=f"第{number}次" * 200))

    return step


def _add(number: int) -> Step:
    start = datetime(YEAR, 11, 1 + number, 9)
    event = Event(f"N{number}", Campaign.LECTURE, "新增一场", "新增", start, start + timedelta(hours=2))
    return lambda desk: commands.add_event(desk.store, YEAR, event)


def _cancel(desk: Desk) -> None:
    event = next(one for one in year_snapshot(desk.store, YEAR).events if one.status is EventStatus.PLANNED)
    commands.set_event_status(desk.store, YEAR, event.key, EventStatus.CANCELLED, "因故取消")


def _all_notes(words: str) -> Step:
    def step(desk: Desk) -> None:
        events = [event._replace(note=words) for event in year_snapshot(desk.store, YEAR).events]
        commands.change_events(desk.store, YEAR, events, "成批备注")

    return step


def _import(count: int, words: str) -> Step:
    def step(desk: Desk) -> None:
        year = large_year(count)
        events = tuple(event._replace(note=words) for event in year.events)
        commands.import_year(desk.store, changed_year(year, events=events))

    return step


def _delete_year(desk: Desk) -> None:
    commands.delete_year(desk.store, YEAR)


def _undo(desk: Desk) -> None:
    commands.undo(desk.store)


def _redo(desk: Desk) -> None:
    commands.redo(desk.store)


def _back_up(desk: Desk) -> None:
    backup(desk.store)


def _back_up_elsewhere(desk: Desk) -> None:
    backup(desk.store, desk.folder / "别处" / "交来的.db")


def _restore(desk: Desk) -> None:
    desk.close()
    (oldest,) = list_backups(desk.path)[-1:]
    restore(desk.path, oldest.path)


def _open(desk: Desk) -> None:
    assert not desk.store.read_only, desk.store.read_only_reason


def _erase(desk: Desk) -> None:
    erase_delegates(desk.store, YEAR, ["p1", "p2"])


def _release(desk: Desk) -> None:
    release_year(desk.store, YEAR, "第一稿", date(2027, 6, 15))


def _keep_photo(desk: Desk) -> None:
    EvidenceFolder(desk.path).add(desk.folder / "照片.jpg")


DEEDS: Mapping[str, Deed] = {
    "保存": Deed(_with_sample, (_open, _save(1), _add(1), _cancel, _save(2), _save(3))),
    "成批": Deed(_with_sample, (_open, _all_notes("甲" * 50), _all_notes("乙" * 50))),
    "撤销": Deed(_with_sample, (_open, _save(1), _undo, _redo, _undo)),
    "导入": Deed(_with_sample, (_open, _import(300, "甲"), _import(300, "乙"))),
    f"导入{ROWS}行": Deed(_with_sample, (_open, _import(ROWS, "甲"), _undo)),
    "删除": Deed(_with_sample, (_open, lambda desk: commands.delete_event(desk.store, YEAR, year_snapshot(desk.store, YEAR).events[-1].key), _delete_year, _undo)),
    "备份": Deed(_with_sample, (_open, _back_up, _save(1), _back_up, _back_up_elsewhere, _save(2), _back_up_elsewhere)),
    "恢复": Deed(_with_backup, (_restore,)),
    "升级": Deed(partial(_of_version, 1), (_open, _save(1))),
    "新建": Deed(lambda folder: None, (_open, lambda desk: commands.create_year(desk.store, small_year()))),
    "删净": Deed(_with_people, (_open, _erase)),
    "印发": Deed(_with_sample, (_open, _release)),
    "材料": Deed(_with_photo, (_open, _keep_photo)),
}  # fmt: skip


# ── 对照 ──


def contents(path: Path) -> str:
    """A digest of all rows of the data file, read by SQLite alone."""
    with closing(sqlite3.connect(path.as_uri() + "?mode=ro", uri=True)) as connection:
        return contents_of(connection)


def contents_of(connection: sqlite3.Connection) -> str:
    """A digest of all rows; the name of the installation is left out, it is drawn by lot."""
    whole = hashlib.sha256()
    tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('office') ORDER BY name"
    for (table,) in connection.execute(tables).fetchall():
        whole.update(table.encode())
        for row in connection.execute(f'SELECT * FROM "{table}"'):
            whole.update(repr(row).encode())
    return whole.hexdigest()


def opened_contents(path: Path) -> str:
    """The contents after the program has opened the file as at a start."""
    with open_store(path, clock=lambda: NOW, user="张三") as store:
        assert not store.read_only, store.read_only_reason
        return contents_of(store.connection)


def expected_contents(deed: Deed, folder: Path) -> tuple[str, ...]:
    """The contents before the first step and after each, as a start would find them, then those of the backups before.

    ``folder`` is the deed's.
    """
    found = [_looked_at(folder)]
    backed_up = [_backup_contents(info.path) for info in list_backups(folder / "数据.db")]
    desk = Desk(folder)
    for step in deed.steps:
        step(desk)
        found.append(_looked_at(folder))
    desk.close()
    return (*found, *backed_up)


def _looked_at(folder: Path) -> str:
    copy = folder.with_name(folder.name + "（抄）")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)
    try:
        return opened_contents(copy / "数据.db")
    finally:
        shutil.rmtree(copy)


def problem_of(folder: Path, known: tuple[str, ...], least: int, most: int) -> str:
    """What is wrong with the folder after an accident: empty where step ``least`` … ``most`` is there, whole.

    Where the data file itself is away (a restoring that was cut), the program must name a sound backup with one
    of the states in question.
    """
    path = folder / "数据.db"
    allowed = set(known[least : most + 1])
    try:
        found = opened_contents(path)
    except UserError as error:
        newest = backups.newest_backup(path)
        named = newest is not None and str(newest) in str(error)
        if not path.exists() and named and newest is not None and _backup_contents(newest) in known:
            return ""
        return f"打不开：{error}"
    if found not in allowed:
        where = [number for number, one in enumerate(known) if one == found]
        return f"内容是第 {where or '?'} 步，应在 {least}–{most}"
    if problems := verify(path):
        return f"核对：{problems[0]}"
    return bad_backup(path, known)


def bad_backup(path: Path, known: tuple[str, ...]) -> str:
    """A backup that passes its check and yet holds none of the ``known`` states; empty where there is none."""
    for info in list_backups(path):
        if not verify(info.path) and _backup_contents(info.path) not in known:
            return f"备份 {info.path.name} 不是任何一步的内容"
    return ""


def _backup_contents(path: Path) -> str:
    """The contents of a backup as a start would read them."""
    with open_store(path, read_only=True) as store:
        return contents_of(store.connection)
