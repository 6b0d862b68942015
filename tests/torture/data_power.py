"""P2、P3、P9：保存、导入、删除、备份、恢复、升级……断电之后，应答过的都在，其余整步在或整步不在。"""

from __future__ import annotations

import shutil

from tests.torture.deeds import DEEDS, ROWS, expected_contents, problem_of
from tests.torture.interposed import MISSING, built, run_under
from tests.torture.power import Disk, cuts, read_log
from tests.torture.promise import Row, Trial, not_done

LARGE = f"导入{ROWS}行"


def power(trial: Trial) -> list[Row]:
    """P2 with figures: a line a deed."""
    names = [name for name in DEEDS if name != LARGE]
    return [cut_off(trial, name, max(1, trial.rounds // len(names))) for name in names]


def cut_off(trial: Trial, name: str, count: int) -> Row:
    """``count`` states of the disk after the deed ``name`` was cut off anywhere."""
    library = built(trial.folder)
    if library is None:
        return not_done(MISSING)
    deed, folder = DEEDS[name], trial.fresh(f"断电 {name}")
    deed.prepare(folder)
    apart = trial.folder / f"算 {name}"
    shutil.copytree(folder, apart)
    known = expected_contents(deed, apart)
    disk, log = Disk(folder), trial.folder / f"{name}.log"
    run_under(library, "tests.torture.acting", folder, "record", name, str(folder), log=log)
    ops = read_log(log)
    failures = []
    for cut in cuts(disk, ops, trial.folder / "断电后", count, trial.rng(len(ops))):
        problem = problem_of(cut.folder, known, cut.acknowledged, min(cut.acknowledged + 1, len(deed.steps)))
        failures += [f"{name}，第 {cut.call} 次写入后：{problem}"] if problem else []
    return Row(f"{name}：断电后重建磁盘", count, failures, f"{len(ops)} 次写入")
