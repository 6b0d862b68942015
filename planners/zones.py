"""“科创问政”专区：要讲清的四点、谁来讲、还缺什么；在会议上设专区（第3条）。"""

from __future__ import annotations

from typing import NamedTuple

from models.domain.events import Campaign, Event, EventStatus, Labelled
from models.domain.papers import Zone
from models.domain.snapshot import YearSnapshot
from models.domain.text import quoted
from planners import wording

SHORT_LENGTH = 4


class ZonePoint(Labelled):
    """What a zone explains (§3 政策背景、决策依据、出台目的、创新性做法)."""

    BACKGROUND = "background", "政策背景"
    BASIS = "basis", "决策依据"
    PURPOSE = "purpose", "出台目的"
    PRACTICE = "practice", "创新做法"


class Point(NamedTuple):
    """A point with its words and who explains it."""

    point: ZonePoint
    text: str = ""
    by: str = ""


def points_of(zone: Zone | None) -> tuple[Point, ...]:
    """The four points in their order; empty ones where there is no ``zone``."""
    if zone is None:
        return tuple(Point(point) for point in ZonePoint)
    return tuple(
        Point(point, getattr(zone, point.value), getattr(zone, f"{point.value}_by")) for point in ZonePoint
    )


def zone_with(zone: Zone, points: tuple[Point, ...], leaflets: tuple[str, ...]) -> Zone:
    """``zone`` with these words, explainers and leaflets."""
    values = {p.point.value: p.text.strip() for p in points}
    values |= {f"{p.point.value}_by": p.by.strip() for p in points}
    return zone._replace(**values, leaflets=leaflets)


def missing_points(zone: Zone | None) -> tuple[str, ...]:
    """The points that have no words yet, by name."""
    return tuple(point.point.label for point in points_of(zone) if not point.text.strip())


def without_explainer(zone: Zone | None) -> tuple[str, ...]:
    """The points that have words and nobody to explain them, by name."""
    return tuple(p.point.label for p in points_of(zone) if p.text.strip() and not p.by.strip())


def contents_of(snapshot: YearSnapshot, event: str) -> Zone | None:
    """What is written down of the zone ``event``."""
    return next((zone for zone in snapshot.zones if zone.event == event), None)


def zones_at(snapshot: YearSnapshot, host: str) -> tuple[Event, ...]:
    """The zones set up at a meeting, cancelled ones last."""
    found = [e for e in snapshot.events if e.campaign is Campaign.TECH_FORUM and e.host_event == host]
    return tuple(sorted(found, key=lambda event: event.status is EventStatus.CANCELLED))


def zone_of(snapshot: YearSnapshot, key: str) -> Event | None:
    """The zone that ``key`` is, or the first that stands at the meeting ``key``; None where there is none."""
    event = snapshot.event_by_key.get(key)
    if event is None:
        return None
    if event.campaign is Campaign.TECH_FORUM:
        return event
    return next((z for z in zones_at(snapshot, key) if z.status is not EventStatus.CANCELLED), None)


def new_zone(host: Event, key: str) -> Event:
    """A zone at ``host``: its day, time, place, units and audience; 已排, or 草拟 like the meeting."""
    name = host.short or host.title
    status = host.status if host.status in (EventStatus.DRAFT, EventStatus.PLANNED) else EventStatus.PLANNED
    return Event(
        key,
        Campaign.TECH_FORUM,
        f"“科创问政”专区 · {host.title}",
        name[:SHORT_LENGTH],
        host.starts_at,
        host.ends_at,
        host.precision,
        host.tentative,
        status=status,
        lead_units=host.lead_units,
        responsible_units=host.responsible_units,
        venue=host.venue,
        place=host.place,
        audience=host.audience,
        host_event=host.key,
        policy=host.policy,
    )


def zone_lines(snapshot: YearSnapshot, event: Event) -> tuple[tuple[bool, str], ...]:
    """What a zone's preparation lacks and has, a line each: whether it is good, and the words."""
    zone = contents_of(snapshot, event.key)
    host = snapshot.event_by_key.get(event.host_event or "")
    lines = []
    if host is not None:
        lines.append((True, f"设在{quoted(host.title)}（{wording.time_label(host)}）现场，会议改期时随同"))
    missing, silent = missing_points(zone), without_explainer(zone)
    if missing:
        lines.append((False, f"还没写：{'、'.join(missing)}"))
    else:
        lines.append((True, "四点都已写明"))
    if silent:
        lines.append((False, f"未定讲解人：{'、'.join(silent)}"))
    if zone is not None and zone.leaflets:
        lines.append((True, f"宣传页 {len(zone.leaflets)} 种：{'、'.join(zone.leaflets[:4])}"))
    return tuple(lines)


def lacks_contents(snapshot: YearSnapshot, event: Event) -> bool:
    """Whether a zone that is still ahead lacks one of its four points; only a hint."""
    if event.campaign is not Campaign.TECH_FORUM or event.status in (EventStatus.HELD, EventStatus.CANCELLED):
        return False
    return bool(missing_points(contents_of(snapshot, event.key)))
