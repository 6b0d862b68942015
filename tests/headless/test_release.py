"""release 与 changes：冻结、比较、核对；形状、默认的两边与退出码。"""

from __future__ import annotations

import json
from typing import Any

from models.commands import change_event, delete_event
from models.domain.events import EventStatus
from models.queries import year_snapshot
from models.store import open_store
from tests.headless.conftest import SMALL_YEAR, Office

TODAY = ("--today", "2027-06-01")


def released(office: Office, *words: str) -> dict[str, Any]:
    answer = office.run("release", 2027, *TODAY, *words, "--json")
    assert answer.code == 0, answer.err
    return dict(json.loads(answer.out))


def move_lecture(office: Office, day: int) -> None:
    with open_store(office.data) as store:
        event = year_snapshot(store, 2027).event_by_key["A001"]
        assert event.starts_at is not None
        starts = event.starts_at.replace(day=day)
        change_event(store, 2027, event._replace(starts_at=starts, ends_at=None))


def changes(office: Office, *words: object) -> dict[str, Any]:
    answer = office.run("changes", 2027, "--json", "--today", "2027-06-01", *words)
    assert answer.code == 0, answer.err
    return dict(json.loads(answer.out))


def test_a_release_gets_the_next_number_a_name_and_a_hash(office: Office) -> None:
    office.imported()
    first, second = released(office), released(office, "--name", "二季度稿")
    assert (first["number"], first["name"], first["events"]) == (1, "2027年第1稿", 2)
    assert (second["number"], second["name"], second["released_on"]) == (2, "二季度稿", "2027-06-01")
    assert len(first["digest"]) == 64
    assert any("公开讲堂" in words for words in first["concerns"])


def test_in_words_it_says_what_should_have_been_seen(office: Office) -> None:
    office.imported()
    answer = office.run("release", 2027, *TODAY)
    assert answer.out.startswith("已印发2027年度第1稿“2027年第1稿”（2027-06-01）\n  2 场活动，校验值 ")
    assert "没填全：民法典解读，缺地点；6月17日 周四 14:00–16:00，公开讲堂，已确认" in answer.err


def test_the_check_names_date_campaign_and_stage_of_each_event(office: Office) -> None:
    visit = {
        "key": "A003",
        "campaign": "campus",
        "title": "法治进校园",
        "starts_at": "2027-05-11T09:00",
        "ends_at": "2027-05-11T10:00",
        "stages": ["高中"],
        "status": "planned",
        "lead_units": ["sf"],
    }
    office.imported(events=[*SMALL_YEAR["events"], visit])
    said = office.run("release", 2027, *TODAY).err
    assert "待确认：法治进校园，5月11日 周二 09:00–10:00，走进校区（高中），已排" in said


def test_a_release_of_a_quarter_freezes_what_it_covers(office: Office) -> None:
    office.imported()
    first = released(office, "--quarter", "2")
    assert (first["quarter"], first["events"]) == (2, 1)
    assert all("3月" not in words and "一季度" not in words for words in first["concerns"])
    with open_store(office.data) as store:
        now = year_snapshot(store, 2027)
        assert {key: now.stamps[key].exported for key in ("A001", "A002")} == {"A001": True, "A002": False}
        change_event(store, 2027, now.event_by_key["A002"]._replace(place="顾村镇文化中心"))
    assert changes(office)["events"] == []  # nobody was told of the first quarter
    move_lecture(office, 24)
    assert [(one["key"], one["kind"]) for one in changes(office)["events"]] == [("A001", "moved")]
    assert all(one["first"] >= "2027-04-01" for one in changes(office)["rules"])
    plan = office.folder / "计划.pdf"
    asked = ("export", "quarter", 2027, "--release", 1, "-o", plan, "--quarter")
    answer = office.run(*asked, 1)
    assert (answer.code, "这一稿没有印发第1季度" in answer.err) == (2, True)
    assert office.run(*asked, 2).code == 0
    answer = office.run("export", "year", 2027, "--release", 1, "-o", plan)
    assert (answer.code, "这一稿只印发了二季度，其余不在内" in answer.err) == (0, True)

    second = released(office, "--quarter", "1")  # what was released of the second quarter stays released
    assert (second["quarter"], second["events"]) == (1, 2)
    assert [(one["key"], one["kind"]) for one in changes(office)["events"]] == [("A001", "moved")]
    third = released(office, "--quarter", "2")
    assert (third["events"], changes(office)["events"]) == (2, [])
    whole = released(office)
    assert (whole["quarter"], whole["events"]) == (None, 2)


def test_release_and_draft_are_compared_by_default(office: Office) -> None:
    office.imported()
    released(office)
    move_lecture(office, 24)
    with open_store(office.data) as store:
        delete_event(store, 2027, "A002")
    found = changes(office)
    assert (found["from"]["number"], found["to"]) == (1, None)
    assert [(e["key"], e["kind"]) for e in found["events"]] == [("A002", "cancelled"), ("A001", "moved")]
    assert found["events"][1]["before"]["starts_at"] == "2027-06-17T14:00"
    assert found["events"][1]["after"]["starts_at"] == "2027-06-24T14:00"
    assert (
        found["events"][1]["sentence"] == "改期“民法典解读”：日期 6月17日 → 6月24日；时间 14:00–16:00 → 14:00"
    )
    assert [(one["unit"], one["events"]) for one in found["units"]] == [
        ("sf", ["A002", "A001"]),
        ("gc", ["A002"]),
    ]
    assert found["summary"]["moved"] == found["summary"]["cancelled"] == 1
    assert [r["sentence"] for r in found["rules"]] == [
        "走进社区 · 3月：已满足 1/1 → 逾期 0/1",
        "街镇覆盖 · 顾村镇 · 全年：已满足 1/1 → 待补 0/1",
    ]


def test_meetings_decisions_and_themes_are_among_the_changes(office: Office) -> None:
    meeting = {"key": "m1", "body": "区政府常务会议", "number": "第3次", "starts_at": "2027-08-02T09:30"}
    decision = {"key": "d1", "title": "养老办法", "unit": "sf", "meeting": "m1"}
    office.imported(meetings=[meeting], decisions=[decision])
    released(office)
    office.imported(
        meetings=[meeting | {"starts_at": "2027-09-29T09:30"}],
        decisions=[decision | {"exemption": "涉密"}],
        quarter_themes={"3": "新主题"},
    )
    found = changes(office)
    assert [(one["list"], one["key"], one["kind"], one["units"]) for one in found["sittings"]] == [
        ("meetings", "m1", "moved", ["sf"]),
        ("decisions", "d1", "changed", ["sf"]),
    ]
    assert found["sittings"][0]["after"]["meeting"]["starts_at"] == "2027-09-29T09:30"
    assert [(one["quarter"], one["after"]) for one in found["themes"]] == [(3, "新主题")]
    assert ("sf", ["m1", "d1"]) in [(one["unit"], one["sittings"]) for one in found["units"]]
    assert (found["summary"]["moved"], found["summary"]["changed"], found["summary"]["new"]) == (1, 1, 1)
    words = office.run("changes", 2027).out.splitlines()
    assert words[1].startswith("新增 1 · 改期 1 · 调整 1；")
    assert words[2] == (
        "  改期列席会议“区政府常务会议第3次”：时间 8月2日 09:30 → 9月29日 09:30；列席事项“养老办法”"
    )
    assert words[3] == "  调整列席事项“养老办法”：特殊情况，不邀请公众代表：涉密"
    assert words[4] == "  新增“第三季度走进园区主题”：未定 → 新主题"


def test_two_releases_are_compared_both_ways(office: Office) -> None:
    office.imported()
    released(office)
    move_lecture(office, 24)
    released(office)
    move_lecture(office, 25)
    assert [e["after"]["starts_at"] for e in changes(office, "--to", 2)["events"]] == ["2027-06-24T14:00"]
    assert [e["after"]["starts_at"] for e in changes(office, "--from", 2)["events"]] == ["2027-06-25T14:00"]
    back = changes(office, "--from", 2, "--to", 1)
    assert [e["after"]["starts_at"] for e in back["events"]] == ["2027-06-17T14:00"]
    said = office.run("changes", 2027, "--from", 1, "--to", 2).out
    assert said.startswith(
        "2027年度：印发稿1（2027-06-01） → 印发稿2（2027-06-01）\n改期 1；规则状态变化 0 处\n"
    )


def test_without_releases_there_is_nothing_to_compare(office: Office) -> None:
    office.imported()
    answer = office.run("changes", 2027)
    assert (answer.code, answer.out) == (2, "")
    assert "还没有印发稿" in answer.err
    released(office)
    assert "没有第 9 稿" in office.run("changes", 2027, "--from", 9).err
    assert office.run("changes", 2027, "--to", 1).code == 2


def test_a_calendar_tells_which_release_it_is(office: Office) -> None:
    office.imported()
    released(office)
    calendar = office.folder / "同事.ics"
    assert office.run("export", "ics", 2027, "-o", calendar).code == 0
    move_lecture(office, 24)
    released(office)
    found = changes(office, "--against", calendar)
    assert found["matches"] == ["印发稿1（2027-06-01）"]
    assert [c["label"] for c in found["comparisons"]][-1] == "草案"
    assert [d["kind"] for d in found["comparisons"][-1]["drifts"]] == ["outdated"]
    assert "一致" in office.run("changes", 2027, "--against", calendar).out


def test_every_item_that_differs_is_a_line_with_its_title(office: Office) -> None:
    office.imported()
    released(office)
    calendar = office.folder / "同事.ics"
    assert office.run("export", "ics", 2027, "-o", calendar).code == 0
    move_lecture(office, 24)
    lines = office.run("changes", 2027, "--against", calendar).out.splitlines()
    assert lines == [
        "这份日历与印发稿1（2027-06-01）一致。与草案相比：不同 1。",
        "与草案相比：",
        "  不同“民法典解读”：6月24日 14:00，时间 6月17日 14:00–16:00 → 6月24日 14:00–16:00；说明有改动",
    ]


def test_our_own_print_tells_which_release_it_is(office: Office) -> None:
    office.imported()
    made = released(office)
    for kind, words in (("plan.pdf", ("quarter", "--quarter", 2)), ("plan.docx", ("docx", "--quarter", 2))):
        target = office.folder / kind
        written = office.run("export", words[0], 2027, *words[1:], "--release", 1, "-o", target)
        assert written.code == 0, written.err
        found = changes(office, "--against", target)
        assert found["matches"] == ["印发稿1（2027-06-01）"]
        assert made["digest"][:8].upper() in found["what"]


def test_what_is_no_calendar_is_refused(office: Office) -> None:
    office.imported()
    released(office)
    page = office.folder / "别的.txt"
    page.write_text("<b>你好</b>", encoding="utf-8")
    assert office.run("changes", 2027, "--against", page).code == 2
    assert "读不到文件" in office.run("changes", 2027, "--against", office.folder / "没有").err
    assert office.run("changes", 2027, "--against", page, "--from", 1).code == 2


def test_a_release_needs_a_year_and_someone_who_may_write(office: Office) -> None:
    office.imported()
    assert office.run("release", 2031).code == 2
    with open_store(office.data):
        answer = office.run("release", 2027)
    assert (answer.code, "现在不能改动数据" in answer.err) == (3, True)


def test_a_cancelled_event_stands_among_the_changes(office: Office) -> None:
    office.imported(events=[SMALL_YEAR["events"][0]])
    released(office)
    with open_store(office.data) as store:
        event = year_snapshot(store, 2027).event_by_key["A001"]
        off = event._replace(status=EventStatus.CANCELLED, status_reason="场地停用")
        change_event(store, 2027, off)
    assert [e["kind"] for e in changes(office)["events"]] == ["cancelled"]
