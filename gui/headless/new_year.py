"""new：新建年度。"""

from __future__ import annotations

from gui.headless.arguments import Request
from gui.headless.opening import open_for_writing
from gui.headless.terminal import tell
from models.commands import create_year
from models.domain.errors import CommandError
from models.reference import blank_year
from models.rulesets import available_rulesets


def run(request: Request) -> int:
    """A year with the district's units, venues and holidays stands in the data file, without events."""
    assert request.year is not None
    if request.ruleset not in available_rulesets():
        known = "、".join(map(str, available_rulesets()))
        raise CommandError(f"没有 {request.ruleset} 年的规则集。", "没有新建年度。", f"可用：{known}。")
    contents = blank_year(request.year, request.ruleset)
    with open_for_writing(request, create=True) as store:
        create_year(store, contents)
        tell(
            f"已新建 {request.year} 年度（规则集 {request.ruleset}，{len(contents.units)} 个单位）：{store.path}"
        )
    if not contents.year_row.holidays.announced:
        tell(f"{request.year}年放假安排未公布，暂按法定节日估算。")
    return 0
