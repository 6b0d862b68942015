"""P5、P6：每一次写入、落盘、改名、删除、新建各出一次错；文件被别的程序占住一会儿。"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from tests.torture.acting import CHANGING
from tests.torture.data_power import LARGE
from tests.torture.deeds import DEEDS
from tests.torture.interposed import MISSING, built, run_under
from tests.torture.promise import Failures, Row, Trial, not_done

HELD = "ru"
"""What a virus scanner holds up: renaming and removing (a mere look at a file is shared)."""


def single_errors(trial: Trial) -> list[Row]:
    """P5 with figures: ``rounds`` is about how many calls are struck."""
    return [_struck(trial, CHANGING, code, 1, "各出一次错") for code in (errno.EIO, errno.ENOSPC)]


def held_files(trial: Trial) -> list[Row]:
    """P6 with figures."""
    return [_struck(trial, HELD, code, 3, "连续三次被占") for code in (errno.EACCES, errno.EBUSY)]


def _struck(trial: Trial, kinds: str, code: int, times: int, how: str) -> Row:
    library = built(trial.folder)
    if library is None:
        return not_done(MISSING)
    names = [name for name in DEEDS if name != LARGE]
    step = max(1, (4_000 if kinds == CHANGING else 240) // max(trial.rounds, 1))
    failures: Failures = []
    told = done = 0
    with ThreadPoolExecutor(max(1, (os.cpu_count() or 1) // 2)) as pool:
        for lines in pool.map(lambda name: list(_run(trial, name, (kinds, code, times, step))), names):
            failures += [line["failed"] for line in lines if "failed" in line]
            done += sum("told" in line for line in lines)
            told += sum(line.get("told", False) for line in lines)
    return Row(
        f"{len(names)} 件事的每次磁盘调用{how}（{errno.errorcode[code]}）",
        done,
        failures,
        f"{told} 次说了，其余自己做成了",
    )


def _run(trial: Trial, name: str, how: tuple[str, int, int, int]) -> Iterator[dict[str, object]]:
    library = built(trial.folder)
    assert library is not None
    kinds, code, times, step = how
    folder = trial.fresh(f"坏 {name} {code} {times}")
    words = ("fail", name, str(folder), kinds, str(code), str(times), "1", str(step))
    for line in run_under(library, "tests.torture.acting", folder / "做", *words).splitlines():
        yield json.loads(line)
