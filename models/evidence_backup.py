"""佐证材料随数据备份与恢复：备份到别处就带上文件，恢复时带回来，缺的说出名字。"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from models.domain.papers import Evidence
from models.domain.snapshot import ItemKind
from models.evidence_files import EvidenceFolder
from models.tables import TABLE_NAMES, loaded_items, select_columns

BACKUPS = "备份"


def evidence_in(path: Path) -> tuple[Evidence, ...]:
    """All evidence of the data file or backup ``path``; none where it has no such list (an older file)."""
    kind = ItemKind.EVIDENCE
    try:
        with closing(sqlite3.connect(path.as_uri() + "?mode=ro", uri=True, timeout=5)) as connection:
            rows = connection.execute(
                f"SELECT {select_columns(kind)} FROM {TABLE_NAMES[kind]}"  # noqa: S608  our own names
            ).fetchall()
        return tuple(item for item in loaded_items(kind, rows) if isinstance(item, Evidence))
    except (sqlite3.DatabaseError, ValueError, TypeError, KeyError):
        return ()


def folder_of(path: Path) -> EvidenceFolder:
    """Where the files of a data file or backup lie: beside it, or beside the 备份 folder it stands in."""
    beside = EvidenceFolder(path)
    if path.parent.name == BACKUPS and not beside.folder.is_dir():
        return EvidenceFolder(path.parent)
    return beside


def take_files_along(source: Path, target: Path) -> tuple[str, ...]:
    """Afterwards the evidence files that ``target`` names lie beside it, as far as ``source`` has them.

    Returns one sentence for each that is not there. ``target`` is a copy of ``source`` (a backup made, or
    one restored); nothing is overwritten. A backup in the data folder's own 备份 needs no copy of them.
    """
    evidence = evidence_in(target)
    if target.parent == source.parent / BACKUPS:
        return EvidenceFolder(source).problems(evidence, thoroughly=False)
    folder_of(source).take_along((item.digest for item in evidence if item.digest), target)
    return EvidenceFolder(target).problems(evidence, thoroughly=False)


def evidence_problems(path: Path, *, thoroughly: bool = True) -> tuple[str, ...]:
    """One sentence for each piece of evidence of ``path`` whose file is missing or damaged, or is a program."""
    where = path.expanduser().absolute()
    folder, evidence = folder_of(where), evidence_in(where)
    return (
        *folder.problems(evidence, thoroughly=thoroughly),
        *folder.programs(evidence, thoroughly=thoroughly),
    )
