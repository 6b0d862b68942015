"""学校假期：登记了按日，没登记按月；检查、落点评判都看同一份。"""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.domain.rules import RuleSet
from planners.results import Verdict
from planners.school_terms import (
    SUMMER,
    WINTER,
    BreakDays,
    break_days,
    break_on,
    break_setting,
    school_breaks,
)
from planners.suggest import Demand, Judge
from tests.factories import check, event, findings, rules_of, year

OWN = {WINTER: "2027-01-23/2027-02-21", SUMMER: "2027-07-03/2027-08-29"}


def rules() -> RuleSet:
    return rules_of(year())


def test_without_own_days_the_months_of_the_rule_are_taken() -> None:
    assert [(b.name, b.first, b.last, b.own) for b in school_breaks(2027, {}, rules())] == [
        ("寒假", date(2027, 2, 1), date(2027, 2, 28), False),
        ("暑假", date(2027, 7, 1), date(2027, 8, 31), False),
    ]
    assert [month for month, _ in BreakDays(school_breaks(2027, {}, rules())).by_month(2027)] == [2, 7, 8]


def test_own_days_take_the_place_of_the_months_one_by_one() -> None:
    breaks = school_breaks(2027, {WINTER: OWN[WINTER]}, rules())
    assert [one.words for one in breaks] == ["寒假（1月23日–2月21日）", "暑假（7月1日–8月31日，按月份估计）"]
    parts = BreakDays(breaks).by_month(2027)
    assert [(month, period.first.day, period.last.day) for month, period in parts] == [
        (1, 23, 31), (2, 1, 21), (7, 1, 31), (8, 1, 31),
    ]  # fmt: skip
    assert break_on(date(2027, 1, 25), breaks) is not None
    assert break_on(date(2027, 2, 22), breaks) is None


def test_a_visit_in_an_entered_break_is_hinted_at_and_one_after_it_is_not() -> None:
    visits = (event("campus", "2027-07-02", key="before"), event("campus", "2027-07-05", key="in"),
              event("campus", "2027-08-30", key="after"))  # fmt: skip
    checked = check(year(*visits, settings=OWN))
    assert [f.events for f in findings(checked, "in_school_break")] == [("in",)]


def test_a_day_in_a_break_is_to_be_avoided_never_forbidden() -> None:
    snapshot = year(settings=OWN)
    judge = Judge(snapshot, check(snapshot), Demand(event("campus").campaign))
    assert judge.verdict(date(2027, 7, 5)).verdict is Verdict.AVOID
    assert judge.verdict(date(2027, 7, 5)).reasons == ("学校放假",)
    assert judge.verdict(date(2027, 7, 2)).verdict is not Verdict.AVOID


DAYS = st.dates(date(2027, 1, 1), date(2027, 12, 31))


@given(DAYS, DAYS)
def test_a_setting_holds_two_days_in_their_order_and_nothing_else(first: date, last: date) -> None:
    assert break_days(break_setting(first, last)) == ((first, last) if first <= last else None)
    if first <= last:
        breaks = school_breaks(2027, {SUMMER: break_setting(first, last)}, rules())
        assert break_on(last, breaks) is not None
        own = next(one for one in breaks if one.own)
        assert (last + timedelta(days=1)) not in own


@given(st.text(max_size=25) | st.integers() | st.booleans() | st.none())
def test_nonsense_in_the_setting_is_taken_for_none(value: str | int | bool | None) -> None:
    assert break_days(value) is None or "/" in str(value)
