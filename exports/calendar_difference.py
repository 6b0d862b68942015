"""两份日历文件相差什么：「新增 3 · 更新 2 · 取消 1」，按 UID 与 SEQUENCE 比。"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from exports.ical_deadlines import is_deadline_uid
from exports.ical_reading import Component, read_calendar
from models.domain.errors import InputError

Key = tuple[str, str]
"""VEVENT or VTODO, and the UID."""


class CalendarDifference(NamedTuple):
    """What a receiver of the old file gets with the new one, by kind and UID.

    ``cancelled``: on before, off now. ``gone``: in the old file only; receivers who import keep them.
    ``older``: the new file holds an earlier state than the old one; receivers pass it over.
    """

    new: tuple[Key, ...] = ()
    updated: tuple[Key, ...] = ()
    cancelled: tuple[Key, ...] = ()
    same: tuple[Key, ...] = ()
    gone: tuple[Key, ...] = ()
    older: tuple[Key, ...] = ()

    @property
    def words(self) -> str:
        """For people: only what there is."""
        counts = (
            ("新增", self.new), ("更新", self.updated), ("取消", self.cancelled),
            ("不再包含", self.gone), ("比原文件旧", self.older),
        )  # fmt: skip
        return " · ".join(f"{word} {len(keys)}" for word, keys in counts if keys) or "没有变化"


def calendar_difference(before: bytes | None, after: bytes) -> CalendarDifference:
    """What has changed between two files; without a readable one before everything that is on is new."""
    old: Mapping[Key, Component] = {}
    if before is not None:
        try:
            old = read_calendar(before).newest()
        except InputError:
            old = {}
    return difference_of(old, read_calendar(after).newest())


def difference_of(old: Mapping[Key, Component], new: Mapping[Key, Component]) -> CalendarDifference:
    """The same of components that were read already.

    What is off and was never known to the receiver changes nothing for them: it counts as the same.
    """
    sorted_out: dict[str, list[Key]] = {name: [] for name in CalendarDifference._fields}
    for key, component in new.items():
        sorted_out[_kind_of_change(old.get(key), component)].append(key)
    sorted_out["gone"] = [key for key, component in old.items() if key not in new and not component.cancelled]
    return CalendarDifference(**{name: tuple(keys) for name, keys in sorted_out.items()})


def _kind_of_change(old: Component | None, new: Component) -> str:
    if old is None:
        return "same" if new.cancelled else "new"
    if new.content == old.content and (is_deadline_uid(new.uid) or new.sequence == old.sequence):
        return "same"
    if new.rank < old.rank:
        return "older"
    if new.cancelled:
        return "same" if old.cancelled else "cancelled"
    return "updated"
