"""清理与断行：按值检查禁则，再按定律检查任意文字。"""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.pdf.text import (
    LONGEST_FIELD,
    NO_END,
    NO_START,
    Cleaned,
    clean,
    wrap,
    wrap_evenly,
    wrap_without_orphan,
)


def advance(character: str) -> float:
    """Chinese characters one unit wide, others half."""
    return 0.5 if character.isascii() else 1.0


def width(line: str) -> float:
    return sum(map(advance, line))


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("公开讲堂", 4, ["公开讲堂"]),
        ("公开讲堂", 3, ["公开讲", "堂"]),
        ("", 5, [""]),
        ("医保参保，咨询", 4, ["医保参", "保，咨询"]),
        ("走进“社区”活动", 3, ["走进", "“社", "区”活", "动"]),
        ("会议（一）纪要", 3, ["会议", "（一）", "纪要"]),
        ("时间15:30开始", 3, ["时间", "15:30", "开始"]),
        ("于2027-06-15印发", 5, ["于", "2027-06-15", "印发"]),
        ("完成率98.5%左右", 4, ["完成率", "98.5%左", "右"]),
        ("访问bao.gov.cn网站", 6, ["访问", "bao.gov.cn网", "站"]),
        ("一二三……四", 3.5, ["一二", "三……", "四"]),
        ("一二三——四", 4, ["一二", "三——四"]),
        ("甲乙\n丙", 5, ["甲乙", "丙"]),
        ("open day 开放日", 4, ["open day", "开放日"]),
        ("open days at noon", 4, ["open", "days at", "noon"]),
        ("A" * 10, 2, ["AAAA", "AAAA", "AA"]),
        ("前A" + "A" * 8, 2, ["前", "AAAA", "AAAA", "A"]),
        ("，，，，，", 2, ["，，", "，，", "，"]),
        ("宝山", 0.2, ["宝", "山"]),
        ("原定于6月10日举行", 4, ["原定于", "6月10日", "举行"]),
        ("定于6月10日举行", 3, ["定于", "6月", "10日举", "行"]),
    ],
)
def test_a_text_is_broken_where_the_rules_allow(text: str, room: float, lines: list[str]) -> None:
    assert wrap(text, room, advance) == lines


def test_even_lines_are_as_few_and_nearly_equal() -> None:
    assert wrap_evenly("政府开放月活动", 6, advance) == ["政府开放", "月活动"]
    assert wrap_evenly("公开讲堂\n民生保障", 4, advance) == ["公开讲堂", "民生保障"]


def test_even_lines_do_not_break_a_word_that_fits_the_width() -> None:
    assert wrap_evenly("6月23日14:00—16:00", 6, advance) == ["6月23日", "14:00—16:00"]
    assert wrap_evenly("关于abcdefghij的说明", 6, advance) == ["关于", "abcdefghij", "的说明"]


def test_a_lone_last_character_gets_company() -> None:
    assert wrap_without_orphan("医保参保与异地就医结算", 10, advance) == ["医保参保与异地就医", "结算"]
    assert wrap_without_orphan("公开讲堂", 4, advance) == ["公开讲堂"]
    assert wrap_without_orphan("会于15:30开始讲堂", 7, advance) == ["会于15:30开始", "讲堂"]
    assert wrap_without_orphan("宝山区", 2, advance) == ["宝山", "区"]


WRITING = st.lists(
    st.one_of(
        st.text("宝山区政务公开活动计划蕰藻浜", min_size=1, max_size=6),
        st.sampled_from(
            ["，", "。", "；", "、", "（第一场）", "“宝你汇”", "《民法典》", "——", "……", " ", "\n"]
        ),
        st.sampled_from(["15:30", "2027", "APP", "98%", "http://a.cn/x", "6月"]),
    ),
    max_size=30,
).map("".join)


@settings(max_examples=300, deadline=None)
@given(WRITING, st.floats(1, 20))
def test_nothing_but_spaces_is_lost_and_no_line_is_too_wide(text: str, room: float) -> None:
    lines = wrap(text, room, advance)
    assert "".join(lines).replace(" ", "") == text.replace("\n", "").replace(" ", "")
    assert all(width(line) <= room + 1e-6 or len(line) == 1 for line in lines)


@settings(max_examples=300, deadline=None)
@given(WRITING, st.floats(1, 20))
def test_a_line_breaks_the_rules_only_where_no_break_was_allowed(text: str, room: float) -> None:
    for paragraph in text.split("\n"):
        lines = wrap(paragraph, room, advance)
        for before, after in pairwise(lines):
            if after[0] in NO_START or before[-1] in NO_END:
                shown = before.replace(" ", "")
                pairs = pairwise(shown)
                assert all(one in NO_END or two in NO_START for one, two in pairs), (before, after)


@settings(max_examples=200, deadline=None)
@given(WRITING, st.floats(2, 20))
def test_finer_ways_of_breaking_hold_the_same_text_in_as_few_lines(text: str, room: float) -> None:
    plain = wrap(text, room, advance)
    for finer in (wrap_evenly(text, room, advance), wrap_without_orphan(text, room, advance)):
        assert len(finer) == len(plain)
        assert "".join(finer).replace(" ", "") == "".join(plain).replace(" ", "")
        assert all(width(line) <= room + 1e-6 or len(line) == 1 for line in finer)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("医保\x00咨\u202e询\ufeff", "医保咨询"),
        ("\u2f49日 ⻓者 ⻔店", "月日 长者 门店"),
        ("第一行\r\n\r\n第二行\r第三行\u2028四", "第一行\n第二行\n第三行\n四"),
        ("甲\t乙\xa0丙\u3000丁", "甲 乙 丙\u3000丁"),
        ("葛\U000e0100\ud800\ufffe", "葛"),
        ("<b>&amp;", "<b>&amp;"),
        ("  两端  ", "两端"),
    ],
)
def test_what_has_no_place_on_paper_goes(text: str, cleaned: str) -> None:
    assert clean(text) == Cleaned(cleaned)


def test_a_text_over_the_limit_is_cut_and_says_by_how_much() -> None:
    assert clean("字" * 2003) == Cleaned("字" * LONGEST_FIELD, 3)
    assert clean("字" * 100_000) == Cleaned("字" * LONGEST_FIELD, 98_000)


@given(st.text(max_size=50))
def test_no_radical_that_stands_for_a_character_is_left(text: str) -> None:
    once = clean(text).text
    assert clean(once) == Cleaned(once)
    assert not {"\u2f49", "⻓", "⻔"} & set(once)
