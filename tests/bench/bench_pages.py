"""各页首画：窗口开着，第一次点导航，到这一页画好；载入模块、造页、画分开列。目标：100 ms。

python -m tests.bench.bench_pages

Each page is measured in a process of its own, in CPU time; what is imported is compiled already.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from functools import partial
from importlib import import_module
from itertools import pairwise
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from gui.kit.page import OVERVIEW
from gui.kit.theme import install_fonts, theme
from gui.services.program_settings import SettingsFile
from gui.shell.application import new_session
from gui.shell.main_window import MainWindow
from gui.shell.pages import PAGES
from models import commands
from models.store import Store, open_store
from tests.bench.busy_year import more_of_everything
from tests.factories import sample

ROUNDS, TARGET, SETTLED = 4, 100, 0.8
"""The first round compiles what is imported; it does not count."""


def measure(name: str) -> None:
    """Print the milliseconds of importing, making and painting the page called ``name``."""
    app = QApplication([])
    app.setStyle("Fusion")
    install_fonts()
    theme().choose("light", 1.0)
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder)
        make = partial(new_session, lambda: datetime(2027, 6, 15, 14, 32))
        window = MainWindow(make, SettingsFile(where / "settings.json"), where)
        window.resize(1920, 1080)
        window.show()
        window.open_with(partial(_busy_year, where / "busy.db"))
        settled = time.monotonic() + SETTLED
        while time.monotonic() < settled:
            app.processEvents()
        marks = [time.process_time()]
        for step in (partial(_import, name), partial(window.show_page, name), app.processEvents):
            step()
            marks.append(time.process_time())
        print("#", *((later - former) * 1000 for former, later in pairwise(marks)))
        window.close()


def _busy_year(path: Path) -> Store:
    store = open_store(path)
    commands.create_year(store, sample())
    commands.apply_changes(store, 2027, "多", more_of_everything())
    return store


def _import(name: str) -> None:
    import_module(next(entry.module for entry in PAGES if entry.name == name))


def _in_a_process(name: str, compiled: str) -> list[float]:
    run = subprocess.run(
        [sys.executable, "-m", "tests.bench.bench_pages", name],
        env={**os.environ, "PYTHONPYCACHEPREFIX": compiled, "PYTHONDONTWRITEBYTECODE": ""},
        capture_output=True,
        check=True,
        text=True,
    )
    line = next(line for line in run.stdout.splitlines() if line.startswith("# "))
    return [float(part) for part in line[2:].split()]


def main() -> None:
    """Print the best of a few rounds of each page."""
    with tempfile.TemporaryDirectory() as compiled:
        for entry in PAGES:
            if entry.name != OVERVIEW:
                rounds = [_in_a_process(entry.name, compiled) for _ in range(ROUNDS)][1:]
                imported, made, painted = min(rounds, key=sum)
                print(
                    f"{entry.words}：载入 {imported:.0f} + 造 {made:.0f} + 画 {painted:.0f} = "
                    f"{imported + made + painted:.0f} ms（目标 {TARGET}）"
                )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(sys.argv[1])
    else:
        main()
