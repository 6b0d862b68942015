"""九个环节：各走到哪一步、期限哪一天；会议一动，期限跟着动。"""

from __future__ import annotations

from datetime import date, datetime

import pytest

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
from models.domain.snapshot import YearSnapshot
from models.domain.workdays import workdays_of
from planners.attendance.balance import groups_invited, times_asked
from planners.attendance.stages import (
    STAGES,
    DecisionLine,
    Stage,
    StageState,
    clocks_of,
    decision_line,
    decision_lines,
    moved_deadlines,
    steps_done,
)
from tests.factories import rules_of, sample, year

TODAY = date(2027, 6, 15)
MEETING = Meeting("m", "区政府常务会议", "第1次", datetime(2026, 9, 21, 9, 30))
CASE = Decision("d", "停车管理办法", listed_on=date(2026, 1, 18), meeting="m")
PEOPLE = (Delegate("p", "张三", "13812341234", "居民"), Delegate("q", "李四", "", "企业"))
ASKED = tuple(Invitation(f"i{p.key}", "d", p.key, date(2026, 9, 14)) for p in PEOPLE)
SAID = Opinion("o", "d", "p", "多设泊位")
D, S = StageState.DONE, StageState


def case(decision: Decision = CASE, meeting: Meeting = MEETING, **lists: object) -> YearSnapshot:
    return year(number=2026, meetings=(meeting,), decisions=(decision,), delegates=PEOPLE, **lists)


def line(snapshot: YearSnapshot, today: date = date(2026, 9, 22)) -> DecisionLine:
    return decision_line(snapshot, rules_of(snapshot), today, "d")


def states(snapshot: YearSnapshot, today: date = date(2026, 9, 22)) -> list[StageState]:
    return [node.state for node in line(snapshot, today).nodes]


def test_a_decision_goes_through_its_nine_stages() -> None:
    today = date(2026, 9, 1)
    assert states(case(CASE._replace(meeting=None, listed_on=None)), today)[0] is S.CURRENT
    assert states(case(CASE._replace(meeting=None)), today)[:3] == [D, S.CURRENT, S.WAITING]
    assert states(case(), today)[:4] == [D, D, S.CURRENT, S.WAITING]
    chosen = CASE._replace(selected_on=date(2026, 9, 3))
    assert states(case(chosen), date(2026, 9, 4))[2:5] == [D, S.CURRENT, S.WAITING]
    assert states(case(chosen, invitations=ASKED), date(2026, 9, 13))[3:5] == [S.CURRENT, S.WAITING]
    assert states(case(chosen, invitations=ASKED), date(2026, 9, 14))[3:6] == [D, S.CURRENT, S.WAITING]
    came = tuple(row._replace(attendance=Attendance.PRESENT) for row in ASKED)
    assert states(case(chosen, invitations=came))[4:7] == [D, S.CURRENT, S.WAITING]
    assert states(case(chosen, invitations=came, opinions=(SAID,)))[5:8] == [D, S.CURRENT, S.WAITING]
    answered = SAID._replace(outcome=Outcome.NOT_ADOPTED, reply="用地不足", decided_on=date(2026, 9, 30))
    assert states(case(chosen, invitations=came, opinions=(answered,)), date(2026, 9, 30))[6:] == [
        D,
        S.CURRENT,
        S.WAITING,
    ]
    told = tuple(row._replace(told_on=date(2026, 10, 9 + n)) for n, row in enumerate(came))
    finished = line(case(chosen, invitations=told, opinions=(answered,)), date(2026, 10, 10))
    assert [node.state for node in finished.nodes][7:] == [D, S.CURRENT]
    assert finished.node(Stage.TOLD).day == date(2026, 10, 10)
    assert finished.node(Stage.STUDIED).day == date(2026, 9, 30)
    published = chosen._replace(published_on=date(2026, 10, 20))
    assert line(case(published, invitations=told, opinions=(answered,)), date(2026, 10, 20)).current is None


def test_an_answer_without_its_reasons_is_none() -> None:
    came = tuple(row._replace(attendance=Attendance.PRESENT) for row in ASKED)
    bare = SAID._replace(outcome=Outcome.PARTLY)
    assert line(case(invitations=came, opinions=(bare,))).node(Stage.STUDIED).state is not D


def test_deadlines_follow_from_the_meeting_over_the_national_day() -> None:
    clocks = clocks_of(case(), rules_of(case()))
    due = clocks.due(MEETING)
    assert due[Stage.SELECTED] == date(2026, 9, 7)
    assert due[Stage.INVITED] == date(2026, 9, 15)
    workdays = workdays_of(case())
    days = [
        d
        for d in (date(2026, 9, 22 + n) if n < 9 else date(2026, 10, n - 8) for n in range(40))
        if workdays.is_workday(d)
    ]
    assert due[Stage.TOLD] == due[Stage.STUDIED] == days[19]
    assert due[Stage.TOLD] > date(2026, 10, 19)
    assert Stage.SCHEDULED not in due
    assert clocks.due(MEETING._replace(tentative=True))[Stage.SCHEDULED] == date(2026, 8, 22)
    assert clocks.due(MEETING._replace(starts_at=None)) == {}


@pytest.mark.parametrize(
    ("published", "days", "due"),
    [
        ("2024-04-28", 5, "2024-05-08"),
        ("2024-09-27", 5, "2024-10-10"),
        ("2025-01-23", 5, "2025-02-06"),
        ("2026-02-14", 5, "2026-02-28"),
    ],
)
def test_the_clock_of_an_opinion_runs_in_working_days(published: str, days: int, due: str) -> None:
    day = date.fromisoformat(published)
    snapshot = year(number=day.year)
    clocks = clocks_of(snapshot, rules_of(snapshot))
    assert clocks.workdays.add(day, days).isoformat() == due
    asked = SAID._replace(referred_on=day)
    assert clocks.opinion_due(asked) == clocks.workdays.add(date.fromisoformat(due), 5)
    assert clocks.opinion_due(SAID) is None


def test_an_overdue_stage_is_red_and_counts_its_days() -> None:
    late = line(case(), date(2026, 9, 10))
    assert late.node(Stage.SELECTED).state is S.OVERDUE
    assert late.late == 3
    assert late.current is late.node(Stage.SELECTED)
    assert [node.state for node in late.nodes].count(S.OVERDUE) == 1


def test_a_special_case_leaves_out_what_concerns_delegates() -> None:
    exempt = case(CASE._replace(exemption="涉工作秘密"))
    found = line(exempt, date(2026, 12, 1))
    assert [node.state for node in found.nodes] == [D, D, *[S.EXEMPT] * 6, S.CURRENT]
    assert found.late == 0
    assert found.is_exempt
    bare = line(case(CASE._replace(exemption="涉工作秘密", meeting=None)), date(2026, 12, 1))
    assert [node.state for node in bare.nodes] == [D, *[S.EXEMPT] * 7, S.CURRENT]


def test_the_sample_is_as_on_the_board() -> None:
    lines = decision_lines(sample(), rules_of(sample()), TODAY)
    assert len(lines) == sum(d.body is DecisionBody.DISTRICT for d in sample().decisions)
    for found in lines:
        done = [node.state is D for node in found.nodes]
        if not found.is_exempt:
            assert tuple(done) == steps_done(found.decision, sample(), TODAY)
    second = lines[1]
    assert second.node(Stage.STUDIED).state is S.OVERDUE
    assert second.late == 20


def test_moving_the_meeting_moves_what_is_still_open() -> None:
    chosen = case(CASE._replace(selected_on=date(2026, 9, 3)))
    later = MEETING._replace(starts_at=datetime(2026, 9, 28, 9, 30))
    moved = moved_deadlines(chosen, rules_of(chosen), MEETING, later)
    assert [change.stage for change in moved] == [
        Stage.INVITED,
        Stage.PRESENT,
        Stage.OPINIONS,
        Stage.STUDIED,
        Stage.TOLD,
    ]
    assert (moved[0].before, moved[0].after) == (date(2026, 9, 15), date(2026, 9, 22))
    assert moved_deadlines(chosen, rules_of(chosen), MEETING, MEETING._replace(place="会议室")) == ()
    exempt = case(CASE._replace(exemption="密"))
    assert moved_deadlines(exempt, rules_of(exempt), MEETING, later) == ()


def test_a_case_nobody_spoke_to_is_studied_when_it_is_closed() -> None:
    told = tuple(row._replace(attendance=Attendance.PRESENT, told_on=date(2026, 10, 9)) for row in ASKED)
    closed = CASE._replace(selected_on=date(2026, 9, 3), closed_on=date(2026, 10, 12))
    assert states(case(closed, invitations=told), date(2026, 10, 12))[4:8] == [D, D, D, D]


def test_groups_and_how_often_somebody_was_asked() -> None:
    now = case(invitations=ASKED)
    assert groups_invited(now, ASKED) == (("企业", 1), ("居民", 1))
    before = year(
        number=2025,
        delegates=(PEOPLE[0]._replace(key="x"), PEOPLE[0]._replace(key="y", phone="139"), Delegate("z", "")),
        invitations=(
            Invitation("1", "d", "x"),
            Invitation("2", "e", "x"),
            Invitation("3", "d", "y"),
            Invitation("4", "d", "z"),
        ),
        decisions=(CASE, CASE._replace(key="e")),
    )
    assert times_asked(now, [before]) == {"p": (1, 2), "q": (1, 0)}
    assert len(STAGES) == 9
