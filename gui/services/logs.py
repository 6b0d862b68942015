"""日志：只记编号、长度与程序里的位置，不记内容；大小有限，只有本人能读。"""

from __future__ import annotations

import logging
import traceback
from pathlib import Path
from types import TracebackType

import platformdirs

from models.locations import APP_NAME

LOG_FILE = "program.log"
LOG_SIZE, LOG_COUNT = 5 * 1024 * 1024, 3


def log_folder() -> Path:
    """The user's log folder."""
    return Path(platformdirs.user_log_dir(APP_NAME, appauthor=False))


def start_log(folder: Path) -> None:
    """Afterwards warnings and worse are written to ``folder``, private to the user, at most 3 × 5 MB.

    A folder that cannot be written costs the log, not the work.
    """
    from logging.handlers import RotatingFileHandler

    target = folder / LOG_FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target.touch(mode=0o600)
        target.chmod(0o600)
        handler = RotatingFileHandler(
            target, maxBytes=LOG_SIZE, backupCount=LOG_COUNT - 1, encoding="utf-8", errors="backslashreplace"
        )
    except OSError:
        return
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    logging.getLogger("peewee").setLevel(logging.WARNING)


def trace_words(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Kind of error and the places it passed through, innermost last; no message, no values."""
    import platform  # slow to import, and only wanted here

    places = [
        f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)
    ]
    system = f"Python {platform.python_version()} · {platform.system()} {platform.machine()}"
    return "\n".join([kind.__name__, system, *places])


def _short(filename: str) -> str:
    """The file without the folders that would name the user."""
    return "/".join(Path(filename).parts[-3:])
