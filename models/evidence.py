"""佐证材料的登记：加入、修改、移除，连同登记结果，各为可以撤销的一步；文件本身留着。"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from models.commands import change_events, new_key
from models.domain.changes import ChangeSet, RowChange
from models.domain.errors import CommandError
from models.domain.events import Event
from models.domain.papers import Evidence
from models.domain.snapshot import Item, ItemKind, YearSnapshot
from models.evidence_files import is_digest
from models.queries import all_items, one_item
from models.statuses import item_name, require_transition
from models.store import Store
from models.writing import carry_out

LONGEST_LINK = 2000


def checked_link(text: str) -> str:
    """``text`` as a link; ``CommandError`` for anything but a web address (http or https)."""
    link = text.strip()
    try:
        parts = urlsplit(link)
        sound = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        sound = False
    if not sound or any(char.isspace() for char in link) or len(link) > LONGEST_LINK:
        raise CommandError(
            f"“{link[:60]}”不是网址。", "没有登记这个链接。", "请填以 http:// 或 https:// 开头的完整网址。"
        )
    return link


def require_sound(evidence: Evidence) -> None:
    """``CommandError`` for evidence that is neither one file nor one link."""
    if bool(evidence.digest) == bool(evidence.link):
        raise CommandError("一条佐证材料须是一个文件或一个链接。", "没有保存。")
    if evidence.link:
        checked_link(evidence.link)
    elif not is_digest(evidence.digest):
        raise CommandError("这份佐证材料的校验值不对。", "没有保存。", "请重新加入文件。")


def new_keys(snapshot: YearSnapshot, count: int) -> tuple[str, ...]:
    """``count`` keys of evidence that the year does not have."""
    first = new_key(snapshot, ItemKind.EVIDENCE)
    taken = {item.key for item in snapshot.evidence}
    found: list[str] = []
    number = int(first[1:])
    while len(found) < count:
        if (key := f"F{number:04d}") not in taken:
            found.append(key)
        number += 1
    return tuple(found)


def add_evidence(store: Store, year: int, items: Sequence[Evidence], title: str = "") -> ChangeSet:
    """Afterwards the year has these pieces of evidence; one step."""
    for item in items:
        require_sound(item)
    words = title or (
        f"加入佐证材料“{_name(items[0])}”" if len(items) == 1 else f"加入 {len(items)} 份佐证材料"
    )
    return carry_out(store, year, words, [RowChange.of(None, item) for item in items])


def change_evidence(store: Store, year: int, after: Evidence) -> ChangeSet:
    """Afterwards the piece of that key is ``after`` (another kind, title, day or note)."""
    before = _require(store, year, after.key)
    require_sound(after)
    title = f"修改佐证材料“{_name(after)}”"
    return carry_out(store, year, title, [RowChange.of(before, after)])


def remove_evidence(store: Store, year: int, key: str) -> ChangeSet:
    """Afterwards the piece is not listed any more; its file stays, so that an undo has it."""
    before = _require(store, year, key)
    return carry_out(store, year, f"移除佐证材料“{_name(before)}”", [RowChange.of(before, None)])


def record_result(store: Store, year: int, event: Event, wanted: Sequence[Evidence]) -> ChangeSet:
    """Afterwards the event is as given and has exactly the evidence ``wanted``; one step."""
    before = one_item(store, ItemKind.EVENT, year, event.key)
    title = f"登记“{item_name(event)}”的结果"
    if not isinstance(before, Event):
        return change_events(store, year, [event], title)
    require_transition(before, event)
    for item in wanted:
        require_sound(item)
    old = {item.key: item for item in all_items(store, ItemKind.EVIDENCE, year) if _belongs(item, event.key)}
    new = {item.key: item for item in wanted}
    evidence = (RowChange.of(old.get(key), new.get(key)) for key in dict.fromkeys((*old, *new)))
    return carry_out(store, year, title, [RowChange.of(before, event), *evidence])


def _belongs(item: Item, event: str) -> bool:
    return isinstance(item, Evidence) and item.event == event


def _require(store: Store, year: int, key: str) -> Evidence:
    found = one_item(store, ItemKind.EVIDENCE, year, key)
    if not isinstance(found, Evidence):
        raise CommandError(
            f"{year} 年度没有佐证材料“{key}”。", "没有改动。", "它可能已被移除，请刷新后再看。"
        )
    return found


def _name(item: Evidence) -> str:
    return item.title or item.file_name or item.link or item.kind.label
