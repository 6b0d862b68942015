"""界限：日期与一行的文字在每个入口都有界限；从前存进的越界值能撤销，不能再写进去。"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from exports.package import read_package, write_package
from models import commands, queries
from models.domain import codec
from models.domain.errors import CommandError, InputError, UserError
from models.domain.events import Campaign, Event
from models.domain.name_patterns import any_phone, numbers_in
from models.domain.snapshot import ItemKind
from models.domain.year import BlockedPeriod
from models.store import Store
from models.unreadable import UnreadableError
from models.verifying import verify
from tests.models.years import LECTURE, small_year

FAR = datetime(9999, 12, 31, 14)
OUT = "日期应在 1990–2100 年之间"


@pytest.mark.parametrize(
    ("kind", "item", "words"),
    [
        (ItemKind.EVENT, LECTURE._replace(starts_at=FAR, ends_at=None), f"开始时间：“9999-12-31T14:00:00”，{OUT}"),
        (ItemKind.BLOCKED, BlockedPeriod("b9", date(1, 1, 1), date(2027, 1, 2)), f"第一天：“0001-01-01”，{OUT}"),
        (ItemKind.EVENT, LECTURE._replace(title="长" * 501), "文字过长，最多 500 字"),
        (ItemKind.EVENT, LECTURE._replace(platforms=("长" * 501,)), "文字过长，最多 500 字"),
    ],
)  # fmt: skip
def test_what_is_out_of_bounds_is_not_stored_and_the_bounds_are_said(
    store: Store, kind: ItemKind, item: Any, words: str
) -> None:
    with pytest.raises(CommandError, match=words):
        commands.put_item(store, 2027, kind, item)
    assert queries.year_snapshot(store, 2027) == small_year()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("due:lecture.plan", "9999-12-31", OUT),
        ("school_break.winter", "0001-01-01/2027-02-20", OUT),
        ("lead_workdays", 10**9, "应在 1–60 之间"),
    ],
)
def test_a_setting_that_no_check_could_reckon_with_is_refused(
    store: Store, name: str, value: Any, words: str
) -> None:
    with pytest.raises(UserError, match=words):
        commands.change_settings(store, 2027, {name: value})
    assert queries.year_snapshot(store, 2027) == small_year()


def test_a_package_names_the_place_of_what_is_out_of_bounds() -> None:
    data = write_package(small_year()).replace(b"2027-06-16T14:00", b"9999-06-16T14:00")
    with pytest.raises(InputError, match=r"events\[0\]\.starts_at：“9999-06-16T14:00:00”，" + OUT):
        read_package(data, "一年.json")


@pytest.fixture
def stored_far(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A file in which an earlier program, which knew no bounds, stored a day in 9999 as its last step."""
    with monkeypatch.context() as earlier:
        earlier.setattr(codec, "why_out_of_reach", lambda _: "")
        changed = LECTURE._replace(starts_at=FAR, ends_at=None)
        commands.put_item(store, 2027, ItemKind.EVENT, changed)
    return store


def test_a_value_an_earlier_program_stored_is_named_by_table_row_and_field(stored_far: Store) -> None:
    words = f"活动“E1”的开始时间：“9999-12-31T14:00”，{OUT}"
    with pytest.raises(UnreadableError, match=words):
        queries.year_snapshot(stored_far, 2027)
    assert verify(stored_far.path) == (f"{words}。",)


def test_undo_takes_it_back_and_redo_does_not_bring_it_again(stored_far: Store) -> None:
    commands.undo(stored_far)
    assert queries.year_snapshot(stored_far, 2027) == small_year()
    with pytest.raises(CommandError, match=OUT):
        commands.redo(stored_far)
    assert queries.year_snapshot(stored_far, 2027) == small_year()


def test_its_step_can_still_be_looked_at_in_the_log(stored_far: Store) -> None:
    (newest, *_) = queries.change_log(stored_far, 2027)
    after = newest.changes[0].after
    assert isinstance(after, Event)
    assert after.starts_at == FAR


def test_a_closed_period_counts_near_the_year_only() -> None:
    period = BlockedPeriod("b", date(1, 1, 1), date(9999, 12, 31), campaigns=(Campaign.PARK,))
    days = period.days_near(2027)
    assert (days[0], days[-1], len(days)) == (date(2026, 1, 1), date(2028, 12, 31), 365 + 365 + 366)
    short = BlockedPeriod("b", date(2027, 1, 12), date(2027, 1, 13))
    assert short.days_near(2027) == (date(2027, 1, 12), date(2027, 1, 13))
    assert short.days_near(2040) == ()


def test_forty_eight_phones_in_one_field_are_each_found() -> None:
    phones = [f"138{n:08}" for n in range(48)]
    pattern = any_phone(sorted(numbers_in(" ".join(phones))))
    found = [pattern.search(f"电话{phone}，") is not None for phone in phones]
    assert (found, pattern.search("13900000000")) == ([True] * 48, None)
