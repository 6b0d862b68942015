"""采纳之前先看：会满足什么，会撞上什么。"""

from __future__ import annotations

from models.domain.changes import RowChange
from models.domain.snapshot import ItemKind
from planners.taking_effect import taking_effect
from tests.factories import check, event, year


def added(one: object) -> RowChange:
    return RowChange.of(None, one)  # type: ignore[attr-defined,arg-type]


def test_what_would_be_met_and_what_would_clash_is_told() -> None:
    plan = year(event(day="2027-06-16", venue="v1", key="a", title="甲"))
    checked = check(plan)
    other = event(day="2027-06-16", at="15:00", venue="v1", key="b", title="乙")
    effect = taking_effect(plan, checked, [added(other)])
    assert effect.headline.endswith("；新增冲突 1 处。")
    assert "同一时段有 2 场：“a”、“b”" in effect.lines[0]
    assert effect.is_bad
    july = taking_effect(plan, checked, [added(event(day="2027-07-14", key="c"))])
    assert "1 个未满足周期变为已满足或已排" in july.headline
    assert not july.is_bad


def test_nothing_taken_says_nothing_and_an_old_clash_is_not_told_again() -> None:
    plan = year(*(event(day="2027-06-16", venue="v1", key=key) for key in "ab"))
    checked = check(plan)
    assert taking_effect(plan, checked, []) == ("", (), False)
    gone = RowChange(ItemKind.EVENT, "b", plan.event_by_key["b"], plan.event_by_key["b"]._replace(place="x"))
    assert "冲突" not in taking_effect(plan, checked, [gone]).headline
