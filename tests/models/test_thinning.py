from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from models.thinning import BackupInfo, superfluous

NOW = datetime(2027, 12, 31, 9)


def daily(made_at: datetime, reason: str = "每日") -> BackupInfo:
    return BackupInfo(Path(f"{made_at:%Y%m%d%H%M%S}.db"), made_at, reason, 1)


def kept(backups: list[BackupInfo], now: datetime = NOW) -> list[datetime]:
    gone = set(superfluous(backups, now))
    return [info.made_at for info in backups if info not in gone]


def test_a_year_of_daily_backups_leaves_twelve_days_ten_weeks_and_nine_months() -> None:
    year = [daily(NOW - timedelta(days=n)) for n in range(365)]
    days = [NOW - timedelta(days=n) for n in range(12)]
    sundays = [datetime(2027, 12, 19, 9) - timedelta(weeks=n) for n in range(8)]
    months = [datetime(2027, month, day, 9) for month, day in MONTH_ENDS]
    assert kept(year) == sorted({*days, *sundays, *months}, reverse=True)


MONTH_ENDS = ((11, 30), (10, 31), (9, 30), (8, 31), (7, 31), (6, 30), (5, 31), (4, 30))


def test_named_backups_are_never_thinned() -> None:
    named = [daily(NOW - timedelta(days=n), "手动") for n in range(100)]
    assert superfluous(named, NOW) == ()


def test_a_clock_that_was_ahead_for_a_month_pushes_out_no_real_backup() -> None:
    ahead = [daily(NOW + timedelta(days=365 + n)) for n in range(30)]
    real = [daily(NOW - timedelta(days=n)) for n in range(12)]
    assert [info for info in superfluous([*ahead, *real], NOW) if info in real] == []


def test_a_clock_that_fell_back_to_1980_removes_nothing_of_the_present() -> None:
    real = [daily(NOW - timedelta(days=n)) for n in range(12)]
    fallen = daily(datetime(1980, 1, 1))
    assert superfluous([*real, fallen], datetime(1980, 1, 1, 1)) == ()


@settings(max_examples=50, deadline=None)
@given(st.sets(st.integers(0, 2000), max_size=60), st.integers(-500, 2500))
def test_the_newest_backup_and_the_newest_before_now_always_stay(days: set[int], now: int) -> None:
    start = datetime(2025, 1, 1)
    backups = [daily(start + timedelta(days=n)) for n in sorted(days)]
    gone = superfluous(backups, start + timedelta(days=now))
    past = [info for info in backups if info.made_at <= start + timedelta(days=now)]
    assert backups[-1:] == [info for info in backups[-1:] if info not in gone]
    assert past[-1:] == [info for info in past[-1:] if info not in gone]
    assert len(backups) - len(gone) <= 2 * (12 + 10 + 9)
