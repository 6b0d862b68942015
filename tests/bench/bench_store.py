"""数据文件的速度：python tests/bench/bench_store.py。只打印比值与毫秒，不由 pytest 运行。"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from exports.package import read_package, write_package
from models.commands import change_event, create_year, undo
from models.queries import year_snapshot
from models.store import Store, open_store
from models.tables import TABLE_NAMES
from tests.models.years import large_year

SIZE = 10_000


def timed(work: Callable[[], object], rounds: int = 7) -> float:
    """Median milliseconds of ``work``."""
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return median(taken)


def bare_fetch(path: Path) -> None:
    """Every row of the year, all columns, by sqlite3 alone: neither sorted nor decoded."""
    with closing(sqlite3.connect(path)) as connection:
        for table in TABLE_NAMES.values():
            connection.execute(f"SELECT * FROM {table} WHERE year = 2027").fetchall()


def edits(store: Store, rounds: int) -> tuple[float, float]:
    """Median milliseconds of one edit and of one undo."""
    event = year_snapshot(store, 2027).events[SIZE // 2]
    numbers = iter(range(10_000))
    edit = timed(lambda: change_event(store, 2027, event._replace(note=f"第{next(numbers)}次")), rounds)
    return edit, timed(lambda: undo(store), rounds // 2)


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        year = large_year(SIZE)
        with open_store(path) as store:
            start = time.perf_counter()
            create_year(store, year)
            print(f"create_year {SIZE}: {(time.perf_counter() - start) * 1000:.0f} ms")
            bare, full = timed(lambda: bare_fetch(path)), timed(lambda: year_snapshot(store, 2027))
            print(f"bare fetch {bare:.1f} ms, snapshot {full:.1f} ms, ratio {full / bare:.2f} (goal 3)")
            edit, back = edits(store, 20)
            print(f"one edit {edit:.1f} ms, one undo {back:.1f} ms")
        data = write_package(year)
        print(f"write_package {timed(lambda: write_package(year), 3):.0f} ms, {len(data) / 1e6:.1f} MB")
        print(f"read_package {timed(lambda: read_package(data, 'x.json'), 3):.0f} ms")


if __name__ == "__main__":
    main()
