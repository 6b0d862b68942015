"""数出来的一处排不下：什么原因、哪些活动或决策、容得下几场。"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class BottleneckCause(str, Enum):
    """Why the items of a bottleneck cannot all be placed."""

    NO_SLOT = "no_slot"
    UNIT = "unit"
    PLACE = "place"
    CAPACITY = "capacity"
    GAP = "gap"
    MAXIMUM = "maximum"
    MINIMUM = "minimum"
    NO_MEETING = "no_meeting"
    MEETINGS = "meetings"
    PEOPLE = "people"


class Bottleneck(NamedTuple):
    """``events`` (or ``decisions``) do not fit; ``constraints`` name what they meet; ``fits`` how many do."""

    cause: BottleneckCause
    events: tuple[str, ...]
    constraints: tuple[str, ...]
    decisions: tuple[str, ...] = ()
    fits: int = 0
