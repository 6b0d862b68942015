"""结案：有意见未写明采纳情况、有代表未反馈的决策事项不能结案（第20条）。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from models import queries
from models.domain.attendance import Decision, Invitation, Opinion, open_ends
from models.domain.changes import RowChange
from models.domain.errors import CommandError
from models.domain.snapshot import ItemKind
from models.store import Store


def require_closable(store: Store, year: int, written: Iterable[RowChange]) -> None:
    """``CommandError`` where a decision that ``written`` touches is closed with an open end left."""
    keys = _decisions_of(written)
    if not keys:
        return
    found = queries.placed_items(store, ItemKind.DECISION, year, keys)
    closed = {
        item.key: item
        for item, _ in found.values()
        if isinstance(item, Decision) and item.closed_on is not None and item.key in keys
    }
    if not closed:
        return
    invitations, opinions = defaultdict(list), defaultdict(list)
    for row in queries.all_items(store, ItemKind.INVITATION, year):
        if isinstance(row, Invitation):
            invitations[row.decision].append(row)
    for row in queries.all_items(store, ItemKind.OPINION, year):
        if isinstance(row, Opinion):
            opinions[row.decision].append(row)
    for key, decision in closed.items():
        undecided, untold = open_ends(invitations[key], opinions[key])
        if undecided or untold:
            raise CommandError(
                f"“{decision.title}”不能结案：{open_words(undecided, untold)}（第20条）。",
                "这一步没有保存。",
                "请先写明采纳情况并反馈代表，或先撤回结案。",
            )


def open_words(undecided: int, untold: int) -> str:
    """What keeps a case open, in words."""
    return "，".join(
        (
            *((f"{undecided} 条意见未写明采纳情况",) if undecided else ()),
            *((f"{untold} 名代表未反馈",) if untold else ()),
        )
    )


def _decisions_of(written: Iterable[RowChange]) -> set[str]:
    """Decisions whose case the changes touch: their own, their invitations' or their opinions'."""
    keys: set[str] = set()
    for change in written:
        for item in (change.before, change.after):
            if isinstance(item, Decision):
                keys.add(item.key)
            elif isinstance(item, Invitation | Opinion):
                keys.add(item.decision)
    return keys
