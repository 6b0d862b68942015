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
    revision: int = -1
    """Number of the newest change in it; it tells old from new where the clock was wrong. -1: not to be read."""

    @property
    def daily(self) -> bool:
        """Thinned with time; the named ones are kept."""
        return self.reason == EVERY_DAY


def revision_words(info: BackupInfo, *, newest: bool) -> str:
    """The number of the newest change in a backup, for people; whether it is the ``newest`` of all."""
    if info.revision < 0:
        return "读不出"
    return f"{info.revision}（最新）" if newest else str(info.revision)


def by_age(info: BackupInfo) -> tuple[int, datetime, int]:
    """Orders backups by their changes, then by time, those of one second by the number in their names."""
    number = info.path.stem.rpartition("-")[2]
    return info.revision, info.made_at, int(number) if number.isdecimal() else 1


def superfluous(backups: Iterable[BackupInfo], now: datetime) -> tuple[BackupInfo, ...]:
    """The daily backups that thinning removes: the newest of 12 days, 10 weeks and 9 months stay.

    Counted by the days there are, not by the clock, once in the order of their changes and once by date: a
    clock that was ahead or behind pushes out neither what was made then nor the real ones. Backups dated after
    ``now`` are thinned among themselves. Those of today stay: one may have been made after a restore by mistake.
    """
    daily = sorted((info for info in backups if info.daily), key=lambda info: info.made_at, reverse=True)
    past = [info for info in daily if info.made_at <= now]
    ahead = [info for info in daily if info.made_at > now]
    kept = _kept(past) | _kept(ahead) | _kept(sorted(daily, key=by_age, reverse=True))
    return tuple(info for info in daily if info.path not in kept and info.made_at.date() != now.date())


def _kept(daily: list[BackupInfo]) -> set[Path]:
    kept: set[Path] = set()
    for most, period in ((DAILY, "%Y-%m-%d"), (WEEKLY, "%G-%V"), (MONTHLY, "%Y-%m")):
        newest: dict[str, Path] = {}
        for info in daily:
            newest.setdefault(info.made_at.strftime(period), info.path)
        kept.update(list(newest.values())[:most])
    return kept
