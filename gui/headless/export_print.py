"""export quarter、year、wall……：各种印件（PDF）。"""

from __future__ import annotations

from exports.prints import PrintKind, make_print, usual_options
from gui.headless.arguments import Request
from gui.headless.checking import check_of
from gui.headless.opening import open_for_reading
from gui.headless.output import put_out
from gui.headless.terminal import tell
from models.queries import year_snapshot


def run(request: Request) -> int:
    """The print stands in the PDF asked for; what could not be printed as it is was said."""
    assert request.year is not None
    kind = PrintKind(request.kind)
    with open_for_reading(request) as store:
        snapshot = year_snapshot(store, request.year)
    check = check_of(snapshot)
    options = usual_options(kind, snapshot, check.today)._replace(quarter=request.quarter)
    printed = make_print(kind, snapshot, check, options)
    for warning in printed.warnings:
        tell(f"注意：{warning}")
    put_out(request, printed.data, f"{_words(request, kind)}，共 {printed.pages} 页")
    return 0


def _words(request: Request, kind: PrintKind) -> str:
    quarter = f"第{'一二三四'[request.quarter - 1]}季度" if request.quarter else ""
    return f"{request.year}年{quarter}{kind.label.removeprefix('季度')}"
