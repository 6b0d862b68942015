"""《变更通知》（.docx）：与 PDF 同样的内容，按要办的单位分组，或选定的单位每家一张。"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from exports.docx.papers import papers_docx
from exports.docx.writing import OfficeFile
from exports.masked_facts import masked_facts
from exports.pdf.change_notice import change_notice
from exports.pdf.chart import Chart
from exports.pdf.desk import PrintDocument as Paper
from exports.pdf.notice_facts import unit_title
from exports.print_options import PrintKind, PrintOptions
from models.domain.snapshot import YearSnapshot
from planners.release_changes import PlanChanges
from planners.results import YearCheck


class _Notice(NamedTuple):
    """The notice as it may be read: its papers, the year and the options they were made with."""

    papers: tuple[Paper, ...]
    snapshot: YearSnapshot
    options: PrintOptions


def notice_docx(
    snapshot: YearSnapshot, check: YearCheck, changes: PlanChanges, options: PrintOptions | None = None
) -> OfficeFile:
    """The notice of ``changes`` as a Word document: every line of the PDF.

    The same changes and options give the same bytes.
    """
    notice = _notice(snapshot, check, changes, options or PrintOptions())
    demo = snapshot.year_row.setting("demo") is True
    day = date(snapshot.year, 1, 1)
    return papers_docx(notice.papers, PrintKind.NOTICE, notice.options, demo=demo, day=day)


def notice_counts(
    snapshot: YearSnapshot, check: YearCheck, changes: PlanChanges, options: PrintOptions
) -> tuple[tuple[str, int], ...]:
    """How many numbered lines the document has for each unit, in its order: together its items."""
    papers, seen, options = _notice(snapshot, check, changes, options)
    if options.units:
        names = (unit_title(seen, unit) for unit in options.units)
        return tuple((name, paper.items) for name, paper in zip(names, papers, strict=True))
    table = papers[0].parts[0]
    assert isinstance(table, Chart)
    counted = ((band.title.partition("、")[2], len(band.rows)) for band in table.bands)
    return tuple((name, count) for name, count in counted if count)


def _notice(snapshot: YearSnapshot, check: YearCheck, changes: PlanChanges, options: PrintOptions) -> _Notice:
    seen, check, options, told = masked_facts(snapshot, check, options, changes)
    assert told is not None
    return _Notice(change_notice(seen, check, options, told), seen, options)
