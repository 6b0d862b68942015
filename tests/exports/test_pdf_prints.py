"""各种印件：每一项正好一次，“本表共 n 项”说对，选项照办，原文照引，敌意文字只是文字。"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime, timedelta
from functools import cache
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exports.package import read_package
from exports.pdf.privacy import contact_words
from exports.pdf.quarter_facts import month_named
from exports.pdf.year_facts import year_lines
from exports.print_options import COMPACT, STANDARD
from exports.prints import (
    Margins,
    Paper,
    Printed,
    PrintKind,
    PrintOptions,
    concerns,
    make_print,
    options_of,
    usual_options,
)
from models.domain.attendance import (
    Attendance,
    Decision,
    DecisionBody,
    Delegate,
    Invitation,
    Meeting,
    Opinion,
    Outcome,
)
from models.domain.errors import InputError, UserError
from models.domain.events import Campaign, Event, EventStatus, Precision, SchoolStage
from models.domain.papers import Evidence, EvidenceKind
from models.domain.snapshot import YearSnapshot
from models.domain.units import Unit, UnitKind
from models.domain.year import Holidays, Year
from models.rulesets import ruleset_for
from models.sample import sample_year
from planners.checks import check_year
from planners.release_changes import plan_changes
from tests.exports.pdf_reading import squeezed, texts

TODAY = date(2027, 6, 15)
TOWNS = tuple(Unit(name, name, UnitKind.TOWN) for name in ("罗店镇", "顾村镇", "杨行镇"))
UNITS = (*TOWNS, *(Unit(f"区第{n}局", f"区第{n}局") for n in range(12)))
BARE = PrintOptions(builtin_fonts=True)
PLANS = {
    PrintKind.LECTURES: Campaign.LECTURE,
    PrintKind.PARKS: Campaign.PARK,
    PrintKind.COMMUNITIES: Campaign.COMMUNITY,
    PrintKind.CAMPUSES: Campaign.CAMPUS,
}


def event(number: int, campaign: Campaign, starts_at: datetime | None, **fields: object) -> Event:
    ends_at = starts_at + timedelta(hours=2) if starts_at else None
    base = Event(f"E{number}", campaign, f"活动编号{number}号", starts_at=starts_at, ends_at=ends_at)
    return base._replace(**fields)


YEAR = Year(2027)


def year(*events: Event, row: Year = YEAR, **lists: object) -> YearSnapshot:
    return YearSnapshot(row, units=UNITS, events=events, **lists)  # type: ignore[arg-type]


def printed(kind: PrintKind, snapshot: YearSnapshot, **chosen: object) -> Printed:
    check = check_year(snapshot, TODAY, ruleset_for(2027))
    return make_print(kind, snapshot, check, BARE._replace(**chosen))


@cache
def sample() -> YearSnapshot:
    return read_package(sample_year(), "sample-2027.json")


# ── 定律 ──


def _may_be_in_august(one: Event) -> bool:
    return one.days is None or one.days.first.month <= 8 <= one.days.last.month


def listed(kind: PrintKind, one: Event) -> bool:
    """Whether a print of the whole year has to list the event."""
    if one.status is EventStatus.CANCELLED:
        return False
    if kind is PrintKind.EVIDENCE:
        return one.status is EventStatus.HELD
    if kind is PrintKind.OPEN_MONTH:
        return one.campaign is Campaign.OPEN_MONTH and _may_be_in_august(one)
    if kind is PrintKind.WALL:
        return one.days is not None or month_named(one.raw_time, 2027) is not None
    if kind is PrintKind.QUARTER:
        return (one.starts_at.month if one.starts_at else month_named(one.raw_time, 2027)) in (4, 5, 6)
    return one.campaign is PLANS[kind]


def assert_whole(kind: PrintKind, snapshot: YearSnapshot, paper: Paper, margins: Margins) -> None:
    quarter = 2 if kind is PrintKind.QUARTER else None
    plan = printed(kind, snapshot, paper=paper, margins=margins, quarter=quarter)
    pages = ["".join(text.split()) for text in texts(plan.data)]
    expected = Counter(int(one.key[1:]) for one in snapshot.events if listed(kind, one))
    found = Counter(map(int, re.findall(r"编号(\d+)号", "".join(pages))))
    if (
        kind is PrintKind.QUARTER
    ):  # a note names those without a day that have no line of their own, each once
        waiting = {int(one.key[1:]) for one in snapshot.events if one.starts_at is None} - set(expected)
        assert all(count == 1 for number, count in found.items() if number in waiting)
        found = Counter({number: count for number, count in found.items() if number not in waiting})
    assert found == expected
    assert plan.items == sum(expected.values())
    counts = [int(count) for page in pages for count in re.findall(r"本表共(\d+)项，第\d+/\d+页", page)]
    assert len(counts) == plan.pages == len(pages)
    if kind is not PrintKind.WALL:
        assert set(counts) == {plan.items}


WORDS = st.text(st.characters(exclude_categories=("Cs", "Nd")), max_size=30) | st.text(
    "公开讲堂—…“”，。<b>&ab\n", max_size=400
)
TIMES = st.none() | st.datetimes(datetime(2027, 1, 1), datetime(2027, 12, 31)).map(
    lambda moment: moment.replace(microsecond=0)
)
EVENTS = st.builds(
    event,
    st.just(0),
    st.sampled_from([one for one in Campaign if one is not Campaign.HOST_MEETING]),
    TIMES,
    title=WORDS,
    status=st.sampled_from(EventStatus),
    precision=st.sampled_from(Precision),
    raw_time=st.sampled_from(["", "待定", "5月"]),
    tentative=st.booleans(),
    towns=st.lists(st.sampled_from([town.key for town in TOWNS]), max_size=3, unique=True).map(tuple),
    lead_units=st.lists(st.sampled_from([unit.key for unit in UNITS[3:]]), max_size=2, unique=True).map(
        tuple
    ),
)
KINDS = (PrintKind.QUARTER, *PLANS, PrintKind.OPEN_MONTH, PrintKind.WALL, PrintKind.EVIDENCE)


@st.composite
def years(draw: st.DrawFn) -> YearSnapshot:
    some = draw(st.lists(EVENTS, max_size=25))
    many = some * draw(st.integers(1, 16))
    return year(
        *(
            one._replace(key=f"E{number}", title=f"{one.title}编号{number}号")
            for number, one in enumerate(many)
        )
    )


@settings(max_examples=16, deadline=None, suppress_health_check=list(HealthCheck))
@given(years(), st.sampled_from(KINDS), st.sampled_from(list(product(Paper, Margins))))
def test_every_print_of_any_year_holds_each_item_exactly_once(
    snapshot: YearSnapshot, kind: PrintKind, style: tuple[Paper, Margins]
) -> None:
    assert_whole(kind, snapshot, *style)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("count", [0, 400])
def test_empty_and_full_years_are_printed_whole(kind: PrintKind, count: int) -> None:
    campaigns = [one for one in Campaign if one is not Campaign.HOST_MEETING]
    start = datetime(2027, 1, 4, 9)
    events = (
        event(number, campaigns[number % 6], start + timedelta(days=number % 360), status=EventStatus.HELD)
        for number in range(count)
    )
    assert_whole(kind, year(*events), Paper.A4, Margins.OFFICIAL)


@pytest.mark.parametrize("kind", [kind for kind in PrintKind if kind is not PrintKind.NOTICE])
def test_every_kind_prints_the_sample_on_every_paper_as_a_draft(kind: PrintKind) -> None:
    for paper, margins in product(Paper, Margins):
        options = usual_options(kind, sample(), TODAY)._replace(
            builtin_fonts=True, paper=paper, margins=margins
        )
        plan = make_print(kind, sample(), check_year(sample(), TODAY, ruleset_for(2027)), options)
        text = squeezed(plan.data)
        assert "（草案）" in text
        assert text.count(f"内容校验码{plan.digest}") == plan.pages
        assert ("附件1" in text) == (margins is Margins.OFFICIAL)
        assert not re.search("[\u2e80-\u2fdf]", text)


@pytest.mark.parametrize("kind", [PrintKind.OPEN_MONTH])
def test_numbers_of_four_digits_stay_whole(kind: PrintKind) -> None:
    campaign = PLANS.get(kind, Campaign.OPEN_MONTH)
    start = datetime(2027, 8, 2, 9)
    events = (event(n, campaign, start) for n in range(1240))
    assert_whole(kind, year(*events), Paper.A4, Margins.OFFICIAL)


# ── 敌意文字 ──

HOSTILE = '<b>&amp;</b><img src="file:///etc/passwd"/>]]>=1+1'


@pytest.mark.parametrize("kind", KINDS)
def test_markup_and_endless_words_are_text_cut_at_the_limit(kind: PrintKind) -> None:
    campaign = PLANS.get(kind, Campaign.OPEN_MONTH)
    start = datetime(2027, 5 if kind is PrintKind.QUARTER else 8, 4, 9)
    events = (
        event(1, campaign, start, title=HOSTILE, status=EventStatus.HELD),
        event(2, campaign, start, title=f"甲\u202e乙\u2066{'宝' * 10_000}", status=EventStatus.HELD),
    )
    plan = printed(kind, year(*events), quarter=2 if kind is PrintKind.QUARTER else None)
    text = squeezed(plan.data)
    assert HOSTILE.replace(" ", "") in text
    assert "甲乙宝" in text
    assert plan.items == 2
    assert any(
        re.search("活动名称|直播主题", w) and re.search("超过2000字，末尾80..字没有印出", w)
        for w in plan.warnings
    )
    assert b"/etc/passwd" not in plan.data


# ── 各种选项 ──


def test_a_town_that_is_chosen_gets_a_sheet_of_its_own_and_a_joint_event_stands_on_both() -> None:
    joint = event(1, Campaign.COMMUNITY, datetime(2027, 3, 1, 9), towns=("罗店镇", "顾村镇"))
    alone = event(2, Campaign.COMMUNITY, datetime(2027, 4, 1, 9), towns=("顾村镇",))
    together = squeezed(printed(PrintKind.COMMUNITIES, year(joint, alone)).data)
    assert together.count("编号1号") == together.count("编号2号") == 1
    assert "二、顾村镇另有联合活动，见第1项" in together
    assert "三、杨行镇暂无安排" in together
    sheets = printed(PrintKind.COMMUNITIES, year(joint, alone), units=("罗店镇", "顾村镇"))
    one, two = ["".join(text.split()) for text in texts(sheets.data)]
    assert ("（罗店镇）" in one, "本表共1项，第1/1页" in one, "编号2号" in one) == (True, True, False)
    assert ("（顾村镇）" in two, "本表共2项，第1/1页" in two, "编号1号" in two) == (True, True, True)


def test_only_confirmed_unmarked_without_clauses_and_without_the_summary() -> None:
    events = (
        event(1, Campaign.LECTURE, datetime(2027, 5, 4, 14), status=EventStatus.CONFIRMED),
        event(2, Campaign.LECTURE, datetime(2027, 5, 5, 14), status=EventStatus.PLANNED),
    )
    text = squeezed(printed(PrintKind.QUARTER, year(*events), quarter=2).data)
    assert ("待确认" in text, "公开讲堂（第1条）" in text, "频次核对" in text, "编号2号" in text) == (
        True,
    ) * 4
    chosen = {"confirmed_only": True, "mark_unconfirmed": False, "clauses": False, "rule_summary": False}
    text = squeezed(printed(PrintKind.QUARTER, year(*events), quarter=2, **chosen).data)
    assert not any(words in text for words in ("待确认", "第1条", "依据", "频次核对", "编号2号"))
    assert "编号1号" in text


def test_the_open_month_in_the_quarter_is_limited_and_the_rest_counted() -> None:
    events = [event(n, Campaign.OPEN_MONTH, datetime(2027, 8, 1 + n, 9)) for n in range(20)]
    plan = printed(PrintKind.QUARTER, year(*events), quarter=3, open_month_limit=12)
    assert plan.items == 12
    assert "共20场，列前12场，其余8场见政府开放月活动表" in squeezed(plan.data)


def test_the_public_table_of_the_open_month_has_its_six_columns() -> None:
    one = event(
        1, Campaign.OPEN_MONTH, datetime(2027, 8, 4, 9), tentative=True, forms=("答疑",), place="图书馆",
        expected=80, theme="数字政务", status=EventStatus.CONFIRMED, lead_units=("区第1局",),
    )  # fmt: skip
    text = squeezed(printed(PrintKind.OPEN_MONTH, year(one)).data)
    assert "序号活动时间活动名称（主题）活动形式活动地点拟参与人数" in text
    assert "一、区第1局18月4日（周三）09:00—11:00（暂定）活动编号1号（数字政务）答疑图书馆80" in text


def test_the_public_table_of_the_open_month_keeps_to_itself_what_is_not_for_the_public() -> None:
    events = (
        event(1, Campaign.OPEN_MONTH, datetime(2027, 8, 4, 9), status=EventStatus.PLANNED),
        event(2, Campaign.OPEN_MONTH, datetime(2027, 8, 5, 9), status=EventStatus.DRAFT),
    )
    snapshot = year(*events)
    check = check_year(snapshot, TODAY, ruleset_for(2027))
    options = usual_options(PrintKind.OPEN_MONTH, snapshot, TODAY)
    public = make_print(PrintKind.OPEN_MONTH, snapshot, check, options)
    text = squeezed(public.data)
    assert public.items == 1
    assert "编号1号" in text
    assert not any(words in text for words in ("编号2号", "待确认", "草拟", "频次核对"))
    assert "另有1场草拟的没有列入" in concerns(PrintKind.OPEN_MONTH, snapshot, check, options)
    marked = options._replace(mark_unconfirmed=True)
    office = squeezed(make_print(PrintKind.OPEN_MONTH, snapshot, check, marked).data)
    assert "编号1号〔待确认〕" in office
    assert "编号2号〔草拟〕" in office


def test_the_checklist_quotes_clauses_verbatim() -> None:
    text = squeezed(printed(PrintKind.FINDINGS, sample()).data)
    for rule in ruleset_for(2027).rules:
        if rule.code in ("lecture.monthly", "park.quarterly", "community.monthly", "open_month.august"):
            assert "".join(f"条文：“{rule.quote}”".split()) in text


def test_the_year_hatches_august_of_the_communities_and_counts_its_rules() -> None:
    plan = printed(PrintKind.YEAR, sample())
    text = squeezed(plan.data)
    assert plan.items == 12
    assert "豁免" in text
    counts = Counter(
        one.starts_at.month
        for one in sample().events
        if one.starts_at and one.counts_in_forecast and one.campaign is not Campaign.HOST_MEETING
    )
    assert f"合计各月场次{''.join(str(counts[month]) for month in range(1, 13))}" in text


@pytest.mark.parametrize("margins", list(Margins))
@pytest.mark.parametrize("paper", list(Paper))
def test_the_usual_year_is_one_sheet(paper: Paper, margins: Margins) -> None:
    usual = usual_options(PrintKind.YEAR, sample(), TODAY)._replace(builtin_fonts=True)
    check = check_year(sample(), TODAY, ruleset_for(2027))
    assert (
        make_print(PrintKind.YEAR, sample(), check, usual._replace(paper=paper, margins=margins)).pages == 1
    )


def test_totals_that_need_another_sheet_take_rows_along(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = year_lines(sample(), check_year(sample(), TODAY, ruleset_for(2027)), (), clauses=True)
    counts = []
    for more in range(1, 7):
        lines = tuple(line._replace(title=f"规则{at}号") for at, line in enumerate((*whole, *whole[:more])))
        monkeypatch.setattr("exports.pdf.year_matrix.year_lines", lambda *_, lines=lines, **__: lines)
        pages = ["".join(page.split()) for page in texts(printed(PrintKind.YEAR, sample()).data)]
        if len(pages) > 1:
            assert "合计各月场次" in pages[-1]
            counts.append(len(re.findall("规则.+?号", pages[-1])))
    assert counts
    assert min(counts) >= 3


def test_names_of_delegates_are_masked_unless_asked() -> None:
    snapshot = year(
        meetings=(Meeting("m1", "区政府常务会议", "第11次", datetime(2027, 4, 26, 9, 30)),),
        decisions=(
            Decision("d1", "养老设施规划", meeting="m1", unit="区第1局"),
            Decision(
                "d2", "停车共享", DecisionBody.TOWN, hearing_forms=("网上征集",), heard_on=date(2027, 5, 1)
            ),
            Decision("d3", "应急预案", exemption="涉密", exempted_by="区政府"),
        ),
        delegates=(Delegate("p1", "王小明", "13800001234", "居民"), Delegate("p2", "", "", "企业")),
        invitations=(
            Invitation("i1", "d1", "p1", attendance=Attendance.PRESENT),
            Invitation("i2", "d1", "p2", date(2027, 4, 19)),
        ),
        opinions=(Opinion("o1", "d1", "p1", "建议" * 900),),
    )
    masked = printed(PrintKind.ATTENDANCE, snapshot)
    text = squeezed(masked.data)
    assert masked.items == 3
    assert ("王小明" in text, "0000" in text, "王*（居民）、企业代表" in text) == (False, False, True)
    assert all(words in text for words in ("1/2", "网上征集5月1日", "特殊情况不邀请：涉密（区政府批准）"))
    open_text = squeezed(
        printed(PrintKind.ATTENDANCE, snapshot, mask_delegates=False, mask_phones=False).data
    )
    assert "王小明（居民，13800001234）" in open_text


@pytest.mark.parametrize(
    ("invited", "came", "words"),
    [
        (None, None, ("李*、王*尚未邀请", "邀请代表0人次（名单上另有2人次未邀请），到会0人次")),
        (
            date(2027, 4, 19),
            None,
            ("王*、李*（未邀请）应到1", "邀请代表1人次（名单上另有1人次未邀请），到会0"),
        ),
        (
            None,
            Attendance.PRESENT,
            ("王*、李*（未邀请）1/1", "邀请代表1人次（名单上另有1人次未邀请），到会1"),
        ),
    ],
)
def test_who_only_stands_on_the_list_is_not_expected(
    invited: date | None, came: Attendance | None, words: tuple[str, ...]
) -> None:
    snapshot = year(
        meetings=(Meeting("m1", "区政府常务会议", "第11次", datetime(2027, 4, 26, 9, 30)),),
        decisions=(Decision("d1", "养老设施规划", meeting="m1"),),
        delegates=(Delegate("p1", "李大红"), Delegate("p2", "王小明")),
        invitations=(Invitation("i1", "d1", "p1"), Invitation("i2", "d1", "p2", invited, came)),
    )
    text = squeezed(printed(PrintKind.ATTENDANCE, snapshot).data)
    assert [part for part in words if part not in text] == []


@pytest.mark.parametrize(("told", "count"), [(date(2027, 5, 19), "0/1"), (date(2027, 5, 20), "1/1")])
def test_a_feedback_before_the_outcome_is_not_counted(told: date, count: str) -> None:
    answer = Opinion("o1", "d1", "p1", "增加站点", Outcome.ADOPTED, "已增", date(2027, 5, 20))
    snapshot = year(
        meetings=(Meeting("m1", "区政府常务会议", "第11次", datetime(2027, 4, 26, 9, 30)),),
        decisions=(Decision("d1", "养老设施规划", meeting="m1"),),
        delegates=(Delegate("p1", "王小明"), Delegate("p2", "李大红")),
        invitations=(
            Invitation("i1", "d1", "p1", date(2027, 4, 19), Attendance.PRESENT, told),
            Invitation("i2", "d1", "p2", date(2027, 4, 19), Attendance.ABSENT),
        ),
        opinions=(answer,),
    )
    text = squeezed(printed(PrintKind.ATTENDANCE, snapshot).data)
    assert f"1/2采纳1条{count}" in text  # who came, what became of the opinions, who was told


def test_contacts_keep_only_the_ends_of_their_numbers() -> None:
    assert contact_words("李老师138-1234-5678、56781234", masked=True) == "李老师138****5678、567**234"
    assert contact_words("李老师13812345678", masked=False) == "李老师13812345678"


def test_evidence_says_what_is_there_and_what_is_missing() -> None:
    held = event(1, Campaign.COMMUNITY, datetime(2027, 3, 1, 9), status=EventStatus.HELD)
    snapshot = year(held, evidence=(Evidence("v1", "E1", EvidenceKind.PHOTO, "现场"),))
    text = squeezed(printed(PrintKind.EVIDENCE, snapshot).data)
    assert "活动编号1号缺1份缺——签到表、报道链接" in text
    assert "已举办1场，材料齐全0场，1场还缺共2项" in text


def test_a_full_square_names_the_page_of_the_rest() -> None:
    events = [
        event(n, Campaign.CAMPUS, datetime(2027, 5, 4, 8, n), stages=(SchoolStage.PRIMARY,))
        for n in range(30)
    ]
    plan = printed(PrintKind.WALL, year(*events), month=5)
    pages = ["".join(text.split()) for text in texts(plan.data)]
    left, page = map(int, re.search(r"还有(\d+)项，见第(\d+)页", pages[0]).groups())  # type: ignore[union-attr]
    rest = len(re.findall(r"编号\d+号", "".join(pages[page - 1 :])))
    assert (plan.items, left, page) == (30, rest, 2)


def test_days_off_stand_in_the_month() -> None:
    holidays = Holidays(True, "通知", ((date(2027, 5, 1), "劳动节"),), (date(2027, 5, 8),))
    text = squeezed(printed(PrintKind.WALL, year(row=Year(2027, holidays=holidays)), month=5).data)
    assert ("1劳动节" in text, "8班" in text) == (True, True)


def test_a_month_or_quarter_that_does_not_exist_is_refused() -> None:
    with pytest.raises(InputError, match="没有13月"):
        printed(PrintKind.WALL, year(), month=13)
    with pytest.raises(UserError, match="没有第0季度"):
        printed(PrintKind.QUARTER, year())


def test_the_notice_numbers_each_change_once_and_sheets_of_units_add_up_to_it() -> None:
    before = year(
        event(1, Campaign.LECTURE, datetime(2027, 7, 1, 9), lead_units=("区第1局", "区第2局")),
        event(2, Campaign.LECTURE, datetime(2027, 7, 2, 9), lead_units=("区第2局",)),
        event(3, Campaign.LECTURE, datetime(2027, 7, 3, 9)),
    )
    moved = before.events[0]._replace(starts_at=datetime(2027, 7, 8, 9), ends_at=datetime(2027, 7, 8, 11))
    after = year(moved, before.events[1]._replace(status=EventStatus.CANCELLED, status_reason="台风"))
    checks = [check_year(one, TODAY, ruleset_for(2027)) for one in (before, after)]
    changes = plan_changes(before, after, *checks, ("印发稿1（2027-06-01）", "草案"))
    common = make_print(PrintKind.NOTICE, after, checks[1], BARE, changes=changes)
    text = squeezed(common.data)
    assert common.items == len(changes.events) == 3
    assert Counter(re.findall(r"编号\d号", text)) == Counter(["编号1号", "编号2号", "编号3号"])
    assert "二、区第2局还有与其他单位共同办理的变更，见第1项" in text
    assert "7月1日（周四）09:00—11:00待定7月8日（周四）09:00—11:00待定" in text
    options = BARE._replace(units=("区第1局", "区第2局"))
    sheets = make_print(PrintKind.NOTICE, after, checks[1], options, changes=changes)
    found = Counter(re.findall(r"编号\d号", squeezed(sheets.data)))
    assert found == Counter({"编号1号": 2, "编号2号": 1})
    with pytest.raises(InputError, match="与哪一稿比较"):
        make_print(PrintKind.NOTICE, after, checks[1], BARE)


def test_options_name_real_fields() -> None:
    for kind in PrintKind:
        assert options_of(kind) <= set(PrintOptions._fields)


def test_what_should_be_known_first_is_said_and_nothing_where_all_is_well() -> None:
    check = check_year(sample(), TODAY, ruleset_for(2027))
    said = concerns(PrintKind.QUARTER, sample(), check, PrintOptions(quarter=3))
    assert any(re.fullmatch(r"其中\d+场仍为待确认", words) for words in said)
    assert "走进校区 · 初中 · 三季度还缺1场" in said
    assert concerns(PrintKind.EVIDENCE, sample(), check, PrintOptions()) == ("其中23场材料不齐",)
    assert concerns(PrintKind.NOTICE, sample(), check, PrintOptions()) == ()


def test_a_last_page_with_next_to_nothing_is_saved_by_closer_rows() -> None:
    usual, compact = (printed(PrintKind.QUARTER, sample(), quarter=3, spacing=s) for s in (STANDARD, COMPACT))
    assert usual.pages == compact.pages < 8
    assert usual.data == compact.data
    roomy = printed(PrintKind.QUARTER, sample(), quarter=2)
    assert roomy.data != printed(PrintKind.QUARTER, sample(), quarter=2, spacing=COMPACT).data
