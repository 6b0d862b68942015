"""季度活动计划：读回来核对每一项、页数、页脚、页码、网格与字节。"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import cache
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exports.package import read_package
from exports.pdf.fonts import Role, font_book
from exports.pdf.page import GRID_LEADING, GRID_PITCH, MM, Layout, Margins, Orientation, Paper
from exports.pdf.printing import print_documents
from exports.pdf.quarter_facts import quarter_facts
from exports.pdf.quarter_plan import quarter_plan
from exports.print_options import Printed, PrintOptions, ReleaseMark
from models.domain.attendance import Decision, Delegate, Invitation, Meeting
from models.domain.errors import InputError
from models.domain.events import Campaign, Event, EventStatus, Precision
from models.domain.snapshot import YearSnapshot
from models.domain.units import Unit, UnitKind
from models.domain.year import Year
from models.rulesets import ruleset_for
from models.sample import sample_year
from planners.checks import check_year
from planners.parameter_effect import with_settings
from tests.exports.pdf_reading import opened, sizes, spots, squeezed, texts

TODAY = date(2027, 6, 15)
BUNDLED = Layout(bundled_only=True)
PORTRAIT = BUNDLED._replace(orientation=Orientation.PORTRAIT)
UNITS = (*(Unit(f"区第{n}局", f"区第{n}局") for n in range(40)), Unit("罗店镇", "罗店镇", UnitKind.TOWN))
CAMPAIGNS = tuple(one for one in Campaign if one is not Campaign.HOST_MEETING)


def event(number: int, **fields: object) -> Event:
    starts_at = datetime(2027, 4, 1, 14) + timedelta(days=number % 91)
    base = Event(
        f"E{number}",
        CAMPAIGNS[number % 6],
        f"第{number}号活动",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1.5),
    )
    return base._replace(**fields)


def year(*events: Event, **lists: object) -> YearSnapshot:
    row = Year(2027, quarter_themes=(None, "人才服务与科技创新", None, None))
    return YearSnapshot(row, units=UNITS, events=events, **lists)  # type: ignore[arg-type]


def printed(snapshot: YearSnapshot, layout: Layout = BUNDLED, quarter: int = 2, **chosen: object) -> Printed:
    ruleset = ruleset_for(2027, settings=dict(snapshot.year_row.settings))
    check = check_year(snapshot, TODAY, ruleset)
    options = PrintOptions(quarter=quarter)._replace(**chosen)
    demo = snapshot.year_row.setting("demo") is True
    return print_documents(quarter_plan(snapshot, check, options), layout, options, demo=demo)


STAGES = "小学、初中、高中、中职"


@cache
def sample() -> YearSnapshot:
    return read_package(sample_year(), "sample-2027.json")


@pytest.mark.parametrize("count", [0, 1, 60, 400])
@pytest.mark.parametrize("layout", [BUNDLED, PORTRAIT], ids=["landscape", "portrait"])
def test_every_item_is_printed_once_and_counted_on_every_page(count: int, layout: Layout) -> None:
    plan = printed(year(*(event(number) for number in range(count))), layout)
    pages = texts(plan.data)
    whole = "".join(pages)
    assert sorted(map(int, re.findall(r"第(\d+)号活动", "".join(whole.split())))) == list(range(count))
    assert (plan.items, plan.pages, plan.warnings) == (count, len(pages), ())
    for number, page in enumerate(pages, start=1):
        assert "".join(page.split()).count(f"本表共{count}项，第{number}/{len(pages)}页内容校验码") == 1


def test_a_quarter_without_items_says_so_and_still_counts_the_duties() -> None:
    text = squeezed(printed(year()).data)
    assert "本季度暂无列入计划的活动" in text
    assert "公开讲堂·4月：至少1场，目标2场00逾期，缺1场" in text


def test_the_duties_are_printed_with_the_numbers_that_the_office_set() -> None:
    own = {"lecture.target": 1, "community.minimum": 2, "community.exempt_month": 5, "campus.stages": STAGES}
    text = squeezed(printed(with_settings(year(), own)).data)
    assert "公开讲堂·4月：至少1场00逾期，缺1场" in text
    assert "走进社区·4月：至少2场（自定，原文1）00逾期，缺2场" in text
    assert "走进社区·5月：不作要求00豁免（本单位自定的豁免月）" in text
    assert "走进校区·中职·二季度：至少1场" in text


def test_the_paper_says_what_it_is() -> None:
    plan = printed(sample(), issued_on=TODAY)
    first = texts(plan.data)[0].split()
    assert first[:5] == [
        "附件1",
        "宝山区2027年第二季度政务公开活动计划",
        "（草案）",
        "依据：《2024年宝山区政务公开工作要点》（宝府办〔2024〕14号，本年度沿用）",
        "2027年6月15日",
    ]
    whole = squeezed(plan.data)
    for words in (
        "季度主题：人才服务与科技创新",
        "蕰藻浜滨水空间贯通方案",
        "2027年放假安排未公布",
        "演示数据",
        "6月18日（周五）",
    ):
        assert words in whole, words


def test_a_released_plan_and_a_plain_print_carry_no_draft_mark_and_no_attachment() -> None:
    release = ReleaseMark(3, "二季度计划", date(2027, 6, 1), "9f8e7d6c" * 8)
    plan = printed(sample(), BUNDLED._replace(margins=Margins.PLAIN), release=release)
    whole = squeezed(plan.data)
    assert "草案" not in whole
    assert "附件" not in whole
    assert whole.count("印发稿3“二季度计划”（2027年6月1日）9f8e7d6c演示数据") == plan.pages


def test_rows_say_when_where_who_and_in_which_state() -> None:
    row = event(
        0,
        title="民法典宣讲",
        tentative=True,
        status=EventStatus.POSTPONED,
        status_reason="台风",
        lead_units=("区第1局", "区第2局"),
        towns=("罗店镇",),
        place="文化中心",
        audience="居民",
        expected=80,
        note="带身份证",
    )
    text = squeezed(printed(year(row)).data)
    assert (
        "1公开讲堂民法典宣讲4月1日（周四）14:00—15:30（暂定）文化中心区第1局、区第2局罗店镇居民约80人已延期：台风；带身份证"
        in text
    )


def test_cancelled_events_and_those_of_other_quarters_are_left_out() -> None:
    plan = printed(
        year(
            event(1, title="留下的"),
            event(2, title="取消的", status=EventStatus.CANCELLED),
            event(3, title="下季度的", starts_at=datetime(2027, 7, 1, 9), ends_at=None),
            event(
                4,
                title="没有说何时的",
                starts_at=None,
                ends_at=None,
                precision=Precision.UNSET,
                raw_time="待定",
            ),
            event(
                5,
                title="说了季度的",
                starts_at=None,
                ends_at=None,
                precision=Precision.QUARTER,
                raw_time="第二季度",
            ),
            event(
                6,
                title="说了旬的",
                starts_at=None,
                ends_at=None,
                precision=Precision.TEN_DAYS,
                raw_time="6月中旬",
            ),
        )
    )
    text = squeezed(plan.data)
    shown = [
        words in text for words in ("留下的", "取消的", "下季度的", "没有说何时的", "说了季度的", "说了旬的")
    ]
    assert (plan.items, shown) == (3, [True, False, False, True, True, True])
    assert "没有定下日期，可能列入本季度，未列在表内：科创问政“没有说何时的”（日期待定）。" in text


def test_a_meeting_with_a_zone_stands_in_the_note_of_its_zone_only() -> None:
    host = event(0, campaign=Campaign.HOST_MEETING, title="春季招商推介会")
    zone = event(1, campaign=Campaign.TECH_FORUM, title="科创问政专区", host_event=host.key)
    alone = event(2, campaign=Campaign.HOST_MEETING, title="企业座谈会")
    plan = printed(year(host, zone, alone))
    text = squeezed(plan.data)
    assert (plan.items, text.count("春季招商推介会"), text.count("企业座谈会")) == (2, 1, 1)


def test_decisions_of_the_quarter_are_listed_without_the_name_of_a_delegate() -> None:
    plan = printed(
        year(
            meetings=(
                Meeting("m1", "区政府常务会议", "第11次", datetime(2027, 4, 26, 9, 30)),
                Meeting("m2", "常务会议"),
            ),
            decisions=(
                Decision("d1", "养老设施规划", unit="区第3局", meeting="m1"),
                Decision("d2", "涉密事项", meeting="m1", exemption="涉及国家秘密"),
                Decision("d3", "未排会议的事项", meeting="m2"),
            ),
            delegates=(Delegate("p1", "王小明", "13800001234", "学生家长"),),
            invitations=(Invitation("i1", "d1", "p1"),),
        )
    )
    text = squeezed(plan.data)
    assert "1公众列席养老设施规划4月26日（周一）09:30区政府常务会议第11次区第3局学生家长代表" in text
    assert "特殊情况不邀请：涉及国家秘密" in text
    assert (plan.items, "王小明" in text, "1380000" in text) == (2, False, False)
    assert "王小明".encode() not in plan.data


def test_text_that_looks_like_markup_is_printed_as_it_is() -> None:
    title = '<b>&amp;</b><img src="file:///etc/passwd"/>{}%s'
    assert title.replace(" ", "") in squeezed(printed(year(event(1, title=title))).data)


def test_a_character_without_a_glyph_becomes_a_geta_mark_and_is_named_once() -> None:
    plan = printed(year(event(1, title="𠮷祥社区"), event(2, title="𠮷祥与⺀")))
    assert plan.warnings == (
        "“𠮷”（U+20BB7）没有可用的字形，印作“〓”（第1、2项）。",
        "“⺀”（U+2E80）没有可用的字形，印作“〓”（第2项）。",
    )
    assert "〓祥社区" in squeezed(plan.data)


def test_what_does_not_fit_its_cell_is_printed_whole_on_a_later_page_that_the_cell_names() -> None:
    note = "".join(f"第{n}条说明，" for n in range(120))
    units = tuple(unit.key for unit in UNITS)
    title = "题" * 300
    plan = printed(year(event(1, note=note, responsible_units=units), event(2, title=title)), PORTRAIT)
    text = re.sub(r"本表共2项，第./.页内容校验码[0-9A-F]{8}草案|—.—", "", squeezed(plan.data))
    assert plan.items == 2
    assert note in text
    assert "、".join(units) in text
    assert title in text
    left = re.search(r"（还有(\d+)项，见第(\d+)页）", text)
    assert left is not None
    pages = ["".join(page.split()) for page in texts(plan.data)]
    assert "第1项·责任单位" in pages[int(left[2]) - 1]
    shown = re.search(r"区第0局(?:、区第\d+局)*(?=（还有)", text)
    assert shown is not None
    assert shown[0].count("区") + int(left[1]) == len(units)
    for page in re.findall(r"……（全文见第(\d+)页）", text):
        assert "附注" in pages[int(page) - 1] or "·" in pages[int(page) - 1]


def test_a_field_over_the_limit_is_cut_with_a_warning() -> None:
    plan = printed(year(event(1, note="字" * 2100)))
    assert plan.warnings == ("第1项的备注超过2000字，末尾104字没有印出。",)


def test_a_group_title_is_never_the_last_line_of_a_page() -> None:
    for count in range(8, 40, 3):
        plan = printed(year(*(event(number) for number in range(count))))
        for page in texts(plan.data):
            lines = [line for line in page.split("\r\n") if line.strip()]
            body = [line for line in lines if not re.match(r"本表共|[—\d ]+$", line.strip())]
            assert not re.match(r"[一二三四五六]、", body[-1]), body[-3:]


def test_the_table_head_is_repeated_on_every_page_of_the_table() -> None:
    pages = texts(printed(year(*(event(number) for number in range(60)))).data)
    with_items = [page for page in pages if "号活动" in "".join(page.split())]
    assert len(with_items) > 3
    assert all("活动名称" in page and "责任单位" in page for page in with_items)


def test_the_same_facts_give_the_same_bytes_without_a_date_or_a_person() -> None:
    first, second = printed(sample()), printed(sample())
    assert first.data == second.data
    with opened(first.data) as document:
        metadata = {key: value for key, value in document.get_metadata_dict().items() if value}
    assert metadata == {
        "Title": "宝山区2027年第二季度政务公开活动计划",
        "Author": "宝公开排期",
        "Subject": "宝山区2027年第二季度政务公开活动计划",
        "Creator": "宝公开排期",
    }


def test_every_font_of_the_file_is_embedded() -> None:
    assert b"/BaseFont /Helvetica" not in printed(sample()).data


def test_another_fact_gives_another_check_number() -> None:
    numbers = {
        re.search(r"内容校验码([0-9A-F]{8})", squeezed(printed(year(event(1, note=note))).data))[1]  # type: ignore[index]
        for note in ("甲", "乙")
    }
    assert len(numbers) == 2


def test_no_extracted_character_is_a_radical() -> None:
    text = squeezed(printed(year(event(1, title="\u2f49日\u2f00用⻔店"))).data)
    assert "月日一用门店" in text
    assert not re.search("[\u2e80-\u2fdf]", text + squeezed(printed(sample()).data))


def test_a_quarter_that_does_not_exist_is_refused() -> None:
    with pytest.raises(InputError, match="没有第5季度"):
        printed(year(), quarter=5)


# ── 版式 ──


@pytest.mark.parametrize(("paper", "short", "long"), [(Paper.A4, 210, 297), (Paper.A3, 297, 420)])
@pytest.mark.parametrize("margins", list(Margins))
def test_every_paper_and_margin_set_prints_the_sample_whole(
    paper: Paper, short: int, long: int, margins: Margins
) -> None:
    for orientation in Orientation:
        plan = printed(sample(), Layout(paper, orientation, margins, bundled_only=True))
        size = (long, short) if orientation is Orientation.LANDSCAPE else (short, long)
        assert sizes(plan.data) == [size] * plan.pages
        assert plan.items == 18


def test_the_text_of_a_portrait_attachment_stands_in_the_grid_of_22_lines_of_28_characters() -> None:
    plan = printed(year(event(1, note="宝" * 2000)), PORTRAIT)
    page = next(
        number
        for number, text in enumerate(texts(plan.data), start=1)
        if "".join(text.split()).startswith("宝" * 100)
    )
    left = (28 if page % 2 else 26) * MM
    columns, lines = set(), set()
    for spot in spots(plan.data, page):
        if spot.character == "宝":
            columns.add(round((spot.x - left) / GRID_PITCH, 2))
            lines.add(round((297 * MM - 37 * MM - spot.y) / GRID_LEADING, 2))
    assert columns == set(range(28))
    first = min(lines)
    assert sorted(round(line - first, 2) for line in lines) == list(range(22))
    assert round(GRID_PITCH, 2) == 15.79
    assert round(GRID_LEADING, 2) == 28.99


def test_title_and_attachment_stand_on_lines_three_and_one_and_the_title_in_the_middle() -> None:
    found = spots(printed(year(), PORTRAIT).data, 1)
    top = (297 - 37) * MM
    attachment = next(spot for spot in found if spot.character == "附")
    start = next(spot for spot in found if spot.character == "宝")
    end = next(spot for spot in found if spot.character == "划")
    assert int((top - attachment.y) / GRID_LEADING) == 0
    assert int((top - start.y) / GRID_LEADING) == 2
    assert attachment.x == pytest.approx(28 * MM, abs=0.01)
    assert (start.x + end.x + 22) / 2 == pytest.approx((28 + 78) * MM, abs=0.5)


DASH = font_book(bundled_only=True)[Role.FOLIO].width("—", 14) / MM


def dashes(plan: Printed, page: int) -> list[tuple[float, float]]:
    """The two ends of 「— n —」: the dashes in 14 pt, in millimetres."""
    found = spots(plan.data, page)
    return [
        (one.x / MM, one.y / MM)
        for one, digit, two in zip(found, found[1:], found[2:], strict=False)
        if (one.character, digit.character, two.character) == ("—", str(page), "—")
        for one in (one, two)
    ]


def test_portrait_pages_carry_their_number_right_on_odd_and_left_on_even_pages() -> None:
    plan = printed(year(*(event(number) for number in range(60))), PORTRAIT)
    (first, odd_y), (last, _) = dashes(plan, 1)
    assert last + DASH == pytest.approx(28 + 156 - 14 / MM, abs=0.1)
    assert dashes(plan, 2)[0][0] == pytest.approx(26 + 14 / MM, abs=0.1)
    assert odd_y < 297 - 37 - 225 - 7 < odd_y + 14 / MM
    assert first < last


def test_landscape_pages_carry_their_number_turned_at_the_left_low_then_high() -> None:
    plan = printed(year(*(event(number) for number in range(60))))
    (odd_x, odd_start), (_, odd_end) = dashes(plan, 1)
    (even_x, even_start), (_, even_end) = dashes(plan, 2)
    assert odd_start > odd_end
    assert odd_end - DASH == pytest.approx(26 + 14 / MM, abs=0.1)
    assert even_start == pytest.approx(210 - 26 - 14 / MM, abs=0.1)
    assert even_start > even_end
    assert odd_x == even_x < 35 - 7 < odd_x + 14 / MM


# ── 定律 ──

WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=40) | st.text(
    "公开讲堂—…“”，。15:30 ab\n", max_size=300
)
EVENTS = st.builds(
    event,
    st.integers(0, 400),
    title=WORDS,
    note=WORDS,
    place=WORDS,
    raw_time=WORDS,
    campaign=st.sampled_from(CAMPAIGNS),
    status=st.sampled_from(EventStatus),
    precision=st.sampled_from(Precision),
    tentative=st.booleans(),
    lead_units=st.lists(st.sampled_from([unit.key for unit in UNITS]), max_size=30, unique=True).map(tuple),
)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(EVENTS, max_size=25),
    st.integers(1, 16),
    st.sampled_from(list(product(Paper, Orientation, Margins))),
)
def test_any_year_is_printed_whole_on_any_paper(
    events: list[Event], times: int, style: tuple[Paper, Orientation, Margins]
) -> None:
    many = [
        one._replace(key=f"{one.key}-{copy}-{at}") for copy in range(times) for at, one in enumerate(events)
    ]
    plan = printed(year(*many), Layout(*style, bundled_only=True))
    assert plan.items == sum(one.status is not EventStatus.CANCELLED for one in many)
    assert (
        sum("".join(page.split()).count(f"本表共{plan.items}项") for page in texts(plan.data)) == plan.pages
    )


def test_the_check_number_of_the_paper_is_that_of_its_facts() -> None:
    facts = quarter_facts(sample(), check_year(sample(), TODAY, ruleset_for(2027)), 2)
    assert printed(sample()).digest == facts.digest
