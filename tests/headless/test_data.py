"""backup、restore、verify，以及数据打不开的时候。"""

from __future__ import annotations

import gzip
import os
import shlex
import sqlite3
from pathlib import Path

import pytest

from gui.headless.arguments import PROGRAM
from models.store import open_store
from tests.headless.conftest import Office
from tests.models.damage import DAMAGES, run

DATAFILES = Path(__file__).resolve().parent.parent / "data" / "datafiles"
READ = (
    ("check", "2027"),
    ("export", "json", "2027", "-o", "-"),
    ("export", "ics", "2027", "-o", "-"),
    ("export", "quarter", "2027", "--quarter", "1", "-o", "-"),
    ("backup",),
    ("verify",),
)


@pytest.mark.parametrize("words", READ, ids=" ".join)
def test_reading_never_makes_a_data_file(office: Office, words: tuple[str, ...]) -> None:
    answer = office.run(*words)
    assert (answer.code, answer.out) == (3, "")
    assert answer.err.splitlines() == [
        f"错误：没有这个数据文件：{office.data}。",
        "  什么都没做。",
        "  请用 --data 指明数据文件，或先用 new、import --apply 建一个。",
    ]
    assert list(office.folder.iterdir()) == []


DOORS = (
    ("backup",),
    ("export", "json", "2027"),
    ("export", "ics", "2027"),
    ("export", "quarter", "2027", "--quarter", "1"),
    ("export", "xlsx", "2027"),
    ("export", "evidence-pack", "2027", "--quarter", "1"),
    ("export", "ics-folder", "2027"),
    ("export", "invitations", "2027"),
)
OWN = ("{0}", "{0}.lock", "{0}.holder", "{0}-journal", "{0}-wal", "{1}.forms.json", "{1}.draft.json")


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("words", DOORS, ids=" ".join)
def test_nothing_is_written_over_what_the_program_keeps(
    office: Office, words: tuple[str, ...], name: str
) -> None:
    office.imported()
    target = office.folder / name.format(office.data.name, office.data.stem)
    before = target.read_bytes() if target.exists() else None
    answer = office.run(*words, "-o", target)
    assert answer.code in (2, 3)
    assert answer.err.startswith("错误：")
    assert (target.read_bytes() if target.exists() else None) == before


def test_a_backup_restores_what_was_there(office: Office) -> None:
    office.imported()
    saved = office.folder / "备份.db"
    answer = office.run("backup", "-o", saved)
    assert answer == (0, f"{saved}\n", "已备份，并核对无误。\n")
    before = office.exported()
    office.imported(events=[])
    restored = office.run("restore", saved)
    aside = Path(restored.out.strip())
    assert (restored.code, office.exported()) == (0, before)
    assert Office(aside.parent, office._capfd).folder.name == "备份"
    assert aside.exists()


def test_a_backup_without_a_name_goes_beside_the_data(office: Office) -> None:
    office.imported()
    answer = office.run("backup")
    assert answer.code == 0
    assert Path(answer.out.strip()).parent == office.folder / "备份"


@pytest.mark.parametrize("contents", [b"not a database at all", b"", None])
def test_a_file_that_is_no_backup_is_refused(office: Office, contents: bytes | None) -> None:
    office.imported()
    before = office.data.read_bytes()
    bad = office.folder / "坏.db"
    if contents is not None:
        bad.write_bytes(contents)
    answer = office.run("restore", bad)
    assert (answer.code, answer.out, office.data.read_bytes()) == (2, "", before)
    assert answer.err.startswith("错误：这份备份不能用，什么都没改。")


def test_a_sound_file_is_called_sound(office: Office) -> None:
    office.imported()
    assert office.run("verify") == (0, f"数据文件完好：{office.data}\n", "")


def test_every_connection_is_closed_whatever_is_done(
    office: Office, connections: list[sqlite3.Connection]
) -> None:
    office.data.write_bytes(gzip.decompress((DATAFILES / "version-1.db.gz").read_bytes()))
    saved = office.folder / "旧的.db"
    saved.write_bytes(office.data.read_bytes())
    for words in (("verify",), ("backup",), ("verify",), ("restore", saved), ("check", 2027)):
        assert office.run(*words).code < 2
    office.imported()
    assert office.run("backup").code == 0
    broken = office.folder / "坏的.db"
    broken.write_bytes(b"no database at all")
    assert office.run("restore", broken).code == 2
    assert len(connections) > 20


def test_a_damaged_file_is_found_and_left_alone(office: Office) -> None:
    office.imported()
    data = bytearray(office.data.read_bytes())
    data[4096:8192] = os.urandom(4096)
    office.data.write_bytes(data)
    verified = office.run("verify")
    assert (verified.code, verified.err) == (1, "")
    assert office.run("export", "json", 2027, "-o", "-").code == 3
    assert office.data.read_bytes() == data


def test_while_a_window_has_the_data_reading_goes_on_and_writing_is_refused(office: Office) -> None:
    office.imported()
    with open_store(office.data):
        assert office.run("export", "json", 2027, "-o", "-").code == 0
        refused = office.run("import", office.package(events=[]), "--apply")
    assert (refused.code, refused.out) == (3, "")
    assert refused.err.startswith("错误：现在不能改动数据，什么都没做。\n  此数据文件正由")
    assert len(office.exported()["events"]) == 2


def test_a_server_is_said_to_come_later(office: Office) -> None:
    for words in (("export", "json", 2027, "-o", "-"), ("verify",), ("restore", office.folder / "x")):
        answer = office.run("--data", "postgresql://a/b", *words)
        assert (answer.code, answer.out) == (3, "")
        assert answer.err.startswith("错误：本版本还不能连接数据库服务器。\n")


@pytest.mark.parametrize("words", READ, ids=" ".join)
def test_a_file_of_the_first_version_is_read_as_it_is(office: Office, words: tuple[str, ...]) -> None:
    before = gzip.decompress((DATAFILES / "version-1.db.gz").read_bytes())
    office.data.write_bytes(before)
    answer = office.run(*words)
    assert answer.code in (0, 1)
    if words[:2] == ("export", "ics"):  # notes what was published
        return
    assert office.data.read_bytes() == before
    assert answer.err.count("旧格式（1），现在按新格式读；文件没有改动") == (words != ("verify",))


def typed(told: str) -> list[str]:
    """The words of the command that the last line of the refusal names, as the shell takes them."""
    line = told.splitlines()[-1].removeprefix(f"  恢复的命令：{PROGRAM} ")
    return [word.strip('"') for word in shlex.split(line, posix=os.name != "nt")]


@pytest.mark.parametrize("words", READ, ids=" ".join)
def test_a_damaged_file_is_refused_with_the_command_that_restores_it(
    office: Office, words: tuple[str, ...]
) -> None:
    office.imported()
    kept = Path(office.run("backup").out.strip())
    before = office.exported()
    run(office.data, "CREATE TABLE t (a)")
    if words == ("verify",):
        assert office.run(*words).code == 1
        return
    refused = office.run(*words)
    assert (refused.code, refused.out) == (3, "")
    assert "场活动）" in refused.err
    assert typed(refused.err) == ["--data", str(office.data), "restore", str(kept)]
    assert office.run("restore", kept).code == 0
    assert office.exported() == before


def test_a_data_file_that_is_gone_is_told_with_its_backup(office: Office) -> None:
    office.imported()
    kept = Path(office.run("backup").out.strip())
    office.data.unlink()
    answer = office.run("check", 2027)
    assert (answer.code, answer.out, office.data.exists()) == (3, "", False)
    assert answer.err.startswith(f"错误：数据文件不见了：{office.data}。")
    assert typed(answer.err)[-2:] == ["restore", str(kept)]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes and links here")
@pytest.mark.parametrize("what", ["link to nothing", "link to itself", "pipe", "folder", "link to a device"])
@pytest.mark.parametrize("words", [*READ, ("import", "{}", "--apply"), ("import", "{}")], ids=" ".join)
def test_what_is_no_file_is_called_what_it_is(office: Office, words: tuple[str, ...], what: str) -> None:
    package = office.package()
    office.data.touch()
    DAMAGES[what](office.data)
    answer = office.run(*(word.format(package) for word in words))
    assert answer.code == (1 if words == ("verify",) else 3)
    kinds = {"link to nothing": "链接", "link to itself": "链接", "folder": "文件夹"}
    assert f"这是{kinds.get(what, '管道或设备')}"[:4] in (answer.out + answer.err).replace("一个", "")
    assert str(office.data) in answer.out + answer.err
