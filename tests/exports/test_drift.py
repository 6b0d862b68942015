"""核对：是哪一稿，缺什么；别的程序重新导出的也认得；校验码认得印发稿。"""

from __future__ import annotations

from datetime import timedelta

import icalendar  # noqa: TID253  the tests need it at once
import pytest

from exports.drift import Candidate, Drift, DriftKind, against
from exports.ical import calendar_bytes
from exports.invitations import invitations
from exports.pdf.quarter_facts import quarter_facts
from models.domain.errors import InputError
from models.domain.events import EventStatus
from models.domain.snapshot import WithdrawnEvent, YearSnapshot
from tests.exports.test_ical import CHANGED, LECTURE, PUBLISHED, STAMP, VISIT, year
from tests.exports.test_ical_deadlines import FILING
from tests.exports.test_invitations import office
from tests.factories import check as check_of

LATER = PUBLISHED._replace(sequence=3, changed_at=CHANGED + timedelta(days=9))
MOVED = LECTURE._replace(
    starts_at=LECTURE.starts_at + timedelta(hours=1), ends_at=LECTURE.ends_at + timedelta(hours=1)
)
OLD = year(LECTURE, VISIT, LECTURE._replace(key="E-0003", title="旧的"))
NEW = year(
    MOVED, VISIT._replace(status=EventStatus.CANCELLED), LECTURE._replace(key="E-0004", title="新的"), stamp=LATER,
    withdrawn=(WithdrawnEvent(LECTURE._replace(key="E-0003", title="旧的"), LATER),),
)  # fmt: skip
DIGESTS = "3fa9c2d1" + "0" * 56, "77aa01ee" + "1" * 56


def candidates(old: YearSnapshot = OLD, new: YearSnapshot = NEW) -> list[Candidate]:
    return [
        Candidate("印发稿1（2027-03-01）", old, DIGESTS[0], 1),
        Candidate("印发稿2（2027-06-01）", old, DIGESTS[1], 2),
        Candidate("草案", new),
    ]


def test_a_calendar_is_the_releases_it_equals_and_lacks_what_came_later() -> None:
    report = against(calendar_bytes(OLD), candidates())
    assert report.matches == ("印发稿1（2027-03-01）", "印发稿2（2027-06-01）")
    assert report.scope == "宝山区2027年政务公开活动"
    assert report.latest.drifts == (
        Drift(
            DriftKind.OUTDATED,
            "民法典，物业与邻里",
            "6月17日 15:00",
            "时间 6月17日 14:00–16:00 → 6月17日 15:00–17:00",
        ),
        Drift(DriftKind.NOT_CANCELLED, "【已取消】医保咨询", "6月23日 09:00"),
        Drift(DriftKind.MISSING, "新的", "6月17日 14:00"),
        Drift(DriftKind.NOT_CANCELLED, "【已取消】旧的", "6月17日 14:00"),
    )
    assert report.words == (
        "这份日历与印发稿1（2027-03-01）、印发稿2（2027-06-01）一致。与草案相比：缺少 1，不同 1，没有标出取消 2。"
    )


def test_the_draft_is_told_too() -> None:
    assert against(calendar_bytes(NEW), candidates()).words == "这份日历与草案一致。"


def test_what_equals_nothing_is_nearest_to_something() -> None:
    report = against(calendar_bytes(year(LECTURE._replace(place="别处"), VISIT)), candidates())
    assert report.matches == ()
    assert report.nearest.label == "印发稿2（2027-06-01）"
    assert [(drift.kind, drift.words) for drift in report.nearest.drifts] == [
        (DriftKind.OUTDATED, "地点 别处 → 宝你汇直播间"), (DriftKind.MISSING, ""),
    ]  # fmt: skip


def test_a_unit_s_calendar_is_compared_with_its_own_events_only() -> None:
    second = VISIT._replace(key="E-0009", title="再去一次")
    old, new = year(LECTURE, VISIT, second), year(MOVED, VISIT, second._replace(place="别处"), stamp=LATER)
    report = against(calendar_bytes(old, unit="yb"), candidates(old, new))
    assert (report.matches[0], report.scope) == (
        "印发稿1（2027-03-01）",
        "宝山区2027年政务公开活动（区医保局）",
    )
    assert [(drift.title, drift.words) for drift in report.latest.drifts] == [
        ("医保咨询", "改动次数 0 → 3"),
        ("再去一次", "地点 顾村镇 → 别处"),
    ]


def test_another_program_s_export_is_known_by_its_events() -> None:
    calendar = icalendar.Calendar.from_ical(calendar_bytes(OLD, unit="gc", deadlines=[FILING]))
    del calendar["UID"]
    for event in calendar.walk("VEVENT"):
        del event["X-MICROSOFT-CDO-BUSYSTATUS"], event["CATEGORIES"], event["DTSTAMP"]
        event.subcomponents = []
        event.add("X-MOZ-GENERATION", "4")
    report = against(calendar.to_ical(), candidates())
    assert report.matches[0] == "印发稿1（2027-03-01）"


def test_without_a_name_the_scope_is_inferred_and_that_is_said() -> None:
    data = calendar_bytes(OLD).replace(b"UID:2027@f00d\r\n", b"")
    report = against(data, candidates())
    assert (report.matches[0], report.note) == (
        "印发稿1（2027-03-01）",
        "文件里没有写明是谁的日历，按活动推断。",
    )


def test_an_invitation_is_compared_alone() -> None:
    data = invitations(office(LECTURE, VISIT)).files[0].data
    report = against(data, [Candidate("草案", office(LECTURE, VISIT))])
    assert (report.matches, report.scope) == (("草案",), "选中的活动")


def test_calendars_of_others_are_refused() -> None:
    other = year(LECTURE)
    other.installation = "beef"
    with pytest.raises(InputError, match="不是从这个数据文件导出的"):
        against(calendar_bytes(other), candidates())
    last_year = calendar_bytes(OLD).replace(b"UID:2027", b"UID:2026")
    with pytest.raises(InputError, match="这份日历是2026年的"):
        against(last_year, candidates())


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n", "没有码".encode(), b"x" * 3000 + b" 3FA9C2D1"])
def test_what_is_neither_calendar_nor_code_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="既不是日历，也没有校验码"):
        against(data, candidates(), "甲")


@pytest.mark.parametrize(
    "text", ["77AA01EE", "77aa01", "印发稿2（2027年6月1日） 77AA01EE 第 2/3 页", DIGESTS[1]]
)
def test_the_code_of_a_release_tells_it(text: str) -> None:
    report = against(text.encode(), candidates())
    assert report.matches == ("印发稿2（2027-06-01）",)
    assert report.words.endswith("与印发稿2（2027-06-01）一致。")


def test_a_code_that_does_not_fit_its_release_is_told() -> None:
    report = against("印发稿1（2027年3月1日） ABCDEF12".encode(), candidates())
    assert (report.matches, report.note) == (
        (),
        "页脚写的是印发稿1（2027-03-01），但校验码对不上：可能抄错，或印件被改动过。",
    )
    assert "没有找到对应的印发稿" in against(b"ABCDEF12", candidates()).words


def test_the_code_of_a_quarter_s_plan_tells_from_which_state_it_was_printed() -> None:
    old, new = (
        Candidate(label, snapshot, check=check_of(snapshot))
        for label, snapshot in (("印发稿1", OLD), ("草案", NEW))
    )
    code = quarter_facts(OLD, old.check, 2).digest
    report = against(f"内容校验码 {code}".encode(), [old, new])
    assert (report.matches, "第二季度" in report.scope) == (("印发稿1",), True)


def test_a_cancelled_copy_of_an_event_that_is_on_again_differs() -> None:
    off = calendar_bytes(year(LECTURE._replace(status=EventStatus.CANCELLED), VISIT, stamp=STAMP))
    (drift,) = against(off, [Candidate("草案", year(LECTURE, VISIT, stamp=STAMP))]).latest.drifts
    assert (drift.kind, "对方标为取消" in drift.words) == (DriftKind.OUTDATED, True)


def test_an_event_that_was_taken_from_the_unit_is_not_cancelled_there() -> None:
    taken = LECTURE._replace(lead_units=("yb",), responsible_units=())
    unit = LECTURE.lead_units[0]
    report = against(calendar_bytes(OLD, unit=unit), candidates(OLD, year(taken, VISIT, stamp=LATER)))
    assert [one for one in report.latest.drifts if one.title == "民法典，物业与邻里"] == [
        Drift(DriftKind.NOT_CANCELLED, "民法典，物业与邻里", "6月17日 14:00", "已不属于这份日历")
    ]
