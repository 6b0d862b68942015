"""现在要办：次序、文字与该做的一件事。"""

from __future__ import annotations

from datetime import date, datetime

from models.domain.attendance import Decision, Meeting
from models.domain.policies import PolicyDocument
from planners.agenda import agenda
from planners.deadline_items import theme_plan_setting
from planners.results import AgendaAction, AgendaEntry, AgendaGroup
from planners.year_count import year_count
from tests.factories import check, event, sample, year


def lines(entries: tuple[AgendaEntry, ...]) -> list[tuple[str, ...]]:
    return [(e.group.label, e.title, e.line, e.deadline, e.clause, e.action.label) for e in entries]


def test_the_agenda_of_the_sample_is_as_in_its_picture_by_urgency() -> None:
    overdue, risk, due, gap = (group.label for group in AgendaGroup)
    assert lines(agenda(check(sample()), sample())) == [
        (overdue, "走进校区 · 高中", "一季度 0/1", "期限3月31日已过 76 天", "2", "登记说明"),
        (risk, "公开讲堂", "6月 0/1", "剩余 12 个工作日", "1", "排入"),
        (risk, "走进校区 · 初中", "二季度 1/1 未确认", "6月22日举办，剩 5 个工作日", "2", "去确认"),
        (due, "列席 · 义务教育学校布局调整方案（示例）", "采纳反馈未回 · 5月26日已过", "会后 50 天，自定期限 5月26日", "20", "去处理"),
        (due, "发出邀请：蕰藻浜滨水空间贯通方案（示例）", "未办 · 6月22日前", "6月22日前，剩 6 个工作日（自定）", "20", "去处理"),
        (due, "排定会议：“无废城市”建设实施方案（示例）", "未办 · 6月26日前", "6月26日前，剩 9 个工作日（自定）", "20", "去处理"),
        (due, "集成推送抽查通报 · 二季度", "未办 · 6月30日前", "6月30日前，剩 12 个工作日", "11", "去处理"),
        (due, "复议诉讼总结通报 · 上半年", "未办 · 6月30日前", "6月30日前，剩 12 个工作日", "29", "去处理"),
        (due, "完成遴选：“无废城市”建设实施方案（示例）", "未办 · 7月12日前", "7月12日前，剩 20 个工作日（自定）", "20", "去处理"),
        (gap, "走进校区 · 初中", "三季度 0/1", "最晚 9月30日", "2", "排入"),
        (gap, "公开讲堂", "11月 0/1", "最晚 11月30日", "1", "排入"),
        (gap, "走进社区", "11月 0/1", "最晚 11月30日", "2", "排入"),
        (gap, "走进园区", "四季度 主题未定", "最晚 12月31日", "2", "定主题"),
        (gap, "走进校区 · 高中", "四季度 0/1", "最晚 12月31日", "2", "排入"),
    ]  # fmt: skip


def test_deadlines_come_in_good_time_stay_when_past_and_are_told_once() -> None:
    on = date(2027, 6, 15)
    settings = {
        "due:open_month.notice": "2027-06-10",
        theme_plan_setting(4): "2027-07-12",
        theme_plan_setting(3): "2027-07-13",
    }
    paper = PolicyDocument(
        "y1", "实施意见", published_on=date(2027, 6, 10), office_name=True, online_service=True
    )
    snapshot = year(settings=settings, policies=(paper,), themes=("一", "二", None, None))
    told = [(e.title, e.line, e.due.day if e.due else None) for e in agenda(check(snapshot, on), snapshot)]
    assert ("公布政府开放月活动表", "未办 · 6月10日已过", date(2027, 6, 10)) in told
    assert ("走进园区四季度主题计划", "未办 · 7月12日前", date(2027, 7, 12)) in told
    assert not any(title.startswith("走进园区三季度主题计划") for title, *_ in told)
    papers = [title for title, *_ in told if "实施意见" in title]
    assert papers
    assert len(papers) == len(set(papers))
    assert not any(due and title.startswith("解读材料备案") for title, _, due in told)


def test_the_day_on_which_the_public_s_registration_closed_asks_nothing() -> None:
    decision = Decision("d1", "停车", meeting="m1", closes_on=date(2027, 6, 14))
    meeting = Meeting("m1", "区政府常务会议", "第9次", datetime(2027, 9, 30, 9))
    snapshot = year(decisions=(decision,), meetings=(meeting,))
    titles = {
        on: [e.title for e in agenda(check(snapshot, on), snapshot)]
        for on in (date(2027, 6, 14), date(2027, 6, 15))
    }
    assert "报名截止：停车" in titles[date(2027, 6, 14)]
    assert "报名截止：停车" not in titles[date(2027, 6, 15)]


def test_an_entry_to_confirm_names_the_event_that_nobody_confirmed() -> None:
    planned = event("lecture", "2027-06-22", key="planned")
    entries = agenda(check(year(planned)), year(planned))
    (entry,) = (e for e in entries if e.action is AgendaAction.CONFIRM)
    assert (entry.event, entry.line) == ("planned", "6月 1/1 未确认")


def test_a_missed_period_with_its_explanation_needs_nothing_more() -> None:
    key = "explanation:lecture.monthly|2027-01-01|2027-01-31|"
    bare, explained = year(), year(settings={key: "设备故障"})
    january = [
        [e.line for e in agenda(check(s), s) if e.title == "公开讲堂" and e.line.startswith("1月")]
        for s in (bare, explained)
    ]
    assert january == [["1月 0/1"], []]


def test_an_event_without_a_result_asks_to_be_recorded() -> None:
    past = event("open_month", "2027-06-10", short="开放日", key="past")
    snapshot = year(past)
    (entry,) = (e for e in agenda(check(snapshot), snapshot) if e.action is AgendaAction.RECORD)
    assert (entry.group, entry.title, entry.line, entry.deadline, entry.event) == (
        AgendaGroup.AT_RISK,
        "待登记 · 开放日",
        "活动日期已过，结果未登记",
        "期限6月10日已过 5 天",
        "past",
    )


def test_a_quarter_at_risk_for_want_of_a_theme_asks_for_the_theme() -> None:
    visit = event("park", "2027-05-20", status="held")
    snapshot = year(visit, themes=("一", None, "三", "四"))
    entries = agenda(check(snapshot), snapshot)
    (entry,) = (e for e in entries if e.title == "走进园区" and e.group is AgendaGroup.AT_RISK)
    assert (entry.line, entry.deadline, entry.action, entry.event) == (
        "二季度 主题未定",
        "剩余 12 个工作日",
        AgendaAction.SET_THEME,
        None,
    )


def test_a_period_without_a_free_day_says_so() -> None:
    snapshot = year()
    entries = agenda(check(snapshot, date(2027, 7, 1)), snapshot)
    assert "周期内无可排日" not in {e.deadline for e in entries}
    checked = check(snapshot)
    gap = next(c for c in checked.cells if c.state.value == "gap" and c.severity.value == "hard")
    closed = checked._replace(cells=(gap._replace(last_feasible_day=None),), findings=())
    assert [e.deadline for e in agenda(closed, snapshot) if e.cell] == ["周期内无可排日"]


def test_hints_are_no_business_of_the_agenda() -> None:
    snapshot = year(event("park", "2027-09-01"))
    checked = check(snapshot)
    assert any(f.situation == "no_listening_form" for f in checked.findings)
    entries = [e for e in agenda(checked, snapshot) if e.finding]
    assert not [e for e in entries if e.finding and e.finding.events]
    assert {e.group for e in entries} == {AgendaGroup.DUE}  # milestones that only advise, never urgent


def test_what_is_overdue_or_at_risk_is_counted() -> None:
    assert year_count(check(sample()), agenda(check(sample()), sample())).urgent == 3
