"""P20：网络共享与网盘文件夹认得出，本机磁盘不误认。"""

from __future__ import annotations

from pathlib import Path

from models.domain.errors import UserError
from models.locations import require_local
from tests.torture.promise import Failures, Row, Trial, said_in_words

REMOTE = (
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "ncpfs", "davfs", "fuse.sshfs", "fuse.rclone", "fuse.davfs2",
    "fuse.gvfsd-fuse", "fuse.kio-fuse", "9p", "vboxsf", "vmhgfs", "fuse.vmhgfs-fuse", "ceph", "fuse.ceph",
)  # fmt: skip
LOCAL = ("ext4", "xfs", "btrfs", "tmpfs", "overlay", "zfs", "ntfs3", "fuseblk", "vfat", "exfat", "f2fs")
CLOUD = (
    "OneDrive", "OneDrive - 区政府", "Dropbox", "Google Drive", "iCloudDrive", "坚果云", "我的坚果云", "百度网盘",
    "百度云同步盘", "BaiduSyncdisk", "WPS云盘", "微云", "阿里云盘", "天翼云盘", "Seafile", "Nextcloud", "企业微信微盘",
)  # fmt: skip
PLAIN = (
    "微云科技园区活动",
    "坚果云集市活动",
    "政务公开",
    "Downloads",
    "文档",
    "百度园区讲堂",
    "dropboxes",
    "onedriver",
)
TALE = "/dev/sda1 / ext4 rw 0 0\n"


def shares(trial: Trial) -> list[Row]:
    """P20 with figures."""
    del trial
    failures: Failures = []
    for system in REMOTE:
        mounts = f"{TALE}server:/a /mnt/共\\040享 {system} rw 0 0\n"
        failures += _wrong(Path("/mnt/共 享/a/数据.db"), mounts, told=True, what=system)
        failures += _wrong(Path("/mnt/共 享集/数据.db"), mounts, told=False, what=f"{system} 旁边的文件夹")
    for system in LOCAL:
        mounts = f"{TALE}/dev/sdb1 /mnt/a {system} rw 0 0\n"
        failures += _wrong(Path("/mnt/a/数据.db"), mounts, told=False, what=system)
    for name in CLOUD:
        failures += _wrong(Path("/home/a") / name / "宣传" / "数据.db", TALE, told=True, what=name)
    for name in PLAIN:
        failures += _wrong(Path("/home/a") / name / "数据.db", TALE, told=False, what=name)
    for path in (r"\\server\share\数据.db", "//server/share/数据.db"):
        failures += _wrong(Path(path), TALE, told=True, what=path)
    count = 2 * len(REMOTE) + len(LOCAL) + len(CLOUD) + len(PLAIN) + 2
    return [Row("网络共享、网盘文件夹、本机文件夹", count, failures)]


def _wrong(path: Path, mounts: str, *, told: bool, what: str) -> Failures:
    try:
        require_local(path, mounts)
    except UserError as error:
        if not told:
            return [f"误认：{what}"]
        return [] if said_in_words(error) and error.effect and error.remedy else [f"没有说清：{error}"]
    return [f"没有认出：{what}"] if told else []
