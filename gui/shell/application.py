"""应用：字体、主题、窗口图标、中文，以及出错时的对话框。"""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Callable
from datetime import datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QSize, Qt, QTimer, QTranslator
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QFrame

from gui.kit.announce import announce
from gui.kit.boxes import in_row
from gui.kit.focus_ring import FocusRings
from gui.kit.plain import button, label
from gui.kit.theme import install_fonts, theme
from gui.services.logs import log_folder, start_log, trace_words
from gui.services.program_settings import SettingsFile
from gui.session.messages import Messages
from gui.session.year_session import YearSession
from gui.shell.main_window import MainWindow
from gui.shell.pages import PAGES
from models.domain.errors import BusyError
from models.locations import APP_NAME
from models.store import Store, default_path, open_store

LOOK_EVERY = 1000
SETTLED_AFTER = 500
"""Milliseconds after which the first picture is long painted."""
BETWEEN_PAGES = 400
"""Milliseconds between two pages that are loaded ahead: nobody feels them."""


def show_window(where: str | None, clock: Callable[[], datetime]) -> int:
    """Make application and window, open the data file, and stay until the window is closed."""
    application = make_application(sys.argv)
    settings = SettingsFile()
    theme().choose(settings.values.mode, settings.values.text_scale)
    theme().follow_system()
    rings = FocusRings(application)
    data_file = Path(where).expanduser().absolute() if where else default_path()
    window = MainWindow(partial(new_session, clock), settings, log_folder(), data_file)
    sys.excepthook = Bugs(window).show
    window.open_with(partial(open_store, data_file))
    if window.starts_maximized:
        window.showMaximized()
    else:
        window.show()
    QTimer.singleShot(SETTLED_AFTER, finish_start)
    code = application.exec()
    del rings
    return code


def finish_start() -> None:
    """What can wait until the window stands: the log, what the first step needs, and the garbage collector."""
    from models.statements import make_all

    start_log(log_folder())
    make_all()
    gc.collect()
    gc.freeze()
    WindowGarbage(QApplication.instance())
    QTimer.singleShot(BETWEEN_PAGES, load_a_page)


def load_a_page() -> None:
    """Load the module of the next page that nobody has opened yet, then wait a moment: 10–30 ms at a time."""
    for entry in PAGES:
        if entry.module not in sys.modules:
            import_module(entry.module)
            QTimer.singleShot(BETWEEN_PAGES, load_a_page)
            return


def new_session(clock: Callable[[], datetime], store: Store, messages: Messages) -> YearSession:
    """A session on ``store`` whose today is the clock's."""
    return YearSession(store, messages, clock=clock, make_notice=waiting_notice)


def make_application(arguments: list[str]) -> QApplication:
    """The application with its style, fonts and Chinese words."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    # Named as an argument: ``setStyle`` gives a QStyle back, and its class takes 4 ms to set up.
    application = QApplication([*arguments, "-style=Fusion"])
    application.setApplicationName(APP_NAME)
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


class Bugs:
    """Shows errors that nobody expected, one dialog at a time; ``show`` is an ``excepthook``."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._showing = False

    def show(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log what went wrong and say it with copyable details: places in the program, never values."""
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
            return
        if isinstance(error, BusyError):  # something was to be looked at while another program held the file
            self._window.messages.error(error)
            return
        words = trace_words(kind, trace)
        logging.getLogger(__name__).error("%s", words)
        if self._showing:
            return
        from gui.shell.bug_dialog import BugDialog

        self._showing = True
        try:
            BugDialog(words, self._window).exec()
        finally:
            self._showing = False


class WindowGarbage(QObject):
    """Afterwards the collector runs once a second at most, on the thread that made this, and nowhere else.

    Left to itself it runs on whatever thread happens to allocate; widgets that die there take Qt with them.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=LOOK_EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect the oldest generation that is due, with all younger ones."""
        due = [
            n
            for n, (count, limit) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
            if count > limit > 0
        ]
        if due:
            gc.collect(due[-1])


def waiting_notice(words: str, cancel: Callable[[], None]) -> QFrame | None:
    """``words`` at the lower edge of the window or form that is used, as a part of it; None where nothing is shown."""
    shown = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    host = QApplication.activeModalWidget() or QApplication.activeWindow() or next(iter(shown), None)
    if host is None:
        return None
    notice = QFrame(host, objectName="Toast")
    said = label(words, wrap=True)
    said.setMinimumWidth(min(430, host.width() - 120))
    in_row(
        (said, 1), button("取消 Esc", cancel, small=True), inside=notice, margins=(14, 7, 10, 7), spacing=14
    )
    notice.adjustSize()
    notice.move((host.width() - notice.width()) // 2, max(0, host.height() - notice.height() - 46))
    notice.show()
    notice.raise_()
    announce(notice, words)
    return notice
