"""把各工作线缺的合起来：讲堂分主题，社区顾街镇，校区轮学段，开放月各单位都开。"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from models.domain.events import Campaign
from models.domain.periods import Period, quarter_of
from models.domain.rules import BY_UNIT, GroupKind, Severity
from models.domain.school_stages import stages_of_year
from models.domain.units import UnitKind
from planners.autoplan.year.customs import Customs
from planners.autoplan.year.facts import YearFacts
from planners.autoplan.year.needs import (
    COVER_VALUE,
    Need,
    counted_needs,
    for_unit,
    need_key,
    nested_needs,
    short_cells,
    window_of,
    with_rest_days,
    with_waiting,
)
from planners.autoplan.year.spacing import capacity_left
from planners.autoplan.year.themes import suggested_themes
from planners.results import Cell

SPARE = 2
"""Events that the weeks of the open month are not filled with, so that the plan can breathe."""


class Gathered(NamedTuple):
    """Everything that is wanted; what of it was rejected before; what nobody that may be asked can hold."""

    needs: tuple[Need, ...]
    rejected: tuple[Need, ...] = ()
    unhosted: tuple[Need, ...] = ()


def gather(facts: YearFacts, customs: Mapping[Campaign, Customs]) -> Gathered:
    """The needs of all campaigns in their order."""
    found: list[Need] = []
    for campaign in facts.campaigns:
        needs = nested_needs(facts, counted_needs(facts, customs[campaign]))
        needs = _SHAPING[campaign](facts, customs[campaign], needs, found)
        found += with_waiting(facts, (n for n in needs if n.key not in facts.conditions.rejected))
        found += [need for need in needs if need.key in facts.conditions.rejected]
    marked = with_rest_days(facts, customs, found)
    rejected = frozenset(facts.conditions.rejected)
    wanted = [need for need in marked if need.key not in rejected]
    asked = bool(facts.conditions.units)
    return Gathered(
        tuple(need for need in wanted if need.hosts or not asked),
        tuple(need for need in marked if need.key in rejected),
        tuple(need for need in wanted if asked and not need.hosts),
    )


def _lectures(facts: YearFacts, customs: Customs, needs: list[Need], _: Sequence[Need]) -> list[Need]:
    """Each lecture gets the class that has the fewest so far; a class that is still short gets its own."""
    cells = {
        cell.group: cell
        for rule, cell in facts.cells(Campaign.LECTURE)
        if rule.group is GroupKind.THEME_CLASS and rule.severity is Severity.HINT and cell.group
    }
    if not cells:
        return needs
    counts = Counter({group: cell.forecast for group, cell in cells.items()})
    shaped = []
    for need in needs:
        group = need.theme_class or min(cells, key=lambda g: counts[g])
        counts[group] += 1
        more = (cells[group],) if group in cells and counts[group] <= cells[group].minimum else ()
        shaped.append(
            need._replace(theme_class=group, hosts=customs.hosts_for(group), cells=need.cells + more)
        )
    if facts.conditions.targets:
        short = [c for c in short_cells(facts, Campaign.LECTURE, GroupKind.THEME_CLASS) if c.group]
        shaped += [
            _covering(facts, customs, cell, cell.group)._replace(
                theme_class=cell.group or "", hosts=customs.hosts_for(cell.group or "")
            )
            for cell in short
            if counts[cell.group or ""] < cell.minimum
        ]
    return shaped


def _covering(facts: YearFacts, customs: Customs, cell: Cell, group: str | None, number: int = 1) -> Need:
    key = need_key(cell.rule, cell.first, group, number)
    window = window_of(facts, cell)
    return Need(
        key,
        customs.campaign,
        (cell,),
        required=False,
        value=COVER_VALUE,
        window=window,
        hosts=customs.hosts,
    )


def _parks(facts: YearFacts, customs: Customs, needs: list[Need], _: Sequence[Need]) -> list[Need]:
    """A visit under a suggested theme is held by those whose matter it is."""
    themes = suggested_themes(facts, customs)
    return [
        need._replace(hosts=customs.hosts_for(themes.get(quarter_of(need.window.first), "")))
        for need in needs
    ]


def _communities(facts: YearFacts, customs: Customs, needs: list[Need], _: Sequence[Need]) -> list[Need]:
    """A department's visit goes to a 街镇 that wants one too; 街镇 left over get visits of their own."""
    needs = _paired(facts, needs)
    towns = tuple(town.key for town in facts.units_of(UnitKind.TOWN))
    short = short_cells(facts, Campaign.COMMUNITY, GroupKind.TOWN)
    uncovered = tuple(facts.unit_names[cell.group] for cell in short if cell.group)
    named = {town for need in needs for town in need.towns}
    free = sum(not need.towns for need in needs)
    shaped = [need if need.towns else need._replace(towns=towns) for need in needs]
    if facts.conditions.targets:
        left = [cell for cell in short if facts.unit_names[cell.group or ""] not in named]
        for number, cell in enumerate(left[free:], 1):
            extra = _covering(facts, customs, cell, None, number)
            shaped.append(extra._replace(towns=uncovered))
    return shaped


def _paired(facts: YearFacts, needs: list[Need]) -> list[Need]:
    """Needs of departments and of 街镇 for one period become one, as long as there are both (部门联合街镇)."""
    groups = {cell.rule for need in needs for cell in need.cells if facts.rule(cell).group in BY_UNIT}
    if not groups:
        return needs
    shaped: list[Need] = []
    waiting: dict[Period, list[Need]] = {}
    for need in needs:
        if need.towns:
            waiting.setdefault(need.window, []).append(need)
    for need in needs:
        if not need.towns:
            partners = waiting.get(need.window)
            shaped.append(_joined(need, partners.pop(0)) if partners else need)
    return shaped + [town for towns in waiting.values() for town in towns]


def _joined(need: Need, town: Need) -> Need:
    return need._replace(
        towns=town.towns, cells=need.cells + town.cells, required=need.required or town.required
    )


def _campuses(facts: YearFacts, customs: Customs, needs: list[Need], _: Sequence[Need]) -> list[Need]:
    """Where the rule does not ask for a stage, the one with the fewest events is next."""
    counts = Counter(stage for event in customs.events for stage in event.stages)
    asked = stages_of_year(facts.snapshot.year_row)
    shaped = []
    for need in needs:
        stage = need.stage or min(asked, key=lambda entry: counts[entry])
        counts[stage] += need.stage is None
        shaped.append(need._replace(stage=stage))
    return shaped


def _open_days(facts: YearFacts, customs: Customs, needs: list[Need], before: Sequence[Need]) -> list[Need]:
    """Every unit that has not opened yet opens once; two together, 街镇 first, where room is short."""
    needs = _paired(facts, needs)
    short = short_cells(facts, Campaign.OPEN_MONTH, GroupKind.UNIT) if facts.conditions.targets else []
    short = [cell for cell in short if cell.group and customs.allowed((facts.unit_names[cell.group],))]
    if any(facts.rule(need.cell).group is not GroupKind.NONE for need in needs) or not short:
        return needs + _out_of_season(facts, customs)
    capacity = max(1, capacity_left(facts, window_of(facts, short[0]), before) - SPARE)
    teams = sorted(_teams(facts, short, capacity), key=lambda team: _is_restricted(facts, team))
    shaped = [
        _opening(facts, customs, team, needs[number] if number < len(needs) else None)
        for number, team in enumerate(teams)
    ]
    return shaped + needs[len(teams) :] + _out_of_season(facts, customs)


def _is_restricted(facts: YearFacts, team: tuple[Cell, ...]) -> bool:
    """Whether some 停排 concerns a unit of the team, so that another one is surer to open."""
    units = {facts.unit_names[cell.group or ""] for cell in team}
    return any(units & set(blocked.units) for blocked in facts.snapshot.blocked)


def _teams(facts: YearFacts, short: Sequence[Cell], capacity: int) -> list[tuple[Cell, ...]]:
    towns = {town.name for town in facts.units_of(UnitKind.TOWN)}
    single = [cell for cell in short if cell.group not in towns]
    local = [cell for cell in short if cell.group in towns]
    excess = max(0, len(short) - capacity)
    joint = min(len(single), len(local), excess)
    teams: list[tuple[Cell, ...]] = [(single[n], local[n]) for n in range(joint)]
    left = single[joint:]
    more = min(len(left) // 2, excess - joint)
    teams += [(left[n], left[-1 - n]) for n in range(more)]
    return teams + [(cell,) for cell in (*left[more : len(left) - more], *local[joint:])]


def _opening(facts: YearFacts, customs: Customs, team: tuple[Cell, ...], base: Need | None) -> Need:
    first = team[0]
    units = [facts.unit_names[cell.group or ""] for cell in team]
    need = _covering(facts, customs, first, first.group)
    need = for_unit(facts, need, units[0])._replace(partners=tuple(units[1:]))
    if base is None:
        return need._replace(cells=team)
    cells = (*base.cells, *team) if base.required else (*team, *base.cells)
    return need._replace(cells=cells, required=base.required, value=base.value, window=base.window)


def _out_of_season(facts: YearFacts, customs: Customs) -> list[Need]:
    """One open day in another month where all would be in August (常态化)."""
    regular = facts.ruleset.checked_by("regular_opening")
    if (
        not facts.conditions.targets
        or regular is None
        or any(e.day and e.day.month != 8 for e in customs.events)
    ):
        return []
    cell = next((cell for _, cell in facts.cells(Campaign.OPEN_MONTH)), None)
    year = facts.snapshot.year
    after, ahead = Period(date(year, 9, 1), date(year + 1, 1, 1)), Period(date(year, 1, 1), date(year, 8, 1))
    window = facts.cut(after)
    if not window.days():
        window = facts.cut(ahead)
    if cell is None or not window.days():
        return []
    key = need_key(regular.code, window.first, None, 1)
    label = f"{Campaign.OPEN_MONTH.label} · 常态化"
    return [
        Need(
            key,
            Campaign.OPEN_MONTH,
            (cell,),
            required=False,
            value=COVER_VALUE,
            window=window,
            hosts=customs.hosts,
            label=label,
        )
    ]


_SHAPING: Mapping[Campaign, Callable[[YearFacts, Customs, list[Need], Sequence[Need]], list[Need]]] = {
    Campaign.LECTURE: _lectures,
    Campaign.PARK: _parks,
    Campaign.COMMUNITY: _communities,
    Campaign.CAMPUS: _campuses,
    Campaign.OPEN_MONTH: _open_days,
}
"""How the needs of a campaign get their group, host or place."""
