"""固定项的核对：日期、时段、主办、场所都得是它自己允许的；两项固定不能在同一时段占用同一单位。"""

from __future__ import annotations

from collections.abc import Iterator

from models.domain.codec import Problem as Fault
from planners.autoplan.problem import PlanCampaign, PlanEvent, PlanProblem


def broken_pins(
    problem: PlanProblem, event: PlanEvent, campaign: PlanCampaign, place: str
) -> Iterator[Fault]:
    """What of the event's pin its own window, halves and options do not allow; ``place`` is the event's."""
    pin = event.pinned
    if pin is None:
        return
    place = f"{place}.pinned"
    day = str(pin.day)
    kind = problem.day_kinds.get(pin.day)
    window = f"{event.period.first}—{event.period.last}"
    if pin.day not in event.period:
        yield Fault(f"{place}.date", day, f"固定在窗口 {window} 之外，请改正日期或窗口")
    elif pin.day not in problem.horizon:
        yield Fault(f"{place}.date", day, "固定在排期范围之外，请改正日期或排期范围")
    elif kind not in campaign.day_kinds:
        words = "、".join(allowed.value for allowed in campaign.day_kinds)
        what = f"这一天是 {kind.value}" if kind else "days 里没有这一天"
        yield Fault(f"{place}.date", day, f"{what}，系列“{campaign.key}”只排 {words}，请改正")
    if pin.half not in event.halves:
        words = "、".join(event.halves)
        yield Fault(f"{place}.half", pin.half, f"不在这项活动可用的时段（{words}）里，请改正")
    for name, key, options, what in (
        ("host", pin.host, event.hosts, "主办单位"),
        ("place", pin.place, event.places, "场所"),
    ):
        if key is None and options:
            yield Fault(f"{place}.{name}", None, f"固定时要写明{what}，请在 {name}s 里选一个")
        elif key is not None and key not in options:
            yield Fault(f"{place}.{name}", key, f"不在这项活动可选的{what}（{name}s）里，请改正")


def clashing_pins(problem: PlanProblem) -> Iterator[Fault]:
    """Pins of required events that engage one unit in the same date and half."""
    owners = {place.key: place.unit for place in problem.places}
    taken: dict[tuple[object, str, str], int] = {}
    for number, event in enumerate(problem.events):
        pin = event.pinned
        if pin is None or not event.required:
            continue
        units = dict.fromkeys((pin.host, *event.co_hosts, owners.get(pin.place or "")))
        for unit in units:
            if unit is None:
                continue
            first = taken.setdefault((pin.day, pin.half, unit), number)
            if first != number:
                why = f"单位“{unit}”在 {pin.day} {pin.half} 已被 events[{first}] 的固定占用，请改动其中一项"
                yield Fault(f"events[{number}].pinned", str(pin.day), why)
                break
