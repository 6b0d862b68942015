"""程序自己的文件不会被导出的东西盖掉，换了名字、经过链接也一样。"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from models.domain.errors import InputError
from models.own_files import require_foreign


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "宝公开排期.db"
    for name in ("宝公开排期.db", "备份/旧.db", "材料/0f0f", "计划.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    os.link(path, tmp_path / "另一个名字.pdf")
    (tmp_path / "链接.pdf").symlink_to(path)
    return path


@pytest.mark.parametrize(
    "name",
    [
        "宝公开排期.db",
        "宝公开排期.db-journal",
        "宝公开排期.db.lock",
        "宝公开排期.db.holder",
        "宝公开排期.draft.json",
        "宝公开排期.forms.json",
        "备份/旧.db",
        "材料/0f0f",
        "另一个名字.pdf",
        "链接.pdf",
        "备份/../宝公开排期.db",
    ],
)
def test_own_files_are_refused_by_name(data: Path, name: str) -> None:
    with pytest.raises(InputError, match="不能导出到程序自己的文件"):
        require_foreign(data, data.parent / name)


@pytest.mark.parametrize("name", ["计划.pdf", "新的.pdf", "备份/计划.pdf", "没有/计划.pdf"])
def test_everything_else_is_the_users_business(data: Path, name: str) -> None:
    require_foreign(data, data.parent / name)
