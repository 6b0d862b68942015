from __future__ import annotations

from pathlib import Path

import pytest

from models.domain.errors import StoreError
from models.locations import default_path, require_local

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/share /mnt/share nfs4 rw 0 0
//server/plan /mnt/my\\040plan cifs rw 0 0
/dev/sdb1 /mnt/share/local ext4 rw 0 0
"""


@pytest.mark.parametrize("where", ["/home/a/数据.db", "/mnt/share/local/数据.db", "/mnt/shared/数据.db"])
def test_a_file_on_a_disk_of_this_machine_is_taken(where: str) -> None:
    require_local(Path(where), MOUNTS)


@pytest.mark.parametrize("where", ["/mnt/share/数据.db", "/mnt/my plan/a/数据.db", "//server/plan/数据.db"])
def test_a_file_on_a_network_share_is_refused_with_the_reason(where: str) -> None:
    with pytest.raises(StoreError) as caught:
        require_local(Path(where), MOUNTS)
    assert caught.value.what == f"数据文件在网络共享上：{where}。"
    assert "文件锁不可靠" in caught.value.effect


@pytest.mark.parametrize("folder", ["OneDrive - 区政府", "Dropbox", "坚果云", "WPS云盘", "iCloudDrive"])
def test_a_file_in_a_synchronised_folder_is_refused_with_its_name(folder: str) -> None:
    with pytest.raises(StoreError, match=f"网盘同步文件夹“{folder}”里"):
        require_local(Path("/home/a") / folder / "数据.db", MOUNTS)


def test_a_link_into_a_synchronised_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "我的数据").symlink_to(tmp_path / "Dropbox")
    with pytest.raises(StoreError, match="网盘同步文件夹“Dropbox”里"):
        require_local(tmp_path / "我的数据" / "a.db", MOUNTS)


def test_the_default_is_a_file_in_the_users_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.locations.platformdirs.user_data_dir", lambda *_, **__: "/home/a/data")
    assert default_path() == Path("/home/a/data/宝公开排期.db")
