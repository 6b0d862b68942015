"""在程序与系统之间：自己编译一个小库（interposer.c），记下一个文件夹里的每次写入，或让第几次调用出错。

SQLite's own calls pass through it as well, which no patch of Python's ``os`` would see.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

SOURCE = Path(__file__).with_name("interposer.c")
ROOT = Path(__file__).resolve().parents[2]
MISSING = "没有 C 编译器（gcc、cc），或系统没有 LD_PRELOAD"
LONGEST = 1800


def built(folder: Path) -> Path | None:
    """The library, compiled into ``folder``; None where this machine cannot."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None or not sys.platform.startswith("linux"):
        return None
    library = folder / "interposer.so"
    if not library.exists():
        command = [compiler, "-O1", "-shared", "-fPIC", "-o", str(library), str(SOURCE), "-ldl", "-lpthread"]
        subprocess.run(command, check=True, capture_output=True)
    return library


def run_under(library: Path, module: str, folder: Path, *words: str, log: Path | None = None) -> str:
    """What ``python -m module words`` printed while all calls about ``folder`` passed through ``library``."""
    environment = os.environ | {"LD_PRELOAD": str(library), "TORTURE_FOLDER": str(folder)}
    if log is not None:
        environment["TORTURE_LOG"] = str(log)
    done = subprocess.run(
        [sys.executable, "-m", module, *words], cwd=ROOT, env=environment, capture_output=True, text=True,
        check=False, timeout=LONGEST,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{module} {words}: {done.stderr[-2000:]}")
    return done.stdout


class Failed(NamedTuple):
    """How many calls were made, and which one failed (empty: none)."""

    calls: int
    which: str


class Interposer:
    """The library from within the process that it was loaded into."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(None)
        self._library.torture_failed.restype = ctypes.c_char_p

    def mark(self, words: str) -> None:
        """A line in the record: up to here all is acknowledged."""
        self._library.torture_mark(words.encode())

    def fail(self, kinds: str, first: int, times: int, code: int) -> None:
        """From now on count the calls of ``kinds`` (empty: all); the ``first`` and ``times`` - 1 more fail with ``code``."""
        self._library.torture_fail(kinds.encode(), first, times, code)

    def end(self) -> Failed:
        """Nothing fails any more; what did."""
        calls = int(self._library.torture_end())
        return Failed(calls, self._library.torture_failed().decode("utf-8", "replace"))
