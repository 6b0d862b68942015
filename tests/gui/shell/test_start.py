"""启动到总览画好：装入了什么。看守启动时间，不量它。"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from gui.services.opening import open_demo
from models.sample import WRITTEN

ROOT = Path(__file__).resolve().parents[3]
MOST_OWN_MODULES = 165
LATER = (
    "chinese_calendar", "dateutil", "docx", "hashlib", "highspy", "html.parser", "icalendar", "keyring",
    "multiprocessing", "numpy", "openpyxl", "peewee", "pypdfium2", "pypinyin", "reportlab", "secrets", "socket",
    "_strptime", "uuid",
    "exports.ical", "exports.pdf", "exports.package", "exports.prints", "exports.server", "exports.xlsx",
    "gui.attendance", "gui.calendar", "gui.data_files", "gui.event", "gui.exporting", "gui.headless", "gui.intake", "gui.ledger",
    "gui.open_month", "gui.planning", "gui.policies", "gui.releases", "gui.rules", "gui.search", "gui.settings.page", "gui.years",
    "gui.kit.exporter", "gui.shell.data_files", "gui.shell.desk",
    "gui.overview.controller", "models.commands",
    "models.rows", "models.unreadable", "models.writing", "planners.autoplan", "planners.proposals", "planners.release_changes",
)  # fmt: skip
"""What the first picture does not need: the libraries, and whole rooms of our own."""
PROGRAM = """
import builtins, json, sys
usual = builtins.__import__
import gui.shell.app, main

def seen():
    from PySide6.QtWidgets import QApplication
    QApplication.processEvents()
    window = next(w for w in QApplication.topLevelWidgets() if "2027 年度" in w.windowTitle())
    at_start = sorted(sys.modules)
    board = window.overview.board
    chips = sum(len(line.chips_at(month)) for line in board.contents.lines for month in range(1, 13))
    from gui.shell.application import finish_start, load_a_page
    finish_start()
    ready = "models.rows" in sys.modules
    from gui.shell.pages import PAGES
    for _ in PAGES:
        load_a_page()
    print(json.dumps({
        "modules": at_start, "chips": chips, "hits": len(board.layer().hits),
        "usual_import": builtins.__import__ is usual, "later": ready,
        "pages": all(entry.module in sys.modules for entry in PAGES),
    }))
    return 0

def import_qt(then=gui.shell.app.import_qt):
    then()
    from PySide6.QtWidgets import QApplication
    QApplication.exec = staticmethod(seen)

gui.shell.app.import_qt = import_qt
sys.exit(main.main(["--data", sys.argv[1]]))
"""


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a fresh process says when the year board is painted."""
    folder = tmp_path_factory.mktemp("start")
    for _ in range(2):  # the second opening makes the backup of the day
        open_demo(folder / "demo.db", WRITTEN).close()
    homes = dict.fromkeys(("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"), str(folder))
    environment = {**os.environ, **homes, "QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder / "demo.db")],
        cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def test_the_first_picture_is_the_year_itself(start: dict[str, Any]) -> None:
    assert start["chips"] > 50
    assert start["hits"] > 30


def test_nothing_is_imported_that_the_first_picture_does_not_need(start: dict[str, Any]) -> None:
    loaded = [name for name in start["modules"] if name.startswith(tuple(f"{one}." for one in LATER))]
    assert [name for name in start["modules"] if name in LATER] + loaded == []
    own = [
        name for name in start["modules"] if name.split(".")[0] in ("gui", "models", "planners", "exports")
    ]
    assert len(own) <= MOST_OWN_MODULES, own


def test_modules_are_imported_in_the_usual_way_although_qt_is_there(start: dict[str, Any]) -> None:
    assert start["usual_import"]


def test_what_the_first_step_needs_is_there_soon_after(start: dict[str, Any]) -> None:
    assert start["later"]


def test_the_pages_that_nobody_opened_yet_are_loaded_one_by_one(start: dict[str, Any]) -> None:
    assert start["pages"]
