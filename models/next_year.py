"""下一年：从上年带来单位、场地、学校与口径，不带活动、主题和登记过的说明。"""

from __future__ import annotations

from datetime import date

from models.added_rules import kept_rules
from models.domain.dated_settings import name_and_day, settings_on
from models.domain.rules import RuleSet
from models.domain.setting_names import OFFICE
from models.domain.snapshot import YearSnapshot
from models.domain.units import Unit
from models.domain.year import Setting, Year
from models.holidays import holidays_for, neighbour_holidays
from models.own_document import is_of_document
from models.reference import reference_units


def following_year(previous: YearSnapshot, year: int, ruleset: RuleSet) -> YearSnapshot:
    """``year`` with the units, venues, schools and readings of ``previous`` and what is known of its holidays.

    Themes are decided anew; events, papers, exemptions and explanations stay where they are.
    """
    row = previous.year_row
    return YearSnapshot(
        Year(year, row.district, ruleset.year, holidays_for(year), settings=kept_settings(row, ruleset)),
        units=previous.units,
        venues=previous.venues,
        schools=previous.schools,
        neighbours=neighbour_holidays(year),
    )


def kept_settings(row: Year, ruleset: RuleSet) -> tuple[tuple[str, Setting], ...]:
    """The readings chosen in a year, that is its settings which the rule set knows, its own rules and document, its office.

    They stand as they did at the end of it; what is to hold from a later day on does so in the new year. The
    document is then that of an earlier year (沿用) until the next one is taken.
    """
    new_year = date(row.year + 1, 1, 1)
    later = {name: value for name, value in row.settings if (name_and_day(name)[1] or new_year) > new_year}
    held = row._replace(settings=tuple(settings_on(row.settings, new_year).items()))
    known = {OFFICE, *(spec.name for spec in ruleset.settings), *kept_rules(held)}
    return tuple(
        (name, value)
        for name, value in sorted({**dict(held.settings), **later}.items())
        if (plain := name_and_day(name)[0]) in known or is_of_document(plain)
    )


def missing_reference_units(units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """The reference units that ``units`` lack, by name and alias."""
    names = {name for unit in units for name in (unit.key, unit.name, *unit.aliases)}
    return tuple(unit for unit in reference_units() if names.isdisjoint((unit.name, *unit.aliases)))
