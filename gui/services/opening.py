"""打开：数据文件、演示年度、年度数据包、备份与恢复。"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from models import backups, commands, restoring
from models.locations import default_path
from models.store import Store, open_store

DEMO_FILE = "宝公开排期-演示.db"


def demo_path() -> Path:
    """The file of the invented year, beside the real data, never among them."""
    return default_path().with_name(DEMO_FILE)


def open_demo(path: Path | None = None) -> Store:
    """The demo file, filled with the sample when it is new."""
    from exports.package import read_package
    from models.queries import years
    from models.sample import FILE, sample_year

    store = open_store(path or demo_path())
    try:
        if not store.read_only and not years(store):
            commands.create_year(store, read_package(sample_year(), FILE.name), "打开演示年度")
    except BaseException:
        store.close()
        raise
    return store


def restore_backup(where: Path, source: Path, close: Callable[[], None], *, erase: bool) -> Path | None:
    """Close the data file, put the backup in its place; where the old file was put aside."""
    close()
    return restoring.restore(where, source, erase=erase)


def named_backup(store: Store) -> Path:
    """A backup made by hand."""
    return backups.backup(store)
