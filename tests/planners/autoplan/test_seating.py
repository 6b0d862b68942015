from __future__ import annotations

from datetime import date, timedelta

from models.domain.periods import Period
from planners.autoplan.problem import PlanDecision, PlanMeeting, PlanProblem, Representative
from planners.autoplan.seating import seat_decisions
from tests.planners.autoplan.crowded import crowded_year

FIRST = date(2027, 3, 1)


def problem(
    meetings: list[tuple[int, int]],
    decisions: list[tuple[int, int, int]],
    people: list[tuple[int, int]],
    away: dict[int, Period] | None = None,
) -> PlanProblem:
    """Meetings (day, items), decisions (first, last day, people), people (items, gap), all of one district."""

    def day(number: int) -> date:
        return FIRST + timedelta(days=number)

    return crowded_year(0)._replace(
        meetings=tuple(PlanMeeting(f"m{n}", "区", day(d), most) for n, (d, most) in enumerate(meetings)),
        decisions=tuple(
            PlanDecision(f"d{n}", "事项", "区", "居民", Period(day(first), day(last + 1)), count)
            for n, (first, last, count) in enumerate(decisions)
        ),
        representatives=tuple(
            Representative(f"p{n}", "区", "居民", most, gap, ((away[n],) if away and n in away else ()))
            for n, (most, gap) in enumerate(people)
        ),
    )


def seats(*arguments: object) -> dict[str, tuple[str, tuple[str, ...]]]:
    placed = seat_decisions(problem(*arguments), seed=0).seats  # type: ignore[arg-type]
    return {p.decision: (p.meeting, tuple(sorted(p.representatives))) for p in placed}


def test_a_decision_that_fits_one_meeting_only_gets_it() -> None:
    assert seats([(3, 1), (20, 1)], [(0, 30, 1), (0, 5, 1)], [(2, 1)]) == {
        "d0": ("m1", ("p0",)),
        "d1": ("m0", ("p0",)),
    }


def test_nobody_is_asked_twice_within_the_distance() -> None:
    assert seats([(3, 1), (20, 1)], [(0, 10, 1), (11, 30, 1)], [(2, 28)]).keys() == {"d0"}


def test_two_decisions_of_one_meeting_may_ask_the_same_person() -> None:
    assert seats([(3, 2)], [(0, 10, 1), (0, 10, 1)], [(2, 28)]) == {
        "d0": ("m0", ("p0",)),
        "d1": ("m0", ("p0",)),
    }


def test_who_is_away_is_not_asked() -> None:
    gone = {0: Period(FIRST, FIRST + timedelta(days=10))}
    assert seats([(3, 1)], [(0, 10, 1)], [(2, 1), (2, 1)], gone) == {"d0": ("m0", ("p1",))}


def test_people_are_asked_in_turn() -> None:
    placed = seats([(3, 4)], [(0, 10, 1)] * 4, [(4, 1)] * 4)
    assert sorted(people for _, people in placed.values()) == [("p0",), ("p1",), ("p2",), ("p3",)]


def test_what_cannot_be_seated_does_not_keep_the_rest_from_it() -> None:
    placed = seats([(3, 1), (4, 1)], [(0, 10, 3), (0, 10, 1), (0, 10, 1)], [(2, 0), (2, 0)])
    assert placed.keys() == {"d1", "d2"}


def test_a_full_meeting_takes_no_more() -> None:
    assert len(seats([(3, 2)], [(0, 10, 1)] * 3, [(9, 0)])) == 2
