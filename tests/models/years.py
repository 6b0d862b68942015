"""样本年度：一个样样都有的小年度，一个随机年度，一个很大的年度。"""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from models.domain.attendance import (
    Attendance,
    Decision,
    DecisionBody,
    Delegate,
    Invitation,
    Meeting,
    Opinion,
    Outcome,
)
from models.domain.events import Campaign, Event, EventStatus, Precision, SchoolStage
from models.domain.papers import Evidence, EvidenceKind, Zone
from models.domain.policies import PolicyDocument
from models.domain.snapshot import YearSnapshot
from models.domain.units import School, Unit, UnitKind, Venue
from models.domain.year import BlockedPeriod, Exemption, Holidays, Year

LECTURE = Event(
    "E1",
    Campaign.LECTURE,
    "民法典解读",
    "民法典",
    datetime(2027, 6, 16, 14),
    datetime(2027, 6, 16, 16),
    lead_units=("sf",),
    towns=("gc",),
    venue="v1",
    place="区图书馆",
    policy="y1",
)
VISIT = Event(
    "E2",
    Campaign.CAMPUS,
    "小小听证员",
    "听证员",
    datetime(2027, 3, 5, 9),
    status=EventStatus.HELD,
    lead_units=("jy", "sf"),
    schools=("s1",),
    stages=(SchoolStage.PRIMARY, SchoolStage.JUNIOR),
    attended=45,
    host_event="E3",
    park="yq",
)
HOST = Event(
    "E3", Campaign.HOST_MEETING, "招商推介会", precision=Precision.UNSET, raw_time="待定", tentative=True
)


def small_year(year: int = 2027) -> YearSnapshot:
    """Every list filled, every kind of reference used."""
    return YearSnapshot(
        Year(
            year,
            holidays=Holidays(
                announced=True,
                notice="国办发明电〔2026〕7号",
                days_off=((date(2027, 1, 1), "元旦"), (date(2027, 10, 1), "国庆节")),
                makeup_workdays=(date(2027, 1, 30),),
            ),
            quarter_themes=("营商环境", None, None, "惠企政策"),
            settings=(("community.scope", "district"), ("lead", 20), ("share", 0.5), ("strict", True)),
        ),
        units=(
            Unit("sf", "区司法局", aliases=("司法局",), week_cap=3),
            Unit("jy", "区教育局"),
            Unit("gc", "顾村镇", UnitKind.TOWN),
            Unit("yq", "机器人产业园", UnitKind.PARK),
        ),
        venues=(Venue("v1", "蕰藻浜会堂", "月浦镇", "sf", 300), Venue("v2", "区图书馆")),
        schools=(School("s1", "实验学校", (SchoolStage.PRIMARY, SchoolStage.JUNIOR)),),
        blocked=(
            BlockedPeriod(
                "b1", date(2027, 1, 12), date(2027, 1, 16), "两会", ("sf",), ("v1",), (Campaign.PARK,)
            ),
        ),
        policies=(
            PolicyDocument(
                "y1", "惠企十条", "宝府规〔2027〕1号", "区政府", date(2027, 3, 1), True, True, ("图解",)
            ),
        ),
        events=(LECTURE, VISIT, HOST),
        meetings=(Meeting("m1", "区政府常务会议", "第11次", datetime(2027, 4, 26, 9, 30)),),
        decisions=(
            Decision("d1", "中小学午餐配送", DecisionBody.DISTRICT, "jy", date(2027, 1, 18), "m1"),
            Decision("d2", "道路更新", DecisionBody.TOWN, "gc", hearing_forms=("交流座谈",)),
        ),
        delegates=(
            Delegate("p1", "欧阳某", "13800000000", "学生家长", "公开报名"),
            Delegate("p2", "张某", reserve=True),
        ),
        invitations=(Invitation("i1", "d1", "p1", date(2027, 4, 20), Attendance.PRESENT),),
        opinions=(Opinion("o1", "d1", "p1", "增加素食", Outcome.PARTLY, "先试两所学校", date(2027, 5, 8)),),
        exemptions=(Exemption("campus.stages", date(2027, 1, 1), date(2027, 3, 31), "高中", "寒假"),),
        zones=(Zone("z1", "E2", "产业升级", "李处", leaflets=("惠企政策一览",)),),
        evidence=(Evidence("f1", "E2", EvidenceKind.LINK, "报道", link="https://example.org/1"),),
    )


def large_year(count: int, year: int = 2027) -> YearSnapshot:
    """``count`` events with the variety of a real plan."""
    units = tuple(Unit(f"u{n}", f"单位{n}") for n in range(60))
    venues = tuple(Venue(f"v{n}", f"场地{n}") for n in range(30))
    rng = random.Random(7)
    events = tuple(_random_event(rng, f"E{n}", n, year) for n in range(count))
    return YearSnapshot(Year(year), units=units, venues=venues, events=events)


def _random_event(rng: random.Random, key: str, number: int, year: int) -> Event:
    start = datetime(year, 1, 1, 9) + timedelta(days=rng.randrange(365), minutes=30 * rng.randrange(16))
    return Event(
        key,
        rng.choice(list(Campaign)),
        f"第{number}场政策解读与现场咨询",
        f"第{number}场",
        start,
        start + timedelta(hours=2),
        status=rng.choice(list(EventStatus)[:4]),
        lead_units=(f"u{rng.randrange(60)}",),
        responsible_units=(f"u{rng.randrange(60)}",),
        towns=(f"u{rng.randrange(60)}",),
        venue=f"v{rng.randrange(30)}",
        place="顾村镇社区文化中心",
        theme="民生保障",
        platforms=("宝你汇", "宝山汇"),
        forms=("答疑",),
        audience="居民",
        expected=rng.randrange(200),
    )
