"""数据文件可以放在哪里：本机磁盘；网络共享与网盘文件夹不行。"""

from __future__ import annotations

import os
import sys
from pathlib import Path, PurePath

import platformdirs

from models.domain.errors import StoreError

APP_NAME = "bao-gongkai-paiqi"
DATA_FILE = "宝公开排期.db"
CLOUD_FOLDERS = (
    "onedrive", "dropbox", "google drive", "icloud", "nutstore", "坚果云", "我的坚果云", "百度网盘", "baidusyncdisk",
    "com~apple~clouddocs", "mobile documents", "wps云盘", "wps cloud files", "weiyun", "微云", "aliyundrive", "阿里云盘",
)  # fmt: skip
NETWORK_SYSTEMS = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "afpfs",
        "ncpfs",
        "davfs",
        "fuse.sshfs",
        "fuse.rclone",
        "fuse.davfs2",
    }
)
_DRIVE_REMOTE = 4
REMEDY = "请把数据文件放在本机磁盘；几个人共用的方式（PostgreSQL）由以后的版本提供。"


def default_path() -> Path:
    """The data file in the user's data folder."""
    return Path(platformdirs.user_data_dir(APP_NAME, appauthor=False)) / DATA_FILE


def require_local(path: Path, mounts: str | None = None) -> None:
    """Afterwards ``path`` is known not to lie on a share or in a synchronised folder.

    ``mounts`` is the text of the system's mount table (default: this machine's). Raises
    ``StoreError`` with the reason.
    """
    places = (path, Path(os.path.realpath(path)))
    if cloud := cloud_folder(places[0]) or cloud_folder(places[1]):
        raise StoreError(
            f"数据文件在网盘同步文件夹“{cloud}”里：{path}。",
            "同步程序会在写到一半时搬走文件，数据会坏。",
            REMEDY,
        )
    if any(_is_remote(place, mounts) for place in places):
        raise StoreError(f"数据文件在网络共享上：{path}。", "网络共享上的文件锁不可靠，数据会坏。", REMEDY)


def _is_remote(path: Path, mounts: str | None) -> bool:
    if str(path).startswith(("\\\\", "//")) or _on_remote_drive(path):
        return True
    return _mounted_from_network(path, mounts)


def _on_remote_drive(path: Path) -> bool:
    """Whether the drive letter of ``path`` is one of Windows' mapped network drives."""
    if sys.platform != "win32":
        return False
    import ctypes

    return bool(ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == _DRIVE_REMOTE)


def cloud_folder(path: PurePath) -> str | None:
    """The part of ``path`` that names a synchronised folder, or None."""
    for part in path.parts:
        if part.lower().startswith(CLOUD_FOLDERS):
            return part
    return None


def _mounted_from_network(path: Path, mounts: str | None) -> bool:
    if mounts is None:
        table = Path("/proc/mounts")
        mounts = table.read_text(encoding="utf-8", errors="replace") if table.exists() else ""
    best, system = "", ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) > 2 and _contains(fields[1], path) and len(fields[1]) >= len(best):
            best, system = fields[1], fields[2]
    return system in NETWORK_SYSTEMS


def _contains(mount_point: str, path: Path) -> bool:
    point = mount_point.replace("\\040", " ")
    return str(path) == point or str(path).startswith(point.rstrip("/") + "/")
