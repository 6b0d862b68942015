"""export evidence-pack：写出材料包，缺的逐条说，退出码 1。"""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from models.domain.papers import Evidence, EvidenceKind
from models.evidence import add_evidence
from models.evidence_files import EvidenceFolder
from models.store import open_store
from tests.headless.conftest import Office


@pytest.fixture(autouse=True)
def plain_index(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exports.evidence_pack._printed_index", lambda *_: b"%PDF")


def with_sheet(office: Office) -> None:
    """The community visit has a sign-in sheet, photo and link."""
    office.imported()
    source = office.folder / "签到.pdf"
    source.write_bytes(b"scan")
    with open_store(office.data) as store:
        stored = EvidenceFolder(office.data).add(source)
        kept = {"file_name": stored.name, "digest": stored.digest, "size": stored.size}
        items = [
            Evidence("F1", "A002", EvidenceKind.SIGN_IN, **kept),  # type: ignore[arg-type]
            Evidence("F2", "A002", EvidenceKind.PHOTO, **kept),  # type: ignore[arg-type]
            Evidence("F3", "A002", EvidenceKind.LINK, link="https://a.cn/1"),
        ]
        add_evidence(store, 2027, items)


def packed(office: Office, target: Path | str):  # type: ignore[no-untyped-def]
    return office.run("export", "evidence-pack", 2027, "--quarter", 1, "-o", target)


def test_a_complete_pack_is_written_as_folder_and_as_zip(office: Office) -> None:
    with_sheet(office)
    answer = packed(office, office.folder / "包")
    assert (answer.code, answer.out) == (0, "")
    assert "1 场活动，2 份文件，材料齐全" in answer.err
    assert packed(office, office.folder / "包.zip").code == 0
    with zipfile.ZipFile(office.folder / "包.zip") as archive:
        assert len(archive.namelist()) == 4


def test_what_is_lacking_is_a_line_each_and_the_code_is_1(office: Office) -> None:
    office.imported()
    answer = packed(office, office.folder / "包")
    assert (answer.code, answer.out) == (1, "3月5日“普法宣传”缺签到表、现场照片、报道链接。\n")


def test_a_pack_needs_its_quarter_and_a_place(office: Office) -> None:
    office.imported()
    assert office.run("export", "evidence-pack", 2027, "-o", office.folder / "x").code == 2
    assert packed(office, "-").code == 2
    assert packed(office, office.folder / "没有" / "包").code == 3


def test_a_quarter_without_events_has_no_pack(office: Office) -> None:
    office.imported()
    for quarter, what in ((2, "没有办过的活动"), (4, "没有活动")):
        target = office.folder / "空"
        answer = office.run("export", "evidence-pack", 2027, "--quarter", quarter, "-o", target)
        words = f"错误：2027年第{'一二三四'[quarter - 1]}季度{what}，没有材料可打包。"
        assert (answer.code, answer.err.splitlines()[0]) == (2, words)
        assert not target.exists()


def test_verify_names_a_damaged_evidence_file(office: Office) -> None:
    with_sheet(office)
    assert office.run("verify").code == 0
    (path,) = (p for p in EvidenceFolder(office.data).folder.rglob("*") if p.is_file())
    path.chmod(0o600)
    path.write_bytes(b"spam")
    answer = office.run("verify")
    assert answer.code == 1
    assert "已损坏" in answer.out


def test_verify_names_each_row_of_an_old_file_whose_evidence_is_called_like_a_program(office: Office) -> None:
    with_sheet(office)
    with open_store(office.data) as store, store.transaction():
        store.write("UPDATE evidence SET title = '签到.pdf', file_name = ? WHERE key = ?",
                    [("签到.bat", "F1"), ("签到.hta", "F2")])  # fmt: skip
    answer = office.run("verify")
    assert answer.code == 1
    assert answer.out.splitlines() == [
        "佐证材料“签到.pdf”（签到表）不会打开：文件“签到.bat”不是可以作佐证的文件类型。",
        "佐证材料“签到.pdf”（现场照片）不会打开：文件“签到.hta”不是可以作佐证的文件类型。",
    ]
    assert office.run("check", 2027, "--today", "2027-06-15").code in (0, 1)


def test_a_package_with_a_program_for_evidence_is_refused_and_nothing_imported(office: Office) -> None:
    row = {"key": "F1", "event": "A002", "kind": "photo", "title": "现场照片.jpg", "file_name": "现场照片.exe",
           "digest": "a" * 64, "size": 3}  # fmt: skip
    answer = office.run("import", office.package(evidence=[row]), "--apply")
    assert answer.code == 2
    assert "佐证材料“现场照片.jpg”的文件“现场照片.exe”不是可以作佐证的文件类型。" in answer.err
    assert office.run("check", 2027).code == 2
