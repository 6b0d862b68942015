"""最近选过的：按数据文件记着，命令不分文件；新的在前。"""

from __future__ import annotations

from pathlib import Path

from gui.services.program_settings import MOST_SEARCHED, Searched, SettingsFile
from planners.search_index import SearchEntry, SearchKind

MOST_SHOWN = 6


class SearchMemory:
    """What was chosen last, kept in the settings."""

    def __init__(self, settings: SettingsFile) -> None:
        self._settings = settings

    def recent(self, data_file: Path) -> tuple[Searched, ...]:
        """What was chosen last that can be there in ``data_file``, the newest first."""
        return tuple(kept for kept in self._settings.values.searched if kept.file in ("", str(data_file)))

    def remember(self, entry: SearchEntry, data_file: Path) -> None:
        """Afterwards ``entry`` is the newest choice."""
        file = "" if entry.kind is SearchKind.COMMAND else str(data_file)
        newest = Searched(file, str(entry.kind), entry.year, entry.key)
        others = [kept for kept in self._settings.values.searched if kept != newest]
        self._settings.change(searched=(newest, *others)[:MOST_SEARCHED])
