"""上传到真的 Radicale：不成双，取消的标出，错了说清楚，再来一次接着做。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from exports.ical import calendar_bytes
from exports.ical_reading import Component, read_calendar
from exports.server.items import server_items
from exports.server.uploading import ServerAccount, UploadError, UploadReport, check_address, upload
from models.domain.errors import InputError
from models.domain.events import EventStatus
from models.domain.snapshot import WithdrawnEvent, YearSnapshot
from planners.results import DeadlineItem
from tests.exports.server.radicale_server import PASSWORD, USER, Radicale
from tests.exports.test_ical import CHANGED, LECTURE, PUBLISHED, STAMP, VISIT, year

DEADLINE = DeadlineItem(
    "policy.filing|y1", "解读材料备案：办法", date(2027, 3, 4), False, "policy.filing", "9", "sf", False, ""
)
LATER = PUBLISHED._replace(sequence=3, changed_at=CHANGED + timedelta(days=9))


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Radicale]:
    made = Radicale(tmp_path)
    made.make_calendar()
    yield made
    made.stop()


def account(server: Radicale, **change: str) -> ServerAccount:
    return ServerAccount(server.url, USER, PASSWORD)._replace(**change)


def on_server(server: Radicale) -> dict[str, Component]:
    components = read_calendar(server.contents()).components
    assert len({component.uid for component in components}) == len(components)
    return {component.uid: component for component in components}


def many(count: int, **change: Any) -> YearSnapshot:
    return year(*(LECTURE._replace(key=f"E-{number:04d}", **change) for number in range(count)))


def test_everything_is_there_once_and_a_second_upload_sends_nothing(server: Radicale) -> None:
    snapshot = year(LECTURE, VISIT)
    items = server_items(snapshot, deadlines=[DEADLINE], todos=[DEADLINE])
    assert upload(account(server), items) == UploadReport(added=4)
    there = on_server(server)
    assert {uid: component.text("SUMMARY") for uid, component in there.items()} == {
        "2027-E-0001@f00d": "民法典，物业与邻里",
        "2027-E-0002@f00d": "医保咨询",
        "2027-deadline-policy.filing%7Cy1@f00d": "【时限】解读材料备案：办法",
        "2027-todo-policy.filing%7Cy1@f00d": "【时限】解读材料备案：办法",
    }
    assert upload(account(server), items) == UploadReport(unchanged=4)
    assert server.puts == 4


def test_changes_are_updated_in_place_and_cancelled_ones_are_marked(server: Radicale) -> None:
    upload(account(server), server_items(year(LECTURE, VISIT)))
    moved = LECTURE._replace(
        starts_at=LECTURE.starts_at + timedelta(days=1), ends_at=LECTURE.ends_at + timedelta(days=1)
    )
    gone = VISIT._replace(status=EventStatus.CANCELLED)
    assert upload(account(server), server_items(year(moved, gone, stamp=LATER))) == UploadReport(changed=2)
    there = on_server(server)
    assert str(there["2027-E-0001@f00d"].moment("DTSTART")) == "2027-06-18 14:00:00"
    assert (there["2027-E-0002@f00d"].cancelled, there["2027-E-0002@f00d"].text("SUMMARY")) == (
        True,
        "【已取消】医保咨询",
    )


def test_the_server_ends_with_exactly_the_second_calendar(server: Radicale) -> None:
    upload(account(server), server_items(year(LECTURE, VISIT)))
    second = year(
        LECTURE._replace(title="改了名"), LECTURE._replace(key="E-0009"), stamp=LATER,
        withdrawn=(WithdrawnEvent(VISIT, LATER),),
    )  # fmt: skip
    upload(account(server), server_items(second))
    wanted = read_calendar(calendar_bytes(second)).newest()
    facts = [
        {(c.uid, c.sequence, c.text("SUMMARY"), c.text("STATUS"), c.moment("DTSTART")) for c in found}
        for found in (wanted.values(), on_server(server).values())
    ]
    assert facts[0] == facts[1]


def test_what_fell_out_of_the_whole_year_is_cancelled_and_others_are_left_alone(server: Radicale) -> None:
    snapshot = year(LECTURE)
    upload(account(server), server_items(snapshot, deadlines=[DEADLINE]))
    other = year(VISIT)
    other.installation = "beef"
    upload(account(server), server_items(other))
    assert upload(account(server), server_items(snapshot), snapshot) == UploadReport(changed=1, unchanged=1)
    states = {uid: component.cancelled for uid, component in on_server(server).items()}
    assert states == {
        "2027-E-0001@f00d": False,
        "2027-deadline-policy.filing%7Cy1@f00d": True,
        "2027-E-0002@beef": False,
    }
    assert upload(account(server), server_items(snapshot), snapshot) == UploadReport(unchanged=1)


def test_an_older_state_does_not_overwrite_a_newer_one(server: Radicale) -> None:
    upload(account(server), server_items(year(LECTURE, stamp=LATER)))
    assert upload(account(server), server_items(year(LECTURE, stamp=STAMP))) == UploadReport(
        newer=(LECTURE.title,)
    )


def test_a_failure_half_way_says_how_many_went_and_the_next_upload_goes_on(server: Radicale) -> None:
    items = server_items(many(7))
    server.refuse_after = 3
    with pytest.raises(UploadError) as caught:
        upload(account(server), items)
    assert (caught.value.sent, caught.value.total) == (3, 7)
    assert str(caught.value) == (
        "服务器没有收下“民法典，物业与邻里”（500）。已上传 3 项，共 7 项；已上传的有效。"
        "请稍后再上传，或请服务器的管理员看一看。再上传一次会接着做，不会重复。"
    )
    assert len(on_server(server)) == 3
    server.refuse_after = None
    assert upload(account(server), items) == UploadReport(added=4, unchanged=3)
    assert len(on_server(server)) == 7


def test_it_can_be_stopped_between_two_items(server: Radicale) -> None:
    def step(done: int, total: int) -> None:
        assert total == 5
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        upload(account(server), server_items(many(5)), step=step)
    assert len(on_server(server)) == 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"password": "错的"}, "用户名或密码不对。服务器上的日历没有改动。请重新填写。"),
        ({"url": "http://127.0.0.1:9/x/"}, "连不上服务器。服务器上的日历没有改动。请检查地址和网络。"),
    ],
)
def test_a_wrong_password_and_a_dead_server(server: Radicale, change: dict[str, str], words: str) -> None:
    with pytest.raises(UploadError) as caught:
        upload(account(server, **change), server_items(year(LECTURE)))
    assert str(caught.value) == words
    assert server.puts == 0


def test_an_account_is_no_calendar(server: Radicale) -> None:
    for url in (server.root, server.root + "none/"):
        with pytest.raises(UploadError, match="这个地址不是一个日历"):
            upload(account(server, url=url), server_items(year(LECTURE)))


def test_a_server_without_tls_behind_https_is_not_trusted(server: Radicale) -> None:
    with pytest.raises(UploadError, match=r"证书不可信|连不上服务器"):
        upload(account(server, url=server.url.replace("http:", "https:")), server_items(year(LECTURE)))
    assert server.puts == 0


@pytest.mark.parametrize(
    "url",
    ["", "dav.example.cn", "ftp://a/b", "file:///etc/passwd", "http://", "http://a:x/", "https://u:p@a/"],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(InputError):
        check_address(url)


def test_the_password_is_in_no_trace() -> None:
    assert PASSWORD not in repr(ServerAccount("https://a/", USER, PASSWORD))
