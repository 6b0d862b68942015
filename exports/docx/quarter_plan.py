"""《季度活动计划》（.docx）：与 PDF 同样的内容，供公文系统使用。"""

from __future__ import annotations

from exports.docx.papers import papers_docx
from exports.docx.writing import OfficeFile
from exports.masked_facts import masked_facts
from exports.pdf.quarter_plan import quarter_plan
from exports.print_options import PrintKind, PrintOptions
from models.domain.periods import quarter_period
from models.domain.snapshot import YearSnapshot
from planners.results import YearCheck


def quarter_docx(
    snapshot: YearSnapshot, check: YearCheck, quarter: int, options: PrintOptions | None = None
) -> OfficeFile:
    """The plan of ``quarter`` (1–4) as a Word document: every item, duty and remark of the PDF.

    The same facts and options give the same bytes. Raises ``InputError`` for another quarter.
    """
    options = (options or PrintOptions())._replace(quarter=quarter)
    snapshot, check, options, _ = masked_facts(snapshot, check, options)
    papers = quarter_plan(snapshot, check, options)
    demo = snapshot.year_row.setting("demo") is True
    day = quarter_period(snapshot.year, quarter).first
    return papers_docx(papers, PrintKind.QUARTER, options, demo=demo, day=day)
