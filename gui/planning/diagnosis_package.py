"""排期诊断：重现一次排期所需的全部事实，去掉人名、电话、活动名称和一切自由文字。"""

from __future__ import annotations

import json
from typing import Any

from exports.package import write_package
from gui.planning.memory import Remembered, to_plain
from gui.planning.process import PlanningError
from gui.planning.worker import PlanningRequest
from models.domain.events import Event
from models.domain.masking import masks_of
from models.domain.setting_names import EXPLANATION, REASON
from models.domain.snapshot import YearSnapshot

FORMAT = "planning-diagnosis/1"
LEFT_OUT = "（略）"
"""Stands where something was written: whether there is anything matters, what it says does not."""


def diagnosis_bytes(request: PlanningRequest, error: PlanningError, stopped_at: str) -> bytes:
    """The request and what became of it as UTF-8 JSON; ``year`` is a data package that can be imported."""
    conditions = to_plain(Remembered(_without_names(request)))
    conditions["effort"] = request.conditions.effort
    plain = {
        "format": FORMAT,
        "what": error.what,
        "stopped_at": stopped_at,
        "trace": error.trace.splitlines(),
        "today": request.today.isoformat(),
        "ruleset": request.ruleset.year,
        "planner": request.planner,
        "conditions": conditions,
        "year": json.loads(write_package(without_names(masks_of(request.snapshot).year(request.snapshot)))),
    }
    return (json.dumps(plain, ensure_ascii=False, indent=1) + "\n").encode()


def without_names(snapshot: YearSnapshot) -> YearSnapshot:
    """The year with its structure whole: dates, statuses, units, places, references; persons and words gone."""
    delegates = {one.key: f"delegate-{number}" for number, one in enumerate(snapshot.delegates, 1)}
    return YearSnapshot(
        snapshot.year_row._replace(settings=tuple(map(_plain_setting, snapshot.year_row.settings))),
        units=snapshot.units,
        venues=(venue._replace(address="") for venue in snapshot.venues),
        schools=snapshot.schools,
        blocked=(period._replace(reason=_left_out(period.reason)) for period in snapshot.blocked),
        policies=(
            policy._replace(title=f"文件 {number}", number="")
            for number, policy in enumerate(snapshot.policies, 1)
        ),
        events=(_plain_event(event, f"活动 {number}") for number, event in enumerate(snapshot.events, 1)),
        meetings=(meeting._replace(place="") for meeting in snapshot.meetings),
        decisions=(
            decision._replace(
                title=f"事项 {number}",
                short="",
                exemption=_left_out(decision.exemption),
                exempted_by=_left_out(decision.exempted_by),
                hearing_note=_left_out(decision.hearing_note),
            )
            for number, decision in enumerate(snapshot.decisions, 1)
        ),
        delegates=(
            one._replace(key=delegates[one.key], name=f"代表 {number}", phone="", selected_by="")
            for number, one in enumerate(snapshot.delegates, 1)
        ),
        invitations=(
            one._replace(key=f"invitation-{number}", delegate=delegates.get(one.delegate, one.delegate))
            for number, one in enumerate(snapshot.invitations, 1)
        ),
        exemptions=(one._replace(reason=_left_out(one.reason)) for one in snapshot.exemptions),
        revision=snapshot.revision,
        neighbours=snapshot.neighbours,
    )


def _without_names(request: PlanningRequest) -> Any:
    locked = tuple((key, _plain_event(event, "锁定的活动")) for key, event in request.conditions.locked)
    return request.conditions._replace(locked=locked)


def _plain_event(event: Event, title: str) -> Event:
    return event._replace(
        title=title,
        short="",
        raw_time=_left_out(event.raw_time),
        status_reason=_left_out(event.status_reason),
        place=_left_out(event.place),
        theme=_left_out(event.theme),
        contact="",
        url="",
        note="",
    )


def _plain_setting(entry: tuple[str, Any]) -> tuple[str, Any]:
    name = entry[0]
    return (name, LEFT_OUT) if name.startswith((EXPLANATION, REASON)) else entry


def _left_out(words: str) -> str:
    return LEFT_OUT if words else ""
