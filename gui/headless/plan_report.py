"""排期建议的两种写法：给人读的清单，给程序读的 JSON（形状见 docs/developers.md，字段只增不改）。"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gui.headless.terminal import fields
from models.domain.events import Event
from models.domain.snapshot import YearSnapshot
from planners.proposals import Entry, Open, Proposal
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
        **fields(proposal, "year today first last"),
        "applied": applied,
        "entries": [_entry(entry, snapshot) for entry in proposal.entries],
        "open": [_open(entry) for entry in proposal.open],
        **fields(proposal, "cost bound proved"),
        "terms": dict(proposal.terms),
        **fields(proposal, "moved needed_moves seed effort"),
    }


def _entry(entry: Entry, snapshot: YearSnapshot) -> dict[str, Any]:
    return {
        **fields(entry, "key way label now ticked human estimated"),
        "event": _event(entry.event, snapshot) if entry.event else None,
        "targets": [fields(target, "rule first last group") for target in entry.targets],
        "reasons": [fields(reason, "kind title text") for reason in entry.reasons],
        "alternatives": [
            {**fields(other.after, "starts_at units"), **fields(other, "extra_cost text")}
            for other in entry.alternatives
        ],
    }


def _event(event: Event, snapshot: YearSnapshot) -> dict[str, Any]:
    return {
        **fields(event, "key campaign title starts_at ends_at units towns"),
        "place": snapshot.place_of(event),
        **fields(event, "theme theme_class"),
    }


def _open(entry: Open) -> dict[str, Any]:
    names = "rule first last group"
    return {
        **fields(entry, "label cause text"),
        **(fields(entry.target, names) if entry.target else dict.fromkeys(names.split())),
        "for_person": entry.for_person,
        "repairs": [repair.text for repair in entry.repairs],
    }
