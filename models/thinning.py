"""备份的清理：每日备份留 12 天、10 周、9 个月，时钟跳动也不误删。"""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

DAILY, WEEKLY, MONTHLY = 12, 10, 9
EVERY_DAY = "每日"


class BackupInfo(NamedTuple):
    """One backup: its file, when (local time) and why it was made."""

    path: Path
    made_at: datetime
    reason: str
    size: int

    @property
    def daily(self) -> bool:
        """Thinned with time; the named ones are kept."""
        return self.reason == EVERY_DAY


def superfluous(backups: Iterable[BackupInfo], now: datetime) -> tuple[BackupInfo, ...]:
    """The daily backups that thinning removes: the newest of 12 days, 10 weeks and 9 months stay.

    Counted by the days there are, not by the clock. Backups dated after ``now`` (the clock was once
    ahead) are thinned among themselves, so that they never push out the real ones.
    """
    daily = sorted((info for info in backups if info.daily), key=lambda info: info.made_at, reverse=True)
    past = [info for info in daily if info.made_at <= now]
    ahead = [info for info in daily if info.made_at > now]
    kept = _kept(past) | _kept(ahead)
    return tuple(info for info in daily if info.path not in kept)


def _kept(daily: list[BackupInfo]) -> set[Path]:
    kept: set[Path] = set()
    for most, period in ((DAILY, "%Y-%m-%d"), (WEEKLY, "%G-%V"), (MONTHLY, "%Y-%m")):
        newest: dict[str, Path] = {}
        for info in daily:
            newest.setdefault(info.made_at.strftime(period), info.path)
        kept.update(list(newest.values())[:most])
    return kept
