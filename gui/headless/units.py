"""--unit、事项的词指哪个单位、哪个决策事项。"""

from __future__ import annotations

from models.domain.attendance import Decision
from models.domain.errors import CommandError
from models.domain.snapshot import YearSnapshot


def unit_of(snapshot: YearSnapshot, word: str | None) -> str | None:
    """The key of the unit with this key, name or alias; refused for a word that names none."""
    if word is None:
        return None
    for unit in snapshot.units:
        if word in (unit.key, unit.name, *unit.aliases):
            return unit.key
    raise CommandError(
        f"{snapshot.year}年没有单位“{word}”。", "没有写出文件。", "请写单位的编号、名称或别名。"
    )


def decision_of(snapshot: YearSnapshot, word: str, effect: str) -> Decision:
    """The decision with this key, title or short title; refused (with ``effect``) for a word that names none."""
    for decision in snapshot.decisions:
        if word in (decision.key, decision.title, decision.short):
            return decision
    raise CommandError(f"{snapshot.year} 年度没有决策事项“{word}”。", effect, "请写编号、全称或简称。")
