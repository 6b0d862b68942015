"""台账的筛选：每个条件一例，没有结果时的话。"""

from __future__ import annotations

from datetime import date

import pytest

from gui.services.pinyin import characters_by_letter
from models.domain.events import Campaign, EventStatus
from models.domain.snapshot import YearSnapshot
from models.domain.year import Exemption
from planners.ledger_filter import (
    EVERYTHING,
    LedgerFilter,
    StatusGroup,
    conditions,
    days_words,
    filtered,
    in_year,
    only,
    why_none,
    without,
)
from planners.ledger_rows import ledger_rows, searched_text
from planners.text_match import needles
from tests.factories import check, event, sample, year

AUGUST = (date(2027, 8, 1), date(2027, 8, 31))


def passing(chosen: LedgerFilter, snapshot: YearSnapshot | None = None) -> list[str]:
    """The keys of the events that pass."""
    snapshot = snapshot or sample()
    texts = {one.key: searched_text(one, snapshot) for one in snapshot.events}
    wanted = needles(chosen.text, characters_by_letter(texts.values()))
    return [row.key for row in filtered(ledger_rows(snapshot, check(snapshot)), chosen, texts, wanted)]


def test_nothing_asked_lets_everything_through() -> None:
    assert len(passing(EVERYTHING)) == len(sample().events)
    assert EVERYTHING.is_empty


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("法律科普", {"A036"}),
        ("wcnrbhfl", {"A036"}),
        ("mfd", {"A027"}),
        ("民f", {"A027"}),
        ("hxz", set()),
        ("xzzx", {"A035"}),
        ("hzzx", {"A035"}),
        ("高境镇 民法", {"A027"}),
        ("没有这个", set()),
    ],
)
def test_text_and_initials_find_titles_units_and_places(text: str, keys: set[str]) -> None:
    assert set(passing(LedgerFilter(text=text))) == keys


def test_initials_find_a_unit() -> None:
    assert "A027" in passing(LedgerFilter(text="qsfj"))


@pytest.mark.parametrize(
    ("chosen", "count"),
    [
        (LedgerFilter(campaign=Campaign.CAMPUS), 9),
        (LedgerFilter(unit="区司法局"), 7),
        (LedgerFilter(town="友谊路街道"), 3),
        (LedgerFilter(status=EventStatus.POSTPONED), 1),
        (LedgerFilter(status=StatusGroup.ACTIVE), 95),
        (LedgerFilter(status=StatusGroup.WAITING), 0),
        (LedgerFilter(first=AUGUST[0], last=AUGUST[1]), 47),
        (LedgerFilter(without_open_month=True), 49),
        (
            LedgerFilter(incomplete=True),
            4 + 23 + 2,
        ),  # 23 held ones without 佐证材料, 2 zones without contents
        (LedgerFilter(conflicting=True), 0),
        (LedgerFilter(campaign=Campaign.COMMUNITY, unit="区司法局"), 3),
    ],
)
def test_each_condition_counted_in_the_sample_year(chosen: LedgerFilter, count: int) -> None:
    assert len(passing(chosen)) == count


def test_undated_events_are_still_to_come() -> None:
    snapshot = year(event(day=None, key="X"), event(day="2027-03-01", key="Y"))
    assert passing(LedgerFilter(first=date(2027, 5, 1)), snapshot) == ["X"]
    assert passing(LedgerFilter(last=date(2027, 5, 1)), snapshot) == ["Y"]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (None, None, ""),
        (*AUGUST, "8月"),
        (date(2027, 7, 1), date(2027, 9, 30), "三季度"),
        (date(2027, 5, 12), None, "5月12日以后"),
        (None, date(2027, 6, 30), "6月30日以前"),
        (date(2027, 5, 12), date(2027, 6, 30), "5月12日—6月30日"),
        (date(2027, 5, 12), date(2027, 5, 12), "5月12日"),
        (date(2027, 12, 1), date(2027, 12, 31), "12月"),
    ],
)
def test_days_in_words(first: date | None, last: date | None, words: str) -> None:
    assert days_words(first, last) == words


FULL = LedgerFilter(
    "法", Campaign.CAMPUS, "区司法局", "高境镇", StatusGroup.ACTIVE, *AUGUST, True, True, True
)  # fmt: skip


def test_every_condition_has_words_and_can_be_taken_away() -> None:
    named = conditions(FULL, sample())
    assert [condition.words for condition in named] == [
        "“法”", "走进校区", "区司法局", "高境镇", "未取消", "8月", "不含开放月明细", "只看有缺项", "只看有冲突",
    ]  # fmt: skip
    left = FULL
    for condition in named:
        assert only(FULL, condition.name) != EVERYTHING
        left = without(left, condition.name)
    assert left == EVERYTHING


def why(chosen: LedgerFilter, snapshot: YearSnapshot) -> tuple[tuple[str, ...], list[str]]:
    found = why_none(chosen, snapshot, check(snapshot), lambda other: len(passing(other, snapshot)))
    return found.lines, [condition.words for condition in found.removable]


def test_an_exempt_month_is_the_reason() -> None:
    chosen = LedgerFilter(campaign=Campaign.COMMUNITY, unit="区司法局", first=AUGUST[0], last=AUGUST[1])
    lines, removable = why(chosen, sample())
    assert lines == ("走进社区 8月 按第 2 条豁免，本来就不要求活动。",)
    assert "8月" in removable


def test_a_registered_exemption_is_named_with_its_reason() -> None:
    exemption = Exemption("lecture.monthly", date(2027, 7, 1), date(2027, 7, 31), None, "设备检修")
    snapshot = year(event(), exemptions=(exemption,))
    chosen = LedgerFilter(campaign=Campaign.LECTURE, first=date(2027, 7, 1), last=date(2027, 7, 31))
    lines, _ = why(chosen, snapshot)
    assert lines == ("公开讲堂 7月 已登记豁免（设备检修），本来就不要求活动。",)


def test_a_condition_that_nothing_meets_is_the_reason() -> None:
    lines, removable = why(LedgerFilter(status=EventStatus.CANCELLED, unit="区司法局"), sample())
    assert lines == ("“已取消”本年没有活动。",)
    assert removable == ["已取消"]


def test_conditions_that_only_together_leave_nothing() -> None:
    chosen = LedgerFilter(campaign=Campaign.PARK, status=EventStatus.POSTPONED)
    lines, removable = why(chosen, sample())
    assert lines == ("单看每个条件都有活动，合在一起就没有了。",)
    assert removable == ["走进园区", "已延期"]


@pytest.mark.parametrize(
    ("days", "year", "wanted"),
    [
        ((date(2027, 8, 1), date(2027, 8, 31)), 2028, (date(2028, 8, 1), date(2028, 8, 31))),
        ((date(2027, 2, 1), date(2027, 2, 28)), 2028, (date(2028, 2, 1), date(2028, 2, 29))),
        ((date(2028, 2, 1), date(2028, 2, 29)), 2027, (date(2027, 2, 1), date(2027, 2, 28))),
        ((date(2027, 5, 12), None), 2029, (date(2029, 5, 12), None)),
        ((None, date(2027, 6, 30)), 2026, (None, date(2026, 6, 30))),
        ((date(2027, 12, 20), date(2028, 1, 10)), 2028, (date(2028, 12, 20), date(2029, 1, 10))),
        ((None, None), 2028, (None, None)),
    ],
)
def test_the_days_go_along_into_another_year(
    days: tuple[date | None, date | None], year: int, wanted: tuple[date | None, date | None]
) -> None:
    chosen = LedgerFilter(text="开放", first=days[0], last=days[1])
    moved = in_year(chosen, year)
    assert moved == chosen._replace(first=wanted[0], last=wanted[1])
    assert in_year(moved, year) == moved
