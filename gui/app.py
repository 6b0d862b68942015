"""启动窗口。这里不引入 Qt：先做不需要它的事，再打开窗口。"""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import datetime
from importlib import import_module

_WITHOUT_QT = ("models.commands", "planners.checks", "planners.agenda", "planners.suggest", "gui.settings")
"""Imported before PySide6: its import hook looks into the source of whatever is imported after it."""


def run_window(where: str | None = None, clock: Callable[[], datetime] = datetime.now) -> int:
    """Open the window on the data file ``where`` (default: the user's own); returns when it is closed.

    ``clock`` gives today, so that a day can be looked at as it was.
    """
    # Starting makes objects by the ten thousand and no garbage: the collector only costs time until
    # the window stands (``application.show_window`` sets it going again).
    gc.disable()
    for name in _WITHOUT_QT:
        import_module(name)
    from gui.application import show_window

    return show_window(where, clock)
