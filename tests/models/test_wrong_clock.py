"""时钟错了几年：最新的备份按改动号认，列表、恢复、清理都照它，不看时钟。"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import commands
from models.backups import backup, daily_backup, list_backups, newest_backup
from models.datafile import DamagedError
from models.domain.snapshot import ItemKind
from models.domain.units import Venue
from models.queries import revision, year_snapshot
from models.restoring import restore
from models.store import Store, open_store
from models.thinning import DAILY, MONTHLY, WEEKLY, BackupInfo, by_age, superfluous
from tests.models.conftest import Clock


def add_venues(store: Store, count: int) -> None:
    """``count`` steps more."""
    for _ in range(count):
        number = revision(store) + 1
        commands.put_item(store, 2027, ItemKind.VENUE, Venue(f"v{number}", f"第 {number} 处"))


@pytest.fixture
def jumped(store: Store, clock: Clock) -> tuple[Path, ...]:
    """Backups in the order in which they were made: on a true day, one with the clock at 2031, and on true days after it."""
    true, made = clock.now, []
    for day, steps in ((true, 2), (true.replace(year=2031), 3), (true + timedelta(days=1), 4)):
        clock.now = day
        add_venues(store, steps)
        made.append(backup(store))
        path = daily_backup(store)
        assert path is not None
        made.append(path)
    return tuple(made)


def test_the_newest_backup_has_the_newest_change_and_the_list_follows_the_changes(
    store: Store, path: Path, jumped: tuple[Path, ...]
) -> None:
    assert newest_backup(path) == jumped[-1]
    listed = list_backups(path)
    numbers = [info.revision for info in listed]
    assert numbers == sorted(numbers, reverse=True)
    assert [info.made_at.year for info in listed] == [2027, 2027, 2031, 2031, 2027, 2027]
    assert numbers[0] == revision(store)


def test_a_damaged_file_is_restored_from_it_and_what_follows_is_newer_still(
    store: Store, path: Path, clock: Clock, jumped: tuple[Path, ...]
) -> None:
    whole, number = year_snapshot(store, 2027), revision(store)
    store.close()
    path.write_bytes(b"damaged" * 100)
    with pytest.raises(DamagedError) as caught:
        open_store(path)
    assert caught.value.backup == jumped[-1]
    assert f"改动号 {number}，" in caught.value.remedy
    restore(path, jumped[0])  # an old one: what is done from now on is newer than all there was
    with open_store(path, clock=clock) as again:
        add_venues(again, 1)
        assert revision(again) > number
        latest = backup(again)
        assert newest_backup(path) == latest
    restore(path, jumped[-1])
    with open_store(path, clock=clock) as again:
        assert year_snapshot(again, 2027) == whole


START = datetime(2027, 1, 1, 9)
JUMPS = st.lists(
    st.one_of(st.integers(1, 4), st.integers(-4000, 4000)).map(lambda days: timedelta(days=days)),
    min_size=1,
    max_size=80,
)


@settings(max_examples=150, deadline=None)
@given(JUMPS)
def test_whatever_the_clock_does_thinning_leaves_the_newest_changes(jumps: list[timedelta]) -> None:
    kept: list[BackupInfo] = []
    now = START
    for number, jump in enumerate(jumps):
        now = min(max(now + jump, datetime(1990, 1, 1)), datetime(2090, 1, 1))
        kept.append(BackupInfo(Path(f"{number}.db"), now, "每日", 1, number))
        gone = set(superfluous(kept, now))
        newest = sorted(kept, key=by_age, reverse=True)
        days = list(dict.fromkeys(info.made_at.date() for info in newest))[:DAILY]
        kept = [info for info in kept if info not in gone]
        assert newest[0] in kept
        assert {info.made_at.date() for info in kept} >= set(days)
        assert len(kept) <= 3 * (DAILY + WEEKLY + MONTHLY)
