"""垃圾回收只在窗口的线程上做：别的线程要是回收到窗口部件，程序会崩溃。"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_EVERY = 1000


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
