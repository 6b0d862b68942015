"""裸格式里的各种条目：停排、单位、场所、活动、会议、决策、代表。"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.domain.codec import Problem as Fault
from models.domain.plain_values import RefusedError, read_bool, read_inside, read_int, read_text
from planners.autoplan.bare_values import (
    SPAN,
    Field,
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
        "id": Field(read_name),
        "scope": Field(_read_scope),
        **SPAN,
        "half": Field(read_name, None),
        "reason": Field(read_text, ""),
    },
    lambda v: Block(v["id"], v["scope"][0], v["scope"][1], period_of(v), v["half"], v["reason"]),
)
_UNIT = Shape(
    {"id": Field(read_name), "name": Field(read_text, ""), "week_cap": Field(read_int, None)},
    lambda v: PlanUnit(v["id"], v["name"] or v["id"], v["week_cap"]),
)
_PLACE = Shape(
    {
        "id": Field(read_name),
        "name": Field(read_text, ""),
        "capacity": Field(read_int, None),
        "unit": Field(read_name, None),
    },
    lambda v: PlanPlace(v["id"], v["name"] or v["id"], v["capacity"], v["unit"]),
)
_CAMPAIGN = Shape(
    {
        "id": Field(read_name),
        "name": Field(read_text, ""),
        "type": Field(read_text, ""),
        "district": Field(read_word, ""),
        "day_kinds": Field(read_kinds),
    },
    lambda v: PlanCampaign(v["id"], v["name"] or v["type"] or v["id"], v["district"], v["day_kinds"]),
)
PLACEMENT = Shape(
    {
        "event": Field(read_name),
        "date": Field(read_day),
        "half": Field(read_name),
        "host": Field(read_name, None),
        "place": Field(read_name, None),
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
        "id": Field(read_name),
        "title": Field(read_text, ""),
        "campaign": Field(read_name),
        "required": Field(read_bool),
        "value": Field(read_int, 100),
        **SPAN,
        "hosts": Field(read_names, ()),
        "places": Field(read_names, ()),
        "co_hosts": Field(read_names, ()),
        "attrs": Field(read_words, ()),
        "halves": Field(_read_some_halves, ()),
        "pref_half": Field(read_name, None),
        "avoid_weekdays": Field(read_weekdays, ()),
        "prefer_calendar": Field(read_name, None),
        "pinned": Field(_read_pin, None),
    },
    _event,
)
_MEETING = Shape(
    {
        "id": Field(read_name),
        "district": Field(read_word, ""),
        "date": Field(read_day),
        "max_items": Field(read_int),
    },
    lambda v: PlanMeeting(v["id"], v["district"], v["date"], v["max_items"]),
)
_DECISION = Shape(
    {
        "id": Field(read_name),
        "title": Field(read_text, ""),
        "district": Field(read_word, ""),
        "group": Field(read_word, ""),
        **SPAN,
        "reps_needed": Field(read_int),
    },
    lambda v: PlanDecision(
        v["id"], v["title"] or v["id"], v["district"], v["group"], period_of(v), v["reps_needed"]
    ),
)
_REP = Shape(
    {
        "id": Field(read_name),
        "district": Field(read_word, ""),
        "group": Field(read_word, ""),
        "max_items": Field(read_int),
        "min_gap_days": Field(read_distance, 0),
        "away": Field(read_spans, ()),
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
