"""rule：年度自己的规则——列出、新增、修改、撤去；不带 --apply 时只说会怎样。

一条规则写成“项=值”，如 ``rule 2027 add 名称=营商讲堂 工作线=公开讲堂 周期=每季度 场数=2``。
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from gui.headless.arguments import Request
from gui.headless.checking import check_of
from gui.headless.opening import open_for_reading, open_for_writing
from gui.headless.terminal import fields, print_json, print_result, tell
from gui.services.rule_entry import (
    EXAMPLES,
    GROUPS,
    PERIODS,
    REPORTERS,
    Recurrence,
    RuleEntry,
    RuleSort,
    entry_of,
    refusals,
    rule_of,
    usual_start,
)
from models.added_rules import new_code, rule_settings, withdrawal
from models.domain.errors import CommandError
from models.domain.events import Campaign, Labelled
from models.domain.rules import Rule, Severity, clause_words
from models.domain.snapshot import YearSnapshot
from models.domain.text import quoted
from models.domain.year import Setting
from models.queries import year_snapshot
from models.rule_commands import put_rule, withdraw_rule
from models.rulesets import document_text, ruleset_for
from models.store import Store
from planners.results import YearCheck
from planners.rule_preview import preview_lines
from planners.rule_row_words import asks

_ADD, _CHANGE, _WITHDRAW = "add", "change", "withdraw"
_EXAMPLE, _SINCE = "例子", "改自"
_NOTHING = "什么都没改。"


class _Item(NamedTuple):
    """A thing that can be said of a rule, and the field of the entry that it fills."""

    read: Callable[[str], Any]
    field: str


def _text(words: str) -> str:
    return words.strip()


def _number(words: str) -> int:
    if not (words.isascii() and words.isdigit() and len(words) < 6):
        raise ValueError("应为整数")
    return int(words)


def _day(words: str) -> date:
    return datetime.strptime(words, "%Y-%m-%d").date()


def _month_and_day(words: str) -> tuple[int, int]:
    month, _, day = words.partition("-")
    return _number(month), _number(day)


def _one_of(members: Sequence[Labelled]) -> Callable[[str], Labelled]:
    def read(words: str) -> Labelled:
        for member in members:
            if words in (member.value, member.label):
                return member
        raise ValueError(f"可用：{'、'.join(member.label for member in members)}")

    return read


_ITEMS: Mapping[str, _Item] = {
    "名称": _Item(_text, "title"),
    "依据": _Item(_text, "clause"),
    "条文": _Item(_text, "quote"),
    "性质": _Item(_one_of(tuple(Severity)), "severity"),
    "种类": _Item(_one_of(tuple(RuleSort)), "sort"),
    "工作线": _Item(_one_of(tuple(Campaign)), "campaign"),
    "周期": _Item(_one_of(PERIODS), "period"),
    "分别": _Item(_one_of(GROUPS), "group"),
    "分组": _Item(_text, "listed"),
    "场数": _Item(_number, "minimum"),
    "宜办": _Item(_number, "target"),
    "日期": _Item(_month_and_day, "day"),
    "重复": _Item(_one_of(tuple(Recurrence)), "recurrence"),
    "谁报": _Item(_one_of(REPORTERS), "reporters"),
    "工作日": _Item(_number, "workdays"),
    "自": _Item(_text, "after"),
    "起算": _Item(_day, "valid_from"),
    _SINCE: _Item(_day, _SINCE),
}
_NAMES = {item.field: name for name, item in _ITEMS.items()}


def run(request: Request) -> int:
    """The rules that the year has of its own, or what was asked to become of one, are the result."""
    action, words = request.words[:1], list(request.words[1:])
    if not action:
        with open_for_reading(request) as store:
            _list(request, _checked(store, request)[1])
        return 0
    acts = {_ADD: _put, _CHANGE: _put, _WITHDRAW: _withdraw}
    if action[0] not in acts:
        raise CommandError(
            f"没有“{action[0]}”这样的做法。", _NOTHING, f"可用：{'、'.join(acts)}；不写则列出。"
        )
    with open_for_writing(request) if request.apply else open_for_reading(request) as store:
        acts[action[0]](request, store, words)
    if not request.apply:
        tell("没有保存；要保存请加 --apply。")
    return 0


def _checked(store: Store, request: Request) -> tuple[YearSnapshot, YearCheck]:
    assert request.year is not None
    snapshot = year_snapshot(store, request.year)
    return snapshot, check_of(snapshot, request.today)


def _list(request: Request, check: YearCheck) -> None:
    rules = [rule for rule in check.ruleset.rules if rule.added]
    if request.json:
        print_json([_as_json(rule) for rule in rules])
        return
    for rule in rules:
        since = f"，自{rule.valid_from.isoformat()}起" if rule.valid_from else ""
        print_result(
            f"{rule.code}  {rule.title}：{asks(rule)}（{clause_words(rule.clause)}，{rule.severity.label}{since}）"
        )
    if not rules:
        names = "、".join(name for name, _ in EXAMPLES)
        tell(f"{check.year} 年度没有自加的规则。现成的例子：{names}。")


def _as_json(rule: Rule) -> dict[str, Any]:
    return {
        **fields(
            rule, "code clause title quote kind check severity campaigns period group valid_from valid_to"
        ),
        "parameters": [fields(entry, "name value origin") for entry in rule.parameters],
        "asks": asks(rule),
    }


def _put(request: Request, store: Store, words: list[str]) -> None:
    snapshot, check = _checked(store, request)
    before = RuleEntry()
    if request.words[0] == _CHANGE:
        before = entry_of(_added(check, words[:1]))
        words = words[1:]
    entry, since = _entered(words, before)
    usual = usual_start(entry, snapshot.year, check.today)
    entry = entry._replace(valid_from=entry.valid_from or usual)
    since = since or usual if entry.code else None
    row = snapshot.year_row
    if wrong := refusals(entry, snapshot.year, document_text(row.ruleset, dict(row.settings))):
        said = "；".join(f"{_NAMES.get(field, field)}：{why}" for field, why in wrong.items())
        raise CommandError(f"这条规则还不能用。{said}。", _NOTHING, "请改正后再做。")
    rule = rule_of(entry, snapshot.year)
    if request.apply:
        print_result(f"已{put_rule(store, snapshot.year, rule, since).title}。")
    else:
        rule = rule._replace(code=rule.code or new_code(row.settings))
        _show(snapshot, check, rule_settings(row, rule, since), rule)


def _withdraw(request: Request, store: Store, words: list[str]) -> None:
    snapshot, check = _checked(store, request)
    rule = _added(check, words)
    if request.apply:
        print_result(f"已{withdraw_rule(store, snapshot.year, rule.code).title}。")
    else:
        print_result(f"撤去{quoted(rule.title)}，连同它的期限、完成日、豁免和说明：")
        _show(snapshot, check, withdrawal(snapshot, rule.code)[0], None)


def _show(snapshot: YearSnapshot, check: YearCheck, values: Mapping[str, Setting], rule: Rule | None) -> None:
    row = snapshot.year_row
    after = ruleset_for(row.year, row.ruleset, dict(row.with_settings(values).settings))
    for line in preview_lines(snapshot, check, after, values, rule):
        print_result(line)


def _added(check: YearCheck, words: list[str]) -> Rule:
    """The added rule that the first word names, by code or title, as it was changed last."""
    named = words[0] if words else ""
    rules = [rule for rule in check.ruleset.on(date(check.year, 12, 31)).rules if rule.added]
    found = [rule for rule in rules if named in (rule.code, rule.title)]
    if len(found) != 1:
        known = "、".join(f"{rule.code}（{rule.title}）" for rule in rules) or "没有"
        raise CommandError(f"{check.year} 年度没有自加的规则“{named}”。", _NOTHING, f"现有：{known}。")
    return found[0]


def _entered(words: Sequence[str], entry: RuleEntry) -> tuple[RuleEntry, date | None]:
    """``entry`` with what ``words`` (项=值) say, and from which day on a change is to hold, where that is said."""
    given: dict[str, Any] = {}
    for word in words:
        name, sign, value = word.partition("=")
        if name == _EXAMPLE and sign:
            entry = _example(value)._replace(code=entry.code)
            continue
        if not sign or name not in _ITEMS:
            raise CommandError(
                f"不认识“{word}”。", _NOTHING, f"应写成 项=值，项可用：{'、'.join((*_ITEMS, _EXAMPLE))}。"
            )
        item = _ITEMS[name]
        try:
            given[item.field] = item.read(value)
        except ValueError as error:
            why = str(error) if "可用" in str(error) or "应为" in str(error) else "日期应写成 2027-07-01"
            raise CommandError(f"“{name}”的值“{value}”不对。", _NOTHING, f"{why}。") from None
    if "sort" not in given and {"day", "recurrence", "reporters"} & given.keys():
        given["sort"] = RuleSort.MILESTONE
    if "sort" not in given and {"workdays", "after"} & given.keys():
        given["sort"] = RuleSort.DEADLINE
    since = given.pop(_SINCE, None)
    return entry._replace(**given), since


def _example(name: str) -> RuleEntry:
    known = dict(EXAMPLES)
    if name not in known:
        raise CommandError(f"没有例子“{name}”。", _NOTHING, f"可用：{'、'.join(known)}。")
    return known[name]
