"""升级写到一半被杀：无论写进了几页，下次打开都接着升级，不说损坏，一件不少。"""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

from exports.package import read_package
from models import commands, migrations
from models.backups import verify
from models.connection import Database
from models.datafile import JOURNAL_HEADER, journal_of
from models.queries import year_snapshot
from models.store import open_store

DATAFILES = Path(__file__).resolve().parent.parent / "data" / "datafiles"
PAGE = 4096
FACTS = "version-1.json.gz"


class Upgrade:
    """What lies on the disk when the upgrade is about to be committed, and after that."""

    def __init__(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.before = gzip.decompress((DATAFILES / "version-1.db.gz").read_bytes())
        self.journal = b""
        path.write_bytes(self.before)
        plain = Database.execute

        def execute(database: Database, statement: str, *more: Any) -> Any:
            if statement == "COMMIT" and not self.journal:
                self.journal = journal_of(path).read_bytes()
            return plain(database, statement, *more)

        with monkeypatch.context() as patch:
            patch.setattr(Database, "execute", execute)
            open_store(path).close()
        self.after = path.read_bytes()

    def written(self) -> list[int]:
        """The pages that are written, in the order in which they are."""
        return [
            at for at in range(0, len(self.after), PAGE)
            if self.after[at : at + PAGE] != self.before[at : at + PAGE]
        ]  # fmt: skip

    def killed_after(self, count: int, path: Path) -> None:
        """The journal has reached the disk, and of the pages the first ``count``."""
        data = bytearray(self.before)
        for at in self.written()[:count]:
            data[at : at + PAGE] = self.after[at : at + PAGE]
        path.write_bytes(data)
        journal_of(path).write_bytes(JOURNAL_HEADER + b"\xff" * 4 + self.journal[12:])


@pytest.fixture
def upgrade(path: Path, monkeypatch: pytest.MonkeyPatch) -> Upgrade:
    return Upgrade(path, monkeypatch)


def test_after_any_number_of_pages_the_next_start_upgrades_and_nothing_is_missing(
    upgrade: Upgrade, path: Path
) -> None:
    facts = read_package(gzip.decompress((DATAFILES / FACTS).read_bytes()), "当时的示例年度")
    count = len(upgrade.written())
    assert count > 5
    for killed_after in range(count + 1):
        upgrade.killed_after(killed_after, path)
        with open_store(path) as store:
            assert store.rows("PRAGMA user_version") == [(migrations.CURRENT_VERSION,)]
            commands.undo(store)
            assert year_snapshot(store, 2027) == facts
        assert verify(path) == ()


def test_a_reader_finds_no_damage_either(upgrade: Upgrade, path: Path) -> None:
    for killed_after in (0, 1, 2, len(upgrade.written())):
        upgrade.killed_after(killed_after, path)
        with open_store(path, read_only=True) as store:
            assert year_snapshot(store, 2027).events != ()
            assert "旧格式" in store.read_only_reason
