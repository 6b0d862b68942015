"""裸格式 outreach-plan-problem/1 → 排期问题：先读每个字段，再核对引用与矛盾；错处一次列出。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from models.domain.codec import Problem as Fault
from models.domain.errors import InputError
from models.domain.periods import Period
from models.domain.plain_values import RefusedError, read_inside, read_int
from planners.autoplan.bare_checks import contradictions
from planners.autoplan.bare_items import LISTS, PLACEMENT
from planners.autoplan.bare_rules import read_keep_weights, read_rules, read_soft
from planners.autoplan.bare_values import (
    MOST_DAYS,
    FieldReader,
    Shape,
    ordered,
    read_day,
    read_days,
    read_kind,
    read_name,
    read_names,
    read_object,
    read_objects,
    read_spans,
)
from planners.autoplan.problem import (
    DayKind,
    PlanProblem,
)

FORMAT = "outreach-plan-problem/1"
MOST_HALVES = 12
MOST_FAULTS = 20
NOTHING_DONE = "没有求解。"


def read_problem(document: object, name: str = "排期问题") -> PlanProblem:
    """The problem that ``document`` (JSON values) describes; ``name`` is what messages call it.

    Raises ``InputError`` with up to 20 faults, each with its place, value, reason and remedy.
    """
    plain = _recognised(document, name)
    faults: list[Fault] = []
    problem = _problem(plain, faults)
    if problem is not None and not faults:
        faults = contradictions(problem, plain)
    if faults or problem is None:
        raise _refusal(name, faults)
    return problem


def _recognised(document: object, name: str) -> dict[str, Any]:
    if not isinstance(document, dict):
        raise InputError(
            f"{name} 不是排期问题：最外层应为一个对象 {{…}}。",
            NOTHING_DONE,
            f"请给一个写明 format: {FORMAT} 的 JSON 文件。",
        )
    if document.get("format") != FORMAT:
        fault = Fault("format", document.get("format"), f"本程序只认得 {FORMAT}")
        raise InputError(f"{name} 的格式不对：{fault}。", NOTHING_DONE, "请改成这一格式再求解。", "format")
    return document


def _refusal(name: str, faults: list[Fault]) -> InputError:
    shown = "\n".join(f"  {number}. {fault}" for number, fault in enumerate(faults[:MOST_FAULTS], 1))
    rest = f"\n  ……另有 {len(faults) - MOST_FAULTS} 处" if len(faults) > MOST_FAULTS else ""
    return InputError(
        f"{name} 有 {len(faults)} 处不能接受：\n{shown}{rest}\n",
        NOTHING_DONE,
        "请改正后再求解。",
        faults[0].place,
    )


def _problem(plain: dict[str, Any], faults: list[Fault]) -> PlanProblem | None:
    head = read_object(_HEAD, plain, "", faults)
    lists = {name: read_objects(shape, plain.get(name), name, faults) for name, shape in LISTS.items()}
    rules = read_rules(plain.get("rules"), faults)
    soft = read_soft(plain.get("soft"), faults)
    baseline = plain.get("baseline")
    kept = None if baseline is None else read_objects(PLACEMENT, baseline, "baseline", faults)
    keep = read_keep_weights(plain.get("keep_weights"), faults)
    if faults:
        return None
    days = _days_within(head["days"], head["horizon"], faults)
    weights, terms = soft
    return PlanProblem(
        name=head["name"],
        horizon=head["horizon"],
        halves=head["halves"],
        day_kinds=days,
        calendars=head["calendars"],
        blocks=lists["blocked"],
        units=lists["units"],
        places=lists["places"],
        campaigns=lists["campaigns"],
        events=tuple(
            event if event.halves else event._replace(halves=head["halves"]) for event in lists["events"]
        ),
        rules=rules,
        meetings=lists["meetings"],
        decisions=lists["decisions"],
        representatives=lists["reps"],
        weights=weights,
        soft=terms,
        baseline=kept,
        keep=keep,
        max_moves=head["max_moves"],
    )


def _read_horizon(value: Any) -> Period:
    if not isinstance(value, dict):
        raise RefusedError('应为 {"from": 第一天, "to": 最后一天}', value)
    first, last = (read_inside(f".{name}", read_day, value.get(name)) for name in ("from", "to"))
    horizon = ordered(first, last)
    if (horizon.end - horizon.first).days > MOST_DAYS:
        raise RefusedError(f"排期范围过长，至多 {MOST_DAYS} 天，请分开求解", [str(first), str(last)])
    return horizon


def _read_halves(value: Any) -> tuple[str, ...]:
    halves = read_names(value)
    if not 1 <= len(halves) <= MOST_HALVES:
        raise RefusedError(f'每天的时段应有 1–{MOST_HALVES} 个，如 ["AM", "PM"]', value)
    return halves


def _read_day_kinds(value: Any) -> Mapping[DayKind, tuple[date, ...]]:
    if not isinstance(value, dict):
        raise RefusedError('应为 {"workday": […], "weekend": […], "holiday": […]}', value)
    return {
        read_inside(f".{kind}", read_kind, kind): read_inside(f".{kind}", read_days, days)
        for kind, days in value.items()
    }


def _not_null(value: Any) -> Any:
    """``value``, read elsewhere; what has to be there is not null."""
    if value is None:
        raise RefusedError("应为列表 […]", value)
    return value


def _days_within(
    days: Mapping[DayKind, tuple[date, ...]], horizon: Period, faults: list[Fault]
) -> dict[date, DayKind]:
    """The kind of each day of the horizon; a day of two kinds is a fault, a day of none is never used."""
    kinds: dict[date, DayKind] = {}
    for kind, listed in days.items():
        for number, day in enumerate(listed):
            if day in kinds:
                why = f"这一天已列在 days.{kinds[day].value}，一天只能是一种，请删去一处"
                faults.append(Fault(f"days.{kind.value}[{number}]", str(day), why))
            elif day in horizon:
                kinds[day] = kind
    return kinds


def _read_calendars(value: Any) -> Mapping[str, tuple[Period, ...]]:
    if not isinstance(value, dict):
        raise RefusedError("应为 {名称: [[第一天, 最后一天], …]}", value)
    return {
        read_inside(f".{name}", read_name, name): read_inside(f".{name}", read_spans, spans)
        for name, spans in value.items()
    }


_HEAD = Shape(
    {
        "name": FieldReader(read_name),
        "horizon": FieldReader(_read_horizon),
        "halves": FieldReader(_read_halves),
        "days": FieldReader(_read_day_kinds),
        "calendars": FieldReader(_read_calendars, {}),
        "max_moves": FieldReader(read_int, None),
        **{name: FieldReader(_not_null) for name in ("units", "campaigns", "events")},
    },
    lambda values: values,
)
