"""搜索：最像的在前，近的在前，哪里找到的标得出。"""

from __future__ import annotations

from datetime import date

import pytest

from models.domain.events import SchoolStage
from models.domain.policies import PolicyDocument
from models.domain.snapshot import YearSnapshot
from models.domain.units import School, Unit, UnitKind
from planners.search_index import (
    SearchEntry,
    SearchGroup,
    SearchKind,
    date_entry,
    event_entries,
    event_note,
    found_spans,
    listed_entries,
    search,
)
from planners.text_match import needles
from tests.factories import TODAY, UNITS, event, rules_of, sample, year

LETTERS = {"k": "科", "c": "创产", "y": "业扶", "s": "社"}


def entries_of(held: YearSnapshot) -> tuple[SearchEntry, ...]:
    return (*event_entries(held, TODAY), *listed_entries(held, rules_of(held)))


def find(query: str, *entries: SearchEntry, most: int = 6) -> tuple[SearchGroup, ...]:
    return search(entries, query, needles(query, LETTERS), most=most)


def found_in_sample(query: str) -> dict[SearchKind, list[str]]:
    entries = entries_of(sample())
    groups = search(entries, query, needles(query, LETTERS))
    return {group.kind: [entry.key for entry in group.entries] for group in groups}


def test_every_kind_of_the_year_is_found() -> None:
    entries = entries_of(sample())
    held = sample()
    assert len(entries) == sum(
        map(len, (held.events, held.units, held.venues, held.schools, rules_of(held).rules, held.decisions))
    )
    policy = PolicyDocument("Y1", "促进就业若干措施", "宝府规〔2027〕3号", published_on=date(2027, 3, 1))
    found = find("就业", *listed_entries(year(policies=(policy,)), rules_of(held)))
    assert [(g.kind, g.entries[0].key) for g in found] == [(SearchKind.POLICY, "Y1")]
    assert found[0].entries[0].note == "宝府规〔2027〕3号 · 3月1日 周一发布"
    assert found_in_sample("宝你汇")[SearchKind.PLACE] == ["v1"]
    assert found_in_sample("滨水空间")[SearchKind.DECISION] == ["d4"]
    assert found_in_sample("第2条")[SearchKind.RULE][0] == "park.quarterly"


def test_initials_and_several_words_find_too() -> None:
    assert found_in_sample("kccy")[SearchKind.EVENT][0] == found_in_sample("“科创+产业”")[SearchKind.EVENT][0]
    august = found_in_sample("8月 开放")[SearchKind.EVENT]
    days = {sample().event_by_key[key].day for key in august}
    assert {day.month for day in days if day} == {8}


def test_the_group_with_the_best_fit_comes_first_and_the_nearest_event_in_it() -> None:
    held = year(
        event(day="2027-06-01", key="past", title="法律科普"),
        event(day="2027-06-20", key="soon", title="法律科普"),
        event(day="2027-12-01", key="late", title="法律科普", lead_units=("区司法局",)),
        event(day=None, key="undated", title="法律科普"),
        event(day="2027-06-16", key="off", title="法律科普", status="cancelled"),
    )
    entries = entries_of(held)
    (events,) = search(entries, "法律", needles("法律", {}))
    assert [entry.key for entry in events.entries] == ["soon", "past", "late", "undated", "off"]
    assert [entry.faded for entry in events.entries] == [False] * 4 + [True]
    groups = search(entries, "区司法局", needles("区司法局", {}))
    assert [group.kind for group in groups] == [SearchKind.UNIT, SearchKind.EVENT]


def test_a_name_that_begins_so_stands_before_one_that_holds_it_and_one_whose_text_does() -> None:
    names = {"inside": "别的", "holds": "进社区", "begins": "社区日", "exact": "社区"}
    entries = [
        SearchEntry(SearchKind.EVENT, key, name, heads=name, text=f"{name}\n社区")
        for key, name in names.items()
    ]
    (group,) = find("社区", *entries)
    assert [entry.key for entry in group.entries] == ["exact", "begins", "holds", "inside"]


def test_only_the_best_are_given_and_all_are_counted() -> None:
    entries = [SearchEntry(SearchKind.UNIT, str(n), "局", heads="局", text="局", order=-n) for n in range(9)]
    (group,) = find("局", *entries, most=2)
    assert ([entry.key for entry in group.entries], group.total) == (["8", "7"], 9)


def test_nothing_is_found_for_nothing() -> None:
    entry = SearchEntry(SearchKind.UNIT, "u", "局", text="局")
    assert find("", entry) == find(" 　", entry) == find("院", entry) == ()


def test_units_are_found_by_alias_and_kind_and_schools_by_stage() -> None:
    held = year(
        event(towns=("顾村镇",)),
        units=(*UNITS, Unit("区府办", "区政府办公室", UnitKind.DEPARTMENT, ("府办",))),
        schools=(School("s1", "实验学校", (SchoolStage.JUNIOR,)),),
    )
    entries = entries_of(held)
    by_key = {entry.key: entry for entry in entries}
    assert by_key["顾村镇"].note == "街镇 · 1 场活动"
    assert by_key["区府办"].title == "区政府办公室（府办）"
    assert by_key["区府办"].note == "委办局 · 本年没有活动"
    assert search(entries, "府办", needles("府办", {}))[0].entries[0].key == "区府办"
    assert [g.entries[0].key for g in search(entries, "初中", needles("初中", {}))] == ["s1"]


def test_the_note_of_an_event_names_another_year_and_what_is_awaited() -> None:
    held = year(event(day="2027-06-10", lead_units=("区司法局",), key="E"))
    assert event_note(held.events[0], held, TODAY) == "6月10日 周四 14:00–16:00 · 区司法局 · 待登记"
    late = event(day="2026-06-10", status="held")
    assert event_note(late, held, TODAY) == "2026年6月10日 周三 14:00–16:00 · 已举办"


@pytest.mark.parametrize(
    ("title", "query", "marked"),
    [
        ("“科创+产业”扶持", "kccy", ["科创+产业"]),
        ("民法典进社区", "社区 民", ["民", "社区"]),
        ("民法典", "法典 典", ["法典"]),
        ("民法典", "没有", []),
    ],
)
def test_what_was_found_is_marked(title: str, query: str, marked: list[str]) -> None:
    spans = found_spans(title, needles(query, LETTERS))
    assert [title[start:end] for start, end in spans] == marked


def test_a_day_chosen_before_is_known_again() -> None:
    entry = date_entry("2027-08-18", year())
    assert entry is not None
    assert (entry.title, entry.year) == ("8月18日 周三", 2027)
    assert date_entry("A027", year()) is None
