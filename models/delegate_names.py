"""代表的姓名须是人名：群体、身份、单位写进姓名的不收，请写在“类别”里；已经在文件里的不动。"""

from __future__ import annotations

from collections.abc import Iterable

from models import queries
from models.domain.attendance import Delegate
from models.domain.changes import RowChange
from models.domain.errors import CommandError
from models.domain.personal_names import INSTEAD, place_names, refused_name
from models.domain.snapshot import ItemKind
from models.domain.units import School, Unit, Venue
from models.store import Store

_PLACES = (ItemKind.UNIT, ItemKind.VENUE, ItemKind.SCHOOL)


def require_personal_names(store: Store, year: int, changes: Iterable[RowChange]) -> None:
    """``CommandError`` where a delegate is newly called like a group, a role or a unit: 居民代表, 区医保局."""
    changes = tuple(changes)
    named = [one.after for one in changes if isinstance(one.after, Delegate) and _is_named_anew(one)]
    if not named:
        return
    stored = [item for kind in _PLACES for item in queries.all_items(store, kind, year)]
    items = (*stored, *(one.after for one in changes))
    places = place_names(item for item in items if isinstance(item, Unit | Venue | School))
    for person in named:
        if why := refused_name(person.name, places):
            raise CommandError(f"列席代表“{person.key}”的姓名{why}。", "这一步没有保存。", INSTEAD)


def _is_named_anew(change: RowChange) -> bool:
    return getattr(change.before, "name", "") != getattr(change.after, "name", "")
