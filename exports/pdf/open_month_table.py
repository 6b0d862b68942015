"""《政府开放月活动表》：8月的开放活动，按单位分组（第22条）。"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exports.pdf.choice import ChosenEvents
from exports.pdf.desk import PrintDocument
from exports.pdf.event_list import Form, ListSection, duties_of, event_document, events_of
from exports.pdf.quarter_facts import LONGEST_TITLE
from exports.pdf.table import Cell, Listing
from exports.pdf.text import clean
from exports.pdf.times import printed_time
from exports.print_options import PrintOptions
from models.domain.events import Campaign, Event, EventStatus
from models.domain.periods import month_period
from models.domain.snapshot import YearSnapshot
from planners.open_month import AUGUST, THEME, units_of
from planners.results import YearCheck

_FORM = Form(
    ("序号", "活动时间", "活动名称（主题）", "活动形式", "活动地点", "拟参与人数"),
    (10, 42, 74, 36, 44, 22),
    (9, 30, 48, 25, 31, 16),
    "8月暂无政府开放活动",
    centred=frozenset({0, 1, 5}),
)
_NO_UNIT = "单位未定"


def open_month_table(
    snapshot: YearSnapshot, check: YearCheck, options: PrintOptions
) -> tuple[PrintDocument, ...]:
    """The table that is made public: the events that touch August, and those without a day yet.

    A joint event stands once, under the first unit that it names. Drafts are left out unless what is not
    confirmed is marked.
    """
    choice = ChosenEvents(snapshot, options)
    events = [
        event
        for event in events_of(choice, Campaign.OPEN_MONTH)
        if _in_august(event, snapshot.year)
        and (event.status is not EventStatus.DRAFT or options.mark_unconfirmed)
    ]
    theme = clean(str(snapshot.year_row.setting(THEME) or ""), LONGEST_TITLE).text.replace("\n", " ")
    document = event_document(
        choice,
        check,
        f"{snapshot.year_row.district}{snapshot.year}年政府开放月活动表",
        _FORM,
        list(_unit_sections(choice, events)),
        summed=duties_of(check, Campaign.OPEN_MONTH),
        leads=(f"主题：{theme}",) if theme else (),
    )
    return (document,)


def _in_august(event: Event, year: int) -> bool:
    """Whether the event touches August by its span, or has no day yet."""
    if event.span is None or event.days is None:
        return True
    august = month_period(year, AUGUST)
    if event.day is None and event.days is not None:
        return event.days.first < august.end and august.first < event.days.end
    start, end = event.span
    return start.date() < august.end and (end.date() > august.first or start.date() in august)


def _unit_sections(choice: ChosenEvents, events: Sequence[Event]) -> Iterator[ListSection]:
    by_unit: dict[str, list[Event]] = {}
    for event in events:
        by_unit.setdefault(units_of(event)[0], []).append(event)
    order = {unit.key: at for at, unit in enumerate(choice.snapshot.units)}
    for key in sorted(by_unit, key=lambda one: (one == "", order.get(one, len(order)), one)):
        name = choice.snapshot.unit_name(key) if key else _NO_UNIT
        yield ListSection(name, [_cells(choice, event) for event in by_unit[key]])


def _cells(choice: ChosenEvents, event: Event) -> list[Cell]:
    expected = "待定" if event.expected is None else str(event.expected)
    return [
        printed_time(event),
        _title(choice, event),
        Listing((*event.forms, *(("线上",) if event.online_only else ()))),
        choice.place(event),
        expected,
    ]


def _title(choice: ChosenEvents, event: Event) -> str:
    """Name, theme in brackets, and what is not certain about it."""
    theme = f"（{event.theme}）" if event.theme and event.theme not in event.title else ""
    others = [choice.snapshot.unit_name(key) for key in units_of(event)[1:]]
    lines = [f"{event.title}{theme}", f"联合：{'、'.join(others)}" if others else ""]
    status = choice.status(event)
    if status and event.status is not EventStatus.HELD:
        lines.append(f"〔{status}〕")
    return "\n".join(line for line in lines if line)
