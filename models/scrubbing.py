"""抹去：删过个人信息的代表，在一个数据库的行与变更记录里都不再有姓名和电话，文件里也不留旧字节。"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from models.domain.masking import Masks, masks_of_people
from models.domain.personal_names import place_names
from models.domain.snapshot import ItemKind
from models.domain.units import Unit, Venue
from models.scrubbing_texts import Choose, hide_certain, scrub_texts
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
    return {key: _present(connection, key) for key in keys}


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


def scrub(connection: sqlite3.Connection, gone: Gone, choose: Choose = hide_certain) -> bool:
    """Afterwards no row and no state in the change log has name or phone of those ``gone``; whether any had.

    Other texts in which they stand are what ``choose`` says. Inside the caller's transaction.
    """
    persons = persons_of(connection, gone)
    masks = masks_of_gone(connection, gone, persons)
    for key in gone:
        if _present(connection, key) not in (Person(), gone[key]):
            connection.execute("UPDATE delegate SET name = '', phone = '' WHERE year = ? AND key = ?", key)
    for number, changes, states in _steps(connection, gone):
        for state in states:
            state.update(Person()._asdict())
        connection.execute("UPDATE change_log SET changes = ? WHERE number = ?", (json_text(changes), number))
    return scrub_texts(connection, masks, gone.keys(), choose) or bool(persons)


def persons_of(connection: sqlite3.Connection, gone: Gone) -> set[Person]:
    """Every name and phone that those ``gone`` have or once had."""
    rows = ((_present(connection, key), there) for key, there in gone.items())
    found = {person for person, there in rows if person != there}
    for _, _, states in _steps(connection, gone):
        found |= {Person(state["name"], state["phone"]) for state in states}
    return found - {Person()}


def masks_of_gone(connection: sqlite3.Connection, gone: Gone, persons: Iterable[Person]) -> Masks:
    """What hides ``persons`` in texts; not the names and phones that somebody has who stays, nor what a place is called."""
    rows = connection.execute("SELECT year, key, name, phone FROM delegate").fetchall()
    stay = [Person(*row) for year, key, *row in rows if gone.get((year, key), Person(*row)) == Person(*row)]
    names, phones = {one.name for one in stay} | _places(connection), {one.phone for one in stay}
    return masks_of_people(
        ("" if name in names else name, "" if phone in phones else phone) for name, phone in sorted(persons)
    )


def _places(connection: sqlite3.Connection) -> frozenset[str]:
    """What units, venues and schools are called, of whatever year."""
    named = [
        Venue("", name)
        for table in ("venue", "school")
        for (name,) in connection.execute(f"SELECT name FROM {table}")  # noqa: S608  our own
    ]
    units = [
        Unit("", name, aliases=tuple(json.loads(aliases)))
        for name, aliases in connection.execute("SELECT name, aliases FROM unit")
    ]
    return place_names((*named, *units))


def rewrite(connection: sqlite3.Connection) -> None:
    """Afterwards the database holds no byte of what was deleted from it; outside of transactions."""
    connection.execute("VACUUM")


def _present(connection: sqlite3.Connection, key: tuple[int, str]) -> Person:
    query = "SELECT name, phone FROM delegate WHERE year = ? AND key = ?"
    return Person(*(connection.execute(query, key).fetchone() or ()))


Step = tuple[int, list[Any], list[dict[str, Any]]]


def _steps(connection: sqlite3.Connection, gone: Gone) -> Iterator[Step]:
    """The steps of the change log with states of those ``gone``: number, changes, and these states."""
    for year in sorted({year for year, _ in gone}):
        rows = connection.execute(
            "SELECT number, changes FROM change_log WHERE year = ? AND instr(changes, ?)",
            (year, json_text(ItemKind.DELEGATE.value)),
        )
        for number, text in rows.fetchall():
            changes = json.loads(text)
            states = [
                state
                for kind, key, _, _, *both in changes
                for state in both
                if kind == ItemKind.DELEGATE.value and state and (year, key) in gone
                and Person(state["name"], state["phone"]) not in (Person(), gone[year, key])
            ]  # fmt: skip
            if states:
                yield number, changes, states
