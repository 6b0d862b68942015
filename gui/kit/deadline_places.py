"""一项时限在哪里办：政策文件、决策事项、年度节点或开放月。"""

from __future__ import annotations

from gui.kit.page import OPEN_MONTH, Page
from models.domain.rules import RuleKind, RuleSet
from models.domain.snapshot import ItemKind, YearSnapshot
from planners.deadline_items import NOTICE


def open_deadline(page: Page, key: str, snapshot: YearSnapshot, ruleset: RuleSet) -> None:
    """Ask ``page`` for the place where the deadline called ``key`` is dealt with."""
    rule, _, about = key.partition("|")
    subject = about.partition("|")[0]
    of_papers = {one.code for one in ruleset.rules if one.kind is RuleKind.POLICY}
    if rule in of_papers and snapshot.item(ItemKind.POLICY, subject) is not None:
        page.policy_requested.emit(subject)
    elif snapshot.item(ItemKind.DECISION, subject) is not None:
        page.decision_requested.emit(subject)
    elif rule == NOTICE:
        page.page_requested.emit(OPEN_MONTH, None)
    else:
        known = any(one.code == rule for one in ruleset.rules)
        page.milestone_requested.emit(key if known else key.replace("|", "."))
