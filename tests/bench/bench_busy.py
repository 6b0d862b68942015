"""How long the window stands still while another process holds the data file, for 3 s and for good.

    QT_QPA_PLATFORM=offscreen python -m tests.bench.bench_busy

Goal: no gap on the window's thread above 0.2 s; saved once the file is let go, else words.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from gui.session import waiting
from gui.session.messages import Messages
from gui.session.year_session import YearSession
from models import commands
from tests.stores import filled_store

HOLDER = """
import sqlite3, sys, time
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN " + sys.argv[2])
held.execute("SELECT * FROM office").fetchall()
print("held", flush=True)
time.sleep(float(sys.argv[3]))
"""
LOCKS = ("EXCLUSIVE", "IMMEDIATE", "DEFERRED")
FOR_GOOD = 60


def steps(session: YearSession) -> dict[str, Callable[[], object]]:
    """What is done to the year, each of them a step."""
    contents = session.snapshot
    noted = [event._replace(note="成批") for event in contents.events]
    return {
        "一步": lambda: session.perform(commands.set_quarter_theme, 2027, 1, "营商环境"),
        "撤销": session.undo,
        "重做": session.redo,
        "成批": lambda: session.perform(commands.change_events, 2027, noted, "成批"),
        "导入": lambda: session.perform(commands.import_year, contents),
    }


def measure(session: YearSession, lock: str, seconds: int, step: Callable[[], object]) -> tuple[float, float]:
    """How long ``step`` took, and the longest time in which the window did nothing."""
    command = [sys.executable, "-c", HOLDER, str(session.store.path), lock, str(seconds)]
    beats: list[float] = []
    timer = QTimer(interval=10)
    timer.timeout.connect(lambda: beats.append(time.perf_counter()))
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        other.stdout.readline()
        timer.start()
        beats.append(time.perf_counter())
        step()
        beats.append(time.perf_counter())
        other.kill()
    return beats[-1] - beats[0], max(after - before for before, after in pairwise(beats))


def main() -> None:
    """Print a line for each kind of lock, step and end."""
    application = QApplication([])
    with TemporaryDirectory() as folder, filled_store(Path(folder) / "年度.db") as store:
        session = YearSession(store, Messages(), clock=lambda: datetime(2027, 6, 15))
        session.open_year(2027)
        for lock in LOCKS:
            for name, step in steps(session).items():
                for seconds, longest in ((3, 20_000), (FOR_GOOD, 2_500)):
                    waiting.LONGEST = longest
                    took, gap = measure(session, lock, seconds, step)
                    print(f"{lock:9} {name} {seconds:2} s：{took:5.2f} s，最长停顿 {gap * 1000:3.0f} ms")
    application.quit()


if __name__ == "__main__":
    main()
