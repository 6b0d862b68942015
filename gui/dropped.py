"""拖到窗口上的文件：一张报送表或一份日历；自己发出的日历认得出来。"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData

SUFFIXES = (".xlsx", ".ics")
LOOKED_AT = 1_000_000
"""Bytes of a calendar in which our own mark is looked for."""


def dropped_file(dragged: QMimeData) -> Path | None:
    """The workbook or calendar that is dragged over the window; None for anything else, or for several files."""
    urls = dragged.urls() if dragged.hasUrls() else []
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.suffix.lower() in SUFFIXES else None


def is_written_by(path: Path, installation: str) -> bool:
    """Whether the calendar at ``path`` comes from the data file with this id: the id is in it."""
    if path.suffix.lower() != ".ics":
        return False
    try:
        with path.open("rb") as file:
            return installation.encode() in file.read(LOOKED_AT)
    except OSError:
        return False
