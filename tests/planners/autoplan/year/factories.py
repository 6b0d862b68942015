"""排一年的测试共用：少量运算的运行、采纳之后的年度、常问的几件事。"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from models.domain.events import Campaign
from models.domain.snapshot import YearSnapshot
from models.domain.units import Unit, UnitKind
from models.reference import blank_year
from planners.autoplan.planning import plan_year
from planners.autoplan.year.facts import YearFacts
from planners.proposals import Conditions, Entry, Open, Proposal, ReasonKind
from planners.proposals_applied import apply_entries
from planners.results import YearCheck
from tests.factories import TODAY, rules_of

LITTLE = 4_000
"""Operations that small years need."""
NOVEMBER = date(2026, 11, 24)
DEPARTMENTS = (
    "区民政局",
    "区医保局",
    "区司法局",
    "区教育局",
    "区应急局",
    "区经委",
    "区税务局",
    "区市场监管局",
)
TOWNS = ("顾村镇", "罗店镇", "罗泾镇")
UNITS = (
    *(Unit(name, name) for name in DEPARTMENTS),
    *(Unit(name, name, UnitKind.TOWN) for name in TOWNS),
    Unit("南大智慧城", "南大智慧城", UnitKind.PARK),
)


def planned(snapshot: YearSnapshot, today: date = TODAY, **conditions: object) -> Proposal:
    """The proposal for a year, with little effort unless told otherwise."""
    asked = Conditions(**{"effort": LITTLE, **conditions})  # type: ignore[arg-type]
    return plan_year(snapshot, today, rules_of(snapshot), asked)


def facts(snapshot: YearSnapshot, today: date = TODAY, **conditions: object) -> YearFacts:
    """The facts of a year under conditions."""
    return YearFacts(snapshot, today, rules_of(snapshot), Conditions(**conditions))  # type: ignore[arg-type]


def accepted(snapshot: YearSnapshot, proposal: Proposal) -> YearSnapshot:
    """The year with the ticked entries accepted."""
    return apply_entries(snapshot, (entry for entry in proposal.entries if entry.ticked))


def entry_for(proposal: Proposal, label: str) -> Entry:
    """The one entry called ``label``."""
    (found,) = (entry for entry in proposal.entries if entry.label == label)
    return found


def open_for(proposal: Proposal, label: str) -> Open:
    """The one open demand called ``label``."""
    (found,) = (entry for entry in proposal.open if entry.label == label)
    return found


def labels(entries: Iterable[Entry | Open]) -> list[str]:
    """What entries are called."""
    return [entry.label for entry in entries]


def words_of(entry: Entry, kind: ReasonKind) -> str:
    """The sentence of an entry's reason of ``kind``; "" where it has none."""
    return next((reason.text for reason in entry.reasons if reason.kind is kind), "")


def hard_short(checked: YearCheck) -> list[tuple[str, date, str | None]]:
    """The hard cells that are still mendable and short."""
    return [
        (cell.rule, cell.first, cell.group)
        for cell in checked.cells
        if cell.severity == "hard"
        and cell.state in ("gap", "at_risk")
        and (cell.shortfall or cell.theme == "")
    ]


@lru_cache(maxsize=1)
def blank_plan() -> Proposal:
    """What is proposed for a year without events, with the reference units, in November before."""
    return planned(blank_year(2027), NOVEMBER, effort=60_000)


@lru_cache(maxsize=1)
def filled_year() -> YearSnapshot:
    """The blank year with all of that accepted."""
    return accepted(blank_year(2027), blank_plan())


def in_campaign(proposal: Proposal, campaign: Campaign) -> list[Entry]:
    """The entries whose event is of ``campaign``."""
    return [entry for entry in proposal.entries if entry.campaign is campaign]
