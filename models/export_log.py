"""导出记录：什么离开了这间办公室，谁导出的，电话与姓名是否露出；只增不改。"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from models.domain.attendance import Delegate
from models.domain.masking import Where, masks_of_people
from models.domain.snapshot import ItemKind
from models.domain.text import clean_text
from models.queries import all_items
from models.store import Store

LONGEST_NAME = 200


class LoggedExport(NamedTuple):
    """One export: its number in the log, what kind of thing it was and under which name it left.

    ``unmasked``: telephone numbers or delegates' names could be read in it.
    """

    number: int
    year: int
    at: datetime
    user: str
    kind: str
    name: str
    unmasked: bool


def log_export(store: Store, year: int, kind: str, name: str, *, unmasked: bool) -> LoggedExport:
    """Afterwards the log holds this export, its name without those of delegates; no step, nothing to undo.

    Raises ``ReadOnlyError``.
    """
    at = store.clock()
    delegates = (one for one in all_items(store, ItemKind.DELEGATE, year) if isinstance(one, Delegate))
    masks = masks_of_people((one.name, one.phone) for one in delegates)
    told = masks.text(clean_text(name), Where.RECORD)[:LONGEST_NAME]
    row = (year, at.isoformat(), store.user, kind, told, int(unmasked))
    with store.transaction():
        store.write(
            "INSERT INTO export_log (year, at, user, kind, name, unmasked) VALUES (?, ?, ?, ?, ?, ?)", [row]
        )
        ((number,),) = store.rows("SELECT max(number) FROM export_log")
    return LoggedExport(int(number), year, at, *row[2:5], unmasked)


def recent_exports(store: Store, year: int, limit: int = 20) -> tuple[LoggedExport, ...]:
    """The newest exports of ``year``, newest first."""
    rows = store.rows(
        "SELECT number, year, at, user, kind, name, unmasked FROM export_log WHERE year = ? "
        "ORDER BY number DESC LIMIT ?",
        (year, limit),
    )
    return tuple(
        LoggedExport(number, of, datetime.fromisoformat(at), user, kind, name, bool(unmasked))
        for number, of, at, user, kind, name, unmasked in rows
    )
