"""一步之后：变差的周期、落在休息日，用几个字说。"""

from __future__ import annotations

from datetime import datetime

from models.domain.changes import ChangeSet, RowChange
from models.domain.events import Event
from planners.consequences import consequences, worsened
from tests.factories import check, event, year


def step(before: Event | None, after: Event | None) -> ChangeSet:
    return ChangeSet(2027, "移动", (RowChange.of(before, after),))


def test_a_move_onto_a_holiday_out_of_its_month_says_both() -> None:
    lecture = event("lecture", "2027-07-14", key="a")
    moved = lecture._replace(starts_at=datetime(2027, 10, 1, 14), ends_at=datetime(2027, 10, 1, 16))
    before, after = year(lecture), year(moved)
    said = consequences(step(lecture, moved), check(before), check(after), after)
    assert said == ("10月1日是国庆节", "公开讲堂 · 7月 变为 0/1（待补）")


def test_a_step_that_makes_nothing_worse_says_nothing() -> None:
    lecture = event("lecture", "2027-07-14", key="a")
    moved = lecture._replace(starts_at=datetime(2027, 7, 15, 14), ends_at=datetime(2027, 7, 15, 16))
    before, after = year(lecture), year(moved)
    assert consequences(step(lecture, moved), check(before), check(after), after) == ()
    assert consequences(step(None, lecture), check(year()), check(before), before) == ()


def test_several_worse_periods_are_counted() -> None:
    events = [event("lecture", day, key=day) for day in ("2027-07-14", "2027-09-14")]
    before, after = check(year(*events)), check(year())
    assert len(worsened(before, after)) == 2
    (said,) = consequences(step(events[0], None), before, after, year())
    assert said == "公开讲堂 · 7月 变为 0/1（待补）等 2 处"
