"""规则：条文、原文、参数及其出处。规则是数据，这里只有它们的形状。"""

from datetime import date
from typing import NamedTuple

from models.domain.events import Campaign, Labelled
from models.domain.year import Setting


class Severity(Labelled):
    """刚性 decides 已满足/逾期; 提示 advises."""

    HARD = "hard", "刚性"
    HINT = "hint", "提示"


class Origin(Labelled):
    """Where a parameter comes from."""

    TEXT = "text", "原文"
    READING = "reading", "解释"
    OFFICE = "office", "自定"


class RuleKind(Labelled):
    """How a rule is checked; every kind has one check function and one wording."""

    FREQUENCY = "frequency", "周期频次"
    EVENT = "event", "活动要素"
    DECISION = "decision", "列席与听取意见"
    POLICY = "policy", "政策文件时限"
    MILESTONE = "milestone", "年度节点"


class PeriodKind(Labelled):
    """The period in which a frequency rule counts."""

    MONTH = "month", "每月"
    QUARTER = "quarter", "每季度"
    AUGUST = "august", "8月"
    YEAR = "year", "全年"


class GroupKind(Labelled):
    """What a frequency rule counts apart."""

    NONE = "none", "全区"
    STAGE = "stage", "学段"
    TOWN = "town", "街镇"
    UNIT = "unit", "单位"
    THEME_CLASS = "theme_class", "主题分类"
    STAGE_AUDIENCE = "stage_audience", "学段与对象"


class Parameter(NamedTuple):
    """One number or word of a rule, where it comes from, and the setting that replaces it."""

    name: str
    value: Setting
    origin: Origin
    note: str = ""
    setting: str | None = None


class Rule(NamedTuple):
    """One rule of a rule set.

    ``check`` names the check function (the situation, e.g. ``frequency``, ``policy_filing``);
    ``quote`` is verbatim from the document's clause ``clause``.
    """

    code: str
    clause: str
    title: str
    quote: str
    kind: RuleKind
    check: str
    severity: Severity
    campaigns: tuple[Campaign, ...] = ()
    period: PeriodKind | None = None
    group: GroupKind = GroupKind.NONE
    parameters: tuple[Parameter, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None

    def parameter(self, name: str) -> Setting:
        """The value of the parameter ``name``; ``KeyError`` where the rule has none of that name."""
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter.value
        raise KeyError(f"{self.code}: {name}")


class SettingSpec(NamedTuple):
    """A setting of the year that chooses another reading: its label, default and allowed values."""

    name: str
    label: str
    default: Setting
    allowed: tuple[tuple[Setting, str], ...] = ()
    least: int | None = None
    most: int | None = None


class RuleSet(NamedTuple):
    """The rules of one document; ``carried_over`` for a year whose own document is not out (沿用)."""

    year: int
    document: str
    title: str
    issued_on: date
    rules: tuple[Rule, ...]
    settings: tuple[SettingSpec, ...] = ()
    carried_over: bool = False

    def rule(self, code: str) -> Rule:
        """The rule called ``code``; ``KeyError`` where there is none."""
        for rule in self.rules:
            if rule.code == code:
                return rule
        raise KeyError(code)
