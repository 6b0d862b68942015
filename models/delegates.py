"""列席代表的个人信息：反馈之后一次删净，连同变更记录里留下的。"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

from models import changelog, queries
from models.domain.attendance import Delegate, Invitation, Opinion, is_owed_feedback
from models.domain.changes import ChangeSet, RowChange
from models.domain.errors import CommandError, StoreError
from models.domain.snapshot import ItemKind, YearSnapshot
from models.own_files import discard_drafts
from models.scrubbing import ERASED, Person, rewrite, scrub
from models.scrubbing_texts import FieldPlace, hide_certain, hide_chosen
from models.store import Store
from models.writing import carry_out


def erase_delegates(
    store: Store, year: int, keys: Collection[str], texts: Collection[tuple[FieldPlace, str]] | None = None
) -> ChangeSet:
    """Afterwards no record of the delegates has their name or phone any more; this cannot be undone.

    They are emptied in their rows and in every state that the change log keeps, and hidden (张*) in those other
    ``texts`` (``models.named_texts``; None: those that mean them for certain), in one transaction, and the file is
    written anew; drafts of forms go; undo of older steps works as before, on nameless delegates. No other text
    changes. Backups made before keep them until ``models.backup_scrubbing`` rewrites these. Raises
    ``CommandError`` while a delegate who was not absent still waits for the feedback (§20).
    """
    delegates = [_require(store, year, key) for key in dict.fromkeys(keys)]
    _require_told(store, year, delegates)
    changes = [RowChange.of(delegate, delegate._replace(name="", phone="")) for delegate in delegates]
    done = ChangeSet(year, "", ())
    with store.transaction(lambda: changelog.has_entry(store, done.number)):
        done = carry_out(store, year, f"删除{len(delegates)}名代表的个人信息", changes)
        gone = {(year, delegate.key): Person() for delegate in delegates}
        scrub(store.connection, gone, hide_certain if texts is None else hide_chosen(texts))
        if done.number:
            changelog.set_state(store, done.number, ERASED)
    _rewrite(store)
    _forget_drafts(store)
    return done


def _rewrite(store: Store) -> None:
    try:
        rewrite(store.connection)
    except sqlite3.DatabaseError as error:
        raise StoreError(
            "姓名和电话已经删去，但数据文件没有能重写一遍。",
            "里面也许还留有旧的字节。",
            "请腾出与数据文件一样大的磁盘空间，再删除一次。",
        ) from error


def _forget_drafts(store: Store) -> None:
    try:
        discard_drafts(store.path)
    except OSError as error:
        raise StoreError(
            "姓名和电话已经删去，但没有保存的表单草稿删不掉。",
            f"草稿里也许还有姓名：{store.path.parent}。",
            "请关上别的程序，再删除一次。",
        ) from error


def may_be_erased(invitations: Collection[Invitation], opinions: Collection[Opinion], delegate: str) -> bool:
    """Whether nothing is owed to the delegate any more."""
    return all(not is_owed_feedback(row, opinions) for row in invitations if row.delegate == delegate)


def without_invitation(snapshot: YearSnapshot) -> tuple[Delegate, ...]:
    """Delegates with a name or phone who are in no decision of the year: put down once, never taken."""
    asked = {row.delegate for row in snapshot.invitations} | {row.delegate for row in snapshot.opinions}
    return tuple(one for one in snapshot.delegates if (one.name or one.phone) and one.key not in asked)


def _require(store: Store, year: int, key: str) -> Delegate:
    found = queries.one_item(store, ItemKind.DELEGATE, year, key)
    if not isinstance(found, Delegate):
        raise CommandError(f"{year} 年度没有列席代表“{key}”。", "没有改动。", "请刷新后再看。")
    return found


def _require_told(store: Store, year: int, delegates: Collection[Delegate]) -> None:
    rows = queries.all_items(store, ItemKind.INVITATION, year)
    invitations = [row for row in rows if isinstance(row, Invitation)]
    said = queries.all_items(store, ItemKind.OPINION, year)
    opinions = [one for one in said if isinstance(one, Opinion)]
    waiting = sum(not may_be_erased(invitations, opinions, delegate.key) for delegate in delegates)
    if waiting:
        raise CommandError(
            f"有 {waiting} 名代表还没有反馈，不能删除个人信息（第20条）。",
            "没有删除。",
            "请先反馈并登记日期。",
        )
