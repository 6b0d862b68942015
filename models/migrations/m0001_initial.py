"""第一版：年度数据包的全部列表、变更记录、日历发布记录。"""

from __future__ import annotations

_HEAD = "year INTEGER NOT NULL REFERENCES year(year), key TEXT NOT NULL, position INTEGER NOT NULL"
_KEY = "PRIMARY KEY (year, key)"


def _refers(column: str, table: str) -> str:
    return f"FOREIGN KEY (year, {column}) REFERENCES {table}(year, key) DEFERRABLE INITIALLY DEFERRED"


STATEMENTS: tuple[str, ...] = (
    "CREATE TABLE office (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    """CREATE TABLE year (
        year INTEGER PRIMARY KEY, key TEXT NOT NULL, position INTEGER NOT NULL, district TEXT NOT NULL,
        ruleset INTEGER NOT NULL, holidays TEXT NOT NULL, quarter_themes TEXT NOT NULL, settings TEXT NOT NULL)""",
    f"CREATE TABLE unit ({_HEAD}, name TEXT NOT NULL, kind TEXT NOT NULL, aliases TEXT NOT NULL, week_cap INTEGER, {_KEY})",
    f"""CREATE TABLE venue ({_HEAD}, name TEXT NOT NULL, address TEXT NOT NULL, unit TEXT, capacity INTEGER,
        {_KEY}, {_refers("unit", "unit")})""",
    f"CREATE TABLE school ({_HEAD}, name TEXT NOT NULL, stages TEXT NOT NULL, {_KEY})",
    f"""CREATE TABLE blocked ({_HEAD}, first TEXT NOT NULL, last TEXT NOT NULL, reason TEXT NOT NULL,
        units TEXT NOT NULL, venues TEXT NOT NULL, campaigns TEXT NOT NULL, {_KEY})""",
    f"""CREATE TABLE policy ({_HEAD}, title TEXT NOT NULL, number TEXT NOT NULL, issuer TEXT NOT NULL,
        published_on TEXT, office_name INTEGER NOT NULL, online_service INTEGER NOT NULL, forms TEXT NOT NULL,
        filed_on TEXT, linked_on TEXT, integrated INTEGER NOT NULL, {_KEY})""",
    f"""CREATE TABLE event ({_HEAD}, campaign TEXT NOT NULL, title TEXT NOT NULL, short TEXT NOT NULL,
        starts_at TEXT, ends_at TEXT, precision TEXT NOT NULL, tentative INTEGER NOT NULL, raw_time TEXT NOT NULL,
        status TEXT NOT NULL, status_reason TEXT NOT NULL, lead_units TEXT NOT NULL, responsible_units TEXT NOT NULL,
        towns TEXT NOT NULL, park TEXT, schools TEXT NOT NULL, stages TEXT NOT NULL, venue TEXT, place TEXT NOT NULL,
        theme TEXT NOT NULL, theme_class TEXT NOT NULL, platforms TEXT NOT NULL, forms TEXT NOT NULL,
        online_only INTEGER NOT NULL, audience TEXT NOT NULL, expected INTEGER, attended INTEGER, host_event TEXT,
        policy TEXT, contact TEXT NOT NULL, url TEXT NOT NULL, note TEXT NOT NULL, pinned INTEGER NOT NULL,
        created_at TEXT NOT NULL, changed_at TEXT NOT NULL, sequence INTEGER NOT NULL DEFAULT 0,
        exported INTEGER NOT NULL DEFAULT 0, {_KEY}, {_refers("park", "unit")}, {_refers("venue", "venue")},
        {_refers("host_event", "event")}, {_refers("policy", "policy")})""",
    "CREATE INDEX event_park ON event (year, park) WHERE park IS NOT NULL",
    "CREATE INDEX event_venue ON event (year, venue) WHERE venue IS NOT NULL",
    "CREATE INDEX event_host ON event (year, host_event) WHERE host_event IS NOT NULL",
    "CREATE INDEX event_policy ON event (year, policy) WHERE policy IS NOT NULL",
    f"""CREATE TABLE meeting ({_HEAD}, body TEXT NOT NULL, number TEXT NOT NULL, starts_at TEXT,
        tentative INTEGER NOT NULL, {_KEY})""",
    f"""CREATE TABLE decision ({_HEAD}, title TEXT NOT NULL, body TEXT NOT NULL, unit TEXT, listed_on TEXT, meeting TEXT,
        exemption TEXT NOT NULL, hearing_forms TEXT NOT NULL, noticed_on TEXT, selected_on TEXT, published_on TEXT,
        {_KEY}, {_refers("unit", "unit")}, {_refers("meeting", "meeting")})""",
    f"""CREATE TABLE delegate ({_HEAD}, name TEXT NOT NULL, phone TEXT NOT NULL, "group" TEXT NOT NULL,
        selected_by TEXT NOT NULL, reserve INTEGER NOT NULL, {_KEY})""",
    f"""CREATE TABLE invitation ({_HEAD}, decision TEXT NOT NULL, delegate TEXT NOT NULL, invited_on TEXT,
        attendance TEXT, told_on TEXT, {_KEY}, {_refers("decision", "decision")}, {_refers("delegate", "delegate")})""",
    f"""CREATE TABLE opinion ({_HEAD}, decision TEXT NOT NULL, delegate TEXT NOT NULL, text TEXT NOT NULL, outcome TEXT,
        reply TEXT NOT NULL, decided_on TEXT, {_KEY}, {_refers("decision", "decision")},
        {_refers("delegate", "delegate")})""",
    f"""CREATE TABLE exemption ({_HEAD}, rule TEXT NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL, "group" TEXT,
        reason TEXT NOT NULL, {_KEY})""",
    """CREATE TABLE withdrawn_event (
        year INTEGER NOT NULL, key TEXT NOT NULL, event TEXT NOT NULL,
        created_at TEXT NOT NULL, changed_at TEXT NOT NULL, sequence INTEGER NOT NULL, PRIMARY KEY (year, key))""",
    """CREATE TABLE change_log (
        number INTEGER PRIMARY KEY AUTOINCREMENT, year INTEGER NOT NULL, at TEXT NOT NULL, user TEXT NOT NULL,
        title TEXT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL, target INTEGER, changes TEXT NOT NULL)""",
    "CREATE INDEX change_log_state ON change_log (state, number)",
)
