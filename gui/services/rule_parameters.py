"""规则参数：名目、现值、出处，以及改它的设置；读法说明也从这里来。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from models.domain.events import Campaign
from models.domain.rules import GroupKind, Origin, Parameter, Rule, RuleKind, RuleSet, SettingSpec
from models.domain.setting_names import due_name, reason_name
from models.domain.year import BlockedPeriod, Setting, Year
from planners.checks.events import DAY_OFF_RULE, RESULT_RULE
from planners.checks.milestones import MILESTONE_CHECKS
from planners.in_force import since_words
from planners.rule_rows import OWN_LOAD, RuleLine

TOPICS = "topics"
MOST_OTHERS = 4
"""Readings beside the default that are told one by one."""
MOST_PAUSES = 3
_IN_FULL = ("minimum", "stages")
"""Parameters said with their value, not with the words of the choice."""
_NAMES = {
    "target": "宜办",
    "most": "上限",
    "classes": "分类",
    "platforms": "平台",
    "theme_required": "主题",
    "forms": "形式",
    "exempt_month": "豁免",
    "stages": "学段",
    "months": "假期",
    "kinds": "会议种类",
    "invite_days": "邀请",
    "select_days": "遴选",
    "schedule_days": "排定会议",
    "record_workdays": "记录意见",
    "answer_workdays": "答复意见",
    "workdays": "期限",
    "days": "期限",
    "after": "自",
    "interval": "多久一次",
}
_WARNINGS = {"lead_workdays": "风险提前", "soon_workdays": "临近提前"}
_WITH_DEADLINES = (RuleKind.DECISION, RuleKind.POLICY, RuleKind.MILESTONE)
_COUNTED = "已举办；期内的已排、已确认暂计"


class ParameterLine(NamedTuple):
    """One parameter as it stands: name, value in words, 原文/解释/自定, the note and why it was changed.

    ``rule``: the title of its rule, where that is not the one which leads the line.
    """

    name: str
    value: str
    origin: Origin
    note: str = ""
    reason: str = ""
    rule: str = ""


def parameter_lines(
    line: RuleLine, ruleset: RuleSet, year: Year, blocked: Iterable[BlockedPeriod] = ()
) -> tuple[ParameterLine, ...]:
    """What the rules of ``line`` count with, and where each number comes from; ``blocked``: the year's 停排."""
    rules = [rule for rule in ruleset.rules if rule.code in line.rules]
    lines = [
        entry._replace(rule="" if rule.code == line.key else rule.title)
        for rule in rules
        for entry in _rule_lines(rule, ruleset, year)
    ]
    general = [_general(spec, year) for spec in _general_specs(line, rules, ruleset)]
    if any(rule.kind is RuleKind.FREQUENCY for rule in rules):
        general.insert(0, ParameterLine("计入", _COUNTED, Origin.READING))
    if pauses := pauses_of(line, ruleset, blocked):
        general.append(_pauses_line(pauses))
    own = sum(not entry.rule for entry in lines)
    return (*lines[:own], *general, *lines[own:])


def settings_of(line: RuleLine, ruleset: RuleSet) -> tuple[SettingSpec, ...]:
    """The settings that change how ``line`` is checked, the rule's own first."""
    rules = [rule for rule in ruleset.rules if rule.code in line.rules]
    names = [entry.setting for rule in rules for entry in rule.parameters if entry.setting]
    names += [spec.name for rule in rules if (spec := _group_spec(rule, ruleset))]
    own = {spec.name: spec for spec in ruleset.settings}
    chosen = [own[name] for name in dict.fromkeys(names)]
    return (*chosen, *_general_specs(line, rules, ruleset))


def pauses_of(
    line: RuleLine, ruleset: RuleSet, blocked: Iterable[BlockedPeriod]
) -> tuple[BlockedPeriod, ...]:
    """The 停排 of the campaigns that ``line`` counts by period, whoever holds the events, by date."""
    campaigns = counted_campaigns(line, ruleset)
    found = (one for one in blocked if not one.units and not one.venues and campaigns & {*one.campaigns})
    return tuple(sorted(found, key=lambda one: one.first))


def counted_campaigns(line: RuleLine, ruleset: RuleSet) -> frozenset[Campaign]:
    """The campaigns whose events the rules of ``line`` count by period."""
    counting = (r for r in ruleset.rules if r.code in line.rules and r.kind is RuleKind.FREQUENCY)
    return frozenset(campaign for rule in counting for campaign in rule.campaigns)


def _pauses_line(pauses: Sequence[BlockedPeriod]) -> ParameterLine:
    more = f" 等 {len(pauses)} 段" if len(pauses) > MOST_PAUSES else ""
    days = "、".join(map(pause_days, pauses[:MOST_PAUSES]))
    note = "；".join(f"{pause_days(pause)} {pause.reason}".strip() for pause in pauses)
    return ParameterLine("停排期", f"{days}{more}", Origin.OFFICE, note)


def pause_days(pause: BlockedPeriod) -> str:
    """7月1日—8月31日; a single day stands alone."""
    first, last = (f"{day.month}月{day.day}日" for day in (pause.first, pause.last))
    return first if pause.first == pause.last else f"{first}—{last}"


def milestones_of(line: RuleLine, ruleset: RuleSet) -> tuple[Rule, ...]:
    """The rules of ``line`` whose date the office may set."""
    dated = (rule for rule in ruleset.rules if rule.check in MILESTONE_CHECKS and rule.period is None)
    return tuple(rule for rule in dated if rule.code in line.rules)


def can_be_changed(line: RuleLine, ruleset: RuleSet) -> bool:
    """Whether any parameter of ``line`` is a setting."""
    return bool(settings_of(line, ruleset) or milestones_of(line, ruleset))


def stated_origin(spec: SettingSpec, ruleset: RuleSet) -> Origin:
    """Where the default of the setting comes from: 原文, 解释 or, for what no rule has, 自定."""
    named = (one for rule in ruleset.rules for one in rule.parameters if one.setting == spec.name)
    found = next(named, None)
    if found is None:
        return Origin.READING if spec.allowed else Origin.OFFICE
    return found.stated[1] if found.stated else found.origin


def chosen_value(spec: SettingSpec, year: Year) -> Setting:
    """The value of the setting in ``year``: what was chosen, else the default."""
    value = year.setting(spec.name)
    return spec.default if value is None else value


def value_words(spec: SettingSpec, value: Setting) -> str:
    """The value as the rule set words it."""
    return next((label for known, label in spec.allowed if known == value), str(value))


def reading_notes(line: RuleLine, ruleset: RuleSet) -> tuple[str, ...]:
    """口径说明: how the words of the document are read, and which other readings there are."""
    rules = [rule for rule in ruleset.rules if rule.code in line.rules]
    notes = [
        f"{entry.note}：{entry.value}" if entry.name == TOPICS else entry.note
        for rule in rules
        for entry in rule.parameters
        if entry.note
    ]
    for spec in settings_of(line, ruleset):
        others = [label for value, label in spec.allowed if value != spec.default]
        if 0 < len(others) <= MOST_OTHERS:
            notes.append(
                f"{spec.label}：默认“{value_words(spec, spec.default)}”；另可选“{'”“'.join(others)}”。"
            )
    notes += _OWN_NOTES.get(line.key, ())
    return tuple(dict.fromkeys(note if note.endswith("。") else f"{note}。" for note in notes))


_OWN_NOTES = {
    OWN_LOAD: ("不含重要会议活动。超过上限只作提示，自动排期会避开",),
    RESULT_RULE: ("活动日过后仍为已排或已确认的，记为待登记；登记前不计入实际达标",),
    DAY_OFF_RULE: ("放假日只提示，不判为错：面向家庭的活动常在休息日办",),
}


def _rule_lines(rule: Rule, ruleset: RuleSet, year: Year) -> Iterator[ParameterLine]:
    specs = {spec.name: spec for spec in ruleset.settings}
    if rule.kind is RuleKind.FREQUENCY and (spec := _group_spec(rule, ruleset)):
        yield _general(spec, year)._replace(name="范围")
    elif rule.kind is RuleKind.FREQUENCY and rule.group is not GroupKind.NONE:
        minimum = next(entry for entry in rule.parameters if entry.name == "minimum")
        yield ParameterLine("分组", f"按{rule.group.label}", minimum.origin)
    dates = {entry.name: entry for entry in rule.parameters if entry.name in ("month", "day")}
    if len(dates) == 2:
        yield _date_line(rule, dates["month"], dates["day"], year)
    for entry in rule.parameters:
        if entry.name not in dates and entry.name != TOPICS:
            value = _course(rule, entry, ruleset, specs)
            yield ParameterLine(
                _name(rule, entry), value, entry.origin, entry.note, _reason(entry.setting, year)
            )


def _course(rule: Rule, entry: Parameter, ruleset: RuleSet, specs: Mapping[str, SettingSpec]) -> str:
    """每月 ≥1 场；自7月1日起 每月 ≥2 场: the values in the course of the year, each with its first day."""

    def said(one: Parameter) -> str:
        if one.setting in specs and specs[one.setting].allowed and one.name not in _IN_FULL:
            return value_words(specs[one.setting], one.value)
        return _words(rule, one)

    found: list[str] = []
    last = None
    for day, version in ruleset.versions or ((None, ruleset),):
        one = next((made.named(entry.name) for made in version.rules if made.code == rule.code), None)
        if one is not None and said(one) != last:
            last = said(one)
            found.append(f"{since_words(day, day.year)} {last}" if found and day else last)
    return "；".join(found) or said(entry)


def _date_line(rule: Rule, month: Parameter, day: Parameter, year: Year) -> ParameterLine:
    chosen = year.setting(due_name(rule.code)) or year.setting(due_name(rule.part_of))
    origin = Origin.OFFICE if chosen else month.origin
    words = str(chosen) if chosen else f"{month.value}月{day.value}日"
    return ParameterLine("日期", words, origin, month.note, _reason(due_name(rule.code), year))


def _name(rule: Rule, entry: Parameter) -> str:
    if entry.name == "minimum":
        return "频次" if rule.kind is RuleKind.FREQUENCY else "下限"
    return _NAMES.get(entry.name, entry.name)


def _words(rule: Rule, entry: Parameter) -> str:
    value = entry.value
    if entry.name == "minimum":
        if rule.period is not None:
            return f"{rule.period.label} ≥{value} 场"
        return f"≥{value}" + _UNITS.get(rule.check, "")
    units = {
        "target": "{} 场",
        "most": "{} 场",
        "exempt_month": "{}月",
        "months": "{}月",
        "workdays": "{} 个工作日",
        "days": "{} 日",
        "invite_days": "会前 {} 天",
        "select_days": "会前 {} 天",
        "schedule_days": "会前 {} 天",
        "record_workdays": "会后 {} 个工作日",
        "answer_workdays": "转办后 {} 个工作日",
    }
    if value is True:
        return "每季度一个"
    return units.get(entry.name, "{}").format(value)


_UNITS = {
    "few_platforms": " 个",
    "policy_forms": " 种",
    "not_invited": " 名代表",
    "not_heard": " 种形式",
    "regular_opening": " 场",
}


def _group_spec(rule: Rule, ruleset: RuleSet) -> SettingSpec | None:
    """The setting that chooses in which groups the rule counts."""
    return next((spec for spec in ruleset.settings if spec.name == rule.group_setting), None)


def _general_specs(line: RuleLine, rules: Sequence[Rule], ruleset: RuleSet) -> tuple[SettingSpec, ...]:
    """Settings that hold for several rules and touch this line too."""
    names: list[str] = []
    if any(rule.kind is RuleKind.FREQUENCY for rule in rules):
        names += ["lead_workdays"] if ruleset.carried_over else ["lead_workdays", "effective_from"]
    if any(rule.kind in _WITH_DEADLINES for rule in rules):
        names.append("soon_workdays")
    if line.key == OWN_LOAD:
        names.append("week_limit")
    return tuple(spec for spec in ruleset.settings if spec.name in names)


def _general(spec: SettingSpec, year: Year) -> ParameterLine:
    value = chosen_value(spec, year)
    words = value_words(spec, value)
    if spec.name in _WARNINGS:
        words = f"{value} 个工作日"
    elif spec.name == "week_limit":
        words = f"{value} 场"
    own = spec.name in (*_WARNINGS, "week_limit") or value != spec.default
    name = {**_WARNINGS, "effective_from": "起算", "week_limit": "每周上限"}.get(spec.name, spec.label)
    return ParameterLine(name, words, Origin.OFFICE if own else Origin.READING, "", _reason(spec.name, year))


def _reason(setting: str | None, year: Year) -> str:
    return str(year.setting(reason_name(setting)) or "") if setting else ""
