"""年度总览有哪些行：规则线的次序、分组与文字。"""

from collections.abc import Iterable
from typing import NamedTuple

from gui.services.board_values import LineKind
from models.domain.events import Campaign, SchoolStage
from models.domain.rules import PeriodKind, Rule, RuleSet
from planners.results import Cell

SHORT_STAGE = 2
PERIOD_WORDS = {PeriodKind.MONTH: "每月", PeriodKind.QUARTER: "每季", PeriodKind.AUGUST: "8月"}


class LineSpec(NamedTuple):
    """One line before it is filled: ``rule`` is the frequency rule behind it, "" where there is none."""

    key: str
    group: str
    kind: LineKind
    campaign: Campaign | None
    title: str
    rule: str = ""
    stage: str | None = None


LECTURE = LineSpec("lecture", "直播课", LineKind.MONTHLY, Campaign.LECTURE, "公开讲堂", "lecture.monthly")
PARK = LineSpec("park", "走进三区", LineKind.THEMED, Campaign.PARK, "走进园区", "park.quarterly")
COMMUNITY = LineSpec(
    "community", "走进三区", LineKind.MONTHLY, Campaign.COMMUNITY, "走进社区", "community.monthly"
)
CAMPUS = LineSpec("campus", "走进三区", LineKind.QUARTERLY, Campaign.CAMPUS, "走进校区", "campus.stages")
FORUM = LineSpec("tech_forum", "专区", LineKind.EVENTS, Campaign.TECH_FORUM, "科创问政", "tech_forum.host")
OPEN_MONTH = LineSpec(
    "open_month", "开放", LineKind.OPEN_MONTH, Campaign.OPEN_MONTH, "政府开放月", "open_month.august"
)
ATTENDANCE_LINE = LineSpec("attendance", "列席", LineKind.ATTENDANCE, None, "公众列席")


def line_specs(cells: Iterable[Cell]) -> tuple[LineSpec, ...]:
    """The lines of a year: 走进校区 has one a 学段 where the rule is counted by 学段."""
    groups = {cell.group for cell in cells if cell.rule == CAMPUS.rule and cell.group}
    stages = [stage.label for stage in SchoolStage if any(g.startswith(stage.label) for g in groups)]
    campus = [
        CAMPUS._replace(key=f"campus:{stage}", title=_campus_title(stage), stage=stage) for stage in stages
    ]
    return (LECTURE, PARK, COMMUNITY, *(campus or [CAMPUS]), FORUM, OPEN_MONTH, ATTENDANCE_LINE)


def _campus_title(stage: str) -> str:
    """走进校区 · 小学; a stage of three characters needs the room: 校区 · 一贯制."""
    return f"走进校区 · {stage}" if len(stage) <= SHORT_STAGE else f"校区 · {stage}"


def cells_of(spec: LineSpec, cells: Iterable[Cell]) -> list[Cell]:
    """The cells of the check that belong to a line."""
    found = (cell for cell in cells if cell.rule == spec.rule)
    if spec.stage is None:
        return list(found)
    return [cell for cell in found if cell.group is None or cell.group.startswith(spec.stage)]


def rule_of(spec: LineSpec, ruleset: RuleSet) -> Rule | None:
    """The rule behind a line, None where the rule set has none of that name."""
    return next((rule for rule in ruleset.rules if rule.code == spec.rule), None)


def rule_words(spec: LineSpec, rule: Rule | None, cells: list[Cell]) -> tuple[str, str]:
    """The rule of a line in words, long and short ("每月 ≥1 场 · 宜 2 场", "每月 ≥1，宜 2")."""
    if spec.kind is LineKind.EVENTS:
        return "须挂靠宿主会议", "须挂靠宿主会议"
    if rule is None or not cells:
        return "", ""
    counting = [cell for cell in cells if cell.minimum > 0] or cells
    least, target = counting[0].minimum, counting[0].target
    often = PERIOD_WORDS.get(rule.period, "全年") if rule.period else "全年"
    if spec.kind is LineKind.OPEN_MONTH:
        wanted = open_range(rule, least, target)
        return f"8月集中 · {wanted} 场", f"8月 {wanted} 场"
    more = _addition(spec, rule, target if target and target > least else None)
    long = f"{often} ≥{least} 场" + (f" · {more[0]}" if more[0] else "")
    short = f"{often} ≥{least}" + (f"，{more[1]}" if more[1] else " 场")
    return long, short


def open_range(rule: Rule | None, least: int, target: int | None) -> str:
    """What the open month is to reach ("30–80"), or its minimum alone ("≥1")."""
    most = next((p.value for p in rule.parameters if p.name == "most"), None) if rule else None
    if target and most:
        return f"{target}–{most}"
    return f"{least}–{target}" if target and target > least else f"≥{least}"


def _addition(spec: LineSpec, rule: Rule, target: int | None) -> tuple[str, str]:
    if spec.kind is LineKind.THEMED:
        return "须定主题", "定主题"
    if exempt := next((p.value for p in rule.parameters if p.name == "exempt_month"), None):
        return f"{exempt}月除外", f"除{exempt}月"
    return (f"宜 {target} 场", f"宜 {target}") if target else ("", "")
