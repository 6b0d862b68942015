"""P1–P20：每条承诺由谁来试，规定的次数与几秒钟的次数。"""

from __future__ import annotations

from tests.torture.data_power import LARGE, cut_off, power
from tests.torture.disk_errors import held_files, single_errors
from tests.torture.exporting import exporters
from tests.torture.killing import killed_upgrades, killed_writers, large_imports
from tests.torture.promise import Promise, Row, Trial


def _whole_or_absent(trial: Trial) -> list[Row]:
    return [large_imports(trial), cut_off(trial, LARGE, trial.rounds)]


def _older_files(trial: Trial) -> list[Row]:
    return [killed_upgrades(trial), cut_off(trial, "升级", trial.rounds)]


PROMISES: tuple[Promise, ...] = (
    Promise("P1", "kill -9", killed_writers, 1_000, 20),
    Promise("P2", "断电", power, 2_000, 60),
    Promise("P3", "整步或没有", _whole_or_absent, 60, 3),
    Promise("P5", "单次磁盘错误", single_errors, 4_000, 40),
    Promise("P6", "被占住的文件", held_files, 240, 12),
    Promise("P9", "旧文件", _older_files, 200, 20),
    Promise("P12", "写出", exporters, 400, 60),
)
