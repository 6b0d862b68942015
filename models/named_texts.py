"""抹去一个人之前看一看：姓名、电话还写在哪些文字里，改成什么样，哪几处拿得准。"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import NamedTuple

from models import queries
from models.domain.field_labels import FIELD_LABELS
from models.domain.masking import Masks
from models.domain.snapshot import ItemKind
from models.scrubbing import Person, masks_of_gone, persons_of
from models.scrubbing_texts import EXPORTS, FieldPlace, FoundText, texts_in
from models.statuses import item_name
from models.store import Store

AROUND = 12
"""So many characters are shown before and after what is hidden."""
PAST = "（从前的内容）"


class NamedText(NamedTuple):
    """A text that names somebody who is to be erased: where it stands in words, what it says with 〔〕 around what
    would be hidden (``masked``: hidden there already), what it would say then. ``certain``: it means that person.
    ``code`` is short and stays the same as long as the text does.
    """

    place: tuple[FieldPlace, str]
    code: str
    where: str
    before: str
    masked: str
    after: str
    certain: bool


def texts_naming(store: Store, year: int, keys: Collection[str]) -> tuple[NamedText, ...]:
    """Every text that erasing these delegates may change, those of now first; nothing is changed."""
    gone = {(year, key): Person() for key in keys}
    connection = store.connection
    masks = masks_of_gone(connection, gone, persons_of(connection, gone))
    if not masks:
        return ()
    found, present = texts_in(connection, masks, gone.keys())
    return tuple(_named(store, masks, one, past=number >= present) for number, one in enumerate(found))


def _named(store: Store, masks: Masks, found: FoundText, *, past: bool) -> NamedText:
    code = hashlib.sha256("\x00".join(map(str, (*found.spot, found.text))).encode()).hexdigest()[:6]
    where = _where(store, found.spot) + (PAST if past and found.spot.kind != EXPORTS else "")
    return NamedText(found.place, code, where, *_excerpts(found, masks), found.certain)


def _where(store: Store, spot: FieldPlace) -> str:
    """活动“医保惠民”（2027年）的备注."""
    field = FIELD_LABELS.get(spot.field, spot.field)
    if spot.kind == EXPORTS:
        return f"{spot.year}年第 {spot.key} 条导出记录"
    kind = ItemKind(spot.kind)
    if kind is ItemKind.YEAR:
        return f"{spot.year}年度的{field}"
    item = queries.one_item(store, kind, spot.year, spot.key)
    about = queries.one_item(store, ItemKind.DECISION, spot.year, getattr(item, "decision", ""))
    gone = "" if item is not None else "已删去的"
    name = f"“{item_name(about or item)[:20]}”" if item is not None else spot.key
    return f"{gone}{kind.label}{name}（{spot.year}年）的{field}"


def _excerpts(found: FoundText, masks: Masks) -> tuple[str, str, str]:
    """The part of the text around what is hidden: as it is, so that nobody is named, and as it would be."""
    text, hits = found.text, masks.hits(found.text, found.where)
    first, last = max(0, hits[0].start - AROUND), min(len(text), hits[-1].end + AROUND)
    before = masked = after = "…" if first else ""
    for hit, start in zip(hits, (first, *(hit.end for hit in hits)), strict=False):
        between = text[start : hit.start]
        before += f"{between}〔{text[hit.start : hit.end]}〕"
        masked += f"{between}〔{hit.hidden}〕"
        after += between + hit.hidden
    tail = text[hits[-1].end : last] + ("…" if last < len(text) else "")
    return before + tail, masked + tail, after + tail
