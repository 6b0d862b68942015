"""任意的年度：每个字段都可能有任何值，引用都指得到。"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import product

from hypothesis import strategies as st

from models.domain.attendance import (
    Attendance,
    Decision,
    DecisionBody,
    Delegate,
    Invitation,
    Opinion,
    Outcome,
)
from models.domain.events import Campaign, Event, EventStatus, Precision, SchoolStage
from models.domain.papers import Evidence, EvidenceKind, Zone
from models.domain.snapshot import YearSnapshot
from models.domain.text import clean_text
from models.domain.units import School, Unit, UnitKind, Venue
from models.domain.year import Exemption, Holidays, Year

TEXT = st.text(st.characters(exclude_categories=()), max_size=12).map(clean_text)
KEY = TEXT.filter(lambda text: bool(text.strip()))
DAY = st.dates(date(2026, 1, 1), date(2028, 12, 31))
MINUTE = st.datetimes(datetime(2027, 1, 1), datetime(2027, 12, 31)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)
MAYBE_DAY = st.none() | DAY
COUNT = st.none() | st.integers(0, 10_000_000)
SETTING = (
    TEXT
    | st.integers(-(2**53), 2**53)
    | st.booleans()
    | st.none()
    | st.floats(-1e9, 1e9, allow_nan=False, allow_infinity=False)
)


def _keys(most: int = 3) -> st.SearchStrategy[list[str]]:
    return st.lists(KEY, max_size=most, unique=True)


def _some(keys: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(keys), unique=True).map(tuple) if keys else st.just(())


def _one(keys: list[str]) -> st.SearchStrategy[str | None]:
    return st.none() | st.sampled_from(keys) if keys else st.none()


STAGES = st.lists(st.sampled_from(SchoolStage), unique=True).map(tuple)
WORDS = st.lists(TEXT, max_size=3, unique=True).map(tuple)


@st.composite
def random_years(draw: st.DrawFn) -> YearSnapshot:
    """A year that may be stored."""
    units, venues, schools, events, decisions, delegates = (draw(_keys()) for _ in range(6))
    return YearSnapshot(
        draw(_years()),
        units=[
            Unit(key, draw(TEXT), draw(st.sampled_from(UnitKind)), draw(WORDS), draw(COUNT)) for key in units
        ],
        venues=[Venue(key, draw(TEXT), draw(TEXT), draw(_one(units)), draw(COUNT)) for key in venues],
        schools=[School(key, draw(TEXT), draw(STAGES)) for key in schools],
        events=[draw(_events(key, events, units, venues, schools)) for key in events],
        decisions=[
            Decision(key, draw(TEXT), draw(st.sampled_from(DecisionBody)), draw(_one(units)), draw(MAYBE_DAY))
            for key in decisions
        ],
        delegates=[Delegate(key, draw(TEXT), draw(TEXT), reserve=draw(st.booleans())) for key in delegates],
        invitations=[
            Invitation(f"i{n}", decision, delegate, draw(MAYBE_DAY), draw(st.sampled_from(Attendance)))
            for n, (decision, delegate) in enumerate(product(decisions, delegates))
        ],
        opinions=[
            Opinion(f"o{n}", decision, delegate, draw(TEXT), draw(st.sampled_from(Outcome)), draw(TEXT))
            for n, (decision, delegate) in enumerate(product(decisions, delegates))
        ],
        exemptions=[Exemption(draw(KEY), draw(DAY), date(2029, 1, 1), draw(st.none() | KEY), draw(TEXT))],
        zones=[
            Zone(f"z{n}", key, draw(TEXT), draw(TEXT), leaflets=draw(WORDS)) for n, key in enumerate(events)
        ],
        evidence=[
            Evidence(f"f{n}", key, draw(st.sampled_from(EvidenceKind)), draw(TEXT), dated_on=draw(MAYBE_DAY))
            for n, key in enumerate(events)
        ],
    )


def _years() -> st.SearchStrategy[Year]:
    days_off = st.dictionaries(DAY, TEXT, max_size=3).map(lambda days: tuple(sorted(days.items())))
    makeup = st.lists(DAY, max_size=3, unique=True).map(lambda days: tuple(sorted(days)))
    holidays = st.tuples(st.booleans(), st.none() | TEXT, days_off, makeup).map(lambda all_: Holidays(*all_))
    themes = st.tuples(*[st.none() | TEXT] * 4)
    pairs = st.dictionaries(KEY, SETTING, max_size=3).map(
        lambda found: tuple(sorted(found.items(), key=lambda pair: pair[0]))
    )
    return st.tuples(TEXT, holidays, themes, pairs).map(lambda all_: Year(2027, all_[0], 2024, *all_[1:]))


@st.composite
def _events(
    draw: st.DrawFn, key: str, events: list[str], units: list[str], venues: list[str], schools: list[str]
) -> Event:
    start = draw(st.none() | MINUTE)
    length = draw(st.none() | st.integers(1, 5000))
    return Event(
        key,
        draw(st.sampled_from(Campaign)),
        draw(TEXT),
        draw(TEXT),
        start,
        start + timedelta(minutes=length) if start and length else None,
        draw(st.sampled_from(Precision)),
        draw(st.booleans()),
        draw(TEXT),
        draw(st.sampled_from(EventStatus)),
        draw(TEXT),
        lead_units=draw(_some(units)),
        towns=draw(_some(units)),
        park=draw(_one(units)),
        schools=draw(_some(schools)),
        stages=draw(STAGES),
        venue=draw(_one(venues)),
        platforms=draw(WORDS),
        expected=draw(COUNT),
        host_event=draw(_one([other for other in events if other != key])),
        note=draw(TEXT),
        pinned=draw(st.booleans()),
        signup=draw(TEXT),
        signed_up=draw(COUNT),
        received=draw(TEXT),
    )
