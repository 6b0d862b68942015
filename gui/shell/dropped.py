"""拖到窗口上的东西：报送表、日历、印件，或页脚的一行；自己发出的日历认得出来。"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData

PRINTS = (".pdf", ".docx", ".txt")
"""Where a check number can be read from."""
SUFFIXES = (".xlsx", ".ics", *PRINTS)
LOOKED_AT = 1_000_000
"""Bytes of a calendar in which our own mark is looked for."""


def dropped_file(dragged: QMimeData) -> Path | None:
    """The file that is dragged over the window; None for one of another kind, or for several files."""
    urls = dragged.urls() if dragged.hasUrls() else []
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.suffix.lower() in SUFFIXES else None


def dropped_code(dragged: QMimeData) -> str:
    """The words with a check number that are dragged over the window; "" for any others, and for files."""
    if dragged.hasUrls() or not dragged.hasText():
        return ""
    from exports.printed_codes import LONGEST_TEXT, codes_in

    text = dragged.text()
    return text if len(text) <= LONGEST_TEXT and codes_in(text) else ""


def is_print(path: Path) -> bool:
    """Whether ``path`` may be a print, or a text with its check number."""
    return path.suffix.lower() in PRINTS


def is_written_by(path: Path, installation: str) -> bool:
    """Whether the calendar at ``path`` comes from the data file with this id: the id is in it."""
    if path.suffix.lower() != ".ics" or not path.is_file():  # a pipe would hold the window
        return False
    try:
        with path.open("rb") as file:
            return installation.encode() in file.read(LOOKED_AT)
    except OSError:
        return False
