"""在另一个进程里做一件事，由 interposed 看着：录下来，或让每一次调用各出一次错。

python -m tests.torture.acting record|fail …
"""

from __future__ import annotations

import errno
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from models.domain.errors import UserError
from tests.torture.deeds import DEEDS, Deed, Desk, expected_contents, problem_of
from tests.torture.exporting import EXPORTERS
from tests.torture.interposed import Failed, Interposer
from tests.torture.promise import said_in_words

CHANGING = "cwtsrumdlo"
"""Every call that changes a disk (see ``interposer.c``)."""


def record(name: str, folder: Path) -> None:
    """Do the deed; the record has a mark after each step that is acknowledged."""
    interposer = Interposer()
    if name in EXPORTERS:
        EXPORTERS[name].write(folder)
        interposer.mark("written")
        return
    desk = Desk(folder)
    for step in DEEDS[name].steps:
        step(desk)
        interposer.mark("done")
    desk.close()


class Blow(NamedTuple):
    """Which calls fail, with what, how often."""

    kinds: str
    code: int
    times: int


def fail(name: str, folder: Path, blow: Blow, part: range) -> Iterator[str]:
    """Do the deed once for every call of it whose number is in ``part``, which then fails; a line a run that did not go well."""
    deed = DEEDS[name]
    deed.prepare(_empty(folder / "先"))
    known = expected_contents(deed, _copied(folder / "先", folder / "先算"))
    interposer = Interposer()
    number = part.start
    while True:
        here = _copied(folder / "先", folder / "做")
        interposer.fail(blow.kinds, number, blow.times, blow.code)
        struck, errors, told = _carried_out(deed, here, known, interposer)
        place = f"{name}，第 {number} 次（{struck.which}）{errno.errorcode[blow.code]}"
        if not struck.which:
            break
        yield from (f"{place}：{error}" for error in errors)
        print(json.dumps({"told": told}), flush=True)
        number += part.step


def _carried_out(
    deed: Deed, here: Path, known: tuple[str, ...], interposer: Interposer
) -> tuple[Failed, list[str], bool]:
    """Every step is tried again where it fails; afterwards all must be there as if nothing had happened."""
    desk, found, told, struck = Desk(here), [], False, Failed(0, "")
    for number, step in enumerate(deed.steps):
        try:
            step(desk)
            continue
        except UserError as error:
            told = True
            struck = interposer.end()
            found += [] if said_in_words(error) else [f"不是人话：{error}"]
            found += _after_an_error(desk, known, number, error)
        except Exception as error:  # noqa: BLE001  a failure of the promise, to be told like the others
            struck = interposer.end()
            found.append(f"{type(error).__name__}：{error}")
        try:
            step(desk)
        except Exception as error:  # noqa: BLE001
            found.append(f"磁盘好了以后同一步仍不成：{type(error).__name__} {error}")
            break
    desk.close()
    ended = interposer.end()
    found += [problem] if (problem := problem_of(here, known, len(deed.steps), len(deed.steps))) else []
    return struck if struck.which else ended, found, told


def _after_an_error(desk: Desk, known: tuple[str, ...], number: int, error: UserError) -> list[str]:
    """The step that was told to have failed is not there: the state is that of before."""
    copy = _copied(desk.folder, desk.folder.with_name("错后"))
    most = number + 1 if any(words in str(error) for words in ("没有确认", "已经删去")) else number
    problem = problem_of(copy, known, number, most)
    return [f"说了“{error}”之后：{problem}"] if problem else []


def _empty(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _copied(source: Path, target: Path) -> Path:
    shutil.rmtree(target, ignore_errors=True)
    return Path(shutil.copytree(source, target))


def main(words: list[str]) -> None:
    """Carry out what the parent asks; a line a result."""
    if words[0] == "record":
        record(words[1], Path(words[2]))
        return
    name, folder, kinds, code, times, start, step = words[1:]
    blow = Blow(kinds, int(code), int(times))
    for problem in fail(name, Path(folder), blow, range(int(start), 10**9, int(step))):
        print(json.dumps({"failed": problem}, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
