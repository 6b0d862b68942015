"""P8、P17：备份经得起翻一位、时钟乱跳；先后只看变更号。"""

from __future__ import annotations

import random
from datetime import datetime, timedelta, timezone
from pathlib import Path

from models import commands
from models.backups import backup, list_backups, newest_backup, verify
from models.queries import change_log, revision, year_snapshot
from models.store import Store, open_store
from tests.stores import filled_store
from tests.torture.deeds import YEAR, contents_of
from tests.torture.promise import Failures, Row, Trial

SHIFTS = (-9_000, -400, -30, 30, 400, 1_500)
"""Days by which the clock is wrong for a while."""
DAILY, WEEKLY, MONTHLY = 12, 10, 9


def real_backups(trial: Trial) -> list[Row]:
    """P8 with figures."""
    return [_bit_flips(trial), _thinned(trial)]


def _bit_flips(trial: Trial) -> Row:
    path = trial.fresh("翻") / "数据.db"
    with filled_store(path) as store:
        made = backup(store)
    good, rng = made.read_bytes(), trial.rng()
    found = 0
    for _ in range(trial.rounds):
        bad = bytearray(good)
        bad[rng.randrange(len(bad))] ^= 1 << rng.randrange(8)
        made.write_bytes(bad)
        found += bool(verify(made)) and newest_backup(path) != made
    failures = [] if found == trial.rounds else [f"{trial.rounds} 次翻位只认出 {found} 次"]
    return Row("备份里翻一位", trial.rounds, failures, f"认出 {found} 次")


def _thinned(trial: Trial) -> Row:
    """Two years of mornings; the clock sometimes is years ahead or behind for some days.

    A backup with a wrong date may take the place of one of its day, never of more.
    """
    path, rng = trial.fresh("疏") / "数据.db", trial.rng()
    filled_store(path).close()
    failures: Failures = []
    days, jumps = trial.rounds * 18, 0
    start = datetime(2027, 1, 4, 1, tzinfo=timezone.utc)
    real: list[Path] = []
    wrong: set[Path] = set()
    shift, until = timedelta(), 0
    for day in range(days):
        if rng.random() < 0.02:
            shift, until = timedelta(days=rng.choice(SHIFTS)), day + rng.randrange(1, 6)
            jumps += 1
        now = start + timedelta(days=day) + (shift if day < until else timedelta())
        before = {info.path for info in list_backups(path)}
        with open_store(path, clock=lambda now=now: now) as store:  # type: ignore[misc]
            _note(store, day)
        new = [info.path for info in list_backups(path) if info.path not in before]
        if day < until:
            wrong.update(new)
            continue
        real = [*real, *new][-DAILY:]
        lost = sum(not one.exists() for one in real)
        failures += [f"第 {day} 天少了 {lost} 份"] if lost > sum(one.exists() for one in wrong) else []
    kept = [info for info in list_backups(path) if info.daily]
    most = 2 * (DAILY + WEEKLY + MONTHLY)
    failures += [f"留下 {len(kept)} 份，至多 {most}"] if len(kept) > most else []
    failures += [f"{info.path.name} 核对不过" for info in kept if verify(info.path)]
    return Row("天天打开，时钟乱跳", days, failures[:50], f"跳了 {jumps} 次，留下 {len(kept)} 份")


def _note(store: Store, day: int) -> None:
    commands.change_settings(store, YEAR, {"lead": day})


def clock_jumps(trial: Trial) -> list[Row]:
    """P17 with figures: whatever the clock says, what came later counts as later."""
    path, rng = trial.fresh("钟") / "数据.db", trial.rng()
    filled_store(path).close()
    failures: Failures = []
    newest: Path | None = None
    for number in range(trial.rounds):
        now = datetime(1980, 1, 1, tzinfo=timezone.utc) + timedelta(
            days=rng.randrange(36_000), seconds=rng.randrange(86_400)
        )
        with open_store(path, clock=lambda now=now: now) as store:  # type: ignore[misc]
            failures += _later(store, number, rng)
            newest = backup(store)
            wanted = contents_of(store.connection)
        with open_store(newest, read_only=True) as copy:
            failures += [] if contents_of(copy.connection) == wanted else [f"第 {number} 次：备份不同"]
        named = newest_backup(path)
        if named is not None and _revision(named) != _revision(newest):
            failures.append(
                f"第 {number} 次：说最近的备份是变更号 {_revision(named)}，其实到 {_revision(newest)}"
            )
    failures += list(verify(path))
    return [Row("时钟在 1980–2078 年间乱跳：改、撤销、备份", trial.rounds, failures)]


def _revision(path: Path) -> int:
    with open_store(path, read_only=True) as store:
        return revision(store)


def _later(store: Store, number: int, rng: random.Random) -> Failures:
    before = year_snapshot(store, YEAR)
    event = rng.choice(before.events)
    commands.change_event(store, YEAR, event._replace(note=f"第{number}次" + event.note[:9]))
    numbers = [entry.number for entry in change_log(store, limit=5)]
    failures = [] if numbers == sorted(numbers, reverse=True) else [f"变更记录次序 {numbers}"]
    commands.undo(store)
    if year_snapshot(store, YEAR).events != before.events:
        failures.append(f"第 {number} 次：撤销的不是最后一步")
    commands.redo(store)
    return failures
