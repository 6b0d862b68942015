"""日历文件夹：名称不变，只写变了的，走了的活动留作取消，写不成的不连累别的。"""

from __future__ import annotations

import errno
from datetime import timedelta
from pathlib import Path

import pytest

from exports.calendar_difference import calendar_difference
from exports.calendar_folder import FolderOptions, FolderReport, write_folder
from exports.calendar_present import present_calendars
from exports.ical import calendar_bytes
from exports.ical_reading import CalendarFile, read_calendar
from models.domain.errors import StoreError, UserError
from models.domain.events import Campaign, EventStatus
from models.domain.snapshot import WithdrawnEvent, YearSnapshot
from models.domain.units import Unit, UnitKind
from tests.exports.faulty_disk import FaultyDisk, faulty
from tests.exports.test_ical import CHANGED, LECTURE, PUBLISHED, STAMP, UNITS, VISIT, year
from tests.exports.test_ical_deadlines import FILING

ALL = "宝山区2027年政务公开活动.ics"
LECTURES, VISITS = "宝山区2027年公开讲堂.ics", "宝山区2027年走进社区.ics"
JUSTICE, HEALTH, TOWN = (
    f"宝山区2027年政务公开活动（{name}）.ics" for name in ("区司法局", "区医保局", "顾村镇")
)
LATER = STAMP._replace(changed_at=CHANGED + timedelta(days=1))


def states(folder: Path, name: str) -> dict[str, tuple[int, bool]]:
    """UID → SEQUENCE and whether it is off."""
    components = read_calendar((folder / name).read_bytes()).components
    return {found.uid.split("@")[0]: (found.sequence, found.cancelled) for found in components}


def test_one_file_for_the_year_each_campaign_and_each_unit_that_has_something(tmp_path: Path) -> None:
    report = write_folder(tmp_path, year(LECTURE, VISIT))
    assert (
        set(report.written)
        == {ALL, LECTURES, VISITS, JUSTICE, HEALTH, TOWN}
        == {path.name for path in tmp_path.iterdir()}
    )
    assert states(tmp_path, JUSTICE) == {"2027-E-0001": (0, False), "2027-E-0002": (0, False)}
    assert states(tmp_path, TOWN) == {"2027-E-0002": (0, False)}
    assert (tmp_path / ALL).read_bytes() == calendar_bytes(year(LECTURE, VISIT))


def test_a_single_event_still_makes_a_calendar_that_is_refreshed(tmp_path: Path) -> None:
    write_folder(tmp_path, year(LECTURE))
    file = read_calendar((tmp_path / JUSTICE).read_bytes())
    assert (file.value("UID"), file.value("X-PUBLISHED-TTL")) == ("2027-sf@f00d", "PT12H")


def test_what_has_not_changed_is_not_touched(tmp_path: Path) -> None:
    write_folder(tmp_path, year(LECTURE, VISIT))
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    changed = VISIT._replace(title="改名")
    snapshot = year(LECTURE, changed)
    report = write_folder(tmp_path, snapshot)
    assert set(report.unchanged) == {LECTURES}
    assert set(report.written) == {ALL, VISITS, JUSTICE, HEALTH, TOWN}
    again = write_folder(tmp_path, snapshot)
    assert (again.written, len(again.unchanged)) == ((), 6)
    assert before[LECTURES] == (tmp_path / LECTURES).stat().st_mtime_ns


def test_an_event_that_moves_to_another_unit_is_off_in_the_old_one_and_on_again_when_it_returns(
    tmp_path: Path,
) -> None:
    write_folder(tmp_path, year(LECTURE, VISIT))
    moved = LECTURE._replace(lead_units=("yb",))
    snapshot = year(moved, VISIT._replace(responsible_units=()), stamp=LATER._replace(sequence=1))
    report = write_folder(tmp_path, snapshot)
    assert report.emptied == (JUSTICE,)
    assert states(tmp_path, JUSTICE) == {"2027-E-0001": (1, True), "2027-E-0002": (1, True)}
    gone = read_calendar((tmp_path / JUSTICE).read_bytes()).components[0]
    assert gone.text("DESCRIPTION").startswith("原因：本活动已改由其他单位牵头\n")
    assert states(tmp_path, HEALTH)["2027-E-0001"] == (1, False)
    assert write_folder(tmp_path, snapshot).written == ()
    back = year(LECTURE, VISIT, stamp=LATER._replace(sequence=2, changed_at=CHANGED + timedelta(days=2)))
    old = (tmp_path / JUSTICE).read_bytes()
    write_folder(tmp_path, back)
    assert len(calendar_difference(old, (tmp_path / JUSTICE).read_bytes()).updated) == 2


def test_a_withdrawn_event_stays_cancelled(tmp_path: Path) -> None:
    write_folder(tmp_path, year(LECTURE, VISIT))
    gone = WithdrawnEvent(LECTURE, PUBLISHED)
    write_folder(tmp_path, year(VISIT, withdrawn=(gone,)))
    assert states(tmp_path, LECTURES) == {"2027-E-0001": (2, True)}


def test_an_event_deleted_without_a_trace_is_cancelled_from_the_old_file(tmp_path: Path) -> None:
    write_folder(tmp_path, year(LECTURE, VISIT))
    report = write_folder(tmp_path, year(VISIT))
    assert states(tmp_path, LECTURES) == {"2027-E-0001": (1, True)}
    assert report.emptied == (LECTURES,)
    (found,) = read_calendar((tmp_path / LECTURES).read_bytes()).components
    assert found.text("SUMMARY") == "【已取消】民法典，物业与邻里"
    assert write_folder(tmp_path, year(VISIT)).written == ()


def test_a_renamed_unit_keeps_its_file_and_a_removed_one_is_kept_cancelled(tmp_path: Path) -> None:
    write_folder(tmp_path, year(LECTURE, VISIT))
    units = (Unit("sf", "区司法行政局"), Unit("gc", "顾村镇", UnitKind.TOWN))
    write_folder(tmp_path, year(LECTURE, VISIT._replace(lead_units=()), units=units, stamp=LATER))
    assert "区司法行政局" in (tmp_path / JUSTICE).read_text(encoding="utf-8").replace("\n ", "")
    assert states(tmp_path, HEALTH) == {"2027-E-0002": (1, True)}


def test_files_of_others_are_neither_read_nor_overwritten(tmp_path: Path) -> None:
    (tmp_path / ALL).write_bytes(
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:theirs\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    (tmp_path / "坏.ics").write_bytes(b"\xff\xfe\x00")
    report = write_folder(tmp_path, year(LECTURE))
    assert b"theirs" in (tmp_path / ALL).read_bytes()
    assert "宝山区2027年政务公开活动-日历.ics" in report.written


def test_of_a_calendar_without_a_name_of_its_own_only_the_head_is_kept(tmp_path: Path) -> None:
    write_folder(tmp_path, year(LECTURE))
    (tmp_path / "部门.ics").write_bytes(b"BEGIN:VCALENDAR\r\n" + b"A:\r\n" * 10_000)
    present = present_calendars(tmp_path)
    assert present.pop("部门.ics") == b""
    assert present == {name: (tmp_path / name).read_bytes() for name in present}


def test_deadlines_of_the_unit_keep_their_stamps_while_they_say_the_same(tmp_path: Path) -> None:
    snapshot = year(LECTURE)
    snapshot.revision = 5
    write_folder(tmp_path, snapshot, FolderOptions(deadlines=[FILING], todos=[FILING]))
    assert len(states(tmp_path, JUSTICE)) == len(states(tmp_path, ALL)) == 3
    later = year(LECTURE)
    later.revision = 9
    assert write_folder(tmp_path, later, FolderOptions(deadlines=[FILING], todos=[FILING])).written == ()
    moved = FILING._replace(day=FILING.day + timedelta(days=3))
    write_folder(tmp_path, later, FolderOptions(deadlines=[moved]))
    assert states(tmp_path, JUSTICE) == {
        "2027-E-0001": (0, False),
        "2027-deadline-policy.filing%7Cy1": (9, False),
        "2027-todo-policy.filing%7Cy1": (6, True),
    }


def test_one_file_that_cannot_be_written_does_not_hinder_the_others(tmp_path: Path) -> None:
    write_folder(tmp_path, year(LECTURE, VISIT))
    (tmp_path / HEALTH).unlink()
    (tmp_path / HEALTH).mkdir()
    report = write_folder(tmp_path, year(LECTURE, VISIT._replace(title="改名")))
    assert [name for name, _ in report.failed] == [HEALTH]
    assert set(report.written) == {ALL, VISITS, JUSTICE, TOWN}
    assert "1 个没有写成" in report.words


def test_each_file_is_on_the_disk_before_it_takes_its_name_and_the_names_are_flushed_once(
    tmp_path: Path,
) -> None:
    disk = FaultyDisk(tmp_path, only=("fsync", "replace"))
    with faulty(disk):
        report = write_folder(tmp_path, year(LECTURE, VISIT))
    assert len(report.written) == 6
    first, rest = ["fsync"] * 3 + ["replace"] * 3, ["fsync"] * 3 + ["replace"] * 3
    assert disk.calls == [*first, *rest, "fsync"]


def test_names_that_the_disk_does_not_confirm_are_said(tmp_path: Path) -> None:
    disk = FaultyDisk(tmp_path, 7, errno.EIO, only=("fsync",))
    with faulty(disk), pytest.raises(StoreError, match="已写好，但磁盘没有确认"):
        write_folder(tmp_path, year(LECTURE, VISIT))
    assert write_folder(tmp_path, year(LECTURE, VISIT)).written == ()


def test_what_stands_when_the_rest_is_stopped_is_flushed(tmp_path: Path) -> None:
    def stop(done: int, _: int) -> None:
        if done == 3:
            raise InterruptedError

    disk = FaultyDisk(tmp_path, only=("fsync", "replace"))
    with faulty(disk), pytest.raises(InterruptedError):
        write_folder(tmp_path, year(LECTURE, VISIT), step=stop)
    assert disk.calls == ["fsync"] * 3 + ["replace"] * 3 + ["fsync"]
    assert len(list(tmp_path.iterdir())) == 3


def test_of_an_old_file_only_what_differs_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_folder(tmp_path, year(LECTURE, VISIT))
    read: list[str] = []

    def listening(data: bytes) -> CalendarFile:
        found = read_calendar(data)
        read.extend(component.uid.split("@")[0] for component in found.components)
        return found

    monkeypatch.setattr("exports.calendar_present.read_calendar", listening)
    report = write_folder(tmp_path, year(LECTURE, VISIT._replace(title="改名")))
    assert len(report.written) == 5
    assert read == ["2027-E-0002"] * 5
    assert (tmp_path / ALL).read_bytes() == calendar_bytes(year(LECTURE, VISIT._replace(title="改名")))


def test_no_folder_and_nothing_to_write_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="没有文件夹"):
        write_folder(tmp_path / "无", year(LECTURE))
    with pytest.raises(UserError, match="没有可以写入日历的活动"):
        write_folder(tmp_path, year(LECTURE._replace(status=EventStatus.DRAFT)))
    assert list(tmp_path.iterdir()) == []


def test_hostile_names_make_plain_files(tmp_path: Path) -> None:
    units = (Unit("../x", '<img src="a">|../..\\CON'), Unit("b", "同名"), Unit("c", "同名"))
    events = (LECTURE._replace(lead_units=("../x", "b", "c")),)
    report = write_folder(tmp_path, year(*events, units=units))
    assert {path.name for path in tmp_path.iterdir()} == set(report.written)
    assert len(report.written) == 5
    assert not any(set(name) & set('\\/:*?"<>|') for name in report.written)


def test_every_step_is_told(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    write_folder(tmp_path, year(LECTURE, VISIT), step=lambda done, total: steps.append((done, total)))
    assert steps == [(0, 6), (3, 6)]


def test_the_year_file_equals_the_publish_file_and_the_parts_add_up(tmp_path: Path) -> None:
    snapshot: YearSnapshot = year(
        LECTURE, VISIT, LECTURE._replace(key="E-3", campaign=Campaign.PARK, park="gx")
    )
    assert isinstance(write_folder(tmp_path, snapshot), FolderReport)
    whole = set(states(tmp_path, ALL))
    parts = [set(states(tmp_path, path.name)) for path in tmp_path.iterdir() if path.name != ALL]
    assert set().union(*parts) == whole
    assert len(UNITS) == 4
