"""排不下的与留给人的：每一处说明原因，同一规则、同一原因的合成一句。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from models.domain.events import Campaign
from models.domain.rules import Severity
from models.domain.snapshot import ItemKind
from planners import wording_plan
from planners.autoplan.problem import Solution
from planners.autoplan.year.alternatives import Board
from planners.autoplan.year.assigning import decision_entries, decision_key
from planners.autoplan.year.building import YearProblem
from planners.autoplan.year.drafting import Drafting
from planners.autoplan.year.facts import YearFacts
from planners.autoplan.year.needs import Need, has_day, is_open
from planners.autoplan.year.spacing import mondays
from planners.autoplan.year.themes import cells_without_theme, suggested_themes, themes_key
from planners.explain import ConflictFix, Explanation
from planners.proposals import Cause, Entry, Open, Repair, Target
from planners.results import Cell, CellState
from planners.wording import short_day

SHOWN_BLOCKS = 3
_VAGUE = (Cause.UNIT, Cause.COMPETING, Cause.UNKNOWN)
"""Causes of which the explanation knows more."""
_NOT_OURS = ("required:", "window:", "pinned:")


def unassigned_demands(
    year: YearProblem, solution: Solution, explanation: Explanation | None = None
) -> tuple[Open, ...]:
    """Everything that stays open: first what no plan can mend, then what found no room, then a person's part.

    ``explanation``: why the problem cannot be solved whole, where that was looked into.
    """
    placed = {at.event for at in solution.plan.placements}
    unplaced = [need for key, need in year.needs.items() if key not in placed]
    return (
        *_missed(year.facts),
        *_unplaced(year, unplaced, explanation or Explanation()),
        *_stuck(year),
        *_rejected(year),
        *_undecided(year, solution),
        *_for_person(year),
    )


def target_of(cell: Cell) -> Target:
    """The cell as a target."""
    return Target(cell.rule, cell.first, cell.last, cell.group)


def _hard_cells(facts: YearFacts) -> Iterator[Cell]:
    for campaign in facts.campaigns:
        for rule, cell in facts.cells(campaign):
            if rule.severity is Severity.HARD:
                yield cell


def _missed(facts: YearFacts) -> Iterator[Open]:
    """Periods that are over, unless their 说明 is registered; and those that end today."""
    for cell in _hard_cells(facts):
        label = wording_plan.open_label(cell, facts.ruleset)
        if cell.state is CellState.OVERDUE and not cell.reason:
            yield Open(label, Cause.PAST, wording_plan.past(cell), target_of(cell))
        elif cell.shortfall and cell.last == facts.today and cell.state is CellState.AT_RISK:
            yield Open(label, Cause.NO_DAY, wording_plan.last_day(cell), target_of(cell))


def _unplaced(year: YearProblem, needs: Sequence[Need], explanation: Explanation) -> Iterator[Open]:
    """Each required need by itself; needs for the 目标 together where rule and cause are the same."""
    grouped: dict[tuple[str, Cause, str], list[Need]] = defaultdict(list)
    alone = Board(year.problem, ()) if needs else None
    for need in needs:
        assert alone is not None
        cause, text = cause_of(year, need, alone)
        if need.required:
            yield _explained(year, need, cause, text, explanation)
        else:
            grouped[need.campaign.label, cause, text].append(need)
    for (name, cause, text), members in grouped.items():
        names = list(dict.fromkeys(_group_name(year.facts, need) for need in members))
        words = text if len(members) == 1 else wording_plan.several(names, text)
        label = _label(year.facts, members[0]) if len(members) == 1 else f"{name} · 目标 {len(members)} 场"
        yield Open(label, cause, words, target_of(members[0].cell))


def _explained(year: YearProblem, need: Need, cause: Cause, text: str, explanation: Explanation) -> Open:
    """A required need with what blocks it and the ways out that were tried and can be had."""
    label = _label(year.facts, need)
    conflict = next((found for found in explanation.conflicts if f"required:{need.key}" in found.rules), None)
    if conflict is None:
        return Open(label, cause, text, target_of(need.cell))
    repairs = tuple(Repair(fix.text, fix.relax) for fix in conflict.fixes if _can_be_had(fix))
    words = conflict.text if cause in _VAGUE else text
    return Open(label, cause, words, target_of(need.cell), conflict.rules, repairs)


def _can_be_had(fix: ConflictFix) -> bool:
    """Whether a way out is the office's to take: the rules' periods and minima are not, nor is the past."""
    return not any(rule.startswith(_NOT_OURS) for rule in fix.relax)


def _stuck(year: YearProblem) -> Iterator[Open]:
    """Broken events for which the change budget was too small."""
    for event in year.stuck:
        assert event.day is not None
        label = f"{event.campaign.label} · {short_day(event.day)}"
        yield Open(label, Cause.BUDGET, wording_plan.too_few_moves(None))


def _label(facts: YearFacts, need: Need) -> str:
    return need.label or wording_plan.open_label(need.cell, facts.ruleset)


def _group_name(facts: YearFacts, need: Need) -> str:
    if len(need.hosts) == 1:
        return facts.snapshot.unit_name(need.hosts[0])
    return wording_plan.open_label(need.cell, facts.ruleset).rpartition(" · ")[2]


def cause_of(year: YearProblem, need: Need, alone: Board) -> tuple[Cause, str]:
    """Why a need found no place; ``alone``: the board with nothing but what stands on it."""
    facts = year.facts
    days = need.window.days()
    if alone.free_days(need.key):
        if facts.conditions.movable and facts.conditions.max_moves is not None:
            return Cause.BUDGET, wording_plan.too_few_moves(None)
        return Cause.COMPETING, wording_plan.competing()
    first, last = days[0], days[-1]
    if not has_day(facts, year.customs[need.campaign], need):
        if not any(facts.workdays.is_workday(day) for day in days):
            return Cause.NO_DAY, wording_plan.no_workday(first, last)
        return Cause.BLOCKED, wording_plan.all_blocked(first, last, _reasons(facts, need))
    if _weeks_full(facts, need):
        return Cause.NO_DAY, wording_plan.weeks_full(first, last, facts.check.week_limit)
    names = [facts.snapshot.unit_name(host) for host in need.hosts]
    return Cause.UNIT, wording_plan.hosts_busy(names) if names else wording_plan.not_found()


def _reasons(facts: YearFacts, need: Need) -> list[str]:
    found = [
        blocked.reason
        for blocked in facts.snapshot.blocked
        if blocked.first < need.window.end
        and blocked.last >= need.window.first
        and not (blocked.units or blocked.venues)
        and (not blocked.campaigns or need.campaign in blocked.campaigns)
        and blocked.reason
    ]
    if any(day in need.window for day in facts.conditions.blocked):
        found.append("本次不排")
    return list(dict.fromkeys(found))[:SHOWN_BLOCKS]


def _weeks_full(facts: YearFacts, need: Need) -> bool:
    full = {monday for monday, held in mondays(facts) if held >= facts.check.week_limit}
    days = [day for day in need.window.days() if facts.workdays.is_workday(day)]
    return all(any(0 <= (day - monday).days < 7 for monday in full) for day in days)


def _rejected(year: YearProblem) -> Iterator[Open]:
    """Demands that were rejected before, and those that nobody who may be asked can hold."""
    for need in year.wanted.rejected:
        yield Open(_label(year.facts, need), Cause.REJECTED, wording_plan.rejected(), target_of(need.cell))
    for need in year.wanted.unhosted:
        if need.required:
            yield Open(
                _label(year.facts, need), Cause.UNIT, wording_plan.nobody_asked(), target_of(need.cell)
            )


def _undecided(year: YearProblem, solution: Solution) -> Iterator[Open]:
    placed = {entry.decision for entry in solution.plan.decisions if entry.representatives}
    for decision in year.problem.decisions:
        if decision.key not in placed:
            text = "会议的位置或可请的代表不够。"
            yield Open(f"列席 · {decision.title}", Cause.COMPETING, text)
        elif decision_key(decision.key) in year.facts.conditions.rejected:
            yield Open(f"列席 · {decision.title}", Cause.REJECTED, wording_plan.rejected())


def decision_answer(year: YearProblem, solution: Solution, decision: str) -> Entry | Open:
    """The entry about one decision, or why there is none."""
    drafting = Drafting(year.facts, year.customs, {})
    for entry in decision_entries(year, solution, drafting):
        if entry.key == decision_key(decision):
            return entry
    item = year.facts.snapshot.item(ItemKind.DECISION, decision)
    label = f"列席 · {getattr(item, 'title', decision)}"
    found = (*_undecided(year, solution), *_for_person(year))
    asked = next((entry for entry in found if entry.label == label), None)
    return asked or Open(label, Cause.UNKNOWN, "现在不缺。", for_person=True)


def _for_person(year: YearProblem) -> Iterable[Open]:
    facts = year.facts
    for cell in _hard_cells(facts):
        if cell.awaits_confirmation:
            yield _person(facts, cell, Cause.CONFIRM, wording_plan.unconfirmed())
    suggested = suggested_themes(facts, year.customs[Campaign.PARK])
    if Campaign.PARK in facts.campaigns and not suggested:
        for cell in cells_without_theme(facts):
            if is_open(facts, cell):
                cause = Cause.REJECTED if themes_key(facts) in facts.conditions.rejected else Cause.THEME
                yield _person(facts, cell, cause, wording_plan.theme_open())
    for decision, reason in year.decisions.left:
        yield Open(f"列席 · {decision.title}", Cause.UNKNOWN, f"{reason}。", for_person=True)


def _person(facts: YearFacts, cell: Cell, cause: Cause, text: str) -> Open:
    label = wording_plan.open_label(cell, facts.ruleset)
    return Open(label, cause, text, target_of(cell), for_person=True)
