"""数据文件可以放在哪里：本机磁盘；网络共享与网盘文件夹不行。"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path, PurePath

import platformdirs

from models.domain.errors import StoreError

APP_NAME = "bao-gongkai-paiqi"
DATA_FILE = "宝公开排期.db"
CLOUD_FOLDERS = frozenset((
    "onedrive", "dropbox", "google drive", "googledrive", "my drive", "我的云端硬盘", "icloud", "icloud drive", "iclouddrive",
    "com~apple~clouddocs", "mobile documents", "box sync", "mega", "megasync", "pcloud drive", "pclouddrive",
    "nextcloud", "owncloud", "seafile", "seadrive", "seadrive_root", "nutstore", "nutstore files", "坚果云", "我的坚果云",
    "百度网盘", "百度网盘同步空间", "百度网盘工作空间", "百度云", "百度云同步盘", "baidusyncdisk", "baidunetdisk",
    "baidunetdiskworkspace", "天翼云", "天翼云盘", "天翼云盘同步盘", "我的天翼云", "我的天翼云盘", "ecloud", "wps云盘", "wps网盘",
    "wps云文档", "wps同步盘", "wps cloud files", "wpsdrive", "wps drive", "金山云盘", "金山快盘", "微盘", "企业微信微盘", "wedrive",
    "微云", "微云同步助手", "微云同步盘", "weiyun", "阿里云盘", "aliyundrive", "adrive", "115网盘", "115同步盘", "123云盘", "123同步盘",
    "360云盘", "夸克网盘", "quark cloud drive", "迅雷云盘", "联通云盘", "沃云盘", "和彩云", "和彩云网盘", "和彩云同步盘",
    "移动云盘", "中国移动云盘", "钉盘",
))  # fmt: skip
"""Names that the clients of cloud services give to their folders."""
_ACCOUNT = re.compile(r"( - .+| ?\(.+\)|\d)\Z")
"""What they add to a Latin name: 「OneDrive - 区政府」, 「Dropbox (区政府)」, 「Nextcloud2」."""
_MARKS = re.compile(
    r"\.(_?sync_[0-9a-f]+\.db|csync_journal\.db|(own|next)cloudsync\.log|stfolder|seafile-data|dropbox\.cache"
    r"|tmp\.drive(down|up)load|849C9593-D756-4E56-8D6E-42412F2A707B)"
)
"""What Nextcloud, Syncthing, Seafile, Dropbox, Google and OneDrive leave in a folder they keep in step."""
_ROOTS = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
"""Windows' variables that name a synchronised folder, whatever it is called."""
NETWORK_SYSTEMS = frozenset((
    "nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "smbnetfs", "afs", "afpfs", "ncp", "ncpfs", "coda", "9p", "virtiofs",
    "vboxsf", "vmhgfs", "vmhgfs-fuse", "prl_fs", "ceph", "ceph-fuse", "glusterfs", "lustre", "beegfs", "gpfs", "moosefs",
    "mfs", "juicefs", "davfs", "davfs2", "sshfs", "rclone", "curlftpfs", "gvfsd-fuse", "gvfs-fuse-daemon", "kio-fuse",
    "fuse-nfs", "s3fs", "ossfs", "cosfs", "obsfs", "goofys", "seadrive", "google-drive-ocamlfuse", "onedriver", "drvfs",
))  # fmt: skip
"""File systems that belong to another machine, as the mount table calls them (without ``fuse.``)."""
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*://|//|\\\\|[^/]+:/", re.IGNORECASE)
"""How a mounted source begins that is no device here: an address, a share, a folder of a server."""
_DESKTOP_MOUNTS = re.compile(r"(/run/user/\d+/(gvfs|kio-fuse-[^/]*)|.*/\.gvfs)/")
"""Where Linux desktops show the shares opened in their file manager."""
_DRIVE_REMOTE = 4
REMEDY = "请把数据文件放在本机磁盘；几个人共用的方式（PostgreSQL）由以后的版本提供。"


def default_path() -> Path:
    """The data file in the user's data folder."""
    return real_file(Path(platformdirs.user_data_dir(APP_NAME, appauthor=False)) / DATA_FILE)


def real_file(path: Path) -> Path:
    """The file that ``path`` leads to: whatever alias it is opened by, it has one lock, and one place for backups.

    A link that leads to no file is itself what stands there.
    """
    if path.is_symlink() and not path.is_file():
        return real_file(path.parent) / path.name
    return Path(os.path.realpath(path))


def require_local(path: Path, mounts: str | None = None) -> None:
    """Afterwards ``path`` is known not to lie on a share or in a synchronised folder.

    ``mounts`` is the text of the system's mount table (default: this machine's). Raises
    ``StoreError`` with the reason.
    """
    places = tuple(dict.fromkeys((path, real_file(path))))
    if cloud := next(filter(None, map(cloud_folder, places)), None):
        raise StoreError(
            f"数据文件在网盘同步文件夹“{cloud}”里：{path}。",
            "同步程序会在写到一半时搬走文件，数据会坏。",
            REMEDY,
        )
    if any(_is_remote(place, mounts) for place in places):
        raise StoreError(f"数据文件在网络共享上：{path}。", "网络共享上的文件锁不可靠，数据会坏。", REMEDY)


def _is_remote(path: Path, mounts: str | None) -> bool:
    if str(path).startswith(("\\\\", "//")) or _DESKTOP_MOUNTS.match(path.as_posix()):
        return True
    return _on_remote_drive(path) or _mounted_from_network(path, mounts)


def _on_remote_drive(path: Path) -> bool:
    """Whether the drive letter of ``path`` is one of Windows' mapped network drives."""
    if sys.platform != "win32":
        return False
    import ctypes

    return bool(ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == _DRIVE_REMOTE)


def cloud_folder(path: PurePath) -> str | None:
    """The name of the folder above ``path`` that a cloud service keeps in step, or None.

    By its whole name, by what the service leaves in it, or because the system says so.
    """
    roots = {os.environ.get(name) for name in _ROOTS}
    for folder in path.parents:
        if _is_cloud_name(folder.name) or str(folder) in roots or _is_marked(folder):
            return folder.name
    return None


def _is_cloud_name(name: str) -> bool:
    plain = name.casefold()
    return plain in CLOUD_FOLDERS or (name[:1].isascii() and _ACCOUNT.sub("", plain) in CLOUD_FOLDERS)


def _is_marked(folder: PurePath) -> bool:
    try:
        with os.scandir(folder) as entries:
            return any(entry.name[0] == "." and _MARKS.fullmatch(entry.name) for entry in entries)
    except OSError:
        return False


def _mounted_from_network(path: Path, mounts: str | None) -> bool:
    if mounts is None:
        table = Path("/proc/mounts")
        mounts = table.read_text(encoding="utf-8", errors="replace") if table.exists() else ""
    best, source, system = "", "", ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) > 2 and _contains(fields[1], path) and len(fields[1]) >= len(best):
            source, best, system = fields[:3]
    kind = system.removeprefix("fuse.")
    return kind in NETWORK_SYSTEMS or (system.startswith("fuse") and bool(_ELSEWHERE.match(source)))


def _contains(mount_point: str, path: Path) -> bool:
    point = mount_point.replace("\\040", " ")
    return str(path) == point or str(path).startswith(point.rstrip("/") + "/")
