"""new：新建年度；--copy 把上一年度的单位、口径和活动带过来，一步完成。"""

from __future__ import annotations

from datetime import date

from gui.headless.arguments import Request
from gui.headless.opening import open_for_writing
from gui.headless.plan_report import proposal_as_text
from gui.headless.terminal import print_result, tell
from models import queries
from models.commands import create_year
from models.domain.errors import CommandError
from models.domain.snapshot import YearSnapshot
from models.next_year import following_year
from models.reference import blank_year
from models.rulesets import available_rulesets, ruleset_for
from models.store import Store
from planners.copying import copy_year
from planners.proposals import Proposal
from planners.proposals_applied import apply_entries


def run(request: Request) -> int:
    """A year with units, venues and holidays stands in the data file: without events, or with those copied."""
    assert request.year is not None
    if request.ruleset not in available_rulesets():
        known = "、".join(map(str, available_rulesets()))
        raise CommandError(f"没有 {request.ruleset} 年的规则集。", "没有新建年度。", f"可用：{known}。")
    with open_for_writing(request, create=request.copy is None) as store:
        if request.copy is None:
            _create_blank(request, store, request.year)
        else:
            _create_copy(request, store, request.year, request.copy)
    return 0


def _create_blank(request: Request, store: Store, year: int) -> None:
    contents = blank_year(year, request.ruleset)
    create_year(store, contents)
    tell(f"已新建 {year} 年度（规则集 {request.ruleset}，{len(contents.units)} 个单位）：{store.path}")
    _tell_of_holidays(contents)


def _create_copy(request: Request, store: Store, year: int, previous_year: int) -> None:
    known = queries.years(store)
    if year in known:
        raise CommandError(f"{year} 年度已经有了。", "没有改动。", "请打开它，或换一个年份。")
    if previous_year not in known:
        listed = "、".join(map(str, known)) or "还没有任何年度"
        raise CommandError(
            f"没有 {previous_year} 年度可沿用。", "没有新建年度。", f"数据文件里有：{listed}。"
        )
    previous = queries.year_snapshot(store, previous_year)
    blank = following_year(previous, year, ruleset_for(year, request.ruleset))
    ruleset = ruleset_for(year, request.ruleset, dict(blank.year_row.settings))
    proposal = copy_year(previous, blank, ruleset, request.today or date.today())
    taken = [entry for entry in proposal.entries if entry.ticked]
    contents = apply_entries(blank, taken)
    create_year(store, contents, f"沿用{previous_year}年新建{year}年度")
    print_result(proposal_as_text(proposal, contents))
    tell(f"已新建 {year} 年度，沿用 {previous_year} 年活动 {len(taken)} 场（已排，暂定）：{store.path}")
    _tell_what_was_left(proposal, len(taken))
    _tell_of_holidays(contents)


def _tell_what_was_left(proposal: Proposal, taken: int) -> None:
    if left := len(proposal.entries) - taken:
        tell(f"{left} 场须由人定，没有带来（上面标 ☐ 的）。")
    if proposal.open:
        tell(f"{len(proposal.open)} 场在今年没有可排的日子，没有带来。")


def _tell_of_holidays(contents: YearSnapshot) -> None:
    if not contents.holidays.announced:
        tell(f"{contents.year}年放假安排未公布，暂按法定节日估算。")
