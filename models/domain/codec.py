"""值与普通 JSON 值之间的转换，用年度数据包 (outreach-year/1) 的词汇。

One codec per field type; the package, the change log and nothing else use it. What cannot be
taken is a ``Problem`` with its place; nothing is guessed.
"""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any, NamedTuple

from models.domain.events import Event, SchoolStage
from models.domain.snapshot import ITEM_TYPES, Item, ItemKind
from models.domain.text import LONGEST_TEXT, clean_text
from models.domain.year import BlockedPeriod, Exemption, Holidays, Year

LONGEST_KEY = 200
MOST_ENTRIES = 500
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_MINUTE = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}")


class Problem(NamedTuple):
    """One value that cannot be taken: where it stands, what it is, why not."""

    place: str
    value: object
    why: str

    def __str__(self) -> str:
        shown = repr(self.value) if not isinstance(self.value, str) else f"“{self.value}”"
        return f"{self.place}：{shown[:80]}，{self.why}"


class RefusedError(ValueError):
    """Raised inside the codec by the reader of one value; becomes a ``Problem``."""


Reader = Callable[[Any], Any]
Writer = Callable[[Any], Any]


def to_plain(item: Item) -> dict[str, Any]:
    """``item`` as JSON values, every field present, in the order of the package."""
    if isinstance(item, Year):
        return _year_to_plain(item)
    writers = _codecs(type(item))
    return {name: writer(value) for (name, (_, writer)), value in zip(writers.items(), item, strict=True)}


def from_plain(kind: ItemKind, plain: object, place: str, problems: list[Problem]) -> Item | None:
    """The item that ``plain`` describes; None, with its problems appended, where it is not one."""
    if not isinstance(plain, dict):
        problems.append(Problem(place, plain, "应为一个对象 {…}"))
        return None
    if kind is ItemKind.YEAR:
        return year_from_plain(plain, place, problems)
    item_type = ITEM_TYPES[kind]
    before = len(problems)
    values = _read_fields(item_type, plain, place, problems)
    if len(problems) > before:
        return None
    item: Item = item_type(**values)
    problems.extend(Problem(f"{place}.{field}", value, why) for field, value, why in broken_promises(item))
    return item if len(problems) == before else None


def broken_promises(item: Item) -> list[tuple[str, object, str]]:
    """What of ``item`` contradicts itself, as (field, value, reason); empty where it is sound."""
    found: list[tuple[str, object, str]] = []
    if not isinstance(item, Year | Exemption) and not item.key.strip():
        found.append(("key", item.key, "编号不能为空"))
    if isinstance(item, Event) and item.ends_at is not None:
        if item.starts_at is None:
            found.append(("ends_at", _minute_text(item.ends_at), "有结束时间却没有开始时间"))
        elif item.ends_at <= item.starts_at:
            found.append(("ends_at", _minute_text(item.ends_at), "结束时间不晚于开始时间"))
    if isinstance(item, BlockedPeriod | Exemption) and item.last < item.first:
        found.append(("last", item.last.isoformat(), "最后一天早于第一天"))
    return found


def _read_fields(
    item_type: type[Item], plain: dict[str, Any], place: str, problems: list[Problem]
) -> dict[str, Any]:
    codecs = _codecs(item_type)
    for name, value in plain.items():
        if name not in codecs:
            problems.append(Problem(f"{place}.{name}", value, "不认识的字段"))
    defaults: Mapping[str, Any] = item_type._field_defaults
    values: dict[str, Any] = {}
    for name, (reader, _) in codecs.items():
        if name not in plain:
            if name not in defaults:
                problems.append(Problem(f"{place}.{name}", None, "缺少必填字段"))
            continue
        try:
            values[name] = reader(plain[name])
        except RefusedError as refusal:
            problems.append(Problem(f"{place}.{name}", plain[name], str(refusal)))
    return values


def _codecs(item_type: Any) -> dict[str, tuple[Reader, Writer]]:
    if item_type not in _KNOWN:
        _KNOWN[item_type] = _make_codecs(item_type)
    return _KNOWN[item_type]


_KNOWN: dict[Any, dict[str, tuple[Reader, Writer]]] = {}


def _make_codecs(item_type: Any) -> dict[str, tuple[Reader, Writer]]:
    hints = typing.get_type_hints(item_type)
    codecs = {name: _codec(hints[name]) for name in item_type._fields}
    if "key" in codecs:
        codecs["key"] = (_read_key, _same)
    return codecs


def _codec(hint: Any) -> tuple[Reader, Writer]:
    arguments = typing.get_args(hint)
    if typing.get_origin(hint) is tuple:
        return _tuple_codec(*_codec(arguments[0]))
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        (inner,) = (argument for argument in arguments if argument is not type(None))
        return _optional_codec(*_codec(inner))
    if issubclass(hint, Enum):
        return _enum_codec(hint)
    return _PLAIN[hint]


def _tuple_codec(reader: Reader, writer: Writer) -> tuple[Reader, Writer]:
    def read(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise RefusedError("应为列表 […]")
        if len(value) > MOST_ENTRIES:
            raise RefusedError(f"列表过长，最多 {MOST_ENTRIES} 项")
        entries = tuple(reader(entry) for entry in value)
        if len(set(entries)) != len(entries):
            raise RefusedError("列表中有重复")
        return entries

    return read, lambda value: [writer(entry) for entry in value]


def _optional_codec(reader: Reader, writer: Writer) -> tuple[Reader, Writer]:
    return (
        lambda value: None if value is None else reader(value),
        lambda value: None if value is None else writer(value),
    )


def _enum_codec(enum: type[Enum]) -> tuple[Reader, Writer]:
    by_word = {_enum_word(member): member for member in enum}
    words = "、".join(by_word)

    def read(value: Any) -> Enum:
        member = by_word.get(value) if isinstance(value, str) else None
        if member is None:
            raise RefusedError(f"只能是 {words} 之一")
        return member

    return read, _enum_word


def _enum_word(member: Any) -> str:
    return str(member.label if isinstance(member, SchoolStage) else member.value)


def _same(value: Any) -> Any:
    return value


def read_text(value: Any) -> str:
    """``value`` as stored text; ``RefusedError`` where it is no text or longer than a field holds."""
    if not isinstance(value, str):
        raise RefusedError("应为文字")
    if len(value) > LONGEST_TEXT:
        raise RefusedError(f"文字过长，最多 {LONGEST_TEXT} 字")
    return clean_text(value)


def _read_key(value: Any) -> str:
    key = read_text(value)
    if not key.strip() or len(key) > LONGEST_KEY:
        raise RefusedError(f"编号应为 1–{LONGEST_KEY} 个字符的文字")
    return key


def _read_int(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 10_000_000:
        raise RefusedError("应为不小于 0 的整数")
    return value


def _read_bool(value: Any) -> bool:
    if not isinstance(value, bool):
        raise RefusedError("应为 true 或 false")
    return value


def read_date(value: Any) -> date:
    """A date written 2027-06-15; ``RefusedError`` for anything else and for days that do not exist."""
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise RefusedError("日期应写成 2027-06-15")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise RefusedError("没有这一天") from None


def _read_minute(value: Any) -> datetime:
    if not isinstance(value, str) or not _MINUTE.fullmatch(value):
        raise RefusedError("时间应写成 2027-06-15T14:00")
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise RefusedError("没有这个时刻") from None


def _minute_text(value: datetime) -> str:
    return value.isoformat(timespec="minutes")


_PLAIN: Mapping[type, tuple[Reader, Writer]] = {
    str: (read_text, _same),
    int: (_read_int, _same),
    bool: (_read_bool, _same),
    date: (read_date, date.isoformat),
    datetime: (_read_minute, _minute_text),
}

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
        if name not in plain:
            if name == "year":
                problems.append(Problem(_at(place, name), None, "缺少必填字段"))
            continue
        try:
            values[name] = reader(plain[name])
        except RefusedError as refusal:
            problems.append(Problem(_at(place, name), plain[name], str(refusal)))
    return Year(**values) if len(problems) == before else None


def _at(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name


def _read_year_number(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 2000 <= value <= 2100:
        raise RefusedError("年份应为 2000–2100 的整数")
    return value


def _read_holidays(value: Any) -> Holidays:
    if not isinstance(value, dict) or not set(value) <= {
        "announced",
        "notice",
        "days_off",
        "makeup_workdays",
    }:
        raise RefusedError("应为 {announced, notice, days_off, makeup_workdays}")
    days_off = value.get("days_off", {})
    if not isinstance(days_off, dict):
        raise RefusedError("days_off 应为 {日期: 节日名}")
    notice = value.get("notice")
    return Holidays(
        announced=_read_bool(value.get("announced", False)),
        notice=None if notice is None else read_text(notice),
        days_off=tuple(sorted((read_date(day), read_text(name)) for day, name in days_off.items())),
        makeup_workdays=tuple(sorted(_DATES[0](value.get("makeup_workdays", [])))),
    )


_DATES = _tuple_codec(read_date, date.isoformat)


def _read_themes(value: Any) -> tuple[str | None, ...]:
    if not isinstance(value, dict) or not set(value) <= {"1", "2", "3", "4"}:
        raise RefusedError('应为 {"1": 主题, …, "4": 主题}')
    themes = (value.get(str(n)) for n in range(1, 5))
    return tuple(None if theme is None else read_text(theme) for theme in themes)


def _read_settings(value: Any) -> tuple[tuple[str, Any], ...]:
    if not isinstance(value, dict):
        raise RefusedError("应为一个对象 {…}")
    for name, setting in value.items():
        if not isinstance(setting, str | int | float | bool | None):
            raise RefusedError(f"设置“{name}”只能是文字、数字、true/false 或 null")
    return tuple(
        sorted(
            (_read_key(name), read_text(setting) if isinstance(setting, str) else setting)
            for name, setting in value.items()
        )
    )


_YEAR_READERS: Mapping[str, Reader] = {
    "year": _read_year_number,
    "district": read_text,
    "ruleset": _read_year_number,
    "holidays": _read_holidays,
    "quarter_themes": _read_themes,
    "settings": _read_settings,
}
