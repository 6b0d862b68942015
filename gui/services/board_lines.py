"""年度总览有哪些行：规则集里的每条频次规则一行，次序、分组与文字都从规则来。"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gui.services.board_values import LineKind
from models.domain.events import Campaign, Event, SchoolStage
from models.domain.rules import GroupKind, PeriodKind, Rule, RuleKind, Severity
from planners.results import Cell, YearCheck

SHORT_STAGE = 2
PERIOD_WORDS = {PeriodKind.MONTH: "每月", PeriodKind.QUARTER: "每季", PeriodKind.AUGUST: "8月"}
_BY_STAGE = (GroupKind.STAGE, GroupKind.STAGE_AUDIENCE)
_KINDS = {PeriodKind.MONTH: LineKind.MONTHLY, PeriodKind.AUGUST: LineKind.MONTHLY}


class LineSpec(NamedTuple):
    """One line before it is filled: ``rule`` is the rule behind it, ``stage`` or ``theme_class`` its part of it.

    ``leads``: the first line of its campaign, which tells what holds for the campaign as a whole.
    """

    key: str
    group: str
    kind: LineKind
    campaign: Campaign | None
    title: str
    rule: Rule
    stage: str | None = None
    theme_class: str | None = None
    leads: bool = True

    def holds(self, event: Event) -> bool:
        """Whether an event of the campaign stands on this line."""
        if self.theme_class is not None:
            return event.theme_class == self.theme_class
        return self.stage is None or any(stage.label == self.stage for stage in event.stages)

    def cells_of(self, cells: Iterable[Cell]) -> list[Cell]:
        """The cells of the check that belong to the line."""
        own = self.stage or self.theme_class
        found = (cell for cell in cells if cell.rule == self.rule.code)
        return [cell for cell in found if own is None or cell.group is None or cell.group.startswith(own)]


def line_specs(check: YearCheck) -> tuple[LineSpec, ...]:
    """The lines of a year in the order of the rules, those of one band and of one campaign together.

    A rule has a line where the rule set gives it a place; a frequency rule also where it is 刚性 or counts by
    month or quarter, beside the first of its campaign. Rules counted by 学段 or theme have a line for each.
    """
    ruleset = check.ruleset
    groups = dict.fromkeys((cell.rule, cell.group) for cell in check.cells if cell.group)
    bands = {rule.campaigns[:1]: rule.board.band for rule in reversed(ruleset.rules) if rule.board}
    specs: list[LineSpec] = []
    for rule in ruleset.rules:
        if has_line(rule):
            campaign = rule.campaigns[0] if rule.campaigns else None
            band = bands.get(rule.campaigns[:1]) or (campaign.label if campaign else rule.name)
            leads = all(spec.campaign is not campaign for spec in specs)
            key = (str(campaign or "attendance")) if leads else rule.code
            band = rule.board.band if rule.board else band
            spec = LineSpec(key, band, _kind(rule), campaign, rule.name, rule, leads=leads)
            specs += list(_parts(spec, [group for code, group in groups if code == rule.code])) or [spec]
    order = [spec.group for spec in specs]
    campaigns = [spec.campaign for spec in specs]
    return tuple(sorted(specs, key=lambda spec: (order.index(spec.group), campaigns.index(spec.campaign))))


def has_line(rule: Rule) -> bool:
    """Whether the rule has a line of its own on the board."""
    if rule.board is not None:
        return True
    if rule.kind is not RuleKind.FREQUENCY or not rule.campaigns:
        return False
    return rule.severity is Severity.HARD or rule.period in (PeriodKind.MONTH, PeriodKind.QUARTER)


def _kind(rule: Rule) -> LineKind:
    if rule.kind is not RuleKind.FREQUENCY:
        return LineKind.EVENTS if rule.campaigns else LineKind.ATTENDANCE
    if rule.period is PeriodKind.AUGUST and rule.group is GroupKind.NONE:
        return LineKind.OPEN_MONTH
    if rule.asks_theme:
        return LineKind.THEMED
    return _KINDS.get(rule.period or PeriodKind.YEAR, LineKind.QUARTERLY)


def _parts(spec: LineSpec, groups: list[str]) -> Iterator[LineSpec]:
    """A line for each of ``groups`` where they are 学段 or theme classes; none where the rule has one line."""
    if spec.rule.group in _BY_STAGE:
        asked = {group.partition("·")[0] for group in groups}
        for stage in (stage.label for stage in SchoolStage if stage.label in asked):
            title = (
                spec.title if len(stage) <= SHORT_STAGE else spec.title[-2:]
            )  # three characters need the room
            yield spec._replace(key=f"{spec.key}:{stage}", title=f"{title} · {stage}", stage=stage)
    elif spec.rule.group is GroupKind.THEME_CLASS:
        for name in groups:
            yield spec._replace(key=f"{spec.key}:{name}", title=f"{spec.title} · {name}", theme_class=name)


def rule_words(spec: LineSpec, cells: list[Cell]) -> tuple[str, str]:
    """The rule of a line in words, long and short ("每月 ≥1 场 · 宜 2 场", "每月 ≥1，宜 2")."""
    rule = spec.rule
    if not cells:
        said = rule.board.words if rule.board else ""
        return said, said
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


def open_range(rule: Rule, least: int, target: int | None) -> str:
    """What the open month is to reach ("30–80"), or its minimum alone ("≥1")."""
    most = next((p.value for p in rule.parameters if p.name == "most"), None)
    if target and most:
        return f"{target}–{most}"
    return f"{least}–{target}" if target and target > least else f"≥{least}"


def _addition(spec: LineSpec, rule: Rule, target: int | None) -> tuple[str, str]:
    if spec.kind is LineKind.THEMED:
        return "须定主题", "定主题"
    if exempt := next((p.value for p in rule.parameters if p.name == "exempt_month"), None):
        return f"{exempt}月除外", f"除{exempt}月"
    return (f"宜 {target} 场", f"宜 {target}") if target else ("", "")
