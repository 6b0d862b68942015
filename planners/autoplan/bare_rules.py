"""裸格式里的规则与偏好。"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from models.domain.codec import Problem as Fault
from models.domain.plain_values import RefusedError, read_inside, read_int, read_text
from planners.autoplan.bare_values import (
    SPAN,
    FieldReader,
    Shape,
    inside,
    period_of,
    read_distance,
    read_kinds,
    read_name,
    read_names,
    read_object,
    read_objects,
    read_one_or_more,
    read_words,
)
from planners.autoplan.problem import (
    CapacityRule,
    CountFilter,
    CountRule,
    CoverTerm,
    CrowdTerm,
    GapBy,
    GapRule,
    KeepWeights,
    LoadTerm,
    MonthTerm,
    Per,
    Rule,
    SoftTerm,
    SpreadTerm,
    WeekdayTerm,
    Weights,
)


def _only_one(names: tuple[str, ...]) -> str:
    if len(names) != 1:
        raise RefusedError("这里只能写一个活动系列，请拆成几条", list(names))
    return names[0]


def _read_one(value: Any) -> str:
    return _only_one(read_one_or_more(value))


def _choice(words: Iterable[str], make: Callable[[str], Any]) -> Callable[[Any], Any]:
    known = tuple(words)

    def read(value: Any) -> Any:
        if not isinstance(value, str) or value not in known:
            raise RefusedError(f"只能是 {'、'.join(known)} 之一", value)
        return make(value)

    return read


_WHERE_FIELDS = {
    "attr": FieldReader(read_words, ()),
    "host_in": FieldReader(read_names, ()),
    "place_in": FieldReader(read_names, ()),
    "day_kinds": FieldReader(read_kinds, ()),
}


def _read_where(value: Any) -> CountFilter:
    if not isinstance(value, dict):
        raise RefusedError("应为一个对象 {…}", value)
    for name in value:
        if name not in _WHERE_FIELDS:
            known = "、".join(_WHERE_FIELDS)
            raise RefusedError(f"不认识的条件，会数错，请删去；可用：{known}", value[name], f".{name}")
    return CountFilter(
        *(
            field.default
            if value.get(name) is None
            else read_inside(f".{name}", field.reader, value.get(name))
            for name, field in _WHERE_FIELDS.items()
        )
    )


_CAMPAIGNS = FieldReader(read_one_or_more, also="campaign")
_NAMED = {"id": FieldReader(read_name), "name": FieldReader(read_text, "")}
_RULES: Mapping[str, Shape] = {
    "count": Shape(
        {
            **_NAMED,
            "campaigns": _CAMPAIGNS,
            "where": FieldReader(_read_where, CountFilter()),
            **SPAN,
            "min": FieldReader(read_int, None),
            "max": FieldReader(read_int, None),
        },
        lambda v: CountRule(
            v["id"], v["name"] or v["id"], v["campaigns"], v["where"], period_of(v), v["min"], v["max"]
        ),
    ),
    "gap": Shape(
        {
            **_NAMED,
            "campaign": FieldReader(_read_one, also="campaigns"),
            "by": FieldReader(_choice((by.value for by in GapBy), GapBy)),
            "min_days": FieldReader(read_distance),
        },
        lambda v: GapRule(v["id"], v["name"] or v["id"], v["campaign"], v["by"], v["min_days"]),
    ),
    "capacity": Shape(
        {
            **_NAMED,
            "campaigns": _CAMPAIGNS,
            "per": FieldReader(_choice((per.value for per in Per), Per)),
            "max": FieldReader(read_int),
        },
        lambda v: CapacityRule(v["id"], v["name"] or v["id"], v["campaigns"], v["per"], v["max"]),
    ),
}


def read_rules(plain: object, faults: list[Fault]) -> tuple[Rule, ...]:
    """The rules of the document, without those that cannot be taken."""
    if plain is None:
        return ()
    if not isinstance(plain, list):
        faults.append(Fault("rules", plain, "应为列表 […]"))
        return ()
    rules: list[Rule] = []
    for number, entry in enumerate(plain):
        place = f"rules[{number}]"
        kind = entry.get("type") if isinstance(entry, dict) else None
        if isinstance(entry, dict) and (not isinstance(kind, str) or kind not in _RULES):
            faults.append(Fault(f"{place}.type", kind, f"只能是 {'、'.join(_RULES)} 之一"))
            continue
        rule = read_object(_RULES[kind or "count"], entry, place, faults)
        if rule is not None:
            rules.append(rule)
    return tuple(rules)


_RANGE = {"lo": FieldReader(read_int, 0), "hi": FieldReader(read_int)}
_WEIGHT = {"weight": FieldReader(read_int)}
_ID = {"id": FieldReader(read_name, "")}
_SOFT: Mapping[str, Shape] = {
    "load": Shape(
        {**_ID, "campaigns": _CAMPAIGNS, "units": FieldReader(read_names), **_RANGE, **_WEIGHT},
        lambda v: LoadTerm(*v.values()),
    ),
    "cover": Shape(
        {
            **_ID,
            "campaign": FieldReader(_read_one, also="campaigns"),
            "places": FieldReader(read_names),
            **_RANGE,
            **_WEIGHT,
        },
        lambda v: CoverTerm(*v.values()),
    ),
    "crowd": Shape(
        {
            **_ID,
            "units": FieldReader(read_names),
            "hi": FieldReader(read_int),
            **_WEIGHT,
            "per": FieldReader(_choice(("month",), str), "month"),
        },
        lambda v: CrowdTerm(v["id"], v["units"], v["hi"], v["weight"]),
    ),
    "month": Shape({**_ID, "campaigns": _CAMPAIGNS, **_RANGE, **_WEIGHT}, lambda v: MonthTerm(*v.values())),
    "weekday": Shape(
        {**_ID, "campaigns": _CAMPAIGNS, "hi": FieldReader(read_int), **_WEIGHT},
        lambda v: WeekdayTerm(*v.values()),
    ),
    "spread": Shape(
        {
            **_ID,
            "campaign": FieldReader(_read_one, also="campaigns"),
            "days": FieldReader(read_distance),
            **_WEIGHT,
        },
        lambda v: SpreadTerm(*v.values()),
    ),
}


def _weights_shape(make: type[Weights] | type[KeepWeights]) -> Shape:
    defaults: Mapping[str, int] = make._field_defaults
    return Shape(
        {name: FieldReader(read_int, default) for name, default in defaults.items()}, lambda v: make(**v)
    )


_WEIGHTS, _KEEP = _weights_shape(Weights), _weights_shape(KeepWeights)


def _read_weights(shape: Shape, plain: object, place: str, faults: list[Fault]) -> Any:
    for name in plain if isinstance(plain, dict) else ():
        if name not in shape.fields:
            why = f"不认识的权重，请删去；可用：{'、'.join(shape.fields)}"
            faults.append(Fault(inside(place, name), plain[name], why))  # type: ignore[index]
    return read_object(shape, {} if plain is None else plain, place, faults)


def read_keep_weights(plain: object, faults: list[Fault]) -> Any:
    """What it costs to change the old plan; None where it cannot be taken."""
    return _read_weights(_KEEP, plain, "keep_weights", faults)


def read_soft(plain: object, faults: list[Fault]) -> tuple[Weights, tuple[SoftTerm, ...]]:
    """Weights and terms of the document, in the order load, cover, crowd, month, weekday, spread."""
    if plain is None:
        return Weights(), ()
    if not isinstance(plain, dict):
        faults.append(Fault("soft", plain, "应为一个对象 {…}"))
        return Weights(), ()
    for name in plain:
        if name != "weights" and name not in _SOFT:
            why = f"不认识的偏好，请删去；可用：{'、'.join(_SOFT)}"
            faults.append(Fault(inside("soft", name), plain[name], why))
    weights = _read_weights(_WEIGHTS, plain.get("weights"), "soft.weights", faults)
    terms: list[SoftTerm] = []
    for name, shape in _SOFT.items():
        place = inside("soft", name)
        for number, term in enumerate(read_objects(shape, plain.get(name), place, faults)):
            terms.append(term if term.key else term._replace(key=f"{place}[{number}]"))
    return weights or Weights(), tuple(terms)
