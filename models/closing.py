"""结案：没有开会、没有邀请也没有特殊情况、有意见未写明采纳情况、有代表未反馈的决策事项不能结案（第20、21条）。"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple

from models import queries
from models.domain.attendance import (
    Decision,
    Invitation,
    Meeting,
    Opinion,
    open_ends,
    open_words,
    unheard_words,
)
from models.domain.changes import RowChange
from models.domain.errors import CommandError
from models.domain.snapshot import Item, ItemKind
from models.domain.text import quoted
from models.store import Store

_KINDS = (ItemKind.MEETING, ItemKind.DECISION, ItemKind.INVITATION, ItemKind.OPINION)
_Items = dict[tuple[ItemKind, str], Item]


class _Ends(NamedTuple):
    """What keeps a case from being closed on the day on which it is: words for §20 and §21, counts for the rest."""

    unheard: str = ""
    undecided: int = 0
    untold: int = 0

    def words(self) -> str:
        return "，".join(
            (*((self.unheard,) if self.unheard else ()), *open_words(self.undecided, self.untold))
        )

    def is_worse_than(self, other: "_Ends") -> bool:
        return (
            (bool(self.unheard) and not other.unheard)
            or self.undecided > other.undecided
            or self.untold > other.untold
        )


def require_closable(store: Store, year: int, written: Iterable[RowChange]) -> None:
    """``CommandError`` where ``written`` closes a decision with an open end left, or opens an end of a closed one.

    What an older file closed under fewer conditions stays as it is and can be worked on.
    """
    written = [change for change in written if change.kind in _KINDS]
    if not written:
        return
    decisions = queries.all_items(store, ItemKind.DECISION, year)
    touched = _touched(written, decisions)
    closed = [one for one in decisions if isinstance(one, Decision) and one.closed_on and one.key in touched]
    if not closed:
        return
    now = {(kind, item.key): item for kind in _KINDS for item in queries.all_items(store, kind, year)}
    ends, before = _ends(now.values()), _ends(_earlier(now, written).values())
    for decision in closed:
        if ends[decision.key].is_worse_than(before.get(decision.key, _Ends())):
            raise CommandError(
                f"{quoted(decision.title)}不能结案：{ends[decision.key].words()}（第{decision.body.clause}条）。",
                "这一步没有保存。",
                "请先办完这些，或先撤回结案。",
            )


def _touched(written: Iterable[RowChange], decisions: Iterable[Item]) -> set[str]:
    """Decisions whose case the changes touch: their own, their meetings', invitations' or opinions'."""
    keys: set[str] = set()
    meetings: set[str] = set()
    for change in written:
        for item in (change.before, change.after):
            if isinstance(item, Decision):
                keys.add(item.key)
            elif isinstance(item, Invitation | Opinion):
                keys.add(item.decision)
            elif isinstance(item, Meeting):
                meetings.add(item.key)
    return keys | {one.key for one in decisions if isinstance(one, Decision) and one.meeting in meetings}


def _earlier(now: _Items, written: Iterable[RowChange]) -> _Items:
    """The items as they were before ``written``."""
    then = dict(now)
    for change in written:
        if change.before is None:
            then.pop((change.kind, change.key), None)
        else:
            then[change.kind, change.key] = change.before
    return then


def _ends(items: Collection[Item]) -> dict[str, _Ends]:
    """The open ends of every closed decision among ``items``, by key."""
    meetings = {one.key: one for one in items if isinstance(one, Meeting)}
    invitations, opinions = defaultdict(list), defaultdict(list)
    for row in items:
        if isinstance(row, Invitation):
            invitations[row.decision].append(row)
        elif isinstance(row, Opinion):
            opinions[row.decision].append(row)
    return {
        one.key: _Ends(
            unheard_words(one, meetings.get(one.meeting or ""), invitations[one.key], one.closed_on),
            *open_ends(invitations[one.key], opinions[one.key]),
        )
        for one in items
        if isinstance(one, Decision) and one.closed_on
    }
