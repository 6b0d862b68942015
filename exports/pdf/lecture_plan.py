"""《年度直播企划》：一年的公开讲堂，按季度排列（第1条）。"""

from __future__ import annotations

from exports.pdf.choice import ChosenEvents
from exports.pdf.desk import PrintDocument
from exports.pdf.event_list import Form, duties_of, event_document, events_of, hints_of, quarter_sections
from exports.pdf.privacy import contact_words
from exports.pdf.table import Cell, Listing
from exports.pdf.times import printed_time
from exports.print_options import PrintOptions
from models.domain.events import Campaign, Event
from models.domain.rules import GroupKind
from models.domain.snapshot import YearSnapshot
from planners.results import YearCheck

_FORM = Form(
    ("序号", "时间", "直播主题", "主题分类", "主讲单位", "直播平台", "地点", "联系人", "备注"),
    (9, 36, 42, 20, 26, 28, 24, 20, 20),
    (8, 27, 28, 14, 17, 20, 15, 14, 13),
    "本年度暂无公开讲堂",
    spare=frozenset({7}),
)


def lecture_plan(
    snapshot: YearSnapshot, check: YearCheck, options: PrintOptions
) -> tuple[PrintDocument, ...]:
    """Every 公开讲堂 of the year by quarter, with its platforms; how the themes are spread."""
    choice = ChosenEvents(snapshot, options)
    events = events_of(choice, Campaign.LECTURE)
    sections = list(quarter_sections(events, snapshot.year, lambda event: _cells(choice, event)))
    title = f"{snapshot.year_row.district}{snapshot.year}年政策“公开讲堂”年度直播企划"
    document = event_document(
        choice,
        check,
        title,
        _FORM,
        sections,
        summed=duties_of(check, Campaign.LECTURE),
        remarks=_themes(check) if options.rule_summary else (),
    )
    return (document,)


def _cells(choice: ChosenEvents, event: Event) -> list[Cell]:
    units = tuple(dict.fromkeys((*event.lead_units, *event.responsible_units, *event.towns)))
    return [
        printed_time(event),
        event.title,
        event.theme_class or event.theme,
        choice.names(units),
        Listing(event.platforms),
        choice.snapshot.place_of(event) or ("线上" if event.online_only else "待定"),
        contact_words(event.contact, masked=choice.options.mask_phones),
        choice.notes(event),
    ]


def _themes(check: YearCheck) -> tuple[str, ...]:
    """注：政策主题分类场次（计划）：营商环境类3场、…"""
    counts = [
        f"{cell.group}{cell.forecast}场" for cell in hints_of(check, Campaign.LECTURE, GroupKind.THEME_CLASS)
    ]
    return (f"注：政策主题分类（计划场次）：{'、'.join(counts)}。",) if counts else ()
