"""裸格式的值怎样读：一种对象一张字段表；读不了的记下地方、值与原因，其余照读。"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from models.domain.codec import Problem as Fault
from models.domain.periods import Period
from models.domain.plain_values import (
    LONGEST_KEY,
    Reader,
    RefusedError,
    read_date,
    read_inside,
    read_list,
)
from planners.autoplan.problem import DayKind

FIRST_YEAR, LAST_YEAR = 1900, 2900
MOST_ITEMS = 100_000
"""Entries of one list."""
MOST_DAYS = 3_660
"""Days of the horizon, and days that a distance may ask for."""
REQUIRED: Any = object()


class FieldReader(NamedTuple):
    """How a field is read; ``default`` where it is missing or null; ``also`` another name it may have."""

    reader: Reader
    default: Any = REQUIRED
    also: str = ""


class Shape(NamedTuple):
    """The fields of a kind of object, and what they make. Other fields describe and are passed over."""

    fields: Mapping[str, FieldReader]
    build: Callable[[dict[str, Any]], Any]


def read_object(shape: Shape, plain: object, place: str, faults: list[Fault]) -> Any:
    """What ``plain`` describes; None, with its faults appended, where it cannot be taken."""
    if not isinstance(plain, dict):
        faults.append(Fault(place, plain, "应为一个对象 {…}"))
        return None
    before = len(faults)
    values: dict[str, Any] = {}
    for name, field in shape.fields.items():
        written = field.also if plain.get(name) is None and plain.get(field.also) is not None else name
        value = plain.get(written)
        if value is None and field.default is not REQUIRED:
            values[name] = field.default
        elif value is None and written not in plain:
            faults.append(Fault(inside(place, name), None, "缺少必填字段，请补上"))
        else:
            try:
                values[name] = field.reader(value)
            except RefusedError as refusal:
                faults.append(Fault(inside(place, written) + refusal.where, refusal.value, refusal.why))
    return shape.build(values) if len(faults) == before else None


def read_objects(shape: Shape, plain: object, place: str, faults: list[Fault]) -> tuple[Any, ...]:
    """The entries of a list of objects of one shape, without those that cannot be taken; null: none."""
    if plain is None:
        return ()
    if not isinstance(plain, list) or len(plain) > MOST_ITEMS:
        faults.append(Fault(place, plain, f"应为列表 […]，至多 {MOST_ITEMS} 项"))
        return ()
    read = (read_object(shape, entry, f"{place}[{number}]", faults) for number, entry in enumerate(plain))
    return tuple(value for value in read if value is not None)


def inside(place: str, name: str) -> str:
    """The place of the field ``name`` of what stands at ``place``."""
    return f"{place}.{name}" if place else name


def read_name(value: Any) -> str:
    """An identifier as it is written: 1 to 200 characters, not only blanks."""
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_KEY:
        raise RefusedError(f"编号应为 1–{LONGEST_KEY} 个字符的文字", value)
    if any("\ud800" <= char <= "\udfff" for char in value):
        raise RefusedError("编号里有残缺的字符，请改正", value)
    return value


def read_names(value: Any) -> tuple[str, ...]:
    """A list of identifiers, none twice."""
    return read_list(read_name, value, MOST_ITEMS)


def read_one_or_more(value: Any) -> tuple[str, ...]:
    """One identifier, or a list of some."""
    names = read_names(value) if isinstance(value, list) else (read_name(value),)
    if not names:
        raise RefusedError("至少写一个编号", value)
    return names


def read_day(value: Any) -> date:
    """A date of a century somebody plans in."""
    day = read_date(value)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise RefusedError(f"年份应在 {FIRST_YEAR}–{LAST_YEAR} 之间", value)
    return day


def read_days(value: Any) -> tuple[date, ...]:
    """A list of dates, none twice."""
    return read_list(read_day, value, MOST_ITEMS)


def read_span(value: Any) -> Period:
    """A pair [first, last] of dates, both included."""
    if not isinstance(value, list) or len(value) != 2:
        raise RefusedError("应为 [第一天, 最后一天]", value)
    return ordered(*(read_inside(f"[{n}]", read_day, day) for n, day in enumerate(value)))


def read_spans(value: Any) -> tuple[Period, ...]:
    """A list of pairs of dates."""
    return read_list(read_span, value, MOST_ITEMS)


def ordered(first: date, last: date) -> Period:
    """The days from ``first`` to ``last``, both included; refused where there are none."""
    if last < first:
        raise RefusedError(
            f"时段是空的：最后一天 {last} 早于第一天 {first}，请改正日期", [str(first), str(last)]
        )
    return Period(first, date.fromordinal(last.toordinal() + 1))


def read_distance(value: Any) -> int:
    """A number of days, of ten years at most."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_DAYS:
        raise RefusedError(f"天数应为 0–{MOST_DAYS} 的整数", value)
    return value


def read_weekday(value: Any) -> int:
    """A weekday, 0 (Monday) to 6."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 6:
        raise RefusedError("星期应为 0（星期一）至 6（星期日）的整数", value)
    return value


def read_kind(value: Any) -> DayKind:
    """A day kind by its word."""
    if not isinstance(value, str) or value not in {kind.value for kind in DayKind}:
        raise RefusedError("只能是 workday、weekend、holiday 之一", value)
    return DayKind(value)


def read_words(value: Any) -> tuple[tuple[str, str], ...]:
    """An object of texts, as sorted pairs."""
    if not isinstance(value, dict):
        raise RefusedError("应为一个对象 {…}", value)
    words = (
        (read_inside(f".{name}", read_name, name), read_inside(f".{name}", read_word, word))
        for name, word in value.items()
    )
    return tuple(sorted(words))


def read_word(value: Any) -> str:
    """A text as it is written."""
    if not isinstance(value, str):
        raise RefusedError("应为文字", value)
    return value


read_kinds: Reader = partial(read_list, read_kind)
read_weekdays: Reader = partial(read_list, read_weekday)


def period_of(values: dict[str, Any]) -> Period:
    """The days from ``from`` to ``to``; an empty period where they are the wrong way round."""
    first: date = values["from"]
    return Period(first, date.fromordinal(max(first.toordinal(), values["to"].toordinal() + 1)))


SPAN = {"from": FieldReader(read_day), "to": FieldReader(read_day)}
