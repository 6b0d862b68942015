"""规则怎样分开算：哪些周期、叫什么，哪些单位各算各的。"""

from datetime import date

from models.domain.periods import Period, half_year_period, month_period, quarter_period, year_period
from models.domain.rules import GroupKind, PeriodKind, Rule
from models.domain.snapshot import YearSnapshot
from models.domain.units import Unit, UnitKind

AUGUST = 8
_QUARTERS = "一二三四"
_KINDS = {
    GroupKind.TOWN: (UnitKind.TOWN,),
    GroupKind.UNIT: (UnitKind.DEPARTMENT, UnitKind.TOWN),
    GroupKind.UNIT_PARK: (UnitKind.DEPARTMENT, UnitKind.TOWN, UnitKind.PARK),
}


def periods(rule: Rule, year: int) -> tuple[Period, ...]:
    """The periods of the year in which the rule counts, or its milestone comes back."""
    if rule.period is PeriodKind.MONTH:
        return tuple(month_period(year, month) for month in range(1, 13))
    if rule.period is PeriodKind.QUARTER:
        return tuple(quarter_period(year, quarter) for quarter in range(1, 5))
    if rule.period is PeriodKind.HALF_YEAR:
        return half_year_period(year, 1), half_year_period(year, 2)
    return (month_period(year, AUGUST),) if rule.period is PeriodKind.AUGUST else (year_period(year),)


def period_words(kind: PeriodKind | None, first: date) -> str:
    """6月, 二季度, 下半年, 8月, 全年: the period of ``kind`` that begins on ``first``."""
    if kind in (PeriodKind.MONTH, PeriodKind.AUGUST):
        return f"{first.month}月"
    if kind is PeriodKind.HALF_YEAR:
        return "上半年" if first.month < 7 else "下半年"
    return f"{_QUARTERS[(first.month - 1) // 3]}季度" if kind is PeriodKind.QUARTER else "全年"


def units_of(snapshot: YearSnapshot, group: GroupKind) -> tuple[Unit, ...]:
    """The units that ``group`` tells apart, in the order of the year; none where it tells no units apart."""
    kinds = _KINDS.get(group, ())
    return tuple(unit for unit in snapshot.units if unit.kind in kinds)
