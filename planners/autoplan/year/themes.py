"""季度主题：一个都没定的年份按条文列举的内容提建议，已经自己定过的年份留给人定。"""

from __future__ import annotations

from collections.abc import Mapping

from models.domain.events import Campaign
from models.domain.periods import quarter_of
from models.domain.year import Year
from planners.autoplan.year.customs import Customs
from planners.autoplan.year.facts import YearFacts
from planners.results import Cell


def cells_without_theme(facts: YearFacts) -> list[Cell]:
    """The cells still open whose quarter has no theme."""
    cells = (cell for _, cell in facts.cells(Campaign.PARK))
    return [cell for cell in cells if cell.lacks_theme and cell.state.is_open]


def suggested_themes(facts: YearFacts, customs: Customs) -> Mapping[int, str]:
    """A theme for each open quarter of a year that has none at all; empty where the office sets its own."""
    if Campaign.PARK not in facts.campaigns or any(facts.snapshot.year_row.quarter_themes):
        return {}
    if themes_key(facts) in facts.conditions.rejected:
        return {}
    topics = [topic.name for topic in customs.topics]
    quarters = sorted({quarter_of(cell.first) for cell in cells_without_theme(facts)})
    return {quarter: topics[(quarter - 1) % len(topics)] for quarter in quarters} if topics else {}


def themes_key(facts: YearFacts) -> str:
    """The key of the entry about the year's themes."""
    return f"themes|{facts.snapshot.year}"


def with_themes(year: Year, themes: Mapping[int, str]) -> Year:
    """The year's row with ``themes`` set."""
    first, second, third, fourth = (
        themes.get(number, theme) for number, theme in enumerate(year.quarter_themes, 1)
    )
    return year._replace(quarter_themes=(first, second, third, fourth))


def theme_of(facts: YearFacts, suggested: Mapping[int, str], quarter: int) -> str:
    """The quarter's theme, as set or as suggested; "" where there is neither."""
    return facts.snapshot.year_row.quarter_themes[quarter - 1] or suggested.get(quarter, "")
