"""打印：每一种印件的唯一入口。内容、排版、写出、读回核对，都从这里要。"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from exports.pdf.page import Margins, Paper
from exports.print_options import (
    COMPACT,
    OPTIONS,
    STANDARD,
    Printed,
    PrintKind,
    PrintOptions,
    ReleaseMark,
    layout_of,
)
from models.domain.errors import InputError
from models.domain.periods import quarter_of
from models.domain.snapshot import YearSnapshot
from planners.results import YearCheck

if TYPE_CHECKING:
    from exports.pdf.desk import PrintDocument
    from planners.release_changes import PlanChanges

__all__ = [
    "COMPACT",
    "STANDARD",
    "Margins",
    "Paper",
    "PrintKind",
    "PrintOptions",
    "Printed",
    "ReleaseMark",
    "concerns",
    "layout_of",
    "make_print",
    "options_of",
    "usual_options",
]

Maker = Callable[[YearSnapshot, YearCheck, PrintOptions], "tuple[PrintDocument, ...]"]

_MAKERS: Mapping[PrintKind, tuple[str, str]] = {
    PrintKind.QUARTER: ("quarter_plan", "quarter_plan"),
    PrintKind.LECTURES: ("lecture_plan", "lecture_plan"),
    PrintKind.PARKS: ("park_plan", "park_plan"),
    PrintKind.COMMUNITIES: ("community_plan", "community_plan"),
    PrintKind.CAMPUSES: ("campus_plan", "campus_plan"),
    PrintKind.OPEN_MONTH: ("open_month_table", "open_month_table"),
    PrintKind.ATTENDANCE: ("attendance_summary", "attendance_summary"),
    PrintKind.WALL: ("wall_calendar", "wall_calendar"),
    PrintKind.YEAR: ("year_matrix", "year_matrix"),
    PrintKind.FINDINGS: ("rule_checklist", "rule_checklist"),
    PrintKind.EVIDENCE: ("evidence_list", "evidence_list"),
}
"""Module under ``exports.pdf`` and function of every kind but the 变更通知."""

_LEAD = timedelta(days=30)
"""A quarter's plan is printed about so long before the quarter begins."""


def usual_options(kind: PrintKind, snapshot: YearSnapshot, today: date) -> PrintOptions:
    """What is most likely wanted: dated ``today``, the quarter and month that are being prepared."""
    soon = min(max(today + _LEAD, date(snapshot.year, 1, 1)), date(snapshot.year, 12, 31))
    options = PrintOptions(issuer=snapshot.year_row.office, issued_on=today)
    if kind is PrintKind.QUARTER:
        return options._replace(quarter=quarter_of(soon))
    if kind is PrintKind.WALL:
        return options._replace(month=soon.month)
    if kind is PrintKind.OPEN_MONTH:  # it is made public: what is only for the office stays out
        return options._replace(rule_summary=False, mark_unconfirmed=False)
    return options


def options_of(kind: PrintKind) -> frozenset[str]:
    """The names of the fields of ``PrintOptions`` that mean something for ``kind``."""
    return OPTIONS[kind]


def concerns(
    kind: PrintKind, snapshot: YearSnapshot, check: YearCheck, options: PrintOptions
) -> tuple[str, ...]:
    """What should be known before printing (待确认 events, missing data); it never blocks."""
    from exports.print_concerns import print_concerns

    return tuple(print_concerns(kind, snapshot, check, options))


def make_print(
    kind: PrintKind,
    snapshot: YearSnapshot,
    check: YearCheck,
    options: PrintOptions,
    *,
    changes: PlanChanges | None = None,
) -> Printed:
    """The PDF of ``kind``, read back and found complete; ``changes`` is what a 变更通知 tells.

    Names and phones of delegates are hidden in every text as ``options`` say. The same facts, options and
    fonts give the same bytes. Raises ``InputError`` for choices that do not fit, ``UserError`` that names the item where one cannot be found on the finished pages.
    """
    from exports.masked_facts import masked_facts
    from exports.pdf.printing import print_documents

    snapshot, check, options, changes = masked_facts(snapshot, check, options, changes)
    documents = _documents(kind, snapshot, check, options, changes)
    demo = snapshot.year_row.setting("demo") is True
    return print_documents(documents, layout_of(kind, options), options, demo=demo)


def _documents(
    kind: PrintKind,
    snapshot: YearSnapshot,
    check: YearCheck,
    options: PrintOptions,
    changes: PlanChanges | None,
) -> tuple[PrintDocument, ...]:
    """What is printed, before it is laid out; only the module of this kind is read."""
    if kind is PrintKind.NOTICE:
        return _notice(snapshot, check, options, changes)
    module, function = _MAKERS[kind]
    make: Maker = getattr(importlib.import_module(f"exports.pdf.{module}"), function)
    return make(snapshot, check, options)


def _notice(
    snapshot: YearSnapshot, check: YearCheck, options: PrintOptions, changes: PlanChanges | None
) -> tuple[PrintDocument, ...]:
    from exports.pdf.change_notice import change_notice

    if changes is None:
        raise InputError("变更通知要写明与哪一稿比较。", "没有写出文件。", "请先选定一份印发稿。")
    return change_notice(snapshot, check, options, changes)
