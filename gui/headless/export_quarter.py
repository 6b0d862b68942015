"""export quarter：季度活动计划（PDF）。"""

from __future__ import annotations

from exports.pdf.quarter_plan import quarter_plan
from gui.headless.arguments import Request
from gui.headless.checking import check_of
from gui.headless.opening import open_for_reading
from gui.headless.output import put_out
from gui.headless.terminal import tell
from models.queries import year_snapshot


def run(request: Request) -> int:
    """The quarter's plan stands in the PDF asked for; what could not be printed as it is was said."""
    assert request.year is not None
    assert request.quarter is not None
    with open_for_reading(request) as store:
        snapshot = year_snapshot(store, request.year)
    plan = quarter_plan(snapshot, check_of(snapshot), request.quarter)
    for warning in plan.warnings:
        tell(f"注意：{warning}")
    put_out(
        request,
        plan.data,
        f"{request.year}年第{'一二三四'[request.quarter - 1]}季度活动计划，共 {plan.pages} 页",
    )
    return 0
