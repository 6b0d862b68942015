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
from functools import partial
from pathlib import Path
from datetime import datetime
from PySide6.QtCore import QTimer
from gui import app
from gui.main_window import MainWindow
from gui.operations.opening import open_demo
from gui.settings import SettingsFile
from gui.theme import theme
application = app.make_application(sys.argv)
folder = Path(sys.argv[1])
theme().choose("light", 1.0)
window = MainWindow(partial(app.new_session, lambda: datetime(2027, 6, 15, 14, 32)), SettingsFile(folder / "s.json"), folder)
window.open_with(partial(open_demo, folder / "demo.db"))
window.resize(1366, 728)
window.show()
application.processEvents()
QTimer.singleShot(0, application.quit)
application.exec()
"""


def seconds(program: str, *arguments: str) -> float:
    """How long a fresh process with ``program`` takes."""
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-c", program, *arguments], cwd=ROOT, env=environment, check=True)
    return time.perf_counter() - begin


def main() -> None:
    """Print both medians and the ratio (goal: at most 2.0)."""
    with tempfile.TemporaryDirectory() as folder:
        seconds(OURS, folder)
        pairs = [(seconds(BARE), seconds(OURS, folder)) for _ in range(ROUNDS)]
    bare, ours = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(own / other for other, own in pairs)
    print(f"空窗口 {bare:.3f} s · 总览（95 场活动）{ours:.3f} s · 比值 {ratio:.2f}")


if __name__ == "__main__":
    main()
