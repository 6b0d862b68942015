"""台账的分组与次序。"""

from __future__ import annotations

from models.domain.snapshot import YearSnapshot
from planners.ledger_groups import Grouping, Order, grouped
from planners.ledger_rows import LedgerColumn, ledger_rows
from tests.factories import check, event, sample, year

YEAR = year(
    event("lecture", "2027-06-20", key="A", title="乙", lead_units=("区教育局",)),
    event("community", "2027-03-02", key="B", title="甲", lead_units=("区司法局",)),
    event("lecture", None, key="C", lead_units=("区教育局",)),
    event("park", "2027-06-01", key="D", title="丁", at="16:00"),
)


def groups(
    grouping: Grouping, order: Order | None = None, snapshot: YearSnapshot = YEAR
) -> list[tuple[str, list[str]]]:
    checked = check(snapshot)
    found = grouped(ledger_rows(snapshot, checked), grouping, order or Order(), snapshot, checked.ruleset)
    return [(group.title, [row.key for row in group.rows]) for group in found]


def test_by_month_the_undated_first() -> None:
    assert groups(Grouping.MONTH) == [("待定日期", ["C"]), ("3月", ["B"]), ("6月", ["D", "A"])]


def test_months_run_backwards_with_the_days() -> None:
    order = Order(LedgerColumn.DATE, descending=True)
    assert groups(Grouping.MONTH, order) == [("待定日期", ["C"]), ("6月", ["A", "D"]), ("3月", ["B"])]


def test_by_unit_in_the_order_of_pinyin() -> None:
    assert groups(Grouping.UNIT) == [
        ("待定日期", ["C"]),
        ("区教育局", ["A"]),
        ("区司法局", ["B"]),
        ("未定牵头单位", ["D"]),
    ]


def test_by_campaign_in_their_own_order() -> None:
    assert [title for title, _ in groups(Grouping.CAMPAIGN)] == [
        "待定日期",
        "公开讲堂",
        "走进园区",
        "走进社区",
    ]


def test_without_groups_one_list() -> None:
    assert groups(Grouping.NONE) == [("", ["C", "B", "D", "A"])]
    assert groups(Grouping.NONE, snapshot=year()) == []


def test_sorted_by_another_column() -> None:
    assert groups(Grouping.NONE, Order(LedgerColumn.TIME))[0][1] == ["C", "B", "A", "D"]
    by_title = groups(Grouping.NONE, Order(LedgerColumn.TITLE, descending=True))[0][1]
    assert by_title.index("A") < by_title.index("B")


def test_every_column_can_be_sorted_by() -> None:
    everything = {event.key for event in sample().events}
    for column in LedgerColumn:
        ((_, keys),) = groups(Grouping.NONE, Order(column), sample())
        assert set(keys) == everything


def test_what_lacks_something_comes_first_by_missing() -> None:
    ((_, keys),) = groups(Grouping.NONE, Order(LedgerColumn.MISSING), sample())
    assert set(keys[:4]) == {"A036", "A040", "A045", "A007"}
