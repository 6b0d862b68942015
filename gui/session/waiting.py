"""等其他程序放开数据文件：窗口照常动，只是不接受改动；可以取消，太久就停下来说清楚。"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from models.domain.errors import BusyError

SLICE = 50
"""Milliseconds between two looks at the file."""
QUIETLY = 300
"""Milliseconds of waiting of which nothing is said; keys and clicks come after it, none is lost."""
LONGEST = 20_000
"""Milliseconds after which the step is given up with words."""
WORDS = "正在等待其他程序放开数据文件…这期间不能改动，填写的都还在。"
_KEPT = "此前保存的内容都在，这一次填写的也没有清掉。"
_FREE, _GIVEN_UP, _CANCELLED = 1, 2, 3
_Type = QEvent.Type
_INPUT = frozenset(
    {
        _Type.MouseButtonPress, _Type.MouseButtonRelease, _Type.MouseButtonDblClick, _Type.Wheel,
        _Type.KeyPress, _Type.KeyRelease, _Type.ShortcutOverride, _Type.Shortcut, _Type.InputMethod,
        _Type.ContextMenu, _Type.TouchBegin, _Type.TouchUpdate, _Type.TouchEnd, _Type.TabletPress,
        _Type.DragEnter, _Type.DragMove, _Type.Drop, _Type.Close,
    }
)  # fmt: skip
MakeNotice = Callable[[str, Callable[[], None]], QFrame | None]


class Waiting(QObject):
    """Waits without holding up the window. ``notice`` is what is seen of it, with 取消; None where nothing is.

    ``make_notice`` shows words and calls back when it is waited for no longer.
    """

    def __init__(self, make_notice: MakeNotice | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make_notice = make_notice
        self.notice: QFrame | None = None
        self._loop: QEventLoop | None = None
        self._is_over = False

    @property
    def active(self) -> bool:
        """Whether it is being waited for the file at this moment."""
        return self._loop is not None

    def until(self, is_free: Callable[[], bool]) -> None:
        """Afterwards ``is_free`` has answered yes, or ``BusyError`` says why it is not waited for any longer."""
        if self.active:
            raise BusyError("正在等待其他程序放开数据文件。", "这一步没有保存。", "请稍候再做一次。")
        try:
            ended = self._look(is_free, QUIETLY, QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
            if ended == _GIVEN_UP:
                ended = self._wait_openly(is_free)
        finally:
            self._loop = None
        if ended == _GIVEN_UP:
            raise BusyError(
                "其他程序一直占着数据文件，这一步没有保存。",
                _KEPT,
                "请关闭正在用它的程序（备份、同步、杀毒），再做一次。",
            )
        if ended != _FREE:
            raise BusyError("已取消等待，这一步没有保存。", _KEPT, "其他程序放开数据文件后再做一次。")

    def cancel(self) -> None:
        """Wait no longer."""
        self._end(_CANCELLED)

    def _end(self, how: int) -> None:
        """Wait no longer, and hear what the user does: a dialog that came up meanwhile must be closed first."""
        if self._loop is not None:
            self._is_over = True
            self._loop.exit(how)
        if self.notice is not None:
            self.notice.hide()

    def _look(self, is_free: Callable[[], bool], limit: int, flags: QEventLoop.ProcessEventsFlag) -> int:
        loop = self._loop = QEventLoop()
        self._is_over = False
        looking, ending = QTimer(interval=SLICE), QTimer(singleShot=True, interval=limit)
        looking.timeout.connect(lambda: self._end(_FREE) if is_free() else None)
        ending.timeout.connect(partial(self._end, _GIVEN_UP))
        looking.start()
        ending.start()
        return loop.exec(flags)

    def _wait_openly(self, is_free: Callable[[], bool]) -> int:
        """Go on with the notice shown; only its button and Esc are heard."""
        application = QApplication.instance()
        assert application is not None
        self.notice = self._make_notice(WORDS, self.cancel) if self._make_notice is not None else None
        application.installEventFilter(self)
        try:
            return self._look(is_free, LONGEST, QEventLoop.ProcessEventsFlag.AllEvents)
        finally:
            application.removeEventFilter(self)
            if self.notice is not None:
                self.notice.hide()
                self.notice.deleteLater()
                self.notice = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Nothing that the user does reaches the window, but for the notice; nothing closes meanwhile."""
        if self._is_over or event.type() not in _INPUT:
            return False
        if isinstance(watched, QWindow) or self._is_of_notice(watched):
            return False
        if event.type() == _Type.Close and not _is_window(watched):
            return False
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.cancel()
        event.ignore()
        return True

    def _is_of_notice(self, watched: QObject) -> bool:
        if self.notice is None or not isinstance(watched, QWidget):
            return False
        return watched is self.notice or self.notice.isAncestorOf(watched)


def _is_window(watched: QObject) -> bool:
    windows = (Qt.WindowType.Window, Qt.WindowType.Dialog)
    return isinstance(watched, QWidget) and watched.isWindow() and watched.windowType() in windows
