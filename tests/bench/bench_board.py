"""年度总览的速度：全幅重绘与拖动一帧，1000 场活动；目标 ≤ 33 毫秒与 ≤ 8 毫秒。

QT_QPA_PLATFORM=offscreen python -m tests.bench.bench_board
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from datetime import timedelta

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from gui.kit.theme import install_fonts, theme
from gui.overview.board_contents import board_contents
from gui.overview.year_board import YearBoard
from models.domain.snapshot import YearSnapshot
from tests.factories import check, sample

EVENTS = 1000
SIZE = (1532, 854)
ROUNDS = 15


def crowded_year(count: int) -> YearSnapshot:
    """The sample year with its events repeated, each copy some days later in the same month."""
    base = sample()
    dated = [event for event in base.events if event.starts_at is not None]
    events = list(base.events)
    round_ = 1
    while len(events) < count:
        for event in dated:
            day = event.starts_at.replace(day=(event.starts_at.day + 3 * round_) % 28 + 1)
            events.append(
                event._replace(key=f"{event.key}-{round_}", starts_at=day, ends_at=day + timedelta(hours=2))
            )
        round_ += 1
    return YearSnapshot(
        base.year_row,
        units=base.units,
        venues=base.venues,
        schools=base.schools,
        blocked=base.blocked,
        events=events[:count],
        meetings=base.meetings,
        decisions=base.decisions,
        delegates=base.delegates,
        invitations=base.invitations,
        opinions=base.opinions,
        neighbours=base.neighbours,
    )


def milliseconds(run: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median of ``rounds`` runs, after one to warm up."""
    run()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        run()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def shown_board(snapshot: YearSnapshot) -> YearBoard:
    """A board of the size of a 1920×1080 window."""
    board = YearBoard()
    board.resize(*SIZE)
    board.set_contents(board_contents(snapshot, check(snapshot)))
    board.show()
    return board


def measure(count: int) -> dict[str, float]:
    """Contents, full repaint, blit and drag frame of a year of ``count`` events."""
    snapshot = crowded_year(count)
    checked = check(snapshot)
    board = shown_board(snapshot)
    contents = board.contents
    assert contents is not None
    target = QPixmap(*SIZE)
    found = {"内容": milliseconds(lambda: board_contents(snapshot, checked))}

    def repaint() -> None:
        board.invalidate()
        board.viewport().render(target)

    found["全幅重绘"] = milliseconds(repaint)
    found["贴图"] = milliseconds(lambda: board.viewport().render(target))
    found["拖动一帧"] = drag_frame(board)
    return found


def drag_frame(board: YearBoard) -> float:
    """One step of a drag: what the pointer's move costs, repaint of the touched part included."""
    key = next(
        chip.key
        for line in board.contents.lines[:1]
        for month in line.chips
        for chip in month
        if chip.status.value == "planned"
    )
    board.pick_up(key)
    steps = iter(range(10_000))
    layer = QPixmap(*SIZE)

    def step() -> None:
        x = 700 + next(steps) * 7 % 600
        before = board.drag_rect()
        board.drag_to(QPointF(x, 120))
        area = before.united(board.drag_rect())
        painter = QPainter(layer)
        board.viewport().render(painter, area.topLeft(), area, board.viewport().RenderFlag.DrawChildren)
        painter.end()

    return milliseconds(step, 60)


def main() -> None:
    """Print milliseconds, the share of the goal, and the growth from 100 to 1,000 events."""
    application = QApplication([])
    install_fonts()
    theme().choose("light")
    small, large = measure(100), measure(EVENTS)
    goals = {"全幅重绘": 33.0, "拖动一帧": 8.0}
    for name, value in large.items():
        goal = f"，目标的 {value / goals[name]:.2f}" if name in goals else ""
        print(f"{name}：{EVENTS} 场 {value:.2f} 毫秒（100 场的 {value / small[name]:.2f} 倍）{goal}")
    application.quit()


if __name__ == "__main__":
    main()
