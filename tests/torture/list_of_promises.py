"""P1–P20：每条承诺由谁来试，规定的次数与几秒钟的次数。"""

from __future__ import annotations

from tests.torture.backing_up import clock_jumps, real_backups
from tests.torture.damage import damaged_files
from tests.torture.data_power import LARGE, cut_off, power
from tests.torture.disk_errors import held_files, single_errors
from tests.torture.exporting import exporters
from tests.torture.forms import half_filled
from tests.torture.full_disk import full_disks
from tests.torture.hostile import files_from_outside, texts_and_sinks
from tests.torture.instances import many_starts, read_only
from tests.torture.killing import killed_upgrades, killed_writers, large_imports
from tests.torture.personal import personal_data
from tests.torture.promise import Promise, Row, Trial, not_done
from tests.torture.shares import shares


def _whole_or_absent(trial: Trial) -> list[Row]:
    return [large_imports(trial), cut_off(trial, LARGE, trial.rounds)]


def _older_files(trial: Trial) -> list[Row]:
    return [killed_upgrades(trial), cut_off(trial, "升级", trial.rounds)]


def _no_server(_: Trial) -> list[Row]:
    return [not_done("本版本还没有 PostgreSQL，不适用")]


PROMISES: tuple[Promise, ...] = (
    Promise("P1", "kill -9", killed_writers, 1_000, 20),
    Promise("P2", "断电", power, 2_000, 60),
    Promise("P3", "整步或没有", _whole_or_absent, 60, 3),
    Promise("P4", "磁盘满", full_disks, 100, 8),
    Promise("P5", "单次磁盘错误", single_errors, 4_000, 40),
    Promise("P6", "被占住的文件", held_files, 240, 12),
    Promise("P7", "损坏的文件", damaged_files, 135, 32),
    Promise("P8", "备份", real_backups, 40, 4),
    Promise("P9", "旧文件", _older_files, 200, 20),
    Promise("P10", "同时启动", many_starts, 10, 1),
    Promise("P11", "多人改同一行", _no_server, 1, 1),
    Promise("P12", "写出", exporters, 400, 60),
    Promise("P13", "草稿", half_filled, 20, 1),
    Promise("P14", "敌意的文件", files_from_outside, 100, 12),
    Promise("P15", "敌意的文字", texts_and_sinks, 100, 4),
    Promise("P16", "两种数据库答案相同", _no_server, 1, 1),
    Promise("P17", "时钟乱跳", clock_jumps, 200, 10),
    Promise("P18", "只读", read_only, 20, 2),
    Promise("P19", "个人信息", personal_data, 20, 2),
    Promise("P20", "共享与网盘", shares, 1, 1),
)
