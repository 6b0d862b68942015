"""整个窗口，钟停在某一刻：设置、日志、数据文件都在一个临时文件夹里。"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path

from gui.services.program_settings import SettingsFile
from gui.shell.application import new_session
from gui.shell.main_window import MainWindow


def window_at(now: datetime, folder: Path, data_file: str = "年度.db") -> MainWindow:
    """A window that has nothing open yet; its own data file would be ``data_file`` in ``folder``."""
    return MainWindow(
        partial(new_session, lambda: now), SettingsFile(folder / "settings.json"), folder, folder / data_file
    )
