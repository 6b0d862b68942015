"""《走进社区年度计划》：全区一张，或选定的街镇每家一张（第2条）。"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exports.pdf.choice import ChosenEvents
from exports.pdf.desk import PrintDocument
from exports.pdf.event_list import Form, ListSection, duties_of, event_document, events_of, hints_of
from exports.pdf.table import Cell
from exports.pdf.times import printed_time
from exports.print_options import PrintOptions
from models.domain.events import Campaign, Event
from models.domain.rules import GroupKind, PeriodKind, clause_words
from models.domain.snapshot import YearSnapshot
from models.domain.units import UnitKind
from planners.results import YearCheck

_FORM = Form(
    ("序号", "时间", "活动名称", "地点", "街镇", "职能部门", "参与对象", "备注"),
    (9, 37, 48, 34, 24, 28, 24, 21),
    (8, 27, 34, 24, 17, 19, 15, 12),
    "暂无走进社区活动",
    spare=frozenset({6}),
)
_MOST_NUMBERS = 12


def community_plan(
    snapshot: YearSnapshot, check: YearCheck, options: PrintOptions
) -> tuple[PrintDocument, ...]:
    """One table by 街镇; where 街镇 are chosen, a sheet of its own for each, counted by itself.

    In the common table a joint event is numbered once, under its first 街镇; the others refer to it.
    """
    known = {unit.key for unit in snapshot.units if unit.kind is UnitKind.TOWN}
    towns = tuple(key for key in options.units if key in known)
    others = tuple(key for key in options.units if key not in known)
    choice = ChosenEvents(snapshot, options._replace(units=others))
    events = events_of(choice, Campaign.COMMUNITY)
    if not towns:
        return (_common(choice, check, events),)
    return tuple(_of_town(choice, check, town, events) for town in towns)


def _usual_title(choice: ChosenEvents) -> str:
    return f"{choice.snapshot.year_row.district}{choice.snapshot.year}年走进社区年度计划"


def _of_town(choice: ChosenEvents, check: YearCheck, town: str, events: Sequence[Event]) -> PrintDocument:
    name = choice.snapshot.unit_name(town)
    chosen = ChosenEvents(
        choice.snapshot,
        choice.options._replace(title=f"{choice.options.title or _usual_title(choice)}（{name}）"),
    )
    lines = [_cells(choice, event) for event in events if town in event.towns or town in event.units]
    return event_document(
        chosen, check, "", _FORM, [ListSection("", lines, silent=True)], remarks=_august(choice, check)
    )


def _common(choice: ChosenEvents, check: YearCheck, events: Sequence[Event]) -> PrintDocument:
    return event_document(
        choice,
        check,
        _usual_title(choice),
        _FORM,
        list(_town_sections(choice, events)),
        summed=duties_of(check, Campaign.COMMUNITY),
        remarks=(
            *_august(choice, check),
            *(_coverage(check) if choice.options.rule_summary else ()),
        ),
    )


def _town_sections(choice: ChosenEvents, events: Sequence[Event]) -> Iterator[ListSection]:
    """A section for every 街镇 in the order of the units, then what names none."""
    towns = [unit.key for unit in choice.snapshot.units if unit.kind is UnitKind.TOWN]
    own: dict[str, list[Event]] = {town: [] for town in towns}
    homeless: list[Event] = []
    for event in events:
        own.get(_home(event, own), homeless).append(event)
    numbers = _numbers(own)
    for town in towns:
        joint = [number for key, number in numbers.items() if town in _visited(key[1]) and key[0] != town]
        lines = [_cells(choice, event) for event in own[town]]
        yield ListSection(choice.snapshot.unit_name(town), lines, _elsewhere(joint))
    yield ListSection("街镇未定", [_cells(choice, event) for event in homeless], silent=True)


def _visited(event: Event) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*event.towns, *event.units)))


def _home(event: Event, towns: dict[str, list[Event]]) -> str:
    """The first 街镇 of the event, "" where it has none."""
    return next((key for key in _visited(event) if key in towns), "")


def _numbers(own: dict[str, list[Event]]) -> dict[tuple[str, Event], int]:
    """The number that each event has in the common table, by its 街镇 and itself."""
    flat = ((town, event) for town, events in own.items() for event in events)
    return {key: number for number, key in enumerate(flat, start=1)}


def _elsewhere(numbers: Sequence[int]) -> str:
    """Which joint events stand under another 街镇."""
    if not numbers:
        return ""
    more = f"等{len(numbers)}项" if len(numbers) > _MOST_NUMBERS else "项"
    return f"另有联合活动，见第{'、'.join(map(str, numbers[:_MOST_NUMBERS]))}{more}"


def _cells(choice: ChosenEvents, event: Event) -> list[Cell]:
    snapshot = choice.snapshot
    towns = [key for key in _visited(event) if _is_town(snapshot, key)]
    departments = [key for key in event.units if not _is_town(snapshot, key)]
    return [
        printed_time(event),
        event.title,
        choice.place(event),
        choice.names(towns),
        choice.names(departments),
        choice.audience(event),
        choice.notes(event),
    ]


def _is_town(snapshot: YearSnapshot, key: str) -> bool:
    unit = snapshot.unit_by_key.get(key)
    return unit is not None and unit.kind is UnitKind.TOWN


def _august(choice: ChosenEvents, check: YearCheck) -> tuple[str, ...]:
    """Why August stands empty, in the words of the clause."""
    counting = check.ruleset.counting(Campaign.COMMUNITY)
    rule = next((rule for rule in counting if rule.period is PeriodKind.MONTH), None)
    if rule is None or not choice.options.clauses:
        return ()
    return (f"注：“{rule.quote}”（{clause_words(rule.clause)}）。",)


def _coverage(check: YearCheck) -> tuple[str, ...]:
    """Which 街镇 have no visit yet."""
    cells = hints_of(check, Campaign.COMMUNITY, GroupKind.TOWN)
    missing = [cell.group or "" for cell in cells if not cell.forecast]
    if not cells:
        return ()
    rest = f"，尚未安排：{'、'.join(missing)}" if missing else ""
    return (f"注：已安排 {len(cells) - len(missing)}/{len(cells)} 个街镇{rest}。",)
