"""一项时限在哪里办：政策文件、决策事项、年度节点或开放月。"""

from __future__ import annotations

from gui.kit.page import Page
from gui.shell.pages import PAGES
from models.domain.snapshot import ItemKind, YearSnapshot

OPEN_MONTH_PAGE = "open_month"


def open_deadline(page: Page, key: str, snapshot: YearSnapshot) -> None:
    """Ask ``page`` for the place where the deadline called ``key`` is dealt with."""
    rule, _, about = key.partition("|")
    subject = about.partition("|")[0]
    if snapshot.item(ItemKind.POLICY, subject) is not None and rule.startswith("policy."):
        page.policy_requested.emit(subject)
    elif snapshot.item(ItemKind.DECISION, subject) is not None:
        page.decision_requested.emit(subject)
    elif rule == "open_month.notice" and any(entry.name == OPEN_MONTH_PAGE for entry in PAGES):
        page.page_requested.emit(OPEN_MONTH_PAGE, None)
    else:
        page.milestone_requested.emit(f"{rule}.{about}" if about else rule)
