"""没有用到的佐证文件：列出没有一处提到的，要清理就移到旁边的文件夹；还可能用到的一份不动。

The program deletes nothing: what is moved aside is the user's to delete.
"""

from __future__ import annotations

import stat
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from models.changelog import settle_past
from models.datafile import sync_folder, write_error
from models.evidence_backup import evidence_in
from models.evidence_files import EvidenceFolder
from models.evidence_mentions import mentions_beside
from models.patience import patiently
from models.store import Store

ASIDE = "清理出的材料"
_SIGNS = {b"%PDF": ".pdf", b"\xff\xd8\xff": ".jpg", b"\x89PNG": ".png", b"PK\x03\x04": ".zip"}
"""First bytes of a file → its ending; of Office files, which are packed, people know what to do with a .zip."""
DAY = 86_400
"""Seconds for which a new file is let be: it may belong to a form that is not saved yet."""


class UnusedFile(NamedTuple):
    """A kept file that nothing needs. ``name``: what it was called when it was added; where nobody knows any
    more, 佐证文件 with the ending that its first bytes tell."""

    digest: str
    size: int
    name: str


class EvidenceState(NamedTuple):
    """The evidence files of a data file. ``used``: an event has it; ``needed``: only a step that can be undone,
    a release or a backup may ask for it, or it is new; ``missing``: one sentence for each that is not there."""

    unused: tuple[UnusedFile, ...] = ()
    used: int = 0
    needed: int = 0
    missing: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """Bytes of those that are not used."""
        return sum(file.size for file in self.unused)


class CleanReport(NamedTuple):
    """Where the files were moved to, how many, and which could not be moved and why."""

    folder: Path
    moved: int = 0
    failed: tuple[str, ...] = ()


def evidence_state(data_file: Path, now: datetime) -> EvidenceState:
    """Which evidence files of ``data_file`` are used, needed, not used, missing; nothing is changed.

    Needed is what any data file in the folder or any backup may ask for. ``StoreError`` where one of them
    cannot be read: then nobody knows what it needs.
    """
    mentions = mentions_beside(data_file)
    used = {digest for one in mentions for digest in one.rows}
    needed = {digest for one in mentions for digest in one.others}
    names = {digest: name for one in mentions for part in reversed(one) for digest, name in part.items()}
    unused: list[UnusedFile] = []
    kept = waiting = 0
    for path in EvidenceFolder(data_file).kept():
        facts = path.stat()
        if path.name in used:
            kept += 1
        elif path.name in needed or facts.st_mtime > now.timestamp() - DAY:
            waiting += 1
        else:
            unused.append(UnusedFile(path.name, facts.st_size, names.get(path.name) or _guessed_name(path)))
    missing = EvidenceFolder(data_file).problems(evidence_in(data_file), thoroughly=False)
    return EvidenceState(tuple(unused), kept, waiting, missing)


def move_unused(store: Store, name_of: Callable[[str], str]) -> CleanReport:
    """Afterwards the files that nothing needs lie in a folder of this moment beside the 材料 folder.

    They are looked for anew. Steps older than the last ``UNDO_LIMIT`` can no longer be undone from then on,
    so that none asks for what was moved. ``name_of`` makes a file name of a text. A file that cannot be
    moved stays and is named.
    """
    now = store.clock()
    target = store.path.parent / ASIDE / f"{now.astimezone():%Y%m%d-%H%M%S}"
    unused = evidence_state(store.path, now).unused
    if not unused:
        return CleanReport(target)
    with store.transaction():
        settle_past(store)
    try:
        patiently(lambda: target.mkdir(parents=True, exist_ok=True))
    except OSError as error:
        raise write_error(target, error) from error
    folder, failed = EvidenceFolder(store.path), []
    for file in unused:
        name = name_of(f"{file.digest[:8]}-{file.name}")
        try:
            _move(folder.path_of(file.digest), target / name)
        except OSError as error:
            failed.append(f"{file.name}（{file.digest[:8]}）：{write_error(target, error).what}")
    with suppress(OSError):
        sync_folder(target)
    return CleanReport(target, len(unused) - len(failed), tuple(failed))


def _move(path: Path, target: Path) -> None:
    patiently(lambda: path.rename(target))
    with suppress(OSError):
        target.chmod(stat.S_IRUSR | stat.S_IWUSR)
    with suppress(OSError):
        path.parent.rmdir()


def _guessed_name(path: Path) -> str:
    first = b""
    with suppress(OSError), path.open("rb") as file:
        first = file.read(4)
    return "佐证文件" + next((ending for sign, ending in _SIGNS.items() if first.startswith(sign)), "")
