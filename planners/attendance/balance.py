"""代表的均衡：各类别邀请了几人，同一个人今年和往年各被请过几次。"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from models.domain.attendance import Delegate, Invitation
from models.domain.snapshot import YearSnapshot

NO_GROUP = "未填类别"


def groups_invited(snapshot: YearSnapshot, invitations: Iterable[Invitation]) -> tuple[tuple[str, int], ...]:
    """How many were invited of each group, the most first."""
    groups = {delegate.key: delegate.group or NO_GROUP for delegate in snapshot.delegates}
    counts = Counter(groups[row.delegate] for row in invitations if row.delegate in groups)
    return tuple(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])))


def times_asked(snapshot: YearSnapshot, earlier: Iterable[YearSnapshot] = ()) -> dict[str, tuple[int, int]]:
    """By delegate of ``snapshot``: how often invited this year, and in the ``earlier`` years under the same name.

    A namesake with another phone is another person; erased delegates are nobody's namesake.
    """
    now = Counter(row.delegate for row in snapshot.invitations)
    before: Counter[tuple[str, str]] = Counter()
    for year in earlier:
        people = {delegate.key: _person(delegate) for delegate in year.delegates}
        before.update(
            people[row.delegate] for row in year.invitations if people.get(row.delegate, ("", ""))[0]
        )
    return {
        delegate.key: (now[delegate.key], before[_person(delegate)] if delegate.name else 0)
        for delegate in snapshot.delegates
    }


def _person(delegate: Delegate) -> tuple[str, str]:
    return delegate.name.strip(), "".join(filter(str.isdigit, delegate.phone))
