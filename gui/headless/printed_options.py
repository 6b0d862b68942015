"""命令行给印件和 Word 的选项：平常的，加上写明的。"""

from __future__ import annotations

from exports.pdf.page import Margins, Paper
from exports.prints import PrintKind, PrintOptions, ReleaseMark, usual_options
from gui.headless.arguments import Request
from gui.headless.units import unit_of
from models.domain.snapshot import YearSnapshot
from planners.results import YearCheck


def printed_options(
    request: Request, kind: PrintKind, snapshot: YearSnapshot, check: YearCheck, mark: ReleaseMark | None
) -> PrintOptions:
    """The usual options of ``kind`` on the day of ``check`` with what was asked for."""
    usual = usual_options(kind, snapshot, check.today)
    unit = unit_of(snapshot, request.unit)
    if kind is PrintKind.NOTICE:
        usual = usual._replace(rule_summary=not unit)
    return usual._replace(
        paper=Paper(request.paper) if request.paper else usual.paper,
        margins=Margins(request.margins) if request.margins else usual.margins,
        quarter=request.quarter,
        month=request.month,
        campaigns=(request.campaign,) if request.campaign else (),
        units=(unit,) if unit else (),
        title=request.title or usual.title,
        issued_on=request.issued_on or usual.issued_on,
        mask_delegates=not request.unmask,
        mask_phones=not request.unmask,
        release=mark,
    )
