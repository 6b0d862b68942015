"""年度自己的规则：加、改、撤去，各为一步；撤去时连同只属于它的登记。"""

from __future__ import annotations

from datetime import date

from models import queries
from models.added_rules import added_codes, added_texts, new_code, rule_settings, rule_text, withdrawal
from models.domain.changes import ChangeSet, RowChange
from models.domain.dated_settings import settings_on
from models.domain.errors import CommandError
from models.domain.rules import Rule
from models.domain.text import quoted
from models.rulesets import read_added_rule
from models.store import Store
from models.writing import carry_out


def put_rule(store: Store, year: int, rule: Rule, since: date | None = None) -> ChangeSet:
    """Afterwards the year has ``rule``, in the place of the one of its code; without a code it is a new one.

    From ``since`` on it is as given and before as it was; None: as given on every day. ``InputError`` (nothing
    changed) where it cannot be reckoned with.
    """
    row = queries.year_snapshot(store, year).year_row
    if rule.code and rule.code not in added_codes(row.settings):
        raise _missing(year, rule.code)
    verb = "修改" if rule.code else "新增"
    rule = rule._replace(code=rule.code or new_code(row.settings))
    read_added_rule(rule.code, rule_text(rule))
    after = row.with_settings(rule_settings(row, rule, since))
    return carry_out(store, year, f"{verb}规则{quoted(rule.title)}", [RowChange.of(row, after)])


def withdraw_rule(store: Store, year: int, code: str) -> ChangeSet:
    """Afterwards the year has the rule no more, nor its dates, ticks, exemptions and explanations; one step."""
    snapshot = queries.year_snapshot(store, year)
    if code not in added_codes(snapshot.year_row.settings):
        raise _missing(year, code)
    texts = added_texts(settings_on(snapshot.year_row.settings, date(year, 12, 31)))
    title = f"撤去规则{quoted(read_added_rule(code, texts[code]).title)}"
    settings, exemptions = withdrawal(snapshot, code)
    after = snapshot.year_row.with_settings(settings)
    return carry_out(store, year, title, [*exemptions, RowChange.of(snapshot.year_row, after)])


def _missing(year: int, code: str) -> CommandError:
    return CommandError(
        f"{year} 年度没有自加的规则“{code}”。",
        "没有改动。",
        "它可能已被撤去，请刷新后再看；随程序的规则不能改。",
    )
