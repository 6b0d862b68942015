"""界面样例 → 年度数据包：演示年度与验收用例都由它产生。"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from models import reference

SOURCE = Path(__file__).parent / "data" / "sample-2027-ui.json"
LIVE_ROOM = "区政务服务中心“宝你汇”直播间"
ALIASES = {"区房管局": "区住房保障房屋管理局"}
CAMPAIGNS = {
    "lecture": "lecture",
    "park": "park",
    "community": "community",
    "school": "campus",
    "inquiry": "tech_forum",
    "open": "open_month",
}
STAGE_OF_SCHOOL = {"小学": "小学", "实验学校": "初中", "中学": "高中"}
THEME_CLASSES = {
    "A001": "民生保障类", "A002": "民生保障类", "A003": "营商环境类", "A004": "产业发展类", "A005": "民生保障类",
    "A006": "民生保障类", "A007": "民生保障类", "A008": "营商环境类", "A009": "民生保障类", "A010": "民生保障类",
    "A011": "产业发展类", "A012": "产业发展类",
}  # fmt: skip
# decision → (stages done of the nine, number of the meeting)
PROGRESS = {"A046": 9, "A047": 7, "A048": 8, "A049": 4, "A050": 2, "A051": 2, "A052": 2}


def sample_package() -> dict[str, Any]:
    """The sample as an ``outreach-year/1`` package."""
    source = json.loads(SOURCE.read_text(encoding="utf-8"))
    events = [entry for entry in source["events"] if entry["campaign"] != "attend"]
    attended = [entry for entry in source["events"] if entry["campaign"] == "attend"]
    return {
        "format": "outreach-year/1",
        "year": 2027,
        "district": "宝山区",
        "ruleset": 2024,
        "units": _units(source),
        "venues": [{"key": "v1", "name": LIVE_ROOM, "unit": "区政务服务中心"}],
        "schools": _schools(events),
        "holidays": {
            "announced": False,
            "notice": "演示假设，不是官方安排",
            "days_off": source["off"],
            "makeup_workdays": source["work"],
        },
        "blocked": [
            {
                "key": "b1",
                "first": "2027-07-01",
                "last": "2027-08-31",
                "reason": "暑假（自定停排）",
                "campaigns": ["campus"],
            },
            {
                "key": "b2",
                "first": "2027-06-22",
                "last": "2027-06-22",
                "reason": "直播间设备检修",
                "campaigns": ["lecture"],
            },
            {
                "key": "b3",
                "first": "2027-06-24",
                "last": "2027-06-24",
                "reason": "直播间另有安排",
                "campaigns": ["lecture"],
            },
        ],
        "quarter_themes": source["parkThemes"],
        "events": [plain for entry in events for plain in _events(entry)],
        **_attendance(attended),
        "policies": [],
        "exemptions": [],
        "settings": {
            "demo": True,
            "done:lecture.plan": "2027-01-15",
            "done:year.catalogue": "2027-01-18",
            "done:community.plan": "2027-01-22",
            "done:campus.plan": "2027-01-26",
            "done:year.spot_checks|2027-01-01": "2027-03-30",
        },
    }


def _unit_key(name: str) -> str:
    return ALIASES.get(name, name)


def _units(source: dict[str, Any]) -> list[dict[str, Any]]:
    known = {unit.key: unit for unit in reference.reference_units()}
    named = [_unit_key(e[f]) for e in source["events"] for f in ("unit", "coUnit") if e[f]]
    parks = [e["place"] for e in source["events"] if e["campaign"] == "park"]
    departments = dict.fromkeys(
        ["区政府办公室", "区政务服务中心", *(n for n in named if n not in source["towns"])]
    )
    return [
        *(
            {
                "key": name,
                "name": name,
                "kind": "department",
                "aliases": list(known[name].aliases if name in known else ()),
            }
            for name in departments
        ),
        *({"key": name, "name": name, "kind": "town"} for name in source["towns"]),
        *({"key": name, "name": name, "kind": "park"} for name in dict.fromkeys(parks)),
    ]


def _schools(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    names = dict.fromkeys(
        e["place"] for e in events if e["campaign"] == "school" and "待定" not in e["place"]
    )
    stages = {e["place"]: e["sub"] for e in events if e["campaign"] == "school"}
    return [{"key": name, "name": name, "stages": [stages[name]]} for name in names]


def _span(entry: dict[str, Any]) -> dict[str, Any]:
    if entry["date"] is None:
        return {"starts_at": None, "ends_at": None, "raw_time": "原定 6月10日"}
    start = datetime.fromisoformat(f"{entry['date']}T{entry['time']}")
    return {
        "starts_at": start.isoformat(timespec="minutes"),
        "ends_at": (start + timedelta(hours=2)).isoformat(timespec="minutes"),
    }


def _events(entry: dict[str, Any]) -> list[dict[str, Any]]:
    """The event of ``entry``, behind its host meeting where it is a zone with one."""
    campaign = CAMPAIGNS[entry["campaign"]]
    place = entry["place"]
    event = {
        "key": entry["id"],
        "campaign": campaign,
        "title": entry["title"],
        "short": entry["short"][:4],
        **_span(entry),
        "status": entry["status"],
        "status_reason": "主讲人公务冲突" if entry["status"] == "postponed" else "",
        "note": entry["note"],
        "lead_units": [_unit_key(entry["unit"])],
        "responsible_units": [_unit_key(entry["coUnit"])] if entry["coUnit"] else [],
    }
    event |= _details(campaign, entry)
    if campaign != "lecture" and campaign != "park" and not event.get("schools"):
        event["place"] = place
    return [_host(event, entry["sub"]), event] if event.get("host_event") else [event]


def _details(campaign: str, entry: dict[str, Any]) -> dict[str, Any]:
    if campaign == "lecture":
        return {
            "venue": "v1",
            "theme_class": THEME_CLASSES[entry["id"]],
            "platforms": list(reference.live_platforms()[:2]),
        }
    if campaign == "park":
        return {"park": entry["place"], "forms": ["调查问卷"]}
    if campaign == "community":
        return {"towns": [entry["sub"]]}
    if campaign == "campus":
        schools = [] if "待定" in entry["place"] else [entry["place"]]
        return {"stages": [entry["sub"]], "schools": schools, "audience": "学生及家长"}
    if campaign == "open_month":
        towns = [entry["unit"]] if entry["unit"].endswith(("镇", "街道")) else []
        return {"towns": towns, "forms": ["活动体验", "答疑"], "audience": "市民"}
    return {"host_event": f"H{entry['id'][1:]}"} if entry["sub"] else {}


def _host(zone: dict[str, Any], kind: str) -> dict[str, Any]:
    return {
        **{name: zone[name] for name in ("starts_at", "ends_at", "status", "lead_units", "place")},
        "key": zone["host_event"],
        "campaign": "host_meeting",
        "title": zone["title"].removeprefix("“科创问政”专区 · "),
        "short": kind[:4],
        "theme_class": kind,
    }


def _attendance(entries: list[dict[str, Any]]) -> dict[str, Any]:
    """Seven decisions with a meeting each, and one exempt: nine stages as far as ``PROGRESS`` says."""
    lists: dict[str, Any] = {
        name: [] for name in ("meetings", "decisions", "delegates", "invitations", "opinions")
    }
    for number, entry in enumerate(entries, 1):
        day = datetime.fromisoformat(entry["date"])
        stages = PROGRESS[entry["id"]]
        lists["meetings"].append(
            {"key": f"m{number}", "body": "区政府常务会议", "number": f"第{number * 3 + 5}次",
             "starts_at": f"{entry['date']}T09:30", "tentative": stages < 3}
        )  # fmt: skip
        lists["decisions"].append(_decision(entry, number, day, stages))
        for seat in range(2 if stages >= 3 else 0):
            _delegate(lists, number, seat, day, stages)
    lists["decisions"].append(
        {"key": "d8", "title": "突发公共事件应急预案修订（示例）", "body": "district", "unit": "区应急局",
         "listed_on": "2027-01-18", "exemption": "涉及应急处置细节，经批准不邀请代表列席",
         "exempted_by": "区政府办公室"}
    )  # fmt: skip
    return lists


def _decision(entry: dict[str, Any], number: int, day: datetime, stages: int) -> dict[str, Any]:
    return {
        "key": f"d{number}",
        "title": entry["title"],
        "body": "district",
        "unit": _unit_key(entry["unit"]),
        "listed_on": "2027-01-18",
        "meeting": f"m{number}",
        "noticed_on": _before(day, 20) if stages >= 3 else None,
        "selected_on": _before(day, 14) if stages >= 3 else None,
        "published_on": _before(day, -30) if stages >= 9 else None,
    }


def _before(day: datetime, days: int) -> str:
    return (day - timedelta(days=days)).date().isoformat()


def _delegate(lists: dict[str, Any], number: int, seat: int, day: datetime, stages: int) -> None:
    key = f"p{number}{seat + 1}"
    name = f"代表{'甲乙丙丁戊己庚辛壬癸子丑寅卯'[(number - 1) * 2 + seat]}"
    group = ("居民", "企业")[seat]
    told = _before(day, -17) if stages >= 8 else None
    lists["delegates"].append({"key": key, "name": name, "group": group, "selected_by": "公开报名"})
    lists["invitations"].append(
        {"key": f"i{number}{seat + 1}", "decision": f"d{number}", "delegate": key, "invited_on": _before(day, 7),
         "attendance": "present" if stages >= 5 else None, "told_on": told}
    )  # fmt: skip
    if stages >= 6 and seat == 0:
        decided = stages >= 8
        lists["opinions"].append(
            {"key": f"o{number}", "decision": f"d{number}", "delegate": key, "text": "建议进一步听取周边居民意见。（示例）",
             "outcome": "adopted" if decided else None, "reply": "已吸收。" if decided else "",
             "decided_on": _before(day, -10) if decided else None}
        )  # fmt: skip
