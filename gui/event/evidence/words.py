"""佐证材料怎么说：名字、大小、日期、缺哪几样。"""

from __future__ import annotations

from collections.abc import Sequence

from models.domain.papers import Evidence, EvidenceKind
from models.domain.text import size_words
from planners.wording import short_day


def evidence_name(item: Evidence) -> str:
    """What a piece of evidence is called: its title, else its file, else its link."""
    return item.title or item.file_name or item.link


def facts_of(item: Evidence) -> str:
    """The day of the paper, when it was added, how large it is (or where the link leads)."""
    facts = [
        f"材料日期 {short_day(item.dated_on)}" if item.dated_on else "材料日期未填",
        f"{short_day(item.added_on)}加入" if item.added_on else "",
        item.link or size_words(item.size),
        item.note,
    ]
    return " · ".join(fact for fact in facts if fact)


def lacking_words(lacking: Sequence[EvidenceKind]) -> str:
    """还缺 签到表、报道链接; 已齐."""
    return f"还缺{'、'.join(kind.label for kind in lacking)}" if lacking else "已齐"
