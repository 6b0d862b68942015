"""设置自哪天起：改了的数自某日起算，此前的照旧；一个设置的各个版本都在年度设置里。

A setting under its plain name holds from 1 January; ``name@2027-07-01`` holds from that day on. So what was
written before there were such days holds from 1 January, and versions go through undo, package, backup and
copy like every setting. A period, document or meeting is judged by what held on the day it began.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from models.domain.year import Setting, Year

_LENGTH = len("@2027-07-01")


def since_name(name: str, since: date | None) -> str:
    """What the version of the setting ``name`` is called that holds from ``since`` on; None: from 1 January."""
    return name if since is None else f"{name}@{since.isoformat()}"


def name_and_day(name: str) -> tuple[str, date | None]:
    """The setting that ``name`` is a version of, and from which day on it holds; None: from 1 January."""
    plain, day = name[:-_LENGTH], name[-_LENGTH:]
    if not plain or not day.startswith("@"):
        return name, None
    try:
        return plain, date.fromisoformat(day[1:])
    except ValueError:
        return name, None


def settings_on(settings: Iterable[tuple[str, Setting]], day: date) -> dict[str, Setting]:
    """Every setting as it stands on ``day``, under its plain name."""
    held = sorted(
        (since or date.min, name, value)
        for stored, value in settings
        for name, since in [name_and_day(stored)]
    )
    return {name: value for since, name, value in held if since <= day}


def first_days(settings: Iterable[str]) -> tuple[date, ...]:
    """The days from which some setting has another value, oldest first."""
    return tuple(sorted({day for name in settings if (day := name_and_day(name)[1]) is not None}))


def changed_since(
    stored: Collection[str], year: int, values: Mapping[str, Setting], since: date | None
) -> dict[str, Setting]:
    """The settings to write so that those of ``values`` hold from ``since`` on and nothing else changes before.

    ``stored``: the names that the year has. From 1 January of the year on (or None) a value takes the place of
    all that there was; later ones leave what held before. Versions that would begin later go.
    """
    start = None if since is None or since <= date(year, 1, 1) else since
    changed: dict[str, Setting] = {}
    for name in stored:
        plain, day = name_and_day(name)
        if plain in values and day is not None and (start is None or day >= start):
            changed[name] = None
    return changed | {since_name(name, start): value for name, value in values.items()}


def year_on(row: Year, day: date) -> Year:
    """The row of the year with its settings as they stand on ``day``, the days of the year that are nearest to it."""
    within = min(max(day, date(row.year, 1, 1)), date(row.year, 12, 31))
    return row._replace(settings=tuple(sorted(settings_on(row.settings, within).items())))
