"""裸格式里的各种条目：停排、单位、场所、活动、会议、决策、代表。"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.domain.codec import Problem as Fault
from models.domain.plain_values import RefusedError, read_bool, read_inside, read_int, read_text
from planners.autoplan.bare_values import (
    SPAN,
    FieldReader,
    Shape,
    period_of,
    read_day,
    read_distance,
    read_kinds,
    read_name,
    read_names,
    read_object,
    read_spans,
    read_weekdays,
    read_word,
    read_words,
)
from planners.autoplan.problem import (
    Block,
    BlockScope,
    Placement,
    PlanCampaign,
    PlanDecision,
    PlanEvent,
    PlanMeeting,
    PlanPlace,
    PlanUnit,
    Representative,
)


def _read_scope(value: Any) -> tuple[BlockScope, str]:
    if not isinstance(value, dict) or len(value) != 1:
        raise RefusedError('应写明一样：{"all": true}、{"unit": …}、{"place": …} 或 {"campaign": …}', value)
    ((word, target),) = value.items()
    if word == BlockScope.ALL.value:
        if target is not True:
            raise RefusedError("只能写 true", target, ".all")
        return BlockScope.ALL, ""
    if word not in {scope.value for scope in BlockScope}:
        raise RefusedError("只能是 all、unit、place、campaign 之一", word)
    return BlockScope(word), read_inside(f".{word}", read_name, target)


_BLOCK = Shape(
    {
        "id": FieldReader(read_name),
        "scope": FieldReader(_read_scope),
        **SPAN,
        "half": FieldReader(read_name, None),
        "reason": FieldReader(read_text, ""),
    },
    lambda v: Block(v["id"], v["scope"][0], v["scope"][1], period_of(v), v["half"], v["reason"]),
)
_UNIT = Shape(
    {
        "id": FieldReader(read_name),
        "name": FieldReader(read_text, ""),
        "week_cap": FieldReader(read_int, None),
    },
    lambda v: PlanUnit(v["id"], v["name"] or v["id"], v["week_cap"]),
)
_PLACE = Shape(
    {
        "id": FieldReader(read_name),
        "name": FieldReader(read_text, ""),
        "capacity": FieldReader(read_int, None),
        "unit": FieldReader(read_name, None),
    },
    lambda v: PlanPlace(v["id"], v["name"] or v["id"], v["capacity"], v["unit"]),
)
_CAMPAIGN = Shape(
    {
        "id": FieldReader(read_name),
        "name": FieldReader(read_text, ""),
        "type": FieldReader(read_text, ""),
        "district": FieldReader(read_word, ""),
        "day_kinds": FieldReader(read_kinds),
    },
    lambda v: PlanCampaign(v["id"], v["name"] or v["type"] or v["id"], v["district"], v["day_kinds"]),
)
PLACEMENT = Shape(
    {
        "event": FieldReader(read_name),
        "date": FieldReader(read_day),
        "half": FieldReader(read_name),
        "host": FieldReader(read_name, None),
        "place": FieldReader(read_name, None),
    },
    lambda v: Placement(v["event"], v["date"], v["half"], v["host"], v["place"]),
)
_PIN_FIELDS = {name: field for name, field in PLACEMENT.fields.items() if name != "event"}


def _read_pin(value: Any) -> dict[str, Any]:
    faults: list[Fault] = []
    pin = read_object(Shape(_PIN_FIELDS, lambda values: values), value, "", faults)
    if faults:
        where = f".{faults[0].place}" if faults[0].place else ""
        raise RefusedError(faults[0].why, faults[0].value, where)
    return dict(pin)


def _event(v: dict[str, Any]) -> PlanEvent:
    pin = v["pinned"]
    return PlanEvent(
        key=v["id"],
        title=v["title"] or v["id"],
        campaign=v["campaign"],
        required=v["required"],
        value=v["value"],
        period=period_of(v),
        hosts=v["hosts"],
        places=v["places"],
        halves=v["halves"],
        co_hosts=v["co_hosts"],
        attributes=v["attrs"],
        preferred_half=v["pref_half"],
        avoid_weekdays=v["avoid_weekdays"],
        preferred_calendar=v["prefer_calendar"],
        pinned=pin and Placement(v["id"], pin["date"], pin["half"], pin["host"], pin["place"]),
    )


def _read_some_halves(value: Any) -> tuple[str, ...]:
    halves = read_names(value)
    if not halves:
        raise RefusedError("至少写一个时段；都可以时写 null", value)
    return halves


_EVENT = Shape(
    {
        "id": FieldReader(read_name),
        "title": FieldReader(read_text, ""),
        "campaign": FieldReader(read_name),
        "required": FieldReader(read_bool),
        "value": FieldReader(read_int, 100),
        **SPAN,
        "hosts": FieldReader(read_names, ()),
        "places": FieldReader(read_names, ()),
        "co_hosts": FieldReader(read_names, ()),
        "attrs": FieldReader(read_words, ()),
        "halves": FieldReader(_read_some_halves, ()),
        "pref_half": FieldReader(read_name, None),
        "avoid_weekdays": FieldReader(read_weekdays, ()),
        "prefer_calendar": FieldReader(read_name, None),
        "pinned": FieldReader(_read_pin, None),
    },
    _event,
)
_MEETING = Shape(
    {
        "id": FieldReader(read_name),
        "district": FieldReader(read_word, ""),
        "date": FieldReader(read_day),
        "max_items": FieldReader(read_int),
    },
    lambda v: PlanMeeting(v["id"], v["district"], v["date"], v["max_items"]),
)
_DECISION = Shape(
    {
        "id": FieldReader(read_name),
        "title": FieldReader(read_text, ""),
        "district": FieldReader(read_word, ""),
        "group": FieldReader(read_word, ""),
        **SPAN,
        "reps_needed": FieldReader(read_int),
    },
    lambda v: PlanDecision(
        v["id"], v["title"] or v["id"], v["district"], v["group"], period_of(v), v["reps_needed"]
    ),
)
_REP = Shape(
    {
        "id": FieldReader(read_name),
        "district": FieldReader(read_word, ""),
        "group": FieldReader(read_word, ""),
        "max_items": FieldReader(read_int),
        "min_gap_days": FieldReader(read_distance, 0),
        "away": FieldReader(read_spans, ()),
    },
    lambda v: Representative(
        v["id"], v["district"], v["group"], v["max_items"], v["min_gap_days"], v["away"]
    ),
)
LISTS: Mapping[str, Shape] = {
    "blocked": _BLOCK,
    "units": _UNIT,
    "places": _PLACE,
    "campaigns": _CAMPAIGN,
    "events": _EVENT,
    "meetings": _MEETING,
    "decisions": _DECISION,
    "reps": _REP,
}
