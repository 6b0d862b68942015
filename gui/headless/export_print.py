"""export quarter、year、wall……：各种印件（PDF）；docx：季度活动计划、变更通知（Word）。草案或某一份印发稿。"""

from __future__ import annotations

from datetime import date

from exports.docx.notice import notice_docx
from exports.docx.quarter_plan import quarter_docx
from exports.pdf.page import Margins, Paper
from exports.print_concerns import covered_words
from exports.prints import PrintKind, PrintOptions, make_print, usual_options
from gui.headless.arguments import Request
from gui.headless.checking import Side, changes_between, side_asked, sides_of, unit_of
from gui.headless.opening import open_for_reading
from gui.headless.output import log_unmasked, put_out
from gui.headless.terminal import tell
from planners.release_changes import PlanChanges


def run(request: Request) -> int:
    """The print stands in the PDF asked for; what could not be printed as it is was said."""
    kind = PrintKind(str(request.kind))
    side, changes = _asked(request, notice=kind is PrintKind.NOTICE)
    options = _options(request, kind, side)
    printed = make_print(kind, side.snapshot, side.check, options, changes=changes)
    _warn((*_scope_words(side, kind), *printed.warnings))
    if request.unmask:
        log_unmasked(request, kind.value)
    put_out(request, printed.data, f"{_words(request, kind)}，共 {printed.pages} 页")
    return 0


def run_word(request: Request) -> int:
    """The quarter's plan, or the 变更通知 between two states, stands in the Word file asked for."""
    side, changes = _asked(request, notice=request.notice)
    if changes is not None:
        options = _options(request, PrintKind.NOTICE, side)
        made = notice_docx(side.snapshot, side.check, changes, options)
        what = f"{request.year}年变更通知（Word）"
    else:
        assert request.quarter is not None
        options = _options(request, PrintKind.QUARTER, side)
        made = quarter_docx(side.snapshot, side.check, request.quarter, options)
        what = f"{request.year}年第{'一二三四'[request.quarter - 1]}季度活动计划（Word）"
    _warn(made.warnings)
    put_out(request, made.data, f"{what}，共 {made.items} 项")
    return 0


def _asked(request: Request, *, notice: bool) -> tuple[Side, PlanChanges | None]:
    """The state that is printed; for a 变更通知 the later one, with what changed."""
    with open_for_reading(request) as store:
        if not notice:
            return side_asked(store, request), None
        before, after = sides_of(store, request)
    return after, changes_between(before, after)


def _options(request: Request, kind: PrintKind, side: Side) -> PrintOptions:
    """The usual options of ``kind`` on the day of the check with what was asked for."""
    usual = usual_options(kind, side.snapshot, side.check.today)
    unit = unit_of(side.snapshot, request.unit)
    if kind is PrintKind.NOTICE:
        usual = usual._replace(rule_summary=not unit)
    if request.clean:
        usual = usual._replace(clean=True, rule_summary=request.frequencies)
    return usual._replace(
        paper=Paper(request.paper) if request.paper else usual.paper,
        margins=Margins(request.margins) if request.margins else usual.margins,
        quarter=request.quarter,
        month=request.month,
        campaigns=(request.campaign,) if request.campaign else (),
        units=(unit,) if unit else (),
        title=request.title or usual.title,
        issued_on=request.issued_on or _usual_day(kind, side),
        mask_delegates=not request.unmask,
        mask_phones=not request.unmask,
        release=side.mark,
    )


def _usual_day(kind: PrintKind, side: Side) -> date:
    """A release is dated with its day; a 变更通知 goes out today, whatever it leads to."""
    return side.mark.day if side.mark and kind is not PrintKind.NOTICE else side.check.today


def _warn(warnings: tuple[str, ...]) -> None:
    for warning in warnings:
        tell(f"注意：{warning}")


def _scope_words(side: Side, kind: PrintKind) -> tuple[str, ...]:
    """That a release tells of some quarters only, for the prints of a whole year."""
    words = "" if kind in (PrintKind.QUARTER, PrintKind.NOTICE) else covered_words(side.snapshot)
    return (f"{words}。",) if words else ()


def _words(request: Request, kind: PrintKind) -> str:
    when = f"第{'一二三四'[request.quarter - 1]}季度" if request.quarter else ""
    when += f"{request.month}月" if request.month else ""
    label = kind.label if kind is not PrintKind.QUARTER else "活动计划"
    release = f"（第{request.release}稿）" if request.release else ""
    return f"{request.year}年{when}{label}{release}"
