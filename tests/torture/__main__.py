"""数据承诺的试验：一张表，一条一行；有一处没有守住，退出码为 1。

python -m tests.torture [--only P1,P7] [--quick | --rounds N] [--seed N] [--keep]
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
import traceback
from pathlib import Path

from tests.torture.list_of_promises import PROMISES
from tests.torture.promise import Promise, Row, Trial

SHOWN = 5
"""So many failures of one line are told; ``--all`` tells them all."""


def main(words: list[str] | None = None) -> int:
    """Try the promises that are asked for; 0 where all held."""
    wanted = _arguments(words)
    only = {number.strip().upper() for number in wanted.only.split(",") if number.strip()}
    if unknown := only - {promise.number for promise in PROMISES}:
        print(f"没有这些承诺：{'、'.join(sorted(unknown))}。")
        return 2
    print(
        "| 承诺 | 做了什么 | 次数 | 没守住 | 量得 |", "| --- | --- | --: | --: | --- |", sep="\n", flush=True
    )
    broken = 0
    for promise in PROMISES:
        if not only or promise.number in only:
            broken += _tried(promise, wanted)
    print(f"\n没有守住的：{broken}。" if broken else "\n全部守住。")
    return 1 if broken else 0


def _arguments(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description="数据承诺的试验")
    parser.add_argument("--only", default="", help="只做这几条，如 P1,P7")
    parser.add_argument("--rounds", type=int, default=0, help="每条做几轮，代替规定的次数")
    parser.add_argument("--quick", action="store_true", help="每条几秒钟")
    parser.add_argument("--seed", type=int, default=0, help="换一串随机数")
    parser.add_argument("--all", action="store_true", help="没守住的全部写出来")
    return parser.parse_args(words)


def _tried(promise: Promise, wanted: argparse.Namespace) -> int:
    """Print the lines of one promise; the number of failures."""
    rounds = wanted.rounds or (promise.quick if wanted.quick else promise.full)
    folder = Path(tempfile.mkdtemp(prefix="torture-", dir=_fast_disk()))
    begin = time.monotonic()
    try:
        rows = promise.run(Trial(rounds, folder, wanted.seed))
    except Exception:  # noqa: BLE001  the other promises are still to be tried
        rows = [Row("试验自己出错", 0, [traceback.format_exc()])]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    for row in rows:
        _tell(promise, row, SHOWN if not wanted.all else len(row.failures))
    print(f"{promise.number} 用了 {time.monotonic() - begin:.0f} 秒", file=sys.stderr, flush=True)
    return sum(len(row.failures) for row in rows)


def _tell(promise: Promise, row: Row, most: int) -> None:
    print(f"| {promise.number} | {row.done} | {row.count or '—'} | {len(row.failures)} | {row.figure} |")
    for failure in row.failures[:most]:
        print(f"    ✗ {failure}")
    if len(row.failures) > most:
        print(f"    ✗ …… 另有 {len(row.failures) - most} 处")
    sys.stdout.flush()


def _fast_disk() -> str | None:
    """A disk in memory where there is one: the accidents are simulated, and flushing to a real disk only takes time."""
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() and os.access(memory, os.W_OK) else None


if __name__ == "__main__":
    sys.exit(main())
