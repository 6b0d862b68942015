"""check：第2、3条的提示只在该说的时候说：一季一个主题、听取意见的形式、条文点名的会议。"""

from __future__ import annotations

import json

from tests.headless.conftest import Office

HELD = {"status": "held", "lead_units": ["sf"]}


def test_a_second_theme_and_a_form_that_does_not_listen_get_a_hint(office: Office) -> None:
    office.imported(
        quarter_themes={"1": "惠企政策", "2": None, "3": None, "4": None},
        events=[
            {"key": "P1", "campaign": "park", "title": "甲", "starts_at": "2027-02-10T09:00", "theme": "惠企政策",
             "forms": ["实地走访"], **HELD},
            {"key": "P2", "campaign": "park", "title": "乙", "starts_at": "2027-03-10T09:00", "theme": "人才服务",
             "forms": ["政策咨询"], **HELD},
        ],
    )  # fmt: skip
    told = json.loads(office.run("check", 2027, "--today", "2027-06-15", "--json").out)["findings"]
    of_second = {one["rule"]: one["severity"] for one in told if one["events"] == ["P2"]}
    assert of_second == {"park.theme": "hint", "park.listening": "hint"}
    assert not [one for one in told if one["events"] == ["P1"]]


def test_a_zone_is_asked_of_the_meetings_that_the_clause_names(office: Office) -> None:
    office.imported(
        events=[
            {"key": "H1", "campaign": "host_meeting", "title": "全区干部大会", "starts_at": "2027-03-10T09:00", **HELD},
            {"key": "H2", "campaign": "host_meeting", "title": "发布", "starts_at": "2027-03-11T09:00",
             "theme_class": "政策发布会", **HELD},
        ]
    )  # fmt: skip
    told = json.loads(office.run("check", 2027, "--today", "2027-06-15", "--json").out)["findings"]
    assert [one["events"] for one in told if one["rule"] == "tech_forum.zone"] == [["H2"]]


def test_the_parks_are_among_the_units_that_open_where_the_office_reads_the_clause_so(office: Office) -> None:
    units = [
        {"key": "sf", "name": "区司法局", "kind": "department"},
        {"key": "gc", "name": "顾村镇", "kind": "town"},
        {"key": "nd", "name": "南大智慧城", "kind": "park"},
    ]

    def asked(**settings: str) -> list[str]:
        office.imported(units=units, settings=settings)
        cells = json.loads(office.run("check", 2027, "--today", "2027-06-15", "--json").out)["cells"]
        return [cell["group"] for cell in cells if cell["rule"] == "open_month.units"]

    assert asked() == ["区司法局", "顾村镇"]
    assert asked(**{"open_month.group": "unit_park"}) == ["区司法局", "顾村镇", "南大智慧城"]
