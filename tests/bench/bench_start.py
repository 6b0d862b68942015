"""启动：从进程开始到总览画好，与只显示一行字的空窗口相比。

``python -m tests.bench.bench_start``: whole processes in turn, on screens of three sizes; medians and the
median of the ratios, by the clock and by CPU time (which another busy process disturbs less).
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from gui.services.opening import open_demo
from models.sample import WRITTEN

ROOT = Path(__file__).resolve().parent.parent.parent
ROUNDS = 9
SCREENS = ((800, 800), (1366, 768), (1920, 1080))
BARE = """
import sys, time
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication(sys.argv)
label = QLabel("宝公开排期")
label.show()
application.processEvents()
print(time.perf_counter(), time.process_time())
"""
OURS = """
import sys, time
import gui.shell.app, main

def painted():
    from PySide6.QtWidgets import QApplication
    QApplication.processEvents()
    at = time.perf_counter(), time.process_time()
    assert any("2027 年度" in window.windowTitle() for window in QApplication.topLevelWidgets())
    print(*at)
    return 0

def import_qt(then=gui.shell.app.import_qt):
    then()
    from PySide6.QtWidgets import QApplication
    QApplication.exec = staticmethod(painted)

gui.shell.app.import_qt = import_qt
sys.exit(main.main(["--data", sys.argv[1]]))
"""


class Start(NamedTuple):
    """Seconds until the picture stands: by the clock, and of this process's CPU."""

    clock: float
    cpu: float


def started(environment: Mapping[str, str], program: str, *arguments: str) -> Start:
    """How long a fresh process with ``program`` takes until it has painted."""
    begin = time.perf_counter()
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    painted_at, cpu = map(float, done.stdout.split())
    return Start(painted_at - begin, cpu)


def environment_of(folder: Path, screen: tuple[int, int]) -> dict[str, str]:
    """Bytecode kept as by an installed program, folders of its own, a screen of that size."""
    width, height = screen
    setup = folder / f"screen-{width}.json"
    one = {"name": "1", "x": 0, "y": 0, "width": width, "height": height, "dpr": 1, "logicalDpi": 96}
    setup.write_text(json.dumps({"screens": [one | {"logicalBaseDpi": 96}]}), encoding="utf-8")
    homes = dict.fromkeys(("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"), str(folder))
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    offscreen = {"QT_QPA_PLATFORM": f"offscreen:configfile={setup}"}
    return {**kept, **homes, **offscreen, "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}


def measure(folder: Path, data: str, screen: tuple[int, int]) -> None:
    """Print both medians and the ratios for one screen (goal: at most 2.0)."""
    environment = environment_of(folder, screen)
    started(environment, BARE), started(environment, OURS, data)
    pairs = [(started(environment, BARE), started(environment, OURS, data)) for _ in range(ROUNDS)]
    bare, ours = (statistics.median(start.clock for start in column) for column in zip(*pairs, strict=True))
    clock, cpu = (statistics.median(own[n] / other[n] for other, own in pairs) for n in (0, 1))
    print(
        f"{screen[0]}×{screen[1]}：空窗口 {bare:.3f} s · 总览（95 场活动）{ours:.3f} s"
        f" · 比值 {clock:.2f}（CPU {cpu:.2f}）"
    )


def main() -> None:
    """Measure on every screen."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "demo.db"
        for _ in range(2):  # the second opening makes the backup of the day
            open_demo(data, WRITTEN).close()
        for screen in SCREENS:
            measure(Path(folder), str(data), screen)


if __name__ == "__main__":
    main()
