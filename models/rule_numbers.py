"""每个数都能改：规则的参数各有一个年度设置；改了的记为自定，规则集原来说的还在旁边。"""

from collections.abc import Mapping
from typing import NamedTuple

from models.domain.errors import InputError
from models.domain.rules import Origin, Parameter, Rule, SettingSpec
from models.domain.year import Setting

DAY_PARTS = frozenset({"month", "day"})
"""Parameters that make a day together: the year replaces the day (``due_name``), not its parts."""


class _Kind(NamedTuple):
    label: str
    least: int | None = None
    most: int | None = None


_KINDS: Mapping[str, _Kind] = {
    "minimum": _Kind("下限", 1, 500),
    "target": _Kind("宜办数", 1, 500),
    "most": _Kind("上限", 1, 500),
    "workdays": _Kind("期限（工作日）", 1, 250),
    "days": _Kind("期限（日）", 1, 366),
    "schedule_days": _Kind("会前几天排定会议", 1, 180),
    "record_workdays": _Kind("会后几个工作日内记录意见", 1, 90),
    "answer_workdays": _Kind("转办后几个工作日内答复", 1, 90),
    "classes": _Kind("主题分类"),
    "platforms": _Kind("平台"),
    "forms": _Kind("形式"),
    "kinds": _Kind("会议种类"),
    "months": _Kind("学校放假的月份"),
    "topics": _Kind("内容与单位"),
}
LONGEST_WORDS = 500


def with_numbers(rule: Rule) -> tuple[Rule, tuple[SettingSpec, ...]]:
    """``rule`` with a setting for each number and list of words that had none, and these settings."""
    made: list[SettingSpec] = []
    parameters = []
    for parameter in rule.parameters:
        if parameter.setting is None and (spec := _spec(rule, parameter)) is not None:
            made.append(spec)
            parameters.append(parameter._replace(setting=spec.name))
        else:
            parameters.append(parameter)
    return rule._replace(parameters=tuple(parameters)), tuple(made)


def _spec(rule: Rule, parameter: Parameter) -> SettingSpec | None:
    """The setting of a parameter; None for what is no number and no list, or half a day."""
    kind, value = _KINDS.get(parameter.name), parameter.value
    if isinstance(value, bool) or not isinstance(value, int | str) or parameter.name in DAY_PARTS:
        return None
    if isinstance(value, int):
        kind = kind or _Kind(parameter.name, 0, 999)
        return SettingSpec(
            f"{rule.code}.{parameter.name}", _label(rule, kind.label), value, (), kind.least, kind.most
        )
    name = kind.label if kind else parameter.name
    return SettingSpec(f"{rule.code}.{parameter.name}", _label(rule, name), value)


def _label(rule: Rule, name: str) -> str:
    """公开讲堂每月下限; a word that ends the title and is the name too stands once."""
    return f"{rule.title.removesuffix(name)}{name}"


def chosen(spec: SettingSpec, value: Setting) -> Setting:
    """``value``, or the default where it is None; ``InputError`` for one that the setting does not allow."""
    if value is None:
        return spec.default
    if spec.allowed:
        _require(value in [allowed for allowed, _ in spec.allowed], spec, value, _choices(spec))
    elif isinstance(spec.default, str):
        _require_words(spec, value)
    elif spec.least is not None and (isinstance(value, bool) or not isinstance(value, int)):
        raise InputError(f"设置“{spec.label}”的值 {value} 应为整数。", "", "请在设置里改正。")
    if isinstance(value, int) and not (spec.least or 0) <= value <= (spec.most or value):
        raise InputError(
            f"设置“{spec.label}”应在 {spec.least}–{spec.most} 之间，现为 {value}。", "", "请在设置里改正。"
        )
    return value


def _choices(spec: SettingSpec) -> str:
    return f"只能是 {'、'.join(str(allowed) for allowed, _ in spec.allowed)} 之一"


def _require_words(spec: SettingSpec, value: Setting) -> None:
    """Words between 、 as the default has them: none of them empty, months where the default names months."""
    words = value.split("、") if isinstance(value, str) else []
    filled = bool(words) and all(word.strip() for word in words) and len(str(value)) <= LONGEST_WORDS
    _require(filled, spec, value, f"应为用“、”隔开的词，不超过 {LONGEST_WORDS} 字")
    if all(word.isdigit() for word in str(spec.default).split("、")):
        months = all(word.isascii() and word.isdigit() and 1 <= int(word) <= 12 for word in words)
        _require(months, spec, value, "应为用“、”隔开的 1–12 月")


def _require(holds: bool, spec: SettingSpec, value: Setting, what: str) -> None:  # noqa: FBT001
    if not holds:
        raise InputError(f"设置“{spec.label}”的值 {value} 不能用，{what}。", "", "请在设置里改正。")


def with_values(rule: Rule, values: Mapping[str, Setting]) -> Rule:
    """``rule`` with the parameters that ``values`` (by setting) replace; those are 自定."""
    return rule._replace(parameters=tuple(_overridden(one, values) for one in rule.parameters))


def _overridden(parameter: Parameter, values: Mapping[str, Setting]) -> Parameter:
    if parameter.setting is None or values[parameter.setting] == parameter.value:
        return parameter
    stated = parameter.value, parameter.origin
    return parameter._replace(value=values[parameter.setting], origin=Origin.OFFICE, stated=stated)
