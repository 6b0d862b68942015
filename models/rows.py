"""行类：由各列表的列做成，写入的语句从这里来。只读数据时不必装入 peewee。"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

import peewee

from models.domain.snapshot import ITEM_TYPES, ItemKind
from models.tables import COLUMNS, TABLE_NAMES

logging.getLogger("peewee").setLevel(logging.WARNING)  # below that it logs statements with their values


class BaseRow(peewee.Model):
    """Shared by every row class. ``Store.run`` carries their queries out."""

    year: Any
    key: Any
    position: Any
    sequence: Any
    exported: Any
    last_time: Any

    class Meta:
        legacy_table_names = False

    @classmethod
    def table_name(cls) -> str:
        """The name of the table."""
        return str(cls._meta.table_name)


def _row_class(kind: ItemKind) -> type[BaseRow]:
    names = dict.fromkeys(["year", "key", "position", *(column.name for column in COLUMNS[kind])])
    fields: dict[str, Any] = {
        name: peewee.IntegerField() if name in ("year", "position") else peewee.BareField(null=True)
        for name in names
    }
    if kind is ItemKind.EVENT:
        fields |= {"created_at": peewee.TextField(), "changed_at": peewee.TextField()}
        fields |= {"sequence": peewee.IntegerField(), "exported": peewee.IntegerField()}
        fields |= {"last_time": peewee.TextField()}
    primary = peewee.CompositeKey("year", "key")
    meta = type("Meta", (), {"primary_key": primary, "table_name": TABLE_NAMES[kind]})
    return type(f"{ITEM_TYPES[kind].__name__}Row", (BaseRow,), {**fields, "Meta": meta})


ROWS: Mapping[ItemKind, type[BaseRow]] = {kind: _row_class(kind) for kind in ItemKind}


class WithdrawnEventRow(BaseRow):
    """An exported event that was deleted; calendars still cancel it."""

    year = peewee.IntegerField()
    key = peewee.TextField()
    event = peewee.TextField()
    created_at = peewee.TextField()
    changed_at = peewee.TextField()
    sequence = peewee.IntegerField()

    class Meta:
        primary_key = peewee.CompositeKey("year", "key")
        table_name = "withdrawn_event"


class ChangeLogRow(BaseRow):
    """One entry of the change log; only ``state`` of a ``do`` entry ever changes."""

    number = peewee.AutoField()
    year = peewee.IntegerField()
    at = peewee.TextField()
    user = peewee.TextField()
    title = peewee.TextField()
    kind = peewee.TextField()
    state = peewee.TextField()
    target = peewee.IntegerField(null=True)
    changes = peewee.TextField()

    class Meta:
        table_name = "change_log"


class ReleaseRow(BaseRow):
    """A frozen plan (印发稿): never changed, never deleted; the file itself refuses both."""

    year = peewee.IntegerField()
    number = peewee.IntegerField()
    name = peewee.TextField()
    released_on = peewee.TextField()
    at = peewee.TextField()
    user = peewee.TextField()
    revision = peewee.IntegerField()
    digest = peewee.TextField()
    contents = peewee.BlobField()

    class Meta:
        primary_key = peewee.CompositeKey("year", "number")
        table_name = "release"


class ExportLogRow(BaseRow):
    """One export that left the office: what, by whom, and whether names were shown."""

    number = peewee.AutoField()
    year = peewee.IntegerField()
    at = peewee.TextField()
    user = peewee.TextField()
    kind = peewee.TextField()
    name = peewee.TextField()
    unmasked = peewee.IntegerField()

    class Meta:
        table_name = "export_log"


class OfficeRow(BaseRow):
    """Facts of the data file itself (its permanent id)."""

    name = peewee.TextField(primary_key=True)
    value = peewee.TextField()

    class Meta:
        table_name = "office"


ALL_ROWS: tuple[type[BaseRow], ...] = (
    *ROWS.values(),
    WithdrawnEventRow,
    ChangeLogRow,
    ReleaseRow,
    ExportLogRow,
    OfficeRow,
)


def sql_of(query: peewee.Query) -> tuple[str, Sequence[Any]]:
    """The SQL text of ``query`` and its parameters."""
    context: Any = peewee.SqliteDatabase(None).get_sql_context()
    text, parameters = context.sql(query).query()
    return text, parameters
