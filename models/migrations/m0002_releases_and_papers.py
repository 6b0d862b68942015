"""第二版：印发稿、导出记录、佐证材料、问政专区，列席与政策文件的新字段。"""

from __future__ import annotations

_HEAD = "year INTEGER NOT NULL REFERENCES year(year), key TEXT NOT NULL, position INTEGER NOT NULL"
_EVENT = "PRIMARY KEY (year, key), FOREIGN KEY (year, event) REFERENCES event(year, key) DEFERRABLE INITIALLY DEFERRED"
_TEXT = "TEXT NOT NULL DEFAULT ''"
_LIST = "TEXT NOT NULL DEFAULT '[]'"
_COLUMNS = {
    "event": {"last_time": _TEXT, "signup": _TEXT, "signed_up": "INTEGER", "received": _TEXT},
    "meeting": {"place": _TEXT},
    "decision": {
        "short": _TEXT,
        "quota": "INTEGER",
        "closes_on": "TEXT",
        "exempted_by": _TEXT,
        "heard_on": "TEXT",
        "hearing_note": _TEXT,
        "closed_on": "TEXT",
    },
    "opinion": {"unit": "TEXT", "referred_on": "TEXT"},
    "policy": {"materials": _LIST, "unit": "TEXT", "note": _TEXT},
}
_FROZEN = "BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END"

STATEMENTS: tuple[str, ...] = (
    *(
        f"ALTER TABLE {table} ADD COLUMN {name} {kind}"
        for table, columns in _COLUMNS.items()
        for name, kind in columns.items()
    ),
    f"""CREATE TABLE zone ({_HEAD}, event TEXT NOT NULL, background TEXT NOT NULL, background_by TEXT NOT NULL,
        basis TEXT NOT NULL, basis_by TEXT NOT NULL, purpose TEXT NOT NULL, purpose_by TEXT NOT NULL,
        practice TEXT NOT NULL, practice_by TEXT NOT NULL, leaflets TEXT NOT NULL, {_EVENT})""",
    f"""CREATE TABLE evidence ({_HEAD}, event TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL,
        file_name TEXT NOT NULL, digest TEXT NOT NULL, size INTEGER NOT NULL, link TEXT NOT NULL, dated_on TEXT,
        added_on TEXT, note TEXT NOT NULL, {_EVENT})""",
    "CREATE INDEX zone_event ON zone (year, event)",
    "CREATE INDEX evidence_event ON evidence (year, event)",
    """CREATE TABLE release (
        year INTEGER NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL, released_on TEXT NOT NULL,
        at TEXT NOT NULL, user TEXT NOT NULL, revision INTEGER NOT NULL, digest TEXT NOT NULL,
        contents BLOB NOT NULL, PRIMARY KEY (year, number))""",
    f"CREATE TRIGGER release_unchanged BEFORE UPDATE ON release {_FROZEN}",
    f"CREATE TRIGGER release_kept BEFORE DELETE ON release {_FROZEN}",
    """CREATE TABLE export_log (
        number INTEGER PRIMARY KEY AUTOINCREMENT, year INTEGER NOT NULL, at TEXT NOT NULL, user TEXT NOT NULL,
        kind TEXT NOT NULL, name TEXT NOT NULL, unmasked INTEGER NOT NULL)""",
)
