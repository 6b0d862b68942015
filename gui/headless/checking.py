"""用年度自己的规则集检查它。"""

from __future__ import annotations

from datetime import date

from models.domain.snapshot import YearSnapshot
from models.rulesets import ruleset_for
from planners.checks import check_year
from planners.results import YearCheck


def check_of(snapshot: YearSnapshot, today: date | None = None) -> YearCheck:
    """The check of the year under its own rule set and readings, as of ``today`` (default: the clock)."""
    row = snapshot.year_row
    ruleset = ruleset_for(row.year, row.ruleset, dict(row.settings))
    return check_year(snapshot, today or date.today(), ruleset)
