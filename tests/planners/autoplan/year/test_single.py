"""只管一处：一键排入挑最好的一天；换一天时理由跟着变。"""

from __future__ import annotations

from datetime import date, datetime

import pytest

from planners.autoplan.planning import propose_one
from planners.autoplan.year.single import reconsider
from planners.proposals import Cause, Entry, Open, ReasonKind, Way
from planners.proposals_applied import apply_entries
from planners.results import Cell
from tests.factories import TODAY, cell, check, findings, rules_of, sample
from tests.planners.autoplan.year.factories import entry_for, planned, words_of

RULES = rules_of(sample())
CHECK = check(sample())


def one(rule: str, first: str, group: str | None = None) -> Entry | Open:
    """The answer about one cell of the sample."""
    return propose_one(sample(), TODAY, RULES, cell(CHECK, rule, first, group))


def test_the_lecture_of_june_is_the_postponed_one_on_the_23rd() -> None:
    found = one("lecture.monthly", "2027-06-01")
    assert isinstance(found, Entry)
    assert found.event is not None
    assert (found.way, found.event.key, found.event.starts_at) == (
        Way.REVIVE,
        "A007",
        datetime(2027, 6, 23, 14),
    )


def test_a_visit_for_one_town_goes_there() -> None:
    found = one("community.coverage", "2027-01-01", "罗泾镇")
    assert isinstance(found, Entry)
    assert found.event is not None
    assert found.event.towns == ("罗泾镇",)


def test_one_unit_opens_by_itself() -> None:
    found = one("open_month.units", "2027-08-01", "罗店镇")
    assert isinstance(found, Entry)
    assert found.event is not None
    assert found.event.units == ("罗店镇",)
    after = check(apply_entries(sample(), [found]))
    assert cell(after, "open_month.units", "2027-08-01", "罗店镇").forecast == 1


@pytest.mark.parametrize(
    ("rule", "first", "group", "cause"),
    [
        ("campus.stages", "2027-01-01", "高中", Cause.PAST),
        ("campus.stages", "2027-04-01", "初中", Cause.CONFIRM),
        ("lecture.monthly", "2027-03-01", None, Cause.UNKNOWN),
    ],
)
def test_where_nothing_can_be_placed_it_is_said_why(
    rule: str, first: str, group: str | None, cause: Cause
) -> None:
    found = one(rule, first, group)
    assert isinstance(found, Open)
    assert found.cause is cause


@pytest.mark.parametrize("found", [c for c in CHECK.cells if c.state in ("gap", "at_risk")], ids=str)
def test_accepting_it_fills_the_cell(found: Cell) -> None:
    answer = propose_one(sample(), TODAY, RULES, found)
    if isinstance(answer, Open):
        assert answer.for_person
        return
    after = check(apply_entries(sample(), [answer]))
    now = cell(after, found.rule, found.first.isoformat(), found.group)
    assert now.forecast == found.forecast + 1
    assert set(after.conflicts) <= set(CHECK.conflicts)


def test_a_decision_gets_delegates_and_what_is_not_ours_is_left_to_a_person() -> None:
    (first, *_) = findings(CHECK, "not_invited")
    found = propose_one(sample(), TODAY, RULES, first)
    assert isinstance(found, Entry)
    assert (found.way, found.ticked, len(found.changes)) == (Way.ASSIGN, False, 3)
    zone = propose_one(sample(), TODAY, RULES, findings(CHECK, "zone_without_host")[0])
    assert isinstance(zone, Open)
    assert zone.for_person


def test_a_decision_with_delegates_on_its_list_is_not_given_more_but_waits_for_a_person() -> None:
    (first, *_) = findings(CHECK, "not_invited")
    entry = propose_one(sample(), TODAY, RULES, first)
    assert isinstance(entry, Entry)
    after = apply_entries(sample(), [entry])
    (now,) = (
        f for f in check(after).findings if f.situation == "not_invited" and f.decision == first.decision
    )
    assert now.actual == 2
    again = propose_one(after, TODAY, RULES, now)
    assert isinstance(again, Open)
    assert (again.for_person, again.text) == (True, "名单上有 2 人，等人发出邀请。")


def visit() -> Entry:
    """The visit proposed for November."""
    return entry_for(planned(sample(), targets=False), "走进社区 · 11月")


def test_another_day_brings_its_own_reasons_and_keeps_those_of_the_demand() -> None:
    before = visit()
    after = reconsider(sample(), CHECK, before, date(2027, 11, 19))
    assert after.event is not None
    assert after.event.starts_at == datetime(2027, 11, 19, 9)
    assert words_of(after, ReasonKind.RULE) == words_of(before, ReasonKind.RULE)
    assert words_of(after, ReasonKind.SPACING) == "距上一场 35 天、下一场 14 天；历次多在周五上午"
    assert all(other.after.day != date(2027, 11, 19) for other in after.alternatives)
    assert [other.extra_cost for other in after.alternatives] == sorted(
        other.extra_cost for other in after.alternatives
    )


def test_the_other_entries_are_looked_at_too() -> None:
    lecture = entry_for(planned(sample(), targets=False), "公开讲堂 · 11月")
    assert lecture.event is not None
    assert lecture.event.day is not None
    words = [
        words_of(reconsider(sample(), CHECK, visit(), lecture.event.day, others), ReasonKind.CONFLICT)
        for others in ((), (lecture,))
    ]
    assert words[0] != words[1]


@pytest.mark.parametrize(
    ("day", "words"), [(date(2027, 6, 1), "已过"), (date(2027, 12, 6), "补不了这处缺口")]
)
def test_a_day_that_will_not_do_says_so(day: date, words: str) -> None:
    found = reconsider(sample(), CHECK, visit(), day)
    bad = next(reason for reason in found.reasons if reason.kind is ReasonKind.CONFLICT)
    assert bad.title == "不可排"
    assert words in bad.text
    assert found.alternatives


def test_a_rest_day_chosen_by_hand_says_so() -> None:
    found = reconsider(sample(), CHECK, visit(), date(2027, 11, 20))
    assert words_of(found, ReasonKind.REST_DAY) == "11月20日 周六是周末，请先问明能否到场"


def test_what_has_no_day_stays_as_it_is() -> None:
    entry = next(e for e in planned(sample(), targets=False).entries if e.event is None)
    assert reconsider(sample(), CHECK, entry, date(2027, 11, 20)) == entry
