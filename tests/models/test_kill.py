"""kill -9：应答过的改动一个不少，文件每次都打得开。"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

from models.backups import verify
from models.queries import change_log, revision, year_snapshot, years
from models.store import Store, open_store
from tests.models.years import small_year

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 12
ACKNOWLEDGED = 17

WRITER = """
import sys
from models import commands
from models.queries import year_snapshot
from models.store import open_store

with open_store(sys.argv[1]) as store:
    assert not store.read_only, store.read_only_reason
    while True:
        year = year_snapshot(store, 2027)
        number = year.year_row.setting("number", 0) + 1
        commands.change_settings(store, 2027, {"number": number})
        print(number, flush=True)
        event = year.events[0]._replace(note=str(number) * 500)
        commands.change_events(store, 2027, [event], "备注")
        print(f"note {number}", flush=True)
        if number % 5 == 0:
            commands.change_settings(store, 2027, {"taken back": number})
            commands.undo(store)
            print("undone", flush=True)
"""


def test_nothing_acknowledged_is_lost_when_the_writer_is_killed_again_and_again(
    store: Store, path: Path
) -> None:
    store.close()
    rng = random.Random(5)
    acknowledged = 0
    for _ in range(ROUNDS):
        lines = _write_until_killed(path, rng)
        acknowledged += len(lines)
        with open_store(path) as again:
            _require_all(again, lines)
        assert verify(path) == ()
    assert acknowledged >= 200


CREATOR = """
import sys
from models.store import open_store

print("go", flush=True)
open_store(sys.argv[1])
print("open", flush=True)
sys.stdin.read()
"""


def test_a_new_file_is_whole_or_absent_when_its_maker_is_killed(tmp_path: Path) -> None:
    for number in range(8):
        path = tmp_path / f"{number}.db"
        maker = subprocess.Popen(
            [sys.executable, "-c", CREATOR, str(path)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert maker.stdout is not None
        assert maker.stdout.readline() == "go\n"
        time.sleep(0.004 * number)
        maker.kill()
        was_open = "open" in maker.communicate()[0]
        assert path.exists() or not was_open
        assert verify(path) == () or not path.exists()
        with open_store(path) as store:
            assert years(store) == ()


def _write_until_killed(path: Path, rng: random.Random) -> list[str]:
    """What the writer acknowledged before it was killed in the middle of something."""
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    lines = [writer.stdout.readline().strip() for _ in range(ACKNOWLEDGED)]
    time.sleep(rng.random() * 0.01)
    writer.kill()
    lines += writer.stdout.read().split("\n")
    writer.stdout.close()
    writer.wait()
    return [line for line in lines if line]


def _require_all(store: Store, lines: list[str]) -> None:
    """Every acknowledged write is there; at most the one under way has come on top, whole."""
    year = year_snapshot(store, 2027)
    number = int([line for line in lines if line.isdigit()][-1])
    assert year.year_row.setting("number") in (number, number + 1)
    note = int([line for line in lines if line.startswith("note")][-1].removeprefix("note "))
    assert year.events[0].note in (str(note) * 500, str(note + 1) * 500)
    assert lines[-1] != "undone" or year.year_row.setting("taken back") != number
    unchanged = year.events[0]._replace(note="")
    assert (unchanged, *year.events[1:]) == small_year().events
    numbers = [entry.number for entry in change_log(store, limit=10_000)]
    assert numbers == list(range(revision(store), 0, -1))
