"""一条规则能不能算：场数、分组、日子是否说得通；逐栏说明哪里不行。规则集和年度自己加的规则同用。"""

from collections.abc import Mapping
from datetime import date

from models.domain.events import SchoolStage
from models.domain.rules import AFTER, OWN_CLAUSE, REPORTING, GroupKind, PeriodKind, Rule, RuleKind
from models.domain.year import Setting

ADDABLE = frozenset({"frequency", "milestone", "workdays_after"})
"""The checks of which a year can have rules of its own."""
MOST_EVENTS = 366
MOST_WORKDAYS = 250
LONGEST_TITLE = 40
LONGEST_CLAUSE = 60
LONGEST_QUOTE = 2_000
_ANY_YEAR = 2027
"""A year without 29 February: a day that comes back has to be there every year."""


def problems_of(rule: Rule) -> dict[str, str]:
    """Field or parameter → why the rule cannot be reckoned with; empty where it can."""
    found = _problems_of_texts(rule) if rule.added else {}
    values = {entry.name: entry.value for entry in rule.parameters}
    if rule.kind is RuleKind.FREQUENCY:
        found |= _problems_of_counting(rule, values)
    elif rule.check == "milestone" and rule.period is None:
        found |= _problems_of_day(values)
    elif rule.check == "workdays_after":
        found |= _problems_of_deadline(rule, values)
    if rule.valid_from and rule.valid_to and rule.valid_to < rule.valid_from:
        found["valid_to"] = "止于的一天早于起算的一天"
    return found


def problem_of_times(rule: Rule) -> str:
    """Why the rule has no times at which it asks anything, or nobody of whom; "" where it has.

    A frequency rule counts in a period; of the others only a milestone of a date may come back in one.
    """
    comes_back = rule.check == "milestone" and rule.period is not None
    if rule.kind is RuleKind.FREQUENCY and rule.period in (None, PeriodKind.HALF_YEAR):
        return "频次规则必须有周期：每月、每季度、8月或全年"
    if rule.kind is not RuleKind.FREQUENCY and rule.period is not None and not comes_back:
        return "频次规则必须有周期，其他规则除定期的年度节点外没有"
    dated = {"month", "day"} <= {entry.name for entry in rule.parameters}
    if rule.check == "milestone" and not comes_back and not dated:
        return "年度节点必须有参数 month 与 day，或者有周期"
    if rule.kind is RuleKind.MILESTONE and rule.group not in REPORTING:
        return f"年度节点不能按{rule.group.label}分别报"
    return ""


def _problems_of_texts(rule: Rule) -> dict[str, str]:
    found: dict[str, str] = {}
    if rule.check not in ADDABLE:
        found["check"] = f"不能自加“{rule.check}”这一种规则"
    if not rule.title.strip() or len(rule.title) > LONGEST_TITLE:
        found["title"] = f"请填写名称，至多 {LONGEST_TITLE} 字"
    if not rule.clause.strip() or len(rule.clause) > LONGEST_CLAUSE:
        found["clause"] = f"依据应为 1–{LONGEST_CLAUSE} 字"
    if len(rule.quote) > LONGEST_QUOTE:
        found["quote"] = f"条文至多 {LONGEST_QUOTE} 字"
    elif rule.clause != OWN_CLAUSE and not rule.quote.strip():
        found["quote"] = "写明了依据，请把条文一字不差地填上"
    return found


def _problems_of_counting(rule: Rule, values: Mapping[str, Setting]) -> dict[str, str]:
    found: dict[str, str] = {}
    least, target = values.get("minimum"), values.get("target")
    if not rule.campaigns:
        found["campaigns"] = "请选择工作线"
    if not _is_number(least, 0):
        found["minimum"] = f"场数应为 0–{MOST_EVENTS} 的整数"
    elif "target" in values and (not _is_number(target, 0) or 0 < int(str(target)) < int(str(least))):
        found["target"] = "宜办数不能少于场数"
    if rule.group in (GroupKind.STAGE, GroupKind.STAGE_AUDIENCE):
        known = {stage.label for stage in SchoolStage}
        if not _listed(values, "stages") or _listed(values, "stages") - known:
            found["stages"] = f"请写学段（{'、'.join(stage.label for stage in SchoolStage)}），用顿号分开"
    if rule.group is GroupKind.THEME_CLASS and not _listed(values, "classes"):
        found["classes"] = "请写主题分类，用顿号分开"
    return found


def _problems_of_day(values: Mapping[str, Setting]) -> dict[str, str]:
    month, day = values.get("month"), values.get("day")
    if not _is_number(month, 1, 12):
        return {"month": "月份应为 1–12"}
    try:
        date(_ANY_YEAR, int(str(month)), day if isinstance(day, int) else 0)
    except ValueError:
        return {"day": f"{month}月没有这一天" if isinstance(day, int) else "日应为整数"}
    return {}


def _problems_of_deadline(rule: Rule, values: Mapping[str, Setting]) -> dict[str, str]:
    found: dict[str, str] = {}
    if not _is_number(values.get("workdays"), 1, MOST_WORKDAYS):
        found["workdays"] = f"应为 1–{MOST_WORKDAYS} 个工作日"
    if values.get("after") not in AFTER:
        found["after"] = f"只能自{'、'.join(AFTER)}起算"
    if (values.get("after") == AFTER[0]) != bool(rule.campaigns):
        found["campaigns"] = "自活动举办起算的请选择工作线，别的没有工作线"
    return found


def _is_number(value: Setting, least: int, most: int = MOST_EVENTS) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _listed(values: Mapping[str, Setting], name: str) -> set[str]:
    return {word.strip() for word in str(values.get(name) or "").split("、")} - {""}
