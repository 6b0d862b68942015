"""写文件与起文件名。"""

from __future__ import annotations

import errno
import os
import stat
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports import files
from exports.files import safe_name, write_atomically
from models.domain.errors import StoreError
from models.store import open_store

RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{p}{n}" for p in ("COM", "LPT") for n in "0123456789¹²³")}


def no_pause(seconds: float) -> None:
    """The tests do not wait."""


def test_a_new_file_holds_the_bytes_and_nothing_else_is_left(tmp_path: Path) -> None:
    write_atomically(tmp_path / "计划.ics", b"new")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"计划.ics": b"new"}


def test_an_old_file_is_replaced_and_keeps_its_access_rights(tmp_path: Path) -> None:
    target = tmp_path / "计划.ics"
    target.write_bytes(b"old")
    target.chmod(0o664)
    write_atomically(target, b"new")
    assert (target.read_bytes(), stat.S_IMODE(target.stat().st_mode)) == (b"new", 0o664)


@pytest.mark.parametrize(
    "name", ["年度.db", "年度.db.lock", "年度.db.holder", "年度.db-journal", "年度.db.sha256"]
)
def test_data_of_the_program_and_what_stands_beside_them_are_never_replaced(
    tmp_path: Path, name: str
) -> None:
    open_store(tmp_path / "年度.db").close()
    before = (tmp_path / "年度.db").read_bytes()
    with pytest.raises(StoreError, match="程序自己的数据文件"):
        write_atomically(tmp_path / name, b"new")
    assert (tmp_path / "年度.db").read_bytes() == before


def test_a_link_is_followed_to_its_file(tmp_path: Path) -> None:
    real = tmp_path / "真.ics"
    real.write_bytes(b"old")
    link = tmp_path / "链接.ics"
    link.symlink_to(real)
    write_atomically(link, b"new")
    assert (link.is_symlink(), real.read_bytes()) == (True, b"new")


@pytest.mark.parametrize("code", [errno.EACCES, errno.EBUSY])
@pytest.mark.parametrize("times", [1, 3])
def test_a_file_held_for_a_moment_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, times: int
) -> None:
    replace, refusals, pauses = Path.replace, [code] * times, []

    def held(self: Path, target: Path) -> Path:
        if refusals:
            raise OSError(refusals.pop(), "held")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", held)
    write_atomically(tmp_path / "a.ics", b"new", pause=pauses.append)
    assert ((tmp_path / "a.ics").read_bytes(), len(pauses), sum(pauses) < 1) == (b"new", times, True)


@pytest.mark.parametrize(
    ("step", "code", "words"),
    [
        ("write", errno.ENOSPC, "磁盘已满。原有文件未改动。"),
        ("write", errno.EROFS, "该磁盘是只读的。原有文件未改动。"),
        ("fsync", errno.EIO, "系统报告：坏了。原有文件未改动。"),
        ("replace", errno.EACCES, "没有写入权限，或文件正被其他程序占用。原有文件未改动。"),
    ],
)
def test_a_failing_disk_leaves_the_old_file_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, code: int, words: str
) -> None:
    target = tmp_path / "a.ics"
    target.write_bytes(b"old")

    def fails(*args: object) -> None:
        raise OSError(code, "坏了")

    places = {"write": (files._NewFile, "_write"), "fsync": (os, "fsync"), "replace": (Path, "replace")}
    monkeypatch.setattr(*places[step], fails)
    with pytest.raises(StoreError) as caught:
        write_atomically(target, b"new", pause=no_pause)
    assert (caught.value.what, caught.value.effect) == (f"没有写入“{target}”：", words)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.ics": b"old"}


def test_a_folder_that_cannot_be_flushed_is_let_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fsync = os.fsync

    def only_files(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "no")
        fsync(handle)

    monkeypatch.setattr(os, "fsync", only_files)
    write_atomically(tmp_path / "a.ics", b"new")
    assert (tmp_path / "a.ics").read_bytes() == b"new"


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="文件夹不存在"):
        write_atomically(tmp_path / "无" / "a.ics", b"new")


def test_a_folder_or_a_device_is_never_replaced(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="目标是一个文件夹"):
        write_atomically(tmp_path, b"new")
    with pytest.raises(StoreError, match="不是普通文件"):
        write_atomically(os.devnull, b"new")
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("宝山区2027年公开讲堂.ics", "宝山区2027年公开讲堂.ics"),
        ('a\\b/c:d*e?f"g<h>i|j.pdf', "a_b_c_d_e_f_g_h_i_j.pdf"),
        ("e\u0301t\u00e9", "\u00e9t\u00e9"),
        ("第一行\n第二行\t.ics", "第一行 第二行 .ics"),
        ("\u202egpj.\u200bexe", "gpj.exe"),
        ("con.ics", "_con.ics"),
        ("COM¹", "_COM¹"),
        ("aux .txt", "_aux .txt"),
        ("concert", "concert"),
        (".隐藏. ", "隐藏"),
        ("..", "未命名"),
        ("", "未命名"),
        ("讲" * 80 + ".ics", "讲" * 65 + ".ics"),
        ("讲" * 80, "讲" * 66),
    ],
)
def test_a_name_is_made_safe(text: str, name: str) -> None:
    assert safe_name(text) == name


@given(st.text(max_size=300))
def test_every_name_is_safe_on_every_system(text: str) -> None:
    name = safe_name(text)
    assert 0 < len(name.encode()) < 200
    assert not set('\\/:*?"<>|') & set(name)
    assert name == name.strip(" .")
    assert name.split(".")[0].strip().upper() not in RESERVED
    assert unicodedata.is_normalized("NFC", name)
    assert all(unicodedata.category(char) not in {"Cc", "Cf", "Cs"} for char in name)
    assert safe_name(name) == name


def test_what_a_killed_export_left_goes_a_day_later(tmp_path: Path) -> None:
    old, young, foreign = (tmp_path / name for name in (".0123456789ab.part", ".ba9876543210.part", "a.part"))
    for path in (old, young, foreign):
        path.write_bytes(b"half")
    for path in (old, foreign):
        os.utime(path, (1_000_000, 1_000_000))
    files.remove_leftovers(tmp_path)
    files.remove_leftovers(tmp_path / "无")
    assert sorted(path.name for path in tmp_path.iterdir()) == [young.name, foreign.name]
