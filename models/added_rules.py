"""年度自己加的规则：写法与规则集里的一样，一条存为一项年度设置，所以随撤销、数据包、沿用走。

A rule is written down as the rule set would write it (see ``models.rulesets``) under ``rule:<code>``. Everything
that was noted for a rule (its dates, ticks, exemptions and explanations) names it by its code and goes with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from models.domain.changes import RowChange
from models.domain.dated_settings import changed_since, name_and_day
from models.domain.rules import Parameter, Rule
from models.domain.setting_names import EXPLANATION, done_name, due_name, reason_name
from models.domain.snapshot import YearSnapshot
from models.domain.year import Setting, Year

RULE = "rule:"
CODE = "added."


def rule_name(code: str) -> str:
    """The setting that holds the added rule ``code``."""
    return RULE + code


def is_added_rule(name: str) -> bool:
    """Whether the setting ``name`` holds an added rule."""
    return name.startswith(RULE)


def added_texts(settings: Mapping[str, Setting]) -> dict[str, str]:
    """Code → the added rule as it is written down, in the order in which they were added."""
    found = {name[len(RULE) :]: str(value or "") for name, value in settings.items() if is_added_rule(name)}
    return dict(sorted(found.items(), key=lambda entry: (len(entry[0]), entry[0])))


def added_codes(settings: Iterable[tuple[str, Setting]]) -> frozenset[str]:
    """The codes of the rules that the year has of its own on any day."""
    names = (name_and_day(name)[0] for name, _ in settings)
    return frozenset(name[len(RULE) :] for name in names if is_added_rule(name))


def rule_settings(row: Year, rule: Rule, since: date | None) -> dict[str, Setting]:
    """The settings to write so that ``rule`` is as given from ``since`` on, and as it was before (None: never).

    Where it asked nothing before ``since`` there is nothing to keep.
    """
    if since is not None and rule.valid_from is not None and since <= rule.valid_from:
        since = None
    names = dict(row.settings)
    return changed_since(names, row.year, {rule_name(rule.code): rule_text(rule)}, since)


def new_code(settings: Iterable[tuple[str, Setting]]) -> str:
    """A code that no rule of the year has, nor anything that was noted for a rule."""
    known = "\n".join(name for name, _ in settings)
    number = 1
    while f"{CODE}{number}" in known:
        number += 1
    return f"{CODE}{number}"


def rule_text(rule: Rule) -> str:
    """``rule`` as it is stored."""
    plain: dict[str, Any] = {
        "code": rule.code,
        "clause": rule.clause,
        "title": rule.title,
        "quote": rule.quote,
        "kind": rule.kind.value,
        "check": rule.check,
        "severity": rule.severity.value,
        "campaigns": [campaign.value for campaign in rule.campaigns],
        "period": rule.period.value if rule.period else None,
        "group": rule.group.value,
        "parameters": [_parameter(entry) for entry in rule.parameters],
    }
    days = {"valid_from": rule.valid_from, "valid_to": rule.valid_to}
    plain |= {name: day.isoformat() for name, day in days.items() if day is not None}
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def _parameter(entry: Parameter) -> dict[str, Setting]:
    plain: dict[str, Setting] = {"name": entry.name, "value": entry.value, "origin": entry.origin.value}
    return plain | ({"note": entry.note} if entry.note else {})


def kept_rules(row: Year) -> dict[str, Setting]:
    """The settings of the added rules that hold after ``row``'s year; those for that year alone are left behind."""
    first = date(row.year + 1, 1, 1).isoformat()
    return {
        name: value
        for name, value in row.settings
        if is_added_rule(name) and str(json.loads(str(value)).get("valid_to") or first) >= first
    }


def withdrawal(snapshot: YearSnapshot, code: str) -> tuple[dict[str, Setting], list[RowChange]]:
    """The settings and the exemptions that go with the added rule ``code``."""
    names = (rule_name(code), due_name(code), done_name(code), reason_name(due_name(code)))
    gone: dict[str, Setting] = {
        name: None
        for name, _ in snapshot.year_row.settings
        if (plain := name_and_day(name)[0]) in names
        or plain.startswith((f"{EXPLANATION}{code}|", *(f"{one}|" for one in names)))
    }
    exemptions = [RowChange.of(one, None) for one in snapshot.exemptions if one.rule == code]
    return gone, exemptions
