"""一个年度，凡是人能打字的地方都写进了每名代表的姓名与电话；以及怎样在文字里找它们。"""

from __future__ import annotations

import re
import unicodedata
from typing import Any, get_type_hints

from models.domain.attendance import Decision, Delegate, Invitation, Meeting, Opinion
from models.domain.papers import Evidence
from models.domain.references import REFERENCES
from models.domain.snapshot import Item, ItemKind, YearSnapshot
from models.domain.year import Year

PEOPLE = (
    Delegate("p1", "张三丰", "139-1234-5678", "居民"),
    Delegate("p2", "欧阳娜娜", "+86 138 0000 1234", "企业"),
    Delegate("p3", "高峰", "021-66668888", "居民"),
    Delegate("p4", "代表甲", "", "居民"),
)
NAMES = ("张三丰", "欧阳娜娜", "高峰")
PHONES = ("13912345678", "13800001234", "66668888")
MASKED = ("张*", "欧*", "139****5678", "138****1234")
TITLES = {"title", "short", "name", "aliases", "place", "address", "theme", "theme_class", "platforms", "forms", "issuer"}  # fmt: skip
RECORD = (Meeting, Decision, Delegate, Invitation, Opinion)
ADDRESS = "https://example.org/张三丰/13912345678"
_KEYS = {"key", "digest", "rule", "received"}
"""What nobody types: keys, and what the program itself makes of a file or of a department's calendar."""


def said(kind: type, field: str) -> str:
    """What stands in a field: the names and phones as people write them."""
    if field in ("url", "link"):
        return ADDRESS
    words = "张三丰(139 1234 5678)、欧阳 娜娜１３８００００１２３４"
    if kind in RECORD:
        words += "问高峰说(6666-8888)"
    elif field not in TITLES or kind is Evidence:
        words += "，高峰代表021－66668888"
    return f"{words}.jpg" if field == "file_name" else words


def typed(kind: ItemKind, item: Item) -> Item:
    """``item`` with all of its texts replaced; a delegate's own name and phone stay."""
    known = {reference.field for reference in REFERENCES.get(kind, ())} | _KEYS
    if isinstance(item, Delegate):
        known |= {"name", "phone"}
    if kind is ItemKind.EXEMPTION:
        known.add("group")
    values: dict[str, Any] = {}
    for field, hint in get_type_hints(type(item)).items():
        if field in known:
            continue
        if hint is str:
            values[field] = said(type(item), field)
        elif hint == tuple[str, ...]:
            values[field] = (said(type(item), field),)
    return item._replace(**values)


def named(snapshot: YearSnapshot) -> YearSnapshot:
    """``snapshot`` with the people, and everything that can be typed about them typed."""
    lists: dict[str, Any] = {
        kind.value: tuple(typed(kind, item) for item in snapshot.items(kind))
        for kind in ItemKind
        if kind is not ItemKind.YEAR
    }
    lists["delegates"] = tuple(typed(ItemKind.DELEGATE, person) for person in PEOPLE)
    row = snapshot.year_row
    words = said(Year, "settings")
    settings = tuple(
        (name, words if name == "calendar.organizer_name" else value) for name, value in row.settings
    )
    return YearSnapshot(
        row._replace(district=words, quarter_themes=(words,) * 4, settings=settings),
        stamps=snapshot.stamps,
        withdrawn=snapshot.withdrawn,
        revision=snapshot.revision,
        installation=snapshot.installation,
        neighbours=snapshot.neighbours,
        **lists,
    )


def found_in(words: str) -> list[str]:
    """The names and phones that can be read in ``words``, however they are written."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", words))
    digits = re.sub(r"[-()‐-―]", "", plain)
    return [name for name in NAMES if name in plain] + [phone for phone in PHONES if phone in digits]
