"""邀请文件、变更文件写进一个文件夹：一份写不成不挡别的，说清写了几份、哪些没写、为什么。"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from exports.files import FIRST_FAILURES, safe_name, write_atomically
from models.domain.errors import StoreError
from models.domain.text import quoted

if TYPE_CHECKING:
    from exports.change_files import ChangeFiles
    from exports.invitations import Invitations

MOST_NAMED = 3
Step = Callable[[int, int], object]
"""Told how many files of how many are written."""


class Written(NamedTuple):
    """Several files in a folder: what to say of them, what is to be looked at, how many could not be written."""

    words: str
    warnings: tuple[str, ...] = ()
    failed: int = 0


def write_invitations(target: Path, made: Invitations, step: Step = lambda _done, _total: None) -> Written:
    """The invitations stand in the folder ``target``, those that could not be written are named."""
    files = ((file.name, file.data) for file in made.files)
    failed = _write_all(target, files, len(made.files), step)
    off = sum(file.method == "CANCEL" for file in made.files)
    words = f"写了 {len(made.files) - len(failed)} 个"
    words += f"，其中 {off} 个是取消" if off and not failed else ""
    return Written(words, (*_not_written(failed), *_left_out(made.left_out)), len(failed))


def write_changes(
    target: Path, made: ChangeFiles, changes: int, step: Step = lambda _done, _total: None
) -> Written:
    """The calendars of ``changes`` changes stand in the folder ``target``, one a unit; who has none is named."""
    files = ((file.name, file.data) for file in made.files)
    failed = _write_all(target, files, len(made.files), step)
    left = [f"{len(made.left_out)} 项改动没有日期或还是草拟，不进日历"] if made.left_out else []
    if made.without:
        left.append(f"{'、'.join(made.without)}的改动都不进日历，没有文件，请只凭变更通知告知")
    words = f"{changes} 项改动，写了 {len(made.files) - len(failed)} 个单位的文件"
    return Written(words, (*_not_written(failed), *left), len(failed))


def _left_out(items: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """What was left out, once a reason with its number and the first titles."""
    titles: dict[str, list[str]] = {}
    for title, why in items:
        titles.setdefault(why, []).append(quoted(title))
    return tuple(
        f"{len(found)} 项没有写，{why}：{'、'.join(found[:MOST_NAMED])}{'等' if len(found) > MOST_NAMED else ''}"
        for why, found in titles.items()
    )


def _write_all(
    target: Path, files: Iterable[tuple[str, bytes]], count: int, step: Step
) -> tuple[tuple[str, str], ...]:
    """Each file under its name; a name that comes twice gets a number. What could not be written: name and why.

    One that cannot be written does not hinder the others; where the first ones all cannot, the
    ``StoreError`` is raised: it is the folder then.
    """
    taken: set[str] = set()
    failed: list[tuple[str, str]] = []
    for done, (name, data) in enumerate(files):
        step(done, count)
        free, number = name, 2
        while free.casefold() in taken:
            free, number = safe_name(f"{name.removesuffix('.ics')} ({number}).ics"), number + 1
        taken.add(free.casefold())
        try:
            if not _holds(target / free, data):
                write_atomically(target / free, data)
        except StoreError as error:
            if done == len(failed) and done + 1 == min(count, FIRST_FAILURES):
                raise
            failed.append((free, error.effect.removesuffix("。") + "。" + error.remedy.removesuffix("。")))
    return tuple(failed)


def _holds(path: Path, data: bytes) -> bool:
    """Whether the file holds ``data`` already; one that cannot be read does not."""
    try:
        return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _not_written(failed: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(f"{name} 没有写成：{why}" for name, why in failed)
