"""P1、P3、P9：kill -9。应答过的一步不少，没有半步，下次照常启动。"""

from __future__ import annotations

import random
import shutil
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from models import commands
from models.backups import verify
from models.domain.events import Event
from models.queries import change_log, revision, year_snapshot, years
from models.store import Store, open_store
from tests.models.years import large_year
from tests.stores import filled_store
from tests.torture.deeds import DEEDS, ROWS, YEAR, changed_year, expected_contents, opened_contents
from tests.torture.promise import Row, Trial

START_LIMIT = 3.0
"""Seconds within which the program must be there again."""
AT_START = 0.15
"""So many of the writers are killed while they open the file."""
MOST_STEPS = 40
FRESH = 100
"""After so many writers a new file is taken: the log of the old one has grown long."""
IMPORTED = 2028
Said = tuple[int, str]
"""Number of the newest entry of the log, and the digest of the year, after a step that was acknowledged."""


# ── 被杀的一方 ──


def write_until_killed(path: str, seed: int, line: Connection) -> None:
    """Change the year again and again, and say so after each step; the parent kills this process."""
    rng = random.Random(seed)
    line.send("start")
    with open_store(path) as store:
        while True:
            rng.choice(STEPS)(store, rng)
            line.send((revision(store), state(store)))


def _one(store: Store, rng: random.Random) -> None:
    event = rng.choice(year_snapshot(store, YEAR).events)
    commands.change_event(store, YEAR, event._replace(note=_words(rng) * 20))


def _words(rng: random.Random) -> str:
    return "".join(rng.choices("春江潮水连海平", k=12))


def _bulk(store: Store, rng: random.Random) -> None:
    commands.change_events(store, YEAR, _noted(store, _words(rng)), "成批备注")


def _noted(store: Store, words: str) -> list[Event]:
    return [event._replace(note=words) for event in year_snapshot(store, YEAR).events]


def _import(store: Store, rng: random.Random) -> None:
    year = year_snapshot(store, YEAR)
    commands.import_year(store, changed_year(year, events=_noted(store, _words(rng))))


def _settings(store: Store, rng: random.Random) -> None:
    commands.change_settings(store, YEAR, {"lead": rng.randrange(10**6)})


def _undo(store: Store, rng: random.Random) -> None:
    commands.undo(store) if revision(store) > 5 else _one(store, rng)


def _redo(store: Store, rng: random.Random) -> None:
    commands.redo(store) or _one(store, rng)


STEPS: tuple[Callable[[Store, random.Random], object], ...] = (
    _one,
    _one,
    _bulk,
    _import,
    _settings,
    _undo,
    _redo,
)


def state(store: Store) -> str:
    """A digest of all that the years hold; not of the log."""
    import hashlib

    whole = hashlib.sha256()
    for year in years(store):
        snapshot = year_snapshot(store, year)
        whole.update(repr((snapshot.year_row, snapshot.events, snapshot.units, snapshot.decisions)).encode())
    return whole.hexdigest()


# ── 杀的一方 ──


def killed_writers(trial: Trial) -> list[Row]:
    """P1 with figures."""
    path, last = _fresh(trial, 0)
    rng, failures = trial.rng(), []
    acknowledged, at_start, longest = 0, 0, 0.0
    for number in range(trial.rounds):
        started = rng.random() < AT_START
        at_start += started
        said = _killed(write_until_killed, (str(path), trial.seed * 10**6 + number), rng, at_start=started)
        acknowledged += len(said)
        last = said[-1] if said else last
        begin = time.monotonic()
        with open_store(path) as store:
            longest = max(longest, time.monotonic() - begin)
            problem = _lost(store, last)
            last = (revision(store), state(store))
        problem = problem or next(iter(verify(path)), "")
        failures += [f"第 {number} 次：{problem}"] if problem else []
        if number % FRESH == FRESH - 1:
            path, last = _fresh(trial, number)
    failures += [f"启动用了 {longest:.1f} 秒"] if longest > START_LIMIT else []
    figure = f"{acknowledged:,} 步已应答，{at_start} 次杀在启动中，再启动最长 {longest:.2f} 秒"
    return [Row("kill -9 写入中的进程", trial.rounds, failures, figure)]


def _fresh(trial: Trial, number: int) -> tuple[Path, Said]:
    """A new data file, and what it says."""
    path = trial.fresh(f"杀{number}") / "数据.db"
    with filled_store(path) as store:
        return path, (revision(store), state(store))


def _killed(
    writer: Callable[..., None], words: tuple[Any, ...], rng: random.Random, *, at_start: bool
) -> list[Said]:
    """What the writer acknowledged before it was killed, wherever it was."""
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=writer, args=(*words, theirs), daemon=True)
    process.start()
    theirs.close()
    ours.recv()
    heard: list[Said] = []
    if not at_start:
        with suppress(EOFError):
            for _ in range(rng.randint(5, MOST_STEPS)):
                heard.append(ours.recv())
    time.sleep(rng.random() * (0.03 if at_start else 0.01))
    process.kill()
    with suppress(EOFError, OSError):
        while True:
            heard.append(ours.recv())
    process.join()
    ours.close()
    if process.exitcode != -signal.SIGKILL:
        raise RuntimeError("the writer ended by itself")
    return heard


def _lost(store: Store, last: Said) -> str:
    """What is missing or half there: at most the step under way has come on top, and it can be taken back whole."""
    if store.read_only:
        return store.read_only_reason
    number, digest = revision(store), state(store)
    if number == last[0]:
        return "" if digest == last[1] else "内容与应答时不同"
    if number != last[0] + 1:
        return f"变更号 {number}，应答到 {last[0]}"
    numbers = [entry.number for entry in change_log(store, limit=3)]
    if numbers != list(range(number, number - 3, -1)):
        return f"变更记录有缺：{numbers}"
    kind = store.rows("SELECT kind FROM change_log ORDER BY number DESC LIMIT 1")[0][0]
    (commands.redo if kind == "undo" else commands.undo)(store)
    return "" if state(store) == last[1] else "最后一步只在了一半"


# ── 5,000 行 ──


def import_large(path: str, seed: int, line: Connection) -> None:
    """Import a year of 5,000 rows, change them all, take that back; the parent kills this process."""
    line.send("start")
    with open_store(path) as store:
        year = large_year(ROWS, IMPORTED)
        commands.import_year(store, year)
        line.send((revision(store), state(store)))
        commands.change_events(store, IMPORTED, [event._replace(note="甲") for event in year.events], "成批")
        line.send((revision(store), state(store)))
        commands.undo(store)
        line.send((revision(store), state(store)))
        time.sleep(60)


@lru_cache(maxsize=1)
def _large_states(folder: Path) -> tuple[list[Said], float]:
    """The states of the large import, and how long it takes."""
    with filled_store(folder / "数据.db") as store:
        states = [(revision(store), state(store))]
    context = get_context("forkserver")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=import_large, args=(str(folder / "数据.db"), 0, theirs), daemon=True)
    process.start()
    ours.recv()
    begin = time.monotonic()
    states += [ours.recv() for _ in range(3)]
    process.kill()
    process.join()
    return states, time.monotonic() - begin


def large_imports(trial: Trial) -> Row:
    """P3 under kill -9: an import of 5,000 rows, a bulk edit of them, an undo are whole or absent."""
    states, takes = _large_states(trial.fresh("大"))
    rng, failures = trial.rng(), []
    for number in range(trial.rounds):
        folder = trial.fresh(f"大{number}")
        with filled_store(folder / "数据.db"):
            pass
        said = _killed_within(folder / "数据.db", rng.random() * takes)
        with open_store(folder / "数据.db") as store:
            found = (revision(store), state(store))
        if found not in states[len(said) : len(said) + 2]:
            failures.append(f"第 {number} 次：应答了 {len(said)} 步，内容不是整步")
        shutil.rmtree(folder)
    return Row(f"kill -9 在导入、成批改、撤销 {ROWS:,} 行之中", trial.rounds, failures)


def _killed_within(path: Path, seconds: float) -> list[Said]:
    context = get_context("forkserver")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=import_large, args=(str(path), 0, theirs), daemon=True)
    process.start()
    theirs.close()
    ours.recv()
    time.sleep(seconds)
    process.kill()
    heard: list[Said] = []
    with suppress(EOFError, OSError):
        while True:
            heard.append(ours.recv())
    process.join()
    return heard


# ── 升级 ──


def open_old(path: str, seed: int, line: Connection) -> None:
    """Open an older file; the parent kills this process."""
    line.send("start")
    open_store(path)
    line.send((0, ""))
    time.sleep(60)


def killed_upgrades(trial: Trial) -> Row:
    """P9 under kill -9: an older file is upgraded, or will be at the next start; never called damaged."""
    deed = DEEDS["升级"]
    apart = trial.fresh("旧")
    deed.prepare(apart)
    known = expected_contents(deed._replace(steps=deed.steps[:1]), apart)
    rng, failures = trial.rng(), []
    for number in range(trial.rounds):
        folder = trial.fresh(f"旧{number}")
        deed.prepare(folder)
        _killed(open_old, (str(folder / "数据.db"), 0), rng, at_start=True)
        try:
            found = opened_contents(folder / "数据.db")
            failures += [] if found in known else [f"第 {number} 次：内容变了"]
        except Exception as error:  # noqa: BLE001  a failure of the promise
            failures.append(f"第 {number} 次：{error}")
        shutil.rmtree(folder)
    return Row("kill -9 在升级旧文件之中", trial.rounds, failures)
