"""命令行的每一种导出：磁盘满时旧文件不动、说清楚、退出码 3；不碰网络；输出、备份名、旁边的文件里没有代表的姓名电话。"""

from __future__ import annotations

import errno
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import pytest

from exports.package import write_package
from gui.headless.argument_values import PRINTS
from tests.exports.every_export import PERSON, PHONE, facts
from tests.exports.faulty_disk import FOR_GOOD, FaultyDisk, faulty
from tests.exports.watching import watched
from tests.headless.conftest import Office

OLD = b"old"
SUFFIXES = {
    "ics": "ics",
    "json": "json",
    "xlsx": "xlsx",
    "template": "xlsx",
    "docx": "docx",
    "evidence-pack": "zip",
}
MORE = {
    "quarter": ("--quarter", 3),
    "docx": ("--quarter", 3),
    "evidence-pack": ("--quarter", 2),
    "wall": ("--month", 7),
    "ics": ("--deadlines", "--todos"),
}
FOLDER_KINDS = {"ics-folder": (), "invitations": (), "change-files": (), "letters": ("--decision", "d1")}
KINDS = (*PRINTS, *SUFFIXES)
SECRETS = (PERSON, PERSON[:2], PHONE, PHONE[3:])


@pytest.fixture
def full(office: Office) -> Office:
    """The office with a full year, released once and changed since."""
    before, now = (office.folder / f"{name}.json" for name in ("前", "后"))
    year = facts(("办事指南解读", "惠企政策宣讲"))
    before.write_bytes(write_package(year.before))
    now.write_bytes(write_package(year.now))
    assert office.run("import", before, "--apply").code == 0
    assert office.run("release", 2027, "--today", "2027-06-01").code == 0
    assert office.run("import", now, "--apply").code == 0
    before.unlink()
    now.unlink()
    return office


def target(office: Office, kind: str) -> Path:
    folder = office.folder / "出"
    folder.mkdir(exist_ok=True)
    return folder / f"{kind}.{SUFFIXES.get(kind, 'pdf')}"


def test_a_full_disk_is_said_by_every_export_and_the_old_file_stays(full: Office) -> None:
    for kind in KINDS:
        path = target(full, kind)
        path.write_bytes(OLD)
        with faulty(FaultyDisk(path.parent, 1, errno.ENOSPC, FOR_GOOD, only=("write", "flush"))):
            answer = full.run("export", kind, 2027, *MORE.get(kind, ()), "-o", path)
        assert (answer.code, path.name in answer.err) == (3, True), f"{kind}: {answer.err}"
        assert "磁盘已满。原有文件未改动。" in answer.err, kind
        assert "请清出空间后再试。" in answer.err, kind
        assert path.read_bytes() == OLD, kind
        assert [one.name for one in path.parent.iterdir()] == [path.name], kind
        path.unlink()


def test_every_export_stays_in_the_office_and_names_nobody(full: Office, tmp_path: Path) -> None:
    said = []
    with watched() as heard:
        for kind in KINDS:
            answer = full.run("export", kind, 2027, *MORE.get(kind, ()), "-o", target(full, kind))
            assert answer.code == (1 if kind == "evidence-pack" else 0), f"{kind}: {answer.err}"
            said.append(answer.out + answer.err)
        folder = full.folder / "日历"
        folder.mkdir()
        for kind, more in FOLDER_KINDS.items():
            answer = full.run("export", kind, 2027, *more, "-o", folder)
            assert answer.code == 0, f"{kind}: {answer.err}"
            said.append(answer.out + answer.err)
        for words in (
            ("check", 2027),
            ("changes", 2027, "--from", 1),
            ("backup",),
            ("verify",),
        ):
            answer = full.run(*words)
            said.append(answer.out + answer.err)
    calls = [one for one in heard if not one.startswith("/") and "gethostname" not in one]
    assert calls == []
    assert [secret for secret in SECRETS if secret in "".join(said)] == []
    left = dict(contents(full.folder))
    assert len(left) >= len(KINDS) + 5
    assert [
        (name, secret) for name, data in left.items() for secret in SECRETS if holds(name, data, secret)
    ] == []


def test_a_release_is_exported_years_later_as_on_its_day(
    full: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds = [kind for kind in (*PRINTS, "docx", "ics") if kind != "notice"]

    def exported(today: date) -> dict[str, bytes]:
        class Clock(date):
            @classmethod
            def today(cls) -> date:
                return today

        monkeypatch.setattr("gui.headless.checking.date", Clock)
        for kind in kinds:
            answer = full.run(
                "export", kind, 2027, *MORE.get(kind, ()), "--release", 1, "-o", target(full, kind)
            )
            assert answer.code == 0, answer.err
        return {kind: target(full, kind).read_bytes() for kind in kinds}

    then = exported(date(2027, 6, 1))
    assert full.run("import", full.package(), "--apply").code == 0  # another year under the same number
    later = exported(date(2029, 2, 3))
    assert {kind for kind in kinds if then[kind] != later[kind]} == set()


def contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file beside the data and its backups, by name, and what is packed in it; of those two the names alone."""
    for path in folder.rglob("*"):
        name = str(path.relative_to(folder))
        if not path.is_file():
            continue
        yield name, b"" if path.suffix == ".db" else path.read_bytes()
        if is_zipfile(path):
            with ZipFile(path) as packed:
                yield from ((f"{name}/{part}", packed.read(part)) for part in packed.namelist())


def holds(name: str, data: bytes, secret: str) -> bool:
    codes = ("utf-8", "utf-16-be", "utf-16-le", "gb18030")
    escaped = json.dumps(secret).strip('"').encode()
    return secret in name or escaped in data or any(secret.encode(code) in data for code in codes)
