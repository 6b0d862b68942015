"""外来的文件：大小先看，在有限的进程里认；太大、太慢、太费内存、半路死了，都用中文说。"""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from time import sleep

import pytest

from models import apart
from models.apart import MOST_MEMORY, job_limits, read_apart, whole_file
from models.domain.errors import InputError

NOTHING = "没有导入。"


def refuse(what: str) -> None:
    raise InputError(what, NOTHING, "请改正。", "第 3 行")


class StoppedError(Exception):
    pass


def test_a_file_is_read_whole_up_to_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.ics"
    path.write_bytes(b"x" * 1000)
    assert whole_file(path, 1000, NOTHING) == b"x" * 1000
    with pytest.raises(InputError, match=r"“a.ics”太大"):
        whole_file(path, 999, NOTHING)


def test_a_file_of_gigabytes_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "大.ics"
    with path.open("wb") as file:
        file.truncate(2_600_000_000)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("opened"))
    with pytest.raises(InputError, match=r"“大.ics”太大，超过 20 MB。没有导入。"):
        whole_file(path, 20_000_000, NOTHING)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such devices here")
def test_what_says_that_it_is_empty_and_is_no_file_is_not_read(tmp_path: Path) -> None:
    pipe = tmp_path / "管道.ics"
    os.mkfifo(pipe)
    for path in (Path("/dev/zero"), pipe, tmp_path):
        with pytest.raises(InputError, match="不是一个文件"):
            whole_file(path, 1000, NOTHING)


def test_a_file_that_grows_meanwhile_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"x" * 10)
    known = os.stat_result((stat.S_IFREG, 0, 0, 0, 0, 0, 1, 0, 0, 0))
    monkeypatch.setattr(Path, "stat", lambda *_: known)
    with pytest.raises(InputError, match="太大"):
        whole_file(path, 5, NOTHING)


def test_what_the_reader_gives_comes_back() -> None:
    assert read_apart(sorted, ([3, 1, 2],), "a", NOTHING) == [1, 2, 3]


def test_what_the_reader_refuses_is_the_same_error_here() -> None:
    with pytest.raises(InputError) as caught:
        read_apart(refuse, ("坏了。",), "a", NOTHING)
    error = caught.value
    assert (error.what, error.effect, error.remedy, error.place) == ("坏了。", NOTHING, "请改正。", "第 3 行")


@pytest.mark.skipif(sys.platform == "darwin", reason="the system knows no such limit")
def test_a_reader_that_asks_for_too_much_memory_is_refused_it() -> None:
    with pytest.raises(InputError, match=r"“a.docx”太大或太复杂，内存不够。没有导入。"):
        read_apart(bytearray, (2 * MOST_MEMORY,), "a.docx", NOTHING)


def test_a_reader_that_dies_is_told() -> None:
    with pytest.raises(InputError, match=r"“a.docx”没有读完：读它的进程意外结束了。没有导入。"):
        read_apart(os._exit, (3,), "a.docx", NOTHING)


def test_a_reader_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "LONGEST", 0.2)
    with pytest.raises(InputError, match="还没有读完"):
        read_apart(sleep, (1000,), "a.docx", NOTHING)


def test_whoever_waits_can_stop_it() -> None:
    def step() -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        read_apart(sleep, (1000,), "a.docx", NOTHING, step)


def test_the_limits_of_windows_have_the_size_that_it_expects() -> None:
    assert len(job_limits()) == (144 if sys.maxsize > 2**32 else 112)
    assert MOST_MEMORY.to_bytes(8, "little") in job_limits()
