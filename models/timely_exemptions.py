"""豁免只给还没有结束的周期：已经结束的，事实保留，只能登记说明；从哪里写入都一样。"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from models.domain.changes import RowChange
from models.domain.errors import CommandError
from models.domain.snapshot import ItemKind
from models.domain.year import Exemption


def require_timely(exemption: Exemption, today: date) -> None:
    """``CommandError`` where the period of ``exemption`` was over before ``today``."""
    if exemption.last < today:
        span = f"{exemption.first:%Y-%m-%d} 至 {exemption.last:%Y-%m-%d}"
        raise CommandError(
            f"{span} 这个周期已经结束，不能再登记豁免（{exemption.reason or '没有写理由'}）。",
            "什么都没有保存，未达成的事实保留。",
            "请改为登记说明。",
        )


def require_timely_exemptions(changes: Iterable[RowChange], today: date) -> None:
    """``CommandError`` where a step exempts a period that is over, or changes why it was exempted.

    A year that comes whole brings what was registered in its time; a unit that is renamed keeps its exemptions.
    """
    changes = tuple(changes)
    if any(change.kind is ItemKind.YEAR and change.before is None for change in changes):
        return
    written = [change for change in changes if change.kind is ItemKind.EXEMPTION]
    gone = {_of_any_group(change.before) for change in written if change.after is None}
    for change in written:
        after = change.after
        if isinstance(after, Exemption) and after != change.before and _of_any_group(after) not in gone:
            require_timely(after, today)


def _of_any_group(item: object) -> Exemption | None:
    return item._replace(group=None) if isinstance(item, Exemption) else None
