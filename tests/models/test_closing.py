"""结案：哪条路都关不上一个没开会、没邀请、还有意见悬着的事项；旧文件里已经结案的照样能用。"""

from __future__ import annotations

from datetime import date, datetime

import pytest

from exports.package import read_package, write_package
from models import commands, queries, writing
from models.delegates import erase_delegates
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
from models.domain.errors import CommandError, InputError
from models.domain.snapshot import Item, ItemKind, YearSnapshot
from models.domain.year import Year
from models.store import Store
from tests.models.years import small_year

DAY = date(2027, 6, 1)
MEETING = Meeting("m9", "区政府常务会议", "第9次", datetime(2027, 5, 10, 9, 30))
CASE = Decision("d9", "停车管理办法", meeting="m9")
DELEGATE = Delegate("p9", "张三")
INVITED = Invitation("i9", "d9", "p9", date(2027, 5, 3), Attendance.PRESENT)
SAID = Opinion("o9", "d9", "p9", "多设夜间泊位")


@pytest.fixture
def case(store: Store) -> Store:
    """The small year with one decision at a meeting, a delegate who came and an opinion without an outcome."""
    for kind, item in (
        (ItemKind.MEETING, MEETING),
        (ItemKind.DECISION, CASE),
        (ItemKind.DELEGATE, DELEGATE),
        (ItemKind.INVITATION, INVITED),
        (ItemKind.OPINION, SAID),
    ):
        commands.put_item(store, 2027, kind, item)
    return store


def close(store: Store, decision: Decision = CASE) -> None:
    commands.put_item(store, 2027, ItemKind.DECISION, decision._replace(closed_on=DAY))


def put(store: Store, kind: ItemKind, item: Item) -> None:
    commands.put_item(store, 2027, kind, item)


def finish(store: Store) -> None:
    commands.put_item(store, 2027, ItemKind.OPINION, SAID._replace(outcome=Outcome.ADOPTED))
    commands.put_item(store, 2027, ItemKind.INVITATION, INVITED._replace(told_on=DAY))


def test_a_case_with_an_open_opinion_or_an_untold_delegate_is_not_closed(case: Store) -> None:
    with pytest.raises(CommandError, match="1 条意见未写明采纳情况，1 名代表未反馈"):
        close(case)
    finish(case)
    close(case)
    found = queries.one_item(case, ItemKind.DECISION, 2027, "d9")
    assert isinstance(found, Decision)
    assert found.closed_on == DAY


def test_a_closed_case_takes_no_new_open_opinion_and_none_loses_its_outcome(case: Store) -> None:
    finish(case)
    close(case)
    before = queries.year_snapshot(case, 2027)
    for kind, item in (
        (ItemKind.OPINION, SAID._replace(key="o10")),
        (ItemKind.OPINION, SAID),
        (ItemKind.INVITATION, INVITED),
        (ItemKind.OPINION, SAID._replace(outcome=Outcome.PARTLY, reply="部分")._replace(outcome=None)),
    ):
        with pytest.raises(CommandError, match="不能结案"):
            commands.put_item(case, 2027, kind, item)
    assert queries.year_snapshot(case, 2027) == before


def test_closing_together_with_the_last_answer_is_one_step(case: Store) -> None:
    commands.apply_changes(
        case,
        2027,
        "结案",
        [
            RowChange(ItemKind.DECISION, "d9", CASE, CASE._replace(closed_on=DAY)),
            RowChange(ItemKind.OPINION, "o9", SAID, SAID._replace(outcome=Outcome.ADOPTED)),
            RowChange(ItemKind.INVITATION, "i9", INVITED, INVITED._replace(told_on=DAY)),
        ],
    )
    commands.undo(case)
    assert queries.one_item(case, ItemKind.DECISION, 2027, "d9") == CASE


def test_a_package_with_a_case_closed_too_early_is_refused_by_name() -> None:
    package = write_package(
        YearSnapshot(
            Year(2027),
            meetings=[MEETING],
            decisions=[CASE._replace(closed_on=DAY)],
            delegates=[DELEGATE],
            invitations=[INVITED],
            opinions=[SAID],
        )
    )
    with pytest.raises(InputError, match="不能结案：1 条意见未写明采纳情况、1 名代表未反馈"):
        read_package(package, "年度.json")


def test_an_import_past_the_reader_is_refused_as_well(store: Store) -> None:
    year = small_year()
    early = YearSnapshot(
        year.year_row,
        units=year.units,
        meetings=[MEETING],
        decisions=[CASE._replace(closed_on=DAY)],
        delegates=[DELEGATE],
        opinions=[SAID],
    )
    before = queries.year_snapshot(store, 2027)
    with pytest.raises(CommandError, match="不能结案"):
        commands.import_year(store, early)
    assert queries.year_snapshot(store, 2027) == before


# a meeting, somebody invited (§20), a hearing (§21)


@pytest.mark.parametrize(
    ("meeting", "decision", "words"),
    [
        (MEETING, CASE._replace(meeting=None), "还没有上会"),
        (MEETING._replace(starts_at=None), CASE, "还没有上会"),
        (MEETING._replace(tentative=True), CASE, "会议还是暂定"),
        (MEETING._replace(starts_at=datetime(2027, 6, 2, 9)), CASE, "会议还没有开"),
        (
            MEETING._replace(starts_at=datetime(2027, 6, 2, 9)),
            CASE._replace(exemption="涉密"),
            "会议还没有开",
        ),
        (MEETING, CASE, "没有邀请代表，也没有写明特殊情况"),
        (MEETING._replace(starts_at=datetime(2027, 6, 1, 9)), CASE._replace(exemption="涉密"), ""),
        (MEETING, CASE._replace(meeting=None, exemption="涉密"), ""),
        (MEETING, CASE._replace(body=DecisionBody.TOWN), "没有登记听取意见的形式，也没有写明特殊情况"),
        (
            MEETING,
            CASE._replace(body=DecisionBody.TOWN, hearing_forms=("交流座谈",)),
            "没有登记哪一天听取了意见",
        ),
        (
            MEETING,
            CASE._replace(body=DecisionBody.PARK, hearing_forms=("问卷调查",), heard_on=date(2027, 6, 2)),
            "听取意见还没有进行",
        ),
        (MEETING, CASE._replace(body=DecisionBody.PARK, hearing_forms=("问卷调查",), heard_on=DAY), ""),
        (MEETING, CASE._replace(body=DecisionBody.TOWN, exemption="应急"), ""),
    ],
)
def test_a_case_is_closed_after_a_meeting_with_somebody_invited_or_a_hearing_or_for_a_reason(
    store: Store, meeting: Meeting, decision: Decision, words: str
) -> None:
    put(store, ItemKind.MEETING, meeting)
    put(store, ItemKind.DECISION, decision)
    put(store, ItemKind.DELEGATE, DELEGATE)
    put(store, ItemKind.INVITATION, Invitation("i9", "d9", "p9"))  # on the list, not invited
    before = queries.year_snapshot(store, 2027)
    package = write_package(
        YearSnapshot(Year(2027), meetings=[meeting], decisions=[decision._replace(closed_on=DAY)])
    )
    if words:
        with pytest.raises(CommandError, match=f"“停车管理办法”不能结案：{words}（第2[01]条）"):
            close(store, decision)
        assert queries.year_snapshot(store, 2027) == before
        with pytest.raises(InputError, match=f"不能结案：{words}"):
            read_package(package, "年度.json")
    else:
        close(store, decision)
        assert read_package(package, "年度.json").decisions[0].closed_on == DAY


def test_the_meeting_of_a_closed_case_stays_before_its_closing(case: Store) -> None:
    finish(case)
    close(case)
    before = queries.year_snapshot(case, 2027)
    for meeting in (
        MEETING._replace(starts_at=datetime(2027, 6, 2, 9)),
        MEETING._replace(starts_at=None),
        MEETING._replace(tentative=True),
    ):
        with pytest.raises(CommandError, match=r"不能结案：(会议还|还没有上会)"):
            put(case, ItemKind.MEETING, meeting)
    with pytest.raises(CommandError, match="不能结案：会议还没有开"):
        put(case, ItemKind.DECISION, CASE._replace(closed_on=date(2027, 5, 9)))
    assert queries.year_snapshot(case, 2027) == before


# told before there was anything to tell


@pytest.mark.parametrize(
    ("told", "decided", "early"),
    [
        (date(2027, 5, 12), date(2027, 5, 13), True),
        (date(2027, 5, 13), date(2027, 5, 13), False),
        (date(2027, 5, 14), date(2027, 5, 13), False),
        (date(2027, 5, 12), None, False),
    ],
)
def test_who_was_told_before_the_outcome_still_has_to_be_told(
    case: Store, told: date, decided: date | None, early: bool
) -> None:
    put(case, ItemKind.INVITATION, INVITED._replace(told_on=told))
    assert is_owed_feedback(INVITED._replace(told_on=told), [SAID])
    answered = SAID._replace(outcome=Outcome.ADOPTED, decided_on=decided)
    put(case, ItemKind.OPINION, answered)
    assert open_ends([INVITED._replace(told_on=told)], [answered]) == (0, int(early))
    if early:
        with pytest.raises(CommandError, match="不能结案：1 名代表未反馈"):
            close(case)
        with pytest.raises(CommandError, match="有 1 名代表还没有反馈"):
            erase_delegates(case, 2027, ["p9"])
        put(case, ItemKind.INVITATION, INVITED._replace(told_on=decided))
    close(case)


def test_only_what_the_delegate_said_on_this_decision_counts() -> None:
    told = INVITED._replace(told_on=DAY)
    later = SAID._replace(outcome=Outcome.ADOPTED, decided_on=date(2027, 6, 2))
    assert is_owed_feedback(told, [later])
    assert not is_owed_feedback(told, [later._replace(delegate="p8"), later._replace(decision="d8")])


# files of a time with fewer conditions


@pytest.fixture
def old_case(case: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The case closed although the delegate was told before the outcome, as older programs allowed."""
    early = INVITED._replace(told_on=date(2027, 5, 12))
    with monkeypatch.context() as older:
        older.setattr(writing, "require_closable", lambda *_: None)
        put(case, ItemKind.INVITATION, early)
        put(case, ItemKind.OPINION, SAID._replace(outcome=Outcome.ADOPTED, decided_on=date(2027, 5, 20)))
        close(case)
    return case


def test_what_was_closed_under_fewer_conditions_can_be_worked_on(old_case: Store) -> None:
    closed = CASE._replace(closed_on=DAY)
    put(old_case, ItemKind.DECISION, closed._replace(published_on=DAY))
    put(old_case, ItemKind.MEETING, MEETING._replace(place="301"))
    with pytest.raises(CommandError, match="1 条意见未写明采纳情况，1 名代表未反馈"):
        put(old_case, ItemKind.OPINION, SAID._replace(key="o10"))
    with pytest.raises(CommandError, match="会议还是暂定，1 名代表未反馈"):
        put(old_case, ItemKind.MEETING, MEETING._replace(place="301", tentative=True))


def test_undo_and_redo_lead_back_to_what_an_older_program_closed(old_case: Store) -> None:
    closed = queries.year_snapshot(old_case, 2027)
    put(old_case, ItemKind.DECISION, CASE)
    with pytest.raises(CommandError, match="1 名代表未反馈"):
        close(old_case)
    commands.undo(old_case)
    assert queries.year_snapshot(old_case, 2027) == closed
    commands.undo(old_case)
    assert queries.year_snapshot(old_case, 2027).decisions[-1].closed_on is None
    commands.redo(old_case)
    assert queries.year_snapshot(old_case, 2027) == closed
