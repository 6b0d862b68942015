"""程序自己的文件：数据文件和它旁边的、备份、材料、草稿；导出和备份不得写到它们上面。"""

from __future__ import annotations

import os
from pathlib import Path

from models import evidence_files
from models.domain.errors import InputError
from models.domain.own_mark import BESIDE, stands_beside
from models.locations import real_file

EVENT_DRAFT, FORM_DRAFTS, YEAR_DRAFT = ".draft.json", ".forms.json", ".new-year.json"
"""What the names of the drafts of half-filled forms end with; they stand beside the data file."""
BACKUP_FOLDER = "备份"


def backup_folder(data_file: Path) -> Path:
    """Where the backups of ``data_file`` lie."""
    return real_file(data_file).parent / BACKUP_FOLDER


def require_foreign(data_file: Path, target: Path) -> None:
    """Afterwards ``target`` is known to be no file of the program: not the data, what stands beside it, a backup or evidence.

    A new file in those folders is the user's business. Raises ``InputError``, nothing written.
    """
    if is_own(real_file(data_file), target.absolute()):
        raise InputError(
            f"不能导出到程序自己的文件：{target}。", "什么都没写，原有文件未改动。", "请另选一个文件名。"
        )


def is_own(data_file: Path, target: Path) -> bool:
    """Whether ``target`` is, or will be, a file that the program keeps for ``data_file``, or one beside another of its data files."""
    own = [Path(f"{data_file}{ending}") for ending in ("", *BESIDE)]
    if _real(target) in {
        _real(path)
        for path in (
            *own,
            *(draft_file(data_file, ending) for ending in (EVENT_DRAFT, FORM_DRAFTS, YEAR_DRAFT)),
        )
    }:
        return True
    if stands_beside(target) is not None:
        return True
    if not target.exists() or target.is_dir():
        return False
    if data_file.exists() and target.samefile(data_file):  # another name of it, or another case
        return True
    folders = (backup_folder(data_file), data_file.parent / evidence_files.FOLDER)
    real = Path(os.path.realpath(target))
    return any(real.is_relative_to(os.path.realpath(folder)) for folder in folders)


def draft_file(data_file: Path, ending: str) -> Path:
    """Where the drafts of ``data_file`` whose names end with ``ending`` are kept."""
    return data_file.with_name(f"{data_file.stem}{ending}")


def discard_drafts(data_file: Path) -> None:
    """Afterwards no form that was left half-filled and may name a person is kept beside ``data_file``; ``OSError`` where it is."""
    for ending in (EVENT_DRAFT, FORM_DRAFTS):
        draft_file(data_file, ending).unlink(missing_ok=True)


def _real(path: Path) -> str:
    """One spelling for all names of a file, also where the disk does not tell capitals apart."""
    return os.path.normcase(os.path.realpath(path))
