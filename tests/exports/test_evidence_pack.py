"""季度佐证材料包：每份都在，缺的坏的说出名字；写不成时原有的不动。"""

from __future__ import annotations

import errno
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.evidence_pack import (
    INDEX,
    LACKING,
    evidence_pack,
    file_name,
    folder_name,
    pack_name,
    packed_events,
)
from models.domain.errors import StoreError
from models.domain.events import Campaign, EventStatus
from models.domain.papers import Evidence, EvidenceKind
from models.domain.snapshot import YearSnapshot
from planners.results import YearCheck
from tests.factories import check, event, year

K = EvidenceKind
CONTENT = {"a" * 64: b"sheet", "b" * 64: b"photo", "c" * 64: b"other"}


def read(digest: str) -> bytes:
    if digest not in CONTENT:
        raise StoreError("材料文件不在了。")
    return CONTENT[digest]


def index(snapshot: YearSnapshot, checked: YearCheck, quarter: int) -> bytes:
    del snapshot, checked
    return f"%PDF {quarter}".encode()


def held(key: str = "E1", day: str = "2027-05-13", **fields: object):  # type: ignore[no-untyped-def]
    return event(Campaign.COMMUNITY, day, status=EventStatus.HELD, key=key, **fields)  # type: ignore[arg-type]


SHEET = Evidence("F1", "E1", K.SIGN_IN, file_name="签到表.pdf", digest="a" * 64, size=5)
PHOTO = Evidence("F2", "E1", K.PHOTO, file_name="图:1.JPG", digest="b" * 64, size=5)
LINK = Evidence("F3", "E1", K.LINK, title="区网站", link="https://a.cn/1")


def pack(target: Path, *evidence: Evidence, events: tuple[object, ...] = ()):  # type: ignore[no-untyped-def]
    snapshot = year(*(events or (held(short="医保惠民"),)), evidence=evidence)  # type: ignore[arg-type]
    return evidence_pack(snapshot, check(snapshot), 2, read, target, make_index=index)


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_complete_quarter_is_one_index_and_a_folder_an_event(tmp_path: Path) -> None:
    made = pack(tmp_path / "包", SHEET, PHOTO, LINK)
    assert (made.events, made.files, made.complete) == (1, 2, True)
    folder = "01_0513_走进社区_医保惠民"
    assert names(tmp_path / "包") == [
        f"{folder}/现场照片_图_1.JPG",
        f"{folder}/签到表.pdf",
        f"{folder}/链接.txt",
        INDEX,
    ]
    assert (tmp_path / "包" / folder / "签到表.pdf").read_bytes() == b"sheet"
    assert "https://a.cn/1" in (tmp_path / "包" / folder / "链接.txt").read_text(encoding="utf-8-sig")
    assert [path.name for path in tmp_path.iterdir()] == ["包"]


def test_a_zip_holds_the_same(tmp_path: Path) -> None:
    pack(tmp_path / "包", SHEET, PHOTO, LINK)
    pack(tmp_path / "包.zip", SHEET, PHOTO, LINK)
    with zipfile.ZipFile(tmp_path / "包.zip") as archive:
        assert archive.testzip() is None
        assert sorted(archive.namelist()) == names(tmp_path / "包")


def test_what_is_lacking_missing_or_damaged_is_named_and_the_rest_is_packed(tmp_path: Path) -> None:
    gone = PHOTO._replace(digest="d" * 64)
    made = pack(tmp_path / "包", SHEET, gone)
    assert made.files == 1
    assert made.lacking == (
        "5月13日“医保惠民”缺报道链接。",
        "5月13日“医保惠民”的现场照片“图:1.JPG”没有放进来：材料文件不在了。",
    )
    assert (tmp_path / "包" / LACKING).read_text(encoding="utf-8-sig").splitlines() == list(made.lacking)


def test_a_program_is_not_packed_but_named(tmp_path: Path) -> None:
    made = pack(tmp_path / "包", SHEET, PHOTO._replace(title="现场照片.jpg", file_name="现场照片.exe"), LINK)
    assert made.lacking == (
        "5月13日“医保惠民”的现场照片“现场照片.exe”没有放进来：它不是可以作佐证的文件类型。",
    )
    assert not [name for name in names(tmp_path / "包") if name.endswith(".exe")]


def test_the_index_counts_only_what_was_packed(tmp_path: Path) -> None:
    counted: list[list[str]] = []

    def counting(snapshot: YearSnapshot, checked: YearCheck, quarter: int) -> bytes:
        counted.append([item.key for item in snapshot.evidence])
        return index(snapshot, checked, quarter)

    snapshot = year(held(), evidence=(SHEET, PHOTO._replace(digest="d" * 64), LINK))
    evidence_pack(snapshot, check(snapshot), 2, read, tmp_path / "包", make_index=counting)
    assert counted == [["F1", "F3"]]


def test_an_event_that_was_held_without_any_paper_makes_the_pack_incomplete(tmp_path: Path) -> None:
    made = pack(
        tmp_path / "包", SHEET, PHOTO, LINK, events=(held(), held("E2", "2027-06-01", short="第二场"))
    )
    assert made.lacking == ("6月1日“第二场”缺签到表、现场照片、报道链接。",)
    assert not made.complete


def test_only_the_quarter_s_events_are_packed_by_day() -> None:
    snapshot = year(
        held("E3", "2027-06-30"),
        held("E1", "2027-04-01"),
        held("E9", "2027-03-31"),
        event(key="E5"),
        held("E8", "2027-07-01"),
    )
    assert [one.key for one in packed_events(snapshot, 2)] == ["E1", "E3"]
    assert pack_name(snapshot, 2) == "宝山区2027年第二季度佐证材料"


def test_an_older_pack_is_replaced_whole_and_another_folder_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "包"
    pack(target, SHEET, PHOTO, LINK)
    pack(target, SHEET)
    assert "现场照片_图_1.JPG" not in " ".join(names(target))
    other = tmp_path / "别的"
    other.mkdir()
    (other / "重要.txt").write_text("x")
    with pytest.raises(StoreError, match="已有别的内容"):
        pack(other, SHEET)
    assert names(other) == ["重要.txt"]
    with pytest.raises(StoreError, match="文件夹不存在"):
        pack(tmp_path / "没有" / "包", SHEET)


@pytest.mark.parametrize("name", ["包", "包.zip"])
def test_a_full_disk_leaves_the_old_pack_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    target = tmp_path / name
    pack(target, SHEET, PHOTO, LINK)
    before = target.read_bytes() if target.is_file() else names(target)

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr("exports.files.os.fsync", full)
    with pytest.raises(StoreError, match="磁盘已满"):
        pack(target, SHEET)
    assert (target.read_bytes() if target.is_file() else names(target)) == before
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_pack_that_is_stopped_leaves_nothing_and_tells_how_far_it_is(tmp_path: Path) -> None:
    class StoppedError(Exception):
        pass

    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        if done == 2:
            raise StoppedError

    snapshot = year(held(), evidence=(SHEET, PHOTO))
    with pytest.raises(StoppedError):
        evidence_pack(snapshot, check(snapshot), 2, read, tmp_path / "包", stop, make_index=index)
    assert told == [(1, 3), (2, 3)]
    assert list(tmp_path.iterdir()) == []


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(min_size=0, max_size=90), min_size=1, max_size=6))
def test_names_are_safe_and_different_whatever_the_files_were_called(given_names: list[str]) -> None:
    taken: set[str] = set()
    made = [
        file_name(Evidence(f"F{n}", "E1", K.OTHER, file_name=name), taken)
        for n, name in enumerate(given_names)
    ]
    assert len({name.casefold() for name in made}) == len(made)
    for name in (*made, *(folder_name(held(short=name), 7, 400) for name in given_names)):
        assert name
        assert not set(name) & set('\\/:*?"<>|\0')
        assert name.strip(" .") == name
        assert len(name.encode()) < 256


def test_the_four_hundredth_event_keeps_the_order_of_the_days(tmp_path: Path) -> None:
    events = tuple(held(f"E{n:03d}", "2027-05-13", short="甲") for n in range(400))
    made = pack(
        tmp_path / "包", Evidence("F1", "E399", K.PHOTO, file_name="a.jpg", digest="b" * 64), events=events
    )
    assert made.events == 400
    assert (tmp_path / "包" / "400_0513_走进社区_甲" / "现场照片_a.jpg").exists()
