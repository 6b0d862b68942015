"""规则：条文、原文、参数及其出处。规则是数据，这里只有它们的形状。"""

from collections.abc import Mapping
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
    """The period in which a frequency rule counts, or in which a milestone comes back."""

    MONTH = "month", "每月"
    QUARTER = "quarter", "每季度"
    HALF_YEAR = "half_year", "每半年"
    AUGUST = "august", "8月"
    YEAR = "year", "全年"


class GroupKind(Labelled):
    """What a frequency rule counts apart, or who reports a milestone each by itself."""

    NONE = "none", "全区"
    STAGE = "stage", "学段"
    TOWN = "town", "街镇"
    UNIT = "unit", "单位"
    UNIT_PARK = "unit_park", "单位与园区"
    THEME_CLASS = "theme_class", "主题分类"
    STAGE_AUDIENCE = "stage_audience", "学段与对象"


BY_UNIT = frozenset({GroupKind.UNIT, GroupKind.UNIT_PARK})
"""Each unit apart, whether or not the parks are among 各单位."""
REPORTING = frozenset({GroupKind.NONE, GroupKind.TOWN, GroupKind.UNIT, GroupKind.UNIT_PARK})
"""Who can report a milestone: the office itself, or each unit of a kind."""


AFTER = ("活动举办", "政策文件发布", "要点印发")
"""What a deadline of so many working days can follow."""


class Parameter(NamedTuple):
    """One number or word of a rule, where it comes from, and the setting that replaces it.

    ``stated``: value and origin that the rule set gives, where the year has another value (then 自定).
    """

    name: str
    value: Setting
    origin: Origin
    note: str = ""
    setting: str | None = None
    stated: tuple[Setting, Origin] | None = None

    @property
    def is_invented(self) -> bool:
        """Whether neither the document nor a reading of it gives any such number: it only ever hints."""
        return (self.stated[1] if self.stated else self.origin) is Origin.OFFICE


class BoardPlace(NamedTuple):
    """That a rule has a line on the year board: the words beside its lines, and how it is said in a few words.

    ``words`` for a rule that does not count periods; the others are said by their numbers.
    """

    band: str
    words: str = ""


class Rule(NamedTuple):
    """One rule of a rule set.

    ``code`` names the rule in the data (exemptions, explanations, settings); what a rule means is asked of its
    other fields, never of its code. ``check`` names the check function (the situation, e.g. ``frequency``,
    ``policy_filing``); ``quote`` is verbatim from the document's clause ``clause``.

    ``matter``: rules of one clause and one matter stand together on the rules page. ``heading``: what the line
    that the rule leads is called, where that is not its title. ``group_setting`` is the setting that chooses
    ``group``, ``board`` where it stands on the year board, None where the rule set does not say.

    ``valid_from`` and ``valid_to`` (both included) bound the days on which it asks anything. ``added``: a rule that
    the year has beside those of the rule set; its ``clause`` is ``OWN_CLAUSE`` where no document asks for it.
    ``former``: what it quoted before its document was replaced, while nobody has decided whether its numbers
    still fit the new words; "" where there is nothing to decide.

    A milestone with a ``period`` comes back in each; with a ``group`` every unit of it reports by itself, else
    ``reporter`` (in words) does. ``part_of``: the milestone of which it was a part; days noted for that hold
    for it too.
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
    matter: str = ""
    heading: str = ""
    group_setting: str | None = None
    board: BoardPlace | None = None
    added: bool = False
    former: str = ""
    reporter: str = ""
    part_of: str = ""

    def parameter(self, name: str) -> Setting:
        """The value of the parameter ``name``; ``KeyError`` where the rule has none of that name."""
        if (found := self.named(name)) is None:
            raise KeyError(f"{self.code}: {name}")
        return found.value

    def named(self, name: str) -> Parameter | None:
        """The parameter ``name``; None where the rule has none of that name."""
        return next((one for one in self.parameters if one.name == name), None)

    def invents(self, name: str) -> bool:
        """Whether no document and no reading gives the number ``name``: it never decides.

        In a rule that the year added, the office itself has said whether it decides.
        """
        found = self.named(name)
        return not self.added and found is not None and found.is_invented

    def own_mark(self, *names: str) -> str:
        """（自定） where one of these numbers is the office's own, with what the document says instead of it; else ""."""
        ours = [one for one in map(self.named, names) if one is not None and one.origin is Origin.OFFICE]
        if not ours or self.clause == OWN_CLAUSE:  # there 自定 stands in place of the clause
            return ""
        stated = [one.stated for one in ours if one.stated and one.stated[1] is not Origin.OFFICE]
        return (
            f"（自定，{'、'.join(f'{origin.label} {value}' for value, origin in stated)}）"
            if stated
            else "（自定）"
        )

    @property
    def name(self) -> str:
        """What the line is called that the rule leads."""
        return self.heading or self.title

    @property
    def is_own(self) -> bool:
        """Whether the rule itself is the office's own: no document asks for it, or none names the number."""
        if self.added:
            return self.clause == OWN_CLAUSE
        counts = self.kind in (RuleKind.FREQUENCY, RuleKind.EVENT) and bool(self.parameters)
        advises = self.severity is Severity.HINT
        return counts and advises and all(entry.is_invented for entry in self.parameters)

    @property
    def asks_theme(self) -> bool:
        """Whether each period wants a theme."""
        return any(entry.name == "theme_required" and bool(entry.value) for entry in self.parameters)

    def counts(self, campaign: Campaign, group: GroupKind | None = None) -> bool:
        """Whether the rule counts events of ``campaign`` by period (and in the groups of ``group``)."""
        counts = self.kind is RuleKind.FREQUENCY and campaign in self.campaigns
        alike = group in BY_UNIT and self.group in BY_UNIT
        return counts and (alike or group in (None, self.group))


OWN_CLAUSE = Origin.OFFICE.label
"""Stands for the clause of a rule that the office made itself."""


def clause_words(clause: str, gap: str = "") -> str:
    """第2条 of the year's document; others by their own words: 《条例》第四十九条, 自定; "" for none."""
    return f"第{gap}{clause}{gap}条" if clause.isdigit() else clause


class SettingSpec(NamedTuple):
    """A setting of the year that chooses another reading: its label, default and allowed values."""

    name: str
    label: str
    default: Setting
    allowed: tuple[tuple[Setting, str], ...] = ()
    least: int | None = None
    most: int | None = None


class RuleSet(NamedTuple):
    """The rules of one document; ``carried_over`` for a year whose own document is not out (沿用).

    ``versions``: where numbers or the document change in the course of the year, the rules that hold from each
    day on, oldest first, themselves without versions.
    """

    year: int
    document: str
    title: str
    issued_on: date
    rules: tuple[Rule, ...]
    settings: tuple[SettingSpec, ...] = ()
    carried_over: bool = False
    versions: tuple[tuple[date, "RuleSet"], ...] = ()

    def on(self, day: date) -> "RuleSet":
        """The rules that hold on ``day``: those of the first version before any begins."""
        if not self.versions:
            return self
        held = [ruleset for since, ruleset in self.versions if since <= day]
        return (held[-1] if held else self.versions[0][1])._replace(versions=self.versions)

    def rule_on(self, code: str, day: date) -> Rule:
        """The rule called ``code`` with the numbers that hold on ``day``; ``KeyError`` where there is none."""
        return self.on(day).rule(code)

    def rule(self, code: str) -> Rule:
        """The rule called ``code``; ``KeyError`` where there is none."""
        for rule in self.rules:
            if rule.code == code:
                return rule
        raise KeyError(code)

    @property
    def undecided(self) -> tuple[Rule, ...]:
        """The rules whose words have changed and whose numbers nobody has decided on since."""
        return tuple(rule for rule in self.rules if rule.former)

    def number(self, name: str, settings: Mapping[str, Setting]) -> int:
        """The whole number of the setting ``name`` among ``settings``; its default where there is none."""
        given = settings.get(name)
        if isinstance(given, int) and not isinstance(given, bool):
            return given
        return next(int(str(spec.default)) for spec in self.settings if spec.name == name)

    def checked_by(self, check: str) -> Rule | None:
        """The first rule that the check ``check`` judges."""
        return next((rule for rule in self.rules if rule.check == check), None)

    @property
    def themed(self) -> Rule | None:
        """The first rule that wants a theme for each period."""
        return next((rule for rule in self.rules if rule.asks_theme), None)

    def counting(self, campaign: Campaign, group: GroupKind | None = None) -> tuple[Rule, ...]:
        """The rules that count events of ``campaign`` by period (and in the groups of ``group``), in order."""
        return tuple(rule for rule in self.rules if rule.counts(campaign, group))
