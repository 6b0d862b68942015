from __future__ import annotations

import re
from pathlib import Path

import pytest

from models.domain.errors import StoreError
from models.locations import default_path, require_local

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/share /mnt/share nfs4 rw 0 0
//server/plan /mnt/my\\040plan cifs rw 0 0
/dev/sdb1 /mnt/share/local ext4 rw 0 0
/dev/sdc1 /media/u盘 fuseblk rw 0 0
"""


@pytest.mark.parametrize(
    "where", ["/home/a/数据.db", "/mnt/share/local/数据.db", "/mnt/shared/数据.db", "/media/u盘/数据.db"]
)
def test_a_file_on_a_disk_of_this_machine_is_taken(where: str) -> None:
    require_local(Path(where), MOUNTS)


@pytest.mark.parametrize("where", ["/mnt/share/数据.db", "/mnt/my plan/a/数据.db", "//server/plan/数据.db"])
def test_a_file_on_a_network_share_is_refused_with_the_reason(where: str) -> None:
    with pytest.raises(StoreError) as caught:
        require_local(Path(where), MOUNTS)
    assert caught.value.what == f"数据文件在网络共享上：{where}。"
    assert "文件锁不可靠" in caught.value.effect


@pytest.mark.parametrize(
    ("source", "system"),
    [
        ("gvfsd-fuse", "fuse.gvfsd-fuse"),
        ("kio-fuse", "fuse.kio-fuse"),
        ("share", "9p"),
        ("share", "virtiofs"),
        ("share", "vboxsf"),
        (".host:/", "vmhgfs"),
        ("vmhgfs-fuse", "fuse.vmhgfs-fuse"),
        ("10.0.0.1:6789:/", "ceph"),
        ("ceph-fuse", "fuse.ceph-fuse"),
        ("https://pan.example.cn/dav", "davfs"),
        ("https://pan.example.cn/dav", "fuse"),
        ("server:/volume", "fuse.glusterfs"),
        ("zhang@server:/plan", "fuse.new-client"),
        ("//server/plan", "smb3"),
        ("server:/plan", "nfs"),
    ],
)
def test_a_share_is_told_by_its_file_system_or_by_where_it_comes_from(source: str, system: str) -> None:
    mounts = f"{MOUNTS}{source} /mnt/unknown {system} rw 0 0\n"
    with pytest.raises(StoreError, match="数据文件在网络共享上"):
        require_local(Path("/mnt/unknown/a/数据.db"), mounts)


@pytest.mark.parametrize(
    "where",
    [
        "/run/user/1000/gvfs/smb-share:server=nas,share=plan/数据.db",
        "/home/a/.gvfs/plan on nas/数据.db",
        "/run/user/1000/kio-fuse-AbCdEf/smb/nas/plan/数据.db",
    ],
)
def test_what_a_desktop_shows_of_a_share_is_refused_without_a_mount_table(where: str) -> None:
    with pytest.raises(StoreError, match="数据文件在网络共享上"):
        require_local(Path(where), "")


@pytest.mark.parametrize(
    "folder",
    [
        "OneDrive - 区政府",
        "Dropbox",
        "Dropbox (区政府)",
        "坚果云",
        "WPS云盘",
        "iCloudDrive",
        "Seafile",
        "Nextcloud",
        "Nextcloud2",
        "百度云同步盘",
        "百度网盘",
        "BaiduSyncdisk",
        "天翼云盘",
        "WPS Cloud Files",
        "企业微信微盘",
        "WeDrive",
        "微云",
    ],
)
def test_a_file_in_a_synchronised_folder_is_refused_with_its_name(folder: str) -> None:
    with pytest.raises(StoreError, match=re.escape(f"网盘同步文件夹“{folder}”里")):
        require_local(Path("/home/a") / folder / "数据.db", MOUNTS)


@pytest.mark.parametrize(
    "folder",
    [
        "微云科技园区活动",
        "坚果云图培训",
        "微盘小区",
        "OneDrive迁移",
        "Dropbox-资料",
        "百度网盘资料整理",
        "iCloud通知",
    ],
)
def test_a_folder_whose_name_only_begins_like_a_service_is_taken(folder: str) -> None:
    require_local(Path("/home/a") / folder / "OneDrive.db", MOUNTS)


@pytest.mark.parametrize(
    "mark",
    [
        ".sync_1a2b3c4d5e6f.db",
        "._sync_0123456789ab.db",
        ".csync_journal.db",
        ".nextcloudsync.log",
        ".stfolder",
        ".seafile-data",
        ".dropbox.cache",
        ".tmp.drivedownload",
    ],
)
def test_a_folder_in_which_a_service_left_its_mark_is_refused(tmp_path: Path, mark: str) -> None:
    (tmp_path / "资料" / "排期").mkdir(parents=True)
    require_local(tmp_path / "资料" / "排期" / "数据.db", MOUNTS)
    (tmp_path / "资料" / mark).touch()
    with pytest.raises(StoreError, match="网盘同步文件夹“资料”里"):
        require_local(tmp_path / "资料" / "排期" / "数据.db", MOUNTS)


def test_a_folder_that_the_system_names_as_synchronised_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OneDriveCommercial", "/home/a/单位文件")
    with pytest.raises(StoreError, match="网盘同步文件夹“单位文件”里"):
        require_local(Path("/home/a/单位文件/排期/数据.db"), MOUNTS)


def test_a_link_into_a_synchronised_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "我的数据").symlink_to(tmp_path / "Dropbox")
    with pytest.raises(StoreError, match="网盘同步文件夹“Dropbox”里"):
        require_local(tmp_path / "我的数据" / "a.db", MOUNTS)


def test_the_default_is_a_file_in_the_users_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.locations.platformdirs.user_data_dir", lambda *_, **__: "/home/a/data")
    assert default_path() == Path("/home/a/data/宝公开排期.db")
