"""《变更通知》（.docx）：与 PDF 同样的内容，按要办的单位分组，或选定的单位每家一张。"""

from __future__ import annotations

from datetime import date

from exports.docx.papers import papers_docx
from exports.docx.writing import OfficeFile
from exports.masked_facts import masked_facts
from exports.pdf.change_notice import change_notice
from exports.print_options import PrintKind, PrintOptions
from models.domain.snapshot import YearSnapshot
from planners.release_changes import PlanChanges
from planners.results import YearCheck


def notice_docx(
    snapshot: YearSnapshot, check: YearCheck, changes: PlanChanges, options: PrintOptions | None = None
) -> OfficeFile:
    """The notice of ``changes`` as a Word document: every line of the PDF.

    The same changes and options give the same bytes.
    """
    snapshot, check, options, told = masked_facts(snapshot, check, options or PrintOptions(), changes)
    assert told is not None
    papers = change_notice(snapshot, check, options, told)
    demo = snapshot.year_row.setting("demo") is True
    return papers_docx(papers, PrintKind.NOTICE, options, demo=demo, day=date(snapshot.year, 1, 1))
