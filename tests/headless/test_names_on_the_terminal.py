"""命令行：姓名、电话写进任何一个格子，屏幕上、写出的文件与备份的名字里都没有；--unmask 才有。"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from exports.package import write_package
from gui.headless.argument_values import FOLDERS, KINDS
from gui.headless.arguments import OF_A_QUARTER
from gui.headless.terminal import hide
from models.domain.masking import NOBODY
from tests.exports.every_export import facts, words_of
from tests.exports.named_year import NAMES, PHONES, found_in, named
from tests.headless.conftest import Office, Outcome


@pytest.fixture
def full(office: Office) -> Iterator[Office]:
    """The year with names and phones typed everywhere, released once and changed since."""
    usual = facts()
    package = office.folder / "年度.json"
    package.write_bytes(write_package(named(usual.before)))
    assert office.run("import", package, "--apply").code == 0
    assert office.run("release", 2027, "--name", "张三丰审定稿").code == 0
    package.write_bytes(write_package(named(usual.now)))
    yield office
    hide(NOBODY)


def told(answer: Outcome) -> list[str]:
    return found_in(answer.out + answer.err)


def test_nothing_that_is_printed_names_anybody(full: Office) -> None:
    package = full.folder / "年度.json"
    for words in (
        ("import", package),
        ("import", package, "--json"),
        ("import", package, "--apply"),
        ("check", 2027, "--today", "2027-06-15"),
        ("check", 2027, "--today", "2027-06-15", "--json"),
        ("changes", 2027),
        ("changes", 2027, "--json"),
        ("release", 2027, "--name", "欧阳娜娜定", "--json"),
        ("plan", 2027, "--today", "2027-11-15", "--effort", 2000),
        ("plan", 2027, "--today", "2027-11-15", "--effort", 2000, "--json"),
        ("export", "template", 2027, "--unit", "张三丰", "-o", full.folder / "x.xlsx"),
        ("backup",),
        ("verify",),
    ):
        answer = full.run(*words)
        assert answer.out or answer.err
        assert told(answer) == [], words
    assert found_in("\n".join(path.name for path in full.folder.rglob("*"))) == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_of_export_names_anybody(full: Office, kind: str) -> None:
    name = "" if kind in FOLDERS else "包.zip" if kind == "evidence-pack" else f"文件.{_suffix(kind)}"
    (full.folder / "出").mkdir()
    assert full.run("import", full.folder / "年度.json", "--apply").code == 0
    more = ("--quarter", 2) if kind in OF_A_QUARTER else ("--decision", "d1") if kind == "letters" else ()
    answer = full.run("export", kind, 2027, *more, "-o", full.folder / "出" / name)
    assert answer.code in (0, 1), answer.err
    assert told(answer) == []
    files = {path.name: path.read_bytes() for path in (full.folder / "出").iterdir()}
    assert files
    assert found_in("\n".join(files)) == []
    assert found_in(words_of(files)) == []


def _suffix(kind: str) -> str:
    return {"json": "json", "ics": "ics", "docx": "docx", "xlsx": "xlsx", "template": "xlsx"}.get(kind, "pdf")


@pytest.mark.parametrize("kind", ["json", "attendance"])
def test_they_are_there_when_they_are_asked_for(full: Office, kind: str) -> None:
    target = Path(full.folder / f"全文.{_suffix(kind)}")
    assert told(full.run("export", kind, 2027, "--unmask", "-o", target)) == []
    assert set(found_in(words_of({target.name: target.read_bytes()}))) == {*NAMES, *PHONES}
