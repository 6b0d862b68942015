"""一项时限在哪里办：政策文件、决策事项、年度节点或开放月。"""

from __future__ import annotations

from gui.kit.page import OPEN_MONTH, Page
from models.domain.snapshot import ItemKind, YearSnapshot


def open_deadline(page: Page, key: str, snapshot: YearSnapshot) -> None:
    """Ask ``page`` for the place where the deadline called ``key`` is dealt with."""
    rule, _, about = key.partition("|")
    subject = about.partition("|")[0]
    if snapshot.item(ItemKind.POLICY, subject) is not None and rule.startswith("policy."):
        page.policy_requested.emit(subject)
    elif snapshot.item(ItemKind.DECISION, subject) is not None:
        page.decision_requested.emit(subject)
    elif rule == "open_month.notice":
        page.page_requested.emit(OPEN_MONTH, None)
    else:
        page.milestone_requested.emit(f"{rule}.{about}" if about else rule)
