"""佐证材料不是程序：加入、读入、改条目、打包、打开，每道门都看后缀和内容；旧文件里的只是不打开，核对点名。"""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.package import read_package, write_package
from models import commands
from models.backups import backup, verify
from models.domain.errors import CommandError, StoreError
from models.domain.papers import Evidence, EvidenceKind
from models.domain.programs import SUFFIXES, has_allowed_ending, program_in
from models.domain.snapshot import ItemKind
from models.evidence import add_evidence, change_evidence, record_result
from models.evidence_backup import evidence_problems
from models.evidence_files import EvidenceFolder
from models.queries import year_snapshot
from models.releases import lay_back, release_year
from models.restoring import restore
from models.store import Store, open_store

PE = b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 60
LINK = b"L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0\0\0\0F" + b"\0" * 40
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def packed(*names: str) -> bytes:
    """A zip of empty files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    return made.getvalue()


PROGRAMS = {
    "现场照片.jpg": (PE, "是 Windows 程序"),
    "签到表.pdf": (b"\x7fELF\x02\x01\x01", "是 Linux 程序"),
    "说明.txt": (b"#!/bin/sh\nrm -rf ~\n", "是脚本"),
    "批处理.txt": ("\ufeff@ECHO OFF\r\n".encode(), "是脚本"),
    "报道.html": (b"<html><head><HTA:Application id=x></head>", "是网页程序（HTA）"),
    "宽字.htm": ("\ufeff<html><hta:application>".encode("utf-16-le"), "是网页程序（HTA）"),
    "新闻稿.docx": (LINK, "是快捷方式"),
    "问卷.xls": (COMPOUND + "_VBA_PROJECT_CUR".encode("utf-16-le"), "带有宏"),
    "问卷.xlsx": (packed("xl/workbook.xml", "xl/vbaProject.bin"), "带有宏"),
    "问卷.doc": (packed("word/vbaProject.bin"), "带有宏"),
}
PLAIN = {
    "问卷.xls": COMPOUND,
    "问卷.xlsx": packed("xl/workbook.xml"),
    "一包.zip": packed("word/vbaProject.bin", "现场照片.exe"),
    "报道.html": b"<html><body>HTA</body></html>",
    "照片.jpg": b"\xff\xd8\xff\xe0",
    "说明.txt": "#1 号会议室".encode(),
}


@pytest.fixture
def folder(path: Path) -> EvidenceFolder:
    return EvidenceFolder(path)


def kept_unchecked(folder: EvidenceFolder, data: bytes, tmp_path: Path) -> str:
    """The digest of ``data``, which an older program kept."""
    import hashlib

    digest = hashlib.sha256(data).hexdigest()
    target = folder.path_of(digest)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    return digest


def row(digest: str, file_name: str, title: str = "现场照片.jpg") -> Evidence:
    return Evidence("F0001", "E1", EvidenceKind.PHOTO, title, file_name, digest, len(PE))


def put_in_by_hand(store: Store, item: Evidence) -> None:
    """The row as an older program or another hand stored it."""
    plain = item._replace(file_name="x.jpg")
    add_evidence(store, 2027, [plain])
    with store.transaction():
        store.write("UPDATE evidence SET file_name = ? WHERE key = ?", [(item.file_name, item.key)])


@pytest.mark.parametrize(("name", "content", "said"), [(n, *rest) for n, rest in PROGRAMS.items()])
def test_a_program_under_the_name_of_a_paper_is_not_added(
    folder: EvidenceFolder, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    source = tmp_path / name
    source.write_bytes(content)
    with pytest.raises(CommandError, match="没有加入") as caught:
        folder.add(source)
    assert caught.value.what == f"“{name}”的内容{said}。"
    assert not [path for path in folder.folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize(("name", "content"), PLAIN.items())
def test_papers_pictures_and_packets_are_added_as_before(
    folder: EvidenceFolder, tmp_path: Path, name: str, content: bytes
) -> None:
    source = tmp_path / name
    source.write_bytes(content)
    assert folder.read(folder.add(source).digest) == content


@given(st.text(max_size=12), st.sampled_from(["exe", "bat", "hta", "lnk", "js", "scr", "docm", ""]),
       st.text(alphabet=" .", max_size=3))  # fmt: skip
def test_no_name_that_the_system_takes_for_a_program_is_allowed(stem: str, ending: str, tail: str) -> None:
    assert not has_allowed_ending(f"{stem}.{ending}{tail}")
    assert all(has_allowed_ending(f"{stem}.{suffix}{tail}") for suffix in SUFFIXES)


@given(st.binary(max_size=300))
def test_what_begins_like_a_program_is_one_whatever_follows(tail: bytes) -> None:
    assert all(program_in(start + tail, "照片.jpg") for start in (b"MZ", b"\x7fELF", b"#!", LINK))


@pytest.mark.parametrize("name", ["现场照片.exe", "现场照片.jpg.bat", "a.hta", "a.lnk", "a.exe. "])
def test_a_package_whose_evidence_is_called_like_a_program_is_refused_by_name(
    store: Store, name: str
) -> None:
    before = year_snapshot(store, 2027)
    plain = write_package(before).decode()
    good = row("a" * 64, "NAME.jpg")
    add_evidence(store, 2027, [good])
    package = write_package(year_snapshot(store, 2027)).decode().replace("NAME.jpg", name)
    commands.undo(store)
    with pytest.raises(CommandError, match="不是可以作佐证的文件类型") as caught:
        commands.import_year(store, read_package(package.encode(), "年度.json"))
    assert name.strip() in caught.value.what
    assert "现场照片.jpg" in caught.value.what
    assert write_package(year_snapshot(store, 2027)).decode() == plain


def test_a_row_cannot_become_one_but_the_old_ones_beside_it_let_everything_else_be_stored(
    store: Store,
) -> None:
    bad = row("a" * 64, "现场照片.exe")
    with pytest.raises(CommandError, match=r"现场照片\.exe"):
        add_evidence(store, 2027, [bad])
    with pytest.raises(CommandError, match=r"现场照片\.exe"):
        commands.put_item(store, 2027, ItemKind.EVIDENCE, bad)
    put_in_by_hand(store, bad)
    with pytest.raises(CommandError, match=r"现场照片\.exe"):
        change_evidence(store, 2027, bad._replace(title="签到表"))
    event = year_snapshot(store, 2027).event_by_key["E1"]
    record_result(store, 2027, event._replace(attended=80), [bad])
    assert year_snapshot(store, 2027).event_by_key["E1"].attended == 80
    commands.delete_event(store, 2027, "E1")
    commands.undo(store)
    assert bad in year_snapshot(store, 2027).evidence


def test_a_release_of_an_old_file_is_laid_back_without_the_program_it_named(store: Store) -> None:
    put_in_by_hand(store, row("a" * 64, "现场照片.exe"))
    release_year(store, 2027, "", date(2027, 6, 15))
    frozen = year_snapshot(store, 2027)
    commands.delete_event(store, 2027, "E1")
    lay_back(store, 2027, 1)
    after = year_snapshot(store, 2027)
    assert after.events == frozen.events
    assert [item.key for item in frozen.evidence if item not in after.evidence] == ["F0001"]


@pytest.mark.parametrize(
    ("file_name", "content", "said"),
    [
        ("现场照片.exe", b"picture", "“现场照片.exe”不是可以作佐证的文件类型，没有打开。"),
        ("照片.jpg", PE, "“照片.jpg”的内容是 Windows 程序，没有打开。"),
        ("", b"picture", "“F0001”没有登记文件名，没有打开。"),
    ],
)
def test_opening_refuses_in_words_with_the_true_name(
    folder: EvidenceFolder, tmp_path: Path, file_name: str, content: bytes, said: str
) -> None:
    item = row(kept_unchecked(folder, content, tmp_path), file_name)
    with pytest.raises(StoreError) as caught:
        folder.copy_for_viewing(item, file_name or item.key)
    assert caught.value.what == said
    assert not (folder.folder / "查看").exists()


def test_the_name_that_is_written_counts_too(folder: EvidenceFolder, tmp_path: Path) -> None:
    item = row(kept_unchecked(folder, b"picture", tmp_path), "照片.jpg")
    with pytest.raises(StoreError, match="没有打开"):
        folder.copy_for_viewing(item, "照片.exe")


def test_verify_names_each_bad_row_and_a_restored_backup_opens_all_the_same(
    store: Store, path: Path, tmp_path: Path
) -> None:
    folder = EvidenceFolder(path)
    named = row(kept_unchecked(folder, b"picture", tmp_path), "现场照片.exe")
    filled = row(kept_unchecked(folder, PE, tmp_path), "签到.jpg")._replace(key="F0002", title="")
    put_in_by_hand(store, named._replace(size=7))
    add_evidence(store, 2027, [filled])
    target = backup(store, tmp_path / "U盘" / "备份.db")
    store.close()
    new = tmp_path / "新电脑" / "数据.db"
    restore(new, target)
    assert verify(new) == ()
    assert evidence_problems(new) == (
        "佐证材料“现场照片.jpg”（现场照片）不会打开：文件“现场照片.exe”不是可以作佐证的文件类型。",
        "佐证材料“签到.jpg”（现场照片）不会打开：文件“签到.jpg”的内容是 Windows 程序。",
    )
    assert len(evidence_problems(new, thoroughly=False)) == 1
    with open_store(new) as restored:
        assert {item.key for item in year_snapshot(restored, 2027).evidence} >= {"F0001", "F0002"}
