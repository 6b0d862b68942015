"""哪里还提到佐证文件：数据文件与备份的条目、能撤销能重做的步骤、印发稿。"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from models.backup_scrubbing import backups_beside
from models.changelog import first_within_reach
from models.datafile import inspect_file, is_ours
from models.domain.errors import StoreError
from models.domain.snapshot import ItemKind
from models.release_contents import DAMAGE, opened
from models.tables import TABLE_NAMES, json_text

_KIND = ItemKind.EVIDENCE
_FIRST_VERSION = 2
"""The version of the data file since which there is evidence."""


class Mentions(NamedTuple):
    """Digest → what the file was called. ``rows``: what events have now; ``others``: what an undo, a redo, a
    release or a backup may ask for; ``past``: what steps name that can neither be undone nor done again."""

    rows: dict[str, str]
    others: dict[str, str]
    past: dict[str, str]


def mentions_beside(data_file: Path) -> tuple[Mentions, ...]:
    """What every data file in the folder of ``data_file`` mentions, and every backup: they share the files.

    ``StoreError`` where one of them cannot be read: nobody knows then what it needs.
    """
    files = [_mentions_in(path) for path in (data_file, *_others_beside(data_file))]
    backups = [_mentions_in(path) for path in backups_beside(data_file) if path.stat().st_size]
    return (*files, *(Mentions({}, found.rows | found.others, found.past) for found in backups))


def _others_beside(data_file: Path) -> Iterator[Path]:
    """The other data files of ours in the folder; what is none is not looked at."""
    for path in sorted(data_file.parent.iterdir()):
        if path != data_file and path.is_file() and is_ours(path):
            yield path


def _mentions_in(path: Path) -> Mentions:
    try:
        if inspect_file(path) < _FIRST_VERSION:
            return Mentions({}, {}, {})
        with closing(sqlite3.connect(path.as_uri() + "?mode=ro", uri=True, timeout=5)) as connection:
            return _mentions(connection)
    except (StoreError, sqlite3.DatabaseError, ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"读不懂“{path.name}”，不知道它用到哪些佐证文件。",
            "什么都没有移走。",
            f"请先核对它；若确已损坏，请把它移到别处：{path}。",
        ) from error


def _mentions(connection: sqlite3.Connection) -> Mentions:
    rows = connection.execute(f"SELECT digest, file_name FROM {TABLE_NAMES[_KIND]}")  # noqa: S608  our own name
    present = {digest: name for digest, name in rows if digest}
    reach = first_within_reach(connection)
    within = dict(_in_steps(connection, "state IN ('done', 'undone') AND number >= ?", reach))
    past = dict(_in_steps(connection, "(state NOT IN ('done', 'undone') OR number < ?)", reach))
    return Mentions(present, within | _in_releases(connection), past)


def _in_steps(connection: sqlite3.Connection, which: str, number: int) -> Iterator[tuple[str, str]]:
    query = f"SELECT changes FROM change_log WHERE {which} AND instr(changes, ?)"  # noqa: S608  constants
    for (text,) in connection.execute(query, (number, json_text(_KIND.value))):
        for kind, _, _, _, before, after in json.loads(text):
            if kind == _KIND.value:
                yield from _files(state for state in (before, after) if state)


def _in_releases(connection: sqlite3.Connection) -> dict[str, str]:
    found: dict[str, str] = {}
    for digest, contents in connection.execute("SELECT digest, contents FROM release"):
        found |= _in_release(contents, digest)
    return found


@lru_cache(maxsize=256)
def _in_release(contents: bytes, digest: str) -> dict[str, str]:
    """A damaged release needs nothing: it is never used. The same one lies in many backups."""
    try:
        return dict(_files(opened(contents, digest)["lists"].get(_KIND.value, [])))
    except DAMAGE:
        return {}


def _files(plain: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    return ((item["digest"], item.get("file_name", "")) for item in plain if item.get("digest"))
