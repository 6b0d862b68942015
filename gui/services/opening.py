"""打开：数据文件、演示年度、年度数据包、备份与恢复。"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from models import backups, commands, queries, restoring
from models.domain.snapshot import YearSnapshot
from models.locations import default_path
from models.store import Store, open_store

DEMO_FILE = "宝公开排期-演示.db"
_DEMO_TITLE = "打开演示年度"


def demo_path() -> Path:
    """The file of the invented year, beside the real data, never among them."""
    return default_path().with_name(DEMO_FILE)


def open_demo(path: Path | None = None, today: date | None = None) -> Store:
    """The demo file, its invented year as it stands ``today`` (default: the clock's day).

    What somebody changed in it stays as it was left.
    """
    store = open_store(path or demo_path())
    try:
        if not store.read_only:
            _bring_to(store, today or store.clock().date())
    except BaseException:
        store.close()
        raise
    return store


def _bring_to(store: Store, today: date) -> None:
    known = queries.years(store)
    if known and queries.undo_title(store) != _DEMO_TITLE:
        return
    demo = demo_of(today)
    if known == (demo.year,) and queries.year_snapshot(store, demo.year) == demo:
        return
    for year in known:
        commands.delete_year(store, year)
    commands.create_year(store, demo, _DEMO_TITLE)


def demo_of(today: date) -> YearSnapshot:
    """The invented year as it stands ``today``."""
    from exports.package import read_package
    from models.reference import blank_year
    from models.rulesets import ruleset_for
    from models.sample import FILE, WRITTEN, sample_year
    from planners.demo_year import demo_year, demo_year_number

    sample = read_package(sample_year(), FILE.name)
    year, row = demo_year_number(today), sample.year_row
    ruleset = ruleset_for(year, row.ruleset, dict(row.settings))
    return demo_year(sample, blank_year(year, row.ruleset), ruleset, WRITTEN, today)


def restore_backup(where: Path, source: Path, close: Callable[[], None], *, erase: bool) -> Path | None:
    """Close the data file, put the backup in its place; where the old file was put aside."""
    close()
    return restoring.restore(where, source, erase=erase)


def named_backup(store: Store) -> Path:
    """A backup made by hand."""
    return backups.backup(store)
