"""装着示例年度的数据文件：每个进程只写一次，之后照抄。"""

from __future__ import annotations

import atexit
import sqlite3
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from models import commands
from models.store import Store, open_store
from tests.factories import sample


@lru_cache(maxsize=1)
def _originals() -> tuple[bytes, sqlite3.Connection]:
    """An empty data file, and what it holds once the sample year is in it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "示例.db"
        open_store(path).close()
        empty = path.read_bytes()
        with open_store(path) as store:
            commands.create_year(store, sample())
            filled = sqlite3.connect(":memory:", check_same_thread=False)
            store.connection.backup(filled)
            atexit.register(filled.close)
    return empty, filled


def filled_store(path: Path) -> Store:
    """A new data file at ``path`` that holds the sample year."""
    empty, filled = _originals()
    path.write_bytes(empty)
    store = open_store(path)
    filled.backup(store.connection)
    return store
