"""预览里的话：哪些字段变了，从什么变成什么。"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from exports.ical_versions import version_words
from exports.xlsx.columns import time_words
from models.domain.changes import RowChange
from models.domain.events import Event, Labelled
from models.domain.field_labels import FIELD_LABELS
from models.domain.snapshot import YearSnapshot

_TIME = ("starts_at", "ends_at", "precision", "tentative", "raw_time")
_UNITS = ("lead_units", "responsible_units", "towns", "park", "unit")
_LONGEST = 120


def field_words(fields: Sequence[str]) -> str:
    """时间、地点: what changes, the parts of a time as one."""
    names = ["时间" if name in _TIME else FIELD_LABELS[name] for name in fields]
    return "、".join(dict.fromkeys(names))


def change_lines(change: RowChange, fields: Sequence[str], snapshot: YearSnapshot) -> list[str]:
    """时间：5月12日 → 5月14日, a line a field."""
    lines, before, after = [], change.before, change.after
    timed = isinstance(before, Event) and isinstance(after, Event)
    if timed and any(name in _TIME for name in fields):
        lines.append(f"时间：{time_words(before)} → {time_words(after)}")
    for name in fields:
        if not timed or name not in _TIME:
            old, new = (value_words(name, getattr(item, name), snapshot) for item in (before, after))
            lines.append(f"{FIELD_LABELS[name]}：{old or '（空）'} → {new or '（空）'}")
    return lines


def value_words(name: str, value: Any, snapshot: YearSnapshot) -> str:
    """A value as it is shown."""
    if name == "received":
        return version_words(value)
    if name in _UNITS:
        keys = value if isinstance(value, tuple) else (value,) if value else ()
        return "、".join(snapshot.unit_name(key) for key in keys)
    if isinstance(value, Labelled):
        return value.label
    if isinstance(value, tuple):
        return "、".join(part.label if isinstance(part, Labelled) else str(part) for part in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    text = "" if value is None else " ".join(str(value).split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
