"""程序自己的文件：数据文件、它的日志、备份、材料；导出不得写到它们上面。"""

from __future__ import annotations

import os
from pathlib import Path

from models import backups, evidence_files
from models.datafile import journal_of
from models.domain.errors import InputError


def require_foreign(data_file: Path, target: Path) -> None:
    """Afterwards ``target`` is known to be no file of the program: not the data, a backup or evidence.

    A new file in those folders is the user's business. Raises ``InputError``, nothing written.
    """
    if _is_own(data_file.absolute(), target.absolute()):
        raise InputError(
            f"不能导出到程序自己的文件：{target}。", "什么都没写，原有文件未改动。", "请另选一个文件名。"
        )


def _is_own(data_file: Path, target: Path) -> bool:
    if os.path.realpath(target) in {os.path.realpath(path) for path in (data_file, journal_of(data_file))}:
        return True
    if not target.exists():
        return False
    if data_file.exists() and target.samefile(data_file):  # another name of it, or another case
        return True
    folders = (backups.backup_folder(data_file), data_file.parent / evidence_files.FOLDER)
    real = Path(os.path.realpath(target))
    return any(real.is_relative_to(os.path.realpath(folder)) for folder in folders)
