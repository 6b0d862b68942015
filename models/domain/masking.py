"""遮掩自由文字：一个年度的代表，谁的姓名、电话写进了别的文字里，出门时都遮住。

A name of three characters or more and a phone are hidden wherever they stand, a name of two characters
everywhere in the record of attendance. In other texts it may be part of other words (李静, 行李静置): it is
hidden where it begins or ends a word; one that is a word itself (高峰), where it stands alone or with a title
(联系人高峰、高峰代表), and never in what activities, units and places are called.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from enum import IntEnum
from functools import cached_property, lru_cache
from itertools import chain
from operator import is_, itemgetter
from typing import Any, NamedTuple, TypeVar, get_type_hints

from models.domain.attendance import Decision, Delegate, Invitation, Meeting, Opinion
from models.domain.events import Event
from models.domain.name_patterns import (
    any_name,
    any_phone,
    hidden_in_title,
    hidden_name,
    hidden_phone,
    hidden_word,
    numbers_in,
)
from models.domain.papers import Evidence
from models.domain.personal_names import place_names
from models.domain.privacy import masked_contact, masked_name, masked_phone
from models.domain.references import REFERENCES
from models.domain.snapshot import ITEM_TYPES, Item, ItemKind, WithdrawnEvent, YearSnapshot
from models.domain.year import Exemption, Year

T = TypeVar("T")

_RECORD = (Meeting, Decision, Delegate, Invitation, Opinion)
_TITLES = frozenset(
    {"title", "short", "name", "aliases", "place", "address", "theme", "theme_class", "platforms", "forms", "issuer"}
)  # fmt: skip
_NO_WORDS = frozenset({"key", "keys", "rule", "digest", "received"})
_NO_WORDS_OF: Mapping[type, frozenset[str]] = {Exemption: frozenset({"rule", "group"})}
"""The fields of an item that are its key."""
_MASKED_NAME = re.compile(r".\*")
_STARS = re.compile(r"\*+")
_LONGEST_HIDDEN = 24
"""Characters of a name or phone that stars stand for."""
_AT_ONCE = 50
"""So many items are searched as one text."""
_BETWEEN = "\x00"
"""Stands between two fields: no name goes across it."""


class Where(IntEnum):
    """How sure it is that a name of two characters means the person."""

    TITLE = 0
    WORDS = 1
    RECORD = 2


class _Shape(NamedTuple):
    """The fields of a kind of items that people type words into: their places and how sure names are there."""

    texts: tuple[tuple[int, Where], ...]
    lists: tuple[tuple[int, Where], ...]
    joined: Callable[[Iterable[Any]], str]
    """Puts those of several items into one text."""


class Veiled(NamedTuple):
    """A part of a text that is hidden, and what stands there then."""

    start: int
    end: int
    hidden: str


class Masks:
    """Hides ``names`` and ``phones`` (digits alone) in any text; nothing where there are none."""

    def __init__(self, names: tuple[str, ...], phones: tuple[str, ...]) -> None:
        self._names, self._phones = names, phones

    def __bool__(self) -> bool:
        return bool(self._names or self._phones)

    @cached_property
    def _phone(self) -> re.Pattern[str]:
        return any_phone(self._phones)

    @cached_property
    def _name(self) -> re.Pattern[str]:
        return any_name(self._names)

    @cached_property
    def _long_name(self) -> re.Pattern[str]:
        return any_name(name for name in self._names if len(name) > 2)

    @cached_property
    def _short_name(self) -> re.Pattern[str]:
        return any_name(name for name in self._names if len(name) == 2)

    def _finds(self, text: str) -> bool:
        """Whether anything in ``text`` may have to be hidden."""
        in_names = bool(self._names) and self._name.search(text) is not None
        return in_names or (bool(self._phones) and self._phone.search(text) is not None)

    def text(self, text: str, where: Where = Where.WORDS) -> str:
        """``text`` with every name as 张* and every phone as 138****1234."""
        if not text or not self._finds(text):
            return text
        text = self._phone.sub(hidden_phone, text)
        if where is Where.RECORD:
            return self._name.sub(hidden_name, text)
        text = self._long_name.sub(hidden_name, text)
        return self._short_name.sub(hidden_word if where is Where.WORDS else hidden_in_title, text)

    def has_phone(self, text: str) -> bool:
        """Whether a phone that is to be hidden stands in ``text``."""
        return bool(self._phones) and self._phone.search(text) is not None

    def hits(self, text: str, where: Where) -> list[Veiled]:
        """What ``text`` hides in ``text``, in order."""
        hidden = hidden_word if where is Where.WORDS else hidden_in_title
        names = [(self._long_name, hidden_name), (self._short_name, hidden)]
        if where is Where.RECORD:
            names = [(self._name, hidden_name)]
        kinds = [(self._phone, hidden_phone), *names]
        found = (Veiled(*match.span(), hide(match)) for kind, hide in kinds for match in kind.finditer(text))
        return sorted(hit for hit in found if hit.hidden != text[hit.start : hit.end])

    def item(self, item: Item) -> Item:
        """``item`` with its texts masked, and a delegate's own name and phone as far as they are among the people."""
        if not self:
            return item
        if isinstance(item, Year):
            return self._year_row(item)
        shape = _shape_of(item)
        if not self._finds(shape.joined((item,))):
            return item
        values: list[Any] = list(item)
        for place, where in shape.texts:
            if values[place]:
                values[place] = self.text(values[place], where)
        for place, where in shape.lists:
            values[place] = tuple([self.text(text, where) for text in values[place]])
        return self._with_own(item, type(item)._make(values))

    def _with_own(self, item: Item, masked: Item) -> Item:
        """A delegate's own fields keep their grouping: 138 **** 1234."""
        if not isinstance(item, Delegate) or not isinstance(masked, Delegate):
            return masked
        name = item.name if masked.name == item.name else masked_name(item.name)
        phone = item.phone if masked.phone == item.phone else masked_phone(item.phone)
        return masked._replace(name=name, phone=phone)

    def _year_row(self, row: Year) -> Year:
        """The row of the year; the names of its settings are no words."""
        settings = tuple(
            (name, self.text(value) if isinstance(value, str) else value) for name, value in row.settings
        )
        themes, holidays = self.whole(row.quarter_themes), self.whole(row.holidays)
        return row._replace(
            district=self.text(row.district), holidays=holidays, quarter_themes=themes, settings=settings
        )

    def items(self, items: tuple[Item, ...]) -> tuple[Item, ...]:
        """``items`` of one kind, each masked; the same tuple where nothing is to be hidden."""
        if not self or not items:
            return items
        if isinstance(items[0], Year):
            return tuple(map(self.item, items))
        joined = _shape_of(items[0]).joined
        masked: list[Item] = []
        for start in range(0, len(items), _AT_ONCE):
            part = items[start : start + _AT_ONCE]
            masked += map(self.item, part) if self._finds(joined(part)) else part
        return items if all(map(is_, masked, items)) else tuple(masked)

    def whole(self, value: T, where: Where = Where.WORDS) -> T:
        """``value`` with all texts in it masked: a text, an item, a tuple or named tuple of them, however deep."""
        masked: Any = self._whole(value, where) if self else value
        return masked  # type: ignore[no-any-return]

    def _whole(self, value: Any, where: Where) -> Any:
        if type(value) is str:
            return self.text(value, where)
        if not isinstance(value, tuple):
            return value
        if isinstance(value, _ITEMS):
            return self.item(value)
        names = getattr(value, "_fields", ())
        make: Any = type(value)
        keys = {at for at, name in enumerate(names) if name in _NO_WORDS}
        masked = [part if at in keys else self._whole(part, where) for at, part in enumerate(value)]
        if all(map(is_, masked, value)):
            return value
        return make._make(masked) if names else tuple(masked)

    def year(self, snapshot: YearSnapshot) -> YearSnapshot:
        """The year with all texts masked; the same one where nobody is to be hidden."""
        if not self:
            return snapshot
        lists = {kind: self.items(snapshot.items(kind)) for kind in ItemKind}
        withdrawn = tuple(WithdrawnEvent(self.whole(gone.event), gone.stamp) for gone in snapshot.withdrawn)
        (row,) = lists.pop(ItemKind.YEAR)
        assert isinstance(row, Year)
        contents: dict[str, Any] = {kind.value: items for kind, items in lists.items()}
        return YearSnapshot(
            row,
            **contents,
            stamps=snapshot.stamps,
            withdrawn=withdrawn,
            revision=snapshot.revision,
            installation=snapshot.installation,
            neighbours=snapshot.neighbours,
            covers=snapshot.covers,
        )


NOBODY = Masks((), ())
"""Hides nothing."""


def masks_of(
    *snapshots: YearSnapshot, names: bool = True, phones: bool = True, but: str | None = None
) -> Masks:
    """What hides the delegates of the years, and those whom their data file knows besides.

    The name of the delegate called ``but`` stays readable, and one that is that of a unit or a place.
    """
    delegates = [one for snapshot in snapshots for one in snapshot.delegates]
    people = [*((one.name, one.phone) for one in delegates), *(p for one in snapshots for p in one.persons)]
    readable = {one.name for one in delegates if one.key == but}
    if people:
        readable |= place_names(
            place for one in snapshots for kind in (one.units, one.venues, one.schools) for place in kind
        )
    return masks_of_people(
        (name if names and name not in readable else "", phone if phones else "") for name, phone in people
    )


def masks_of_people(people: Iterable[tuple[str, str]]) -> Masks:
    """What hides ``people``: each a name and a phone, either of which may be empty."""
    known = tuple(people)
    return _masks(known) if known else NOBODY


def masked_item(item: Item, masks: Masks = NOBODY) -> Item:
    """``item`` as it leaves the office in a package: a delegate's name and phone, numbers in a contact hidden,
    and the people of ``masks`` in every text.
    """
    item = masks.item(item)
    if isinstance(item, Delegate):
        return item._replace(name=masked_name(item.name), phone=masked_phone(item.phone))
    return item._replace(contact=masked_contact(item.contact)) if isinstance(item, Event) else item


def known_as(before: Item | None, after: Item, masks: Masks = NOBODY) -> Item:
    """``after`` as it is stored over ``before``: what is only masked in it keeps its real words.

    ``masks`` are those of the year that ``before`` is in; what was hidden for somebody who is known no more (张*)
    is known by what stands around it. A masked name or phone never takes the place of a real one, nor of one that
    was erased.
    """
    if before is None or type(before) is not type(after) or before == after:
        return after
    hidden = masked_item(before, masks)
    values = [
        real if new == masked or _hides(new, real) else new
        for real, masked, new in zip(before, hidden, after, strict=True)
    ]
    if isinstance(before, Delegate) and isinstance(after, Delegate):
        name, phone = Delegate._fields.index("name"), Delegate._fields.index("phone")
        values[name] = before.name if _MASKED_NAME.fullmatch(after.name) else after.name
        values[phone] = before.phone if "*" in after.phone else after.phone
    return type(after)._make(values)


def _hides(new: Any, real: Any) -> bool:
    """Whether ``new`` is ``real`` with names and phones in it hidden.

    >>> _hides("联系欧* 139****5678", "联系欧阳娜娜 139-1234-5678"), _hides("联系欧*", "联系司马相如")
    (True, False)
    """
    if isinstance(new, tuple) and isinstance(real, tuple) and len(new) == len(real):
        return all(one == other or _hides(one, other) for one, other in zip(new, real, strict=True))
    if not isinstance(new, str) or not isinstance(real, str) or "*" not in new:
        return False
    first, *middle, last = _STARS.split(new)
    if not (first and real.startswith(first) and real.endswith(last)):
        return False
    end, at = len(real) - len(last), len(first)
    for part in middle:
        found = real.find(part, at + 1, end)
        if not 0 < found - at <= _LONGEST_HIDDEN:
            return False
        at = found + len(part)
    return 0 < end - at <= _LONGEST_HIDDEN


@lru_cache(maxsize=16)
def _masks(people: tuple[tuple[str, str], ...]) -> Masks:
    names = {"".join(name.split()) for name, _ in people}
    names = {name for name in names if masked_name(name) != name and "*" not in name}
    phones = {number for _, phone in people for number in numbers_in(phone)}
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return Masks(tuple(longest_first), tuple(sorted(phones)))


_SHAPES: dict[type, _Shape] = {}


def _shape_of(item: Any) -> _Shape:
    kind = type(item)
    if kind not in _SHAPES:
        _SHAPES[kind] = _shape(kind)
    return _SHAPES[kind]


def _shape(kind: type) -> _Shape:
    """How items of ``kind`` are masked."""
    no_words = _NO_WORDS | _NO_WORDS_OF.get(kind, frozenset())
    no_words |= {reference.field for reference in REFERENCES.get(_KINDS[kind], ())}
    texts, lists = [], []
    for place, (name, hint) in enumerate(get_type_hints(kind).items()):
        where = _where(kind, name)
        if name not in no_words and hint is str:
            texts.append((place, where))
        elif name not in no_words and hint == tuple[str, ...]:
            lists.append((place, where))
    return _Shape(tuple(texts), tuple(lists), _joiner([at for at, _ in texts], [at for at, _ in lists]))


@lru_cache
def words_of(kind: ItemKind) -> tuple[tuple[str, Where, bool], ...]:
    """The fields of a list's items that people type words into: name, how sure names are there, whether many."""
    item_type = ITEM_TYPES[kind]
    shape, names = _shape(item_type), item_type._fields
    texts = [(names[at], where, False) for at, where in shape.texts]
    return (*texts, *((names[at], where, True) for at, where in shape.lists))


def _where(kind: type, field: str) -> Where:
    if kind in _RECORD:
        return Where.RECORD
    return Where.TITLE if field in _TITLES and kind is not Evidence else Where.WORDS


def _joiner(texts: list[int], lists: list[int]) -> Callable[[Iterable[Any]], str]:
    """What puts the fields ``texts`` and the tuples ``lists`` of items into one text."""
    list_getters = [itemgetter(at) for at in lists]
    getters = [itemgetter(at) for at in texts] if len(texts) < 2 else []
    get_texts = itemgetter(*texts) if len(texts) > 1 else None

    def joined(items: Iterable[Any]) -> str:
        singles = chain.from_iterable(map(get_texts, items)) if get_texts else ()
        others = (map(get, items) for get in getters)
        more = (chain.from_iterable(map(get, items)) for get in list_getters)
        return _BETWEEN.join(chain(singles, *others, *more))

    return joined


_ITEMS = tuple(ITEM_TYPES.values())
_KINDS: Mapping[type, ItemKind] = {kind: name for name, kind in ITEM_TYPES.items()}
