"""启动：从进程开始到总览画好，与只显示一行字的空窗口相比。

``python -m tests.bench.bench_start``: whole processes in turn, medians and their ratio.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from gui.operations.opening import open_demo

ROOT = Path(__file__).resolve().parent.parent.parent
ROUNDS = 7
BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication(sys.argv)
label = QLabel("宝公开排期")
label.show()
QTimer.singleShot(0, application.quit)
application.exec()
"""
OURS = """
import sys
from datetime import datetime
from gui.app import run_window

def leave_when_painted(paint):
    from PySide6.QtWidgets import QApplication
    QApplication.exec = staticmethod(lambda: paint(QApplication) or 0)

import gui.app
load = gui.app.import_module
def load_and_watch(name):
    made = load(name)
    if name == gui.app._WITHOUT_QT[-1]:
        leave_when_painted(lambda application: application.processEvents())
    return made

gui.app.import_module = load_and_watch
sys.exit(run_window(sys.argv[1], lambda: datetime(2027, 6, 15, 14, 32)))
"""


def seconds(folder: str, program: str, *arguments: str) -> float:
    """How long a fresh process with ``program`` takes."""
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode
    environment |= {
        "PYTHONPYCACHEPREFIX": f"{folder}/bytecode",
        "XDG_CONFIG_HOME": folder,
        "XDG_STATE_HOME": folder,
    }
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-c", program, *arguments], cwd=ROOT, env=environment, check=True)
    return time.perf_counter() - begin


def main() -> None:
    """Print both medians and the ratio (goal: at most 2.0)."""
    with tempfile.TemporaryDirectory() as folder:
        data = str(Path(folder) / "demo.db")
        open_demo(Path(data)).close()
        seconds(folder, BARE), seconds(folder, OURS, data)
        pairs = [(seconds(folder, BARE), seconds(folder, OURS, data)) for _ in range(ROUNDS)]
    bare, ours = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(own / other for other, own in pairs)
    print(f"空窗口 {bare:.3f} s · 总览（95 场活动）{ours:.3f} s · 比值 {ratio:.2f}")


if __name__ == "__main__":
    main()
