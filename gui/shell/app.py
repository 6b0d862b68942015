"""启动窗口。这里还没有引入 Qt：先让它不再读各模块的源码，再装入其余的。"""

from __future__ import annotations

import builtins
import gc
from collections.abc import Callable
from datetime import datetime


def run_window(where: str | None = None, clock: Callable[[], datetime] = datetime.now) -> int:
    """Open the window on the data file ``where`` (default: the user's own); returns when it is closed.

    ``clock`` gives today, so that a day can be looked at as it was.
    """
    # Starting makes objects by the ten thousand and no garbage: the collector only costs time until
    # the window stands (``application.show_window`` sets it going again).
    gc.disable()
    import_qt()
    from gui.shell.application import show_window

    return show_window(where, clock)


def import_qt() -> None:
    """Afterwards PySide6 is there, without its own way to import.

    That reads the source of every module that is imported, to find out whether it uses
    ``from __feature__ import …``, and looks for ``import *`` at every import; ours do neither.
    """
    usual = builtins.__import__
    import PySide6.QtCore  # noqa: F401

    builtins.__import__ = usual
