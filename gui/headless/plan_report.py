"""排期建议的两种写法：给人读的清单，给程序读的 JSON（形状见 docs/developers.md，字段只增不改）。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from models.domain.events import Event
from models.domain.snapshot import YearSnapshot
from planners.proposals import Alternative, Entry, Open, Proposal
from planners.wording import short_day, time_label


def proposal_as_text(proposal: Proposal, snapshot: YearSnapshot) -> str:
    """The list: what is proposed, why, what stays open."""
    scope = f"{short_day(proposal.first)}–{short_day(proposal.last)}"
    lines = [f"{proposal.title}：{proposal.year} 年度，{scope}，共 {len(proposal.entries)} 项"]
    for number, entry in enumerate(proposal.entries, 1):
        lines += _entry_lines(number, entry, snapshot)
    lines += _open_lines("仍无法满足", [entry for entry in proposal.open if not entry.for_person])
    lines += _open_lines("暂不处理", [entry for entry in proposal.open if entry.for_person])
    if proposal.cost is not None:
        lines.append(_score(proposal))
    return "\n".join(lines)


def _entry_lines(number: int, entry: Entry, snapshot: YearSnapshot) -> Iterator[str]:
    box = "☑" if entry.ticked else "☐"
    yield f"{box} {number}. {entry.label}（{entry.now}） → {_what(entry, snapshot)} 〔{entry.way.label}〕"
    if entry.human:
        yield f"     须人定：{entry.human}"
    for reason in entry.reasons:
        yield f"     {reason.title}：{reason.text}"


def _what(entry: Entry, snapshot: YearSnapshot) -> str:
    event = entry.event
    if event is None:
        return "见理由"
    units = "、".join(snapshot.unit_name(unit) for unit in event.units)
    parts = (time_label(event), units, event.short or event.title, snapshot.place_of(event))
    return " · ".join(part for part in parts if part)


def _open_lines(title: str, entries: list[Open]) -> Iterator[str]:
    if entries:
        yield f"{title} {len(entries)} 项"
    for entry in entries:
        yield f"  {entry.label}：{entry.text}"
        for repair in entry.repairs:
            yield f"    可以：{repair.text}"


def _score(proposal: Proposal) -> str:
    bound = "" if proposal.bound is None else f"，下界 {proposal.bound}"
    best = "，已是最优" if proposal.proved else ""
    moved = f"，挪动 {proposal.moved} 场" if proposal.moved else ""
    return f"代价 {proposal.cost}{bound}{best}{moved}，种子 {proposal.seed}，搜索 {proposal.effort} 步"


def proposal_as_json(proposal: Proposal, snapshot: YearSnapshot, applied: int | None) -> dict[str, Any]:
    """The proposal as JSON values; ``applied``: how many entries were carried out, None for a mere proposal."""
    return {
        "year": proposal.year,
        "today": proposal.today.isoformat(),
        "first": proposal.first.isoformat(),
        "last": proposal.last.isoformat(),
        "applied": applied,
        "entries": [_entry(entry, snapshot) for entry in proposal.entries],
        "open": [_open(entry) for entry in proposal.open],
        "cost": proposal.cost,
        "bound": proposal.bound,
        "proved": proposal.proved,
        "terms": dict(proposal.terms),
        "moved": proposal.moved,
        "needed_moves": proposal.needed_moves,
        "seed": proposal.seed,
        "effort": proposal.effort,
    }


def _entry(entry: Entry, snapshot: YearSnapshot) -> dict[str, Any]:
    return {
        "key": entry.key,
        "way": entry.way.value,
        "label": entry.label,
        "now": entry.now,
        "ticked": entry.ticked,
        "human": entry.human,
        "estimated": entry.estimated,
        "event": _event(entry.event, snapshot) if entry.event else None,
        "targets": [
            {"rule": t.rule, "first": t.first.isoformat(), "last": t.last.isoformat(), "group": t.group}
            for t in entry.targets
        ],
        "reasons": [{"kind": r.kind.value, "title": r.title, "text": r.text} for r in entry.reasons],
        "alternatives": [_alternative(other) for other in entry.alternatives],
    }


def _event(event: Event, snapshot: YearSnapshot) -> dict[str, Any]:
    return {
        "key": event.key,
        "campaign": event.campaign.value,
        "title": event.title,
        "starts_at": _moment(event.starts_at),
        "ends_at": _moment(event.ends_at),
        "units": list(event.units),
        "towns": list(event.towns),
        "place": snapshot.place_of(event),
        "theme": event.theme,
        "theme_class": event.theme_class,
    }


def _alternative(other: Alternative) -> dict[str, Any]:
    return {
        "starts_at": _moment(other.after.starts_at),
        "units": list(other.after.units),
        "extra_cost": other.extra_cost,
        "text": other.text,
    }


def _open(entry: Open) -> dict[str, Any]:
    target = entry.target
    return {
        "label": entry.label,
        "cause": entry.cause.value,
        "text": entry.text,
        "rule": target.rule if target else None,
        "first": target.first.isoformat() if target else None,
        "last": target.last.isoformat() if target else None,
        "group": target.group if target else None,
        "for_person": entry.for_person,
        "repairs": [repair.text for repair in entry.repairs],
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="minutes") if moment else None
