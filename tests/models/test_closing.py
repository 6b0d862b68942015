"""结案：哪条路都关不上一个还有意见悬着的事项。"""

from __future__ import annotations

from datetime import date

import pytest

from exports.package import read_package, write_package
from models import commands, queries
from models.domain.attendance import Attendance, Decision, Delegate, Invitation, Opinion, Outcome
from models.domain.changes import RowChange
from models.domain.errors import CommandError, InputError
from models.domain.snapshot import ItemKind, YearSnapshot
from models.domain.year import Year
from models.store import Store
from tests.models.years import small_year

DAY = date(2027, 6, 1)
CASE = Decision("d9", "停车管理办法")
DELEGATE = Delegate("p9", "张三")
INVITED = Invitation("i9", "d9", "p9", DAY, Attendance.PRESENT)
SAID = Opinion("o9", "d9", "p9", "多设夜间泊位")


@pytest.fixture
def case(store: Store) -> Store:
    """The small year with one decision, a delegate who came and an opinion without an outcome."""
    for kind, item in (
        (ItemKind.DECISION, CASE),
        (ItemKind.DELEGATE, DELEGATE),
        (ItemKind.INVITATION, INVITED),
        (ItemKind.OPINION, SAID),
    ):
        commands.put_item(store, 2027, kind, item)
    return store


def close(store: Store) -> None:
    commands.put_item(store, 2027, ItemKind.DECISION, CASE._replace(closed_on=DAY))


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
            decisions=[CASE._replace(closed_on=DAY)],
            delegates=[DELEGATE],
            invitations=[INVITED],
            opinions=[SAID],
        )
    )
    with pytest.raises(InputError, match="还有 1 条意见未写明采纳情况、1 名代表未反馈，不能结案"):
        read_package(package, "年度.json")


def test_an_import_past_the_reader_is_refused_as_well(store: Store) -> None:
    year = small_year()
    early = YearSnapshot(
        year.year_row,
        units=year.units,
        decisions=[CASE._replace(closed_on=DAY)],
        delegates=[DELEGATE],
        opinions=[SAID],
    )
    before = queries.year_snapshot(store, 2027)
    with pytest.raises(CommandError, match="不能结案"):
        commands.import_year(store, early)
    assert queries.year_snapshot(store, 2027) == before
