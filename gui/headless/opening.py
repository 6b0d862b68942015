"""打开数据：读的命令不建文件、不占用；写的命令要能写。"""

from __future__ import annotations

import os
from pathlib import Path

from gui.headless.arguments import Request
from gui.headless.terminal import hide, tell
from models.backups import newest_backup
from models.domain.errors import ReadOnlyError, StoreError, UserError
from models.domain.masking import masks_of_people
from models.queries import persons_known
from models.store import Store, default_path, open_store


def data_file(request: Request) -> Path:
    """Where the data are: ``--data``, else the user's data folder."""
    if request.data and "://" in request.data:
        raise StoreError(
            "本版本还不能连接数据库服务器。", "没有打开任何数据。", "请用 --data 指定一个本机文件。"
        )
    return Path(request.data).expanduser() if request.data else default_path()


def open_for_reading(request: Request) -> Store:
    """The data as they are; works beside an open window. ``StoreError`` where there are none."""
    require_data(request)
    store = hiding_people(open_store(data_file(request), read_only=True))
    if store.format_note:
        tell(store.format_note)
    return store


def open_for_writing(request: Request, *, create: bool = False) -> Store:
    """The data to be changed; ``ReadOnlyError`` while somebody else has them. ``create``: they may be new."""
    if not create:
        require_data(request)
    store = open_store(data_file(request))
    if store.read_only:
        reason = store.read_only_reason
        store.close()
        raise ReadOnlyError("现在不能改动数据，什么都没做。", reason, "请稍后再试。")
    return hiding_people(store)


def hiding_people(store: Store) -> Store:
    """``store``; from now on the terminal names none of its delegates, of whatever year."""
    try:
        hide(masks_of_people(persons_known(store)))
    except UserError:
        store.close()
        raise
    return store


def has_data(request: Request) -> bool:
    """Whether there is something to open, or to be refused as what it is: a broken link, a file that is gone."""
    where = data_file(request)
    return os.path.lexists(where) or newest_backup(where) is not None


def require_data(request: Request) -> None:
    """``StoreError`` where there is no data file: reading never makes one."""
    if not has_data(request):
        raise StoreError(
            f"没有这个数据文件：{data_file(request)}。",
            "什么都没做。",
            "请用 --data 指明数据文件，或先用 new、import --apply 建一个。",
        )
