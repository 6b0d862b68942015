"""放假通知：自己写的三年通知与随程序的安排一致；错的、没读懂的都指得出行。"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.holidays import shipped_holidays
from planners.notice_text import FESTIVALS, parse_notice

NOTICE_2024 = """国务院办公厅关于2024年
部分节假日安排的通知
国办发明电〔2023〕7号

各省、自治区、直辖市人民政府：
　　经国务院批准，现将2024年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
　　一、元旦：1月1日放假，与周末连休。
　　二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。
　　三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
　　四、劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。
　　五、端午节：6月10日放假，与周末连休。
　　六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。
　　七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。
　　节假日期间，各地区要妥善安排好值班和安全等工作。
国务院办公厅
2023年10月25日
"""
NOTICE_2025 = """国务院办公厅关于2025年部分节假日安排的通知
国办发明电〔2024〕12号
一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。
"""
NOTICE_2026 = """国务院办公厅关于2026年部分节假日安排的通知 国办发明电〔2025〕7号
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（周日）至23日（周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
"""


@pytest.mark.parametrize(("year", "text"), [(2024, NOTICE_2024), (2025, NOTICE_2025), (2026, NOTICE_2026)])
def test_a_whole_notice_gives_what_the_program_ships(year: int, text: str) -> None:
    notice = parse_notice(text, year)
    assert notice.unread == ()
    assert notice.missing == ()
    assert notice.holidays() == shipped_holidays(year)


def test_what_is_only_encouraged_is_told_and_no_day_off() -> None:
    (note,) = parse_notice(NOTICE_2024, 2024).notes
    assert (note.line, note.why) == (8, "鼓励的内容，不作放假日")
    assert "除夕（2月9日）" in note.text


def test_a_notice_on_one_line_with_full_width_digits_is_read_too() -> None:
    wide = NOTICE_2026.translate(str.maketrans("0123456789", "０１２３４５６７８９")).replace("\n", "")
    assert parse_notice(wide, 2026).holidays() == shipped_holidays(2026)


def test_items_alone_are_taken_for_the_year_asked_for() -> None:
    notice = parse_notice("元旦：1月1日（周五）至3日（周日）放假，共3天。", 2027)
    assert [day for day, _ in notice.days_off] == [date(2027, 1, n) for n in (1, 2, 3)]
    assert notice.missing == FESTIVALS[1:]
    assert notice.holidays().notice == "2027年放假安排（粘贴的通知）"


def test_days_before_new_year_belong_to_the_year_before() -> None:
    written = "一、元旦：2018年12月30日至2019年1月1日放假调休，共3天。2018年12月29日（星期六）上班。"
    notice = parse_notice(written, 2019)
    assert [day for day, _ in notice.days_off] == [date(2018, 12, 30), date(2018, 12, 31), date(2019, 1, 1)]
    assert notice.makeup_workdays == (date(2018, 12, 29),)
    short = parse_notice("元旦：12月30日至1月1日放假，共3天。", 2019)
    assert short.days_off == notice.days_off


def test_a_day_given_back_is_off_too() -> None:
    notice = parse_notice("清明节：4月5日（星期日）放假，4月6日（星期一）补休。", 2026)
    assert [day.day for day, _ in notice.days_off] == [5, 6]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("元旦：1月1日（周四）放假。", "写着周四，2027年1月1日是周五"),
        ("元旦：1月1日至3日放假，共4天。", "写着共 4 天，日期却是 3 天"),
        ("元旦：1月1日放假3天。", "写着放假 3 天，日期却是 1 天"),
        ("春节：2月30日放假。", "没有 2027年2月30日这一天"),
        ("国庆节：10月7日至1日放假。", "10月7日至10月1日，起止不对"),
        ("国庆节：10月8日（周五）上班。", "10月8日是周五，本来就上班"),
        ("国庆节：1日至7日放假。", "日期没有写月份"),
        ("国庆节：十月一日起放假。", "没有读懂"),
        ("国庆节：10月1日至7日酌情放假。", "没有读懂"),
        ("第三季度10月1日另行安排", "没有读懂，不在“节日：日期放假”的写法之内"),
        ("八、校庆：10月9日放假。", "没有读懂，不在“节日：日期放假”的写法之内"),
    ],
)
def test_a_line_that_cannot_be_right_is_shown_and_not_taken(line: str, why: str) -> None:
    notice = parse_notice(f"中秋节：9月15日放假。\n{line}", 2027)
    (unread,) = notice.unread
    assert (unread.line, unread.why) == (2, why)
    assert unread.words.startswith(f"第 2 行：{why}（“")
    assert notice.days_off == ((date(2027, 9, 15), "中秋节"),)
    assert notice.makeup_workdays == ()


def test_a_day_both_off_and_worked_is_a_mistake() -> None:
    notice = parse_notice("国庆节：10月1日至7日放假。10月2日（周六）上班。", 2027)
    assert [unread.why for unread in notice.unread] == ["10月2日又放假又上班"]


def test_the_notice_of_another_year_is_told() -> None:
    notice = parse_notice(NOTICE_2026, 2027)
    assert notice.year == 2026
    assert notice.unread[0].words == "这是 2026 年的通知，要的是 2027 年的。"


@pytest.mark.parametrize("text", ["", "\n \n", "今天天气很好"])
def test_a_text_without_an_arrangement_says_so(text: str) -> None:
    (unread,) = parse_notice(text, 2027).unread
    assert unread.words == "没有读到放假安排。请粘贴通知全文，每个节日一行。"


@settings(max_examples=80, deadline=None)
@given(st.integers(2020, 2050), st.integers(0, 360), st.integers(1, 9), st.sampled_from(FESTIVALS))
def test_a_span_written_with_its_weekdays_is_read_as_written(
    year: int, start: int, length: int, name: str
) -> None:
    first = date(year, 1, 1) + timedelta(days=start)
    days = [first + timedelta(days=n) for n in range(length)]
    last = days[-1]
    write = [f"{d.year}年{d.month}月{d.day}日（周{'一二三四五六日'[d.weekday()]}）" for d in (first, last)]
    line = f"{name}：{write[0]}至{write[1]}放假调休，共{length}天。"
    notice = parse_notice(line, year)
    assert notice.days_off == tuple((day, name) for day in days)
    assert notice.unread == ()


@settings(max_examples=100, deadline=None)
@given(st.text("一二、元旦春节：:1234月日（）周三至放假上班，。共天\n年", max_size=60))
def test_no_text_is_too_strange(text: str) -> None:
    notice = parse_notice(text, 2027)
    assert notice.days_off or notice.unread
    worked = set(notice.makeup_workdays)
    assert worked.isdisjoint(day for day, _ in notice.days_off)
