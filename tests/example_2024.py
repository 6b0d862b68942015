"""宝山区2024年度示例：由参考数据里有出处的公开报道做成年度数据包。"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from exports.package import read_package, write_package
from models.reference import FILE, blank_year

TARGET = Path(__file__).parent.parent / "docs" / "examples" / "宝山区2024.json"
REPORTED = ("R001", "R035", "R041")


def example_package() -> bytes:
    """The year 2024 of 宝山区: State Council calendar, reference units, the events that were reported.

    What has no exact date keeps the words of its report and counts nowhere.
    """
    sources = {entry["id"]: entry for entry in json.loads(FILE.read_text(encoding="utf-8"))["events"]}
    plain: dict[str, Any] = json.loads(write_package(blank_year(2024)))
    plain["events"] = [_event(sources[key]) for key in REPORTED]
    return write_package(read_package(json.dumps(plain).encode(), "宝山区2024"))


def _event(source: dict[str, Any]) -> dict[str, Any]:
    return {
        "key": source["id"],
        "title": source["title"],
        "raw_time": source["date_text"] or f"8月23日{source['time_text']}",
        "status": "held",
        "place": source["place"] or "",
        "audience": source["audience"] or "",
        "url": source["source_url"] if str(source["source_url"]).startswith("http") else "",
        "note": f"出处：{source['source_title']}。主办：{source['organiser']}。",
        **_DETAILS[source["id"]],
    }


_DETAILS: dict[str, dict[str, Any]] = {
    "R001": {
        "campaign": "open_month",
        "short": "政府开放",
        "starts_at": "2024-08-23T13:00",
        "ends_at": "2024-08-23T17:00",
        "precision": "half_day",
        "lead_units": ["淞南镇"],
        "towns": ["淞南镇"],
        "venue": "v3",
        "forms": ["座谈", "问卷调查", "参观"],
    },
    "R035": {
        "campaign": "host_meeting",
        "short": "营商大会",
        "precision": "unset",
        "theme_class": "招商推介会",
    },
    "R041": {
        "campaign": "community",
        "short": "看学问议",
        "precision": "unset",
        "lead_units": ["区水务局"],
        "venue": "v7",
        "forms": ["座谈", "参观"],
    },
}


if __name__ == "__main__":
    TARGET.write_bytes(example_package())
