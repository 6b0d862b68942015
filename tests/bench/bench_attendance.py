"""公众列席页：从快照到画好；12 项决策、40 名代表、46 场开放月、30 份政策文件。目标：100 ms。

python -m tests.bench.bench_attendance
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from gui.attendance.page import AttendancePage
from gui.attendance.stage_dialogs import stage_dialog
from gui.kit.theme import install_fonts, theme
from gui.session.messages import Messages
from gui.session.year_session import YearSession
from models import commands
from models.store import open_store
from planners.attendance.stages import Stage, decision_line
from tests.bench.busy_year import more_of_everything
from tests.factories import sample

ROUNDS, TARGET = 9, 100


def _milliseconds(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def main() -> None:
    """Print the figures."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    app.setStyle("Fusion")
    install_fonts()
    theme().choose("light", 1.0)
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "s.db") as store:
        commands.create_year(store, sample())
        session = YearSession(store, Messages(), clock=lambda: datetime(2027, 6, 15, 14, 32))
        session.open_year(2027)
        session.attempt(commands.apply_changes, 2027, "多", more_of_everything())
        facts = session.snapshot
        print(f"{len(facts.decisions)} 项决策，{len(facts.delegates)} 名代表，{len(facts.policies)} 份文件")
        for name in ("冷", "热"):
            start = time.perf_counter()
            page = AttendancePage(session)
            page.resize(1844, 990)
            page.show()
            app.processEvents()
            page.grab()
            print(f"造页到首画（{name}）：{(time.perf_counter() - start) * 1000:.0f} ms（目标 {TARGET}）")
        print(f"改动后重算重画：{_milliseconds(lambda: (page.refresh(), page.grab())):.0f} ms")
        print(f"换一项：{_milliseconds(lambda: (page.go_to('d2'), page.go_to('bd0'), page.grab())):.0f} ms")
        for stage in (Stage.SELECTED, Stage.STUDIED):
            line = decision_line(session.snapshot, session.ruleset, session.today, "bd0")
            print(
                f"表单 {stage.label}：{_milliseconds(lambda s=stage, of=line: stage_dialog(session, of, s, page).grab()):.0f} ms"
            )  # type: ignore[misc]


if __name__ == "__main__":
    main()
