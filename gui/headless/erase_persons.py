"""erase：删去已反馈的代表的姓名、电话，连同以前的备份里的；写在别的文字里的逐处列出，拿得准的才改。"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from gui.headless.arguments import Request
from gui.headless.checking import decision_of
from gui.headless.opening import open_for_reading, open_for_writing
from gui.headless.terminal import hide, print_result, tell
from models.backup_scrubbing import backups_beside, erased_in, scrub_backups
from models.delegates import erase_delegates, may_be_erased, without_invitation
from models.domain.attendance import Delegate
from models.domain.errors import InputError
from models.domain.masking import NOBODY
from models.domain.privacy import delegate_name, delegate_phone
from models.domain.snapshot import YearSnapshot
from models.named_texts import NamedText, texts_naming
from models.queries import year_snapshot
from models.store import Store

OUT_OF_REACH = "另存到别处的备份、已导出的印件和数据包，程序够不着，请另行清理。"


class People(NamedTuple):
    """The delegates meant: those who can be erased and those who still wait for their feedback."""

    ready: tuple[Delegate, ...]
    waiting: tuple[Delegate, ...]


class Texts(NamedTuple):
    """The other texts that name those who can be erased: which are hidden with them, and which stay."""

    hidden: tuple[NamedText, ...]
    left: tuple[NamedText, ...]


def run(request: Request) -> int:
    """The delegates who have been told are nameless afterwards; without ``--apply`` they are only listed.

    1 where a backup may still hold them.
    """
    assert request.year is not None
    assert request.decision is not None
    with (open_for_writing if request.apply else open_for_reading)(request) as store:
        people = people_of(year_snapshot(store, request.year), request.decision, others=request.others)
        texts = texts_of(store, request, [person.key for person in people.ready])
        if request.unmask:
            hide(NOBODY)
        return (
            _erase(store, request, people, texts)
            if request.apply
            else _preview(store, people, texts, unmask=request.unmask)
        )


def _preview(store: Store, people: People, texts: Texts, *, unmask: bool) -> int:
    """Who and what would be changed."""
    _list("可以删去", people.ready)
    _list("还没有反馈，不能删去", people.waiting)
    _list_texts("会改", texts.hidden, unmask=unmask)
    _list_texts("不改，除非写明", texts.left, unmask=unmask)
    if texts.left:
        tell(f"{len(texts.left)} 处拿不准说的是不是这个人：要改请加 --text 编号，全改加 --all-texts。")
    known = len(backups_beside(store.path))
    tell(f"没有改动；要删去请加 --apply，同时改写 {known} 份备份（--keep-backups 不动备份）。{OUT_OF_REACH}")
    return 0


def _erase(store: Store, request: Request, people: People, texts: Texts) -> int:
    """They are erased, with these texts and in the backups."""
    assert request.year is not None
    keys = [person.key for person in people.ready]
    erase_delegates(store, request.year, keys, [one.place for one in texts.hidden])
    also = f"另改 {len(texts.hidden)} 处文字，" if texts.hidden else ""
    print_result(f"已删去 {len(keys)} 名代表的姓名和电话，{also}不能撤销。")
    _list("还没有反馈，没有删去", people.waiting)
    _list_texts("没有改，里面照旧", texts.left)
    code = 0 if request.keep_backups else _scrub(store)
    tell(OUT_OF_REACH)
    return code


def texts_of(store: Store, request: Request, keys: Sequence[str]) -> Texts:
    """The texts that name these delegates; ``InputError`` for a ``--text`` that is none of them."""
    assert request.year is not None
    found = texts_naming(store, request.year, keys)
    if unknown := sorted(set(request.text) - {one.code for one in found}):
        raise InputError(
            f"没有编号为“{unknown[0]}”的文字。", "什么都没改。", "请不带 --apply 再列一次，照列出的编号写。"
        )
    hidden = [one for one in found if one.certain or request.all_texts or one.code in request.text]
    return Texts(tuple(hidden), tuple(one for one in found if one not in hidden))


def _list_texts(what: str, texts: Iterable[NamedText], *, unmask: bool = False) -> None:
    for one in texts:
        print_result(f"{what} {one.code}：{one.where}：{one.before if unmask else one.masked} → {one.after}")


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
