"""按名称或别名认单位、学校、学段；认不出的说出最像的，从不替人定。"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import NamedTuple

from exports.xlsx.reading.plain import bare
from models.domain.events import Campaign, SchoolStage
from models.domain.school_stages import BASIC_STAGES
from models.domain.snapshot import YearSnapshot
from models.domain.units import UnitKind

_PARTS = re.compile(r"[、,，;；/\n]|(?<=[局委办镇道处心园会院校])\s+")
_LEADING = re.compile(r"^(?:上海市)?宝山区(?=.)")


class FoundKeys(NamedTuple):
    """Keys that were found, and the words that name nothing known."""

    keys: tuple[str, ...]
    unknown: tuple[str, ...] = ()


class Names:
    """The names of a year's units and schools."""

    def __init__(self, snapshot: YearSnapshot) -> None:
        self._units: dict[str, str] = {}
        self._shown: dict[str, str] = {}
        for unit in snapshot.units:
            for name in (unit.key, *unit.aliases, unit.name):
                self._units.setdefault(bare(name), unit.key)
            self._shown[bare(unit.name)] = unit.name
        for unit in snapshot.units:  # a name is stronger than another unit's alias
            self._units[bare(unit.name)] = unit.key
        self._schools = {bare(school.name): school.key for school in snapshot.schools}
        self.towns = frozenset(unit.key for unit in snapshot.units if unit.kind is UnitKind.TOWN)
        self.parks = frozenset(unit.key for unit in snapshot.units if unit.kind is UnitKind.PARK)

    def unit(self, words: str) -> str | None:
        """The key of the unit called ``words``, by name or alias; 宝山区 in front may be there or not."""
        name = bare(words)
        for candidate in (
            name,
            _LEADING.sub("区", name),
            _LEADING.sub("", name),
            re.sub(r"[((].*[))]$", "", name),
        ):
            if candidate and candidate in self._units:
                return self._units[candidate]
        return None

    def unit_before(self, words: str) -> str | None:
        """The unit with whose name a title begins: the longest one; None where it begins with no unit."""
        title = (
            _LEADING.sub("区", bare(words)) if bare(words).startswith(("上海市", "宝山区")) else bare(words)
        )
        for candidate in (bare(words), title, _LEADING.sub("", bare(words))):
            found = [name for name in self._units if len(name) > 2 and candidate.startswith(name)]
            if found:
                return self._units[max(found, key=len)]
        return None

    def units(self, words: str) -> FoundKeys:
        """The units in a list of names."""
        if (whole := self.unit(words)) is not None:
            return FoundKeys((whole,))
        keys, unknown = [], []
        for part in parts_of(words):
            key = self.unit(part)
            if key is None:
                unknown.append(part)
            else:
                keys.append(key)
        return FoundKeys(tuple(dict.fromkeys(keys)), tuple(dict.fromkeys(unknown)))

    def school(self, words: str) -> str | None:
        """The key of the school called ``words``."""
        return self._schools.get(bare(words))

    def like(self, words: str) -> str:
        """The known name most like ``words``; "" where none is."""
        close = get_close_matches(bare(words), self._shown, n=1, cutoff=0.6)
        return self._shown[close[0]] if close else ""


def parts_of(words: str) -> list[str]:
    """The entries of a list written with 、 or commas or on several lines."""
    return [part for part in (piece.strip(" 　。.()（）") for piece in _PARTS.split(words)) if part]


_STAGES = {
    "小学": (SchoolStage.PRIMARY,),
    "初中": (SchoolStage.JUNIOR,),
    "高中": (SchoolStage.SENIOR,),
    "中小学": BASIC_STAGES,
    "各学段": BASIC_STAGES,
    "一贯制": (SchoolStage.THROUGH,),
    "九年一贯制": (SchoolStage.THROUGH,),
    "中职": (SchoolStage.VOCATIONAL,),
    "中等职业学校": (SchoolStage.VOCATIONAL,),
    "小": (SchoolStage.PRIMARY,),
    "初": (SchoolStage.JUNIOR,),
    "高": (SchoolStage.SENIOR,),
}


def stages_of(words: str) -> tuple[tuple[SchoolStage, ...], tuple[str, ...]]:
    """The stages in a list, and the words that name none (中学 may be either)."""
    stages: list[SchoolStage] = []
    unknown = []
    for part in parts_of(words):
        found = _STAGES.get(bare(part))
        if found is None:
            unknown.append(part)
        else:
            stages += found
    return tuple(stage for stage in SchoolStage if stage in stages), tuple(unknown)


_CAMPAIGN_WORDS: tuple[tuple[str, Campaign], ...] = (
    ("科创问政", Campaign.TECH_FORUM),
    ("公开讲堂", Campaign.LECTURE),
    ("政策直播", Campaign.LECTURE),
    ("走进园区", Campaign.PARK),
    ("走进社区", Campaign.COMMUNITY),
    ("走进校区", Campaign.CAMPUS),
    ("走进校园", Campaign.CAMPUS),
    ("政府开放月", Campaign.OPEN_MONTH),
    ("政府开放日", Campaign.OPEN_MONTH),
    ("开放月", Campaign.OPEN_MONTH),
    ("重要会议活动", Campaign.HOST_MEETING),
)
_CAMPAIGN_ALONE = {
    "讲堂": Campaign.LECTURE,
    "园区": Campaign.PARK,
    "社区": Campaign.COMMUNITY,
    "校区": Campaign.CAMPUS,
    "校园": Campaign.CAMPUS,
    "开放": Campaign.OPEN_MONTH,
    "重要会议": Campaign.HOST_MEETING,
}


def campaign_of(words: str) -> Campaign | None:
    """The campaign that a cell names; None for none or more than one."""
    name = bare(words)
    if name in _CAMPAIGN_ALONE:
        return _CAMPAIGN_ALONE[name]
    return _only(campaign for word, campaign in _CAMPAIGN_WORDS if word in name)


def campaign_in(words: str) -> Campaign | None:
    """The one campaign that a title speaks of (2027年政府开放月活动表)."""
    return _only(campaign for word, campaign in _CAMPAIGN_WORDS if word in bare(words))


def _only(campaigns: Iterable[Campaign]) -> Campaign | None:
    found = set(campaigns)
    return found.pop() if len(found) == 1 else None
