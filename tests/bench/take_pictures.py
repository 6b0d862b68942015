"""README 与手册里的图：从真的程序、演示年度画出来，``python -m tests.bench.take_pictures [文件夹]``。

Each picture is a grab of the whole window on a screen of that size, at a fixed moment; the printed page is
the PDF's own first page. One process per screen, because a window is laid out for the screen it stands on.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.bench_start import ROOT, environment_of

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication
    from PySide6.QtGui import QPixmap

    from gui.shell.main_window import MainWindow

NOW = datetime(2027, 6, 15, 14, 32)
SMALL, LARGE = (1366, 768), (1920, 1080)
PAGES = ("overview", "calendar", "ledger", "rules", "attendance", "open_month", "exports")
LONGEST = 60.0
"""Seconds that a page or a plan may take to stand."""


def main() -> None:
    """Make every picture anew, in the folder named or where the README has them."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "docs" / "pictures").absolute()
    folder.mkdir(parents=True, exist_ok=True)
    for screen in (SMALL, LARGE):
        with tempfile.TemporaryDirectory() as home:
            words = [
                sys.executable,
                "-c",
                f"import tests.bench.take_pictures as p; p.take({screen}, {str(folder)!r})",
            ]
            subprocess.run(words, cwd=ROOT, env=environment_of(Path(home), screen), check=True)


def take(screen: tuple[int, int], folder: str) -> None:
    """The pictures of one screen; on the small one every page, the proposal and the printed plan."""
    from gui.kit.theme import theme
    from gui.session.runner import Runner
    from gui.shell.application import make_application

    application = make_application([])
    theme().choose("light", 1.0)
    with tempfile.TemporaryDirectory() as home:
        window = opened(Path(home), screen)

        def save(name: str) -> None:
            for _ in range(2):  # a preview: first its pages are made, then their pictures
                settle(application, lambda: not any(run.busy for run in window.findChildren(Runner)))
            picture_of(window).save(str(Path(folder) / f"{name}.png"))

        if screen == SMALL:
            take_pages(window, save)
            take_proposal(window, save)
            print_quarter(Path(home), Path(folder))
        else:
            take_themes(window, save)
        window.close()


def picture_of(window: MainWindow) -> QPixmap:
    """The window, and above it the dialog that is open."""
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QApplication

    picture, dialog = window.grab(), QApplication.activeModalWidget()
    if dialog is not None:
        painter = QPainter(picture)
        painter.drawPixmap(dialog.mapToGlobal(QPoint()) - window.mapToGlobal(QPoint()), dialog.grab())
        painter.end()
    return picture


def settle(application: QCoreApplication, is_there: Callable[[], bool] = lambda: True) -> None:
    """Afterwards what was asked of the window has been done, and ``is_there`` answers yes."""
    until, quiet = time.monotonic() + LONGEST, time.monotonic() + 1.0
    while time.monotonic() < quiet or not is_there():
        application.processEvents()
        if time.monotonic() > until:
            raise SystemExit("没有等到要画的内容")
        time.sleep(0.01)


def take_pages(window: MainWindow, save: Callable[[str], None]) -> None:
    """Every page of the rail."""
    for page in PAGES:
        window.show_page(page)
        save(f"{page.replace('_', '-')}-{SMALL[0]}")


def take_themes(window: MainWindow, save: Callable[[str], None]) -> None:
    """The overview in both themes."""
    from gui.kit.theme import theme

    for mode, name in (("light", "overview"), ("dark", "overview-dark")):
        theme().choose(mode, 1.0)
        save(f"{name}-{LARGE[0]}")


def take_proposal(window: MainWindow, save: Callable[[str], None]) -> None:
    """The automatic plan of the rest of the year, before it is taken over."""
    from PySide6.QtWidgets import QApplication

    window.show_page("overview")
    planning = window.tools.planning
    planning.start()
    settle(QApplication.instance(), lambda: planning.proposal is not None)
    save("proposal")


def print_quarter(home: Path, folder: Path) -> None:
    """First page of the plan of the second quarter."""
    import pypdfium2

    from main import main as command

    target = home / "quarter.pdf"
    words = ["--data", str(home / "demo.db"), "export", "quarter", str(NOW.year), "--quarter", "2"]
    if command([*words, "-o", str(target)]):
        raise SystemExit("季度计划没有印出来")
    with pypdfium2.PdfDocument(target) as pages:
        pages[0].render(scale=1.2).to_pil().save(folder / "quarter-plan.png")


def opened(home: Path, screen: tuple[int, int]) -> MainWindow:
    """The window on the demo year, as large as the screen."""
    from gui.services.opening import open_demo
    from gui.services.program_settings import SettingsFile
    from gui.shell.application import new_session
    from gui.shell.main_window import MainWindow

    window = MainWindow(partial(new_session, lambda: NOW), SettingsFile(home / "settings.json"), home)
    window.resize(*screen)
    window.open_with(partial(open_demo, home / "demo.db", NOW.date()))
    window.show()
    return window


if __name__ == "__main__":
    main()
