"""排期问题的样本：存着的五个（S、M、L，可行、不可行、重排），和一个手写的小问题。"""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

Document = dict[str, Any]
FOLDER = Path(__file__).resolve().parents[2] / "data" / "planning"


def stored(name: str) -> Document:
    """One of the five problems, as JSON values."""
    with gzip.open(FOLDER / f"{name}.json.gz") as file:
        document: Document = json.load(file)
    return document


def small() -> Document:
    """A feasible problem of three events in two weeks of January 2027, with every kind of entry."""
    return {
        "format": "outreach-plan-problem/1",
        "name": "小问题",
        "horizon": {"from": "2027-01-04", "to": "2027-01-17"},
        "halves": ["AM", "PM"],
        "days": {
            "workday": [f"2027-01-{n:02}" for n in (4, 5, 6, 7, 8, 11, 12, 13, 14, 15)],
            "weekend": [f"2027-01-{n:02}" for n in (9, 10, 16, 17)],
            "holiday": [],
        },
        "calendars": {"学期": [["2027-01-04", "2027-01-10"]]},
        "blocked": [
            {"id": "停1", "scope": {"unit": "甲局"}, "from": "2027-01-04", "to": "2027-01-05", "half": "AM"}
        ],
        "units": [{"id": "甲局", "week_cap": 2}, {"id": "乙局", "week_cap": None}],
        "places": [
            {"id": "礼堂", "capacity": 1, "unit": "乙局"},
            {"id": "广场", "capacity": None, "unit": None},
        ],
        "campaigns": [{"id": "讲堂", "type": "公开讲堂", "district": "一区", "day_kinds": ["workday"]}],
        "events": [
            {
                "id": f"活动{n}",
                "campaign": "讲堂",
                "required": n < 3,
                "value": 100,
                "from": "2027-01-04",
                "to": "2027-01-15",
                "hosts": ["甲局", "乙局"],
                "places": ["礼堂", "广场"],
                "co_hosts": [],
                "attrs": {"主题": "医保"},
                "halves": ["AM", "PM"],
                "pref_half": "AM",
                "avoid_weekdays": [4],
                "prefer_calendar": "学期",
                "pinned": None,
            }
            for n in (1, 2, 3)
        ],
        "rules": [
            {
                "id": "至少二",
                "type": "count",
                "campaign": "讲堂",
                "where": {"attr": {"主题": "医保"}},
                "from": "2027-01-04",
                "to": "2027-01-17",
                "min": 2,
                "max": 3,
            },
            {"id": "间隔", "type": "gap", "campaign": "讲堂", "by": "campaign", "min_days": 2},
            {"id": "上限", "type": "capacity", "campaigns": ["讲堂"], "per": "day", "max": 1},
        ],
        "meetings": [{"id": "会1", "district": "一区", "date": "2027-01-06", "max_items": 2}],
        "decisions": [
            {
                "id": "决策1",
                "district": "一区",
                "group": "居民",
                "from": "2027-01-04",
                "to": "2027-01-08",
                "reps_needed": 1,
            }
        ],
        "reps": [
            {
                "id": "代表1",
                "district": "一区",
                "group": "居民",
                "max_items": 1,
                "min_gap_days": 7,
                "away": [["2027-01-11", "2027-01-12"]],
            }
        ],
        "soft": {
            "weights": {"unplaced": 100, "half": 1, "weekday_avoid": 1, "vacation": 30},
            "load": [{"id": "均衡", "campaigns": ["讲堂"], "units": ["甲局"], "lo": 1, "hi": 2, "weight": 6}],
            "cover": [{"id": "覆盖", "campaign": "讲堂", "places": ["礼堂"], "lo": 1, "hi": 2, "weight": 6}],
            "crowd": [{"id": "扎堆", "units": ["甲局"], "per": "month", "hi": 1, "weight": 4}],
            "month": [{"id": "月均", "campaigns": ["讲堂"], "lo": 1, "hi": 3, "weight": 4}],
            "weekday": [{"id": "星期", "campaigns": ["讲堂"], "hi": 2, "weight": 2}],
            "spread": [{"id": "疏密", "campaign": "讲堂", "days": 3, "weight": 3}],
        },
        "baseline": None,
        "keep_weights": {"day": 20, "half": 5, "host": 10, "place": 10, "drop": 40},
    }
