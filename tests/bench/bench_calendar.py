"""日历的速度：月视图首次画好与拖动一帧；数据文件里三年五千场。目标 ≤ 100 毫秒与 ≤ 8 毫秒。

QT_QPA_PLATFORM=offscreen python -m tests.bench.bench_calendar
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from gui.calendar.days import CalendarDays
from gui.calendar.page import CalendarPage
from gui.calendar.values import CalendarMode
from gui.kit.theme import install_fonts, theme
from gui.session.landing import Landing, LandingJudge
from gui.session.messages import Messages
from gui.session.year_session import YearSession
from models import commands
from models.domain.snapshot import YearSnapshot
from models.store import Store, open_store
from tests.bench.bench_board import crowded_year

EVENTS_A_YEAR = 1_700
YEARS = (2026, 2027, 2028)
SIZE = (1844, 998)
ROUNDS = 15


def milliseconds(run: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median of ``rounds`` runs, after one to warm up."""
    run()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        run()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def in_year(snapshot: YearSnapshot, year: int) -> YearSnapshot:
    """``snapshot`` as another year: every event on the same day of the year."""
    shift = date(year, 1, 1) - date(snapshot.year, 1, 1)
    events = [
        event._replace(
            starts_at=event.starts_at + shift if event.starts_at else None,
            ends_at=event.ends_at + shift if event.ends_at else None,
        )
        for event in snapshot.events
    ]
    return YearSnapshot(
        snapshot.year_row._replace(year=year, settings=()),
        units=snapshot.units,
        venues=snapshot.venues,
        schools=snapshot.schools,
        events=events,
    )


def filled_store(folder: Path) -> Store:
    """Three years of 1,700 events each."""
    store = open_store(folder / "大.db")
    base = crowded_year(EVENTS_A_YEAR)
    for year in YEARS:
        commands.create_year(store, base if year == base.year else in_year(base, year))
    return store


def open_session(store: Store) -> YearSession:
    """A session on 2027."""
    session = YearSession(store, Messages(), clock=_now)
    session.open_year(2027)
    return session


def _now() -> datetime:
    return datetime(2027, 6, 15, 14, 32)


def measure(session: YearSession, application: QApplication) -> dict[str, float]:
    """Contents, first paint, another month, drag frame, effect on the rules."""
    found: dict[str, float] = {}
    found["内容"] = milliseconds(
        lambda: CalendarDays(session.snapshot, session.check).month(date(2027, 8, 1))
    )
    found["月视图首次画好"] = first_paint(session, application)
    page = shown_page(session)
    months = iter(range(10_000))

    def other_month() -> None:
        page.show_day(date(2027, 1 + next(months) % 12, 15))
        page.month.viewport().grab()

    found["换月"] = milliseconds(other_month)
    found["拿起"], found["拖动一帧"] = drag_times(page)
    event = next(
        e for e in session.snapshot.events if e.status.value == "planned" and e.day > date(2027, 7, 1)
    )
    days = iter(range(10_000))

    def effect() -> None:
        judge = LandingJudge(session, event)
        landing_day = date(2027, 9, 1) + timedelta(days=next(days) % 60)
        judge.lines(Landing(landing_day))

    found["落点影响"] = milliseconds(effect, 5)
    for mode, name in ((CalendarMode.WEEK, "周视图"), (CalendarMode.AGENDA, "日程")):

        def switch(mode: CalendarMode = mode) -> None:
            page.show_mode(CalendarMode.MONTH)
            page.show_mode(mode)
            page.grab()

        found[name] = milliseconds(switch, 5)
    page.close()
    return found


def first_paint(session: YearSession, application: QApplication) -> float:
    """From nothing to a painted page: contents, layout, everything painted once."""
    times = []
    for _ in range(5):
        start = time.perf_counter()
        page = CalendarPage(session)
        page.resize(*SIZE)
        page.show()
        application.processEvents()
        times.append((time.perf_counter() - start) * 1000)
        page.close()
        page.deleteLater()
        application.processEvents()
    return statistics.median(times[1:])


def shown_page(session: YearSession) -> CalendarPage:
    """The page in a window of 1920×1080, in August."""
    page = CalendarPage(session)
    page.resize(*SIZE)
    page.show()
    page.go_to(date(2027, 8, 18))
    return page


def drag_times(page: CalendarPage) -> tuple[float, float]:
    """Picking up, and one step of the pointer with everything it repaints."""
    month, drag = page.month, page.drag
    key = next(chip.key for chip in month.days.day(date(2027, 8, 24)).chips if not chip.decision)

    def pick_up() -> None:
        drag.pick_up(key, by_pointer=True, home=month, source=QRect())
        month.viewport().grab()
        drag.cancel()

    taken = milliseconds(pick_up, 5)
    drag.pick_up(key, by_pointer=True, home=month, source=QRect())
    steps = iter(range(100_000))
    target = QPixmap(*SIZE)
    corner = month.viewport().mapToGlobal(QPoint(0, 0))

    def frame() -> None:
        step = next(steps)
        at = corner + QPoint(120 + step * 11 % 1200, 120 + step * 5 % 600)
        before = touched(page)
        drag.point_to(at)
        area = before.united(touched(page))
        painter = QPainter(target)
        page.render(painter, area.topLeft(), area)
        painter.end()

    times = milliseconds(frame, 80)
    drag.cancel()
    return taken, times


def touched(page: CalendarPage) -> QRect:
    """What the ghost, the card and the landing cover."""
    area = page.drag.preview.geometry()
    if page.drag.card.isVisible():
        area = area.united(page.drag.card.geometry())
    return area


def main() -> None:
    """Print milliseconds and the share of the goal."""
    application = QApplication([])
    application.setStyle("Fusion")
    install_fonts()
    theme().choose("light")
    goals = {"月视图首次画好": 100.0, "拖动一帧": 8.0}
    with tempfile.TemporaryDirectory() as folder, filled_store(Path(folder)) as store:
        session = open_session(store)
        print(f"{len(session.snapshot.events)} 场在打开的年度里，三年共 {len(YEARS) * EVENTS_A_YEAR} 场")
        for name, value in measure(session, application).items():
            goal = f"，目标的 {value / goals[name]:.2f}" if name in goals else ""
            print(f"{name}：{value:.2f} 毫秒{goal}")
    application.quit()


if __name__ == "__main__":
    main()
