"""活动要素：每种情形一例有、一例无。"""

from __future__ import annotations

from datetime import date

import pytest

from models.domain.rules import Severity
from planners.results import HOST_CANCELLED, OTHER_DAY, Finding, FindingState
from planners.wording import finding_sentence
from tests.factories import check, event, findings, year

FORMS = ("调查问卷", "实地走访", "座谈")


def found_events(situation: str, *events: object) -> list[str]:
    return [f.events[0] for f in findings(check(year(*events)), situation)]  # type: ignore[arg-type]


def test_few_platforms_are_hinted_at_with_the_numbers() -> None:
    one = event("lecture", "2027-07-01", platforms=("甲",), key="one")
    two = event("lecture", "2027-07-02", platforms=("甲", "乙"))
    assert findings(check(year(one, two)), "few_platforms") == [
        Finding(
            "lecture.platforms", "1", Severity.HINT, "few_platforms", FindingState.HINT, events=("one",),
            expected=2, actual=1, due=date(2027, 7, 1),
        )
    ]  # fmt: skip


def test_a_park_visit_without_a_form_of_listening_is_hinted_at() -> None:
    bare = event("park", "2027-07-01", key="bare")
    asked = event("park", "2027-07-02", forms=("调查问卷",))
    (finding,) = findings(check(year(bare, asked)), "no_listening_form")
    assert (finding.events, finding.missing, finding.state) == (("bare",), FORMS, FindingState.HINT)


def test_a_form_that_does_not_listen_is_hinted_at_like_none() -> None:
    told = event("park", "2027-07-01", forms=("政策咨询", "帮办服务"), key="told")
    asked = event("park", "2027-07-02", forms=("政策咨询", "座谈交流"))
    short = event("park", "2027-07-03", forms=("问卷",))
    assert found_events("no_listening_form", told, asked, short) == ["told"]


def test_a_second_theme_in_a_quarter_is_hinted_at() -> None:
    first = event("park", "2027-02-01", theme="惠企政策")
    second = event("park", "2027-03-01", theme="人才服务", key="second")
    bare = event("park", "2027-03-02")
    later = event("park", "2027-04-01", theme="人才服务")
    snapshot = year(first, second, bare, later, themes=("营商环境与惠企政策", None, None, None))
    checked = check(snapshot)
    (finding,) = findings(checked, "other_theme")
    assert (finding.events, finding.missing, finding.state) == (
        ("second",),
        ("营商环境与惠企政策",),
        FindingState.HINT,
    )
    assert finding_sentence(finding, checked, snapshot) == (
        "走进园区“second”（3月1日）的主题不是本季度的“营商环境与惠企政策”，每季度宜突出一个主题。"
    )
    undecided = year(first, second, themes=(None, None, None, None))
    assert [f.missing for f in findings(check(undecided), "other_theme")] == [("惠企政策",)]


@pytest.mark.parametrize(
    ("leads", "towns", "missing"),
    [
        (("区司法局",), ("顾村镇",), None),
        (("区司法局", "顾村镇"), (), None),
        (("区司法局",), (), ("街镇",)),
        ((), ("顾村镇",), ("职能部门",)),
        ((), (), ("职能部门", "街镇")),
    ],
)
def test_a_community_visit_is_joint_when_a_department_and_a_town_hold_it(
    leads: tuple[str, ...], towns: tuple[str, ...], missing: tuple[str, ...] | None
) -> None:
    visit = event("community", "2027-07-01", lead_units=leads, towns=towns)
    found = [f.missing for f in findings(check(year(visit)), "not_joint")]
    assert found == ([] if missing is None else [missing])


def test_a_zone_without_a_host_is_an_open_hard_finding() -> None:
    host = event("host_meeting", "2027-07-01", key="host")
    zone = event("tech_forum", "2027-07-01", host_event="host")
    alone = event("tech_forum", "2027-07-02", key="alone")
    (finding,) = findings(check(year(host, zone, alone)), "zone_without_host")
    assert (finding.events, finding.severity, finding.state) == (("alone",), Severity.HARD, FindingState.OPEN)


def test_a_zone_away_from_its_meeting_is_an_error_too() -> None:
    host = event("host_meeting", "2027-07-01", key="host")
    gone = event("host_meeting", "2027-07-01", key="gone", status="cancelled")
    astray = event("tech_forum", "2027-07-02", host_event="host", key="astray")
    there = event("tech_forum", "2027-07-01", host_event="host", key="there")
    left = event("tech_forum", "2027-07-01", host_event="gone", key="left")
    snapshot = year(host, gone, astray, there, left)
    checked = check(snapshot)
    found = findings(checked, "zone_without_host")
    assert [(f.events, f.missing) for f in found] == [
        (("left",), (HOST_CANCELLED,)),
        (("astray",), (OTHER_DAY,)),
    ]
    assert [finding_sentence(f, checked, snapshot) for f in found] == [
        "“科创问政”专区“left”（7月1日）的宿主会议已取消，须设在重要会议活动现场。",
        "“科创问政”专区“astray”（7月2日）与宿主会议不在同一天，须设在重要会议活动现场。",
    ]


def test_an_important_meeting_without_a_zone_is_hinted_at() -> None:
    bare = event("host_meeting", "2027-07-01", theme_class="招商推介会", key="bare")
    other = event("host_meeting", "2027-07-02", theme_class="工作例会")
    unnamed = event("host_meeting", "2027-07-04", title="全区工作会议")
    named = event("host_meeting", "2027-07-05", title="春季招商推介会", key="named")
    carrying = event("host_meeting", "2027-07-03", theme_class="政策发布会", key="host")
    zone = event("tech_forum", "2027-07-03", host_event="host")
    assert found_events("host_without_zone", bare, other, unnamed, named, carrying, zone) == ["bare", "named"]


def test_a_school_visit_ahead_in_a_break_is_warned_about() -> None:
    held = event("campus", "2027-02-10", status="held")
    summer = event("campus", "2027-07-10", key="summer")
    term = event("campus", "2027-09-10")
    assert found_events("in_school_break", held, summer, term) == ["summer"]


def test_an_open_day_without_interaction_is_hinted_at() -> None:
    bare = event("open_month", "2027-08-03", forms=("参观",), key="bare")
    lively = event("open_month", "2027-08-04", forms=("参观", "活动体验"))
    assert found_events("no_interaction", bare, lively) == ["bare"]


def test_an_event_whose_day_has_passed_without_a_result_waits_to_be_recorded() -> None:
    past = event("lecture", "2027-06-14", key="past")
    today = event("lecture", "2027-06-15")
    held = event("lecture", "2027-06-13", status="held")
    draft = event("lecture", "2027-06-12", status="draft")
    assert findings(check(year(past, today, held, draft)), "unrecorded") == [
        Finding(
            "event.result", "", Severity.HINT, "unrecorded", FindingState.AT_RISK, events=("past",),
            due=date(2027, 6, 14),
        )
    ]  # fmt: skip


def test_an_event_ahead_on_a_holiday_is_hinted_at_and_marked_as_an_estimate() -> None:
    moon = event("community", "2027-09-15", key="moon")
    weekend = event("community", "2027-09-18")
    assert findings(check(year(moon, weekend)), "on_day_off") == [
        Finding(
            "event.day_off", "", Severity.HINT, "on_day_off", FindingState.HINT, events=("moon",),
            missing=("中秋节",), due=date(2027, 9, 15), estimated=True,
        )
    ]  # fmt: skip


def test_postponed_and_cancelled_events_are_judged_by_no_check() -> None:
    bare = [event("park", "2027-07-01", status=status) for status in ("postponed", "cancelled", "draft")]
    assert found_events("no_listening_form", *bare) == []
    assert found_events("no_listening_form", event("park", "2027-07-01", key="p")) == ["p"]
