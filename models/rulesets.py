"""规则集：随程序提供的规则数据，按年度设置取另一种读法；读不懂就停下，说明哪一行。"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from models.added_rules import added_texts
from models.domain.dated_settings import first_days, settings_on
from models.domain.errors import InputError
from models.domain.events import Campaign
from models.domain.rule_soundness import problem_of_times, problems_of
from models.domain.rules import (
    BoardPlace,
    GroupKind,
    Origin,
    Parameter,
    PeriodKind,
    Rule,
    RuleKind,
    RuleSet,
    SettingSpec,
    Severity,
)
from models.domain.text import quoted
from models.domain.year import Setting
from models.own_document import own_text, with_own_document
from models.rule_numbers import chosen, with_numbers, with_values

FOLDER = Path(__file__).parent / "data" / "rulesets"
FORMAT = "ruleset/1"
CHECKS: Mapping[RuleKind, frozenset[str]] = {
    RuleKind.FREQUENCY: frozenset({"frequency"}),
    RuleKind.EVENT: frozenset(
        {
            "few_platforms",
            "no_listening_form",
            "other_theme",
            "not_joint",
            "in_school_break",
            "zone_without_host",
            "host_without_zone",
            "no_interaction",
        }
    ),
    RuleKind.DECISION: frozenset({"not_invited", "no_feedback", "not_published", "not_heard"}),
    RuleKind.POLICY: frozenset({"policy_filing", "policy_linkage", "policy_forms", "policy_integration"}),
    RuleKind.MILESTONE: frozenset(
        {"milestone", "days_after_issue", "next_first_quarter", "regular_opening", "workdays_after"}
    ),
}
"""The checks there are; a rule that names another one is refused."""

_TOP = {"format", "year", "document", "title", "issued_on", "text", "settings", "rules"}
_RULE = {
    "code",
    "clause",
    "title",
    "quote",
    "kind",
    "check",
    "severity",
    "campaigns",
    "period",
    "group",
    "parameters",
}
_DECLARED = frozenset(
    {"matter", "heading", "group_setting", "board", "valid_from", "valid_to", "reporter", "part_of"}
)
"""Fields that a rule may leave out."""
_BOARD = {"band", "words"}
_TOP_TYPES: Mapping[str, type] = {
    "year": int,
    "document": str,
    "title": str,
    "issued_on": str,
    "rules": list,
    "settings": list,
}
_RULE_TYPES: Mapping[str, type] = {
    **dict.fromkeys(("code", "clause", "title", "quote", "kind", "check", "severity", "group"), str),
    **dict.fromkeys(("campaigns", "parameters"), list),
}
_TYPE_NAMES: Mapping[type, str] = {int: "整数", str: "文字", list: "列表"}
_PARAMETER = {"name", "value", "origin", "note", "setting"}
_SETTING = {"name", "label", "default", "allowed", "least", "most"}
_Member = TypeVar("_Member", bound=Enum)


def available_rulesets() -> tuple[int, ...]:
    """The years whose document the program carries."""
    return tuple(sorted(int(path.stem) for path in FOLDER.glob("*.json")))


def ruleset_for(year: int, base: int = 2024, settings: Mapping[str, Setting] | None = None) -> RuleSet:
    """The rules of the document of ``base`` as they apply to ``year`` under ``settings``, those of its last day.

    A document of the year's own among them (see ``own_document``) is the one that the rules quote. What held
    earlier in the year is in ``versions``; ask ``on`` for a day.

    Raises ``InputError`` for a rule set that is not there or cannot be read, or a setting that it
    does not allow.
    """
    given = tuple((settings or {}).items())
    starts = [date(year, 1, 1), *(day for day in first_days(settings or {}) if day.year == year)]
    versions = tuple((day, _applied(year, base, settings_on(given, day))) for day in dict.fromkeys(starts))
    return versions[-1][1]._replace(versions=versions if len(versions) > 1 else ())


def _applied(year: int, base: int, given: Mapping[str, Setting]) -> RuleSet:
    ruleset = with_own_document(_loaded(base)._replace(carried_over=year != base), year, given)
    values = {spec.name: chosen(spec, given.get(spec.name)) for spec in ruleset.settings}
    issued = values["effective_from"] == "issued" and not ruleset.carried_over
    valid_from = ruleset.issued_on if issued else None
    rules = tuple(_with_settings(rule, values)._replace(valid_from=valid_from) for rule in ruleset.rules)
    return ruleset._replace(rules=(*rules, *_added_rules(given, year)))


def _added_rules(settings: Mapping[str, Setting], year: int) -> tuple[Rule, ...]:
    """The rules that the year has beside those of the rule set, as far as they still hold in it."""
    found = (read_added_rule(code, text) for code, text in added_texts(settings).items())
    return tuple(rule for rule in found if rule.valid_to is None or rule.valid_to.year >= year)


@lru_cache(maxsize=256)
def read_added_rule(code: str, text: str) -> Rule:
    """The added rule ``code`` as ``text`` writes it down; ``InputError`` where it cannot be read or reckoned with."""
    try:
        plain = json.loads(text)
        rule = _rule(plain, f"{code}（本年度自加的规则）", 1, added=True)
        problems = problems_of(rule) or ({"code": "编号不符"} if plain["code"] != code else {})
    except (InputError, ValueError) as error:
        why = str(getattr(error, "what", "")) or "不是 JSON"
        raise InputError(
            f"自加的规则 {code} 读不懂：{why}", "没有采用。", "请改正或撤去这一条。", code
        ) from None
    if problems:
        words = "；".join(problems.values())
        raise InputError(
            f"自加的规则{quoted(rule.title)}不能用：{words}。", "没有采用。", "请改正这一条。", code
        )
    return rule


def _with_settings(rule: Rule, values: Mapping[str, Setting]) -> Rule:
    if rule.group_setting is not None:
        rule = rule._replace(group=GroupKind(str(values[rule.group_setting])))
    return with_values(rule, values)


@lru_cache(maxsize=8)
def _loaded(base: int) -> RuleSet:
    path = FOLDER / f"{base}.json"
    if not path.exists():
        years = "、".join(map(str, available_rulesets()))
        raise InputError(f"没有 {base} 年的规则集。", "", f"现有：{years}。")
    return read_ruleset(path.read_text(encoding="utf-8"), path.name)


def read_ruleset(text: str, file_name: str) -> RuleSet:
    """The rule set that ``text`` describes.

    Fails closed: an unknown field, kind or check, a missing quote or an empty list raises
    ``InputError`` that names file and place.
    """
    try:
        plain = json.loads(text)
    except json.JSONDecodeError as error:
        raise _refusal(file_name, f"第 {error.lineno} 行", "不是 JSON") from error
    _require_fields(plain, _TOP, file_name, "最外层")
    if plain["format"] != FORMAT:
        raise _refusal(file_name, "format", f"应为 {FORMAT}")
    _require_types(plain, _TOP_TYPES, file_name, "最外层")
    rules = tuple(_rule(entry, file_name, number) for number, entry in enumerate(plain["rules"], 1))
    settings = tuple(_setting(entry, file_name, number) for number, entry in enumerate(plain["settings"], 1))
    if not rules:
        raise _refusal(file_name, "rules", "没有读到任何规则")
    if len({rule.code for rule in rules}) != len(rules):
        raise _refusal(file_name, "rules", "规则代码重复")
    _require_known_settings(rules, settings, file_name)
    issued_on = _date(plain["issued_on"], file_name)
    numbered = [with_numbers(rule) for rule in rules]
    settings += tuple(spec for _, made in numbered for spec in made)
    rules = tuple(rule for rule, _ in numbered)
    return RuleSet(plain["year"], plain["document"], plain["title"], issued_on, rules, settings)


def _date(text: str, file_name: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise _refusal(file_name, "最外层", f"issued_on 不是日期：{text}") from error


def _require_types(plain: Mapping[str, Any], types: Mapping[str, type], file_name: str, place: str) -> None:
    for name, expected in types.items():
        if not isinstance(plain[name], expected):
            raise _refusal(file_name, place, f"{name} 应为{_TYPE_NAMES[expected]}")


def _require_known_settings(
    rules: tuple[Rule, ...], settings: tuple[SettingSpec, ...], file_name: str
) -> None:
    names = {spec.name for spec in settings}
    for rule in rules:
        asked = [(f"参数 {parameter.name}", parameter.setting) for parameter in rule.parameters]
        for what, setting in (*asked, ("分组", rule.group_setting)):
            if setting is not None and setting not in names:
                raise _refusal(file_name, f"规则 {rule.code}", f"{what} 指向没有的设置 {setting}")


def _refusal(file_name: str, place: str, why: str) -> InputError:
    return InputError(
        f"规则集 {file_name} 读不懂：{place}，{why}。",
        "没有进行检查。",
        "请改正规则集或重新安装程序。",
        place,
    )


def _require_fields(
    plain: Any, fields: set[str], file_name: str, place: str, optional: frozenset[str] = frozenset()
) -> None:
    if not isinstance(plain, dict):
        raise _refusal(file_name, place, "应为对象")
    if unknown := set(plain) - fields:
        raise _refusal(file_name, place, f"不认识的字段 {'、'.join(sorted(unknown))}")
    if missing := fields - set(plain) - optional:
        raise _refusal(file_name, place, f"缺少字段 {'、'.join(sorted(missing))}")


def _member(enum: type[_Member], value: Any, file_name: str, place: str) -> _Member:
    try:
        return enum(value)
    except ValueError:
        raise _refusal(file_name, place, f"不认识的值 {value}") from None


def _rule(plain: Any, file_name: str, number: int, *, added: bool = False) -> Rule:
    place = f"第 {number} 条规则" + (f"（{plain.get('code')}）" if isinstance(plain, dict) else "")
    _require_fields(plain, _RULE | _DECLARED, file_name, place, _DECLARED)
    _require_types(plain, _RULE_TYPES, file_name, place)
    _require_texts(plain, _DECLARED - {"board"}, file_name, place)
    if not added and not all(plain[name].strip() for name in ("code", "clause", "title", "quote")):
        raise _refusal(file_name, place, "代码、条、名称与原文都不能为空")
    kind = _member(RuleKind, plain["kind"], file_name, place)
    if plain["check"] not in CHECKS[kind]:
        raise _refusal(file_name, place, f"没有名为 {plain['check']} 的检查")
    period = None if plain["period"] is None else _member(PeriodKind, plain["period"], file_name, place)
    parameters = tuple(_parameter(entry, file_name, place) for entry in plain["parameters"])
    if kind is RuleKind.FREQUENCY and not _has_minimum(parameters):
        raise _refusal(file_name, place, "频次规则必须有整数参数 minimum")
    rule = Rule(
        plain["code"],
        plain["clause"],
        plain["title"],
        plain["quote"],
        kind,
        plain["check"],
        _member(Severity, plain["severity"], file_name, place),
        tuple(_member(Campaign, campaign, file_name, place) for campaign in plain["campaigns"]),
        period,
        _member(GroupKind, plain["group"], file_name, place),
        parameters,
        matter=plain.get("matter", ""),
        heading=plain.get("heading", ""),
        group_setting=plain.get("group_setting"),
        board=_board(plain["board"], file_name, place) if "board" in plain else None,
        valid_from=_date(plain["valid_from"], file_name) if "valid_from" in plain else None,
        valid_to=_date(plain["valid_to"], file_name) if "valid_to" in plain else None,
        added=added,
        reporter=plain.get("reporter", ""),
        part_of=plain.get("part_of", ""),
    )
    if why := problem_of_times(rule):
        raise _refusal(file_name, place, why)
    return rule


def _board(plain: Any, file_name: str, place: str) -> BoardPlace:
    where = f"{place}的 board"
    _require_fields(plain, _BOARD, file_name, where, frozenset({"words"}))
    _require_texts(plain, _BOARD, file_name, where)
    return BoardPlace(plain["band"], plain.get("words", ""))


def _require_texts(plain: Mapping[str, Any], names: Iterable[str], file_name: str, place: str) -> None:
    """Of the fields ``names`` those that are there must be words."""
    for name in sorted(set(names) & set(plain)):
        if not isinstance(plain[name], str) or not plain[name].strip():
            raise _refusal(file_name, place, f"{name} 应为文字，不能为空")


def _has_minimum(parameters: tuple[Parameter, ...]) -> bool:
    return any(entry.name == "minimum" and isinstance(entry.value, int) for entry in parameters)


def _parameter(plain: Any, file_name: str, place: str) -> Parameter:
    _require_fields(plain, _PARAMETER, file_name, place, frozenset({"note", "setting"}))
    origin = _member(Origin, plain["origin"], file_name, place)
    return Parameter(plain["name"], plain["value"], origin, plain.get("note", ""), plain.get("setting"))


def _setting(plain: Any, file_name: str, number: int) -> SettingSpec:
    place = f"第 {number} 项设置"
    _require_fields(plain, _SETTING, file_name, place, frozenset({"allowed", "least", "most"}))
    allowed = tuple((value, label) for value, label in plain.get("allowed", []))
    return SettingSpec(
        plain["name"], plain["label"], plain["default"], allowed, plain.get("least"), plain.get("most")
    )


def document_text(base: int, settings: Mapping[str, Setting] | None = None) -> str:
    """The founding document, word for word: the year's own where it has one, else that of ``base``.

    Without the marks of its markup.
    """
    if own := own_text(settings or {}):
        return own
    return (FOLDER.parent / f"要点{base}.txt").read_text(encoding="utf-8").replace("**", "").strip()
