"""条目与普通 JSON 值之间的转换，用年度数据包 (outreach-year/1) 的词汇。

The package, the change log and the commands use the same one, so that nothing can be stored which
an export could not carry. What cannot be taken is a ``Problem`` with its place; nothing is guessed.
"""

from __future__ import annotations

import json
import math
import typing
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from models.domain.attendance import Decision, Meeting, Opinion
from models.domain.events import Event
from models.domain.plain_values import (
    Reader,
    RefusedError,
    Writer,
    codec_of,
    first_repeated,
    minute_text,
    read_bool,
    read_date,
    read_inside,
    read_key,
    read_list,
    read_text,
    same,
    why_out_of_reach,
)
from models.domain.policies import PolicyDocument
from models.domain.snapshot import ITEM_TYPES, Item, ItemKind
from models.domain.text import LONGEST_LINE, clean_text
from models.domain.year import BlockedPeriod, Exemption, Holidays, Year

FIRST_YEAR, LAST_YEAR = 2000, 2100
LATER_FIELDS: Mapping[type, frozenset[str]] = {
    Event: frozenset({"signup", "signed_up", "received"}),
    Meeting: frozenset({"place"}),
    Decision: frozenset(
        {"short", "quota", "closes_on", "exempted_by", "heard_on", "hearing_note", "closed_on"}
    ),
    Opinion: frozenset({"unit", "referred_on"}),
    PolicyDocument: frozenset({"materials", "unit", "note"}),
}
"""Fields that came after the first packages: left out while empty, so that such packages stay as they were."""
LINES = frozenset(
    {"title", "short", "name", "aliases", "address", "place", "number", "issuer", "theme", "theme_class", "platforms",
     "forms", "hearing_forms", "phone", "group", "selected_by", "exempted_by", "file_name", "leaflets", "materials"}
)  # fmt: skip
"""The fields whose texts stand in one line: they hold ``LONGEST_LINE`` characters, others ``LONGEST_TEXT``."""
TOO_LONG = f"文字过长，最多 {LONGEST_LINE} 字"
SHOWN = 60
"""Characters of a value or name that a message shows."""


class Problem(NamedTuple):
    """One value that cannot be taken: where it stands, what it is, why not."""

    place: str
    value: object
    why: str

    def __str__(self) -> str:
        return f"{_short(self.place)}：{_shown(self.value)}，{self.why}"


def _shown(value: object) -> str:
    if isinstance(value, str):
        return f"“{_short(value)}”"
    if isinstance(value, dict | list | tuple):
        return "{…}" if isinstance(value, dict) else "[…]"
    return "（空）" if value is None else _short(json.dumps(value, default=str))


def _short(text: str) -> str:
    cleaned = clean_text(text[: 2 * SHOWN]).replace("\n", " ")
    return cleaned if len(cleaned) <= SHOWN else cleaned[:SHOWN] + "…"


def to_plain(item: Item) -> dict[str, Any]:
    """``item`` as JSON values in the order of the package; a ``LATER_FIELDS`` one only where it says something."""
    if isinstance(item, Year):
        return _year_to_plain(item)
    kind: Any = type(item)
    defaults, later = item._field_defaults, LATER_FIELDS.get(kind, frozenset())
    return {
        name: value if writer is same else writer(value)
        for (name, writer), value in zip(_writers(kind), item, strict=True)
        if name not in later or value != defaults[name]
    }


def from_plain(
    kind: ItemKind, plain: object, place: str, problems: list[Problem], *, as_it_was: bool = False
) -> Item | None:
    """The item that ``plain`` describes; None, with its problems appended, where it is not one.

    ``as_it_was``: it is only to be known what was stored once, be it what is refused today.
    """
    if not isinstance(plain, dict):
        problems.append(Problem(place, plain, "应为一个对象 {…}"))
        return None
    if kind is ItemKind.YEAR:
        return year_from_plain(plain, place, problems)
    before = len(problems)
    values = _read_fields(ITEM_TYPES[kind], plain, place, problems)
    if len(problems) > before:
        return None
    item: Item = ITEM_TYPES[kind](**values)
    if as_it_was:
        return item
    problems.extend(Problem(_at(place, field), value, why) for field, value, why in broken_promises(item))
    return item if len(problems) == before else None


def normalised(kind: ItemKind, item: Item, problems: list[Problem]) -> Item | None:
    """``item`` as an export and import would give it back; None, with problems, where none would."""
    return from_plain(kind, to_plain(item), "", problems)


def identical(one: Item | None, other: Item | None) -> bool:
    """Whether both are the same to the letter: true is not 1, and 1 is not 1.0."""
    if one != other:
        return False
    return not isinstance(one, Year) or _types(one) == _types(other)


def _types(year: Any) -> list[type]:
    return [type(value) for _, value in year.settings]


def broken_promises(item: Item) -> list[tuple[str, object, str]]:
    """What of ``item`` contradicts itself, as (field, value, reason); empty where it is sound."""
    found = [*out_of_reach(item), *_overlong(item)]
    if isinstance(item, Event):
        found += _broken_event(item)
    if isinstance(item, BlockedPeriod | Exemption) and item.last < item.first:
        found.append(("last", item.last.isoformat(), "最后一天早于第一天"))
    return found


def out_of_reach(item: Item) -> list[tuple[str, object, str]]:
    """The days of ``item`` that nothing can be reckoned with, as ``broken_promises``."""
    if isinstance(item, Year):
        days = [day for day, _ in item.holidays.days_off] + [*item.holidays.makeup_workdays]
        found = [("holidays", day.isoformat(), why) for day in days if (why := why_out_of_reach(day))]
        dated = [(name, day, value) for name, value in item.settings for day in _days_in(value)]
        return found + [(f"settings.{n}", v, why) for n, day, v in dated if (why := why_out_of_reach(day))]
    return [
        (name, value.isoformat(), why)
        for name, value in zip(item._fields, item, strict=True)
        if isinstance(value, date) and (why := why_out_of_reach(value))
    ]


def _days_in(setting: object) -> list[date]:
    """The days of a setting that is one (a deadline) or two (a school break)."""
    try:
        return [date.fromisoformat(day) for day in setting.split("/")] if isinstance(setting, str) else []
    except ValueError:
        return []


def _overlong(item: Item) -> list[tuple[str, object, str]]:
    return [
        (name, text, TOO_LONG)
        for name, value in zip(item._fields, item, strict=True)
        for text in overlong_lines(name, value)
    ]


def overlong_lines(field: str, value: object) -> list[str]:
    """The texts in the value of ``field`` that are longer than its one line."""
    if field not in LINES or not isinstance(value, str | tuple):
        return []
    return [text for text in ((value,) if isinstance(value, str) else value) if len(text) > LONGEST_LINE]


def _broken_event(event: Event) -> list[tuple[str, object, str]]:
    found: list[tuple[str, object, str]] = []
    if event.ends_at is not None and event.starts_at is None:
        found.append(("ends_at", minute_text(event.ends_at), "有结束时间却没有开始时间"))
    elif event.ends_at is not None and event.starts_at is not None and event.ends_at <= event.starts_at:
        found.append(
            ("ends_at", minute_text(event.ends_at), f"结束时间不晚于开始时间 {minute_text(event.starts_at)}")
        )
    if event.host_event == event.key:
        found.append(("host_event", event.key, "不能以自己为所在的会议活动"))
    return found


def _read_fields(
    item_type: type[Item], plain: dict[str, Any], place: str, problems: list[Problem]
) -> dict[str, Any]:
    codecs = _codecs(item_type)
    problems += [Problem(_at(place, n), v, "不认识的字段") for n, v in plain.items() if n not in codecs]
    defaults: Mapping[str, Any] = item_type._field_defaults
    values: dict[str, Any] = {}
    for name, (reader, _) in codecs.items():
        if name in plain:
            _read_field(values, name, reader, plain[name], place, problems)
        elif name not in defaults:
            problems.append(Problem(_at(place, name), None, "缺少必填字段"))
    return values


def _read_field(
    values: dict[str, Any], name: str, reader: Reader, value: Any, place: str, problems: list[Problem]
) -> None:
    try:
        values[name] = reader(value)
    except RefusedError as refusal:
        problems.append(Problem(_at(place, name) + refusal.where, refusal.value, refusal.why))


def _at(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name


@cache
def _writers(item_type: Any) -> tuple[tuple[str, Writer], ...]:
    return tuple((name, writer) for name, (_, writer) in _codecs(item_type).items())


def _codecs(item_type: Any) -> dict[str, tuple[Reader, Writer]]:
    if item_type not in _KNOWN:
        _KNOWN[item_type] = _make_codecs(item_type)
    return _KNOWN[item_type]


_KNOWN: dict[Any, dict[str, tuple[Reader, Writer]]] = {}


def _make_codecs(item_type: Any) -> dict[str, tuple[Reader, Writer]]:
    hints = typing.get_type_hints(item_type)
    codecs = {name: codec_of(hints[name]) for name in item_type._fields}
    if "key" in codecs:
        codecs["key"] = (read_key, same)
    return codecs


YEAR_FIELDS = ("year", "district", "ruleset", "holidays", "quarter_themes", "settings")


def _year_to_plain(year: Year) -> dict[str, Any]:
    return {
        "year": year.year,
        "district": year.district,
        "ruleset": year.ruleset,
        "holidays": {
            "announced": year.holidays.announced,
            "notice": year.holidays.notice,
            "days_off": {day.isoformat(): name for day, name in year.holidays.days_off},
            "makeup_workdays": [day.isoformat() for day in year.holidays.makeup_workdays],
        },
        "quarter_themes": {str(n): theme for n, theme in enumerate(year.quarter_themes, 1)},
        "settings": dict(year.settings),
    }


def year_from_plain(plain: dict[str, Any], place: str, problems: list[Problem]) -> Year | None:
    """The year's own row from its six fields; None where one of them cannot be taken."""
    before = len(problems)
    values: dict[str, Any] = {}
    for name, reader in _YEAR_READERS.items():
        if name in plain:
            _read_field(values, name, reader, plain[name], place, problems)
        elif name == "year":
            problems.append(Problem(_at(place, name), None, "缺少必填字段"))
    if len(problems) > before:
        return None
    year = Year(**values)
    problems.extend(Problem(_at(place, field), value, why) for field, value, why in out_of_reach(year))
    return year if len(problems) == before else None


def _read_year_number(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not FIRST_YEAR <= value <= LAST_YEAR:
        raise RefusedError(f"年份应为 {FIRST_YEAR}–{LAST_YEAR} 的整数", value)
    return value


def _require_fields(value: Any, known: tuple[str, ...]) -> None:
    """Afterwards ``value`` is an object that holds known fields only."""
    if not isinstance(value, dict):
        raise RefusedError("应为一个对象 {…}", value)
    for name in value:
        if name not in known:
            raise RefusedError("不认识的字段", value[name], f".{name}")


def _read_holidays(value: Any) -> Holidays:
    _require_fields(value, Holidays._fields)
    notice = value.get("notice")
    return Holidays(
        announced=read_inside(".announced", read_bool, value.get("announced", False)),
        notice=None if notice is None else read_inside(".notice", read_text, notice),
        days_off=_read_days_off(value.get("days_off", {})),
        makeup_workdays=read_inside(".makeup_workdays", _read_dates, value.get("makeup_workdays", [])),
    )


def _read_days_off(value: Any) -> tuple[tuple[date, str], ...]:
    if not isinstance(value, dict):
        raise RefusedError("应为 {日期: 节日名}", value, ".days_off")
    days = (
        (
            read_inside(f".days_off.{day[:SHOWN]}", read_date, day),
            read_inside(f".days_off.{day[:SHOWN]}", read_text, name),
        )
        for day, name in value.items()
    )
    return tuple(sorted(days))


def _read_dates(value: Any) -> tuple[date, ...]:
    return tuple(sorted(read_list(read_date, value)))


def _read_themes(value: Any) -> tuple[str | None, ...]:
    _require_fields(value, ("1", "2", "3", "4"))
    themes = ((name, value.get(name)) for name in ("1", "2", "3", "4"))
    return tuple(
        None if theme is None else read_inside(f".{name}", read_text, theme) for name, theme in themes
    )


def _read_settings(value: Any) -> tuple[tuple[str, Any], ...]:
    if not isinstance(value, dict):
        raise RefusedError("应为一个对象 {…}", value)
    settings = [
        (
            read_inside(f".{name[:SHOWN]}", read_key, name),
            read_inside(f".{name[:SHOWN]}", _read_setting, setting),
        )
        for name, setting in value.items()
    ]
    if repeated := first_repeated(name for name, _ in settings):
        raise RefusedError("设置名重复", repeated[0])
    return tuple(sorted(settings, key=lambda setting: setting[0]))


def _read_setting(value: Any) -> Any:
    if isinstance(value, str):
        return read_text(value)
    if not isinstance(value, int | float | None) or (isinstance(value, float) and not math.isfinite(value)):
        raise RefusedError("只能是文字、数字、true/false 或 null", value)
    if not isinstance(value, bool | None) and abs(value) > 2**53:
        raise RefusedError("数字过大", value)
    return value


_YEAR_READERS: Mapping[str, Reader] = {
    "year": _read_year_number,
    "district": read_text,
    "ruleset": _read_year_number,
    "holidays": _read_holidays,
    "quarter_themes": _read_themes,
    "settings": _read_settings,
}
