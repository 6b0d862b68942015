"""办结环节：一步一步走到底，不越过、不缺料；任何次序都到不了还有悬着的意见的结案。"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from models import commands
from models.domain.attendance import (
    Attendance,
    Decision,
    DecisionBody,
    Delegate,
    Invitation,
    Meeting,
    Opinion,
    Outcome,
    is_owed_feedback,
    open_ends,
)
from models.domain.changes import RowChange
from models.domain.errors import CommandError
from models.domain.snapshot import ItemKind, YearSnapshot
from models.queries import year_snapshot
from models.store import Store, open_store
from planners.attendance.completing import close_case, complete
from planners.attendance.stages import STAGES, DecisionLine, Stage, StageState, decision_line
from tests.factories import rules_of, year

MEETING = Meeting("m", "区政府常务会议", "第1次", datetime(2026, 9, 21, 9, 30), tentative=True)
CASE = Decision("d", "停车管理办法", meeting="m")
PEOPLE = (Delegate("p", "张三"), Delegate("q", "李四"))
CHOSEN = tuple(Invitation(f"i{person.key}", "d", person.key) for person in PEOPLE)
SAID = Opinion("o", "d", "p", "多设泊位")
DAYS = [date(2026, 9, 1), date(2026, 9, 2), date(2026, 9, 3), date(2026, 9, 10), date(2026, 9, 21)]


def line_of(snapshot: YearSnapshot, today: date) -> DecisionLine:
    return decision_line(snapshot, rules_of(snapshot), today, "d")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    with open_store(tmp_path / "数据.db") as opened:
        commands.create_year(
            opened, year(number=2026, meetings=(MEETING,), decisions=(CASE,), delegates=PEOPLE)
        )
        yield opened


def tick(store: Store, stage: Stage, today: date) -> None:
    done = complete(line_of(year_snapshot(store, 2026), today), stage, today)
    commands.apply_changes(store, 2026, done.title, done.changes)


def put(store: Store, kind: ItemKind, *items: object) -> None:
    for item in items:
        commands.put_item(store, 2026, kind, item)  # type: ignore[arg-type]


def test_a_decision_through_all_nine_stages_over_the_national_day_with_a_moved_meeting(store: Store) -> None:
    tick(store, Stage.LISTED, DAYS[0])
    tick(store, Stage.SCHEDULED, DAYS[1])
    put(store, ItemKind.INVITATION, *CHOSEN)
    tick(store, Stage.SELECTED, DAYS[2])
    tick(store, Stage.INVITED, DAYS[3])
    before = line_of(year_snapshot(store, 2026), DAYS[3]).node(Stage.TOLD).day
    put(store, ItemKind.MEETING, MEETING._replace(tentative=False, starts_at=datetime(2026, 9, 28, 9, 30)))
    after = line_of(year_snapshot(store, 2026), DAYS[3]).node(Stage.TOLD).day
    assert before is not None
    assert after is not None
    assert before < after
    assert after == date(2026, 10, 30)  # 1–7 October off, Saturday the 10th worked
    with pytest.raises(CommandError, match="会议还没有开"):
        tick(store, Stage.PRESENT, DAYS[4])
    tick(store, Stage.PRESENT, date(2026, 9, 28))
    put(store, ItemKind.OPINION, SAID)
    with pytest.raises(CommandError, match="1 条意见还没有写明采纳情况"):
        tick(store, Stage.STUDIED, date(2026, 10, 9))
    with pytest.raises(CommandError, match="1 条意见未写明采纳情况，2 名代表未反馈"):
        close_case(line_of(year_snapshot(store, 2026), DAYS[4]), DAYS[4])
    put(
        store,
        ItemKind.OPINION,
        SAID._replace(outcome=Outcome.PARTLY, reply="夜间开放", decided_on=date(2026, 10, 10)),
    )
    tick(store, Stage.TOLD, date(2026, 10, 12))
    tick(store, Stage.PUBLISHED, date(2026, 10, 13))
    finished = line_of(year_snapshot(store, 2026), date(2026, 10, 14))
    assert [node.state for node in finished.nodes] == [StageState.DONE] * 9
    assert [node.day for node in finished.nodes if node.day] == [
        date(2026, 9, 1), date(2026, 9, 3), date(2026, 9, 10), date(2026, 9, 28), date(2026, 9, 28),
        date(2026, 10, 10), date(2026, 10, 12), date(2026, 10, 13),
    ]  # fmt: skip
    closed = close_case(finished, date(2026, 10, 14))
    assert closed.warning == ""
    commands.apply_changes(store, 2026, closed.title, closed.changes)


def test_no_stage_is_done_before_its_predecessor_but_publication_with_a_warning() -> None:
    snapshot = year(number=2026, meetings=(MEETING,), decisions=(CASE,), delegates=PEOPLE)
    line = line_of(snapshot, DAYS[0])
    for stage in STAGES[1:-1]:
        with pytest.raises(CommandError, match="“列入目录”还没有办"):
            complete(line, stage, DAYS[0])
    published = complete(line, Stage.PUBLISHED, DAYS[0])
    assert "列入目录、会议排定" in published.warning
    assert published.changes[0].after == CASE._replace(published_on=DAYS[0])


def test_what_is_lacking_is_said() -> None:
    listed = CASE._replace(listed_on=DAYS[0], meeting=None)
    with pytest.raises(CommandError, match="还没有定下哪次会议"):
        complete(line_of(year(number=2026, decisions=(listed,)), DAYS[0]), Stage.SCHEDULED, DAYS[0])
    fixed = year(
        number=2026, meetings=(MEETING._replace(tentative=False),), decisions=(listed._replace(meeting="m"),)
    )
    with pytest.raises(CommandError, match="还没有选出代表"):
        complete(line_of(fixed, DAYS[0]), Stage.SELECTED, DAYS[0])
    exempt = year(number=2026, decisions=(CASE._replace(exemption="涉密", meeting=None, listed_on=DAYS[0]),))
    with pytest.raises(CommandError, match="特殊情况"):
        complete(line_of(exempt, DAYS[0]), Stage.INVITED, DAYS[0])
    with pytest.raises(CommandError, match="已经办了"):
        complete(line_of(exempt, DAYS[0]), Stage.LISTED, DAYS[0])


def test_whoever_gave_an_opinion_is_told_also_where_nobody_wrote_down_the_invitation() -> None:
    row = CHOSEN[0]._replace(invited_on=None, attendance=None)
    assert not is_owed_feedback(row, ())
    assert is_owed_feedback(row, (SAID,))
    assert not is_owed_feedback(row._replace(attendance=Attendance.ABSENT), (SAID,))


def test_absent_delegates_are_not_told() -> None:
    came = (
        CHOSEN[0]._replace(attendance=Attendance.PRESENT),
        CHOSEN[1]._replace(attendance=Attendance.ABSENT),
    )
    came = tuple(row._replace(invited_on=DAYS[0]) for row in came)
    answered = SAID._replace(outcome=Outcome.ADOPTED)
    ready = CASE._replace(listed_on=DAYS[0], selected_on=DAYS[0])
    snapshot = year(
        number=2026, meetings=(MEETING._replace(tentative=False),), decisions=(ready,), delegates=PEOPLE,
        invitations=came, opinions=(answered,),
    )  # fmt: skip
    done = complete(line_of(snapshot, DAYS[4]), Stage.TOLD, DAYS[4])
    assert [change.key for change in done.changes] == ["ip"]


THIRD = Delegate("r", "王五", reserve=True)
OTHER_DAYS = {
    "moved away": MEETING._replace(tentative=False, starts_at=datetime(2026, 11, 2, 9)),
    "moved back": MEETING._replace(tentative=False),
    "unsettled": MEETING,
}
FORWARD = [
    Stage.LISTED, "moved back", "choose", "choose", Stage.SELECTED, "invite", Stage.PRESENT, "say", "answer",
    Stage.TOLD, "close",
]  # fmt: skip
"""The straight way to a closed case, a step at a time; the law is about all the others."""
ACTIONS = st.lists(
    st.sampled_from(
        [
            *FORWARD, *STAGES, "reserve", "tell early", "take back", "decide late", "reopen", "drop", "undo", "redo",
            "exempt", "close", "moved away", "unsettled", "no meeting", "town", "hear", "forget",
        ]
    ),
    max_size=15,
)  # fmt: skip
TODAY = date(2026, 10, 20)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(len(FORWARD), ["choose", "tell early"])
@given(st.one_of(st.just(len(FORWARD)), st.integers(0, len(FORWARD))), ACTIONS)
def test_no_order_of_steps_closes_a_case_with_an_open_end_and_undo_leads_back(
    tmp_path_factory: pytest.TempPathFactory, straight: int, actions: list[str]
) -> None:
    with open_store(tmp_path_factory.mktemp("案") / "数据.db") as store:
        commands.create_year(
            store, year(number=2026, meetings=(MEETING,), decisions=(CASE,), delegates=(*PEOPLE, THIRD))
        )
        seen, undone = [year_snapshot(store, 2026)], 0
        for action in [*FORWARD[:straight], *actions]:
            before = year_snapshot(store, 2026)
            try:
                act(store, action, can_undo=len(seen) - undone > 1)
            except CommandError:
                assert year_snapshot(store, 2026) == before
            now = year_snapshot(store, 2026)
            if action in ("undo", "redo"):
                undone += {"undo": len(seen) - undone > 1, "redo": -(undone > 0)}[action]
                assert now == seen[-1 - undone]
            elif now != before:
                seen, undone = [*seen[: len(seen) - undone], now], 0
            require_sound(now)
        for left in reversed(seen[: len(seen) - undone - 1]):
            commands.undo(store)
            assert year_snapshot(store, 2026) == left


def require_sound(now: YearSnapshot) -> None:
    """A closed case has its meeting behind it and somebody invited, or its hearing, or a reason; nothing is open."""
    (decision,) = now.decisions
    if decision.closed_on is None:
        return
    assert open_ends(now.invitations, now.opinions) == (0, 0)
    for row in now.invitations:
        own = [one for one in now.opinions if one.delegate == row.delegate]
        if row.told_on and own and row.attendance is not Attendance.ABSENT:
            assert all(one.outcome and (one.decided_on or row.told_on) <= row.told_on for one in own)
    if decision.body is DecisionBody.DISTRICT:
        day = now.meetings[0].day if decision.meeting else None
        assert day is None or day <= decision.closed_on
        called = any(row.invited_on or row.attendance for row in now.invitations)
        assert decision.exemption or (day and not now.meetings[0].tentative and called)
    else:
        heard = decision.hearing_forms and decision.heard_on and decision.heard_on <= decision.closed_on
        assert decision.exemption or heard


def test_the_straight_way_closes_the_case(store: Store) -> None:
    for action in FORWARD:
        assert year_snapshot(store, 2026).decisions[0].closed_on is None
        act(store, action, can_undo=False)
    assert year_snapshot(store, 2026).decisions[0].closed_on == TODAY


def act(store: Store, action: str, *, can_undo: bool) -> None:
    now = year_snapshot(store, 2026)
    decision, opinion = now.decisions[0], next(iter(now.opinions), SAID)
    answered = opinion._replace(outcome=Outcome.ADOPTED, decided_on=date(2026, 10, 12))
    decisions = {
        "reopen": decision._replace(closed_on=None),
        "close": decision._replace(closed_on=TODAY),
        "exempt": decision._replace(exemption="" if decision.exemption else "涉密"),
        "no meeting": decision._replace(meeting=None),
        "town": decision._replace(body=DecisionBody.TOWN),
        "hear": decision._replace(hearing_forms=("交流座谈",), heard_on=date(2026, 10, 1)),
        "forget": decision._replace(hearing_forms=()),
    }
    opinions = {
        "say": SAID._replace(key=f"o{len(now.opinions)}"),
        "answer": answered,
        "decide late": answered._replace(decided_on=date(2026, 10, 21)),
        "take back": opinion._replace(outcome=None, decided_on=None),
    }
    if action in STAGES:
        tick(store, Stage(action), TODAY)
    elif action in decisions:
        put(store, ItemKind.DECISION, decisions[action])
    elif action in opinions:
        put(store, ItemKind.OPINION, opinions[action])
    elif action in OTHER_DAYS:
        put(store, ItemKind.MEETING, OTHER_DAYS[action])
    elif action == "choose":
        put(store, ItemKind.INVITATION, CHOSEN[len(now.invitations) % 2])
    elif action == "reserve":
        put(store, ItemKind.INVITATION, Invitation("ir", "d", "r"))
    elif action in ("invite", "tell early"):
        days = {"invite": {"invited_on": DAYS[3]}, "tell early": {"told_on": DAYS[4]}}[action]
        rows = [RowChange.of(row, row._replace(**days)) for row in now.invitations]
        commands.apply_changes(store, 2026, action, rows)
    elif action == "drop" and now.opinions:
        commands.remove_item(store, 2026, ItemKind.OPINION, opinion.key)
    elif action == "undo" and can_undo:
        commands.undo(store)
    elif action == "redo":
        commands.redo(store)


def test_several_who_are_invited_one_by_one_are_done_with_the_last(store: Store) -> None:
    """mock-06: 代表 3 / 邀请 1 with the ring 限 6/22."""
    tick(store, Stage.LISTED, DAYS[0])
    tick(store, Stage.SCHEDULED, DAYS[1])
    put(store, ItemKind.INVITATION, CHOSEN[0]._replace(invited_on=DAYS[2]), CHOSEN[1])
    tick(store, Stage.SELECTED, DAYS[2])
    line = line_of(year_snapshot(store, 2026), DAYS[3])
    assert (line.node(Stage.INVITED).state, line.node(Stage.INVITED).day) == (
        StageState.CURRENT,
        date(2026, 9, 15),
    )
    assert line.called == 1
    tick(store, Stage.INVITED, DAYS[3])
    line = line_of(year_snapshot(store, 2026), DAYS[3])
    assert [row.invited_on for row in line.invitations] == [DAYS[2], DAYS[3]]
    assert (line.node(Stage.INVITED).state, line.node(Stage.INVITED).day) == (StageState.DONE, DAYS[3])
    put(store, ItemKind.INVITATION, line.invitations[0]._replace(attendance=Attendance.LEAVE))
    line = line_of(year_snapshot(store, 2026), TODAY)
    assert line.node(Stage.PRESENT).state is StageState.OVERDUE
    tick(store, Stage.PRESENT, TODAY)
    line = line_of(year_snapshot(store, 2026), TODAY)
    assert [row.attendance for row in line.invitations] == [Attendance.LEAVE, Attendance.PRESENT]
    assert line.node(Stage.PRESENT).state is StageState.DONE


def test_an_invitation_planned_for_later_is_done_today_and_none_is_made_after_the_meeting(
    store: Store,
) -> None:
    tick(store, Stage.LISTED, DAYS[0])
    tick(store, Stage.SCHEDULED, DAYS[1])
    put(store, ItemKind.INVITATION, CHOSEN[0]._replace(invited_on=DAYS[4]), CHOSEN[1])
    tick(store, Stage.SELECTED, DAYS[2])
    with pytest.raises(CommandError, match="会议已经开过，今天不能算邀请日期"):
        tick(store, Stage.INVITED, date(2026, 9, 22))
    tick(store, Stage.INVITED, DAYS[3])
    assert [row.invited_on for row in year_snapshot(store, 2026).invitations] == [DAYS[3], DAYS[3]]


def test_telling_again_replaces_a_feedback_that_came_too_early(store: Store) -> None:
    for action in FORWARD[:7]:
        act(store, action, can_undo=False)
    act(store, "tell early", can_undo=False)
    act(store, "say", can_undo=False)
    line = line_of(year_snapshot(store, 2026), TODAY)
    assert line.node(Stage.TOLD).state is StageState.WAITING
    act(store, "answer", can_undo=False)
    with pytest.raises(CommandError, match="还不能结案：1 名代表未反馈"):
        close_case(line_of(year_snapshot(store, 2026), TODAY), TODAY)
    tick(store, Stage.TOLD, TODAY)
    assert [row.told_on for row in year_snapshot(store, 2026).invitations] == [TODAY, DAYS[4]]
    assert close_case(line_of(year_snapshot(store, 2026), TODAY), TODAY).changes


def test_nothing_is_closed_in_the_window_without_a_meeting_or_somebody_invited(store: Store) -> None:
    def refused(today: date) -> str:
        with pytest.raises(CommandError) as told:
            close_case(line_of(year_snapshot(store, 2026), today), today)
        return str(told.value)

    act(store, "no meeting", can_undo=False)
    assert refused(TODAY) == "还不能结案：还没有上会（第20条）。没有结案。请先办完这些。"
    put(store, ItemKind.DECISION, CASE)
    assert "会议还没有开" in refused(DAYS[3])
    assert "会议还是暂定" in refused(TODAY)
    act(store, "moved back", can_undo=False)
    put(store, ItemKind.INVITATION, *CHOSEN)
    assert "没有邀请代表，也没有写明特殊情况（第20条）" in refused(TODAY)
    act(store, "exempt", can_undo=False)
    assert close_case(line_of(year_snapshot(store, 2026), TODAY), TODAY).changes


# hearings (§21)


def test_a_decision_of_a_town_goes_through_its_own_five_stages(store: Store) -> None:
    def node(stage: Stage) -> tuple[StageState, date | None]:
        found = line_of(year_snapshot(store, 2026), TODAY).node(stage)
        return found.state, found.day

    town = CASE._replace(body=DecisionBody.TOWN, meeting=None)
    put(store, ItemKind.DECISION, town)
    line = line_of(year_snapshot(store, 2026), TODAY)
    assert [line.label(one.stage) for one in line.nodes] == [
        "列入目录",
        "听取意见",
        "采纳研究",
        "反馈",
        "公开",
    ]
    assert line.late == 0
    with pytest.raises(CommandError, match="“列入目录”还没有办，不能先办“听取意见”"):
        tick(store, Stage.OPINIONS, DAYS[0])
    tick(store, Stage.LISTED, DAYS[0])
    with pytest.raises(CommandError, match="还没有写明用什么形式听取了意见"):
        tick(store, Stage.OPINIONS, DAYS[1])
    put(store, ItemKind.DECISION, town._replace(listed_on=DAYS[0], hearing_forms=("问卷调查",)))
    assert node(Stage.OPINIONS) == (StageState.CURRENT, None)
    tick(store, Stage.OPINIONS, DAYS[1])
    assert node(Stage.OPINIONS) == (StageState.DONE, DAYS[1])
    assert node(Stage.STUDIED) == (StageState.CURRENT, None)
    with pytest.raises(CommandError, match="还没有写明听取了哪些意见、怎样采纳"):
        tick(store, Stage.STUDIED, DAYS[2])
    (heard,) = year_snapshot(store, 2026).decisions
    put(store, ItemKind.DECISION, heard._replace(hearing_note="夜间开放，已采纳"))
    assert node(Stage.STUDIED) == (StageState.DONE, None)
    with pytest.raises(CommandError, match="公开即是反馈"):
        tick(store, Stage.TOLD, DAYS[2])
    tick(store, Stage.PUBLISHED, DAYS[3])
    assert node(Stage.TOLD) == node(Stage.PUBLISHED) == (StageState.DONE, DAYS[3])
    closed = close_case(line_of(year_snapshot(store, 2026), TODAY), TODAY)
    commands.apply_changes(store, 2026, closed.title, closed.changes)


def test_who_took_part_in_a_hearing_is_told_singly(store: Store) -> None:
    put(
        store,
        ItemKind.DECISION,
        CASE._replace(
            body=DecisionBody.TOWN,
            meeting=None,
            listed_on=DAYS[0],
            hearing_forms=("交流座谈",),
            heard_on=DAYS[1],
        ),
    )
    put(store, ItemKind.INVITATION, CHOSEN[0]._replace(attendance=Attendance.PRESENT))
    put(store, ItemKind.OPINION, SAID)
    line = line_of(year_snapshot(store, 2026), TODAY)
    assert [node.state for node in line.nodes] == [
        StageState.DONE, StageState.DONE, StageState.CURRENT, StageState.WAITING, StageState.WAITING,
    ]  # fmt: skip
    with pytest.raises(CommandError, match="1 条意见还没有写明采纳情况"):
        tick(store, Stage.STUDIED, TODAY)
    with pytest.raises(CommandError, match="“采纳研究”还没有办"):
        tick(store, Stage.TOLD, TODAY)
    act(store, "answer", can_undo=False)
    tick(store, Stage.TOLD, TODAY)
    line = line_of(year_snapshot(store, 2026), TODAY)
    assert (line.node(Stage.TOLD).state, line.node(Stage.TOLD).day) == (StageState.DONE, TODAY)


def test_reserves_wait_they_are_not_invited_nor_told_and_do_not_keep_a_case_open() -> None:
    facts = year(
        meetings=(Meeting("m1", "区政府常务会议", "第1次", datetime(2027, 3, 1, 9)),),
        decisions=(
            Decision(
                "d1", "菜场改造", listed_on=date(2027, 1, 5), meeting="m1", selected_on=date(2027, 2, 10)
            ),
        ),
        delegates=(Delegate("p1", "代表1"), Delegate("p2", "代表2", reserve=True)),
        invitations=(Invitation("i1", "d1", "p1"), Invitation("i2", "d1", "p2")),
    )
    for stage, today in (
        (Stage.INVITED, date(2027, 2, 20)),
        (Stage.PRESENT, date(2027, 3, 1)),
        (Stage.TOLD, date(2027, 3, 5)),
    ):
        changes = complete(decision_line(facts, rules_of(facts), today, "d1"), stage, today).changes
        assert [change.key for change in changes] == ["i1"]
        (after,) = (change.after for change in changes)
        assert isinstance(after, Invitation)
        facts = year(
            meetings=facts.meetings, decisions=facts.decisions, delegates=facts.delegates,
            invitations=(after, Invitation("i2", "d1", "p2")),
        )  # fmt: skip
    line = decision_line(facts, rules_of(facts), today, "d1")
    assert line.node(Stage.TOLD).state is StageState.DONE
    assert close_case(line, today).changes
