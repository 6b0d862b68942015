"""台账记住的事：保存的视图、分组与行高；写成设置里的普通值，读不懂的不要。"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from models.domain.events import Campaign, EventStatus
from planners.ledger_filter import EVERYTHING, LedgerFilter, StatusGroup
from planners.ledger_groups import Grouping, Order
from planners.ledger_rows import LedgerColumn

MOST_VIEWS = 30
LONGEST_NAME = 30


class SavedView(NamedTuple):
    """A named way to look at the ledger."""

    name: str
    filter: LedgerFilter
    grouping: Grouping = Grouping.MONTH
    order: Order = Order()


class LedgerMemory(NamedTuple):
    """What the ledger remembers between two starts."""

    views: tuple[SavedView, ...] = ()
    grouping: Grouping = Grouping.MONTH
    compact: bool = False

    def with_view(self, view: SavedView) -> LedgerMemory:
        """Afterwards ``view`` is there, in the place of the one with its name."""
        others = [known for known in self.views if known.name != view.name]
        return self._replace(views=tuple([*others, view][-MOST_VIEWS:]))

    def without_view(self, name: str) -> LedgerMemory:
        """Afterwards no view is called ``name``."""
        return self._replace(views=tuple(view for view in self.views if view.name != name))


def to_plain(memory: LedgerMemory) -> dict[str, Any]:
    """``memory`` as values of JSON."""
    return {
        "grouping": memory.grouping.value,
        "compact": memory.compact,
        "views": [
            {
                "name": view.name,
                "grouping": view.grouping.value,
                "column": int(view.order.column),
                "descending": view.order.descending,
                "filter": _plain_filter(view.filter),
            }
            for view in memory.views
        ],
    }


def _plain_filter(chosen: LedgerFilter) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for name, value in chosen._asdict().items():
        if value != getattr(EVERYTHING, name):
            plain[name] = value.isoformat() if isinstance(value, date) else str(value)
    return plain


def from_plain(plain: Mapping[str, Any]) -> LedgerMemory:
    """What ``plain`` holds; what is not understood has its default, a view that is not is left out."""
    listed = plain.get("views")
    views = [_view(entry) for entry in listed if isinstance(entry, dict)] if isinstance(listed, list) else []
    return LedgerMemory(
        tuple(view for view in views if view is not None)[-MOST_VIEWS:],
        _member(Grouping, plain.get("grouping")) or Grouping.MONTH,
        plain.get("compact") is True,
    )


def _view(plain: Mapping[str, Any]) -> SavedView | None:
    name, chosen, column = plain.get("name"), plain.get("filter"), plain.get("column", LedgerColumn.DATE)
    if not isinstance(name, str) or not name.strip() or not isinstance(chosen, dict):
        return None
    try:
        order = Order(LedgerColumn(column), plain.get("descending") is True)
        return SavedView(
            name.strip()[:LONGEST_NAME],
            LedgerFilter(**{field: _READERS[field](value) for field, value in chosen.items()}),
            _member(Grouping, plain.get("grouping")) or Grouping.MONTH,
            order,
        )
    except (KeyError, TypeError, ValueError):
        return None


def _member(kind: type[Grouping], value: Any) -> Grouping | None:
    return next((member for member in kind if member.value == value), None)


def _status(value: str) -> EventStatus | StatusGroup:
    known: Iterable[EventStatus | StatusGroup] = (*StatusGroup, *EventStatus)
    return next(status for status in known if status.value == value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _flag(value: Any) -> bool:
    return value == "True"


def _found_status(value: str) -> EventStatus | StatusGroup:
    try:
        return _status(value)
    except StopIteration:
        raise ValueError(value) from None


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "text": _text,
    "campaign": Campaign,
    "unit": _text,
    "town": _text,
    "status": _found_status,
    "first": date.fromisoformat,
    "last": date.fromisoformat,
    "without_open_month": _flag,
    "incomplete": _flag,
    "conflicting": _flag,
}
