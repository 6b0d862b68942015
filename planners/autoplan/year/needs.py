"""缺什么：每个未满足的周期格要几场，底线必排，目标可排；已延期、未定日期的先用。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from models.domain.events import Campaign, Event, SchoolStage
from models.domain.periods import Period
from models.domain.rules import BY_UNIT, GroupKind, Rule, Severity
from models.domain.units import UnitKind
from planners.autoplan.year.customs import Customs
from planners.autoplan.year.facts import YearFacts
from planners.results import Cell
from planners.wording import cell_title

TARGET_VALUE = 400
"""What leaving out an event for the 目标 costs; more than any preference can ask."""
COVER_VALUE = 300
"""The same for one that serves coverage only."""
_REST_DAYS_ALLOWED = frozenset({Campaign.COMMUNITY, Campaign.OPEN_MONTH})


class Need(NamedTuple):
    """One event that is wanted. ``key`` is the same in every run over the same facts.

    ``cells``: what it is for, the one that names it first. ``hosts``, ``partners`` (co-hosts) and
    ``towns`` are keys of units, ``waiting`` the event that gets a day; ``resting``: only rest days are left.
    ``label`` where the cell does not say what it is for.
    """

    key: str
    campaign: Campaign
    cells: tuple[Cell, ...]
    required: bool
    value: int
    window: Period
    hosts: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    towns: tuple[str, ...] = ()
    stage: SchoolStage | None = None
    audience: str = ""
    theme_class: str = ""
    waiting: Event | None = None
    resting: bool = False
    label: str = ""

    @property
    def cell(self) -> Cell:
        """The cell that names the need."""
        return self.cells[0]


def need_key(rule: str, first: date, group: str | None, number: int) -> str:
    """The key of the ``number``-th event of a cell."""
    return f"{rule}|{first.isoformat()}|{group or ''}|{number}"


def label_of(facts: YearFacts, need: Need) -> str:
    """公开讲堂 · 6月; 公开讲堂 · 6月（宜 2 场）; 政府开放月 · 常态化."""
    if need.label:
        return need.label
    cell = need.cell
    if len(need.partners) and need.campaign is Campaign.OPEN_MONTH and need.waiting is None:
        groups = "、".join(more.group for more in need.cells if more.group)
        return cell_title(cell._replace(group=groups or cell.group), facts.ruleset)
    beyond = not need.required and cell.target is not None
    return cell_title(cell, facts.ruleset) + (f"（宜 {cell.target} 场）" if beyond else "")


def window_of(facts: YearFacts, cell: Cell) -> Period:
    """The days of the scope on which an event counts in ``cell``."""
    return facts.cut(Period(cell.first, cell.last + timedelta(days=1)))


def is_open(facts: YearFacts, cell: Cell) -> bool:
    """Whether something can still be placed for a cell."""
    window = window_of(facts, cell)
    return cell.state.is_open and window.first < window.end


def counted_needs(facts: YearFacts, customs: Customs) -> list[Need]:
    """The events that the hard cells of a campaign lack, and those that their 目标 lacks; by period."""
    found = [
        need
        for rule, cell in facts.cells(customs.campaign)
        if rule.severity is Severity.HARD and is_open(facts, cell)
        for need in _of_cell(facts, customs, rule, cell)
    ]
    return sorted(found, key=lambda need: (need.cell.first, not need.required))


def _of_cell(facts: YearFacts, customs: Customs, rule: Rule, cell: Cell) -> Iterator[Need]:
    wanted = cell.minimum
    if facts.conditions.targets and cell.target is not None:
        wanted = max(wanted, cell.target)
    for number in range(cell.forecast + 1, wanted + 1):
        required = number <= cell.minimum
        value = 0 if required else TARGET_VALUE
        key = need_key(cell.rule, cell.first, cell.group, number)
        need = Need(
            key, customs.campaign, (cell,), required, value, window_of(facts, cell), hosts=customs.hosts
        )
        yield _for_group(facts, customs, rule, need)


def _for_group(facts: YearFacts, customs: Customs, rule: Rule, need: Need) -> Need:
    group = need.cell.group
    if group is None:
        return need
    if rule.group in (GroupKind.STAGE, GroupKind.STAGE_AUDIENCE):
        stage, _, audience = group.partition("·")
        return need._replace(stage=SchoolStage.from_label(stage), audience=audience)
    if rule.group in (GroupKind.TOWN, *BY_UNIT):
        return for_unit(facts, need, facts.unit_names.get(group, ""))
    if rule.group is GroupKind.THEME_CLASS:
        return need._replace(theme_class=group, hosts=customs.hosts_for(group))
    return need


def nested_needs(facts: YearFacts, needs: Sequence[Need]) -> list[Need]:
    """The needs, those of different rules that one event can meet as one: a lecture of a quarter's theme is
    also the lecture of its month. The event keeps to the shorter period; 街镇 and units are paired elsewhere.
    """
    if len({need.cell.rule for need in needs}) < 2:
        return list(needs)
    kept: dict[str, Need] = {}
    for need in sorted(needs, key=lambda entry: entry.window.end - entry.window.first):
        partners = [one for one in kept.values() if _can_be_one(facts, one, need)]
        if partners:
            one = min(partners, key=lambda entry: not entry.required)
            kept[one.key] = _as_one(one, need)
        else:
            kept[need.key] = need
    return [kept[need.key] for need in needs if need.key in kept]


def _can_be_one(facts: YearFacts, one: Need, other: Need) -> bool:
    """Whether an event for ``one`` can be the event for ``other`` too."""
    groups = {facts.rule(cell).group for cell in (*one.cells, other.cell)}
    return (
        other.cell.rule not in {cell.rule for cell in one.cells}
        and not groups & {GroupKind.TOWN, *BY_UNIT}
        and not {one.key, other.key} & {*facts.conditions.rejected}
        and one.window.first >= other.window.first
        and one.window.end <= other.window.end
        and all(
            not own or not asked or own == asked
            for own, asked in zip(_asked(one), _asked(other), strict=True)
        )
    )


def _asked(need: Need) -> tuple[object, ...]:
    return need.stage, need.audience, need.theme_class


def _as_one(one: Need, other: Need) -> Need:
    return one._replace(
        cells=one.cells + other.cells,
        required=one.required or other.required,
        value=max(one.value, other.value),
        hosts=other.hosts if other.theme_class else one.hosts,
        stage=one.stage or other.stage,
        audience=one.audience or other.audience,
        theme_class=one.theme_class or other.theme_class,
    )


def for_unit(facts: YearFacts, need: Need, unit: str) -> Need:
    """``need`` for one unit: a visit takes place in its 街镇, everything else is held by the unit."""
    is_town = unit in {town.key for town in facts.units_of(UnitKind.TOWN)}
    if is_town and need.campaign is Campaign.COMMUNITY:
        return need._replace(towns=(unit,))
    return need._replace(hosts=(unit,))


def short_cells(
    facts: YearFacts, campaign: Campaign, group: GroupKind, severity: Severity = Severity.HINT
) -> list[Cell]:
    """The cells of a campaign's rules by ``group`` that lack an event and can still get one."""
    return [
        cell
        for rule, cell in facts.cells(campaign)
        if rule.counts(campaign, group)
        and rule.severity is severity
        and cell.shortfall
        and is_open(facts, cell)
    ]


def with_waiting(facts: YearFacts, needs: Iterable[Need]) -> list[Need]:
    """The needs, each with the event that waits for a day where one fits; every such event once."""
    needs = list(needs)
    if not needs:
        return needs
    waiting = facts.waiting(needs[0].campaign)
    # The bottom line before the targets: a postponed event is to count where a rule requires one.
    order = sorted(range(len(needs)), key=lambda n: (not needs[n].required, needs[n].window.first, n))
    for number in order:
        fitting = next((event for event in waiting if _fits(facts, needs[number], event)), None)
        if fitting is not None:
            waiting.remove(fitting)
            needs[number] = _reviving(facts, needs[number], fitting)
    return needs


def _fits(facts: YearFacts, need: Need, event: Event) -> bool:
    if need.stage is not None and need.stage not in event.stages:
        return False
    if need.audience and need.audience not in event.audience:
        return False
    if need.campaign is Campaign.OPEN_MONTH and event.online_only:
        return False
    if any(
        facts.rule(cell).group is GroupKind.THEME_CLASS
        and cell.severity is Severity.HARD
        and cell.group != event.theme_class
        for cell in need.cells
    ):
        return False
    asked = {cell.group for cell in need.cells if facts.rule(cell).group in (GroupKind.TOWN, *BY_UNIT)}
    own = {facts.snapshot.unit_name(key) for key in (*event.units, *event.towns)}
    return not asked or bool(asked & own)


def _reviving(facts: YearFacts, need: Need, event: Event) -> Need:
    known = facts.snapshot.unit_by_key
    units = tuple(unit for unit in event.units if unit in known)
    return need._replace(
        waiting=event,
        hosts=units[:1] or need.hosts,
        partners=tuple(dict.fromkeys((*units[1:], *(event.towns if event.venue else ())))),
        towns=event.towns[:1] or need.towns,
        theme_class=event.theme_class or need.theme_class,
    )


def with_rest_days(
    facts: YearFacts, customs: Mapping[Campaign, Customs], needs: Iterable[Need]
) -> list[Need]:
    """The needs, marked where no working day is left but a rest day may be asked for."""
    return [need._replace(resting=_must_rest(facts, customs[need.campaign], need)) for need in needs]


def _must_rest(facts: YearFacts, customs: Customs, need: Need) -> bool:
    if need.campaign not in _REST_DAYS_ALLOWED or customs.on_rest_days:
        return False
    free = [day for day in need.window.days() if day not in facts.closed(need.campaign)]
    return bool(free) and not any(facts.workdays.is_workday(day) for day in free)


def has_day(facts: YearFacts, customs: Customs, need: Need) -> bool:
    """Whether any day of the window is of a kind the need may use."""
    free = [day for day in need.window.days() if day not in facts.closed(need.campaign)]
    if need.resting or customs.on_rest_days:
        return bool(free)
    return any(facts.workdays.is_workday(day) for day in free)
