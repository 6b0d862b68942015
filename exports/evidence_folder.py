"""一整个文件夹或压缩包：先写在旁边的临时名字里，全部写好才改名；写不成时原有的不动。"""

from __future__ import annotations

import os
import secrets
import shutil
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from exports.files import confirm, explained, patiently, refuse_own, remove_leftovers, write_atomically
from models.domain.errors import StoreError

ZIP = ".zip"
_EARLIEST = (1980, 1, 1, 0, 0, 0)


class PackedFile(NamedTuple):
    """A file of the pack: its name with / between folders, and its content."""

    name: str
    data: bytes


def write_pack(target: Path, files: Iterable[PackedFile], mark: str) -> None:
    """``target`` (a folder, or a .zip) holds exactly ``files`` afterwards; or an error, the old one untouched.

    An older pack of that name (a folder that holds ``mark``) is replaced; a folder with anything else in it is
    refused. ``files`` are asked for one after the other; what they raise leaves nothing behind. What a killed
    export left beside it a day ago or longer is removed.
    """
    target = Path(os.path.realpath(target))
    if not target.parent.is_dir():
        raise StoreError(f"没有写出“{target.name}”：", "文件夹不存在。", "请先建好文件夹，或换一个位置保存。")
    refuse_own(target)
    remove_leftovers(target.parent)
    temporary = target.with_name(f".{secrets.token_hex(6)}.part")
    try:
        if target.suffix.lower() == ZIP:
            _write_zip(temporary, files)
            patiently(lambda: temporary.replace(target))
        else:
            _require_replaceable(target, mark)
            _write_folder(temporary, files)
            _put_in_place(temporary, target)
    except OSError as error:
        raise explained(target, error) from error
    finally:
        _remove(temporary)
    confirm([target.parent], target)


def _write_zip(path: Path, files: Iterable[PackedFile]) -> None:
    with path.open("xb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for packed in files:
                archive.writestr(zipfile.ZipInfo(packed.name, _EARLIEST), packed.data, zipfile.ZIP_DEFLATED)
        file.flush()
        os.fsync(file.fileno())


def _write_folder(folder: Path, files: Iterable[PackedFile]) -> None:
    folder.mkdir()
    for packed in files:
        path = folder.joinpath(*packed.name.split("/"))
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            write_atomically(path, packed.data)
        except StoreError as error:  # it names a temporary file: the pack is what the user knows
            raise error.__cause__ or error from None


def _require_replaceable(target: Path, mark: str) -> None:
    if target.is_dir() and any(target.iterdir()) and not (target / mark).exists():
        raise StoreError(
            f"没有写出“{target.name}”：",
            "这个文件夹里已有别的内容，没有动它。",
            "请换一个名字，或选一个空文件夹。",
        )
    if target.exists() and not target.is_dir():
        raise StoreError(f"没有写出“{target.name}”：", "已有一个同名的文件。", "请换一个名字。")


def _put_in_place(temporary: Path, target: Path) -> None:
    aside = target.with_name(
        f"{target.name}（上一份{secrets.token_hex(3)}）"
    )  # seen, should the power fail now
    replaced = target.exists()
    if replaced:
        patiently(lambda: target.rename(aside))
    try:
        patiently(lambda: temporary.rename(target))
    except OSError as error:
        if replaced:
            _put_back(aside, target, error)
        raise
    if replaced:
        _remove(aside)


def _put_back(aside: Path, target: Path, cause: OSError) -> None:
    """The older pack has its name again; where even that fails it is said how it is called now."""
    try:
        patiently(lambda: aside.rename(target))
    except OSError:
        raise StoreError(
            f"没有写出“{target.name}”：",
            f"系统报告：{cause.strerror or cause}。上一份现名“{aside.name}”，内容未改动。",
            "请把它改回原名，再换一个位置保存。",
        ) from cause


def _remove(path: Path) -> None:
    with suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            patiently(lambda: shutil.rmtree(path))
        else:
            patiently(lambda: path.unlink(missing_ok=True))
