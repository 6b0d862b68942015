"""启动窗口：字体、主题、日志、出错时的对话框。"""

from __future__ import annotations

import logging
import logging.handlers
import sys
import traceback
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType

import platformdirs
from PySide6.QtCore import QLibraryInfo, QLocale, QSize, Qt, QTranslator
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QStyleFactory

from gui.main_window import MainWindow
from gui.messages import Messages
from gui.operations.session import YearSession
from gui.settings import SettingsFile
from gui.theme import install_fonts, theme
from gui.widgets.focus_ring import FocusRings
from models.locations import APP_NAME
from models.store import Store, default_path, open_store

LOG_SIZE, LOG_COUNT = 5 * 1024 * 1024, 3


def run_window(where: str | None = None, clock: Callable[[], datetime] = datetime.now) -> int:
    """Open the window on the data file ``where`` (default: the user's own); returns when it is closed.

    ``clock`` gives today, so that a day can be looked at as it was.
    """
    application = make_application(sys.argv)
    logs = start_log()
    settings = SettingsFile()
    theme().choose(settings.values.mode, settings.values.text_scale)
    theme().follow_system()
    rings = FocusRings(application)
    data_file = Path(where).expanduser().absolute() if where else default_path()
    window = MainWindow(partial(new_session, clock), settings, logs, data_file)
    sys.excepthook = partial(show_bug, window)
    window.open_with(partial(open_store, data_file))
    if settings.values.maximized:
        window.showMaximized()
    else:
        window.show()
    code = application.exec()
    del rings
    return code


def new_session(clock: Callable[[], datetime], store: Store, messages: Messages) -> YearSession:
    """A session on ``store`` whose today is the clock's."""
    return YearSession(store, messages, clock=clock)


def make_application(arguments: list[str]) -> QApplication:
    """The application with its style, fonts and Chinese words."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    application = QApplication(arguments)
    application.setApplicationName(APP_NAME)
    application.setStyle(QStyleFactory.create("Fusion"))
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(application)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)
    install_fonts()
    application.setWindowIcon(window_icon())
    return application


def window_icon() -> QIcon:
    """The character 宝 on ink blue."""
    made = QIcon()
    for side in (16, 32, 64):
        pixmap = QPixmap(QSize(side, side))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("primaryFill"))
        painter.drawRoundedRect(0, 0, side, side, side / 6, side / 6)
        font = theme().font(14, bold=True)
        font.setPixelSize(round(side * 0.66))
        painter.setFont(font)
        painter.setPen(theme().color("onPrimary"))
        painter.drawText(pixmap.rect(), Qt.AlignmentFlag.AlignCenter, "宝")
        painter.end()
        made.addPixmap(pixmap)
    return made


def start_log() -> Path:
    """Write warnings and worse to the user's log folder, private and bounded; the folder."""
    folder = Path(platformdirs.user_log_dir(APP_NAME, appauthor=False))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / "program.log"
        handler = logging.handlers.RotatingFileHandler(
            target, maxBytes=LOG_SIZE, backupCount=LOG_COUNT, encoding="utf-8"
        )
        target.chmod(0o600)
    except OSError:
        return folder
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    logging.getLogger("peewee").setLevel(logging.WARNING)
    return folder


def show_bug(
    window: MainWindow, kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Say what went wrong in one dialog with copyable details, without the values of the data."""
    from gui.dialogs.bug_dialog import BugDialog

    places = "".join(traceback.format_tb(trace))
    logging.getLogger(__name__).error("%s\n%s", kind.__name__, places)
    BugDialog(f"{kind.__name__}\n{places}", window).exec()
    del error
