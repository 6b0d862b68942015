"""release：把一年或一个季度的计划冻结为下一份印发稿。"""

from __future__ import annotations

from datetime import date
from typing import Any

from gui.headless.arguments import Request
from gui.headless.checking import check_of
from gui.headless.opening import open_for_writing
from gui.headless.terminal import fields, print_json, print_result, tell
from models.domain.text import quoted
from models.queries import year_snapshot
from models.releases import Release, release_year
from planners.release_concerns import release_concerns
from planners.wording import QUARTERS


def run(request: Request) -> int:
    """The release is the result; what should have been seen first is told beside it."""
    assert request.year is not None
    day = request.today or date.today()
    with open_for_writing(request) as store:
        snapshot = year_snapshot(store, request.year)
        concerns = release_concerns(snapshot, check_of(snapshot, day), request.quarter)
        made = release_year(store, request.year, request.name, day, request.quarter)
    if request.json:
        print_json({**release_as_json(made), "concerns": [concern.sentence for concern in concerns]})
        return 0
    print_result(
        f"已印发{made.year}年度第{made.number}稿{quoted(made.name)}（{made.released_on.isoformat()}）"
    )
    scope = f"只印发{QUARTERS[made.quarter - 1]}季度，已印发的共 " if made.quarter else ""
    print_result(f"  {scope}{made.events} 场活动，校验值 {made.digest}")
    if concerns:
        tell(f"印发时还有 {len(concerns)} 处应看一看：")
        for concern in concerns:
            tell(f"  {concern.sentence}")
    return 0


def release_as_json(release: Release) -> dict[str, Any]:
    """The facts of a release as JSON values."""
    return {
        **fields(release, "year number name released_on"),
        "at": release.at.isoformat(),
        **fields(release, "user digest events quarter"),
    }
