"""列席会议与事项、季度主题的改动：每一种认得出，归到要办的单位，印发过的改动前会问。"""

from __future__ import annotations

from datetime import date, datetime

from models.domain.attendance import Decision, Meeting
from models.domain.changes import RowChange
from models.domain.snapshot import ItemKind, YearSnapshot
from planners.change_kinds import ChangeKind
from planners.change_notice import unit_notices
from planners.change_words import change_sentence, counts_words
from planners.release_changes import PlanChanges, plan_changes
from planners.released_events import Departure, departures
from tests.factories import check, event, year

M1 = Meeting("m1", "区政府常务会议", "第3次", datetime(2027, 8, 2, 9, 30), place="区政府")
M2 = Meeting("m2", "区政府常务会议", "第4次", datetime(2027, 9, 6, 9, 30))
D1 = Decision("d1", "养老服务办法", unit="区司法局", meeting="m1")
D2 = Decision("d2", "学区划分", unit="区教育局", meeting="m1")
PARKS = (
    event("park", "2027-08-10", key="p1", lead_units=("区司法局",), park="南大智慧城"),
    event("park", "2027-05-10", key="p2", lead_units=("区教育局",)),
)


def plan(
    meetings: tuple[Meeting, ...] = (M1, M2),
    decisions: tuple[Decision, ...] = (D1, D2),
    themes: tuple[str | None, ...] = ("一", "二", "三", "四"),
) -> YearSnapshot:
    return year(*PARKS, meetings=meetings, decisions=decisions, themes=themes)


def between(after: YearSnapshot, before: YearSnapshot | None = None) -> PlanChanges:
    before = before or plan()
    return plan_changes(before, after, check(before), check(after), ("印发稿1", "草案"))


def told(
    after: YearSnapshot, before: YearSnapshot | None = None
) -> list[tuple[ChangeKind, str, tuple[str, ...]]]:
    return [(one.kind, one.key, one.units) for one in between(after, before).sittings]


def sentences(after: YearSnapshot, before: YearSnapshot | None = None) -> list[str]:
    return [change_sentence(one, after) for one in between(after, before).all]


def test_a_meeting_that_moves_is_one_change_for_the_units_of_its_decisions() -> None:
    after = plan((M1._replace(starts_at=datetime(2027, 9, 29, 14)), M2))
    assert told(after) == [(ChangeKind.MOVED, "m1", ("区司法局", "区教育局"))]
    assert sentences(after) == [
        "改期列席会议“区政府常务会议第3次”：时间 8月2日 09:30 → 9月29日 14:00；列席事项“养老服务办法”、“学区划分”"
    ]
    assert between(after).count(ChangeKind.MOVED) == 1
    assert counts_words(between(after)) == "改期 1"


def test_its_number_and_its_place_are_changes() -> None:
    after = plan((M1._replace(number="第5次", place="档案馆"), M2))
    assert told(after) == [(ChangeKind.CHANGED, "m1", ("区司法局", "区教育局"))]
    assert "会次 第3次 → 第5次；地点 区政府 → 档案馆" in sentences(after)[0]


def test_a_meeting_without_a_day_is_postponed_and_a_deleted_one_takes_its_decisions_along() -> None:
    assert told(plan((M1._replace(starts_at=None), M2)))[0][:2] == (ChangeKind.POSTPONED, "m1")
    gone = plan((M2,), (D1._replace(meeting=None), D2._replace(meeting="m2")))
    assert told(gone) == [
        (ChangeKind.CANCELLED, "m1", ("区司法局", "区教育局")),
        (ChangeKind.POSTPONED, "d1", ("区司法局",)),
        (ChangeKind.MOVED, "d2", ("区教育局",)),
    ]


def test_a_decision_on_another_meeting_exempted_added_and_removed() -> None:
    assert told(plan(decisions=(D1._replace(meeting="m2"), D2))) == [(ChangeKind.MOVED, "d1", ("区司法局",))]
    exempt = plan(decisions=(D1._replace(exemption="涉密"), D2))
    assert told(exempt) == [(ChangeKind.CHANGED, "d1", ("区司法局",))]
    assert sentences(exempt) == ["调整列席事项“养老服务办法”：特殊情况，不邀请公众代表：涉密"]
    assert told(plan(decisions=(D1,))) == [(ChangeKind.CANCELLED, "d2", ("区教育局",))]
    assert told(plan(), plan(decisions=(D1,))) == [(ChangeKind.NEW, "d2", ("区教育局",))]


def test_what_the_case_goes_through_is_no_change() -> None:
    gone_on = D1._replace(noticed_on=date(2027, 7, 1), selected_on=date(2027, 7, 5), quota=3)
    assert told(plan(decisions=(gone_on, D2))) == []
    assert between(plan(decisions=(gone_on, D2))).all == ()


def test_a_decision_handed_over_stands_under_its_new_unit() -> None:
    (change,) = between(plan(decisions=(D1._replace(unit="区教育局"), D2))).sittings
    assert (change.lead, change.former) == ("区教育局", ("区司法局",))


def test_a_theme_concerns_the_units_of_the_quarters_parks() -> None:
    after = plan(themes=("一", "二", "人才服务", None))
    (third, fourth) = between(after).themes
    assert (third.kind, third.quarter, third.units) == (ChangeKind.CHANGED, 3, ("区司法局", "南大智慧城"))
    assert (fourth.kind, fourth.units) == (ChangeKind.CANCELLED, ())
    assert sentences(after) == [
        "调整“第三季度走进园区主题”：三 → 人才服务",
        "取消“第四季度走进园区主题”：四 → 未定",
    ]


def test_notices_hold_them_under_whoever_has_to_act() -> None:
    after = plan((M1._replace(place="档案馆"), M2), themes=("一", "二", "人才服务", None))
    found = between(after)
    notices = unit_notices(found, plan(), after)
    assert [(notice.unit, [one.key for one in notice.changes]) for notice in notices] == [
        ("区司法局", ["m1", "3"]),
        ("区教育局", ["m1"]),
        ("南大智慧城", ["3"]),
        (None, ["4"]),
    ]
    assert [notice.events for notice in notices] == [()] * 4


# what was released is asked about


def row(before: object, after: object) -> RowChange:
    return RowChange.of(before, after)  # type: ignore[union-attr, arg-type]


def asked(change: RowChange, released: YearSnapshot | None = None) -> list[tuple[ItemKind, str]]:
    return [tuple(one) for one in departures(released or plan(), [change])]  # type: ignore[misc]


def test_released_meetings_are_asked_about_where_people_were_told_otherwise() -> None:
    later = M1._replace(starts_at=datetime(2027, 9, 29, 9))
    assert asked(row(M1, later)) == [(ItemKind.MEETING, "m1")]
    assert asked(row(M1, M1._replace(number="第9次"))) == [(ItemKind.MEETING, "m1")]
    assert asked(row(M1, None)) == [(ItemKind.MEETING, "m1")]
    assert asked(row(M1, M1._replace(tentative=True))) == []
    assert asked(row(later, M1)) == []
    assert asked(row(None, M1._replace(key="m9"))) == []


def test_released_decisions_are_asked_about_and_their_course_is_not() -> None:
    assert asked(row(D1, D1._replace(meeting="m2"))) == [(ItemKind.DECISION, "d1")]
    assert asked(row(D1, D1._replace(exemption="涉密"))) == [(ItemKind.DECISION, "d1")]
    assert asked(row(D1, None)) == [(ItemKind.DECISION, "d1")]
    assert asked(row(D1, D1._replace(noticed_on=date(2027, 7, 1)))) == []
    waiting = D1._replace(meeting=None)
    first_time = row(waiting, D1)
    assert asked(first_time, plan(decisions=(waiting, D2))) == []


def test_released_themes_are_asked_about_one_by_one() -> None:
    before, after = plan().year_row, plan(themes=("一", "新", None, "四")).year_row
    found = departures(plan(), [RowChange.of(before, after)])
    assert found == (Departure(ItemKind.YEAR, "2"), Departure(ItemKind.YEAR, "3"))
    unset = plan(themes=("一", None, "三", "四"))
    assert departures(unset, [RowChange(ItemKind.YEAR, "2027", unset.year_row, before)]) == ()
