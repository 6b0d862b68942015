"""各表单共用的话：代表怎样称呼、往年请过几次、会议怎样认出来。"""

from __future__ import annotations

from collections.abc import Mapping

from models.domain.attendance import Delegate, Meeting
from models.domain.personal_names import place_names, refused_name
from models.domain.snapshot import YearSnapshot
from planners import wording

WAYS = ("公开报名", "街镇推荐", "单位推荐", "行业协会推荐", "随机抽选")
EARLIER_YEARS = 3
"""So many years before are looked at for who was asked already."""


def asked_words(times: Mapping[str, tuple[int, int]], delegate: str) -> str:
    """今年请过 1 次，往年 2 次; "" for nobody who was asked."""
    now, before = times.get(delegate, (0, 0))
    parts = ([f"今年请过 {now} 次"] if now else []) + ([f"往年 {before} 次"] if before else [])
    return "，".join(parts)


def meeting_name(meeting: Meeting) -> str:
    """第11次 4月26日 09:30（暂定）."""
    head = f"{meeting.body}{meeting.number}"
    if meeting.starts_at is None:
        return f"{head}（日期未定）"
    return f"{head} {wording.moment_label(meeting.starts_at)}{'（暂定）' if meeting.tentative else ''}"


def known_groups(snapshot: YearSnapshot) -> list[str]:
    """The groups that delegates of the year are of, in the order in which they came up."""
    return list(dict.fromkeys(one.group for one in snapshot.delegates if one.group))


def known_ways(snapshot: YearSnapshot) -> list[str]:
    """The ways of selection that are offered: the usual ones, and those the year has."""
    return list(dict.fromkeys([*WAYS, *(one.selected_by for one in snapshot.delegates if one.selected_by)]))


def why_no_name(before: Delegate | None, name: str, snapshot: YearSnapshot) -> str:
    """Why ``name`` cannot be entered for a delegate; "" where it can, or where it stood there ``before``."""
    if before is not None and name == before.name:
        return ""
    return refused_name(name, place_names((*snapshot.units, *snapshot.venues, *snapshot.schools)))
