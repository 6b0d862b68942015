"""搜索的速度：三年 5000 场，打开与每按一键（结果画好为止）；目标 ≤ 100 毫秒与 ≤ 30 毫秒。

QT_QPA_PLATFORM=offscreen python -m tests.bench.bench_search
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from datetime import date, datetime
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.kit.theme import install_fonts, theme
from gui.search.search_dialog import SearchDialog
from gui.services.program_settings import SettingsFile
from gui.shell.application import new_session
from gui.shell.main_window import MainWindow
from models import commands
from models.domain.snapshot import YearSnapshot
from models.store import Store, open_store
from tests.bench.bench_board import crowded_year

EVENTS = 5000
YEARS = (2026, 2027, 2028)
NOW = datetime(2027, 6, 15, 14, 32)
QUERIES = ("kccy", "民法典", "区司法局", "8月18日", "qwxyz")


def three_years(path: Path) -> Store:
    """A data file with the crowded sample in each of three years."""
    store = open_store(path)
    base = crowded_year(EVENTS // len(YEARS))
    for number in YEARS:
        commands.create_year(store, in_year(base, number))
    return store


def in_year(base: YearSnapshot, number: int) -> YearSnapshot:
    """``base`` with the same days of another year."""
    events = [
        event._replace(
            starts_at=event.starts_at and event.starts_at.replace(year=number),
            ends_at=event.ends_at and event.ends_at.replace(year=number),
        )
        for event in base.events
    ]
    return YearSnapshot(
        base.year_row._replace(year=number, holidays=base.year_row.holidays._replace(days_off=(), makeup_workdays=())),
        units=base.units, venues=base.venues, schools=base.schools, meetings=base.meetings, decisions=base.decisions,
        events=events,
    )  # fmt: skip


def main() -> None:
    """Print milliseconds and the share of the goals."""
    application = QApplication([])
    install_fonts()
    theme().choose("light")
    with tempfile.TemporaryDirectory() as folder:
        window = MainWindow(
            partial(new_session, lambda: NOW), SettingsFile(Path(folder) / "s.json"), Path(folder)
        )
        window.open_with(partial(three_years, Path(folder) / "three.db"))
        window.resize(1366, 768)
        window.show()
        application.processEvents()
        assert window.session is not None
        assert window.session.today == date(2027, 6, 15)
        search = SearchDialog(window)
        start = time.perf_counter()
        search.open()
        application.processEvents()
        report("打开并画好", (time.perf_counter() - start) * 1000, 100)
        start = time.perf_counter()
        while search.source.warm():
            pass
        print(f"读齐三年（分段，空闲时）：{(time.perf_counter() - start) * 1000:.1f} 毫秒")
        times = [
            keystroke(application, search, query[:length])
            for query in QUERIES
            for length in range(1, len(query) + 1)
        ]
        report("每按一键，中位", statistics.median(times), 30)
        report("每按一键，最慢", max(times), 30)
        search.dismiss()
        window.close()
    application.quit()


def keystroke(application: QApplication, search: SearchDialog, text: str) -> float:
    """Milliseconds from the last key of ``text`` until its results are painted."""
    search.line.setText(text[:-1])
    application.processEvents()
    start = time.perf_counter()
    QTest.keyClicks(search.line, text[-1]) if text[-1].isascii() else search.line.insert(text[-1])
    application.processEvents()
    return (time.perf_counter() - start) * 1000


def report(name: str, milliseconds: float, goal: float) -> None:
    """Say how long it took and what share of the goal that is."""
    print(f"{name}：{milliseconds:.1f} 毫秒，目标的 {milliseconds / goal:.2f}")


if __name__ == "__main__":
    main()
