"""P12：每一种写出，断电、磁盘满之后是旧的或新的那一份，不是半份。"""

from __future__ import annotations

import errno
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple

from exports.files import confirm, put_in_place
from models.domain.errors import UserError
from tests.exports.every_export import EXPORTS
from tests.exports.faulty_disk import FOR_GOOD, FaultyDisk, faulty
from tests.exports.test_bad_disks import WHERE, WRITERS, Tree, is_leftover, last_year, prepared, tree, year
from tests.torture.interposed import MISSING, built, run_under
from tests.torture.power import Disk, cuts, read_log
from tests.torture.promise import Failures, Row, Trial, not_done, said_in_words


class Exporter(NamedTuple):
    """What an earlier export left, and the one under way."""

    prepare: Callable[[Path], object]
    write: Callable[[Path], object]


@lru_cache(maxsize=64)
def _made(name: str) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The files of an export a year ago, and now."""
    return dict(EXPORTS[name](last_year())), dict(EXPORTS[name](year()))


def _before(name: str, folder: Path) -> None:
    """``folder`` holds the older files, and beside it lie the new ones: they are made once only."""
    for target, files in zip((folder, _new(folder)), _made(name), strict=True):
        target.mkdir(exist_ok=True)
        for file, data in files.items():
            (target / file).write_bytes(data)


def _new(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}（新）")


def _write(folder: Path) -> None:
    """All files of one export, as the window writes them: each in place, then all confirmed."""
    confirm(
        [put_in_place(folder / new.name, new.read_bytes()) for new in sorted(_new(folder).iterdir())], folder
    )


def _of_kind(kind: str, folder: Path) -> None:
    WRITERS[kind](folder / WHERE[kind])


EXPORTERS: Mapping[str, Exporter] = {
    **{f"写出 {kind}": Exporter(partial(prepared, kind), partial(_of_kind, kind)) for kind in WRITERS},
    **{name: Exporter(partial(_before, name), _write) for name in EXPORTS},
}


def exporters(trial: Trial) -> list[Row]:
    """P12 with figures."""
    return [_cut_off(trial), _full(trial)]


@lru_cache(maxsize=64)
def _wanted(name: str, folder: Path) -> Tree:
    """What the export leaves on a good disk."""
    folder.mkdir(parents=True)
    EXPORTERS[name].prepare(folder)
    EXPORTERS[name].write(folder)
    return tree(folder)


def _cut_off(trial: Trial) -> Row:
    library = built(trial.folder)
    if library is None:
        return not_done(MISSING)
    failures: Failures = []
    each, done = max(1, trial.rounds // len(EXPORTERS)), 0
    for number, (name, exporter) in enumerate(EXPORTERS.items()):
        folder, log = trial.fresh(f"写{number}"), trial.folder / f"写{number}.log"
        exporter.prepare(folder)
        before, wanted = tree(folder), _wanted(name, trial.folder / f"好{number}")
        disk = Disk(folder)
        run_under(library, "tests.torture.acting", folder, "record", name, str(folder), log=log)
        for cut in cuts(disk, read_log(log), trial.folder / "断电后", each, trial.rng(number)):
            done += 1
            problem = _half(tree(cut.folder), before, wanted, written=cut.acknowledged > 0)
            failures += [f"{name}，第 {cut.call} 次写入后：{problem}"] if problem else []
    return Row(f"{len(EXPORTERS)} 种写出断电后重建磁盘", done, failures)


def _half(found: Tree, before: Tree, wanted: Tree, *, written: bool) -> str:
    """What is neither the old nor the new file; empty where all is as promised."""
    kept = {name: data for name, data in found.items() if not is_leftover(name)}
    if written and kept != wanted:
        return "应答过的没有全在"
    if any(data not in (before.get(name), wanted.get(name)) for name, data in kept.items()):
        return "有半份文件"
    gone = {name: data for name, data in before.items() if name not in kept and name not in wanted}
    missing = [name for name in before if name in wanted and name not in kept]
    aside = set(found.values())  # the pack before this one, under its other name
    lost = [name for name in (*gone, *missing) if before[name] not in aside and kept.keys() != wanted.keys()]
    return f"旧的不见了：{lost[0]}" if lost else ""


def _full(trial: Trial) -> Row:
    """Every writing call in turn is the one at which the disk is full, and stays so."""
    failures: Failures = []
    done = 0
    for number, (name, exporter) in enumerate(EXPORTERS.items()):
        call = 0
        while call < trial.rounds:
            call += 1
            folder = trial.fresh(f"满{number}-{call}")
            exporter.prepare(folder)
            before = tree(folder)
            disk = FaultyDisk(
                folder, call, errno.ENOSPC, FOR_GOOD, only=("create", "write", "flush", "fsync", "mkdir")
            )
            said = _told(exporter, folder, disk)
            if not disk.failed:
                break
            done += 1
            wanted = _wanted(name, trial.folder / f"好{number}")
            problem = said or _half(tree(folder), before, wanted, written=False)
            failures += [f"{name}，第 {call} 次：{problem}"] if problem else []
    return Row(f"{len(EXPORTERS)} 种写出，磁盘在任一次写入时满", done, failures)


def _told(exporter: Exporter, folder: Path, disk: FaultyDisk) -> str:
    """What is wrong with how a full disk was told; empty where it was in words."""
    try:
        with faulty(disk):
            exporter.write(folder)
    except UserError as error:
        return "" if said_in_words(error) else f"不是人话：{error}"
    except OSError as error:
        return f"{type(error).__name__}：{error}"
    return "没有说磁盘已满" if disk.failed else ""
