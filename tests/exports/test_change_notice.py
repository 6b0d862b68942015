"""《变更通知》：归到现在承办的单位，移交的另列一行，列席与主题也在；PDF 与 Word 同样的内容。"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from exports.docx.notice import notice_docx
from exports.prints import PrintKind, PrintOptions, make_print
from models.domain.attendance import Decision, Meeting
from models.domain.events import EventStatus
from models.domain.snapshot import YearSnapshot
from planners.release_changes import PlanChanges, plan_changes
from tests.exports.office_reading import word_text
from tests.exports.pdf_reading import squeezed
from tests.factories import check, event, year

BARE = PrintOptions(rule_summary=False, clauses=False)
MEETING = Meeting("m1", "区政府常务会议", "第3次", datetime(2027, 8, 2, 9, 30))
DECISION = Decision("d1", "养老服务办法", unit="区司法局", meeting="m1")
HANDED = event("lecture", "2027-07-01", key="a", title="移交讲堂", lead_units=("区司法局",))
JOINT = event(
    "community", "2027-07-08", key="b", title="联合社区", lead_units=("区教育局",), towns=("顾村镇",)
)
BEFORE = year(HANDED, JOINT, meetings=(MEETING,), decisions=(DECISION,))


def changes(after: YearSnapshot, before: YearSnapshot = BEFORE) -> PlanChanges:
    labels = "印发稿1（2027-06-01）", "印发稿2（2027-07-01）"
    return plan_changes(before, after, check(before), check(after), labels)


def pdf(after: YearSnapshot, options: PrintOptions = BARE) -> str:
    printed = make_print(PrintKind.NOTICE, after, check(after), options, changes=changes(after))
    return squeezed(printed.data)


TO = "至2027年6月15日的安排（尚未另行印发）"


def word(after: YearSnapshot, options: PrintOptions = BARE) -> str:
    return re.sub(r"\s", "", word_text(notice_docx(after, check(after), changes(after), options).data))


def section(text: str, unit: str) -> str:
    """The text from the unit's heading to the next one."""
    found = re.search(rf"[一二三四]、{unit}(.*?)(?=[一二三四]、|$)", text)
    assert found is not None, text
    return found[1]


def test_an_event_that_changed_hands_stands_under_its_new_lead_and_the_old_one_stops() -> None:
    after = year(HANDED._replace(lead_units=("区教育局",)), JOINT, meetings=(MEETING,), decisions=(DECISION,))
    for text in (pdf(after), word(after)):
        assert "调整1项，另列移交1项。" in text
        old, new = section(text, "区司法局"), section(text, "区教育局")
        assert old.startswith("1移交移交讲堂7月1日（周四）14:00—16:00待定改由区教育局承办")
        assert "不再承办，停止准备" in old
        assert "按调整后的内容准备" not in old
        assert new.startswith("2调整移交讲堂7月1日（周四）14:00—16:00待定不变牵头单位：区司法局→区教育局")
        assert "按调整后的内容准备" in new


def test_on_a_sheet_of_its_own_the_former_unit_is_told_to_stop() -> None:
    after = year(HANDED._replace(lead_units=("区教育局",)), JOINT, meetings=(MEETING,), decisions=(DECISION,))
    for make in (pdf, word):
        text = make(after, BARE._replace(units=("区司法局",)))
        assert f"{TO}。移交1项。请各有关单位" in text
        assert ("不再承办，停止准备" in text, "按调整后的内容准备" in text) == (True, False)
        text = make(after, BARE._replace(units=("区教育局",)))
        assert "。调整1项。请各有关单位" in text
        assert ("不再承办，停止准备" in text, "按调整后的内容准备" in text) == (False, True)


def test_a_unit_with_joint_changes_only_is_referred_to_them_in_both() -> None:
    later = timedelta(days=2)
    assert JOINT.starts_at is not None
    moved = JOINT._replace(starts_at=JOINT.starts_at + later, ends_at=None)
    after = year(HANDED, moved, meetings=(MEETING,), decisions=(DECISION,))
    for text in (pdf(after), word(after)):
        assert section(text, "顾村镇").startswith("还有与其他单位共同办理的变更，见第1项")


def test_without_a_change_nobody_is_called_upon() -> None:
    for text in (pdf(BEFORE), word(BEFORE), pdf(BEFORE, BARE._replace(units=("区司法局",)))):
        assert f"由印发稿1（2027-06-01）{TO}。没有变更。" in text
        assert "请办理”一栏" not in text


def test_meetings_decisions_and_themes_are_items_of_the_unit_that_has_to_act() -> None:
    after = year(
        HANDED,
        JOINT,
        event("park", "2027-08-10", key="p", title="园区活动", lead_units=("区教育局",)),
        meetings=(MEETING._replace(starts_at=datetime(2027, 9, 29, 14), number="第5次"),),
        decisions=(DECISION._replace(exemption="涉密"),),
        themes=("一", "二", "人才服务", "四"),
    )
    for text in (pdf(after), word(after)):
        assert "新增1项、改期1项、调整2项。" in text
        old, park = section(text, "区司法局"), section(text, "区教育局")
        assert "改期公众代表列席：区政府常务会议第5次列席事项：养老服务办法" in old
        assert "8月2日（周一）09:309月29日（周三）14:00会次：第3次→第5次按新时间准备，告知列席代表" in old
        assert "特殊情况不邀请：涉密不再邀请公众代表列席，告知已邀请的代表" in old
        assert "调整第三季度走进园区主题三人才服务按新的主题准备" in park


def test_of_chosen_campaigns_only_their_changes_are_told() -> None:
    after = year(
        HANDED._replace(status=EventStatus.CANCELLED),
        JOINT,
        meetings=(MEETING._replace(place="档案馆"),),
        decisions=(DECISION,),
        themes=("一", "二", "人才服务", "四"),
    )
    chosen = pdf(after, BARE._replace(campaigns=(HANDED.campaign,)))
    assert "。取消1项。" in chosen
    assert ("移交讲堂" in chosen, "列席" in chosen, "主题" in chosen) == (True, False, False)


def test_a_unit_that_takes_over_without_leading_has_a_line_of_its_own() -> None:
    joint = HANDED._replace(responsible_units=("罗店镇",))
    before = year(joint, JOINT, meetings=(MEETING,), decisions=(DECISION,))
    after = year(
        joint._replace(responsible_units=("区教育局",)), JOINT, meetings=(MEETING,), decisions=(DECISION,)
    )
    told = changes(after, before)
    text = squeezed(make_print(PrintKind.NOTICE, after, check(after), BARE, changes=told).data)
    assert "调整1项，另列移交1项、接手1项。" in text
    assert "由罗店镇移交，本单位接手承办，最迟6月30日（周三）交接完毕" in section(text, "区教育局")
    assert "改由区教育局承办" in section(text, "罗店镇")


def test_a_park_that_no_longer_lends_its_place_has_no_heir() -> None:
    hosted = HANDED._replace(park="南大智慧城")
    before, after = year(hosted), year(hosted._replace(park=None))
    text = squeezed(
        make_print(PrintKind.NOTICE, after, check(after), BARE, changes=changes(after, before)).data
    )
    assert "调整1项，另列移出1项。" in text
    assert "不再在本园区举办，停止准备" in section(text, "南大智慧城")
    assert "承办，停止" not in text


def test_a_held_event_that_was_held_elsewhere_asks_for_nothing() -> None:
    held = HANDED._replace(status=EventStatus.HELD, place="区图书馆")
    after = year(held, JOINT, meetings=(MEETING,), decisions=(DECISION,))
    for text in (pdf(after), word(after)):
        assert "已举办，不必再办" in section(text, "区司法局")
        assert "按调整后的内容准备" not in text
