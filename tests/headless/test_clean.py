"""clean：列出没有用到的佐证文件，移到一旁，缺了的说出名字。"""

from __future__ import annotations

import json
import os
from pathlib import Path

from models.evidence_files import EvidenceFolder
from tests.headless.conftest import Office


def stray(office: Office, data: bytes = b"stray") -> Path:
    """A file that nothing refers to, added long ago."""
    source = office.folder / "照片.jpg"
    source.write_bytes(data)
    folder = EvidenceFolder(office.data)
    path = folder.path_of(folder.add(source).digest)
    source.unlink()
    os.utime(path, (1_000_000_000, 1_000_000_000))
    return path


def test_without_apply_it_is_only_listed(office: Office) -> None:
    office.imported()
    path = stray(office)
    answer = office.run("clean")
    assert (answer.code, answer.out) == (0, f"没有用到：佐证文件（{path.name[:8]}，5 字节）\n")
    assert answer.err == (
        "用着 0 份；撤销、印发稿、备份可能用到或刚加入的 0 份，不动；没有用到 1 份，共 5 字节。\n"
        "没有移走；要移走请加 --apply。\n"
    )
    assert path.exists()


def test_apply_moves_them_aside(office: Office) -> None:
    office.imported()
    path = stray(office)
    answer = office.run("clean", "--apply")
    assert answer.code == 0
    moved = Path(answer.out.splitlines()[-1].removeprefix("已移走 1 份："))
    assert [file.read_bytes() for file in moved.iterdir()] == [b"stray"]
    assert not path.exists()
    again = office.run("clean", "--apply", "--json")
    assert json.loads(again.out) == {
        "used": 0, "needed": 0, "unused": [], "missing": [], "moved": 0, "moved_to": None, "failed": [],
    }  # fmt: skip


def test_missing_files_are_named(office: Office) -> None:
    digest = "ab" * 32
    piece = {"key": "f1", "event": "A002", "kind": "photo", "title": "现场", "digest": digest, "size": 9}
    office.imported(evidence=[piece])
    answer = office.run("clean")
    assert (answer.code, answer.out) == (1, f"佐证材料“现场”（现场照片）文件不在：{digest[:12]}。\n")
    assert json.loads(office.run("clean", "--json").out)["missing"] == [answer.out.strip()]


def test_where_a_backup_cannot_be_read_nothing_moves(office: Office) -> None:
    office.imported()
    path = stray(office)
    bad = office.folder / "备份" / "坏.db"
    bad.parent.mkdir(exist_ok=True)
    bad.write_bytes(b"not a database at all")
    answer = office.run("clean", "--apply")
    assert (answer.code, answer.out) == (3, "")
    assert "读不懂“坏.db”" in answer.err
    assert path.exists()
