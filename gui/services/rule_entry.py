"""自己加一条规则时填的：名称、依据、怎么算、从哪天起；变成规则，也从规则变回来。窗口和命令行同用。"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from models.domain.events import Campaign, Labelled
from models.domain.periods import month_period, quarter_of, quarter_period
from models.domain.rule_soundness import LONGEST_QUOTE, LONGEST_TITLE, MOST_EVENTS, problems_of
from models.domain.rules import (
    AFTER,
    OWN_CLAUSE,
    GroupKind,
    Origin,
    Parameter,
    PeriodKind,
    Rule,
    RuleKind,
    Severity,
    clause_words,
)
from models.domain.year import Setting
from planners.clauses import clauses_of

PERIODS = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR)
REPORTERS = (GroupKind.NONE, GroupKind.UNIT, GroupKind.TOWN)
GROUPS = (GroupKind.NONE, GroupKind.TOWN, GroupKind.UNIT, GroupKind.STAGE, GroupKind.THEME_CLASS)
_LISTS = {GroupKind.STAGE: "stages", GroupKind.THEME_CLASS: "classes"}
_FIELDS = {"campaigns": "campaign", "stages": "listed", "classes": "listed", "month": "day"}
"""Field or parameter of a rule → the field in which it is entered, where that is called otherwise."""
_NUMERALS = "〇一二三四五六七八九十"


class RuleSort(Labelled):
    """What is asked: so many events a period, something by a day, or so many working days after something."""

    FREQUENCY = "frequency", "频次"
    MILESTONE = "milestone", "节点"
    DEADLINE = "workdays_after", "时限"


class Recurrence(Labelled):
    """How often a milestone is due."""

    YEARLY = "yearly", "每年"
    ONCE = "once", "只这一年"
    HALF_YEARLY = "half_year", "每半年"
    QUARTERLY = "quarter", "每季度"
    MONTHLY = "month", "每月"

    @property
    def period(self) -> PeriodKind | None:
        """The period at the end of which it is due; None where it has a day of the year."""
        return None if self in (Recurrence.YEARLY, Recurrence.ONCE) else PeriodKind(self.value)


class RuleEntry(NamedTuple):
    """A rule as it is entered; ``code`` "" for a new one, ``clause`` "" for 自定.

    ``listed``: the 学段 or the classes that count apart, written 甲、乙. ``target`` 0 for none. ``day``: month and day of a
    milestone, which ``reporters`` report each by themselves; ``workdays`` after ``after`` a deadline ends.
    """

    code: str = ""
    title: str = ""
    clause: str = ""
    quote: str = ""
    severity: Severity = Severity.HINT
    sort: RuleSort = RuleSort.FREQUENCY
    campaign: Campaign = Campaign.LECTURE
    period: PeriodKind = PeriodKind.QUARTER
    group: GroupKind = GroupKind.NONE
    listed: str = ""
    minimum: int = 1
    target: int = 0
    day: tuple[int, int] = (6, 30)
    recurrence: Recurrence = Recurrence.YEARLY
    reporters: GroupKind = GroupKind.NONE
    workdays: int = 5
    after: str = AFTER[0]
    valid_from: date | None = None

    @property
    def key(self) -> str:
        """What the form is kept under."""
        return self.code


EXAMPLES: tuple[tuple[str, RuleEntry], ...] = (
    (
        "政府信息公开年报（各单位）",
        RuleEntry(
            title="政府信息公开年报（各单位）",
            clause="《政府信息公开条例》第四十九条",
            quote="县级以上人民政府部门应当在每年1月31日前向本级政府信息公开工作主管部门提交本行政机关上一年度政府信息公开工作年度报告并向社会公布",
            severity=Severity.HARD,
            sort=RuleSort.MILESTONE,
            day=(1, 31),
            reporters=GroupKind.UNIT,
        ),
    ),
    (
        "政府信息公开年报（本级政府）",
        RuleEntry(
            title="政府信息公开年报（本级政府）",
            clause="《政府信息公开条例》第四十九条",
            quote="县级以上地方人民政府的政府信息公开工作主管部门应当在每年3月31日前向社会公布本级政府上一年度政府信息公开工作年度报告",
            severity=Severity.HARD,
            sort=RuleSort.MILESTONE,
            day=(3, 31),
        ),
    ),
)
"""Name → an entry that is ready to be taken."""


def rule_of(entry: RuleEntry, year: int) -> Rule:
    """The rule that ``entry`` says, for ``year``; it may be unsound (see ``refusals``)."""
    counts, dated = entry.sort is RuleSort.FREQUENCY, entry.sort is RuleSort.MILESTONE
    follows = entry.sort is RuleSort.DEADLINE and entry.after == AFTER[0]
    return Rule(
        entry.code,
        entry.clause or OWN_CLAUSE,
        entry.title,
        entry.quote,
        RuleKind.FREQUENCY if counts else RuleKind.MILESTONE,
        entry.sort.value,
        entry.severity,
        (entry.campaign,) if counts or follows else (),
        entry.period if counts else entry.recurrence.period if dated else None,
        entry.group if counts else entry.reporters if dated else GroupKind.NONE,
        tuple(_parameters(entry)),
        valid_from=entry.valid_from,
        valid_to=date(year, 12, 31) if dated and entry.recurrence is Recurrence.ONCE else None,
        added=True,
    )


def _parameters(entry: RuleEntry) -> list[Parameter]:
    if entry.sort is RuleSort.DEADLINE:
        origin = _origin(entry, entry.workdays)
        return [
            Parameter("workdays", entry.workdays, origin),
            Parameter("after", entry.after, _origin(entry)),
        ]
    if entry.sort is RuleSort.MILESTONE and entry.recurrence.period is not None:
        return []
    if entry.sort is RuleSort.MILESTONE:
        origin = _origin(entry, *entry.day)
        return [
            Parameter(name, value, origin) for name, value in zip(("month", "day"), entry.day, strict=True)
        ]
    made = [Parameter("minimum", entry.minimum, _origin(entry, entry.minimum))]
    if entry.target:
        made.append(Parameter("target", entry.target, _origin(entry, entry.target)))
    if (name := _LISTS.get(entry.group)) is not None:
        words = "、".join(filter(None, map(str.strip, re.split("[、，,;；]", entry.listed))))
        made.append(Parameter(name, words, _origin(entry)))
    return made


def _origin(entry: RuleEntry, *numbers: int) -> Origin:
    """自定 without a clause; 原文 where its words name the numbers, else 解释."""
    if not entry.clause:
        return Origin.OFFICE
    named = all(str(n) in entry.quote or (n <= 10 and _NUMERALS[n] in entry.quote) for n in numbers)
    return Origin.TEXT if named else Origin.READING


def entry_of(rule: Rule) -> RuleEntry:
    """What was entered for the added ``rule``."""
    values = {parameter.name: parameter.value for parameter in rule.parameters}
    counts = rule.kind is RuleKind.FREQUENCY

    def number(name: str, default: int) -> int:
        value: Setting = values.get(name)
        return value if isinstance(value, int) else default

    return RuleEntry(
        rule.code,
        rule.title,
        "" if rule.is_own else rule.clause,
        rule.quote,
        rule.severity,
        RuleSort(rule.check),
        rule.campaigns[0] if rule.campaigns else Campaign.LECTURE,
        rule.period if counts and rule.period else PeriodKind.QUARTER,
        rule.group if counts else GroupKind.NONE,
        str(values.get(_LISTS.get(rule.group, "")) or ""),
        number("minimum", 1),
        number("target", 0),
        (number("month", 6), number("day", 30)),
        _recurrence(rule),
        GroupKind.NONE if counts else rule.group,
        number("workdays", 5),
        str(values.get("after") or AFTER[0]),
        rule.valid_from,
    )


def _recurrence(rule: Rule) -> Recurrence:
    if rule.kind is RuleKind.MILESTONE and rule.period is not None:
        return Recurrence(rule.period.value)
    return Recurrence.ONCE if rule.valid_to else Recurrence.YEARLY


def entry_from_clause(number: str, text: str) -> RuleEntry:
    """A rule for the clause ``number`` of a new document, filled with what its words (``text``) say.

    Where they name how often or by which day, that is taken and the rule is 刚性; else it only hints.
    """
    words = re.sub(r"（(?:牵头|责任)单位：[^）]*）。?$", "", text)[:LONGEST_QUOTE]
    title = re.split(r"[。，；：]", words)[0][:LONGEST_TITLE]
    entry = RuleEntry(title=title, clause=number, quote=words)
    if (day := re.search(r"(\d{1,2})月(\d{1,2})日前", words)) is not None:
        return entry._replace(sort=RuleSort.MILESTONE, day=(int(day[1]), int(day[2])), severity=Severity.HARD)
    named = next((one for one in Campaign if one.label in words), None)
    often = re.search(r"每(月|季度?|年)", words)
    count = re.search(r"(\d+|[一两二三四五六七八九十])(?:[—－-]\d+)?[场次]", words)
    if often is None or count is None:
        return entry._replace(campaign=named or entry.campaign)
    return entry._replace(
        severity=Severity.HARD,
        campaign=named or entry.campaign,
        period=_PERIODS[often[1][0]],
        minimum=min(_count(count[1]), MOST_EVENTS),
    )


_PERIODS = {"月": PeriodKind.MONTH, "季": PeriodKind.QUARTER, "年": PeriodKind.YEAR}


def _count(words: str) -> int:
    if words.isdigit():
        return int(words)
    return 2 if words == "两" else _NUMERALS.index(words)


def refusals(entry: RuleEntry, year: int, document: str) -> dict[str, str]:
    """Field → why it cannot be taken; words of a numbered clause must stand there in ``document``."""
    found = {_FIELDS.get(name, name): why for name, why in problems_of(rule_of(entry, year)).items()}
    if entry.clause.isdigit() and "quote" not in found:
        clause = clauses_of(document).get(entry.clause)
        if clause is None:
            found["clause"] = (
                f"要点里没有{clause_words(entry.clause)}，请核对条号；不出自要点的写文件全称和条号"
            )
        elif re.sub(r"\s|\*\*", "", entry.quote) not in clause.text:
            found["quote"] = f"{clause_words(entry.clause)}里没有这句话，请照原文一字不差地填"
    return found


def usual_start(entry: RuleEntry, year: int, today: date) -> date:
    """From when the rule asks anything unless told otherwise: the next month or quarter that has not begun.

    A whole year, and what is due by a day, from today on; a year that has not begun from its first day.
    """
    first = date(year, 1, 1)
    if today < first:
        return first
    if entry.sort is not RuleSort.FREQUENCY or entry.period not in (PeriodKind.MONTH, PeriodKind.QUARTER):
        return today
    if entry.period is PeriodKind.MONTH:
        return month_period(today.year, today.month).end
    return quarter_period(today.year, quarter_of(today)).end
