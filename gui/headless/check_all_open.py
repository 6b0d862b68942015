"""check --all-open：数据文件里每个年度还没有办完的事，按紧急程度，逐项写明年度。"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from gui.headless.arguments import Request
from gui.headless.opening import open_for_reading
from gui.headless.terminal import fields, tell
from gui.services.open_years import open_years
from models.domain.rules import clause_words
from planners.open_years import OpenYear, beside
from planners.results import AgendaEntry, AgendaGroup

_PERIODS = (AgendaGroup.OVERDUE, AgendaGroup.AT_RISK, AgendaGroup.GAP)


def years_asked(request: Request) -> tuple[OpenYear, ...]:
    """What is open in every year of the data file; what cannot be known of one is told."""
    with open_for_reading(request) as store:
        found = open_years(store, request.today or date.today())
    for one in found:
        if one.problem:
            tell(f"注意：{one.problem}")
    return found


def misses_something(years: Sequence[OpenYear]) -> bool:
    """Whether anything of any year is 逾期, 有风险 or 待补; what merely comes due soon does not count."""
    return any(entry.group in _PERIODS for one in years for entry in one.entries)


def open_as_json(years: Sequence[OpenYear]) -> list[dict[str, Any]]:
    """Every open entry, by group, its year named."""
    return [_entry(entry) for entry in beside((), years)]


def _entry(entry: AgendaEntry) -> dict[str, Any]:
    about = entry.cell or entry.finding
    due = entry.finding.due if entry.finding else entry.due.day if entry.due else None
    last = entry.cell.last if entry.cell else due
    return {
        **fields(entry, "year group title line deadline clause action event"),
        "rule": about.rule if about else entry.due.rule if entry.due else "",
        "until": last.isoformat() if last else None,
    }


def open_as_text(years: Sequence[OpenYear], today: date) -> str:
    """One line for each open entry, by group."""
    entries = beside((), years)
    named = "、".join(str(one.year) for one in years)
    head = (
        f"各年度还没有办完的事（截至{today.isoformat()}）：{named or '还没有任何'} 年度，共 {len(entries)} 项"
    )
    return "\n\n".join(
        (head, *("\n".join(part) for group in AgendaGroup if (part := list(_group(entries, group)))))
    )


def _group(entries: Sequence[AgendaEntry], group: AgendaGroup) -> Iterator[str]:
    own = [entry for entry in entries if entry.group is group]
    if own:
        yield f"【{group.label}】{len(own)} 项"
    for entry in own:
        clause = (
            f"（{clause_words(entry.clause)}，{entry.action.label}）"
            if entry.clause
            else f"（{entry.action.label}）"
        )
        yield f"  {entry.title}：{entry.line.partition(' · ')[0]}；{entry.deadline}{clause}"
