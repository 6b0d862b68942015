"""抹去：删过个人信息的代表，在一个数据库的行与变更记录里都不再有姓名和电话，文件里也不留旧字节。"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from models.domain.masking import masks_of_people
from models.domain.snapshot import ItemKind
from models.scrubbing_texts import scrub_texts
from models.tables import json_text

ERASED = "erased"
"""State of the step in the change log that erased delegates: it is never undone, and tells later whom."""


class Person(NamedTuple):
    """Name and phone that a delegate's key stands for; none after erasing."""

    name: str = ""
    phone: str = ""


Gone = Mapping[tuple[int, str], Person]
"""Year and key of erased delegates → who has the key now (mostly nobody): that one is let be."""


def gone_of(connection: sqlite3.Connection, keys: Iterable[tuple[int, str]]) -> Gone:
    """``keys`` (year and key of erased delegates) with who has them now."""
    query = "SELECT name, phone FROM delegate WHERE year = ? AND key = ?"
    return {key: Person(*(connection.execute(query, key).fetchone() or ())) for key in keys}


def erased_ever(connection: sqlite3.Connection) -> Gone:
    """All delegates that were ever erased in the data file."""
    query = "SELECT year, changes FROM change_log WHERE state = ?"
    return gone_of(
        connection,
        {
            (year, key): None
            for year, text in connection.execute(query, (ERASED,)).fetchall()
            for kind, key, *_ in json.loads(text)
            if kind == ItemKind.DELEGATE.value
        },
    )


def scrub(connection: sqlite3.Connection, gone: Gone) -> bool:
    """Afterwards no row and no state in the change log has name or phone of those ``gone``; whether any had.

    Where they stand in other texts they are hidden (张*), unless a delegate who is still there has the same.
    Inside the caller's transaction.
    """
    persons = _scrub_log(connection, gone)
    for key, present in gone.items():
        persons |= _scrub_row(connection, key, present)
    masks = masks_of_people(_apart(connection, persons))
    return scrub_texts(connection, masks) or bool(persons)


def _apart(connection: sqlite3.Connection, persons: Iterable[Person]) -> list[Person]:
    """``persons`` without the names and phones that somebody has who is still there."""
    rows = connection.execute("SELECT name, phone FROM delegate").fetchall()
    names, phones = {name for name, _ in rows}, {phone for _, phone in rows}
    return [
        Person("" if name in names else name, "" if phone in phones else phone)
        for name, phone in sorted(persons)
    ]


def rewrite(connection: sqlite3.Connection) -> None:
    """Afterwards the database holds no byte of what was deleted from it; outside of transactions."""
    connection.execute("VACUUM")


def _scrub_row(connection: sqlite3.Connection, key: tuple[int, str], present: Person) -> set[Person]:
    """Empty the row of the key unless it is of the person ``present``; who was in it."""
    query = "SELECT name, phone FROM delegate WHERE year = ? AND key = ?"
    found = {Person(*row) for row in connection.execute(query, key)} - {Person(), present}
    if found:
        connection.execute("UPDATE delegate SET name = '', phone = '' WHERE year = ? AND key = ?", key)
    return found


def _scrub_log(connection: sqlite3.Connection, gone: Gone) -> set[Person]:
    """Empty the states of those ``gone`` in the change log; who was in them. Only steps with delegates are read."""
    by_year: dict[int, dict[str, Person]] = defaultdict(dict)
    for (year, key), present in gone.items():
        by_year[year][key] = present
    persons: set[Person] = set()
    for year, people in by_year.items():
        rows = connection.execute(
            "SELECT number, changes FROM change_log WHERE year = ? AND instr(changes, ?)",
            (year, json_text(ItemKind.DELEGATE.value)),
        )
        for number, text in rows.fetchall():
            changes = json.loads(text)
            if found := _scrub_changes(changes, people):
                persons |= found
                connection.execute(
                    "UPDATE change_log SET changes = ? WHERE number = ?", (json_text(changes), number)
                )
    return persons


def _scrub_changes(changes: list[Any], people: Mapping[str, Person]) -> set[Person]:
    """Who of ``people`` was among ``changes``; nobody of them is any more."""
    found: set[Person] = set()
    for kind, key, _, _, before, after in changes:
        if kind != ItemKind.DELEGATE.value or key not in people:
            continue
        for state in (before, after):
            if state and (person := Person(state["name"], state["phone"])) not in (Person(), people[key]):
                found.add(person)
                state.update(Person()._asdict())
    return found
