"""办结环节：一步一步走到底，不越过、不缺料；任何次序都到不了还有悬着的意见的结案。"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import commands
from models.domain.attendance import (
    Attendance,
    Decision,
    Delegate,
    Invitation,
    Meeting,
    Opinion,
    Outcome,
    open_ends,
)
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


ACTIONS = st.lists(
    st.sampled_from(["choose", "say", "answer", "take back", "close", "reopen", "drop", "undo", *STAGES]),
    max_size=25,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTIONS)
def test_no_order_of_steps_closes_a_case_with_an_open_end_and_undo_leads_back(
    tmp_path_factory: pytest.TempPathFactory, actions: list[str]
) -> None:
    today = date(2026, 10, 20)
    with open_store(tmp_path_factory.mktemp("案") / "数据.db") as store:
        commands.create_year(
            store, year(number=2026, meetings=(MEETING,), decisions=(CASE,), delegates=PEOPLE)
        )
        seen = [year_snapshot(store, 2026)]
        for action in actions:
            before = year_snapshot(store, 2026)
            try:
                act(store, action, today, can_undo=len(seen) > 1)
            except CommandError:
                assert year_snapshot(store, 2026) == before
            now = year_snapshot(store, 2026)
            if action == "undo" and len(seen) > 1:
                seen.pop()
                assert now == seen[-1]
            elif now != before:
                seen.append(now)
            if now.decisions[0].closed_on is not None:
                assert open_ends(now.invitations, now.opinions) == (0, 0)
        while len(seen) > 1:
            seen.pop()
            commands.undo(store)
            assert year_snapshot(store, 2026) == seen[-1]


def act(store: Store, action: str, today: date, *, can_undo: bool) -> None:
    now = year_snapshot(store, 2026)
    decision, opinion = now.decisions[0], next(iter(now.opinions), SAID)
    if action in STAGES:
        tick(store, Stage(action), today)
    elif action == "choose":
        put(store, ItemKind.INVITATION, CHOSEN[len(now.invitations) % 2])
    elif action == "say":
        put(store, ItemKind.OPINION, SAID._replace(key=f"o{len(now.opinions)}"))
    elif action == "answer":
        put(store, ItemKind.OPINION, opinion._replace(outcome=Outcome.ADOPTED))
    elif action == "take back":
        put(store, ItemKind.OPINION, opinion._replace(outcome=None))
    elif action == "reopen":
        put(store, ItemKind.DECISION, decision._replace(closed_on=None))
    elif action == "close":
        put(store, ItemKind.DECISION, decision._replace(closed_on=today))
    elif action == "drop" and now.opinions:
        commands.remove_item(store, 2026, ItemKind.OPINION, opinion.key)
    elif action == "undo" and can_undo:
        commands.undo(store)


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
    today = date(2027, 3, 5)
    for stage in (Stage.INVITED, Stage.PRESENT, Stage.TOLD):
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
