"""裸格式：读得进的照读，读不进的指明地方、值与办法。"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from models.domain.errors import InputError
from models.domain.periods import Period
from planners.autoplan.bare_format import read_problem
from planners.autoplan.problem import DayKind, LoadTerm, SpreadTerm
from tests.planners.autoplan.hidden_plan import Document
from tests.planners.autoplan.problems import small, stored
from tests.planners.autoplan.tight_problems import tight

PIN = {"date": "2027-01-07", "half": "AM", "host": "甲局", "place": "广场"}
GONE = object()


def changed(place: str, value: Any) -> Document:
    """The small problem with ``value`` at ``place`` (``events[0].hosts``); ``GONE`` takes it away."""
    document = small()
    *way, last = (int(n) if n else name for n, name in re.findall(r"\[(\d+)\]|([^.\[\]]+)", place))
    holder: Any = document
    for step in way:
        holder = holder[step]
    if value is GONE:
        del holder[last]
    elif isinstance(holder, list) and last == len(holder):
        holder.append(value)
    else:
        holder[last] = value
    return document


def refusal(document: object) -> InputError:
    with pytest.raises(InputError) as caught:
        read_problem(document, "题.json")
    return caught.value


@pytest.mark.parametrize("name", ["S-feasible-1", "S-infeasible-1", "S-replan-1", "M-feasible-1"])
def test_real_problems_are_read_whole(name: str) -> None:
    document = stored(name)
    problem = read_problem(document)
    assert problem.name == name
    assert [event.key for event in problem.events] == [event["id"] for event in document["events"]]
    assert [rule.key for rule in problem.rules] == [rule["id"] for rule in document["rules"]]
    assert len(problem.blocks) == len(document["blocked"])
    assert len(problem.soft) == sum(
        len(terms) for name, terms in document["soft"].items() if name != "weights"
    )
    assert len(problem.baseline or ()) == len(document["baseline"] or ())


def test_every_part_of_a_problem_arrives() -> None:
    problem = read_problem(changed("events[0].pinned", PIN))
    assert problem.horizon == Period(date(2027, 1, 4), date(2027, 1, 18))
    assert problem.day_kinds[date(2027, 1, 9)] is DayKind.WEEKEND
    event = problem.events[0]
    assert (event.required, event.period, event.attributes) == (
        True,
        Period(date(2027, 1, 4), date(2027, 1, 16)),
        (("主题", "医保"),),
    )
    assert event.pinned is not None
    assert (event.pinned.day, event.pinned.place) == (date(2027, 1, 7), "广场")
    assert problem.blocks[0].half == "AM"
    assert problem.representatives[0].away == (Period(date(2027, 1, 11), date(2027, 1, 13)),)
    assert problem.soft[0] == LoadTerm("均衡", ("讲堂",), ("甲局",), 1, 2, 6)
    assert problem.soft[-1] == SpreadTerm("疏密", "讲堂", 3, 3)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("size", "S"),
        ("makeup_workdays", ["2027-01-10"]),
        ("units[0].kind", "委办局"),
        ("events[0].colour", {"深": [1]}),
        ("rules[0].note", None),
        ("meetings", []),
        ("soft", GONE),
        ("baseline", []),
        ("keep_weights", GONE),
        ("events[0].halves", GONE),
        ("events[0].hosts", []),
        ("rules[0].max", None),
        ("rules[1].campaign", ["讲堂"]),
        ("units[0].week_cap", GONE),
        ("days.weekend", []),
        ("events[0].from", "2026-12-01"),
        ("max_moves", 3),
    ],
)
def test_what_only_describes_and_what_may_be_left_out_is_no_fault(place: str, value: Any) -> None:
    document = changed(place, value)
    if place == "meetings":
        document["decisions"] = document["reps"] = []
    assert read_problem(document).name == "小问题"


@pytest.mark.parametrize(
    ("place", "value", "fault"),
    [
        # references
        ("events[2].hosts[0]", "丙局", "events[2].hosts[0]：“丙局”，没有编号为它的单位"),
        ("events[1].places[1]", "操场", "events[1].places[1]：“操场”，没有编号为它的场所"),
        ("events[1].co_hosts", ["丁局"], "events[1].co_hosts[0]：“丁局”，没有编号为它的单位"),
        ("events[0].campaign", "园区", "events[0].campaign：“园区”，没有编号为它的活动系列"),
        ("events[0].prefer_calendar", "假期", "events[0].prefer_calendar：“假期”，没有编号为它的日历"),
        ("events[0].pref_half", "晚上", "events[0].pref_half：“晚上”，没有编号为它的时段"),
        ("places[0].unit", "丙局", "places[0].unit：“丙局”，没有编号为它的单位"),
        ("blocked[0].scope", {"unit": "丙局"}, "blocked[0].scope.unit：“丙局”，没有编号为它的单位"),
        ("blocked[0].scope", {"place": "x"}, "blocked[0].scope.place：“x”，没有编号为它的场所"),
        ("blocked[0].scope", {"campaign": "x"}, "blocked[0].scope.campaign：“x”，没有编号为它的活动系列"),
        ("blocked[0].half", "晚上", "blocked[0].half：“晚上”，没有编号为它的时段"),
        ("rules[0].campaign", "园区", "rules[0].campaign：“园区”，没有编号为它的活动系列"),
        ("rules[2].campaigns[0]", "园区", "rules[2].campaigns[0]：“园区”，没有编号为它的活动系列"),
        ("rules[0].where", {"host_in": ["x"]}, "rules[0].where.host_in[0]：“x”，没有编号为它的单位"),
        ("rules[0].where", {"place_in": ["x"]}, "rules[0].where.place_in[0]：“x”，没有编号为它的场所"),
        ("soft.load[0].units", ["x"], "soft.load[0].units[0]：“x”，没有编号为它的单位"),
        ("soft.cover[0].places", ["x"], "soft.cover[0].places[0]：“x”，没有编号为它的场所"),
        ("soft.spread[0].campaign", "x", "soft.spread[0].campaign：“x”，没有编号为它的活动系列"),
        ("meetings[0].district", "二区", "meetings[0].district：“二区”，别处没有这个区"),
        ("decisions[0].district", "二区", "decisions[0].district：“二区”，别处没有这个区"),
        ("reps[0].district", "二区", "reps[0].district：“二区”，别处没有这个区"),
        ("baseline", [PIN | {"event": "活动9"}], "baseline[0].event：“活动9”，没有编号为它的活动"),
        ("baseline", [PIN | {"event": "活动1", "host": "x"}], "baseline[0].host：“x”，没有编号为它的单位"),
        # twice
        ("events[1].id", "活动1", "events[1].id：“活动1”，编号与 events[0] 重复"),
        ("units[1].id", "甲局", "units[1].id：“甲局”，编号与 units[0] 重复"),
        ("rules[1].id", "至少二", "rules[1].id：“至少二”，编号与 rules[0] 重复"),
        ("baseline", [PIN | {"event": "活动1"}] * 2, "baseline[1].event：“活动1”，同一活动出现两次"),
        ("days.weekend[0]", "2027-01-04", "days.weekend[0]：“2027-01-04”，这一天已列在 days.workday"),
        ("events[0].hosts", ["甲局", "甲局"], "events[0].hosts：“甲局”，列表中有重复"),
        # periods
        ("events[0].from", "2027-01-16", "events[0].to：“2027-01-15”，时段是空的：最后一天早于第一天 2027-01-16"),
        ("rules[0].from", "2027-02-01", "rules[0].to：“2027-01-17”，时段是空的"),
        ("blocked[0].from", "2027-01-06", "blocked[0].to：“2027-01-05”，时段是空的"),
        ("decisions[0].to", "2027-01-03", "decisions[0].to：“2027-01-03”，时段是空的"),
        ("horizon.to", "2027-01-03", "horizon：[…]，时段是空的"),
        ("calendars.学期", [["2027-01-09", "2027-01-08"]], "calendars.学期[0]：[…]，时段是空的"),
        ("horizon.to", "2087-01-03", "horizon：[…]，排期范围过长"),
        ("horizon", {"from": "2028-01-01", "to": "2028-01-02"}, "events[0].from：“2027-01-04”，窗口 2027-01-04—2027-01-15 整个在排期范围"),
        ("campaigns[0].day_kinds", ["holiday"], "events[0].from：“2027-01-04”，窗口 2027-01-04—2027-01-15 里没有一天"),
        ("campaigns[0].day_kinds", [], "campaigns[0].day_kinds：[…]，一种日别也没有"),
        # pins
        ("events[0].pinned", PIN | {"date": "2027-01-18"}, "events[0].pinned.date：“2027-01-18”，固定在窗口 2027-01-04—2027-01-15 之外"),
        ("events[0].pinned", PIN | {"date": "2027-01-09"}, "events[0].pinned.date：“2027-01-09”，这一天是 weekend"),
        ("events[0].pinned", PIN | {"half": "晚上"}, "events[0].pinned.half：“晚上”，不在这项活动可用的时段"),
        ("events[0].pinned", PIN | {"host": "丙局"}, "events[0].pinned.host：“丙局”，不在这项活动可选的牵头单位"),
        ("events[0].pinned", PIN | {"place": None}, "events[0].pinned.place：（空），固定时要写明场所"),
        ("events[0].pinned", {"date": "2027-01-07"}, "events[0].pinned.half：（空），缺少必填字段"),
        ("events[0].pinned", "2027-01-07", "events[0].pinned：“2027-01-07”，应为一个对象"),
        # numbers
        ("units[0].week_cap", -1, "units[0].week_cap：-1，应为 0–10000000 的整数"),
        ("places[0].capacity", -3, "places[0].capacity：-3，应为"),
        ("soft.weights.half", -1, "soft.weights.half：-1，应为"),
        ("soft.crowd[0].weight", -4, "soft.crowd[0].weight：-4，应为"),
        ("keep_weights.drop", -40, "keep_weights.drop：-40，应为"),
        ("rules[2].max", True, "rules[2].max：true，应为"),
        ("events[0].value", 10**30, "events[0].value：1000000"),
        ("events[0].value", float("nan"), "events[0].value：NaN，应为"),
        ("events[0].value", float("inf"), "events[0].value：Infinity，应为"),
        ("meetings[0].max_items", 1.0, "meetings[0].max_items：1.0，应为"),
        ("events[0].required", 1, "events[0].required：1，应为 true 或 false"),
        ("events[0].avoid_weekdays", [7], "events[0].avoid_weekdays[0]：7，星期应为 0"),
        ("rules[1].min_days", 10**6, "rules[1].min_days：1000000，天数应为"),
        ("rules[0].min", 4, "rules[0].min：4，最少多于最多 3"),
        ("soft.load[0].lo", 3, "soft.load[0].lo：3，下限高于上限 2"),
        ("soft.spread[0].days", 0, "soft.spread[0].days：0，至少 1 天"),
        # words and shapes
        ("format", "outreach-plan-problem/2", "format：“outreach-plan-problem/2”，本程序只认得"),
        ("format", GONE, "format：（空），本程序只认得"),
        ("name", GONE, "name：（空），缺少必填字段"),
        ("events", GONE, "events：（空），缺少必填字段"),
        ("events", {}, "events：{…}，应为列表"),
        ("events[1]", "活动", "events[1]：“活动”，应为一个对象"),
        ("events[1].id", " ", "events[1].id：“ ”，编号应为"),
        ("events[1].id", "a\ud800", "events[1].id：“a”，编号里有残缺的字符"),
        ("events[1].from", "2027-02-30", "events[1].from：“2027-02-30”，没有这一天"),
        ("events[1].from", "0001-01-01", "events[1].from：“0001-01-01”，年份应在"),
        ("events[1].to", 20270115, "events[1].to：20270115，日期应写成"),
        ("events[1].attrs", {"主题": ["医保"]}, "events[1].attrs.主题：[…]，应为文字"),
        ("events[1].halves", [], "events[1].halves：[…]，至少写一个时段"),
        ("halves", [], "halves：[…]，每天的时段应有"),
        ("days.workdays", [], "days.workdays：“workdays”，只能是 workday、weekend、holiday 之一"),
        ("blocked[0].scope", {}, "blocked[0].scope：{…}，应写明一样"),
        ("blocked[0].scope", {"all": False}, "blocked[0].scope.all：false，只能写 true"),
        ("blocked[0].scope", {"town": "x"}, "blocked[0].scope：“town”，只能是"),
        ("rules[0].type", "counts", "rules[0].type：“counts”，只能是 count、gap、capacity 之一"),
        ("rules[0].where", {"hosts": []}, "rules[0].where.hosts：[…]，不认识的条件"),
        ("rules[1].by", "unit", "rules[1].by：“unit”，只能是 campaign、place、host 之一"),
        ("rules[2].per", "week", "rules[2].per：“week”，只能是 slot、day 之一"),
        ("soft.hours", [], "soft.hours：[…]，不认识的偏好"),
        ("soft.weights.holiday", 3, "soft.weights.holiday：3，不认识的权重"),
        ("soft.crowd[0].per", "week", "soft.crowd[0].per：“week”，只能是 month 之一"),
        ("baseline", "旧", "baseline：“旧”，应为列表"),
    ],
)  # fmt: skip
def test_a_bad_problem_is_refused_with_place_value_and_reason(place: str, value: Any, fault: str) -> None:
    error = refusal(changed(place, value))
    assert fault in error.what
    assert fault.split("：", maxsplit=1)[0] in error.what
    assert (error.effect, error.remedy[:1]) == ("没有求解。", "请")
    assert error.place in error.what


@pytest.mark.parametrize("document", [None, [], "x", 3, True])
def test_what_is_no_object_is_no_problem(document: object) -> None:
    assert "不是排期问题" in refusal(document).what


def test_two_pins_cannot_engage_a_unit_at_once() -> None:
    document = changed("events[0].pinned", PIN)
    document["events"][1]["pinned"] = PIN | {"host": "乙局", "place": "广场"}
    assert read_problem(document).events[1].pinned
    document["events"][1]["co_hosts"] = ["甲局"]
    error = refusal(document)
    assert error.place == "events[1].pinned"
    assert "单位“甲局”在 2027-01-07 AM 已被 events[0] 的固定占用" in error.what


def test_faults_are_listed_together_up_to_twenty() -> None:
    document = small()
    for event in document["events"]:
        event["hosts"] = [f"无{n}" for n in range(9)]
    error = refusal(document)
    assert error.what.startswith("题.json 有 27 处不能接受：\n  1. events[0].hosts[0]：“无0”")
    assert ("  20. " in error.what, "  21. " in error.what) == (True, False)
    assert "……另有 7 处" in error.what


def test_long_and_strange_values_are_shown_short() -> None:
    error = refusal(changed("events[0].from", "\u202e" + "长" * 5000))
    assert len(error.what) < 300
    assert "\u202e" not in error.what


def test_crowded_problems_of_the_generator_are_sound() -> None:
    for seed in range(40):
        assert read_problem(tight(seed)).name == f"tight-{seed}"
