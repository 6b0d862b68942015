"""打印之前要知道的：还有几场待确认、日期未定，哪里还缺。只提醒，不阻止。"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from exports.pdf.choice import ChosenEvents
from exports.pdf.event_list import quarter_of_event
from exports.pdf.quarter_facts import of_campaigns
from exports.print_options import PrintKind, PrintOptions
from models.domain.events import Campaign, Event, EventStatus
from models.domain.periods import Period, month_period, quarter_period, year_period
from models.domain.rules import Severity
from models.domain.snapshot import YearSnapshot
from planners.evidence import missing_by_event
from planners.open_month import open_month
from planners.results import YearCheck
from planners.wording import QUARTERS, cell_title

_CAMPAIGNS: Mapping[PrintKind, tuple[Campaign, ...]] = {
    PrintKind.LECTURES: (Campaign.LECTURE,),
    PrintKind.PARKS: (Campaign.PARK,),
    PrintKind.COMMUNITIES: (Campaign.COMMUNITY,),
    PrintKind.CAMPUSES: (Campaign.CAMPUS,),
    PrintKind.OPEN_MONTH: (Campaign.OPEN_MONTH,),
}
_OF_EVENTS = frozenset({*_CAMPAIGNS, PrintKind.QUARTER, PrintKind.WALL})
_OF_DUTIES = frozenset({*_CAMPAIGNS, PrintKind.QUARTER, PrintKind.YEAR})
_MOST_NAMED = 3


def print_concerns(
    kind: PrintKind, snapshot: YearSnapshot, check: YearCheck, options: PrintOptions
) -> Iterator[str]:
    """What should be seen first, one clause each."""
    if words := covered_words(snapshot):
        yield words
    options = options._replace(campaigns=_CAMPAIGNS.get(kind, options.campaigns))
    if kind in _OF_EVENTS:
        yield from _of_events(kind, ChosenEvents(snapshot, options))
    if kind in _OF_DUTIES:
        yield from _of_duties(check, options)
    if kind is PrintKind.OPEN_MONTH and (silent := open_month(snapshot, check).missing):
        yield f"还有{len(silent)}个单位没有报送"
    if kind is PrintKind.EVIDENCE and (lacking := _lacking(ChosenEvents(snapshot, options))):
        yield f"其中{lacking}场材料不齐"
    if kind is PrintKind.ATTENDANCE:
        yield from _of_decisions(check)


def covered_words(snapshot: YearSnapshot) -> str:
    """这一稿只印发了一季度、二季度，其余不在内: of a release of some quarters; "" of a whole year."""
    quarters = "、".join(f"{QUARTERS[quarter - 1]}季度" for quarter in sorted(snapshot.covers))
    return f"这一稿只印发了{quarters}，其余不在内" if quarters else ""


def _period(year: int, options: PrintOptions) -> Period:
    if options.month:
        return month_period(year, options.month)
    return quarter_period(year, options.quarter) if options.quarter else year_period(year)


def _of_events(kind: PrintKind, choice: ChosenEvents) -> Iterator[str]:
    year = choice.snapshot.year
    period = month_period(year, 8) if kind is PrintKind.OPEN_MONTH else _period(year, choice.options)
    chosen = [event for event in choice.snapshot.events if choice.takes(event)]
    dated = [event for event in chosen if event.lies_in(period)]
    waiting = sum(event.status is EventStatus.PLANNED for event in dated)
    drafts = sum(event.status is EventStatus.DRAFT for event in dated)
    placeless = sum(_has_no_place(choice, event) for event in dated)
    undated = sum(event.days is None and _may_belong(event, choice.options, year) for event in chosen)
    left_out = kind is PrintKind.OPEN_MONTH and not choice.options.mark_unconfirmed
    counts = (
        (waiting, "其中{}场仍为待确认"),
        (drafts, "另有{}场草拟的没有列入" if left_out else "其中{}场还是草拟"),
        (undated, "另有{}场日期未定"),
        (placeless, "其中{}场没有地点"),
    )
    yield from (words.format(count) for count, words in counts if count)


def _may_belong(event: Event, options: PrintOptions, year: int) -> bool:
    """Whether an event without a day may yet come into the period."""
    return options.quarter is None or quarter_of_event(event, year) in (None, options.quarter)


def _has_no_place(choice: ChosenEvents, event: Event) -> bool:
    return not (choice.snapshot.place_of(event) or event.platforms or event.online_only)


def _of_duties(check: YearCheck, options: PrintOptions) -> Iterator[str]:
    """走进校区 · 初中 · 三季度还缺1场; the first three by name."""
    period = _period(check.year, options)
    short = [
        cell
        for cell in check.cells
        if cell.severity is Severity.HARD
        and cell.state.is_short
        and cell.first in period
        and of_campaigns(check.ruleset, cell, options.campaigns)
        and (cell.missing or cell.lacks_theme)
    ]
    for cell in short[:_MOST_NAMED]:
        lacking = f"还缺{cell.missing}场" if cell.missing else "主题未定"
        yield f"{cell_title(cell, check.ruleset)}{lacking}"
    if len(short) > _MOST_NAMED:
        yield f"还有{len(short) - _MOST_NAMED}处没有达到规则"


def _lacking(choice: ChosenEvents) -> int:
    quarter, year = choice.options.quarter, choice.snapshot.year
    lacking = missing_by_event(choice.snapshot)
    return sum(
        event.key in lacking
        and choice.takes(event)
        and (quarter is None or quarter_of_event(event, year) == quarter)
        for event in choice.snapshot.events
    )


def _of_decisions(check: YearCheck) -> Iterator[str]:
    for situation, words in (("not_invited", "{}项决策还没有邀请代表"), ("no_feedback", "{}项还没有反馈")):
        if count := sum(finding.situation == situation for finding in check.findings):
            yield words.format(count)
