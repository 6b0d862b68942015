"""新建年度的答案：得出的年度、停用的条文、每一步的问题、草稿原样回来。"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from gui.years.wizard.answers import (
    Answers,
    FirstRound,
    HolidaySource,
    based_on,
    checked,
    contents,
    first_answers,
    with_setting,
    with_year,
)
from gui.years.wizard.draft import YearDraft, YearDraftFile
from gui.years.wizard.problems import problem, steps
from models.domain.units import Unit
from models.holidays import holidays_for, shipped_holidays
from models.reference import blank_year
from tests.factories import sample


def test_without_a_year_before_everything_comes_from_the_reference_data() -> None:
    made = contents(first_answers(2027, None))
    assert made == blank_year(2027)
    assert made.neighbours == blank_year(2027).neighbours


def test_from_last_year_come_its_units_schools_and_readings_but_no_events() -> None:
    answers = first_answers(2028, sample())
    made = contents(answers)
    assert (made.units, made.schools, made.venues) == (sample().units, sample().schools, sample().venues)
    assert (made.events, made.year_row.settings) == ((), ())
    assert answers.first_round is FirstRound.COPY
    offered = {unit.name for unit in answers.units} - {unit.name for unit in made.units}
    assert "区投资促进办" not in offered
    assert answers.left_out


def test_the_checkpoints_are_those_of_the_chosen_readings() -> None:
    answers = first_answers(2027, None)
    assert checked(answers).summary.total == 40
    assert checked(with_setting(answers, "campus.group", "none")).summary.total == 32
    assert checked(with_setting(answers, "community.group", "town")).summary.total == 40 + 11 * 11


def test_the_own_value_of_the_rule_set_is_no_setting() -> None:
    answers = with_setting(first_answers(2027, None), "lecture.minimum", 2, "两场才够")
    assert answers.settings == (("lecture.minimum", 2), ("reason:lecture.minimum", "两场才够"))
    assert answers.setting("lecture.minimum") == 2
    assert with_setting(answers, "lecture.minimum", 1).settings == ()


def test_a_clause_that_is_switched_off_stays_seen_as_exempted_with_its_reason() -> None:
    off = first_answers(2027, None)._replace(switched_off=(("park.quarterly", "园区改造，全年不走进"),))
    made = contents(off)
    assert {e.reason for e in made.exemptions} == {"园区改造，全年不走进"}
    assert len(made.exemptions) == 4
    summary = checked(off).summary
    assert (summary.total, summary.exempt) == (36, 5)


def test_another_year_brings_its_own_days_off() -> None:
    answers = with_year(first_answers(2027, None), 2026)
    assert answers.holidays == shipped_holidays(2026)
    clicked = answers._replace(source=HolidaySource.CLICKED, holidays=holidays_for(2025))
    assert with_year(clicked, 2026) == clicked
    assert with_year(clicked, 2028).holidays == holidays_for(2028)
    assert with_year(clicked, 2090).holidays.days_off == ()


def test_another_base_brings_its_units() -> None:
    answers = based_on(first_answers(2028, sample()), None)
    assert answers.units == first_answers(2028, None).units
    assert answers.first_round is FirstRound.AUTO


GOOD = first_answers(2027, None)
TWICE = (Unit("a", "区司法局"), Unit("b", "区司法局"))
UNREAD = GOOD._replace(source=HolidaySource.PASTED, notice_text="元旦：1月1日（周四）放假。")


@pytest.mark.parametrize(
    ("step", "answers", "said"),
    [
        (0, GOOD._replace(year=2026), "2026 年度已经有了，请换一个年份。"),
        (0, GOOD._replace(district=" "), "请写明哪个区。"),
        (1, GOOD._replace(switched_off=(("park.quarterly", ""),)), "停用“走进园区”须写明理由。"),
        (1, with_setting(GOOD, "open_month.target", 90), "开放月场次的下限 90 大于上限 80。"),
        (2, UNREAD, "第 1 行：写着周四，2027年1月1日是周五（“1月1日（周四）放假”）"),
        (2, with_year(GOOD, 2090), "没有 2090 年的放假日，请粘贴通知或点选。"),
        (3, GOOD._replace(left_out=frozenset(u.key for u in GOOD.units)), "至少要有一个单位参加。"),
        (3, GOOD._replace(units=(Unit("a", " "),)), "有单位没有名称。"),
        (3, GOOD._replace(units=TWICE), "“区司法局”有两个单位在用，请改名或去掉一个。"),
        (5, GOOD._replace(first_round=FirstRound.COPY), "没有上年可以沿用，请选另一种。"),
    ],
)
def test_each_step_says_what_is_wrong_with_it(step: int, answers: Answers, said: str) -> None:
    assert problem(step, answers, {2026}) == said


def test_good_answers_have_no_problem_and_tell_what_they_are() -> None:
    shown = steps(GOOD, ())
    assert [step.problem for step in shown] == [""] * 6
    assert [step.caption for step in shown] == [
        "2027 · 宝山区",
        "2024 年要点",
        "按法定节日估算",
        "12 街镇 · 38 委办局",
        "主题 0/4 · 学校 0 所",
        "自动排期",
    ]


def test_a_draft_comes_back_as_it_was(tmp_path: Path) -> None:
    answers = first_answers(2028, sample())._replace(
        themes=("营商", "", "人才", ""),
        switched_off=(("park.quarterly", "改造"),),
        source=HolidaySource.PASTED,
        notice_text="元旦：1月1日放假。",
        step=3,
    )
    draft = YearDraft(answers, datetime(2027, 11, 20, 14, 32))
    file = YearDraftFile(tmp_path / "数据.db")
    assert file.read() is None
    assert file.keep(draft)
    assert file.path.name == "数据.new-year.json"
    assert file.read() == draft
    file.discard()
    assert file.read() is None


def test_a_draft_of_which_no_year_could_be_made_yet_is_kept_too(tmp_path: Path) -> None:
    file = YearDraftFile(tmp_path / "数据.db")
    for answers in (GOOD._replace(district=""), with_year(GOOD, 2090), GOOD._replace(units=TWICE)):
        draft = YearDraft(answers, datetime(2027, 1, 1))
        file.keep(draft)
        assert file.read() == draft


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "other"}', '{"format": "new-year-draft/1"}'])
def test_a_draft_that_cannot_be_read_is_none(tmp_path: Path, text: str) -> None:
    file = YearDraftFile(tmp_path / "数据.db")
    file.path.write_text(text, encoding="utf-8")
    assert file.read() is None


def test_days_of_a_draft_are_dates_again(tmp_path: Path) -> None:
    file = YearDraftFile(tmp_path / "数据.db")
    file.keep(YearDraft(GOOD, datetime(2027, 1, 1)))
    read = file.read()
    assert read is not None
    assert read.answers.holidays.days_off[0] == (date(2027, 1, 1), "元旦")
