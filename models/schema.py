"""表的样子：打开时与程序自己建的逐字比较；缺一列、换成视图、多一个触发器都不能用。"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import NamedTuple

from models import migrations

_ADDED = re.compile(r"ALTER TABLE (\w+) ADD COLUMN (.+)", re.DOTALL)
_CONSTRAINTS = re.compile(r", (?:PRIMARY|FOREIGN) KEY \(|\)$")
_KINDS = {"table": "表", "view": "视图", "index": "索引", "trigger": "触发器"}
_QUERY = "SELECT name, type, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!'"


class SchemaObject(NamedTuple):
    """A table, view, index or trigger, and the statement that makes it, spaces evened out."""

    kind: str
    sql: str

    @property
    def label(self) -> str:
        """What it is, in Chinese."""
        return _KINDS.get(self.kind, self.kind)


Schema = dict[str, SchemaObject]


def schema_of(connection: sqlite3.Connection) -> Schema:
    """What the database consists of, by name; SQLite's own parts are left out."""
    return {
        name: SchemaObject(kind, " ".join((sql or "").split()))
        for name, kind, sql in connection.execute(_QUERY)
    }


def written_schema(version: int) -> Schema:
    """What a data file of ``version`` consists of, read off the steps without carrying them out (0.2 ms)."""
    parts: Schema = {}
    for statement in _statements(version):
        sql = " ".join(statement.split())
        verb, kind, name = sql.split(" ", 3)[:3]
        if verb == "CREATE":
            parts[name] = SchemaObject(kind.lower(), sql)
        elif added := _ADDED.fullmatch(sql):
            table, column = added.groups()
            before = parts[table].sql
            at = next(_CONSTRAINTS.finditer(before)).start()
            parts[table] = SchemaObject("table", f"{before[:at]}, {column}{before[at:]}")
    return parts


def made(version: int) -> sqlite3.Connection:
    """An empty data file of ``version`` in memory: the steps were carried out (4 ms)."""
    memory = sqlite3.connect(":memory:")
    for statement in _statements(version):
        memory.execute(statement)
    return memory


def _statements(version: int) -> list[str]:
    return [one for number, statements in migrations.STEPS if number <= version for one in statements]


def schema_problems(connection: sqlite3.Connection, version: int) -> tuple[str, ...]:
    """How the database differs from a data file of ``version``, in words; empty where it does not."""
    found = schema_of(connection)
    if found == written_schema(version):
        return ()
    with closing(made(version)) as memory:
        expected = schema_of(memory)
        names = dict.fromkeys((*expected, *found))
        apart = [name for name in names if expected.get(name) != found.get(name)]
        return tuple(
            _difference(name, expected.get(name), found.get(name), memory, connection) for name in apart
        )


def _difference(
    name: str,
    expected: SchemaObject | None,
    found: SchemaObject | None,
    memory: sqlite3.Connection,
    connection: sqlite3.Connection,
) -> str:
    if found is None or expected is None:
        return f"少了{expected.label} {name}" if expected else f"多了{found.label} {name}" if found else ""
    if expected.kind != found.kind:
        return f"{name} 应是{expected.label}，现在是{found.label}"
    wanted, known = _columns(memory, name), _columns(connection, name)
    missing = [column for column in wanted if column not in known]
    more = [column for column in known if column not in wanted]
    said = [f"{word} {'、'.join(names)}" for word, names in (("少了列", missing), ("多了列", more)) if names]
    return f"{expected.label} {name} {'，'.join(said) or '改过'}"


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[0] for row in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))]
