"""活动台账的速度：三年 5000 场、打开一年约 1700 场；首次画出 ≤ 100 毫秒，每键 ≤ 30 毫秒。

QT_QPA_PLATFORM=offscreen python -m tests.bench.bench_ledger
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

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from gui.event.inspector.inspector import Inspector
from gui.kit.theme import install_fonts, theme
from gui.ledger.page import LedgerPage
from gui.session.messages import Messages
from gui.session.year_session import YearSession
from models import commands
from models.domain.snapshot import YearSnapshot
from models.store import open_store
from tests.bench.bench_board import crowded_year

EVENTS = 1700
SIZE = (1844, 964)
TYPED = ("f", "fl", "flk", "fl", "f", "", "区", "区司", "区司法", "区司", "", "y", "yb", "yb 顾村", "")
GOALS = {"首次画出": 100.0, "每键（中位）": 30.0, "每键（最慢）": 30.0}


def other_year(of: YearSnapshot, number: int) -> YearSnapshot:
    """The events of ``of`` in another year, which is only there to fill the file."""
    events = [
        event._replace(
            starts_at=event.starts_at and event.starts_at.replace(year=number),
            ends_at=event.ends_at and event.ends_at.replace(year=number),
        )
        for event in of.events
    ]
    return YearSnapshot(
        of.year_row._replace(year=number),
        units=of.units, venues=of.venues, schools=of.schools, events=events,
    )  # fmt: skip


def milliseconds(run: Callable[[], object]) -> float:
    """How long one run takes."""
    start = time.perf_counter()
    run()
    return (time.perf_counter() - start) * 1000


def settle(seconds: float) -> None:
    """Let what waits for an idle moment have it."""
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        time.sleep(0.01)


def measure(session: YearSession) -> dict[str, float]:
    """Opening, first paint, typing, walking, a change."""
    target = QPixmap(*SIZE)
    pages: list[LedgerPage] = []

    def open_page() -> None:
        page = LedgerPage(session, Inspector(session))
        page.resize(*SIZE)
        page.show()
        page.render(target)
        pages.append(page)

    open_page()
    found = {"首次画出": statistics.median(milliseconds(open_page) for _ in range(3))}
    page = pages.pop()
    for old in pages:
        old.wait()
        old.deleteLater()
    settle(1.0)

    def type_in(text: str) -> None:
        page.filters.text.setText(text)
        page.view.viewport().repaint()

    first_key = milliseconds(lambda: type_in("z"))
    keys = [milliseconds(lambda text=text: type_in(text)) for text in TYPED]
    found["第一键"] = first_key
    found["每键（中位）"], found["每键（最慢）"] = statistics.median(keys), max(keys)
    bar = page.view.verticalScrollBar()

    def scroll() -> None:
        bar.setValue(bar.value() + 90)
        page.view.viewport().repaint()

    found["滚动一帧"] = statistics.median(milliseconds(scroll) for _ in range(30))
    found["重读"] = statistics.median(milliseconds(page.refresh) for _ in range(5))
    keys_shown = page.view.ledger.shown_keys()
    page.show_inspector(keys_shown[0])
    found["换一场详情"] = statistics.median(
        milliseconds(lambda key=key: page.inspector.show_event(key)) for key in keys_shown[40:52]
    )
    planned = next(e.key for e in session.snapshot.events if e.status.value == "planned")
    event = session.snapshot.event_by_key[planned]

    def change() -> None:
        nonlocal event
        event = event._replace(note=event.note + "。")
        session.perform(commands.change_event, session.year, event)
        page.view.viewport().repaint()

    found["改一场到重画"] = statistics.median(milliseconds(change) for _ in range(5))
    return found


def main() -> None:
    """Print milliseconds and the share of the goals."""
    application = QApplication([])
    install_fonts()
    theme().choose("light")
    year = crowded_year(EVENTS)
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "bench.db") as store:
        for contents in (year, other_year(year, 2026), other_year(year, 2028)):
            commands.create_year(store, contents)
        session = YearSession(store, Messages(), clock=lambda: datetime(2027, 6, 15, 9))
        session.open_year(2027)
        for name, value in measure(session).items():
            goal = f"，目标的 {value / GOALS[name]:.2f}" if name in GOALS else ""
            print(f"{name}：{EVENTS} 场 {value:.1f} 毫秒{goal}")
    application.quit()


if __name__ == "__main__":
    main()
