"""Damaged data files (P7): told in words with the newest sound backup, untouched, and restored from that backup."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

import pytest

from models.backups import backup, newest_backup
from models.datafile import DamagedError
from models.queries import year_snapshot
from models.restoring import restore
from models.store import Store, open_store
from models.verifying import verify
from tests.models.damage import DAMAGES
from tests.models.years import small_year


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The data have a folder of their own."""
    (tmp_path / "数据").mkdir()
    return tmp_path / "数据" / "数据.db"


def state_of(folder: Path) -> dict[str, str]:
    """Everything in the folder but the program's own lock: its kind and a hash of its bytes."""
    return {entry.name: _print_of(entry) for entry in folder.iterdir() if entry.suffix != ".lock"}


def _print_of(entry: Path) -> str:
    mode = entry.lstat().st_mode
    if stat.S_ISLNK(mode):
        return f"link to {os.readlink(entry)}"  # noqa: PTH115
    return hashlib.sha256(entry.read_bytes()).hexdigest() if stat.S_ISREG(mode) else stat.filemode(mode)


def test_there_are_as_many_ways_as_promised() -> None:
    assert len(DAMAGES) >= 135


@pytest.mark.parametrize("read_only", [False, True], ids=["written", "read"])
@pytest.mark.parametrize("what", DAMAGES)
def test_what_is_damaged_is_refused_untouched_with_the_newest_backup_and_restored(
    store: Store, path: Path, what: str, read_only: bool
) -> None:
    kept = backup(store)
    store.close()
    DAMAGES[what](path)
    before = state_of(path.parent)
    with pytest.raises(DamagedError) as caught:
        open_store(path, read_only=read_only)
    assert state_of(path.parent) == before
    assert caught.value.backup == kept
    assert str(kept) in caught.value.remedy
    assert str(path.parent) in caught.value.what
    restore(path, kept)
    with open_store(path) as again:
        assert year_snapshot(again, 2027) == small_year()
    assert verify(path) == ()


@pytest.mark.parametrize("what", sorted(DAMAGES.keys() - {"as if it were new"}))
def test_a_damaged_backup_is_never_the_newest(store: Store, path: Path, what: str) -> None:
    sound, spoilt = backup(store), backup(store)
    DAMAGES[what](spoilt)
    spoilt.with_name(spoilt.name + ".sha256").unlink()
    assert verify(spoilt) != ()
    assert newest_backup(path) == sound
