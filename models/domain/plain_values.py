"""单个值的读法与写法：JSON 值 ↔ 文字、整数、日期、枚举、列表。"""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeVar

from models.domain.events import SchoolStage
from models.domain.text import LONGEST_TEXT, clean_text

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)
"""The days that the program reckons with: what is entered lies between them, both included."""
LONGEST_KEY = 200
MOST_ENTRIES = 500
LARGEST_NUMBER = 10_000_000
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MINUTE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}")

Day = TypeVar("Day", bound=date)
Reader = Callable[[Any], Any]
Writer = Callable[[Any], Any]


class RefusedError(ValueError):
    """A value that cannot be taken: why, and where inside the field it stands (``[2]``, ``.notice``)."""

    def __init__(self, why: str, value: object, where: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.value = value
        self.where = where

    def inside(self, where: str) -> RefusedError:
        """The same refusal, seen from the value that holds it under ``where``."""
        return RefusedError(self.why, self.value, where + self.where)


def read_inside(where: str, reader: Reader, value: Any) -> Any:
    """``value`` read; a refusal names ``where`` it stands."""
    try:
        return reader(value)
    except RefusedError as refusal:
        raise refusal.inside(where) from None


def same(value: Any) -> Any:
    """The value itself: it is written as it is."""
    return value


def read_text(value: Any) -> str:
    """``value`` as stored text; refused where it is no text or longer than a field holds."""
    if not isinstance(value, str):
        raise RefusedError("应为文字", value)
    if len(value) > LONGEST_TEXT:
        raise RefusedError(f"文字过长，最多 {LONGEST_TEXT} 字", value)
    return clean_text(value)


def read_key(value: Any) -> str:
    """A permanent key: text of 1 to 200 characters, not only blanks."""
    key = read_text(value)
    if not key.strip() or len(key) > LONGEST_KEY:
        raise RefusedError(f"编号应为 1–{LONGEST_KEY} 个字符的文字", value)
    return key


def read_int(value: Any) -> int:
    """A whole number from 0 to ten million."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST_NUMBER:
        raise RefusedError(f"应为 0–{LARGEST_NUMBER} 的整数", value)
    return value


def read_bool(value: Any) -> bool:
    """true or false, nothing that resembles them."""
    if not isinstance(value, bool):
        raise RefusedError("应为 true 或 false", value)
    return value


def read_date(value: Any) -> date:
    """A date written 2027-06-15; refused for anything else and for days that do not exist."""
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise RefusedError("日期应写成 2027-06-15", value)
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise RefusedError("没有这一天", value) from None


def why_out_of_reach(day: date) -> str:
    """Why ``day`` (or the day of a time) cannot be reckoned with, in Chinese; "" where it can."""
    if FIRST_DAY <= date(day.year, day.month, day.day) <= LAST_DAY:
        return ""
    return f"日期应在 {FIRST_DAY.year}–{LAST_DAY.year} 年之间"


def require_in_reach(day: Day) -> Day:
    """``day`` itself; refused where it cannot be reckoned with."""
    if why := why_out_of_reach(day):
        raise RefusedError(why, day.isoformat())
    return day


def read_minute(value: Any) -> datetime:
    """A local time written 2027-06-15T14:00."""
    if not isinstance(value, str) or not _MINUTE.fullmatch(value):
        raise RefusedError("时间应写成 2027-06-15T14:00", value)
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise RefusedError("没有这个时刻", value) from None


def minute_text(value: datetime) -> str:
    """The time as the package writes it, to the minute."""
    return value.isoformat(timespec="minutes")


def read_list(reader: Reader, value: Any, most: int = MOST_ENTRIES) -> tuple[Any, ...]:
    """The entries of a list of at most ``most``, each read, none twice."""
    if not isinstance(value, list):
        raise RefusedError("应为列表 […]", value)
    if len(value) > most:
        raise RefusedError(f"列表过长，最多 {most} 项", value)
    entries = tuple(read_inside(f"[{n}]", reader, entry) for n, entry in enumerate(value))
    if repeated := first_repeated(entries):
        raise RefusedError("列表中有重复", repeated[0])
    return entries


def first_repeated(values: Iterable[Any]) -> tuple[Any, ...]:
    """The first value that comes a second time, in a tuple of its own; empty where none does."""
    seen: set[Any] = set()
    for value in values:
        if value in seen:
            return (value,)
        seen.add(value)
    return ()


def codec_of(hint: Any) -> tuple[Reader, Writer]:
    """How a field of the type ``hint`` is read and written."""
    arguments = typing.get_args(hint)
    if typing.get_origin(hint) is tuple:
        return _list_codec(*codec_of(arguments[0]))
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        (inner,) = (argument for argument in arguments if argument is not type(None))
        return _optional_codec(*codec_of(inner))
    if issubclass(hint, Enum):
        return _enum_codec(hint)
    return _PLAIN[hint]


def _list_codec(reader: Reader, writer: Writer) -> tuple[Reader, Writer]:
    return (
        lambda value: () if value == [] else read_list(reader, value),
        list if writer is same else lambda value: [writer(entry) for entry in value],
    )


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
            raise RefusedError(f"只能是 {words} 之一", value)
        return member

    return read, _enum_word


def _enum_word(member: Any) -> str:
    return str(member.label if isinstance(member, SchoolStage) else member.value)


_PLAIN: Mapping[type, tuple[Reader, Writer]] = {
    str: (read_text, same),
    int: (read_int, same),
    bool: (read_bool, same),
    date: (read_date, date.isoformat),
    datetime: (read_minute, minute_text),
}
