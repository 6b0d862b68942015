"""台账记住的事：写出去读回来一样，坏的不要。"""

from __future__ import annotations

import json
from datetime import date

from gui.services.ledger_memory import MOST_VIEWS, LedgerMemory, SavedView, from_plain, to_plain
from gui.services.program_settings import SettingsFile
from models.domain.events import Campaign, EventStatus
from planners.ledger_filter import EVERYTHING, LedgerFilter, StatusGroup
from planners.ledger_groups import Grouping, Order
from planners.ledger_rows import LedgerColumn

FULL = LedgerFilter(
    "法", Campaign.CAMPUS, "区司法局", "高境镇", EventStatus.PLANNED, date(2027, 8, 1), date(2027, 8, 31),
    without_open_month=True, incomplete=True, conflicting=True,
)  # fmt: skip
VIEWS = (
    SavedView("待确认", FULL, Grouping.UNIT, Order(LedgerColumn.TITLE, descending=True)),
    SavedView("未取消", LedgerFilter(status=StatusGroup.ACTIVE)),
    SavedView("全部", EVERYTHING),
)


def test_memory_is_the_same_after_a_round_trip_through_json() -> None:
    memory = LedgerMemory(VIEWS, Grouping.CAMPAIGN, compact=True)
    assert from_plain(json.loads(json.dumps(to_plain(memory)))) == memory


def test_what_is_not_understood_is_left_out() -> None:
    good = to_plain(LedgerMemory(VIEWS[:1]))["views"][0]
    bad = [
        {},
        "x",
        {**good, "name": " "},
        {**good, "filter": {"status": "nothing"}},
        {**good, "filter": {"first": "yesterday"}},
        {**good, "filter": {"unknown": 1}},
        {**good, "column": 99},
        {**good, "filter": {"text": 3}},
    ]
    assert from_plain({"views": [*bad, good], "grouping": "x", "compact": "yes"}) == LedgerMemory(VIEWS[:1])
    assert from_plain({"views": 3}) == LedgerMemory()
    assert from_plain({}) == LedgerMemory()


def test_a_view_takes_the_place_of_the_one_with_its_name() -> None:
    memory = LedgerMemory(VIEWS).with_view(SavedView("待确认", EVERYTHING))
    assert [view.name for view in memory.views] == ["未取消", "全部", "待确认"]
    assert memory.views[-1].filter == EVERYTHING
    assert [view.name for view in memory.without_view("全部").views] == ["未取消", "待确认"]


def test_only_so_many_views_are_kept() -> None:
    memory = LedgerMemory()
    for number in range(MOST_VIEWS + 3):
        memory = memory.with_view(SavedView(f"视图{number}", EVERYTHING))
    assert len(memory.views) == MOST_VIEWS
    assert memory.views[0].name == "视图3"


def test_views_outlive_the_program(tmp_path: object) -> None:
    path = tmp_path / "settings.json"  # type: ignore[operator]
    SettingsFile(path).change(ledger=to_plain(LedgerMemory(VIEWS)))
    assert from_plain(SettingsFile(path).values.ledger).views == VIEWS
