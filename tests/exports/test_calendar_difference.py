"""「新增 3 · 更新 2 · 取消 1」：按 UID 和序号，一项一项。"""

from __future__ import annotations

from datetime import timedelta

from exports.calendar_difference import CalendarDifference, calendar_difference
from exports.ical import calendar_bytes
from models.domain.events import EventStatus
from tests.exports.test_ical import CHANGED, LECTURE, PUBLISHED, STAMP, VISIT, year
from tests.exports.test_ical_deadlines import FILING

FIRST, SECOND = ("VEVENT", "2027-E-0001@f00d"), ("VEVENT", "2027-E-0002@f00d")
BEFORE = calendar_bytes(year(LECTURE, VISIT))


def test_without_a_file_everything_that_is_on_is_new() -> None:
    after = calendar_bytes(year(LECTURE, VISIT._replace(status=EventStatus.CANCELLED), stamp=PUBLISHED))
    for before in (None, b"", b"\xff not a calendar"):
        assert calendar_difference(before, after) == CalendarDifference(new=(FIRST,), same=(SECOND,))


def test_each_way_of_changing() -> None:
    retitled = calendar_bytes(year(LECTURE._replace(title="改名"), VISIT))
    assert calendar_difference(BEFORE, retitled) == CalendarDifference(updated=(FIRST,), same=(SECOND,))
    off = calendar_bytes(year(LECTURE, VISIT._replace(status=EventStatus.CANCELLED), stamp=PUBLISHED))
    found = calendar_difference(BEFORE, off)
    assert (found.updated, found.cancelled, found.words) == ((FIRST,), (SECOND,), "更新 1 · 取消 1")
    restored = calendar_difference(
        off, calendar_bytes(year(LECTURE, VISIT, stamp=PUBLISHED._replace(sequence=3)))
    )
    assert restored.updated == (FIRST, SECOND)


def test_what_is_missing_and_what_is_older_is_told() -> None:
    alone = calendar_bytes(year(LECTURE))
    assert calendar_difference(BEFORE, alone) == CalendarDifference(same=(FIRST,), gone=(SECOND,))
    newer = calendar_bytes(year(LECTURE._replace(place="别处"), stamp=PUBLISHED))
    assert calendar_difference(newer, alone).words == "比原文件旧 1"


def test_deadlines_count_by_what_they_say_not_by_their_sequence() -> None:
    first, second = year(LECTURE), year(LECTURE, stamp=STAMP._replace(changed_at=CHANGED))
    second.revision = 40
    before = calendar_bytes(first, deadlines=[FILING])
    assert calendar_difference(before, calendar_bytes(second, deadlines=[FILING])).words == "没有变化"
    moved = FILING._replace(day=FILING.day + timedelta(days=1))
    assert calendar_difference(before, calendar_bytes(second, deadlines=[moved])).words == "更新 1"
