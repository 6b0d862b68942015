"""《走进园区季度计划》：每季度一个主题（第2条）。"""

from __future__ import annotations

from exports.pdf.choice import ChosenEvents
from exports.pdf.desk import PrintDocument
from exports.pdf.event_list import (
    Form,
    duties_of,
    event_document,
    events_of,
    quarter_name,
    quarter_of_event,
    quarter_sections,
)
from exports.pdf.quarter_facts import LONGEST_TITLE
from exports.pdf.table import Cell, Listing
from exports.pdf.text import clean
from exports.pdf.times import printed_time
from exports.print_options import PrintOptions
from models.domain.events import Campaign, Event
from models.domain.periods import quarter_of
from models.domain.snapshot import YearSnapshot
from planners.results import YearCheck

_FORM = Form(
    ("序号", "时间", "活动名称", "园区及地点", "牵头单位", "责任单位", "听取意见形式", "参与对象", "备注"),
    (9, 36, 42, 30, 24, 23, 22, 18, 21),
    (8, 27, 30, 22, 16, 15, 15, 12, 11),
    "暂无走进园区活动",
    spare=frozenset({5, 7}),
)


def park_plan(snapshot: YearSnapshot, check: YearCheck, options: PrintOptions) -> tuple[PrintDocument, ...]:
    """The visits to 园区 of the chosen quarter, or of all four, each under the quarter's theme."""
    choice = ChosenEvents(snapshot, options)
    quarters = (options.quarter,) if options.quarter else (1, 2, 3, 4)
    events = [
        event
        for event in events_of(choice, Campaign.PARK)
        if not options.quarter or quarter_of_event(event, snapshot.year) == options.quarter
    ]
    sections = quarter_sections(
        events,
        snapshot.year,
        lambda event: _cells(choice, event),
        lambda quarter: f"{quarter_name(quarter)}　主题：{_theme(snapshot, quarter)}",
        quarters,
    )
    when = quarter_name(options.quarter) if options.quarter else ""
    usual = f"{snapshot.year_row.district}{snapshot.year}年{when}走进园区{'' if when else '季度'}计划"
    cells = [cell for cell in duties_of(check, Campaign.PARK) if quarter_of(cell.first) in quarters]
    return (event_document(choice, check, usual, _FORM, list(sections), summed=cells),)


def _theme(snapshot: YearSnapshot, quarter: int) -> str:
    theme = clean(snapshot.year_row.quarter_themes[quarter - 1] or "", LONGEST_TITLE).text
    return theme.replace("\n", " ") or "未定"


def _cells(choice: ChosenEvents, event: Event) -> list[Cell]:
    park = choice.snapshot.unit_name(event.park) if event.park else ""
    place = choice.place(event)
    return [
        printed_time(event),
        event.title,
        place if not park or park in place else f"{park}\n{place}",
        choice.names(event.lead_units),
        choice.names(dict.fromkeys((*event.responsible_units, *event.towns))),
        Listing(event.forms),
        choice.audience(event),
        choice.notes(event),
    ]
