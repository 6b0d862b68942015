"""旬、月、季的日期照说的算：整段在周期里才计入，最后一天过了才算过去，哪里也不变成某一天。"""

from __future__ import annotations

import json
from typing import Any

import pytest

from gui.overview.board_contents import board_contents
from models.queries import year_snapshot
from models.store import open_store
from tests.exports.pdf_reading import squeezed
from tests.factories import check
from tests.headless.conftest import Office
from tests.headless.test_office import returned

QUARTER = {"starts_at": "2027-04-01T00:00", "ends_at": "2027-07-01T00:00", "precision": "quarter"}
MARCH = {"starts_at": "2027-03-01T00:00", "ends_at": "2027-04-01T00:00", "precision": "month"}
MID_AUGUST = {"starts_at": "2027-08-11T00:00", "ends_at": "2027-08-21T00:00", "precision": "ten_days"}


def talk(key: str, when: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"key": key, "campaign": "lecture", "title": f"惠企{key}", "short": "惠企", **when, **fields}


def judged(office: Office, today: str, *events: dict[str, Any]) -> dict[str, Any]:
    """The cells of 公开讲堂 by their month, and what is said of events, on ``today``."""
    office.imported(events=events)
    found = json.loads(office.run("check", 2027, "--today", today, "--json").out)
    cells = {one["first"][5:7]: one for one in found["cells"] if one["rule"] == "lecture.monthly"}
    said = {one["events"][0]: one["sentence"] for one in found["findings"] if one["rule"] == "event.result"}
    return {"cells": cells, "said": said, "all": found["cells"]}


def test_a_quarter_satisfies_no_month(office: Office) -> None:
    cells = judged(office, "2027-02-01", talk("A1", QUARTER))["cells"]
    assert [cells[month]["forecast"] for month in ("03", "04", "05", "06", "07")] == [0, 0, 0, 0, 0]
    assert {cells[month]["state"] for month in ("04", "05", "06")} == {"gap"}


@pytest.mark.parametrize(
    ("when", "first", "rule", "forecast"),
    [
        (QUARTER, "2027-04-01", "park.quarterly", 1),
        (MARCH, "2027-01-01", "park.quarterly", 1),
        ({**MARCH, "ends_at": "2027-05-01T00:00"}, "2027-01-01", "park.quarterly", 0),
        (MID_AUGUST, "2027-07-01", "park.quarterly", 1),
        (MID_AUGUST, "2027-08-01", "open_month.august", 1),
        ({**QUARTER, "starts_at": "2027-07-01T00:00", "ends_at": None}, "2027-08-01", "open_month.august", 0),
    ],
)
def test_all_of_the_time_must_lie_in_the_period(
    office: Office, when: dict[str, Any], first: str, rule: str, forecast: int
) -> None:
    campaign = "park" if rule.startswith("park") else "open_month"
    cells = judged(office, "2027-02-01", talk("A1", when, campaign=campaign))["all"]
    (cell,) = (one for one in cells if (one["rule"], one["first"]) == (rule, first))
    assert (cell["forecast"], cell["events"]) == (forecast, ["A1"] * forecast)


@pytest.mark.parametrize(
    ("when", "last", "after", "words"),
    [
        (MARCH, "2027-03-31", "2027-04-01", "3月"),
        (MID_AUGUST, "2027-08-20", "2027-08-21", "8月中旬"),
        (QUARTER, "2027-06-30", "2027-07-01", "第二季度"),
    ],
)
def test_it_is_past_after_its_last_day_only(
    office: Office, when: dict[str, Any], last: str, after: str, words: str
) -> None:
    event = talk("A1", when, status="confirmed")
    assert judged(office, last, event)["said"] == {}
    assert f"（{words}）已过" in judged(office, after, event)["said"]["A1"]


def test_a_month_that_waits_for_confirmation_is_to_be_confirmed_by_its_end(office: Office) -> None:
    march = judged(office, "2027-03-15", talk("A1", MARCH))["cells"]["03"]
    assert march["state"] == "at_risk"
    assert march["status"]["until"] == march["last_feasible_day"] == "2027-03-31"
    assert (march["status"]["action"], march["status"]["left"]) == ("confirm", 12)
    assert "3月内举办，剩 12 个工作日" in march["sentence"]
    assert (
        judged(office, "2027-03-15", talk("A1", MARCH, status="confirmed"))["cells"]["03"]["state"]
        == "planned"
    )


def test_held_in_a_month_it_counts_there(office: Office) -> None:
    cells = judged(office, "2027-06-15", talk("A1", MARCH, status="held"), talk("A2", QUARTER, status="held"))
    assert [(cells["cells"][m]["held"], cells["cells"][m]["state"]) for m in ("03", "04", "05")] == [
        (1, "done"), (0, "overdue"), (0, "overdue"),
    ]  # fmt: skip


def test_it_stands_on_no_day_in_the_prints(office: Office) -> None:
    """年度总览 and 月历 say 第二季度 and 中旬, and name no day."""
    visit = talk("A1", QUARTER, campaign="park", title="园区惠企走访")
    office.imported(events=[visit, talk("A2", MID_AUGUST), talk("A3", MARCH)])
    target = office.folder / "x.pdf"
    assert office.run("export", "year", 2027, "-o", target).code == 0
    text = squeezed(target.read_bytes())
    assert "第二季度" in text
    assert "中旬" in text
    assert "4月1日" not in text
    for month, days in ((4, "第二季度"), (8, "8月中旬"), (3, "3月")):
        assert office.run("export", "wall", 2027, "--month", month, "-o", target).code == 0
        text = squeezed(target.read_bytes())
        assert "另有1项日期未定" in text
        assert days in text
    assert office.run("export", "wall", 2027, "--month", 7, "-o", target).code == 0
    assert "园区惠企走访" not in squeezed(target.read_bytes())


def test_what_has_no_date_is_listed_as_undecided(office: Office) -> None:
    office.imported(events=[talk("A1", {}), talk("A2", MARCH), talk("A3", {}, status="draft")])
    target = office.folder / "台账.xlsx"
    assert office.run("export", "xlsx", 2027, "-o", target).code == 0
    from openpyxl import load_workbook

    rows = [[cell.value for cell in row] for row in load_workbook(target).worksheets[0].iter_rows()]
    head = next(row for row in rows if "状态" in row)
    status, title, day = head.index("状态"), head.index("活动名称"), head.index("日期")
    found = {row[title]: (row[status], str(row[day])) for row in rows if str(row[title]).startswith("惠企A")}
    assert found == {"惠企A1": ("待定", "待定"), "惠企A2": ("已排", "3月"), "惠企A3": ("草拟", "待定")}


def test_an_imported_quarter_stays_a_quarter(office: Office) -> None:
    """报送表里写“第三季度”：台账、总览、印件都照写，不成 7月1日。"""
    office.imported()
    sheet = returned(office, time_1="第三季度")
    assert office.run("import", sheet, "--apply").code == 0
    cells = json.loads(office.run("check", 2027, "--today", "2027-06-01", "--json").out)["cells"]
    assert [one["first"] for one in cells if "A001" in one["events"]] == []
    target = office.folder / "x.pdf"
    assert office.run("export", "year", 2027, "-o", target).code == 0
    assert "7月1日" not in squeezed(target.read_bytes())
    with open_store(office.data) as store:
        snapshot = year_snapshot(store, 2027)
    chips = {
        chip.text
        for line in board_contents(snapshot, check(snapshot)).lines
        for one in line.chips
        for chip in one
    }
    assert any(text.startswith("三季度 ") for text in chips)
    assert not any(text.startswith("1 ") for text in chips)
