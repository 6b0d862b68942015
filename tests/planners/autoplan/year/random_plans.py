"""任意而合理的一年：几个单位、停排、各种状态的活动，会缺、会撞、会过期。"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from hypothesis import strategies as st

from models.domain.attendance import Decision, Delegate, Meeting
from models.domain.events import Campaign, Event, EventStatus, Precision, SchoolStage
from models.domain.snapshot import EventStamp, YearSnapshot
from models.domain.units import School
from models.domain.year import BlockedPeriod
from tests.factories import event, year
from tests.planners.autoplan.year.factories import DEPARTMENTS, TOWNS, UNITS

FIRST = date(2027, 1, 1)
DAYS = st.integers(0, 364).map(lambda n: FIRST + timedelta(days=n))
HOURS = st.sampled_from([time(9), time(11), time(13, 30), time(14), time(19)])
LENGTHS = st.sampled_from([1, 2, 4, 30])
CAMPAIGNS = st.sampled_from(Campaign)
STATUSES = st.sampled_from(EventStatus)
MOMENT = datetime(2027, 1, 1)
SETTINGS: dict[str, st.SearchStrategy[object]] = {
    "week_limit": st.sampled_from([1, 3, 8]),
    "lecture.minimum": st.sampled_from([1, 2]),
    "park.minimum": st.sampled_from([0, 1]),
    "community.group": st.sampled_from(["none", "town"]),
    "campus.group": st.sampled_from(["none", "stage", "stage_audience"]),
    "open_month.target": st.sampled_from([1, 6]),
}


@st.composite
def events(draw: st.DrawFn, number: int) -> Event:
    """One event of any campaign and status."""
    campaign = draw(CAMPAIGNS)
    status = draw(STATUSES)
    dated = status in (EventStatus.HELD, EventStatus.CONFIRMED) or draw(st.booleans())
    made = event(
        campaign,
        draw(DAYS) if dated else None,
        at=draw(HOURS),
        hours=draw(LENGTHS),
        status=status,
        key=f"X{number}",
        lead_units=tuple(draw(st.lists(st.sampled_from(DEPARTMENTS), max_size=2, unique=True))),
        towns=tuple(draw(st.lists(st.sampled_from(TOWNS), max_size=2, unique=True))),
        stages=tuple(draw(st.lists(st.sampled_from(SchoolStage), max_size=2, unique=True))),
        venue=draw(st.sampled_from([None, "v1", "v2"])),
        park=draw(st.sampled_from([None, "南大智慧城"])),
        audience=draw(st.sampled_from(["", "学生", "家长"])),
        pinned=draw(st.booleans()),
    )
    if dated and draw(st.integers(0, 5)) == 0:
        made = made._replace(precision=draw(st.sampled_from([Precision.DAY, Precision.MONTH])))
    return made


@st.composite
def blocked(draw: st.DrawFn, number: int) -> BlockedPeriod:
    """A few days on which something is shut."""
    first = draw(DAYS)
    return BlockedPeriod(
        f"b{number}",
        first,
        first + timedelta(days=draw(st.integers(0, 40))),
        "演练",
        tuple(draw(st.lists(st.sampled_from(DEPARTMENTS), max_size=1))),
        tuple(draw(st.lists(st.just("v1"), max_size=1))),
        tuple(draw(st.lists(CAMPAIGNS, max_size=1))),
    )


@st.composite
def plannable_years(draw: st.DrawFn) -> YearSnapshot:
    """A year of up to twenty events under any reading of the rules."""
    own = [draw(events(number)) for number in range(draw(st.integers(0, 20)))]
    settings = {name: draw(values) for name, values in SETTINGS.items() if draw(st.booleans())}
    themes = tuple(draw(st.sampled_from([None, "营商环境"])) for _ in range(4))
    stamps = {
        made.key: EventStamp(MOMENT, MOMENT, exported=True) for made in own if draw(st.integers(0, 4)) == 0
    }
    return year(
        *own,
        units=UNITS,
        settings=settings,  # type: ignore[arg-type]
        themes=themes,  # type: ignore[arg-type]
        blocked=[draw(blocked(number)) for number in range(draw(st.integers(0, 3)))],
        schools=[School("s1", "一中", (SchoolStage.JUNIOR, SchoolStage.SENIOR))]
        if draw(st.booleans())
        else (),
        meetings=[Meeting("m1", "常务会议", "1", draw(st.none() | DAYS.map(_morning)))],
        decisions=[Decision("d1", "规划"), Decision("d2", "办法", meeting="m1")],
        delegates=[Delegate(f"p{n}", f"代表{n}") for n in range(draw(st.integers(0, 3)))],
        stamps=stamps,
    )


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9, 30))
