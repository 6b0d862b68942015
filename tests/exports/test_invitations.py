"""邀请文件：一项一个 REQUEST 或 CANCEL，只请单位。"""

from __future__ import annotations

from typing import Any

import icalendar  # noqa: TID253  the tests need it at once
import pytest

from exports.invitations import Invitations, address_setting, invitations, is_address
from models.domain.attendance import Delegate
from models.domain.errors import UserError
from models.domain.events import Event, EventStatus
from models.domain.snapshot import WithdrawnEvent, YearSnapshot
from models.domain.units import Unit
from models.domain.year import Year
from tests.exports.test_ical import ANNOUNCED, LECTURE, PUBLISHED, VISIT, read, year

SETTINGS = {
    "calendar.organizer": "zwgk@example.gov.cn",
    address_setting("sf"): "sf@example.gov.cn",
    address_setting("yb"): "yb@example.gov.cn",
}


def office(*events: Event, settings: dict[str, Any] | None = None, **parts: Any) -> YearSnapshot:
    kept = tuple(sorted((SETTINGS if settings is None else settings).items()))
    return year(*events, year=Year(2027, holidays=ANNOUNCED, settings=kept), **parts)


def read_all(made: Invitations) -> list[tuple[str, icalendar.Event]]:
    found = []
    for file in made.files:
        calendar = read(file.data)
        (event,) = calendar.walk("VEVENT")
        assert str(calendar["METHOD"]) == file.method
        assert "NAME" not in calendar
        found.append((file.method, event))
    return found


def attendees(event: icalendar.Event) -> dict[str, str]:
    lines = event["ATTENDEE"] if isinstance(event["ATTENDEE"], list) else [event["ATTENDEE"]]
    return {str(line): line.params["CN"] for line in lines}


def test_each_event_is_a_request_to_its_units() -> None:
    (first, second) = read_all(invitations(office(LECTURE, VISIT)))
    assert (first[0], str(first[1]["ORGANIZER"]), first[1]["ORGANIZER"].params["CN"]) == (
        "REQUEST", "mailto:zwgk@example.gov.cn", "宝山区人民政府办公室",
    )  # fmt: skip
    assert attendees(first[1]) == {"mailto:sf@example.gov.cn": "区司法局"}
    assert attendees(second[1]) == {
        "mailto:yb@example.gov.cn": "区医保局",
        "mailto:sf@example.gov.cn": "区司法局",
    }
    assert second[1]["ATTENDEE"][0].params["PARTSTAT"] == "NEEDS-ACTION"


def test_what_is_off_is_a_cancel_of_the_same_uid_with_a_higher_sequence() -> None:
    before = read_all(invitations(office(LECTURE)))[0][1]
    cancelled = LECTURE._replace(status=EventStatus.CANCELLED)
    gone = WithdrawnEvent(VISIT, PUBLISHED)
    made = invitations(office(cancelled, stamp=PUBLISHED, withdrawn=(gone,)))
    (first, second) = read_all(made)
    assert (first[0], first[1]["UID"], first[1]["SEQUENCE"] > before["SEQUENCE"]) == (
        "CANCEL",
        before["UID"],
        True,
    )
    assert (second[0], str(second[1]["STATUS"])) == ("CANCEL", "CANCELLED")
    assert [file.name[:2] for file in made.files] == ["取消", "取消"]
    assert "PARTSTAT" not in first[1]["ATTENDEE"].params


def test_a_unit_alone_gets_only_its_own_address() -> None:
    made = read_all(invitations(office(LECTURE, VISIT), unit="yb"))
    assert [attendees(event) for _, event in made] == [{"mailto:yb@example.gov.cn": "区医保局"}]


def test_events_of_units_without_an_address_are_left_out_and_told() -> None:
    made = invitations(office(LECTURE, VISIT._replace(lead_units=("gx",), responsible_units=(), towns=())))
    assert ([file.key for file in made.files], made.left_out) == (
        ["E-0001"], (("医保咨询", "有关单位都没有填邮箱"),),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({}, "还没有填发出邀请的邮箱"),
        ({"calendar.organizer": "不是邮箱"}, "还没有填发出邀请的邮箱"),
        ({"calendar.organizer": "a@b.cn"}, "没有可以写出的邀请"),
    ],
)
def test_without_addresses_nothing_is_written(settings: dict[str, Any], words: str) -> None:
    with pytest.raises(UserError, match=words):
        invitations(office(LECTURE, settings=settings))


def test_delegates_are_never_invited() -> None:
    delegates = (Delegate("d1", "欧阳标记", "13800001234"),)
    data = b"".join(file.data for file in invitations(office(LECTURE, VISIT, delegates=delegates)).files)
    assert ("欧阳".encode() in data, b"13800001234" in data, data.count(b"ATTENDEE")) == (False, False, 3)


def test_hostile_names_stay_one_parameter() -> None:
    units = (Unit("sf", 'A"\r\nATTENDEE:mailto:x@y.cn\u202e;CN=b'),)
    ((_, event),) = read_all(invitations(office(LECTURE, units=units)))
    assert attendees(event) == {"mailto:sf@example.gov.cn": "A' ATTENDEE:mailto:x@y.cn;CN=b"}


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("a.b@c-d.gov.cn", True),
        ("a@b", False),
        ("甲@b.cn", False),
        ("a@b.cn\n", False),
        ("a b@c.cn", False),
        ("@b.cn", False),
        ("a" * 300 + "@b.cn", False),
    ],
)
def test_plain_addresses(text: str, good: bool) -> None:
    assert is_address(text) is good


def test_file_names_are_told_apart() -> None:
    same = [LECTURE._replace(key=f"E-{number}", title="同/名:*?") for number in range(3)]
    names = [file.name for file in invitations(office(*same)).files]
    assert len(set(names)) == 3
    assert not any(set(name) & set('\\/:*?"<>|') for name in names)
