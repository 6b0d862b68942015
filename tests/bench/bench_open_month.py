"""开放月页：从快照到画好；46 场与 400 场。

python -m tests.bench.bench_open_month
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from datetime import date, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from gui.kit.theme import install_fonts, theme
from gui.open_month.page import OpenMonthPage
from gui.session.messages import Messages
from gui.session.year_session import YearSession
from models import commands
from models.domain.changes import RowChange
from models.store import open_store
from planners.open_month import open_month
from tests.factories import check, event, sample

ROUNDS = 9
TARGET = 100


def _milliseconds(work: object, rounds: int = ROUNDS) -> float:
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()  # type: ignore[operator]
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def main() -> None:
    """Print the figures."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    app.setStyle("Fusion")
    install_fonts()
    theme().choose("light", 1.0)
    checked = check(sample())
    print(f"事实，46 场：{_milliseconds(lambda: open_month(sample(), checked)):.1f} ms")
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "s.db") as store:
        commands.create_year(store, sample())
        session = YearSession(store, Messages(), clock=lambda: datetime(2027, 6, 15, 14, 32))
        session.open_year(2027)
        _measure(app, session, "46 场（冷）")
        _measure(app, session, "46 场（热）")
        units = [unit.key for unit in session.snapshot.units]
        more = [
            event("open_month", date(2027, 8, n % 31 + 1), key=f"N{n}", lead_units=(units[n % len(units)],))
            for n in range(354)
        ]
        changes = [RowChange.of(None, one) for one in more]
        session.attempt(commands.apply_changes, 2027, "多", changes)
        _measure(app, session, "400 场")


def _measure(app: QApplication, session: YearSession, count: str) -> None:
    start = time.perf_counter()
    page = OpenMonthPage(session)
    page.resize(1844, 998)
    page.show()
    app.processEvents()
    page.grab()
    first = (time.perf_counter() - start) * 1000
    print(f"{count}，造页到首画：{first:.0f} ms（目标 {TARGET}）")
    print(f"{count}，改动后重算重画：{_milliseconds(lambda: (page.refresh(), page.grab())):.0f} ms")
    grid = page.grid
    print(f"{count}，格子全幅重画：{_milliseconds(lambda: (grid.invalidate(), grid.grab())):.0f} ms")
    print(f"{count}，走一格：{_milliseconds(lambda: (grid.select(2, 5), grid.grab())):.1f} ms")
    page.close()


if __name__ == "__main__":
    main()
