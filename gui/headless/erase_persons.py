"""erase：删去已反馈的代表的姓名、电话，连同以前的备份里的。"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from gui.headless.arguments import Request
from gui.headless.opening import open_for_reading, open_for_writing
from gui.headless.terminal import print_result, tell
from gui.headless.units import decision_of
from models.backup_scrubbing import backups_beside, erased_in, scrub_backups
from models.delegates import erase_delegates, may_be_erased, without_invitation
from models.domain.attendance import Delegate
from models.domain.privacy import delegate_name, delegate_phone
from models.domain.snapshot import YearSnapshot
from models.queries import year_snapshot
from models.store import Store

OUT_OF_REACH = "另存到别处的备份、已导出的印件和数据包，程序够不着，请另行清理。"


class People(NamedTuple):
    """The delegates meant: those who can be erased and those who still wait for their feedback."""

    ready: tuple[Delegate, ...]
    waiting: tuple[Delegate, ...]


def run(request: Request) -> int:
    """The delegates who have been told are nameless afterwards; without ``--apply`` they are only listed.

    1 where a backup may still hold them.
    """
    assert request.year is not None
    assert request.decision is not None
    if not request.apply:
        with open_for_reading(request) as store:
            people = people_of(year_snapshot(store, request.year), request.decision, others=request.others)
            known = len(backups_beside(store.path))
        _list("可以删去", people.ready)
        _list("还没有反馈，不能删去", people.waiting)
        tell(
            f"没有改动；要删去请加 --apply，同时改写 {known} 份备份（--keep-backups 不动备份）。{OUT_OF_REACH}"
        )
        return 0
    with open_for_writing(request) as store:
        people = people_of(year_snapshot(store, request.year), request.decision, others=request.others)
        erase_delegates(store, request.year, [person.key for person in people.ready])
        print_result(f"已删去 {len(people.ready)} 名代表的姓名和电话，不能撤销。")
        _list("还没有反馈，没有删去", people.waiting)
        code = 0 if request.keep_backups else _scrub(store)
    tell(OUT_OF_REACH)
    return code


def _scrub(store: Store) -> int:
    report = scrub_backups(erased_in(store))
    print_result(f"{report.words}。")
    for path, why in report.failed:
        print_result(f"这份备份没有改成，里面可能还有：{path}：{why}。")
    return 1 if report.failed else 0


def people_of(snapshot: YearSnapshot, decision: str, *, others: bool) -> People:
    """The named delegates of a decision (key, title or short title), with ``others`` those of none as well."""
    key = decision_of(snapshot, decision, "没有删除。").key
    meant = {row.delegate for row in snapshot.invitations if row.decision == key}
    named = [one for one in snapshot.delegates if (one.name or one.phone) and one.key in meant]
    ready = [one for one in named if may_be_erased(snapshot.invitations, snapshot.opinions, one.key)]
    idle = without_invitation(snapshot) if others else ()
    return People((*ready, *idle), tuple(one for one in named if one not in ready))


def _list(what: str, people: Iterable[Delegate]) -> None:
    for person in people:
        words = (person.key, delegate_name(person), person.group, delegate_phone(person))
        print_result(f"{what}：{' · '.join(word for word in words if word)}")
