"""三年一个文件：2025 年已经办完，2026 年还有几件没办，2027 年正在办；二月里看。"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from models import commands
from models.domain.attendance import Decision
from models.domain.events import Event, EventStatus
from models.domain.policies import PolicyDocument
from models.domain.setting_names import explanation_name
from models.domain.snapshot import YearSnapshot
from models.domain.year import Setting
from models.store import Store, open_store
from planners.milestone_rows import milestone_rows
from planners.milestone_ticks import tick_values
from planners.results import CellState
from tests.factories import check, event, sample, year

FEBRUARY = date(2027, 2, 1)
FILING = PolicyDocument(
    "p1", "稳岗补贴办法", published_on=date(2026, 12, 10), office_name=True, forms=("文字解读", "图文解读", "动漫解读"),
    integrated=True,
)  # fmt: skip
RESULT = event("lecture", "2026-12-16", status="confirmed", key="L12", title="岁末公积金解读", short="公积金")
MISSED = "lecture.monthly|2026-11-01|2026-11-30|"
"""The period of 2026 that was missed and for which no 说明 is registered yet."""


def closed_year(
    number: int, *events: Event, but: str = "", **lists: tuple[PolicyDocument | Decision, ...]
) -> YearSnapshot:
    """A year in which nothing is left to do on 1 April after it: every miss explained, every milestone ticked.

    ``but``: the check of the milestones that are not.
    """
    made = year(*events, number=number, **lists)
    found = check(made, date(number + 1, 4, 1))
    settings: dict[str, Setting] = {
        explanation_name(cell.key): "当年没有条件，已向办公室说明。"
        for cell in found.cells
        if cell.state is CellState.OVERDUE
    }
    left = {rule.code for rule in found.ruleset.rules if rule.check == but}
    for row in milestone_rows(made, found):
        if row.ticks and row.due and row.code.partition("|")[0] not in left:
            settings |= tick_values(made, found.ruleset, row.code, date(number, 12, 20))
            made = year(*events, number=number, settings=_kept(settings), **lists)
    return made


def _kept(settings: dict[str, Setting]) -> dict[str, Setting]:
    return {name: value for name, value in settings.items() if value is not None}


def running_year() -> YearSnapshot:
    """2026: the 考核 is not published yet, a document not filed, a result not recorded, one period not explained."""
    whole = closed_year(2026, RESULT, but="next_first_quarter", policies=(FILING,))
    settings = dict(whole.year_row.settings)
    del settings[explanation_name(MISSED)]
    return year(RESULT, number=2026, settings=settings, policies=(FILING,))


def planned_year() -> YearSnapshot:
    """2027: the sample as it was in February, nothing of it held later."""

    def then(one: Event) -> Event:
        held = one.status is EventStatus.HELD and one.day is not None and one.day >= FEBRUARY
        return one._replace(status=EventStatus.PLANNED, attended=None) if held else one

    whole = sample()
    lists = {name: getattr(whole, name) for name in ("units", "venues", "schools", "blocked", "neighbours")}
    settings = tuple(one for one in whole.year_row.settings if one[0] != "demo")
    return YearSnapshot(whole.year_row._replace(settings=settings), events=map(then, whole.events), **lists)


def three_years(path: Path) -> Store:
    """A new data file at ``path`` with the three years, the running one stored last."""
    store = open_store(path)
    for one in (closed_year(2025), planned_year(), running_year()):
        commands.create_year(store, one)
    return store
