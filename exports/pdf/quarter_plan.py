"""《季度活动计划》：活动按工作线分组，附频次核对。"""

from __future__ import annotations

from exports.pdf.chart import Band, Chart, bands_of
from exports.pdf.desk import PrintDocument, PrintPart
from exports.pdf.items import cut_warnings
from exports.pdf.quarter_facts import (
    FREQUENCY_HEADS,
    HEADS,
    NO_ITEMS,
    TITLE_COLUMN,
    QuarterFacts,
    quarter_facts,
)
from exports.pdf.table import PrintRow
from exports.print_options import PrintOptions
from models.domain.errors import InputError
from models.domain.snapshot import YearSnapshot
from planners.results import YearCheck

_WIDE = (9, 17, 40, 38, 32, 24, 23, 20, 22)
_NARROW = (8, 13, 29, 27, 20, 16, 15, 13, 15)
"""Widths of the nine columns in millimetres, together 225 and 156; scaled where the paper has more room."""

_FREQUENCY_SHARES = (0.29, 0.06, 0.06, 0.23, 0.36)
_CENTRED, _FREQUENCY_CENTRED = frozenset({0, 1, 3}), frozenset({1, 2})


def quarter_plan(
    snapshot: YearSnapshot, check: YearCheck, options: PrintOptions
) -> tuple[PrintDocument, ...]:
    """The plan of the chosen quarter (1–4). Raises ``InputError`` for another or none, and for one
    that the release to be printed does not tell of.
    """
    quarter = options.quarter
    if quarter not in (1, 2, 3, 4):
        raise InputError(f"没有第{quarter or 0}季度。", "没有写出文件。", "季度应为1至4。")
    if snapshot.covers and quarter not in snapshot.covers:
        raise InputError(
            f"这一稿没有印发第{quarter}季度。", "没有写出文件。", "请换一个季度，或换印发了它的一稿。"
        )
    facts = quarter_facts(snapshot, check, quarter, options)
    return (quarter_document(facts),)


def quarter_document(facts: QuarterFacts) -> PrintDocument:
    """The facts in their two tables."""
    plan = Chart(HEADS, _WIDE, _NARROW, bands_of(facts.groups), TITLE_COLUMN, _CENTRED, empty=NO_ITEMS)
    parts: tuple[PrintPart, ...] = (plan, duties(facts.frequencies)) if facts.frequencies else (plan,)
    return PrintDocument(
        title=facts.title,
        parts=parts,
        items=len(facts.items),
        leads=(facts.basis,) if facts.basis else (),
        remarks=facts.remarks,
        cut=cut_warnings(facts.groups),
    )


def duties(rows: tuple[PrintRow, ...]) -> Chart:
    """频次核对: what is asked, planned, done, and the verdict; the clauses where they are printed."""
    clauses = any(row.cells[-1] for row in rows)
    heads: tuple[str, ...] = FREQUENCY_HEADS
    shares: tuple[float, ...] = _FREQUENCY_SHARES
    if not clauses:
        heads, shares = heads[:-1], shares[:-1]
        rows = tuple(row._replace(cells=row.cells[:-1]) for row in rows)
    return Chart(
        heads,
        shares,
        shares,
        (Band("", rows),),
        centred=_FREQUENCY_CENTRED,
        heading="频次核对",
        what="频次核对",
    )
