"""敌意的行：每张表的每一列放进每一种坏值，要么照常读出、检查，要么说出是哪一行。"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from datetime import date
from typing import Any

import pytest

from exports.package import read_package, write_package
from models import commands, queries
from models.domain.errors import UserError
from models.domain.masking import masks_of
from models.domain.snapshot import ItemKind
from models.migrations import m0001_initial, m0002_releases_and_papers
from models.rulesets import ruleset_for
from models.store import Store, open_store
from models.tables import TABLE_NAMES
from models.unreadable import UnreadableError
from planners.agenda import agenda
from planners.checks import check_year
from planners.masked import shown_on_screen
from tests.models.years import small_year

TODAY = date(2027, 6, 15)
NO_TEXT = "CAST(X'EDA080' AS TEXT)"
HOSTILE: Mapping[str, Any] = {
    "nothing": None, "bytes": b"\xff\x00\xd8", "negative": -5, "vast": 2**62, "endless": float("inf"), "broken": 1.5,
    "empty": "", "word": "坏", "long": "宝" * 20_000, "too long": "宝" * 20_001, "control": "a\x00b\x1b[31m\u202e",
    "no text": NO_TEXT, "half a list": "[", "deep": "[" * 100_000, "numbers": "[1,2]", "object": '{"a":1}', "no number": "[NaN]",
    "no entries": "[null]", "many": "[" + ",".join(f'"x{n}"' for n in range(501)) + "]", "dangling": '["gone"]',
    "last day": "9999-12-31", "first day": "0001-01-01", "last minute": "9999-12-31T23:59",
    "first minute": "0001-01-01T00:00", "no day": "2027-02-30", "zoned": "2027-06-15T14:00+08:00",
}  # fmt: skip
NAMED = re.compile(r"^well$|“.+”的.+，|^变更记录第 1 条读不懂|^没有|规则集")
TABLES = (*TABLE_NAMES.values(), "withdrawn_event", "change_log")


def _columns() -> list[tuple[str, str]]:
    with closing(sqlite3.connect(":memory:")) as empty:
        for statement in (*m0001_initial.STATEMENTS, *m0002_releases_and_papers.STATEMENTS):
            empty.execute(statement)
        return [(table, row[1]) for table in TABLES for row in empty.execute(f"PRAGMA table_info({table})")]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The small year with a withdrawn event, inside a transaction that is never committed."""
    with open_store(tmp_path_factory.mktemp("hostile") / "数据.db") as store:
        commands.create_year(store, small_year())
        commands.mark_exported(store, 2027, ["E1"])
        commands.delete_event(store, 2027, "E1")
        store.connection.execute("BEGIN")
        store.database.in_transaction = True
        yield store
        store.connection.execute("ROLLBACK")
        store.database.in_transaction = False


def _put(store: Store, table: str, column: str, value: Any) -> bool:
    """Put ``value`` into the first row of ``table``; False where SQLite itself refuses."""
    expression = NO_TEXT if value == NO_TEXT else "?"
    first = f"(SELECT min(rowid) FROM {table})"
    with suppress(sqlite3.Error):
        statement = f'UPDATE {table} SET "{column}" = {expression} WHERE rowid = {first}'
        store.connection.execute(statement, () if value == NO_TEXT else (value,))
        return True
    return False


def _start(store: Store) -> None:
    """What the window does with every year when it starts."""
    for year in queries.years(store):
        snapshot = queries.year_snapshot(store, year)
        row = snapshot.year_row
        check = check_year(snapshot, TODAY, ruleset_for(year, row.ruleset, dict(row.settings)))
        masks_of(snapshot)
        seen = shown_on_screen(snapshot, check)
        agenda(seen.check, seen.snapshot)
    queries.undo_title(store)
    queries.change_log(store)


def _refusal(store: Store) -> str:
    """Why the start was refused; "" where it was not. Nothing but words comes back from it."""
    try:
        _start(store)
    except UserError as error:
        return str(error)
    except sqlite3.OperationalError as error:
        return str(error)  # in a transaction of ours; outside one ``Store.rows`` says it in Chinese
    return ""


@pytest.mark.parametrize(("table", "column"), _columns())
def test_a_hostile_value_is_named_or_does_no_harm(hostile: Store, table: str, column: str) -> None:
    for value in HOSTILE.values():
        hostile.connection.execute("SAVEPOINT before")
        hostile.connection.execute("PRAGMA defer_foreign_keys = 1")
        if _put(hostile, table, column, value):
            words = _refusal(hostile)
            assert NAMED.search(words or "well") or (table == "change_log" and "UTF-8" in words)
            if words:
                part = queries.readable_part(hostile, 2027)
                assert read_package(write_package(part.snapshot), "读得懂的.json") == part.snapshot
        hostile.connection.execute("ROLLBACK TO before")


def test_meetings_and_zones_that_carry_one_another_do_no_harm(hostile: Store) -> None:
    hostile.connection.execute("SAVEPOINT before")
    hostile.connection.execute("PRAGMA defer_foreign_keys = 1")
    hostile.connection.execute("UPDATE event SET host_event = CASE key WHEN 'E2' THEN 'E3' ELSE 'E2' END")
    _start(hostile)
    hostile.connection.execute("UPDATE event SET host_event = key")
    _start(hostile)
    left_out = queries.readable_part(hostile, 2027).left_out
    hostile.connection.execute("ROLLBACK TO before")
    assert [(row.table, row.key) for row in left_out[:2]] == [("活动", "E2"), ("活动", "E3")]


def test_what_can_be_read_is_all_but_the_bad_rows_and_what_hangs_on_them(hostile: Store) -> None:
    hostile.connection.execute("SAVEPOINT before")
    hostile.connection.execute("PRAGMA defer_foreign_keys = 1")
    _put(hostile, "decision", "listed_on", "9999-12-31")
    part = queries.readable_part(hostile, 2027)
    whole = queries.all_items(hostile, ItemKind.EVENT, 2027)
    hostile.connection.execute("ROLLBACK TO before")
    assert [str(row) for row in part.left_out] == [
        "决策事项“d1”的列入目录日期：“9999-12-31”，日期应在 1990–2100 年之间",
        "邀请“i1”的决策事项：“d1”，没有读得懂的这个决策事项",
        "意见“o1”的决策事项：“d1”，没有读得懂的这个决策事项",
    ]
    assert [decision.key for decision in part.snapshot.decisions] == ["d2"]
    assert part.snapshot.events == whole


def test_a_year_looked_at_from_another_one_shows_what_can_be_read(hostile: Store) -> None:
    hostile.connection.execute("SAVEPOINT before")
    _put(hostile, "event", "campaign", "坏")
    (before,) = queries.years_before(hostile, 2028, 1)
    hostile.connection.execute("ROLLBACK TO before")
    assert [event.key for event in before.events] == ["E3"]


def test_all_rows_that_cannot_be_read_are_named_together(hostile: Store) -> None:
    hostile.connection.execute("SAVEPOINT before")
    _put(hostile, "blocked", "first", "0001-01-01")
    _put(hostile, "event", "campaign", "坏")
    _put(hostile, "meeting", "body", NO_TEXT)
    with pytest.raises(UnreadableError) as caught:
        queries.year_snapshot(hostile, 2027)
    hostile.connection.execute("ROLLBACK TO before")
    assert [(row.table, row.field) for row in caught.value.rows] == [
        ("停排日", "第一天"),
        ("活动", "工作线"),
        ("会议", "会议或目录"),
    ]
