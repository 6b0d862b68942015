"""登记年度节点：从前一笔记下的，分开以后各部分都还算办了，改一处不动别处。"""

from __future__ import annotations

from datetime import date

import pytest

from models.domain.snapshot import YearSnapshot
from models.domain.year import Setting
from models.rulesets import ruleset_for
from planners.milestone_rows import MilestoneRow, milestone_rows
from planners.milestone_ticks import Values, due_values, tick_values
from tests.factories import check, year

RULES = ruleset_for(2027)
DAY = date(2027, 6, 14)


def rows(snapshot: YearSnapshot, today: date = date(2027, 6, 15)) -> dict[str, MilestoneRow]:
    return {row.code: row for row in milestone_rows(snapshot, check(snapshot, today))}


def after(snapshot: YearSnapshot, values: Values) -> YearSnapshot:
    settings = {**dict(snapshot.year_row.settings), **values}
    return year(settings={name: value for name, value in settings.items() if value is not None})


@pytest.mark.parametrize(
    ("former", "parts"),
    [
        ("year.training", ("year.training.general", "year.training.professional")),
        ("year.cases", ("year.cases.selection", "year.cases.collection")),
        ("year.catalogue", ("year.catalogue.district", "year.catalogue.towns")),
    ],
)
def test_a_day_noted_for_the_former_whole_holds_for_each_part_until_one_is_changed(
    former: str, parts: tuple[str, str]
) -> None:
    stored: dict[str, Setting] = {f"done:{former}": "2027-05-12", f"due:{former}": "2027-05-20"}
    old = year(settings=stored)
    assert [rows(old)[part].done for part in parts] == [date(2027, 5, 12)] * 2
    assert [rows(old)[part].due for part in parts] == [date(2027, 5, 20)] * 2
    unticked = after(old, tick_values(old, RULES, parts[0], None))
    assert [rows(unticked)[part].done for part in parts] == [None, date(2027, 5, 12)]
    moved = after(old, due_values(old, RULES, parts[1], date(2027, 6, 1)))
    assert [rows(moved)[part].due for part in parts] == [date(2027, 5, 20), date(2027, 6, 1)]
    usual = after(old, due_values(old, RULES, parts[1], None))
    assert rows(usual)[parts[0]].due == date(2027, 5, 20)
    assert rows(usual)[parts[1]].due == rows(year())[parts[1]].due


def test_the_social_evaluation_was_never_ticked_before() -> None:
    assert rows(year(settings={"done:year.cases": "2027-05-12"}))["year.cases.opinion"].done is None


def test_a_unit_reports_by_itself_and_the_others_stay() -> None:
    old = year(settings={"due:year.breakdown": "2027-06-10", "done:year.breakdown": "2027-06-08"})
    assert [report.done for report in rows(old)["year.breakdown"].reports] == [date(2027, 6, 8)] * 5
    snapshot = after(old, tick_values(old, RULES, "year.breakdown", None, ("顾村镇", "罗店镇")))
    row = rows(snapshot)["year.breakdown"]
    assert (row.note, row.done) == ("已报 3/5，逾期 2 家", None)
    late = after(snapshot, tick_values(snapshot, RULES, "year.breakdown", DAY, ("顾村镇",)))
    assert rows(late)["year.breakdown"].note == "已报 4/5，其中晚报 1 家，逾期 1 家"
    everybody = after(late, tick_values(late, RULES, "year.breakdown", DAY))
    assert rows(everybody)["year.breakdown"].done == DAY
    nobody = after(everybody, tick_values(everybody, RULES, "year.breakdown", None))
    assert rows(nobody)["year.breakdown"].note == "已报 0/5，逾期 5 家"


def test_each_time_of_what_comes_back_has_its_own_tick_and_day() -> None:
    code = "year.spot_checks|2027-04-01"
    ticked = after(year(), tick_values(year(), RULES, code, DAY))
    moved = after(ticked, due_values(ticked, RULES, code, date(2027, 7, 9)))
    found = rows(moved)
    assert (found[code].done, found[code].due) == (DAY, date(2027, 7, 9))
    first = found["year.spot_checks|2027-01-01"]
    assert (first.title, first.due, first.done) == ("集成推送抽查通报 · 一季度", date(2027, 3, 31), None)
