"""印发稿的内容：一年的全部条目与日历序号写成规范的 JSON，压缩、带校验值。"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from models.domain import codec
from models.domain.attendance import Delegate
from models.domain.masking import masks_of
from models.domain.snapshot import EventStamp, Item, ItemKind, YearSnapshot
from models.last_time import last_time_of, last_time_text

FORMAT = "release/1"
DAMAGE = (ValueError, KeyError, TypeError, zlib.error)
"""What reading a release that is not whole raises."""


def frozen_bytes(snapshot: YearSnapshot, quarter: int | None = None) -> bytes:
    """The canonical bytes of a release: equal years with equal stamps give equal bytes. ``quarter``: it is of one.

    No delegate is named in them: name and phone are left out, and hidden (张*) where they stand in other texts.
    """
    snapshot = masks_of(snapshot).year(snapshot)
    lists = {
        kind.value: [codec.to_plain(_without_person(item)) for item in snapshot.items(kind)]
        for kind in ItemKind
    }
    plain: dict[str, Any] = {
        "format": FORMAT,
        "lists": lists,
        "stamps": {key: _stamp_to_plain(stamp) for key, stamp in sorted(snapshot.stamps.items())},
        "withdrawn": [
            [codec.to_plain(entry.event), _stamp_to_plain(entry.stamp)] for entry in snapshot.withdrawn
        ],
    }
    if quarter is not None:
        plain["scope"] = {"quarter": quarter, "covers": sorted(snapshot.covers)}
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()


def scope_of(plain: Mapping[str, Any]) -> tuple[int | None, tuple[int, ...]]:
    """The quarter that a release is of (None: the year), and the quarters that it tells of (none: all)."""
    scope = plain.get("scope")
    return (scope["quarter"], tuple(scope["covers"])) if scope else (None, ())


def _without_person(item: Item) -> Item:
    return item._replace(name="", phone="") if isinstance(item, Delegate) else item


def _stamp_to_plain(stamp: EventStamp) -> list[Any]:
    plain: list[Any] = [stamp.created_at.isoformat(), stamp.changed_at.isoformat()]
    return [*plain, stamp.sequence, int(stamp.exported), last_time_text(stamp.last_time)]


def stamp_from_plain(plain: list[Any]) -> EventStamp:
    """The stamp that was frozen as ``plain``."""
    created, changed, sequence, exported, last = plain
    return EventStamp(
        datetime.fromisoformat(created),
        datetime.fromisoformat(changed),
        int(sequence),
        bool(exported),
        last_time_of(last),
    )


def opened(contents: bytes, digest: str) -> dict[str, Any]:
    """The JSON of a release; ``ValueError`` where it is not the one that was frozen."""
    import hashlib  # not at the start of the window

    data = zlib.decompress(contents)
    if hashlib.sha256(data).hexdigest() != digest:
        raise ValueError("digest")
    plain: dict[str, Any] = json.loads(data)
    if plain["format"] != FORMAT:
        raise ValueError("format")
    return plain


def damaged_releases(rows: Iterable[tuple[int, int, str, bytes]]) -> tuple[tuple[int, int], ...]:
    """Year and number of the releases among ``rows`` (year, number, digest, contents) that are not whole."""
    return tuple((year, number) for year, number, digest, contents in rows if not _is_whole(contents, digest))


def _is_whole(contents: bytes, digest: str) -> bool:
    try:
        opened(contents, digest)
    except DAMAGE:
        return False
    return True
