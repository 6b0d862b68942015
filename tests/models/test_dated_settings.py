"""自哪天起：一个设置的各个版本，哪天用哪个，改一个从某日起的值要写什么；新一年带去哪些。"""

from __future__ import annotations

from datetime import date

from models.domain.dated_settings import changed_since, name_and_day, settings_on, since_name, year_on
from models.domain.year import Year
from models.next_year import kept_settings
from models.rulesets import ruleset_for

JULY, OCTOBER = date(2027, 7, 1), date(2027, 10, 1)
STORED = (("lecture.minimum", 1), ("lecture.minimum@2027-07-01", 2), ("week_limit@2027-10-01", 6))
NAMES = [name for name, _ in STORED]


def test_a_name_tells_its_setting_and_its_day() -> None:
    assert name_and_day(since_name("lecture.minimum", JULY)) == ("lecture.minimum", JULY)
    assert name_and_day(since_name("lecture.minimum", None)) == ("lecture.minimum", None)
    assert name_and_day("mail:a@example.org") == ("mail:a@example.org", None)
    assert name_and_day("x@2027-13-01") == ("x@2027-13-01", None)


def test_a_setting_is_the_newest_that_has_begun() -> None:
    assert settings_on(STORED, date(2027, 6, 30)) == {"lecture.minimum": 1}
    assert settings_on(STORED, JULY) == {"lecture.minimum": 2}
    assert settings_on(STORED, OCTOBER) == {"lecture.minimum": 2, "week_limit": 6}


def test_the_row_on_a_day_outside_the_year_is_that_of_the_nearest_day() -> None:
    row = Year(2027, settings=STORED)
    assert year_on(row, date(2026, 11, 1)).setting("lecture.minimum") == 1
    assert year_on(row, date(2028, 2, 1)).setting("week_limit") == 6
    assert year_on(row, date(2028, 2, 1)).setting("week_limit@2027-10-01") is None


def test_a_change_leaves_what_held_before_and_takes_away_what_would_begin_later() -> None:
    assert changed_since(NAMES, 2027, {"lecture.minimum": 3}, date(2027, 5, 1)) == {
        "lecture.minimum@2027-05-01": 3,
        "lecture.minimum@2027-07-01": None,
    }
    assert changed_since(NAMES, 2027, {"lecture.minimum": 3}, date(2027, 9, 1)) == {
        "lecture.minimum@2027-09-01": 3
    }


def test_a_change_from_the_first_of_january_is_the_only_one() -> None:
    assert changed_since(NAMES, 2027, {"lecture.minimum": 3}, date(2027, 1, 1)) == {
        "lecture.minimum": 3,
        "lecture.minimum@2027-07-01": None,
    }


def test_the_rules_have_the_numbers_of_the_day_and_those_of_the_end_of_the_year_where_none_is_asked() -> None:
    ruleset = ruleset_for(2027, settings=dict(STORED))
    asked = {
        day: ruleset.rule_on("lecture.monthly", day).parameter("minimum") for day in (date(2027, 6, 30), JULY)
    }
    assert asked == {date(2027, 6, 30): 1, JULY: 2}
    assert ruleset.rule("lecture.monthly").parameter("minimum") == 2
    assert ruleset.on(date(2026, 1, 1)).rule("lecture.monthly").parameter("minimum") == 1


def test_the_next_year_begins_with_what_held_last_and_what_was_to_begin_then() -> None:
    stored = (*STORED, ("park.minimum@2028-01-01", 0), ("campus.minimum@2028-04-01", 2))
    kept = dict(kept_settings(Year(2027, settings=stored), ruleset_for(2028)))
    assert kept == {"lecture.minimum": 2, "week_limit": 6, "park.minimum": 0, "campus.minimum@2028-04-01": 2}
