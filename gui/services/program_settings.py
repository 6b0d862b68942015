"""程序设置：一个 JSON 文件，字段与取值都有规定；读不懂的值退回默认，绝不执行文件内容。"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import platformdirs

from models.domain.errors import StoreError
from models.locations import APP_NAME

FORMAT = "settings/1"
RECENT_LIMIT = 8
PLANNING_LIMIT = 12
LARGEST_PLANNING = 500_000
LARGEST_LEDGER = 100_000
MOST_SEARCHED = 40
LEAST_HOURS = 4
EXPORTS_LIMIT = 60


class Searched(NamedTuple):
    """What was chosen in the search: in which data file ("": in any), its kind, year and key."""

    file: str
    kind: str
    year: int
    key: str


class Settings(NamedTuple):
    """What the program remembers between two starts."""

    mode: str = "system"
    text_scale: float = 1.0
    geometry: tuple[int, int, int, int] | None = None
    maximized: bool = False
    last_folder: str = ""
    recent: tuple[str, ...] = ()
    planning: Mapping[str, Any] = {}
    """What was asked of the auto-planner last, by year and data file (``gui.planning.memory``)."""
    ledger: Mapping[str, Any] = {}
    """Saved views, grouping and row height of 活动台账 (``gui.services.ledger_memory``)."""
    work_hours: tuple[int, int] = (8, 18)
    """The hours that the week view shows at least: from, to."""
    searched: tuple[Searched, ...] = ()
    """What was chosen in the search last, the newest first."""
    exports: Mapping[str, str] = {}
    """Where exported files lie, by data file and number in its log, the newest last (``gui.kit.exporter``)."""


def _one_of(*allowed: Any) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if isinstance(value, bool) or value not in allowed:
            raise ValueError(value)
        return allowed[allowed.index(value)]

    return read


def read_flag(value: Any) -> bool:
    """True or false, and nothing else."""
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 4096:
        raise ValueError
    return value


def _rectangle(value: Any) -> tuple[int, int, int, int] | None:
    if value is None:
        return None
    if not isinstance(value, (list, tuple)):
        raise TypeError(value)
    x, y, width, height = (int(number) for number in value)
    if not (-100_000 < x < 100_000 and -100_000 < y < 100_000 and 0 < width < 50_000 and 0 < height < 50_000):
        raise ValueError(value)
    return x, y, width, height


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError(value)
    return tuple(_text(entry) for entry in value[:RECENT_LIMIT])


def _planning(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict) or len(json.dumps(value)) > LARGEST_PLANNING:
        raise TypeError(value)
    newest = list(value.items())[-PLANNING_LIMIT:]
    return {_text(name): plain for name, plain in newest if isinstance(plain, dict)}


def _ledger(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict) or len(json.dumps(value)) > LARGEST_LEDGER:
        raise TypeError(value)
    return value


def _hours(value: Any) -> tuple[int, int]:
    first, last = value
    if not all(type(hour) is int for hour in (first, last)) or not 0 <= first <= last - LEAST_HOURS <= 20:
        raise ValueError(value)
    return first, last


def _searched(value: Any) -> tuple[Searched, ...]:
    if not isinstance(value, list):
        raise TypeError(value)
    kept = [Searched(*entry) for entry in value[:MOST_SEARCHED]]
    for entry in kept:
        _text(entry.file), _text(entry.kind), _text(entry.key)
        if type(entry.year) is not int:
            raise TypeError(entry)
    return tuple(kept)


def _exports(value: Any) -> Mapping[str, str]:
    if not isinstance(value, dict):
        raise TypeError(value)
    return {_text(key): _text(path) for key, path in list(value.items())[-EXPORTS_LIMIT:]}


SCHEMA: Mapping[str, Callable[[Any], Any]] = {
    "mode": _one_of("system", "light", "dark"),
    "text_scale": _one_of(1.0, 1.15, 1.3),
    "geometry": _rectangle,
    "maximized": read_flag,
    "last_folder": _text,
    "recent": _texts,
    "planning": _planning,
    "ledger": _ledger,
    "work_hours": _hours,
    "searched": _searched,
    "exports": _exports,
}
"""Field → the function that reads its JSON value or raises."""


def settings_path() -> Path:
    """Where the settings lie: the user's configuration folder."""
    return Path(platformdirs.user_config_dir(APP_NAME, appauthor=False)) / "settings.json"


def read_settings(text: str) -> Settings:
    """The settings that ``text`` holds; a field that is missing or not allowed has its default."""
    try:
        plain = json.loads(text)
    except ValueError:
        return Settings()
    if not isinstance(plain, dict) or plain.get("format") != FORMAT:
        return Settings()
    return Settings(**read_fields(plain, SCHEMA))


def read_fields(plain: Mapping[str, Any], readers: Mapping[str, Callable[[Any], Any]]) -> dict[str, Any]:
    """What ``readers`` (field → the function that reads its JSON value or raises) make of ``plain``.

    A field that is missing or not allowed is left out.
    """
    values = {}
    for name, read in readers.items():
        try:
            values[name] = read(plain[name])
        except (KeyError, TypeError, ValueError, OverflowError):
            continue
    return values


def write_settings(settings: Settings) -> str:
    """The text of the settings file, fields in fixed order."""
    return json.dumps({"format": FORMAT, **settings._asdict()}, ensure_ascii=False, indent=1) + "\n"


class SettingsFile:
    """The settings in use and the file behind them.

    A file that cannot be written costs the memory of them, never the work: ``problem`` says why.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = settings_path() if path is None else path
        self.problem = ""
        self.values = read_settings(self._stored())

    def _stored(self) -> str:
        try:
            return self.path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return ""

    def change(self, **values: Any) -> None:
        """Afterwards the named settings have these values, also at the next start."""
        changed = self.values._replace(**values)
        if changed == self.values:
            return
        from exports.files import write_atomically  # not at the start of the window

        self.values = changed
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self.path, write_settings(changed).encode("utf-8"))
            self.problem = ""
        except (OSError, StoreError) as error:
            self.problem = f"设置没有保存：{error}"

    def remember_file(self, path: Path) -> None:
        """Afterwards ``path`` is the newest of the files opened last."""
        others = [entry for entry in self.values.recent if entry != str(path)]
        self.change(recent=(str(path), *others)[:RECENT_LIMIT])

    def remember_export(self, key: str, path: Path) -> None:
        """Afterwards it is known where the export ``key`` lies; the oldest places are forgotten."""
        places = {**self.values.exports, key: str(path)}
        self.change(exports=dict(list(places.items())[-EXPORTS_LIMIT:]))
