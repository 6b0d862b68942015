"""时限：全天日程与待办，UID 不变，日子动了序号跟着数据走，同样的数据同样的字节。"""

from __future__ import annotations

from datetime import date, timedelta

import icalendar  # noqa: TID253  the tests need it at once

from exports.ical import calendar_bytes
from exports.ical_deadlines import deadlines_of, is_deadline_uid
from models.domain.events import Campaign, EventStatus
from models.domain.snapshot import ItemKind, YearSnapshot
from planners.deadline_items import deadline_items
from planners.results import DeadlineItem
from tests.exports.test_ical import CHANGED, LECTURE, STAMP, read, triggers, year
from tests.factories import check as check_of
from tests.factories import sample

FILING = DeadlineItem(
    "policy.filing|y1",
    "解读材料备案：\u202e办法;甲,乙\\n",
    date(2027, 3, 8),
    False,
    "policy.filing",
    "9",
    "sf",
    True,
    "沪府〔2027〕1号",
)


def written(item: DeadlineItem, kind: str = "VEVENT", **options: object) -> icalendar.cal.Component:
    snapshot = year(LECTURE)
    snapshot.revision = 7
    data = calendar_bytes(
        snapshot, **({"deadlines": [item]} if kind == "VEVENT" else {"todos": [item]}), **options
    )
    (found,) = (one for one in read(data).walk(kind) if "policy" in str(one["UID"]))
    return found


def test_a_deadline_is_a_whole_day_that_takes_no_time() -> None:
    event = written(FILING)
    assert {name: event.decoded(name) for name in ("DTSTART", "DTEND", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED")} == {
        "DTSTART": date(2027, 3, 8), "DTEND": date(2027, 3, 9), "SEQUENCE": 7, "DTSTAMP": CHANGED, "LAST-MODIFIED": CHANGED,
    }  # fmt: skip
    assert {name: str(event[name]) for name in ("UID", "SUMMARY", "TRANSP", "STATUS", "DESCRIPTION")} == {
        "UID": "2027-deadline-policy.filing%7Cy1@f00d",
        "SUMMARY": "【时限】解读材料备案：办法;甲,乙＼n",
        "TRANSP": "TRANSPARENT",
        "STATUS": "CONFIRMED",
        "DESCRIPTION": "依据：要点第9条\n责任单位：区司法局\n沪府〔2027〕1号\n放假安排未公布，暂按法定节日估算",
    }
    assert triggers(event) == [timedelta(days=-3, hours=15)]


def test_a_todo_is_due_and_done() -> None:
    todo, done = written(FILING, "VTODO"), written(FILING._replace(done=True), "VTODO")
    assert (todo.decoded("DUE"), str(todo["STATUS"]), str(todo["UID"])) == (
        date(2027, 3, 8), "NEEDS-ACTION", "2027-todo-policy.filing%7Cy1@f00d",
    )  # fmt: skip
    assert todo.walk("VALARM")[0]["TRIGGER"].params == {"RELATED": "END"}
    assert (str(done["STATUS"]), done["PERCENT-COMPLETE"], done.walk("VALARM")) == ("COMPLETED", 100, [])


def test_moving_the_day_keeps_the_uid() -> None:
    before, after = written(FILING), written(FILING._replace(day=date(2027, 4, 1), title="改名"))
    assert before["UID"] == after["UID"]
    assert is_deadline_uid(str(after["UID"]))
    assert not is_deadline_uid("2027-E-0001@f00d")


def test_a_calendar_of_deadlines_alone_is_written() -> None:
    nothing = year(LECTURE._replace(status=EventStatus.DRAFT))
    data = calendar_bytes(nothing, deadlines=[FILING], todos=[FILING])
    assert [component.name for component in read(data).subcomponents] == ["VTIMEZONE", "VEVENT", "VTODO"]


def stamped_sample() -> YearSnapshot:
    """The sample year as a data file gives it."""
    plain = sample()
    lists = {kind.value: plain.items(kind) for kind in ItemKind if kind is not ItemKind.YEAR}
    stamps = {event.key: STAMP for event in plain.events}
    return YearSnapshot(
        plain.year_row, **lists, stamps=stamps, installation="f00d", neighbours=plain.neighbours
    )


def test_every_deadline_of_the_sample_year_is_there_once_and_again_the_same() -> None:
    snapshot = stamped_sample()
    check = check_of(snapshot)
    items = deadline_items(snapshot, check)
    data = calendar_bytes(snapshot, deadlines=items)
    uids = [str(event["UID"]) for event in read(data).walk("VEVENT") if is_deadline_uid(str(event["UID"]))]
    assert len(set(uids)) == len(uids) == len(items) > 10
    assert data == calendar_bytes(snapshot, deadlines=items)


def test_units_and_campaigns_get_their_own() -> None:
    snapshot = sample()
    check = check_of(snapshot)
    items = deadline_items(snapshot, check)
    unit = next(item.unit for item in items if item.unit)
    assert {item.unit for item in deadlines_of(items, check, unit=unit)} == {unit}
    rules = {rule.code: rule.campaigns for rule in check.ruleset.rules}
    for campaign in Campaign:
        chosen = deadlines_of(items, check, campaign=campaign)
        assert set(chosen) == {item for item in items if campaign in rules.get(item.rule, ())}
    assert deadlines_of(items, check) == items
