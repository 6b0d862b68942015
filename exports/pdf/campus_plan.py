"""《走进校区年度计划》：按季度，写明学段（第2条）。"""

from __future__ import annotations

from exports.pdf.choice import ChosenEvents
from exports.pdf.desk import PrintDocument
from exports.pdf.event_list import Form, duties_of, event_document, events_of, quarter_sections
from exports.pdf.table import Cell, Listing
from exports.pdf.times import printed_time
from exports.print_options import PrintOptions
from models.domain.events import Campaign, Event
from models.domain.snapshot import YearSnapshot
from planners.results import YearCheck

_FORM = Form(
    ("序号", "时间", "活动名称", "学校及地点", "学段", "牵头单位", "责任单位", "参与对象", "备注"),
    (9, 37, 42, 34, 15, 24, 22, 21, 21),
    (8, 27, 31, 24, 11, 16, 15, 13, 11),
    "本年度暂无走进校区活动",
    centred=frozenset({0, 1, 4}),
    spare=frozenset({6, 7}),
)


def campus_plan(snapshot: YearSnapshot, check: YearCheck, options: PrintOptions) -> tuple[PrintDocument, ...]:
    """The visits to schools by quarter; below them what each stage is owed each quarter."""
    choice = ChosenEvents(snapshot, options)
    events = events_of(choice, Campaign.CAMPUS)
    sections = list(quarter_sections(events, snapshot.year, lambda event: _cells(choice, event)))
    usual = f"{snapshot.year_row.district}{snapshot.year}年走进校区年度计划"
    document = event_document(choice, check, usual, _FORM, sections, summed=duties_of(check, Campaign.CAMPUS))
    return (document,)


def _cells(choice: ChosenEvents, event: Event) -> list[Cell]:
    return [
        printed_time(event),
        event.title,
        choice.place(event),
        Listing(tuple(stage.label for stage in event.stages)),
        choice.names(event.lead_units),
        choice.names(dict.fromkeys((*event.responsible_units, *event.towns))),
        choice.audience(event),
        choice.notes(event),
    ]
