"""P4：磁盘满。存好的不少，说得清，腾出空间后不必重启就能接着做。"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from models.domain.errors import UserError
from tests.torture.deeds import DEEDS, Deed, Desk, expected_contents, problem_of
from tests.torture.interposed import ROOT
from tests.torture.promise import Row, Trial, not_done, said_in_words

SIZE = 64 * 2**20
NAMES = ("保存", "成批", "导入", "导入5000行", "删除", "备份", "恢复", "升级", "新建", "印发", "材料")
FILLER = "填满"
Resize = Callable[[Path, int], None]


def full_disks(trial: Trial) -> list[Row]:
    """P4 with figures: sizes of free space on tmpfs, and a quarter as many on ext4."""
    return [_on(trial, "tmpfs", trial.rounds), _on(trial, "ext4", max(1, trial.rounds // 4))]


def _on(trial: Trial, system: str, count: int) -> Row:
    """In a name space of our own, so that nobody else sees what is mounted."""
    if shutil.which("unshare") is None:
        return not_done("没有 unshare，不能自己挂一块小盘")
    if system == "ext4" and (os.name != "posix" or os.geteuid() != 0 or shutil.which("mkfs.ext4") is None):
        return not_done("挂 ext4 要管理员权限和 mkfs.ext4")
    flags = ["-m"] if os.geteuid() == 0 else ["-rm"]
    mount = trial.fresh(system)
    command = [
        "unshare",
        *flags,
        sys.executable,
        "-m",
        __name__,
        system,
        str(mount),
        str(count),
        str(trial.seed),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode == 3:
        return not_done(f"不能挂 {system}：{done.stdout.strip()}")
    if done.returncode:
        return Row(f"{system} 上磁盘满", 0, [done.stderr[-800:]])
    told: list[str] = json.loads(done.stdout.splitlines()[-1])
    full = int(told.pop())
    return Row(f"{system} 上只剩一点空间", count, told, f"其中 {full} 次真的满了")


def main(words: list[str]) -> int:
    """Mount a disk, and do each deed with little room on it."""
    system, mount, count, seed = words[0], Path(words[1]), int(words[2]), int(words[3])
    if problem := _mounted(system, mount):
        print(problem)
        return 3
    failures: list[str] = []
    full = 0
    rng = Trial(count, mount, seed).rng()
    for number in range(count):
        name = NAMES[number % len(NAMES)]
        found, was_full = _with_little_room(
            name, mount, rng.randrange(0, 600 if name != NAMES[3] else 6_000) * 1024
        )
        full += was_full
        failures += [f"{name}（第 {number} 个大小）：{one}" for one in found]
    print(json.dumps([*failures, str(full)], ensure_ascii=False))
    subprocess.run(["umount", str(mount)], check=False, capture_output=True)
    return 0


def _mounted(system: str, mount: Path) -> str:
    if system == "tmpfs":
        command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(mount)]
    else:
        image = mount.with_suffix(".img")
        with image.open("wb") as file:
            file.truncate(SIZE)
        made = subprocess.run(
            ["mkfs.ext4", "-q", "-m", "0", str(image)], check=False, capture_output=True, text=True
        )
        if made.returncode:
            return made.stderr
        command = ["mount", "-o", "loop", str(image), str(mount)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    return done.stderr if done.returncode else ""


def _with_little_room(name: str, mount: Path, room: int) -> tuple[list[str], bool]:
    """What did not go as promised while ``room`` bytes were free; whether the disk was full."""
    deed = DEEDS[name]
    apart = mount.with_name("算")
    shutil.rmtree(apart, ignore_errors=True)
    apart.mkdir()
    deed.prepare(apart)
    here = mount / "做"
    shutil.rmtree(here, ignore_errors=True)
    shutil.copytree(apart, here)
    known = expected_contents(deed, apart)
    _leave(mount, room)
    try:
        return _done(deed, here, known, mount)
    finally:
        (mount / FILLER).unlink(missing_ok=True)


def _leave(mount: Path, room: int) -> None:
    """Only ``room`` bytes are free on the disk."""
    with (mount / FILLER).open("wb") as file:
        for size in (2**20, 4096):
            while shutil.disk_usage(mount).free > room + size:
                file.write(b"\xff" * size)
                file.flush()
                os.fsync(file.fileno())


def _done(deed: Deed, here: Path, known: tuple[str, ...], mount: Path) -> tuple[list[str], bool]:
    desk, found, full = Desk(here), [], False
    for number, step in enumerate(deed.steps):
        try:
            step(desk)
            continue
        except UserError as error:
            full = True
            found += [] if said_in_words(error) and "满" in str(error) else [f"没有说磁盘已满：{error}"]
        except Exception as error:  # noqa: BLE001  a failure of the promise
            full = True
            found.append(f"{type(error).__name__}：{error}")
        (mount / FILLER).unlink(missing_ok=True)
        apart = mount.with_name("满后")
        shutil.rmtree(apart, ignore_errors=True)
        shutil.copytree(here, apart)
        found += [problem] if (problem := problem_of(apart, known, number, number)) else []
        try:
            step(desk)
        except Exception as error:  # noqa: BLE001
            found.append(f"腾出空间后仍不成：{error}")
            break
    desk.close()
    (mount / FILLER).unlink(missing_ok=True)
    last = len(deed.steps)
    found += [problem] if (problem := problem_of(here, known, last, last)) else []
    return found, full


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
