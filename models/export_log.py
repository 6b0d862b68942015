"""导出记录：什么离开了这间办公室，谁导出的，电话与姓名是否露出；只增不改。"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from models.domain.masking import Where, masks_of_people
from models.domain.text import clean_text
from models.queries import persons_known, records
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
    told = masks_of_people(persons_known(store)).text(clean_text(name), Where.RECORD)[:LONGEST_NAME]
    row = (year, at.isoformat(), store.user, kind, told, int(unmasked))
    with store.transaction():
        store.write(
            "INSERT INTO export_log (year, at, user, kind, name, unmasked) VALUES (?, ?, ?, ?, ?, ?)", [row]
        )
        ((number,),) = store.rows("SELECT max(number) FROM export_log")
    return LoggedExport(int(number), year, at, *row[2:5], unmasked)


def recent_exports(store: Store, year: int, limit: int = 20) -> tuple[LoggedExport, ...]:
    """The newest exports of ``year`` that can be read, newest first."""
    columns = "number, year, at, user, kind, name, unmasked"
    statement = f"SELECT {columns} FROM export_log WHERE year = ? ORDER BY number DESC LIMIT {int(limit)}"  # noqa: S608
    return tuple(one for row in records(store, statement, year) if (one := _logged(*row)) is not None)


def _logged(
    number: int, year: int, at: Any, user: Any, kind: Any, name: Any, unmasked: Any
) -> LoggedExport | None:
    """The entry; None where what is stored is none: no export leaves or stays because of an old one."""
    if not all(isinstance(text, str) for text in (at, user, kind, name)):
        return None
    try:
        return LoggedExport(number, year, datetime.fromisoformat(at), user, kind, name, bool(unmasked))
    except ValueError:
        return None
