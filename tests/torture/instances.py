"""P10、P18：几个程序同时启动，只有一个能写；只读的文件与文件夹照样打开，什么改动都不收。"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from models import commands
from models.domain.errors import ReadOnlyError, UserError
from models.queries import year_snapshot
from models.store import open_store
from tests.stores import filled_store
from tests.torture.deeds import YEAR, contents
from tests.torture.interposed import ROOT
from tests.torture.promise import Failures, Row, Trial, not_done, said_in_words

AT_ONCE = 20
ANSWER = 6.0
"""Seconds within which a second start is answered while the first is frozen."""


def _start(path: str, line: Connection) -> None:
    """Open the file when told to; say what came of it; stay until killed."""
    line.send("here")
    line.recv()
    begin = time.monotonic()
    try:
        store = open_store(path)
        line.send((not store.read_only, store.read_only_reason, time.monotonic() - begin))
    except UserError as error:
        line.send((False, str(error), time.monotonic() - begin))
    time.sleep(600)


class _Starter:
    def __init__(self, path: Path) -> None:
        self.line, theirs = get_context("forkserver").Pipe()
        self.process = get_context("forkserver").Process(target=_start, args=(str(path), theirs), daemon=True)
        self.process.start()
        self.line.recv()

    def go(self) -> None:
        self.line.send("go")

    def answer(self) -> tuple[bool, str, float]:
        if not self.line.poll(60):
            return False, "", 60.0
        found: tuple[bool, str, float] = self.line.recv()
        return found

    def end(self) -> None:
        self.process.kill()
        self.process.join()


def many_starts(trial: Trial) -> list[Row]:
    """P10 with figures."""
    failures: Failures = []
    slowest = 0.0
    for number in range(trial.rounds):
        path = trial.fresh(f"起{number}") / "数据.db"
        if number % 2:
            filled_store(path).close()
        starters = [_Starter(path) for _ in range(AT_ONCE)]
        for one in starters:
            one.go()
        answers = [one.answer() for one in starters]
        writers = [one for one, answer in zip(starters, answers, strict=True) if answer[0]]
        failures += [] if len(writers) == 1 else [f"第 {number} 次：{len(writers)} 个能写"]
        failures += [f"第 {number} 次：没有说为什么" for answer in answers if not answer[0] and not answer[1]]
        if writers:
            slow, problem = _frozen(path, writers[0])
            slowest = max(slowest, slow)
            failures += [f"第 {number} 次：{problem}"] if problem else []
        for one in starters:
            one.end()
        with open_store(path) as store:
            failures += [f"第 {number} 次：被杀的仍占着锁"] if store.read_only else []
        shutil.rmtree(path.parent)
    figure = f"写的那个冻住时，下一个最慢 {slowest:.2f} 秒得到答复"
    return [Row(f"{AT_ONCE} 个进程同时打开", trial.rounds, failures, figure), *_windows(trial)]


def _frozen(path: Path, writer: _Starter) -> tuple[float, str]:
    """How long another start waits for its answer while the writer is frozen."""
    os.kill(writer.process.pid or 0, signal.SIGSTOP)
    late = _Starter(path)
    late.go()
    may_write, why, seconds = late.answer()
    late.end()
    os.kill(writer.process.pid or 0, signal.SIGCONT)
    if may_write or not why:
        return seconds, "冻住的那个被当作不在了"
    return seconds, "" if seconds <= ANSWER else f"{seconds:.1f} 秒才答复"


WINDOW = """
import sys
sys.argv = ["main.py", "--data", sys.argv[1]]
from PySide6.QtCore import QTimer
from gui.shell import application
plain = application.MainWindow.open_with
def open_with(self, opening):
    plain(self, opening)
    store = self.session.store if self.session is not None else None
    print("WRITES" if store is not None and not store.read_only else "READS", flush=True)
application.MainWindow.open_with = open_with
import main
sys.exit(main.main())
"""


def _windows(trial: Trial) -> list[Row]:
    """Real windows of one file, all at once."""
    path = trial.fresh("窗") / "数据.db"
    filled_store(path).close()
    count = AT_ONCE if trial.rounds >= 10 else 3
    home = trial.fresh("家")
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
    }
    windows = [
        subprocess.Popen(
            [sys.executable, "-c", WINDOW, str(path)], cwd=ROOT, env=environment, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True,
        )
        for _ in range(count)
    ]  # fmt: skip
    said = [window.stdout.readline().strip() if window.stdout else "" for window in windows]
    for window in windows:
        window.kill()
        window.communicate()
    wrong = sorted(said) != ["READS"] * (count - 1) + ["WRITES"]
    return [Row(f"{count} 个真的窗口同时启动", 1, [f"{sorted(said)}"] if wrong else [])]


# ── 只读 ──

READ_ONLY = """
import sys
from tests.torture.instances import look_at_read_only
sys.exit(look_at_read_only(sys.argv[1], sys.argv[2] == "file"))
"""


def read_only(trial: Trial) -> list[Row]:
    """P18 with figures: a file, and a folder, that may not be written; by a user who is not root."""
    if os.name != "posix":
        return [not_done("这台机器没有 POSIX 权限")]
    failures: Failures = []
    kinds = ("file", "folder")
    for number in range(trial.rounds):
        folder = trial.fresh(f"读{number}")
        path = folder / "数据.db"
        filled_store(path).close()
        for leftover in folder.glob("*.lock"):
            leftover.unlink()
        before = contents(path)
        path.chmod(0o444)
        folder.chmod(0o555 if number % 2 else 0o777)
        for parent in (trial.folder, *trial.folder.parents):
            with suppress(OSError):
                parent.chmod(parent.stat().st_mode | 0o055)
        done = subprocess.run(
            [sys.executable, "-c", READ_ONLY, str(path), kinds[number % 2]], cwd=ROOT, capture_output=True,
            text=True, check=False,
        )  # fmt: skip
        folder.chmod(0o755)
        if done.returncode:
            failures.append((done.stdout + done.stderr)[-300:])
        failures += ["文件变了"] if contents(path) != before else []
    return [Row("只读的文件、只读的文件夹：打开、改一步", trial.rounds, failures)]


def look_at_read_only(path: str, is_file: bool) -> int:
    """0 where the file opens for reading, says so, and takes no change; run as somebody who is not root."""
    if os.geteuid() == 0:
        import getpass  # noqa: F401  loaded while all may be read

        os.setgid(65534)
        os.setuid(65534)
    with open_store(path) as store:
        assert store.read_only, "opened for writing"
        assert "没有权限写" in store.read_only_reason, store.read_only_reason
        event = year_snapshot(store, YEAR).events[0]
        try:
            commands.change_event(store, YEAR, event._replace(note="改"))
        except ReadOnlyError as error:
            refusal = error
        else:
            raise AssertionError("took a change")
        assert said_in_words(refusal), refusal
        assert year_snapshot(store, YEAR).events[0] == event
    return 0
