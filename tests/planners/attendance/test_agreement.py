"""公众列席页、年度总览、规则检查说的是同一件事：步数、期限、超期、未反馈；没有意见、全部缺席也走得完。"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from gui.services.board_values import BoardFilter
from gui.services.event_chips import decision_chips
from models.domain.attendance import Attendance, Decision, Delegate, Invitation, Meeting, is_called, open_ends
from models.domain.snapshot import YearSnapshot
from planners.attendance.completing import close_case, complete
from planners.attendance.stages import Stage, StageState, clocks_of, decision_line, decision_lines, steps_done
from planners.results import FindingState
from tests.factories import check, rules_of, sample, year

DAYS = [date(2027, 1, 4) + timedelta(days=17 * n) for n in range(21)]


@pytest.mark.parametrize("today", DAYS)
def test_board_page_and_check_agree_on_every_decision(today: date) -> None:
    snapshot, checked = sample(), check(sample(), today)
    lines = {line.decision.key: line for line in decision_lines(snapshot, checked.ruleset, today)}
    clocks = clocks_of(snapshot, checked.ruleset)
    for chip in decision_chips(snapshot, checked, BoardFilter()):
        done = tuple(node.state is StageState.DONE for node in lines[chip.key].nodes)
        assert chip.steps == steps_done(lines[chip.key].decision, snapshot, today)
        assert all(
            node.state is StageState.EXEMPT or is_done == step
            for node, is_done, step in zip(lines[chip.key].nodes, done, chip.steps, strict=True)
        )
    for finding in checked.findings:
        if finding.situation == "no_feedback" and finding.decision:
            line = lines[finding.decision]
            undecided, untold = open_ends(line.invitations, line.opinions)
            told = [f"{undecided} 条意见未写明采纳情况"] * bool(undecided) + [
                f"{untold} 名代表未反馈"
            ] * bool(untold)
            assert list(finding.missing) == told
            assert finding.due == clocks.due(line.meeting)[Stage.TOLD]
            assert (finding.state is FindingState.OVERDUE) <= bool(line.late)
        if finding.situation == "not_invited" and finding.decision and finding.due:
            assert finding.due == clocks.due(lines[finding.decision].meeting)[Stage.INVITED]
            assert not any(map(is_called, lines[finding.decision].invitations))


def silent_year(attendance: Attendance | None) -> YearSnapshot:
    """A decision whose meeting is over, one delegate, no opinion."""
    return year(
        meetings=(Meeting("m1", "区政府常务会议", "第1次", datetime(2027, 3, 1, 9)),),
        decisions=(
            Decision(
                "d1", "菜场改造", listed_on=date(2027, 1, 5), meeting="m1", selected_on=date(2027, 2, 10)
            ),
        ),
        delegates=(Delegate("p1", "代表1"),),
        invitations=(Invitation("i1", "d1", "p1", date(2027, 2, 20), attendance),),
    )


def test_where_nobody_said_anything_the_feedback_ends_it() -> None:
    snapshot, today = silent_year(Attendance.PRESENT), date(2027, 3, 5)
    line = decision_line(snapshot, rules_of(snapshot), today, "d1")
    (told,) = complete(line, Stage.TOLD, today).changes
    assert isinstance(told.after, Invitation)
    after = silent_year(Attendance.PRESENT)
    after = year(
        meetings=after.meetings,
        decisions=after.decisions,
        delegates=after.delegates,
        invitations=(told.after,),
    )
    line = decision_line(after, rules_of(after), today, "d1")
    assert [node.state for node in line.nodes[:8]] == [StageState.DONE] * 8
    assert close_case(line, today).changes


def test_where_all_were_absent_nothing_is_overdue() -> None:
    snapshot, today = silent_year(Attendance.ABSENT), date(2027, 9, 1)
    line = decision_line(snapshot, rules_of(snapshot), today, "d1")
    assert line.late == 0
    assert line.node(Stage.TOLD).state is StageState.DONE
    assert not [
        f for f in check(snapshot, today).findings if f.situation == "no_feedback" and f.decision == "d1"
    ]
