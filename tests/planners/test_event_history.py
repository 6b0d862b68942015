"""一场活动的变更记录，用话说。"""

from __future__ import annotations

from datetime import datetime

import pytest

from models.domain.changes import ChangeSet, RowChange
from models.domain.events import Event, EventStatus, Precision, SchoolStage
from models.domain.snapshot import ItemKind
from planners.event_history import history
from tests.factories import event, year

BEFORE = event(key="A", title="民法典", short="民法典", lead_units=("区司法局",))
AT = datetime(2027, 6, 11, 9)


def words(before: Event | None, after: Event | None, title: str = "修改") -> list[str]:
    """What the history says of one change."""
    step = ChangeSet(2027, title, (RowChange(ItemKind.EVENT, "A", before, after),), 1, AT, "王")
    return [line.words for line in history([step], year(BEFORE))]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"starts_at": datetime(2027, 6, 22, 14), "ends_at": datetime(2027, 6, 22, 16)}, "日期 6月16日 → 6月22日"),
        ({"starts_at": datetime(2027, 6, 16, 9), "ends_at": datetime(2027, 6, 16, 11)}, "时间 14:00–16:00 → 09:00–11:00"),
        ({"starts_at": None, "ends_at": None}, "日期 6月16日 → 待定"),
        ({"precision": Precision.MONTH}, "日期 6月16日 → 6月；时间 14:00–16:00 → 全天"),
        ({"tentative": True}, "日期改为暂定"),
        ({"status": EventStatus.CONFIRMED}, "状态 已排 → 已确认"),
        ({"title": "民法典进社区"}, "名称 民法典 → 民法典进社区"),
        ({"lead_units": ("区教育局",)}, "牵头单位 区司法局 → 区教育局"),
        ({"responsible_units": ("区教育局", "顾村镇")}, "责任单位 未填 → 区教育局、顾村镇"),
        ({"venue": "v2"}, "场地 未填 → 区图书馆"),
        ({"park": "南大智慧城"}, "园区 未填 → 南大智慧城"),
        ({"stages": (SchoolStage.JUNIOR,)}, "学段 未填 → 初中"),
        ({"forms": ("座谈",)}, "形式 未填 → 座谈"),
        ({"attended": 120}, "到场人数 未填 → 120"),
        ({"note": "带资料"}, "备注有改动"),
        ({"pinned": True}, "锁定"),
        ({"online_only": True}, "改为只在线上"),
    ],
)  # fmt: skip
def test_what_a_change_of_each_field_is_called(fields: dict[str, object], said: str) -> None:
    assert words(BEFORE, BEFORE._replace(**fields)) == [said]


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("新建“民法典”", "新建"),
        ("采纳6项建议", "由“自动排期”采纳"),
        ("导入2027年度数据包（27项）", "导入2027年度数据包（27项）"),
    ],
)
def test_how_the_event_came_about(title: str, said: str) -> None:
    assert words(None, BEFORE, title) == [said]


def test_a_step_taken_back_says_so() -> None:
    after = BEFORE._replace(status=EventStatus.CONFIRMED)
    assert words(after, BEFORE, "撤销“民法典”改为已确认") == ["撤销：状态 已确认 → 已排"]
    assert words(BEFORE, None, "删除") == ["删除"]


def test_several_fields_stand_in_one_line_and_no_change_in_none() -> None:
    after = BEFORE._replace(status=EventStatus.CONFIRMED, theme="普法")
    assert words(BEFORE, after) == ["状态 已排 → 已确认；主题 未填 → 普法"]
    assert words(BEFORE, BEFORE) == []
